/* rungs-window.h: the window of one business: navigation at the left, the page at the right. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_WINDOW (rungs_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsWindow, rungs_window, RUNGS, WINDOW, AdwApplicationWindow)

RungsWindow *rungs_window_new (GtkApplication *app);

/* Opens the file and shows its pages; says what to do where it cannot be opened, and welcomes the
 * user where there is no such file. What was open in the window before is closed. */
void rungs_window_open (RungsWindow *self,
                        const char  *path);

/* Shows how to begin a business, for lack of an open one. */
void rungs_window_welcome (RungsWindow *self);

/* Returns: (nullable): the file that rungs_window_open() was asked for. */
const char *rungs_window_get_path (RungsWindow *self);

/* Shows the page of that name and gives it the keys, at once or as soon as the file is open. */
void rungs_window_show_page (RungsWindow *self,
                             const char  *name);

/* The same, and goes to what the target names there. */
void rungs_window_show_target (RungsWindow *self,
                               const char  *page,
                               const char  *target);

/* Returns: (nullable): the page of that name; it is made where it was not yet. */
RungsPage *rungs_window_get_page (RungsWindow *self,
                                  const char  *name);

/* The one that is seen; while the file is open. */
RungsPage *rungs_window_get_shown_page (RungsWindow *self);

G_END_DECLS
