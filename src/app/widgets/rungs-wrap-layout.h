/* rungs-wrap-layout.h: puts children beside each other, and what does not fit below. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_WRAP_LAYOUT (rungs_wrap_layout_get_type ())

/* Children that expand share what is left of their line. */
G_DECLARE_FINAL_TYPE (RungsWrapLayout, rungs_wrap_layout, RUNGS, WRAP_LAYOUT, GtkLayoutManager)

/* `spacing` in pixels, between children and between lines. */
GtkLayoutManager *rungs_wrap_layout_new (int spacing);

G_END_DECLS
