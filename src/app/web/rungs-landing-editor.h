/* rungs-landing-editor.h: the window in which a landing page is written, with both of its variants
 * as people see them. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LANDING_EDITOR (rungs_landing_editor_get_type ())

G_DECLARE_FINAL_TYPE (RungsLandingEditor, rungs_landing_editor, RUNGS, LANDING_EDITOR, AdwWindow)

/* `page` 0: a new one. */
RungsLandingEditor *rungs_landing_editor_new (GtkWindow  *parent,
                                              RungsStore *store,
                                              gint64      page);

G_END_DECLS
