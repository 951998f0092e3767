/* rungs-color.h: the colour of a widget's text, with what this version of GTK has for it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GdkRGBA rungs_color_of (GtkWidget *widget);

G_END_DECLS
