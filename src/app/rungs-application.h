/* rungs-application.h: the program: its command line, its windows, its actions. */

#pragma once

#include <adwaita.h>

#include "background/rungs-background.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_APPLICATION (rungs_application_get_type ())

G_DECLARE_FINAL_TYPE (RungsApplication, rungs_application, RUNGS, APPLICATION, AdwApplication)

RungsApplication *rungs_application_new (void);

/* Shows the business in that file: its window where there is one, else a new one. A file that does
 * not exist begins with the welcome. `page` (nullable) is the page to show. */
void rungs_application_open (RungsApplication *self,
                             const char       *path,
                             const char       *page);

/* Returns: (transfer none): what goes on without windows. */
RungsBackground *rungs_application_get_background (RungsApplication *self);

/* Returns: (transfer full): the file that is opened when none is named. */
char *rungs_application_dup_default_path (void);

G_END_DECLS
