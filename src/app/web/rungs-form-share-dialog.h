/* rungs-form-share-dialog.h: where an opt-in form stands, and what to put into another site: its
 * address, a snippet, and HTML, each to be copied. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FORM_SHARE_DIALOG (rungs_form_share_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RungsFormShareDialog, rungs_form_share_dialog, RUNGS, FORM_SHARE_DIALOG,
                      AdwWindow)

void rungs_form_share_dialog_present (GtkWindow  *parent,
                                      RungsStore *store,
                                      gint64      form);

G_END_DECLS
