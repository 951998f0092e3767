/* rungs-sequence-editor.h: a sequence as a drawing that one edits: what can be put in at the left,
 * the flow in the middle, and all that is said of what is selected at the right. */

#pragma once

#include "rungs-draft-editor.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEQUENCE_EDITOR (rungs_sequence_editor_get_type ())

G_DECLARE_FINAL_TYPE (RungsSequenceEditor, rungs_sequence_editor, RUNGS, SEQUENCE_EDITOR,
                      RungsDraftEditor)

/* The file has changed, and what rules can be about. */
void rungs_sequence_editor_refresh (RungsSequenceEditor *self);

G_END_DECLS
