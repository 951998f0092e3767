/* rungs-field-editor.h: edits the value of a field of the business's own, in the way of its kind.
 *
 * Text, numbers, money, telephone numbers and links are written in a line, dates in a line with a
 * calendar, long texts in several lines; yes or no and choices are picked from a list, several
 * choices from a list of marks. What is picked and written is one text for rungs_field_set_value():
 *
 *   editor = rungs_field_editor_new (field, value != NULL ? value->text : NULL);
 *   …
 *   text = rungs_field_editor_dup_text (editor);
 *   fault = rungs_field_editor_dup_fault (editor);
 *   if (fault == NULL)
 *     rungs_field_set_value (db, lead, field->id, text, now, &error);  (on the writing thread)
 *
 * `field` is one of rungs_field_list_in_use(), or rungs_field_load() for a retired one. It is
 * copied. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-field.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FIELD_EDITOR (rungs_field_editor_get_type ())

/**
 * RungsFieldEditor::changed: the user wrote or picked something.
 * RungsFieldEditor::agreed: Enter in a line, Ctrl+Enter in several lines, or a pick from a list
 * that
 *   holds one: the user is done.
 */
G_DECLARE_FINAL_TYPE (RungsFieldEditor, rungs_field_editor, RUNGS, FIELD_EDITOR, AdwBin)

/* `text` is what rungs_field_format() gives, as RungsFieldValue.text has it; NULL or "": nothing.
 * */
GtkWidget *rungs_field_editor_new (const RungsField *field,
                                   const char       *text);

const RungsField *rungs_field_editor_get_field (RungsFieldEditor *self);

/* What stands there, for rungs_field_set_value(); "" where there is nothing. */
char *rungs_field_editor_dup_text (RungsFieldEditor *self);

/* Writes another text into a line, as if the user did; of a kind that is written in a line. */
void rungs_field_editor_write_line (RungsFieldEditor *self,
                                    const char       *text);

/* Returns: (nullable): what is wrong with it, in words; NULL: it can be stored. The editor shows
 * that it is wrong until it is changed. */
char *rungs_field_editor_dup_fault (RungsFieldEditor *self);

G_END_DECLS
