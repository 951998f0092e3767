/* rungs-new-form-dialog.h: begins an opt-in form, from one of the templates. */

#pragma once

#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* `template` is the place of the one that is chosen at first. ::saved has the id of the form. */
RungsForm *rungs_new_form_dialog_new (GtkWindow  *parent,
                                      RungsStore *store,
                                      guint       template);

G_END_DECLS
