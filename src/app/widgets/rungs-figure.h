/* rungs-figure.h: one figure, large, with what it counts over it and a remark under it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_FIGURE (rungs_figure_get_type ())

/**
 * RungsFigure:title: what is counted
 * RungsFigure:value: the figure
 * RungsFigure:remark: what it is held against
 */
G_DECLARE_FINAL_TYPE (RungsFigure, rungs_figure, RUNGS, FIGURE, GtkWidget)

void rungs_figure_set (RungsFigure *self,
                       const char  *value,
                       const char  *remark);

G_END_DECLS
