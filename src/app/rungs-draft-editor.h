/* rungs-draft-editor.h: shows a draft (widgets/rungs-draft.h) that one edits: what the editors of
 * forms and of sequences have in common. */

#pragma once

#include "rungs-page.h"
#include "widgets/rungs-draft.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_DRAFT_EDITOR (rungs_draft_editor_get_type ())

/* RungsDraftEditor::closed: the user wants to go back to the list */
G_DECLARE_DERIVABLE_TYPE (RungsDraftEditor, rungs_draft_editor, RUNGS, DRAFT_EDITOR, GtkWidget)

/**
 * RungsDraftEditorClass:
 * @unsaved: says that the last changes are not in the file yet; not translated
 * @open: (transfer full): makes the draft of that id, and gives it to the parts of the editor, none
 *   of which has one
 * @forget: the parts have none any more
 * @show: shows the draft, which was read, or is another now
 * @take_focus: what one edits takes the keys, unless it has them; FALSE: it cannot
 */
struct _RungsDraftEditorClass
{
  GtkWidgetClass parent_class;

  const char *unsaved;

  RungsDraft *(*open) (RungsDraftEditor *self,
                       RungsStore       *store,
                       gint64            id);
  void (*forget) (RungsDraftEditor *self);
  void (*show) (RungsDraftEditor *self);
  gboolean (*take_focus) (RungsDraftEditor *self);
};

/* For those who make one, once: the only child, which is seen while there is a draft, two buttons,
 * and where it is said what is not in the file, or not in use. */
void rungs_draft_editor_set_parts (RungsDraftEditor *self,
                                   GtkWidget        *content,
                                   GtkWidget        *undo,
                                   GtkWidget        *redo,
                                   GtkLabel         *saved);

/* Opens the draft of that id; 0: none any more. The editor stands inside `page`. */
void rungs_draft_editor_open (RungsDraftEditor *self,
                              RungsPage        *page,
                              gint64            id);

/* 0: none is open. */
gint64 rungs_draft_editor_get_id (RungsDraftEditor *self);

/* Returns: (nullable): the page went before it, or nothing was opened yet. */
RungsPage *rungs_draft_editor_get_page (RungsDraftEditor *self);

/* The file has changed. */
void rungs_draft_editor_refresh (RungsDraftEditor *self);

/* What reads the draft in the file waits until all of it is there. TRUE: the action is activated
 * then; FALSE: it can be done now. */
gboolean rungs_draft_editor_put_off (RungsDraftEditor *self,
                                     const char       *action);

/* FALSE: what one edits is not there yet. */
gboolean rungs_draft_editor_focus_content (RungsDraftEditor *self);

/* What is lost if the window is closed now; NULL: nothing. */
char *rungs_draft_editor_dup_unsaved (RungsDraftEditor *self);

G_END_DECLS
