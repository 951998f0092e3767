/* rungs-sequence-template.h: sequences to start from, with the messages that they send. The texts
 * of these are still to be written: what stands there is what is to be said, marked with ✎, and a
 * sequence cannot be published as long as a message of it has such a mark (rungs_graph_check()). */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;       /* (owned): "welcome" */
  char *name;     /* (owned) */
  char *summary;  /* (owned) */
  gboolean sells; /* it is for a product, which is to be chosen */
} RungsSequenceTemplate;

void rungs_sequence_template_free (RungsSequenceTemplate *self);

/* In the order in which they are shown, in the first of the languages ("de_DE", "de", …) that they
 * have, else in English. Returns: (transfer full) (element-type RungsSequenceTemplate) */
GPtrArray *rungs_sequence_template_list (const char *const  *languages,
                                         GError            **error);

/* The draft that it makes, for a test: as it stands in the file. `sku` may be NULL. */
char *rungs_sequence_template_make (const char         *id,
                                    const char         *name,
                                    const char         *sku,
                                    const char *const  *languages,
                                    GError            **error);

/* Adds a sequence of that name as a draft, with its messages; those that are in the file already
 * are left as they are. `sku` (nullable): the product that it sells. Returns: its id; 0 on error:
 * NOT_FOUND, INVALID and CONFLICT as rungs_sequence_create(). */
gint64 rungs_sequence_template_use (RungsDb            *db,
                                    const char         *id,
                                    const char         *name,
                                    const char         *sku,
                                    const char *const  *languages,
                                    gint64              now,
                                    GError            **error);

G_END_DECLS
