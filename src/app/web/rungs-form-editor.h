/* rungs-form-editor.h: an opt-in form that one edits: its parts, what is said of the one that is
 * selected, and what visitors see of it. */

#pragma once

#include "rungs-draft-editor.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM_EDITOR (rungs_form_editor_get_type ())

G_DECLARE_FINAL_TYPE (RungsFormEditor, rungs_form_editor, RUNGS, FORM_EDITOR, RungsDraftEditor)

G_END_DECLS
