/* rungs-erasure-mention-store.h: where a person is named in what is known about others. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-person-words-store.h"

G_BEGIN_DECLS

/* A text that names the person. */
typedef struct
{
  const char *place; /* the table */
  char *before;      /* (owned) */
  char *after;       /* (owned) without the name */
} RungsErasureMention;

void rungs_erasure_mention_free (RungsErasureMention *self);

/* Returns: (transfer full) (element-type RungsErasureMention): the texts outside of the lead's own
 * rows in which one of `words` stands, empty where there is none. The evidence of other people's
 * consents, and the messages and steps that all get, are not looked at. */
GPtrArray *rungs_erasure_find_mentions (RungsDb           *db,
                                        gint64             lead,
                                        RungsPersonWords  *words,
                                        GError           **error);

/* The texts that name the person and are nobody's but the owner's to change: messages, sales
 * letters and the steps of sequences, which all get, and the evidence of other people's consents.
 * Returns: (transfer full) (element-type RungsErasureMention): `before` is what the thing is called
 * (of a consent whose it is), `after` the text as it stands. */
GPtrArray *rungs_erasure_find_kept (RungsDb           *db,
                                    gint64             lead,
                                    RungsPersonWords  *words,
                                    GError           **error);

/* Puts "[…]" in the place of the words there. `count` tells in how many texts. In a write
 * transaction. */
gboolean rungs_erasure_blank_mentions (RungsDb           *db,
                                       gint64             lead,
                                       RungsPersonWords  *words,
                                       gint64            *count,
                                       GError           **error);

G_END_DECLS
