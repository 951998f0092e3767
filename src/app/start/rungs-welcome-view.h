/* rungs-welcome-view.h: the first start: the demo business, or a business of one's own. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_WELCOME_VIEW (rungs_welcome_view_get_type ())

/**
 * RungsWelcomeView::made:
 * @path: the file of the business that has been made
 */
G_DECLARE_FINAL_TYPE (RungsWelcomeView, rungs_welcome_view, RUNGS, WELCOME_VIEW, GtkWidget)

/* Where the new business goes; NULL: into the user's data folder, under a name made of its own. */
void rungs_welcome_view_set_path (RungsWelcomeView *self,
                                  const char       *path);

G_END_DECLS
