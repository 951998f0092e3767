/* rungs-map-actions.c: what the mouse and the keys ask for on the map. */

#include "rungs-map-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "import/rungs-import-words.h"
#include "ladder/rungs-product-copy.h"
#include "widgets/rungs-error-words.h"

/* ---- dropping products on rungs */

/* What of the palette it is. */
static gboolean
is_offer (const char     *item,
          RungsOfferKind *kind)
{
  return g_str_has_prefix (item, "add:offer:")
         && rungs_offer_kind_from_text (item + strlen ("add:offer:"), kind);
}

static gboolean
is_source (const char      *item,
           RungsSourceKind *kind)
{
  return g_str_has_prefix (item, "add:source:")
         && rungs_source_kind_from_text (item + strlen ("add:source:"), kind);
}

/* A product, or one from the palette, goes onto rungs and between them; an offer on the product
 * that it leaves; a source to the sources. */
static gboolean
accepts_cb (RungsMapView *self,
            const char   *item,
            const char   *place)
{
  RungsOfferKind offer;
  RungsSourceKind source;
  gboolean between;
  gint64 rung, id;

  if (is_offer (item, &offer))
    return g_str_has_prefix (place, "on:");
  if (is_source (item, &source))
    return g_str_equal (place, "sources");
  if (!rungs_map_layout_read_place (place, &rung, &between))
    return FALSE;
  return g_str_equal (item, "add:product") || rungs_map_id_is (item, "product", &id);
}

static void
add_offer_from (RungsMapView   *self,
                const char     *place,
                RungsOfferKind  kind)
{
  const RungsProduct *to;
  gint64 id;

  if (!rungs_map_id_is (place + strlen ("on:"), "product", &id))
    return;
  to = rungs_ladder_find_target (self->map->ladder, id, kind);
  if (to != NULL)
    rungs_map_view_do (self, _ ("new offer"), rungs_map_edit_add_offer (id, to->id, kind));
  else
    rungs_page_notify (self->page, _ ("There is no other product to offer"));
}

static void
add_source (RungsMapView    *self,
            RungsSourceKind  kind)
{
  self->open |= 1u << kind;
  rungs_map_view_do (self, _ ("new source"),
                     rungs_map_edit_add_source (kind, _ ("New source")));
}

static void
add_product (RungsMapView *self,
             gint64        rung,
             gboolean      between)
{
  rungs_map_view_do (self, _ ("new product"),
                     rungs_map_edit_add_product (_ ("New product"), self->map->ladder->currency,
                                                 rung, between));
}

static void
dropped_cb (RungsMapView *self,
            const char   *item,
            const char   *place)
{
  RungsOfferKind offer;
  RungsSourceKind source;
  gboolean between;
  gint64 rung;

  if (is_offer (item, &offer))
    add_offer_from (self, place, offer);
  else if (is_source (item, &source))
    add_source (self, source);
  else if (g_str_equal (item, "add:product")
           && rungs_map_layout_read_place (place, &rung, &between))
    add_product (self, rung, between);
}

static void
moved_cb (RungsMapView *self,
          const char   *node,
          const char   *place)
{
  gboolean between;
  gint64 rung, id;

  if (rungs_map_id_is (node, "product", &id)
      && rungs_map_layout_read_place (place, &rung, &between))
    rungs_map_view_do (self, _ ("move of a product"), rungs_map_edit_put (id, rung, between));
}

/* Alt and Up: a rung higher; from the highest one, onto a new one above it. */
static void
move_by_cb (RungsMapView    *self,
            const char      *node,
            GtkDirectionType direction)
{
  const RungsProduct *product;
  gint64 id, rung;

  if ((direction != GTK_DIR_UP && direction != GTK_DIR_DOWN)
      || !rungs_map_id_is (node, "product", &id)
      || (product = rungs_map_find_product (self->map, id)) == NULL)
    return;
  rung = product->rung + (direction == GTK_DIR_UP ? 1 : -1);
  if (rung < 0)
    return;
  rungs_map_view_do (self, _ ("move of a product"),
                     rungs_map_edit_put (id, rung, rung > rungs_map_highest_rung (self->map)));
}

/* ---- drawing arrows */

