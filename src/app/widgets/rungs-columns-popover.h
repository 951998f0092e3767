/* rungs-columns-popover.h: chooses the columns of a browser, their order, and which one sorts. */

#pragma once

#include <gtk/gtk.h>

#include "widgets/rungs-browser-columns.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_COLUMNS_POPOVER (rungs_columns_popover_get_type ())

/* A list of the columns: Space shows or hides one, Alt+Up and Alt+Down move it, its button sorts by
 * it: the headings of the table cannot be reached with the keys. */
G_DECLARE_FINAL_TYPE (RungsColumnsPopover,
                      rungs_columns_popover,
                      RUNGS,
                      COLUMNS_POPOVER,
                      GtkPopover)

void rungs_columns_popover_set_columns (RungsColumnsPopover *self,
                                        RungsBrowserColumns *columns);

G_END_DECLS
