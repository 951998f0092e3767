/* rungs-merge-journal-store.h: what a merge changed, row by row, and how that is put back. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Begins the journal of the merge of that id: keeps all rows about `leads` (element-type gint64),
 * and whether their addresses are suppressed, as they are now. Until it ends, temp.merge_lead (id,
 * rank) holds the leads, by rank in the order given, from 0: the first is the one that stays. */
gboolean rungs_merge_journal_begin (RungsDb  *db,
                                    gint64    merge,
                                    GArray   *leads,
                                    GError  **error);

/* Writes down what of them is different now, under the merge of that id. */
gboolean rungs_merge_journal_end (RungsDb  *db,
                                  gint64    merge,
                                  GError  **error);

/* Puts back what the journal of the merge says, as far as nothing has changed it since: what was
 * changed since stays as it is, but that what belonged to another lead goes back to it. The search
 * index is the caller's. Errors: CONFLICT where an id or an address has been given to another lead
 * (the caller says so in words, before). */
gboolean rungs_merge_journal_undo (RungsDb  *db,
                                   gint64    merge,
                                   GError  **error);

/* Whether a journal keeps the rows of that table. */
gboolean rungs_merge_journal_keeps (const char *table);

G_END_DECLS
