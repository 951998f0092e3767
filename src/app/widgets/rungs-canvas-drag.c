/* rungs-canvas-drag.c: what is dragged over a canvas, and where it may go.
 *
 * At the beginning the host is asked which places (or nodes, for an arrow) accept it; only those
 * are targets, and the smallest one under the pointer would get it. Near an edge of the view the
 * drawing moves under the pointer, the faster the nearer. */

#include "rungs-canvas-private.h"

#include <math.h>

#define EDGE 40.0
#define SPEED 14.0

static void
drag_free (RungsCanvasDrag *drag)
{
  g_clear_pointer (&drag->before, g_hash_table_unref);
  g_ptr_array_unref (drag->targets);
  g_free (drag->what);
  g_free (drag->target);
  g_free (drag);
}

/* ---- who accepts it */

GPtrArray *
rungs_canvas_drag_find_places (RungsCanvas *self,
                               const char  *what)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *kept = g_strdup (what);

  for (guint i = 0; self->arrangement != NULL && i < self->arrangement->drops->len; i++)
    {
      RungsCanvasDropPlace *place = g_ptr_array_index (self->arrangement->drops, i);
      gboolean accepted = FALSE;

      g_signal_emit_by_name (self, "accepts", kept, place->id, &accepted);
      if (accepted)
        g_ptr_array_add (found, g_strdup (place->id));
    }
  return found;
}

static GPtrArray *
find_nodes (RungsCanvas *self,
            const char  *from)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  guint signal = g_signal_lookup ("connects", RUNGS_TYPE_CANVAS);
  gboolean asked = g_signal_has_handler_pending (self, signal, 0, FALSE);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      RungsCanvasItem *node = g_ptr_array_index (self->nodes, i);
      gboolean accepted = !asked;

      if (!node->placed || (node->node->can & RUNGS_CANVAS_CAN_ACCEPT) == 0
          || g_str_equal (node->id, from))
        continue;
      if (asked)
        g_signal_emit_by_name (self, "connects", from, node->id, &accepted);
      if (accepted)
        g_ptr_array_add (found, g_strdup (node->id));
    }
  return found;
}

gboolean
rungs_canvas_drag_where (RungsCanvas     *self,
                         const char      *target,
                         graphene_rect_t *where)
{
  gboolean connects = self->drag != NULL && self->drag->kind == RUNGS_CANVAS_DRAG_CONNECT;
  RungsCanvasItem *item = connects ? rungs_canvas_find (self, target) : NULL;
  RungsCanvasDropPlace *place = !connects && self->arrangement != NULL
                                  ? rungs_canvas_arrangement_find_drop (self->arrangement, target)
                                  : NULL;

  if (item != NULL && item->placed)
    *where = item->place;
  else if (place != NULL)
    *where = place->where;
  else
    return FALSE;
  return TRUE;
}

const char *
rungs_canvas_drag_name (RungsCanvas *self,
                        const char  *target)
{
  RungsCanvasDropPlace *place
    = self->arrangement ? rungs_canvas_arrangement_find_drop (self->arrangement, target) : NULL;
  RungsCanvasItem *item = rungs_canvas_find (self, target);

  if (self->drag != NULL && self->drag->kind == RUNGS_CANVAS_DRAG_CONNECT)
    return item != NULL && item->node != NULL ? item->node->name : NULL;
  return place ? place->name : NULL;
}

/* The smallest target under the pointer. */
static const char *
target_at (RungsCanvas *self,
           double       x,
           double       y)
{
  graphene_point_t at = rungs_canvas_view_to_drawing (self, x, y);
  const char *found = NULL;
  float least = INFINITY;

  for (guint i = 0; i < self->drag->targets->len; i++)
    {
      const char *target = g_ptr_array_index (self->drag->targets, i);
      graphene_rect_t where;

      if (!rungs_canvas_drag_where (self, target, &where)
          || !graphene_rect_contains_point (&where, &at)
          || where.size.width * where.size.height >= least)
        continue;
      least = where.size.width * where.size.height;
      found = target;
    }
  return found;
}

/* ---- the rubber band */

static graphene_rect_t
rubber (RungsCanvas *self)
{
  graphene_point_t at = rungs_canvas_view_to_drawing (self, self->drag->x, self->drag->y);
  graphene_point_t start = self->drag->start;

  return GRAPHENE_RECT_INIT (MIN (at.x, start.x), MIN (at.y, start.y), fabsf (at.x - start.x),
                             fabsf (at.y - start.y));
}

