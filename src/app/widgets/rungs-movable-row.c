/* rungs-movable-row.c: makes a row of a list one that is dragged by a handle, and moved by Alt+Up
 * and Alt+Down. */

#include "rungs-movable-row.h"

/* What is kept with the row. */
typedef struct
{
  gint64 id;
  const RungsRowMoves *moves;
  gpointer owner; /* (unowned) */
} Movable;

static Movable *
movable_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "movable-row");
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            GtkWidget     *row)
{
  return gdk_content_provider_new_typed (G_TYPE_INT64, movable_of (row)->id);
}

static void
drag_begun_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 12, gtk_widget_get_height (row) / 2);
}

static void
clear_mark (GtkWidget *row)
{
  gtk_widget_remove_css_class (row, "drop-above");
  gtk_widget_remove_css_class (row, "drop-below");
}

static GdkDragAction
motion_cb (GtkDropTarget *drop,
           double         x,
           double         y,
           GtkWidget     *row)
{
  clear_mark (row);
  gtk_widget_add_css_class (
    row, y > gtk_widget_get_height (row) / 2.0 ? "drop-below" : "drop-above");
  return GDK_ACTION_MOVE;
}

static void
left_cb (GtkDropTarget *drop,
         GtkWidget     *row)
{
  clear_mark (row);
}

static gboolean
dropped_cb (GtkDropTarget *drop,
            const GValue  *value,
            double         x,
            double         y,
            GtkWidget     *row)
{
  const Movable *movable = movable_of (row);
  gint64 id = g_value_get_int64 (value);
  int from = movable->moves->find (movable->owner, id);
  int to = movable->moves->find (movable->owner, movable->id);

  clear_mark (row);
  if (from < 0 || to < 0)
    return FALSE;
  to += y > gtk_widget_get_height (row) / 2.0;
  if (to > from)
    to--;
  if (to != from)
    movable->moves->move (movable->owner, id, to);
  return TRUE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                GtkWidget             *row)
{
  const Movable *movable = movable_of (row);
  int place = movable->moves->find (movable->owner, movable->id);

  if ((state & GDK_ALT_MASK) == 0 || (key != GDK_KEY_Up && key != GDK_KEY_Down))
    return FALSE;
  movable->moves->move (movable->owner, movable->id, place + (key == GDK_KEY_Up ? -1 : 1));
  return TRUE;
}

static void
add_handle (AdwActionRow *row)
{
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_add_css_class (handle, "dim-label");
  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_accessible_update_state (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (row, handle);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begun_cb), row);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
}

void
rungs_movable_row_make (AdwActionRow        *row,
                        gint64               id,
                        const RungsRowMoves *moves,
                        gpointer             owner)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);
  GtkEventController *keys = gtk_event_controller_key_new ();
  Movable *movable = g_new0 (Movable, 1);

  g_return_if_fail (ADW_IS_ACTION_ROW (row));
  g_return_if_fail (moves != NULL);

  *movable = (Movable){ id, moves, owner };
  g_object_set_data_full (G_OBJECT (row), "movable-row", movable, g_free);
  add_handle (row);
  g_signal_connect (drop, "motion", G_CALLBACK (motion_cb), row);
  g_signal_connect (drop, "leave", G_CALLBACK (left_cb), row);
  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), row);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (drop));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), row);
  gtk_widget_add_controller (GTK_WIDGET (row), keys);
}

gint64
rungs_movable_row_get_id (GtkWidget *row)
{
  const Movable *movable;

  g_return_val_if_fail (GTK_IS_WIDGET (row), 0);

  movable = movable_of (row);
  return movable != NULL ? movable->id : 0;
}
