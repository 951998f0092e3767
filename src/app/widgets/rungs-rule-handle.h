/* rungs-rule-handle.h: by what a line or group of a rule is dragged, and where it is dropped. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_HANDLE (rungs_rule_handle_get_type ())

G_DECLARE_FINAL_TYPE (RungsRuleHandle, rungs_rule_handle, RUNGS, RULE_HANDLE, GtkWidget)

/* The handle of the part with the number `id`; `dragged` (not owned) is what moves with it. */
GtkWidget *rungs_rule_handle_new (guint      id,
                                  GtkWidget *dragged);

/* A part was dropped on `target`; `below`: on its lower half. */
typedef void (*RungsRuleDropped) (GtkWidget *target,
                                  guint      id,
                                  gboolean   below,
                                  gpointer   data);

/* Lets parts of a rule be dropped on `target`, a widget of its editor. `data` lives as long as the
 * editor. */
void rungs_rule_handle_add_target (GtkWidget        *target,
                                   RungsRuleDropped  dropped,
                                   gpointer          data);

G_END_DECLS