static gboolean
select_within (RungsCanvas           *self,
               GPtrArray             *items,
               const graphene_rect_t *band)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      RungsCanvasItem *item = g_ptr_array_index (items, i);
      gboolean inside, wanted;

      if (!item->placed || (rungs_canvas_item_get_can (item) & RUNGS_CANVAS_CAN_SELECT) == 0)
        continue;
      inside = item->node ? graphene_rect_intersection (&item->place, band, NULL)
                          : graphene_rect_contains_rect (band, &item->route.bounds);
      wanted = inside != g_hash_table_contains (self->drag->before, item->id);
      if (rungs_canvas_is_selected (self, item->id) == wanted)
        continue;
      rungs_canvas_selection_set (self, item->id, wanted);
      changed = TRUE;
    }
  return changed;
}

static void
stretch (RungsCanvas *self)
{
  graphene_rect_t band = rubber (self);
  gboolean nodes = select_within (self, self->nodes, &band);
  gboolean edges = select_within (self, self->edges, &band);

  if (nodes || edges)
    rungs_canvas_selection_changed (self);
}

/* ---- the drag */

static double
push (double at,
      double size)
{
  if (at < EDGE)
    return -MIN (1.0, (EDGE - at) / EDGE);
  return at > size - EDGE ? MIN (1.0, (at - size + EDGE) / EDGE) : 0;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  RungsCanvas *self = RUNGS_CANVAS (widget);
  double dx = push (self->drag->x, gtk_widget_get_width (widget)) * SPEED;
  double dy = push (self->drag->y, gtk_widget_get_height (widget)) * SPEED;

  if (dx != 0 || dy != 0)
    {
      rungs_canvas_view_pan (self, dx, dy);
      rungs_canvas_drag_to (self, self->drag->x, self->drag->y);
    }
  return G_SOURCE_CONTINUE;
}

/* A band that began with Ctrl or Shift changes what was selected, another begins anew. */
static void
begin_rubber (RungsCanvas *self)
{
  GHashTableIter each;
  gpointer id;

  self->drag->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&each, self->selected);
  while (g_hash_table_iter_next (&each, &id, NULL))
    g_hash_table_add (self->drag->before, g_strdup (id));
}

static GPtrArray *
find_targets (RungsCanvas         *self,
              RungsCanvasDragKind  kind,
              const char          *what)
{
  if (kind == RUNGS_CANVAS_DRAG_RUBBER)
    return g_ptr_array_new ();
  return kind == RUNGS_CANVAS_DRAG_CONNECT ? find_nodes (self, what)
                                           : rungs_canvas_drag_find_places (self, what);
}

gboolean
rungs_canvas_drag_begin (RungsCanvas         *self,
                         RungsCanvasDragKind  kind,
                         const char          *what,
                         double               x,
                         double               y)
{
  GPtrArray *targets;

  if (self->arrangement == NULL) /* the outline is on the screen, and it is not */
    rungs_canvas_arrange (self);
  targets = find_targets (self, kind, what);
  rungs_canvas_drag_cancel (self);
  if (kind != RUNGS_CANVAS_DRAG_RUBBER && targets->len == 0)
    {
      g_ptr_array_unref (targets);
      return FALSE;
    }
  self->drag = g_new0 (RungsCanvasDrag, 1);
  self->drag->kind = kind;
  self->drag->what = g_strdup (what);
  self->drag->targets = targets;
  self->drag->start = rungs_canvas_view_to_drawing (self, x, y);
  self->drag->x = x;
  self->drag->y = y;
  if (kind == RUNGS_CANVAS_DRAG_RUBBER)
    begin_rubber (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

void
rungs_canvas_drag_choose (RungsCanvas *self,
                          const char  *target)
{
  g_autofree char *before = NULL;

  if (self->drag == NULL || g_strcmp0 (target, self->drag->target) == 0)
    return;
  before = g_steal_pointer (&self->drag->target);
  self->drag->target = g_strdup (target);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rungs_canvas_drag_to (RungsCanvas *self,
                      double       x,
                      double       y)
{
  if (self->drag == NULL)
    return;
  self->drag->x = x;
  self->drag->y = y;
  if (self->drag->tick == 0)
    self->drag->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  if (self->drag->kind == RUNGS_CANVAS_DRAG_RUBBER)
    stretch (self);
  else
    rungs_canvas_drag_choose (self, target_at (self, x, y));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static RungsCanvasDrag *
take_drag (RungsCanvas *self)
{
  RungsCanvasDrag *drag = g_steal_pointer (&self->drag);

  if (drag != NULL && drag->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), drag->tick);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return drag;
}

gboolean
rungs_canvas_drag_end (RungsCanvas *self)
{
  static const char *const words[] = { NULL, "moved", "dropped", "connected" };
  RungsCanvasDrag *drag = take_drag (self);
  gboolean hit = drag != NULL && drag->target != NULL;

  if (hit)
    g_signal_emit_by_name (self, words[drag->kind], drag->what, drag->target);
  g_clear_pointer (&drag, drag_free);
  return hit;
}

void
rungs_canvas_drag_cancel (RungsCanvas *self)
{
  RungsCanvasDrag *drag = self->drag ? take_drag (self) : NULL;

  g_clear_pointer (&drag, drag_free);
}
