/* rungs-map-menu.c: the context menus of the map. */

#include "rungs-map-private.h"

#include <glib/gi18n.h>

/* ---- menus */

static void
append (GMenu      *menu,
        const char *label,
        const char *action)
{
  g_menu_append (menu, label, action);
}

static void
append_to (GMenu      *menu,
           const char *label,
           const char *action,
           const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
append_copies (GMenu *menu)
{
  append (menu, _ ("_Copy"), "canvas.copy");
  append (menu, _ ("_Duplicate"), "canvas.duplicate");
}

static GMenu *
menu_of_ground (void)
{
  GMenu *menu = g_menu_new ();

  append (menu, _ ("_New Product"), "map.add-product");
  append (menu, _ ("Start from a _Template…"), "map.template");
  append (menu, _ ("_Paste"), "canvas.paste");
  append (menu, _ ("Show _Retired"), "map.show-retired");
  append (menu, _ ("Show _Ways Not Drawn"), "map.show-undrawn");
  append (menu, _ ("Show _Outline"), "map.show-outline");
  append (menu, _ ("_What If…"), "ladder-page.what-if");
  append (menu, _ ("See _All"), "map.fit");
  append (menu, _ ("P_rint…"), "map.print");
  append (menu, _ ("_Export…"), "map.export");
  return menu;
}

static gboolean
is_retired (const RungsMap *map,
            const char     *id)
{
  const RungsProduct *product;
  gint64 number;

  return rungs_map_id_is (id, "product", &number)
         && (product = rungs_map_find_product (map, number)) != NULL && product->retired_at != 0;
}

static gboolean
has_ended (const RungsMap *map,
           const char     *id)
{
  const RungsOffer *offer;
  gint64 number;

  return rungs_map_id_is (id, "offer", &number)
         && (offer = rungs_map_find_offer (map, number)) != NULL && offer->retired_at != 0;
}

static RungsCanvasCan
can_of (RungsMapView *self,
        const char   *id)
{
  RungsCanvasGraph *graph = rungs_canvas_get_graph (self->canvas);
  const RungsCanvasNode *node = rungs_canvas_graph_find_node (graph, id);
  const RungsCanvasEdge *edge = rungs_canvas_graph_find_edge (graph, id);

  if (node != NULL)
    return node->can;
  return edge != NULL ? edge->can : RUNGS_CANVAS_CAN_NOTHING;
}

static GMenu *
menu_of (RungsMapView *self,
         const char   *id)
{
  GMenu *menu = g_menu_new ();
  const RungsMap *map = self->map;
  RungsCanvasCan can = can_of (self, id);
  RungsSourceKind kind;
  RungsLadderArrow arrow;
  gint64 number;

  if (rungs_map_id_is_kind (id, &kind))
    {
      append_to (menu, _ ("Show or Fold _Sources"), "ladder.unfold", id);
      append_to (menu, _ ("_Add Source"), "map.add-source", rungs_source_kind_to_text (kind));
    }
  if (is_retired (map, id))
    append_to (menu, _ ("_Sell It Again"), "map.revive", id);
  else if (rungs_map_id_is (id, "product", &number))
    append (menu, _ ("_Rename"), "map.edit");
  if (rungs_map_id_is (id, "product", &number))
    append_copies (menu);
  if (rungs_map_id_is (id, "offer", &number) && !has_ended (map, id))
    append (menu, _ ("_Edit Offer"), "map.edit");
  if (rungs_map_id_is_undrawn (id, &arrow))
    append_to (menu, _ ("_Draw This Way"), "map.draw", id);
  if (rungs_map_id_is_undrawn (id, &arrow) || rungs_map_id_is (id, "offer", &number)
      || rungs_map_id_is (id, "way", &number)
      || rungs_map_id_is (id, "walk", &number) || rungs_map_id_is (id, "sells", &number))
    append_to (menu, _ ("Show the _Leads"), "map.leads", id);
  if (rungs_map_id_is (id, "product", &number) || rungs_map_id_is (id, "source", &number)
      || rungs_map_id_is (id, "way", &number)
      || (rungs_map_id_is (id, "offer", &number) && !has_ended (map, id)))
    append_to (menu, _ ("_What If…"), "map.what-if", id);
  if ((can & RUNGS_CANVAS_CAN_CONNECT) != 0)
    append (menu, _ ("Draw an _Arrow from Here"), "canvas.connect");
  if ((can & RUNGS_CANVAS_CAN_DELETE) != 0)
    append (menu, _ ("_Delete"), "map.delete");
  return menu;
}

/* It may be activated after it was closed: the popover goes a little later. */
static gboolean
drop_popover (gpointer data)
{
  gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_popover, g_object_ref (popover), g_object_unref);
}

/* In the pixels of `widget`: the drawing, or its outline. */
static void
show_menu (RungsMapView *self,
           GtkWidget    *widget,
           const char   *id,
           double        x,
           double        y)
{
  g_autoptr (GMenu) menu = id != NULL ? menu_of (self, id) : menu_of_ground ();
  GtkWidget *popover;

  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return;
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
menu_cb (GtkWidget    *widget,
         const char   *id,
         double        x,
         double        y,
         RungsMapView *self)
{
  show_menu (self, widget, id, x, y);
}

void
rungs_map_menu_connect (RungsMapView *self)
{
  g_signal_connect_object (self->canvas, "menu", G_CALLBACK (menu_cb), self, 0);
  g_signal_connect_object (self->outline, "menu", G_CALLBACK (menu_cb), self, 0);
}

/* What a supposition about the thing begins with; of an arrow, both its ends. */
static char *
name_supposed (const RungsMap *map,
               const char     *id)
{
  g_autofree char *from = NULL;
  const RungsOffer *offer;
  const RungsWay *way;
  gint64 number;

  if (rungs_map_id_is (id, "offer", &number))
    {
      offer = rungs_map_find_offer (map, number);
      if (offer == NULL || offer->from_product == 0)
        return NULL;
      return g_strdup_printf ("what-if:product:%" G_GINT64_FORMAT ">product:%" G_GINT64_FORMAT,
                              offer->from_product, offer->to_product);
    }
  if (!rungs_map_id_is (id, "way", &number))
    return g_strconcat ("what-if:", id, NULL);
  way = rungs_map_find_way (map, number);
  if (way == NULL || way->source == 0 || way->sells == 0)
    return NULL;
  from = rungs_ladder_place_to_text (
      rungs_ladder_place_by_path (RUNGS_LADDER_SOURCE, way->source, way->path));
  return g_strdup_printf ("what-if:%s>product:%" G_GINT64_FORMAT, from, way->sells);
}

static void
what_if_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);
  g_autofree char *target = name_supposed (self->map, g_variant_get_string (parameter, NULL));

  if (self->page != NULL)
    rungs_page_show_target (self->page, target != NULL ? target : "what-if");
}

void
rungs_map_menu_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "map.what-if", "s", what_if_action);
}
