/* rungs-text-history.h: undo and redo of one text, such as the JSON of what is edited, without
 * limit. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsTextHistory RungsTextHistory;

/* `text` is how it was at the beginning. */
RungsTextHistory *rungs_text_history_new (const char *text);
void rungs_text_history_free (RungsTextHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTextHistory, rungs_text_history_free)

/* Remembers how it is now. Changes of one `place` (NULL: of none) that follow each other within a
 * second are one: what was typed in one go. `now` is in milliseconds. */
void rungs_text_history_push (RungsTextHistory *self,
                              const char       *text,
                              const char       *place,
                              gint64            now);

/* How it was before, or again; NULL: there is nothing to undo. Lent until the next call. */
const char *rungs_text_history_undo (RungsTextHistory *self);
const char *rungs_text_history_redo (RungsTextHistory *self);

gboolean rungs_text_history_can_undo (RungsTextHistory *self);
gboolean rungs_text_history_can_redo (RungsTextHistory *self);

G_END_DECLS
