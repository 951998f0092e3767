/* rungs-history.h: undo and redo of what was done to the file, without limit.
 *
 * A command is something that was done and can be undone and done again, both asynchronously. One
 * runs at a time: what is asked meanwhile is done after it, in that order, unless something new is
 * done before. One that fails stays where it was, ::failed says why, and what was asked after it is
 * not done. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_HISTORY (rungs_history_get_type ())

/**
 * RungsHistory:can-undo: there is a command to undo once what was asked is done
 * RungsHistory:can-redo: there is one to redo
 * RungsHistory:undo-label: what would be undone ("new offer"); NULL where nothing would
 * RungsHistory:redo-label: what would be done again
 *
 * RungsHistory::failed: (const char *label, gboolean undoing, GError *error): the command stays
 *   where it was
 *
 * RungsHistory::done: (const char *label, gboolean undoing): it was undone, or done again
 */
G_DECLARE_FINAL_TYPE (RungsHistory, rungs_history, RUNGS, HISTORY, GObject)

/* Begins to undo (`undo` TRUE) or do again; `callback` is to be called once, with what the function
 * below understands. */
typedef void (*RungsHistoryStart) (gpointer             command,
                                   gboolean             undo,
                                   GAsyncReadyCallback  callback,
                                   gpointer             data);

/* Whether it was done. */
typedef gboolean (*RungsHistoryFinish) (gpointer       command,
                                        GObject       *source,
                                        GAsyncResult  *result,
                                        GError       **error);

RungsHistory *rungs_history_new (void);

/* Remembers a command that was done just now; what could have been done again is forgotten.
 * `command` is given to both functions, and freed with `destroy` when it is forgotten. */
void rungs_history_add (RungsHistory       *self,
                        const char         *label,
                        RungsHistoryStart   start,
                        RungsHistoryFinish  finish,
                        gpointer            command,
                        GDestroyNotify      destroy);

/* At once, or when what was asked before is done; nothing where nothing is left. */
void rungs_history_undo (RungsHistory *self);
void rungs_history_redo (RungsHistory *self);

/* Forgets all: another file, or another thing that is edited. */
void rungs_history_clear (RungsHistory *self);

gboolean rungs_history_get_can_undo (RungsHistory *self);
gboolean rungs_history_get_can_redo (RungsHistory *self);

/* Returns: (transfer none) (nullable) */
const char *rungs_history_get_undo_label (RungsHistory *self);
const char *rungs_history_get_redo_label (RungsHistory *self);

/* Whether one runs. */
gboolean rungs_history_is_running (RungsHistory *self);

/* Installs the actions `history.undo` and `history.redo` on `widget`, with Ctrl+Z, Shift+Ctrl+Z and
 * Ctrl+Y while the keys are in it. */
void rungs_history_install (RungsHistory *self,
                            GtkWidget    *widget);

/* Makes the two buttons do it, and say what they would do ("Undo: new offer"). */
void rungs_history_bind_buttons (RungsHistory *self,
                                 GtkWidget    *undo,
                                 GtkWidget    *redo);

G_END_DECLS
