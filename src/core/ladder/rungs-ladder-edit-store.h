/* rungs-ladder-edit-store.h: a change of the ladder that can be undone and done again. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* What was changed by one edit: the rows of the ladder as they were before it, and after. */
typedef struct _RungsLadderEdit RungsLadderEdit;

void rungs_ladder_edit_free (RungsLadderEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderEdit, rungs_ladder_edit_free)

/* Runs `func`, and keeps what it changed of the ladder: products and what bundles are made of,
 * sales letters, offers, sources and what they cost, ways in. In a write transaction, which has to
 * be given up where NULL is returned. */
RungsLadderEdit *rungs_ladder_edit_do (RungsDb      *db,
                                       RungsDbFunc   func,
                                       gpointer      data,
                                       GError      **error);

/* Whether it changed nothing. */
gboolean rungs_ladder_edit_is_empty (const RungsLadderEdit *self);

/* The id of the row that it added to `table`; 0: none. */
gint64 rungs_ladder_edit_find_added (const RungsLadderEdit *self,
                                     const char            *table);

/* Puts the rows back as they were before the edit, or after it. In a write transaction, which has
 * to be given up where FALSE is returned. Errors: CONFLICT where somebody has changed one of the
 * rows since, or where something stands by a row that would go. */
gboolean rungs_ladder_edit_undo (RungsDb                *db,
                                 const RungsLadderEdit  *self,
                                 GError                **error);
gboolean rungs_ladder_edit_redo (RungsDb                *db,
                                 const RungsLadderEdit  *self,
                                 GError                **error);

G_END_DECLS
