/* rungs-canvas-item.c: what stands for a node or an edge on a canvas. */

#include "rungs-canvas-item.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (RungsCanvasItem, rungs_canvas_item, GTK_TYPE_WIDGET)

static void
rungs_canvas_item_dispose (GObject *object)
{
  RungsCanvasItem *self = RUNGS_CANVAS_ITEM (object);
  GtkWidget *child;

  self->child = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rungs_canvas_item_parent_class)->dispose (object);
}

static void
rungs_canvas_item_finalize (GObject *object)
{
  RungsCanvasItem *self = RUNGS_CANVAS_ITEM (object);

  rungs_canvas_route_clear (&self->route);
  g_free (self->id);
  g_free (self->kind);
  G_OBJECT_CLASS (rungs_canvas_item_parent_class)->finalize (object);
}

static void
rungs_canvas_item_class_init (RungsCanvasItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_canvas_item_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_canvas_item_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_canvas_item_init (RungsCanvasItem *self)
{
  self->label_t = 0.5;
}

static RungsCanvasItem *
item_new (const char *id,
          const char *css_name)
{
  RungsCanvasItem *self
    = g_object_new (RUNGS_TYPE_CANVAS_ITEM, "css-name", css_name, "accessible-role",
                    GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);

  self->id = g_strdup (id);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
  return self;
}

GtkWidget *
rungs_canvas_item_new_node (const char *id,
                            GtkWidget  *child)
{
  RungsCanvasItem *self = item_new (id, "canvasnode");

  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

GtkWidget *
rungs_canvas_item_new_edge (const char *id)
{
  return GTK_WIDGET (item_new (id, "edge"));
}

static void
set_classes (RungsCanvasItem *self,
             const char      *kind,
             gboolean         set)
{
  g_auto (GStrv) words = g_strsplit (kind ? kind : "", " ", -1);

  for (int i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && set)
      gtk_widget_add_css_class (GTK_WIDGET (self), words[i]);
    else if (*words[i] != '\0')
      gtk_widget_remove_css_class (GTK_WIDGET (self), words[i]);
}

static void
set_kind (RungsCanvasItem *self,
          const char      *kind)
{
  if (g_strcmp0 (kind, self->kind) == 0)
    return;
  set_classes (self, self->kind, FALSE);
  set_classes (self, kind, TRUE);
  g_free (self->kind);
  self->kind = g_strdup (kind);
}

static void
say (RungsCanvasItem *self,
     const char      *name,
     const char      *description)
{
  gboolean can_select = (rungs_canvas_item_get_can (self) & RUNGS_CANVAS_CAN_SELECT) != 0;

  gtk_widget_set_focusable (GTK_WIDGET (self), can_select);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "", -1);
}

void
rungs_canvas_item_set_node (RungsCanvasItem *self,
                            RungsCanvasNode *node)
{
  g_return_if_fail (RUNGS_IS_CANVAS_ITEM (self));

  self->node = node;
  set_kind (self, node->kind);
  say (self, node->name, node->description);
}

void
rungs_canvas_item_set_targets (RungsCanvasItem *self,
                               const char      *names)
{
  /* Translators: names of things, to which arrows lead */
  g_autofree char *words = names ? g_strdup_printf (_ ("Leads to %s"), names) : g_strdup ("");
  g_autofree char *description = NULL;

  g_return_if_fail (RUNGS_IS_CANVAS_ITEM (self) && self->node != NULL);

  description = self->node->description != NULL && names != NULL
                  ? g_strdup_printf ("%s. %s", self->node->description, words)
                  : g_strdup (self->node->description ? self->node->description : words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
set_label (RungsCanvasItem *self,
           const char      *text)
{
  if (text == NULL)
    {
      g_clear_pointer (&self->child, gtk_widget_unparent);
      return;
    }
  if (self->child == NULL)
    {
      self->child = g_object_new (GTK_TYPE_LABEL, "justify", GTK_JUSTIFY_CENTER, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_set_parent (self->child, GTK_WIDGET (self));
    }
  gtk_label_set_label (GTK_LABEL (self->child), text);
}

/* Below it, muted. */
static void
add_detail (RungsCanvasItem *self,
            const char      *text,
            const char      *detail)
{
  g_autofree char *both = g_strdup_printf ("%s\n%s", text, detail);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *muted = pango_attr_foreground_alpha_new (G_MAXUINT16 / 20 * 13);

  muted->start_index = (guint) strlen (text);
  pango_attr_list_insert (attributes, muted);
  gtk_label_set_attributes (GTK_LABEL (self->child), attributes);
  gtk_label_set_label (GTK_LABEL (self->child), both);
}

static void
show_label (RungsCanvasItem *self)
{
  set_label (self, self->edge->label);
  if (self->child == NULL)
    return;
  gtk_label_set_attributes (GTK_LABEL (self->child), NULL);
  if (self->detailed && self->edge->detail != NULL)
    add_detail (self, self->edge->label, self->edge->detail);
}

void
rungs_canvas_item_set_detailed (RungsCanvasItem *self,
                                gboolean         detailed)
{
  g_return_if_fail (RUNGS_IS_CANVAS_ITEM (self));

  if (self->detailed == detailed)
    return;
  self->detailed = detailed;
  if (self->edge != NULL)
    show_label (self);
}

void
rungs_canvas_item_set_edge (RungsCanvasItem  *self,
                            RungsCanvasEdge  *edge,
                            RungsCanvasGraph *graph)
{
  g_autofree char *name = NULL;

  g_return_if_fail (RUNGS_IS_CANVAS_ITEM (self));

  self->edge = edge;
  set_kind (self, edge->style);
  show_label (self);
  if (edge->opens)
    gtk_widget_add_css_class (GTK_WIDGET (self), "opens");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "opens");
  name = rungs_canvas_item_dup_name (self, graph);
  say (self, name, NULL);
}

char *
rungs_canvas_item_dup_name (RungsCanvasItem  *self,
                            RungsCanvasGraph *graph)
{
  RungsCanvasNode *from, *to;
  g_autofree char *ends = NULL;
  g_autofree char *label = NULL;

  if (self->node != NULL)
    return g_strdup (self->node->name);
  if (self->edge->name != NULL)
    return g_strdup (self->edge->name);
  from = rungs_canvas_graph_find_node (graph, self->edge->from);
  to = rungs_canvas_graph_find_node (graph, self->edge->to);
  /* Translators: an arrow of a drawing, from one thing to another */
  ends = to ? g_strdup_printf (_ ("%s to %s"), from->name, to->name) : g_strdup (from->name);
  label = g_strdelimit (g_strdup (self->edge->label ? self->edge->label : ""), "\n", ' ');
  if (*label == '\0')
    return g_steal_pointer (&ends);
  return self->edge->detail != NULL
           ? g_strdup_printf ("%s: %s (%s)", ends, label, self->edge->detail)
           : g_strdup_printf ("%s: %s", ends, label);
}

RungsCanvasCan
rungs_canvas_item_get_can (RungsCanvasItem *self)
{
  if (self->edge == NULL && self->node == NULL)
    return RUNGS_CANVAS_CAN_NOTHING;
  return self->node ? self->node->can : self->edge->can;
}

void
rungs_canvas_item_set_selected (RungsCanvasItem *self,
                                gboolean         selected)
{
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}
