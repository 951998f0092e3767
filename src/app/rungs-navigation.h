/* rungs-navigation.h: the list of pages at the left of the window. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_NAVIGATION (rungs_navigation_get_type ())

/**
 * RungsNavigation::selected:
 * @name: the page that the keys came to
 *
 * RungsNavigation::activated:
 * @name: the page that was clicked, or chosen with Enter: the keys go there
 */
G_DECLARE_FINAL_TYPE (RungsNavigation, rungs_navigation, RUNGS, NAVIGATION, GtkWidget)

/* Adds a page at the end. `accelerator` (nullable) is shown in its tooltip: "<Control>1". */
void rungs_navigation_add (RungsNavigation *self,
                           const char      *name,
                           const char      *title,
                           const char      *icon_name,
                           const char      *accelerator);

/* Marks the page as the one that is shown, without emitting ::selected. */
void rungs_navigation_select (RungsNavigation *self,
                              const char      *name);

/* How many things wait on the page; 0: no badge. */
void rungs_navigation_set_badge (RungsNavigation *self,
                                 const char      *name,
                                 guint            badge);

/* The name of the business, over the list. */
void rungs_navigation_set_title (RungsNavigation *self,
                                 const char      *title);

/* Whether only the icons are shown. */
void rungs_navigation_set_folded (RungsNavigation *self,
                                  gboolean         folded);

G_END_DECLS
