/* rungs-canvas-connect.c: drawing an arrow with the keys alone: C begins it, arrows and Tab
 * choose the node, Enter connects, Escape leaves. The keys walk along, so that a screen reader
 * says what is chosen. */

#include "rungs-canvas-private.h"

/* Returns: (transfer full) (element-type RungsCanvasItem): the nodes that can be chosen. */
static GPtrArray *
candidates (RungsCanvas *self)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i < self->drag->targets->len; i++)
    {
      RungsCanvasItem *item
        = rungs_canvas_find (self, g_ptr_array_index (self->drag->targets, i));

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

static void
choose (RungsCanvas     *self,
        RungsCanvasItem *item)
{
  if (item == NULL)
    return;
  rungs_canvas_drag_choose (self, item->id);
  rungs_canvas_selection_focus (self, item->id);
}

static void
choose_next (RungsCanvas *self,
             int          step)
{
  g_autoptr (GPtrArray) items = candidates (self);
  guint index = 0;

  if (items->len == 0)
    return;
  if (g_ptr_array_find (items, rungs_canvas_find (self, self->drag->target), &index))
    index = (index + items->len + (guint) step) % items->len;
  choose (self, g_ptr_array_index (items, index));
}

static void
choose_towards (RungsCanvas      *self,
                GtkDirectionType  direction)
{
  g_autoptr (GPtrArray) items = candidates (self);
  RungsCanvasItem *from = rungs_canvas_find (self, self->drag->target);

  if (from != NULL)
    choose (self, rungs_canvas_keys_nearest (items, from, direction));
}

gboolean
rungs_canvas_connect_begin (RungsCanvas *self)
{
  g_autofree char *from = g_strdup (self->focus);
  RungsCanvasItem *item = rungs_canvas_find (self, from);
  g_autoptr (GPtrArray) items = NULL;
  RungsCanvasItem *first;

  if (item == NULL || item->node == NULL || (item->node->can & RUNGS_CANVAS_CAN_CONNECT) == 0
      || !rungs_canvas_drag_begin (self, RUNGS_CANVAS_DRAG_CONNECT, from, 0, 0))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return FALSE;
    }
  self->drag->keys = TRUE;
  items = candidates (self);
  first = rungs_canvas_keys_nearest (items, item, GTK_DIR_RIGHT);
  choose (self, first ? first : g_ptr_array_index (items, 0));
  return TRUE;
}

static void
leave (RungsCanvas *self)
{
  g_autofree char *from = g_strdup (self->drag->what);

  rungs_canvas_drag_cancel (self);
  rungs_canvas_selection_focus (self, from);
}

gboolean
rungs_canvas_connect_key (RungsCanvas *self,
                          guint        key)
{
  GtkDirectionType direction;

  if (self->drag == NULL || !self->drag->keys || self->drag->kind != RUNGS_CANVAS_DRAG_CONNECT)
    return FALSE;
  if (rungs_canvas_keys_direction (key, &direction))
    choose_towards (self, direction);
  else if (key == GDK_KEY_Tab)
    choose_next (self, 1);
  else if (key == GDK_KEY_ISO_Left_Tab)
    choose_next (self, -1);
  else if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    rungs_canvas_drag_end (self);
  else
    leave (self);
  return TRUE;
}
