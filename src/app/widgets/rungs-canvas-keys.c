/* rungs-canvas-keys.c: what the keys do on a canvas.
 *
 * An arrow goes to the nearest node in its direction: of those whose middle lies in the quarter of
 * that direction (where there is none, in its half) the one with the least way, where going aside
 * counts twice. Tab goes along the graph: a node, the edges that leave it, the next node. */

#include "rungs-canvas-private.h"

#include <math.h>

/* A little more than a quarter, for nodes that do not stand quite in line. */
#define QUARTER 1.5

static graphene_point_t
middle_of (RungsCanvasItem *item)
{
  graphene_rect_t where = rungs_canvas_item_where (item);
  graphene_point_t middle;

  graphene_rect_get_center (&where, &middle);
  return middle;
}

/* How far `there` is in that direction; infinity where it is not, or not within `slope`. */
static double
way_to (graphene_point_t here,
        graphene_point_t there,
        GtkDirectionType direction,
        double           slope)
{
  double dx = there.x - here.x, dy = there.y - here.y;
  double along = direction == GTK_DIR_LEFT    ? -dx
                 : direction == GTK_DIR_RIGHT ? dx
                 : direction == GTK_DIR_UP    ? -dy
                                              : dy;
  double aside = direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT ? fabs (dy) : fabs (dx);

  return along > 0.5 && aside <= along * slope + 8 ? along + 2 * aside : INFINITY;
}

static gboolean
can_select (RungsCanvasItem *item)
{
  return (rungs_canvas_item_get_can (item) & RUNGS_CANVAS_CAN_SELECT) != 0;
}

static gboolean
can_have_keys (RungsCanvasItem *item)
{
  return item->placed && can_select (item);
}

static RungsCanvasItem *
nearest_within (GPtrArray        *items,
                RungsCanvasItem  *from,
                GtkDirectionType  direction,
                double            slope)
{
  graphene_point_t here = middle_of (from);
  RungsCanvasItem *found = NULL;
  double least = INFINITY;

  for (guint i = 0; i < items->len; i++)
    {
      RungsCanvasItem *item = g_ptr_array_index (items, i);
      double way;

      if (item == from || !can_have_keys (item))
        continue;
      way = way_to (here, middle_of (item), direction, slope);
      if (way < least)
        {
          least = way;
          found = item;
        }
    }
  return found;
}

RungsCanvasItem *
rungs_canvas_keys_nearest (GPtrArray        *items,
                           RungsCanvasItem  *from,
                           GtkDirectionType  direction)
{
  RungsCanvasItem *found = nearest_within (items, from, direction, QUARTER);

  return found ? found : nearest_within (items, from, direction, INFINITY);
}

GPtrArray *
rungs_canvas_keys_in_order (RungsCanvas *self)
{
  GPtrArray *order = g_ptr_array_new ();

  for (guint i = 0; i < self->nodes->len; i++)
    {
      RungsCanvasItem *node = g_ptr_array_index (self->nodes, i);

      if (can_select (node))
        g_ptr_array_add (order, node);
      for (guint j = 0; j < self->edges->len; j++)
        {
          RungsCanvasItem *edge = g_ptr_array_index (self->edges, j);

          if (can_select (edge) && g_str_equal (edge->edge->from, node->id))
            g_ptr_array_add (order, edge);
        }
    }
  return order;
}

/* Returns: (nullable): the one after it, or before it; of none the first, or the last. */
static RungsCanvasItem *
next_in_order (RungsCanvas     *self,
               RungsCanvasItem *from,
               int              step)
{
  g_autoptr (GPtrArray) order = rungs_canvas_keys_in_order (self);
  guint found = 0;
  int index = step > 0 ? 0 : (int) order->len - 1;

  if (from != NULL && g_ptr_array_find (order, from, &found))
    index = (int) found + step;
  for (; index >= 0 && index < (int) order->len; index += step)
    if (can_have_keys (g_ptr_array_index (order, (guint) index)))
      return g_ptr_array_index (order, (guint) index);
  return NULL;
}

