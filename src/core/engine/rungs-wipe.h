/* rungs-wipe.h: after people were erased: nothing of them is left where rows and files were. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* What was done. */
typedef struct
{
  gboolean was_due;    /* somebody had been erased since the last time */
  gint64 mails;        /* practice messages that were removed */
} RungsWipeReport;

/* Where somebody was erased since the last time: removes the practice messages to them, the words
 * that the search index keeps of deleted leads, and what SQLite has left of their rows in the file
 * and its log; writes the file of erasures (rungs-erasure-file.h); then writes down that it is
 * done. What fails is done the next time, by whoever calls this next: the engine does when it
 * begins, and after every commit. Not in a transaction. `report` may be NULL. Errors: BUSY where
 * another program reads and is in the way; FAILED. */
gboolean rungs_wipe (RungsDb          *db,
                     gint64            now,
                     RungsWipeReport  *report,
                     GError          **error);

G_END_DECLS
