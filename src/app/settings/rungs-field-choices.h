/* rungs-field-choices.h: where the choices of a field are written, ordered and retired. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-field.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FIELD_CHOICES (rungs_field_choices_get_type ())

G_DECLARE_FINAL_TYPE (RungsFieldChoices, rungs_field_choices, RUNGS, FIELD_CHOICES, AdwBin)

/* `choices` (element-type RungsFieldChoice) are copied. */
GtkWidget *rungs_field_choices_new (GPtrArray *choices);

/* Returns: (transfer full) (element-type RungsFieldChoice): as they are written now; lines without
 * a text are left out. */
GPtrArray *rungs_field_choices_dup (RungsFieldChoices *self);

G_END_DECLS
