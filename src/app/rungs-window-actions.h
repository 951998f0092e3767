/* rungs-window-actions.h: what the menus and keys of the window do. Part of rungs-window.c. */

#pragma once

#include "rungs-window.h"

G_BEGIN_DECLS

/* Adds the actions "win." that need nothing but what rungs-window.h offers. */
void rungs_window_actions_add (RungsWindow *window);

G_END_DECLS
