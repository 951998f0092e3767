/* rungs-sequence-editor.h: a sequence as a drawing that one edits: what can be put in at the left,
 * the flow in the middle, and all that is said of what is selected at the right. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEQUENCE_EDITOR (rungs_sequence_editor_get_type ())

/**
 * RungsSequenceEditor::closed: the user wants to go back to the list
 */
G_DECLARE_FINAL_TYPE (RungsSequenceEditor, rungs_sequence_editor, RUNGS, SEQUENCE_EDITOR, GtkWidget)

GtkWidget *rungs_sequence_editor_new (void);

/* Shows the sequence of that id; 0: none. The editor stands inside `page`. */
void rungs_sequence_editor_open (RungsSequenceEditor *self,
                                 RungsPage           *page,
                                 gint64               sequence);

/* Returns: the id of the sequence; 0: none. */
gint64 rungs_sequence_editor_get_sequence (RungsSequenceEditor *self);

/* The file has changed. */
void rungs_sequence_editor_refresh (RungsSequenceEditor *self);

/* The drawing takes the keys. FALSE: it is not there yet. */
gboolean rungs_sequence_editor_focus_content (RungsSequenceEditor *self);

/* What is lost if the window is closed now; NULL: nothing. */
char *rungs_sequence_editor_dup_unsaved (RungsSequenceEditor *self);

G_END_DECLS
