/* rungs-rule-handle.c: by what a line or group of a rule is dragged, and where it is dropped. */

#include "rungs-rule-handle.h"

#include <glib/gi18n.h>

struct _RungsRuleHandle
{
  GtkWidget parent_instance;

  GtkWidget *image;
  GtkWidget *dragged; /* what moves with it: around it, so that it lives longer */
  guint id;
};

G_DEFINE_FINAL_TYPE (RungsRuleHandle, rungs_rule_handle, GTK_TYPE_WIDGET)

/* A place where parts can be dropped. */
typedef struct
{
  RungsRuleDropped dropped;
  gpointer data;
} Target;

/* ---- dragging */

static GdkContentProvider *
prepare_cb (RungsRuleHandle *self,
            double           x,
            double           y)
{
  return gdk_content_provider_new_typed (RUNGS_TYPE_RULE_HANDLE, self);
}

static void
drag_begun_cb (GtkDragSource   *source,
               GdkDrag         *drag,
               RungsRuleHandle *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (self->dragged);

  gtk_drag_source_set_icon (source, picture, 12, gtk_widget_get_height (self->dragged) / 2);
  gtk_widget_add_css_class (self->dragged, "dragged");
}

static void
drag_ended_cb (RungsRuleHandle *self)
{
  if (self->dragged != NULL)
    gtk_widget_remove_css_class (self->dragged, "dragged");
}

/* ---- dropping */

static void
clear_mark (GtkWidget *target)
{
  gtk_widget_remove_css_class (target, "drop-above");
  gtk_widget_remove_css_class (target, "drop-below");
}

static GdkDragAction
motion_cb (GtkDropTarget *drop,
           double         x,
           double         y)
{
  GtkWidget *target = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drop));
  gboolean below = y > gtk_widget_get_height (target) / 2.0;

  clear_mark (target);
  gtk_widget_add_css_class (target, below ? "drop-below" : "drop-above");
  return GDK_ACTION_MOVE;
}

static void
left_cb (GtkDropTarget *drop)
{
  clear_mark (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drop)));
}

static gboolean
dropped_cb (GtkDropTarget *drop,
            const GValue  *value,
            double         x,
            double         y,
            Target        *self)
{
  GtkWidget *target = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drop));
  RungsRuleHandle *handle = g_value_get_object (value);

  clear_mark (target);
  if (handle == NULL || gtk_widget_get_root (target) != gtk_widget_get_root (GTK_WIDGET (handle)))
    return FALSE;
  self->dropped (target, handle->id, y > gtk_widget_get_height (target) / 2.0, self->data);
  return TRUE;
}

/* ---- the class */

static void
rungs_rule_handle_dispose (GObject *object)
{
  RungsRuleHandle *self = RUNGS_RULE_HANDLE (object);

  self->dragged = NULL;
  g_clear_pointer (&self->image, gtk_widget_unparent);

  G_OBJECT_CLASS (rungs_rule_handle_parent_class)->dispose (object);
}

static void
rungs_rule_handle_class_init (RungsRuleHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_rule_handle_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rulehandle");
}

static void
rungs_rule_handle_init (RungsRuleHandle *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  self->image = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Drag to move it, or Alt+↑ and Alt+↓"));
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begun_cb), self);
  g_signal_connect_swapped (source, "drag-end", G_CALLBACK (drag_ended_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

GtkWidget *
rungs_rule_handle_new (guint      id,
                       GtkWidget *dragged)
{
  RungsRuleHandle *self = g_object_new (RUNGS_TYPE_RULE_HANDLE, NULL);

  self->id = id;
  self->dragged = dragged;
  return GTK_WIDGET (self);
}

void
rungs_rule_handle_add_target (GtkWidget        *target,
                              RungsRuleDropped  dropped,
                              gpointer          data)
{
  GtkDropTarget *drop = gtk_drop_target_new (RUNGS_TYPE_RULE_HANDLE, GDK_ACTION_MOVE);
  Target *self = g_new0 (Target, 1);

  g_return_if_fail (GTK_IS_WIDGET (target));

  self->dropped = dropped;
  self->data = data;
  g_signal_connect (drop, "motion", G_CALLBACK (motion_cb), NULL);
  g_signal_connect (drop, "leave", G_CALLBACK (left_cb), NULL);
  g_signal_connect_data (drop, "drop", G_CALLBACK (dropped_cb), self,
                         (GClosureNotify) (void *) g_free, 0);
  gtk_widget_add_controller (target, GTK_EVENT_CONTROLLER (drop));
}