static gboolean
connects_cb (RungsMapView *self,
             const char   *from,
             const char   *to)
{
  gint64 id;

  if (rungs_map_id_is (from, "product", &id))
    return rungs_map_id_is (to, "product", &id);
  return g_str_equal (to, "opt-in") || rungs_map_id_is (to, "sequence", &id)
         || rungs_map_id_is (to, "product", &id);
}

/* Up is next; down is for those who said no; beside is cross. */
static RungsOfferKind
kind_between (const RungsProduct *from,
              const RungsProduct *to)
{
  if (from->rung == to->rung || from->rung == 0 || to->rung == 0)
    return RUNGS_OFFER_CROSS;
  return to->rung > from->rung ? RUNGS_OFFER_NEXT : RUNGS_OFFER_DOWNSELL;
}

/* The letter of a product that suits those who come from such a source; 0: it has none in use. */
static const RungsSalesLetter *
find_letter (const RungsMap  *map,
             gint64           product,
             RungsSourceKind  kind)
{
  RungsLetterPath wanted = kind == RUNGS_SOURCE_PPC         ? RUNGS_LETTER_PPC
                           : kind == RUNGS_SOURCE_CUSTOMERS ? RUNGS_LETTER_EMAIL
                                                            : RUNGS_LETTER_PAGE;
  const RungsSalesLetter *found = NULL;

  for (guint i = 0; i < map->letters->len; i++)
    {
      const RungsSalesLetter *letter = g_ptr_array_index (map->letters, i);

      if (letter->product != product || letter->retired_at != 0)
        continue;
      if (found == NULL || (letter->path == wanted && found->path != wanted))
        found = letter;
    }
  return found;
}

static void
add_way (RungsMapView *self,
         const char   *from,
         const char   *to)
{
  RungsWay *way = rungs_way_new ();
  const RungsSource *source = NULL;
  const RungsSalesLetter *letter = NULL;
  gint64 id;

  if (!rungs_map_id_is_kind (from, &way->kind) && rungs_map_id_is (from, "source", &way->source)
      && (source = rungs_map_find_source (self->map, way->source)) != NULL)
    way->kind = source->kind;
  way->path = RUNGS_PATH_OPT_IN;
  if (rungs_map_id_is (to, "product", &id))
    {
      letter = find_letter (self->map, id, way->kind);
      way->letter = letter != NULL ? letter->id : 0;
      way->product = letter != NULL ? 0 : id;
      way->path = letter != NULL ? rungs_way_path_to (rungs_letter_path_to_text (letter->path))
                                 : RUNGS_PATH_DIRECT;
    }
  else if (rungs_map_id_is (to, "sequence", &id))
    {
      way->sequence = id;
    }
  rungs_map_view_do (self, _ ("new way in"), rungs_map_edit_add_way (way));
}

static void
connected_cb (RungsMapView *self,
              const char   *from,
              const char   *to)
{
  const RungsProduct *first, *second;
  gint64 a, b;

  if (!rungs_map_id_is (from, "product", &a))
    {
      add_way (self, from, to);
      return;
    }
  if (!rungs_map_id_is (to, "product", &b)
      || (first = rungs_map_find_product (self->map, a)) == NULL
      || (second = rungs_map_find_product (self->map, b)) == NULL)
    return;
  rungs_map_view_do (self, _ ("new offer"),
                     rungs_map_edit_add_offer (a, b, kind_between (first, second)));
}

/* ---- removing, copying, pasting */

static void
delete_cb (RungsMapView *self)
{
  g_auto (GStrv) ids = rungs_canvas_get_selected (self->canvas);

  if (ids != NULL && ids[0] != NULL)
    rungs_map_view_do (self, _ ("removal"),
                       rungs_map_edit_remove ((const char *const *) ids));
}

static char *
copy_cb (RungsMapView *self)
{
  g_auto (GStrv) ids = rungs_canvas_get_selected (self->canvas);
  g_autoptr (GPtrArray) products = g_ptr_array_new ();
  gint64 id;

  for (guint i = 0; ids[i] != NULL; i++)
    if (rungs_map_id_is (ids[i], "product", &id) && rungs_map_find_product (self->map, id))
      g_ptr_array_add (products, (gpointer) rungs_map_find_product (self->map, id));
  return products->len > 0 ? rungs_product_copy (products) : NULL;
}

static void
paste_cb (RungsMapView *self,
          const char   *json)
{
  rungs_map_view_do (self, _ ("pasted products"), rungs_map_edit_paste (json));
}

