/* rungs-form-outline.h: the parts of an opt-in form one below the other: its fields, which are
 * moved with the mouse or Alt and the arrows, and all else that is said of it. */

#pragma once

#include <adwaita.h>

#include "rungs-form-document.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM_OUTLINE (rungs_form_outline_get_type ())

/**
 * RungsFormOutline::selected: another part was chosen
 *
 * RungsFormOutline::activated: the part that is selected is to be edited
 */
G_DECLARE_FINAL_TYPE (RungsFormOutline, rungs_form_outline, RUNGS, FORM_OUTLINE, GtkWidget)

/* `document` (nullable): which it shows from now on. */
void rungs_form_outline_set_document (RungsFormOutline  *self,
                                      RungsFormDocument *document);

/* The part that is selected (rungs-form-rows.h); "" while nothing is there. */
const char *rungs_form_outline_get_part (RungsFormOutline *self);

/* Selects a part; nothing where there is no such part. */
void rungs_form_outline_select (RungsFormOutline *self,
                                const char       *part);

/* Moves the keys to what is selected. FALSE: nothing is there. */
gboolean rungs_form_outline_focus (RungsFormOutline *self);

/* Opens the list of what can be added. */
void rungs_form_outline_open_list (RungsFormOutline *self);

G_END_DECLS