static RungsCanvasItem *
focused (RungsCanvas *self)
{
  RungsCanvasItem *item = rungs_canvas_find (self, self->focus);

  return item != NULL && can_have_keys (item) ? item : NULL;
}

/* `state` as for the mouse: Shift adds, Ctrl moves the keys only. */
static gboolean
go_to (RungsCanvas     *self,
       RungsCanvasItem *item,
       GdkModifierType  state)
{
  if (item == NULL)
    return FALSE;
  if ((state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0)
    rungs_canvas_selection_clear (self);
  if ((state & GDK_CONTROL_MASK) == 0)
    rungs_canvas_selection_set (self, item->id, TRUE);
  rungs_canvas_selection_focus (self, item->id);
  if ((state & GDK_CONTROL_MASK) == 0)
    rungs_canvas_selection_changed (self);
  return TRUE;
}

static gboolean
arrow (RungsCanvas      *self,
       GtkDirectionType  direction,
       GdkModifierType   state)
{
  RungsCanvasItem *from = focused (self);

  if (from == NULL)
    return go_to (self, next_in_order (self, NULL, 1), state);
  if ((state & GDK_ALT_MASK) != 0)
    {
      g_autofree char *id = g_strdup (from->id);

      if (from->node != NULL && (from->node->can & RUNGS_CANVAS_CAN_MOVE) != 0)
        g_signal_emit_by_name (self, "move-by", id, direction);
      return TRUE;
    }
  go_to (self, rungs_canvas_keys_nearest (self->nodes, from, direction), state);
  return TRUE;
}

static gboolean
tab (RungsCanvas *self,
     int          step)
{
  return go_to (self, next_in_order (self, focused (self), step), 0);
}

static gboolean
toggle (RungsCanvas *self)
{
  RungsCanvasItem *item = focused (self);

  if (item == NULL)
    return FALSE;
  rungs_canvas_selection_set (self, item->id, !rungs_canvas_is_selected (self, item->id));
  rungs_canvas_selection_changed (self);
  return TRUE;
}

static gboolean
open_item (RungsCanvas     *self,
           GdkModifierType  state)
{
  RungsCanvasItem *item = focused (self);

  if (item == NULL)
    return FALSE;
  if (item->edge != NULL && item->edge->opens && (state & GDK_SHIFT_MASK) != 0)
    rungs_canvas_emit_label_activated (self, item->id);
  else
    rungs_canvas_emit_activate (self, item->id);
  return TRUE;
}

static gboolean
ask_menu (RungsCanvas *self)
{
  RungsCanvasItem *item = focused (self);
  GdkRectangle where = { 0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                         gtk_widget_get_height (GTK_WIDGET (self)) };

  if (item != NULL)
    {
      rungs_canvas_reveal (self, item->id);
      rungs_canvas_locate (self, item->id, &where);
    }
  rungs_canvas_emit_menu (self, item ? item->id : NULL, where.x + where.width / 2.0,
                          where.y + where.height / 2.0);
  return TRUE;
}

static gboolean
let_go (RungsCanvas *self)
{
  if (g_hash_table_size (self->selected) == 0)
    return FALSE;
  rungs_canvas_select (self, NULL);
  return TRUE;
}

/* Where the node that has the keys is to go. */
static void
ask_move (RungsCanvas *self)
{
  RungsCanvasItem *item = focused (self);

  if (item != NULL && item->node != NULL && (item->node->can & RUNGS_CANVAS_CAN_MOVE) != 0)
    rungs_canvas_choice_ask_where (self, GTK_WIDGET (self), RUNGS_CANVAS_DRAG_MOVE, item->id);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* Keys are for an entry, or a button, within a node first. */
static gboolean
is_ours (RungsCanvas *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus == GTK_WIDGET (self) || RUNGS_IS_CANVAS_ITEM (focus);
}

gboolean
rungs_canvas_keys_direction (guint             key,
                             GtkDirectionType *direction)
{
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *direction = GTK_DIR_LEFT;
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *direction = GTK_DIR_RIGHT;
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      *direction = GTK_DIR_UP;
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      *direction = GTK_DIR_DOWN;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Space alone: the mouse pans while it is held down. */
static gboolean
space_pressed (RungsCanvas     *self,
               GdkModifierType  state)
{
  if ((state & GDK_CONTROL_MASK) != 0)
    return toggle (self);
  rungs_canvas_gestures_set_space (self, TRUE);
  return TRUE;
}

static gboolean
escape_pressed (RungsCanvas *self)
{
  if (self->drag == NULL)
    return let_go (self);
  rungs_canvas_gestures_stop (self);
  return TRUE;
}

static gboolean
letter_pressed (RungsCanvas     *self,
                guint            key,
                GdkModifierType  state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_c:
    case GDK_KEY_C:
      rungs_canvas_connect_begin (self);
      return TRUE;
    case GDK_KEY_m:
    case GDK_KEY_M:
      ask_move (self);
      return TRUE;
    case GDK_KEY_Insert:
    case GDK_KEY_KP_Insert:
      rungs_canvas_choice_ask_what (self, GTK_WIDGET (self));
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                RungsCanvas           *self)
{
  gboolean plain = (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0;
  GtkDirectionType direction;

  if (!is_ours (self))
    return FALSE;
  if (rungs_canvas_connect_key (self, key))
    return TRUE;
  if (rungs_canvas_keys_direction (key, &direction))
    return arrow (self, direction, state);
  switch (key)
    {
    case GDK_KEY_Tab:
      return plain && tab (self, 1);
    case GDK_KEY_ISO_Left_Tab:
      return plain && tab (self, -1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return open_item (self, state);
    case GDK_KEY_space:
      return space_pressed (self, state);
    case GDK_KEY_Menu:
      return ask_menu (self);
    case GDK_KEY_F10:
      return (state & GDK_SHIFT_MASK) != 0 && ask_menu (self);
    case GDK_KEY_Escape:
      return escape_pressed (self);
    default:
      return letter_pressed (self, key, state);
    }
}

static void
key_released_cb (GtkEventControllerKey *controller,
                 guint                  key,
                 guint                  code,
                 GdkModifierType        state,
                 RungsCanvas           *self)
{
  if (key == GDK_KEY_space)
    rungs_canvas_gestures_set_space (self, FALSE);
}

static void
keys_left_cb (GtkEventControllerFocus *controller,
              RungsCanvas             *self)
{
  rungs_canvas_gestures_set_space (self, FALSE);
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  rungs_canvas_select_all (RUNGS_CANVAS (widget));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  g_auto (GStrv) ids = rungs_canvas_get_selected (self);

  for (int i = 0; ids[i] != NULL; i++)
    if ((rungs_canvas_item_get_can (rungs_canvas_find (self, ids[i])) & RUNGS_CANVAS_CAN_DELETE)
        != 0)
      {
        g_signal_emit_by_name (self, "delete");
        return;
      }
  gtk_widget_error_bell (widget);
}

static void
connect_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  rungs_canvas_connect_begin (RUNGS_CANVAS (widget));
}

static void
insert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_canvas_choice_ask_what (RUNGS_CANVAS (widget), widget);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ask_move (RUNGS_CANVAS (widget));
}

void
rungs_canvas_keys_class_init (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "canvas.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (klass, "canvas.delete", NULL, delete_action);
  gtk_widget_class_install_action (klass, "canvas.connect", NULL, connect_action);
  gtk_widget_class_install_action (klass, "canvas.insert", NULL, insert_action);
  gtk_widget_class_install_action (klass, "canvas.move", NULL, move_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_a, GDK_CONTROL_MASK, "canvas.select-all",
                                       NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Delete, 0, "canvas.delete", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Delete, 0, "canvas.delete", NULL);
}

void
rungs_canvas_keys_init (RungsCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (key_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (focus, "leave", G_CALLBACK (keys_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