/* ---- the leads behind a figure */

static void
label_activated_cb (RungsMapView *self,
                    const char   *edge)
{
  RungsMapShow show = rungs_map_view_get_show (self);
  g_autofree char *target
    = rungs_map_dup_target (&show, rungs_canvas_get_graph (self->canvas), edge);

  if (target != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-target", "(ss)", "leads", target);
}

static void
leads_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  label_activated_cb (RUNGS_MAP_VIEW (widget), g_variant_get_string (parameter, NULL));
}

/* ---- choosing and opening */

static void
fill_side (RungsMapView *self)
{
  const char *id = rungs_canvas_get_selected_one (self->canvas);
  gboolean any = rungs_map_panel_select (self->panel, id);
  gboolean palette = !any && gtk_toggle_button_get_active (self->adding);

  if (palette)
    rungs_map_panel_show_palette (self->panel);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->side), any || palette);
}

static gboolean
released_cb (gpointer data)
{
  RungsMapView *self = data;

  if (self->page != NULL)
    fill_side (self);
  return G_SOURCE_REMOVE;
}

/* Beside what is being dragged nothing opens: it would move under the pointer. */
static void
show_side (RungsMapView *self)
{
  if (self->pressed && !gtk_revealer_get_reveal_child (GTK_REVEALER (self->side)))
    return;
  fill_side (self);
}

/* Before the canvas itself hears of it, so the side opens a moment later. */
static gboolean
pressed_cb (GtkEventController *controller,
            GdkEvent           *event,
            RungsMapView       *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS)
    self->pressed = TRUE;
  else if (type == GDK_BUTTON_RELEASE && self->pressed)
    {
      self->pressed = FALSE;
      /* the keys follow the mouse, so that Ctrl+Z is the map's */
      if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
        gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, released_cb, g_object_ref (self), g_object_unref);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
watch_buttons (RungsMapView *self)
{
  GtkEventController *buttons = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (buttons, GTK_PHASE_CAPTURE);
  g_signal_connect_object (buttons, "event", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), buttons);
}

static void
adding_toggled_cb (RungsMapView *self)
{
  if (gtk_toggle_button_get_active (self->adding))
    rungs_canvas_select (self->canvas, NULL);
  show_side (self);
}

/* What was selected is not hidden by the panel that tells of it, and nothing by what can be
 * added. */
static void
side_shown_cb (RungsMapView *self)
{
  const char *id = rungs_canvas_get_selected_one (self->canvas);

  if (!gtk_revealer_get_child_revealed (GTK_REVEALER (self->side)))
    return;
  if (id != NULL)
    rungs_canvas_reveal (self->canvas, id);
  else
    rungs_canvas_fit (self->canvas);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);
  const char *id = rungs_canvas_get_selected_one (self->canvas);
  gint64 number;

  if (rungs_map_id_is (id, "product", &number) || rungs_map_id_is (id, "offer", &number))
    rungs_map_panel_edit (self->panel);
}

static void
activate_cb (RungsMapView *self,
             const char   *id)
{
  RungsSourceKind kind;

  rungs_canvas_select (self->canvas, id);
  if (rungs_map_id_is_kind (id, &kind))
    gtk_widget_activate_action (GTK_WIDGET (self), "ladder.unfold", "s", id);
  else
    edit_action (GTK_WIDGET (self), NULL, NULL);
}

static void
edit_cb (RungsMapView *self,
         const char   *label,
         gpointer      edit)
{
  rungs_map_view_do (self, label, edit);
}

/* ---- actions */

static void
unfold_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);
  RungsSourceKind kind;

  if (!rungs_map_id_is_kind (g_variant_get_string (parameter, NULL), &kind))
    return;
  self->open ^= 1u << kind;
  rungs_map_view_show (self);
}

static void
select_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  const RungsSource *source;
  gint64 number;

  if (rungs_map_id_is (id, "source", &number)
      && (source = rungs_map_find_source (self->map, number)) != NULL
      && (self->open & (1u << source->kind)) == 0)
    {
      self->open |= 1u << source->kind;
      rungs_map_view_show (self);
    }
  rungs_canvas_select (self->canvas, id);
  rungs_canvas_reveal (self->canvas, id);
}

