/* rungs-wrap-box.h: a box whose children go on below where they do not fit beside each other. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_WRAP_BOX (rungs_wrap_box_get_type ())

G_DECLARE_FINAL_TYPE (RungsWrapBox, rungs_wrap_box, RUNGS, WRAP_BOX, GtkWidget)

/* `spacing` in pixels, between children and between lines. */
GtkWidget *rungs_wrap_box_new (int spacing);

void rungs_wrap_box_append (RungsWrapBox *self,
                            GtkWidget    *child);

/* Takes all children out. */
void rungs_wrap_box_clear (RungsWrapBox *self);

G_END_DECLS
