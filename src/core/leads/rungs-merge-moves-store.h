/* rungs-merge-moves-store.h: the rows that a merge only gives to another lead, as lists of their
 * ids: for the files of the journal only. */

#pragma once

#include "leads/rungs-merge-place-store.h"

G_BEGIN_DECLS

/* Whether rows of that table, if nothing but their lead changes, are kept as a list: they have an
 * id of their own, and a lead. */
gboolean rungs_merge_moves_are_kept (RungsMergeShape *shape);

/* Of a table that a merge only moves rows of: writes down which rows the leads have that are not to
 * stay. Before anything moves; temp.merge_lead holds the leads. */
gboolean rungs_merge_moves_begin (RungsDb                *db,
                                  gint64                  merge,
                                  const RungsMergePlace  *place,
                                  GError                **error);

/* Fails where that was not so, and rows of them are gone or somebody else's: then the merge could
 * not be undone. */
gboolean rungs_merge_moves_end (RungsDb                *db,
                                const RungsMergePlace  *place,
                                GError                **error);

/* Writes where the rows come from that the merge made, of those of the table that are about its
 * leads: " FROM … a WHERE …". Until the next merge begins. */
void rungs_merge_moves_append_from_made (GString                *sql,
                                         const RungsMergePlace  *place);

/* Gives the rows back to the leads that had them, where nobody has taken them since. */
gboolean rungs_merge_moves_undo (RungsDb  *db,
                                 gint64    merge,
                                 GError  **error);

G_END_DECLS