static void
add_product_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);

  if (self->map != NULL)
    add_product (self, rungs_map_highest_rung (self->map) + 1, TRUE);
}

/* A way that leads went is drawn as they went it. */
static void
draw_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);
  g_autoptr (RungsWay) way = NULL;
  const RungsProduct *from, *to;
  RungsLadderArrow arrow;

  if (!rungs_map_id_is_undrawn (g_variant_get_string (parameter, NULL), &arrow))
    return;
  from = rungs_map_find_product (self->map, arrow.from.id);
  to = rungs_map_find_product (self->map, arrow.to.id);
  if (arrow.from.kind == RUNGS_LADDER_PRODUCT && from != NULL && to != NULL)
    rungs_map_view_do (self, _ ("new offer"),
                       rungs_map_edit_add_offer (from->id, to->id, kind_between (from, to)));
  if (arrow.from.kind != RUNGS_LADDER_KIND)
    return;
  way = rungs_way_new ();
  way->kind = (RungsSourceKind) arrow.from.id;
  way->path = arrow.from.path == RUNGS_LADDER_ANY_PATH ? RUNGS_PATH_OPT_IN
                                                        : (RungsPath) arrow.from.path;
  if (arrow.to.kind == RUNGS_LADDER_PRODUCT)
    way->product = arrow.to.id;
  rungs_map_view_do (self, _ ("new way in"), rungs_map_edit_add_way (g_steal_pointer (&way)));
}

static void
revive_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gint64 id;

  if (rungs_map_id_is (g_variant_get_string (parameter, NULL), "product", &id))
    rungs_map_view_do (RUNGS_MAP_VIEW (widget), _ ("return of a product"),
                       rungs_map_edit_revive (id));
}

static void
add_source_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);
  RungsSourceKind kind;

  if (self->map == NULL
      || !rungs_source_kind_from_text (g_variant_get_string (parameter, NULL), &kind))
    return;
  add_source (self, kind);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  delete_cb (RUNGS_MAP_VIEW (widget));
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (RUNGS_MAP_VIEW (widget)->canvas), "canvas.zoom",
                                      parameter);
}

static void
fit_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_canvas_fit (RUNGS_MAP_VIEW (widget)->canvas);
}

void
rungs_map_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "ladder.unfold", "s", unfold_action);
  gtk_widget_class_install_action (klass, "map.select", "s", select_action);
  gtk_widget_class_install_action (klass, "map.add-product", NULL, add_product_action);
  gtk_widget_class_install_action (klass, "map.add-source", "s", add_source_action);
  gtk_widget_class_install_action (klass, "map.revive", "s", revive_action);
  gtk_widget_class_install_action (klass, "map.draw", "s", draw_action);
  gtk_widget_class_install_action (klass, "map.leads", "s", leads_action);
  gtk_widget_class_install_action (klass, "map.edit", NULL, edit_action);
  gtk_widget_class_install_action (klass, "map.delete", NULL, delete_action);
  gtk_widget_class_install_action (klass, "map.zoom", "i", zoom_action);
  gtk_widget_class_install_action (klass, "map.fit", NULL, fit_action);
}

void
rungs_map_actions_connect (RungsMapView *self)
{
  const struct
  {
    const char *name;
    GCallback handler;
  } SIGNALS[] = {
    { "accepts", G_CALLBACK (accepts_cb) },
    { "dropped", G_CALLBACK (dropped_cb) },
    { "moved", G_CALLBACK (moved_cb) },
    { "move-by", G_CALLBACK (move_by_cb) },
    { "connects", G_CALLBACK (connects_cb) },
    { "connected", G_CALLBACK (connected_cb) },
    { "delete", G_CALLBACK (delete_cb) },
    { "copy", G_CALLBACK (copy_cb) },
    { "paste", G_CALLBACK (paste_cb) },
    { "label-activated", G_CALLBACK (label_activated_cb) },
    { "activate", G_CALLBACK (activate_cb) },
    { "selection-changed", G_CALLBACK (show_side) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    g_signal_connect_object (self->canvas, SIGNALS[i].name, SIGNALS[i].handler, self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side, "notify::child-revealed", G_CALLBACK (side_shown_cb), self,
                           G_CONNECT_SWAPPED);
  watch_buttons (self);
  g_signal_connect_object (self->adding, "toggled", G_CALLBACK (adding_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
}
