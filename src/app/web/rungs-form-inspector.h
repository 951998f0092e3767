/* rungs-form-inspector.h: all that is said of one part of an opt-in form, to be edited, with what
 * is wrong beside it. */

#pragma once

#include <adwaita.h>

#include "rungs-form-document.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM_INSPECTOR (rungs_form_inspector_get_type ())

G_DECLARE_FINAL_TYPE (RungsFormInspector, rungs_form_inspector, RUNGS, FORM_INSPECTOR, GtkWidget)

/* `document` (nullable): which it shows from now on. */
void rungs_form_inspector_set_document (RungsFormInspector *self,
                                        RungsFormDocument  *document);

/* Shows the part of that name (rungs-form-rows.h). */
void rungs_form_inspector_select (RungsFormInspector *self,
                                  const char         *part);

/* Moves the keys to the row for what is there; NULL: to the first. */
void rungs_form_inspector_edit (RungsFormInspector *self,
                                const char         *where);

G_END_DECLS
