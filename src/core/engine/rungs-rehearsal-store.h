/* rungs-rehearsal-store.h: reads from a copy what a rehearsal did there. Part of
 * rungs-rehearsal.c. */

#pragma once

#include "engine/rungs-rehearsal.h"

G_BEGIN_DECLS

/* What is read, and where from. */
typedef struct
{
  RungsDb *db;          /* (unowned): the copy */
  gint64 sequence;      /* 0: all */
  gint64 from;
  GHashTable *before;   /* (unowned) (element-type gint64): messages that ended at `from` or later,
                         * though not in the rehearsal */
  GHashTable *counts;   /* (unowned) (element-type gint64 guint): how many messages left of a walk,
                         * which reading the messages counts and reading the walks tells */
  GStringChunk *texts;  /* (unowned): all texts are kept there */
} RungsRehearsalReading;

/* Returns: (transfer full) (element-type gint64): for `before`. */
GHashTable *rungs_rehearsal_read_before (RungsDb  *db,
                                         gint64    from,
                                         GError  **error);

/* Returns: (transfer full) (element-type RungsRehearsalMail): in the order of leaving. */
GArray *rungs_rehearsal_read_mails (const RungsRehearsalReading  *reading,
                                    GError                      **error);

/* Adds who is broken off, and what is withheld, to `falls`. */
gboolean rungs_rehearsal_read_falls (const RungsRehearsalReading  *reading,
                                     GArray                       *falls,
                                     GError                      **error);

/* Returns: (transfer full) (element-type RungsRehearsalWalk): by name. */
GArray *rungs_rehearsal_read_walks (const RungsRehearsalReading  *reading,
                                    GError                      **error);

/* The name of the lead, else its address; "". Kept with the other texts. */
const char *rungs_rehearsal_read_name (const RungsRehearsalReading  *reading,
                                       gint64                        lead,
                                       GError                      **error);

/* Returns: (transfer full) (element-type RungsRehearsalWay). */
GPtrArray *rungs_rehearsal_read_way (RungsDb  *db,
                                     gint64    lead,
                                     gint64    from,
                                     GError  **error);

G_END_DECLS
