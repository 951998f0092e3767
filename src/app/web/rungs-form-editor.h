/* rungs-form-editor.h: an opt-in form that one edits: its parts, what is said of the one that is
 * selected, and what visitors see of it. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM_EDITOR (rungs_form_editor_get_type ())

/* RungsFormEditor::closed: the user wants to see all forms again */
G_DECLARE_FINAL_TYPE (RungsFormEditor, rungs_form_editor, RUNGS, FORM_EDITOR, GtkWidget)

/* Opens a form; 0: none any more. */
void rungs_form_editor_open (RungsFormEditor *self,
                             RungsPage       *page,
                             gint64           form);

/* 0: none is open. */
gint64 rungs_form_editor_get_form (RungsFormEditor *self);

/* What it shows may have changed. */
void rungs_form_editor_refresh (RungsFormEditor *self);

gboolean rungs_form_editor_focus_content (RungsFormEditor *self);

/* Returns: (nullable): what is lost if the window is closed now. */
char *rungs_form_editor_dup_unsaved (RungsFormEditor *self);

G_END_DECLS
