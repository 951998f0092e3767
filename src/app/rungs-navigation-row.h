/* rungs-navigation-row.h: one page in the list at the left: icon, title, badge. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_NAVIGATION_ROW (rungs_navigation_row_get_type ())

G_DECLARE_FINAL_TYPE (RungsNavigationRow, rungs_navigation_row, RUNGS, NAVIGATION_ROW,
                      GtkListBoxRow)

/* `accelerator` (nullable) is shown in the tooltip. */
GtkWidget *rungs_navigation_row_new (const char *name,
                                     const char *title,
                                     const char *icon_name,
                                     const char *accelerator);

const char *rungs_navigation_row_get_name (RungsNavigationRow *self);

/* 0: no badge. */
void rungs_navigation_row_set_badge (RungsNavigationRow *self,
                                     guint               badge);

/* Whether only the icon is shown, and a dot for a badge. */
void rungs_navigation_row_set_folded (RungsNavigationRow *self,
                                      gboolean            folded);

G_END_DECLS
