/* rungs-help-window.h: the words that Rungs uses, and the way a lead takes through it. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_HELP_WINDOW (rungs_help_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsHelpWindow, rungs_help_window, RUNGS, HELP_WINDOW, AdwWindow)

/* `parent` may be NULL. */
RungsHelpWindow *rungs_help_window_new (GtkWindow *parent);

G_END_DECLS
