/* rungs-form-preview.h: an opt-in form as visitors see it: at a desk, on a telephone, in each of
 * its languages; and its page of thanks. */

#pragma once

#include <adwaita.h>

#include "rungs-form-document.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM_PREVIEW (rungs_form_preview_get_type ())

G_DECLARE_FINAL_TYPE (RungsFormPreview, rungs_form_preview, RUNGS, FORM_PREVIEW, GtkWidget)

/* `document` (nullable): which it shows from now on, in the language that it is written in. */
void rungs_form_preview_set_document (RungsFormPreview  *self,
                                      RungsFormDocument *document);

/* Whether it is drawn as a browser would, or only told. */
gboolean rungs_form_preview_is_drawn (RungsFormPreview *self);

G_END_DECLS
