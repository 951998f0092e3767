/* rungs-canvas-layer.c: children at fixed places on a plane that is larger than what is seen of it.
 *
 * What is drawn is what can be seen and a rim around it, so that a pan within the rim draws nothing
 * anew. */

#include "rungs-canvas-layer.h"

#define RIM 48

typedef struct
{
  graphene_rect_t where;
} Place;

struct _RungsCanvasLayer
{
  GtkWidget parent_instance;

  GHashTable *places;   /* (owned): child -> Place */
  graphene_rect_t seen;
  graphene_rect_t drawn; /* `seen` and the rim when it was last drawn */
};

G_DEFINE_FINAL_TYPE (RungsCanvasLayer, rungs_canvas_layer, GTK_TYPE_WIDGET)

/* Its places do not depend on it. */
static void
rungs_canvas_layer_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
rungs_canvas_layer_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  RungsCanvasLayer *self = RUNGS_CANVAS_LAYER (widget);
  GHashTableIter each;
  gpointer child, value;

  g_hash_table_iter_init (&each, self->places);
  while (g_hash_table_iter_next (&each, &child, &value))
    {
      graphene_rect_t *where = &((Place *) value)->where;

      gtk_widget_allocate (child, (int) where->size.width, (int) where->size.height, -1,
                           gsk_transform_translate (NULL, &where->origin));
    }
}

static void
rungs_canvas_layer_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  RungsCanvasLayer *self = RUNGS_CANVAS_LAYER (widget);

  graphene_rect_inset_r (&self->seen, -RIM, -RIM, &self->drawn);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      Place *place = g_hash_table_lookup (self->places, child);

      if (place != NULL && graphene_rect_intersection (&place->where, &self->drawn, NULL))
        gtk_widget_snapshot_child (widget, child, snapshot);
    }
}

static gboolean
rungs_canvas_layer_contains (GtkWidget *widget,
                             double     x,
                             double     y)
{
  return FALSE;
}

static void
rungs_canvas_layer_dispose (GObject *object)
{
  GtkWidget *child;

  g_hash_table_remove_all (RUNGS_CANVAS_LAYER (object)->places);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rungs_canvas_layer_parent_class)->dispose (object);
}

static void
rungs_canvas_layer_finalize (GObject *object)
{
  g_hash_table_unref (RUNGS_CANVAS_LAYER (object)->places);
  G_OBJECT_CLASS (rungs_canvas_layer_parent_class)->finalize (object);
}

static void
rungs_canvas_layer_class_init (RungsCanvasLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_canvas_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_canvas_layer_finalize;
  widget_class->measure = rungs_canvas_layer_measure;
  widget_class->size_allocate = rungs_canvas_layer_size_allocate;
  widget_class->snapshot = rungs_canvas_layer_snapshot;
  widget_class->contains = rungs_canvas_layer_contains;
  gtk_widget_class_set_css_name (widget_class, "canvaslayer");
}

static void
rungs_canvas_layer_init (RungsCanvasLayer *self)
{
  self->places = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

GtkWidget *
rungs_canvas_layer_new (void)
{
  return g_object_new (RUNGS_TYPE_CANVAS_LAYER, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
}

void
rungs_canvas_layer_place (RungsCanvasLayer      *self,
                          GtkWidget             *child,
                          const graphene_rect_t *where)
{
  Place *place;

  g_return_if_fail (RUNGS_IS_CANVAS_LAYER (self));
  g_return_if_fail (gtk_widget_get_parent (child) == GTK_WIDGET (self));

  place = g_new0 (Place, 1);
  graphene_rect_normalize_r (where, &place->where);
  g_hash_table_replace (self->places, child, place);
  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
rungs_canvas_layer_forget (RungsCanvasLayer *self,
                           GtkWidget        *child)
{
  g_return_if_fail (RUNGS_IS_CANVAS_LAYER (self));

  g_hash_table_remove (self->places, child);
  gtk_widget_set_child_visible (child, FALSE);
}

void
rungs_canvas_layer_set_seen (RungsCanvasLayer      *self,
                             const graphene_rect_t *seen)
{
  g_return_if_fail (RUNGS_IS_CANVAS_LAYER (self));

  self->seen = *seen;
  if (!graphene_rect_contains_rect (&self->drawn, seen))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
