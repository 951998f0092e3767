/* rungs-map-panel.c: what is known of the thing of the map that is selected, and what can be done
 * with it.
 *
 * The panel is filled anew whenever the map is read; what is being typed into it is kept as long as
 * the same thing is selected: a source that is being edited is only filled again when its name or
 * its costs are other ones. */

#include "rungs-map-panel.h"

#include <glib/gi18n.h>

#include "import/rungs-import-words.h"
#include "ladder/rungs-ladder-words.h"
#include "ladder/rungs-map-source.h"
#include "ladder/rungs-map-texts.h"
#include "ladder/rungs-offer-inspector.h"
#include "ladder/rungs-product-inspector.h"
#include "ladder/rungs-product-row.h"
#include "widgets/rungs-canvas-palette.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-focus.h"

#define WIDTH 330

struct _RungsMapPanel
{
  GtkWidget parent_instance;

  GtkWidget *stack;     /* the product, the offer, or what is neither */
  RungsProductInspector *inspector; /* (nullable): before there is a writer */
  RungsOfferInspector *offer;       /* (nullable): the same */
  GtkBox *box;
  RungsMapShow show;
  char *id;              /* (owned) (nullable) */
  RungsMapSource *source; /* (unowned) (nullable): the editor of the source that is shown */
};

enum
{
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsMapPanel, rungs_map_panel, GTK_TYPE_WIDGET)

/* ---- parts */

static void
clear (RungsMapPanel *self)
{
  GtkWidget *child;

  self->source = NULL;
  rungs_focus_close_popovers (GTK_WIDGET (self->box));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
}

static GtkWidget *
add_text (RungsMapPanel *self,
          const char    *text,
          const char    *css_class)
{
  GtkWidget *label;

  if (text == NULL || *text == '\0')
    return NULL;
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (self->box, label);
  return label;
}

static void
take_text (RungsMapPanel *self,
           char          *text,
           const char    *css_class)
{
  add_text (self, text, css_class);
  g_free (text);
}

static void
add_heading (RungsMapPanel *self,
             const char    *what,
             const char    *name)
{
  add_text (self, what, "dim-label");
  add_text (self, name, "title-4");
}

/* `target` NULL: none. */
static void
add_button (RungsMapPanel *self,
            const char    *label,
            const char    *action,
            GVariant      *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (self->box, button);
}

/* ---- arrows */

static void
add_flow (RungsMapPanel *self,
          const char    *edge)
{
  RungsLadderPlace from, to;
  g_autoptr (RungsLadderFlow) flow = NULL;

  if (self->show.figures == NULL || !rungs_map_find_ends (self->show.map, edge, &from, &to))
    return;
  flow = rungs_ladder_figures_flow (self->show.figures, from, to);
  if (flow == NULL)
    return;
  add_text (self, _ ("In this time"), "heading");
  take_text (self, rungs_ladder_words_share_long (&flow->all), NULL);
  add_text (self, _ ("By the path of their first arrival"), "caption-heading");
  take_text (self, rungs_ladder_words_paths (flow), "caption");
}

static void
add_ends (RungsMapPanel *self,
          const char    *from,
          const char    *to)
{
  take_text (self, g_strdup_printf (_ ("From: %s"), from), NULL);
  take_text (self, g_strdup_printf (_ ("To: %s"), to), NULL);
}

/* It is told what there was, and what it brought. */
static void
show_ended (RungsMapPanel    *self,
            const RungsOffer *offer)
{
  const RungsProduct *from = rungs_map_find_product (self->show.map, offer->from_product);
  const RungsProduct *to = rungs_map_find_product (self->show.map, offer->to_product);
  g_autofree char *day = rungs_display_day (offer->retired_at);

  add_heading (self, _ ("Offer"), rungs_offer_kind_words (offer->kind));
  add_ends (self, from != NULL ? from->name : _ ("Leads who own nothing yet"),
            to != NULL ? to->name : "");
  take_text (self, g_strdup_printf (_ ("Made until %s"), day), NULL);
  add_flow (self, self->id);
}

static void
empty_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* Reads it anew, where it is shown already. */
static void
inspect (RungsInspector *inspector,
         gint64          thing)
{
  if (rungs_inspector_get_thing (inspector) == thing)
    rungs_inspector_refresh (inspector);
  else
    rungs_inspector_set_thing (inspector, thing);
}

/* What the arrow carries stands over what is said of it. */
static void
show_offer (RungsMapPanel    *self,
            const RungsOffer *offer)
{
  GtkBox *box = self->box;

  if (offer->retired_at != 0)
    {
      if (self->offer != NULL)
        rungs_inspector_set_thing (RUNGS_INSPECTOR (self->offer), 0);
      show_ended (self, offer);
      return;
    }
  if (self->offer == NULL)
    return;
  inspect (RUNGS_INSPECTOR (self->offer), offer->id);
  self->box = rungs_offer_inspector_get_figures (self->offer);
  empty_box (self->box);
  add_flow (self, self->id);
  gtk_widget_set_visible (GTK_WIDGET (self->box),
                          gtk_widget_get_first_child (GTK_WIDGET (self->box)) != NULL);
  self->box = box;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "offer");
}

static void
show_way (RungsMapPanel  *self,
          const RungsWay *way)
{
  const RungsProduct *sells = rungs_map_find_product (self->show.map, way->sells);

  add_heading (self, _ ("Way in"), rungs_ladder_words_path ((int) way->path));
  add_ends (self, way->source != 0 ? way->source_name : rungs_source_kind_words (way->kind),
            *way->target_name != '\0' ? way->target_name : _ ("Opt-in"));
  if (sells != NULL && g_strcmp0 (sells->name, way->target_name) != 0)
    take_text (self, g_strdup_printf (_ ("Sells: %s"), sells->name), NULL);
  add_button (self, _ ("_Remove Way In"), "map.delete", NULL);
  add_flow (self, self->id);
}

static const char *
name_of_place (RungsMapPanel    *self,
               RungsLadderPlace  place)
{
  const RungsProduct *product;

  if (place.kind == RUNGS_LADDER_KIND)
    return rungs_source_kind_words ((RungsSourceKind) place.id);
  product = rungs_map_find_product (self->show.map, place.id);
  return place.kind == RUNGS_LADDER_PRODUCT && product != NULL ? product->name : _ ("Opt-in");
}

static void
show_undrawn (RungsMapPanel          *self,
              const RungsLadderArrow *arrow)
{
  add_heading (self, _ ("Way that is not drawn"),
               arrow->from.kind == RUNGS_LADDER_KIND && arrow->from.path != RUNGS_LADDER_ANY_PATH
                 ? rungs_ladder_words_path (arrow->from.path)
                 : NULL);
  add_ends (self, name_of_place (self, arrow->from), name_of_place (self, arrow->to));
  add_button (self, _ ("_Draw This Way"), "map.draw", g_variant_new_string (self->id));
  add_flow (self, self->id);
}

/* ---- things */

static void
add_source_figures (RungsMapPanel                  *self,
                    const RungsLadderSourceFigures *figures)
{
  g_autofree char *payback = NULL;

  if (figures == NULL)
    return;
  payback = rungs_ladder_words_payback (figures);
  add_text (self, _ ("In this time"), "heading");
  take_text (self, rungs_ladder_words_source (figures), NULL);
  take_text (self, rungs_ladder_words_income (figures), NULL);
  add_text (self, payback, NULL);
}

static void
edited_cb (RungsMapPanel *self,
           const char    *label,
           gpointer       edit)
{
  g_signal_emit (self, signals[EDIT], 0, label, edit);
}

static void
show_source (RungsMapPanel     *self,
             const RungsSource *source)
{
  add_heading (self, rungs_source_kind_words (source->kind), source->name);
  if (self->show.figures != NULL)
    add_source_figures (self, rungs_ladder_figures_get_source (self->show.figures, source->id));
  self->source = RUNGS_MAP_SOURCE (rungs_map_source_new (self->show.map, source));
  g_signal_connect_object (self->source, "edit", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->source));
}

static void
show_kind (RungsMapPanel   *self,
           RungsSourceKind  kind)
{
  add_heading (self, _ ("Kind of source"), rungs_source_kind_words (kind));
  if (self->show.figures != NULL)
    add_source_figures (self, rungs_ladder_figures_get_kind (self->show.figures, kind));
  add_text (self, _ ("Sources"), "heading");
  for (guint i = 0; i < self->show.map->sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (self->show.map->sources, i);
      g_autofree char *id = rungs_map_id ("source", source->id);

      if (source->kind == kind && source->retired_at == 0)
        add_button (self, source->name, "map.select", g_variant_new_string (id));
    }
  add_button (self, _ ("_Add Source"), "map.add-source",
              g_variant_new_string (rungs_source_kind_to_text (kind)));
}

static void
show_opt_in (RungsMapPanel *self)
{
  add_heading (self, _ ("Path"), _ ("Opt-in"));
  add_text (self,
            _ ("Who gives an address on a form, and agrees to be written to, is on the path of"
               " relationship: green. Sequences write to them."),
            NULL);
}

static void
show_sequence (RungsMapPanel       *self,
               const RungsSequence *sequence)
{
  const RungsLadderSequenceFigures *figures
    = self->show.figures ? rungs_ladder_figures_get_sequence (self->show.figures, sequence->id)
                         : NULL;

  add_heading (self, _ ("Sequence"), sequence->name);
  if (sequence->sells_name != NULL)
    take_text (self, g_strdup_printf (_ ("Sells: %s"), sequence->sells_name), NULL);
  if (figures != NULL)
    take_text (self, rungs_ladder_words_sequence (figures), NULL);
  add_button (self, _ ("_Show Sequence"), "win.show-page", g_variant_new_string ("sequences"));
}

static GtkWidget *
way_row (const RungsWay *way,
         const char     *id)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (
    ADW_PREFERENCES_ROW (row),
    way->source != 0 ? way->source_name : rungs_source_kind_words (way->kind));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rungs_ladder_words_path ((int) way->path));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "map.select");
  return row;
}

/* Every product shows its own ways in. */
static void
show_ways (RungsMapPanel      *self,
           const RungsProduct *product)
{
  GtkBox *box = rungs_product_inspector_get_ways (self->inspector);
  GtkWidget *group = adw_preferences_group_new ();
  gboolean any = FALSE;

  empty_box (box);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Ways in"));
  for (guint i = 0; i < self->show.map->ways->len; i++)
    {
      const RungsWay *way = g_ptr_array_index (self->show.map->ways, i);
      g_autofree char *id = rungs_map_id ("way", way->id);

      if (way->sells != product->id)
        continue;
      any = TRUE;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), way_row (way, id));
    }
  if (!any)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _ ("None: draw an arrow from a source to it."));
  gtk_box_append (box, group);
  gtk_widget_set_visible (GTK_WIDGET (box), TRUE);
}

static void
show_product (RungsMapPanel      *self,
              const RungsProduct *product)
{
  if (self->inspector == NULL)
    return;
  inspect (RUNGS_INSPECTOR (self->inspector), product->id);
  show_ways (self, product);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "product");
}

/* ---- what is selected */

static gboolean
show_thing (RungsMapPanel *self)
{
  const RungsMap *map = self->show.map;
  RungsSourceKind kind;
  gconstpointer thing = NULL;
  RungsLadderArrow arrow;
  gint64 id;

  if (map == NULL || self->id == NULL)
    return FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "thing");
  if (rungs_map_id_is_kind (self->id, &kind))
    show_kind (self, kind);
  else if (g_str_equal (self->id, "opt-in"))
    show_opt_in (self);
  else if (rungs_map_id_is (self->id, "source", &id) && (thing = rungs_map_find_source (map, id)))
    show_source (self, thing);
  else if (rungs_map_id_is (self->id, "product", &id)
           && (thing = rungs_map_find_product (map, id)))
    show_product (self, thing);
  else if (rungs_map_id_is (self->id, "offer", &id) && (thing = rungs_map_find_offer (map, id)))
    show_offer (self, thing);
  else if (rungs_map_id_is (self->id, "way", &id) && (thing = rungs_map_find_way (map, id)))
    show_way (self, thing);
  else if ((rungs_map_id_is (self->id, "sequence", &id) || rungs_map_id_is (self->id, "walk", &id)
            || rungs_map_id_is (self->id, "sells", &id))
           && (thing = rungs_map_find_sequence (map, id)))
    {
      show_sequence (self, thing);
      add_flow (self, self->id);
    }
  else if (rungs_map_id_is_undrawn (self->id, &arrow))
    show_undrawn (self, &arrow);
  else
    return FALSE;
  return TRUE;
}

void
rungs_map_panel_show (RungsMapPanel      *self,
                      const RungsMapShow *show)
{
  g_return_if_fail (RUNGS_IS_MAP_PANEL (self));

  self->show = *show;
  if (self->source != NULL && rungs_map_source_update (self->source, show->map))
    return;
  clear (self);
  show_thing (self);
}

gboolean
rungs_map_panel_select (RungsMapPanel *self,
                        const char    *id)
{
  g_return_val_if_fail (RUNGS_IS_MAP_PANEL (self), FALSE);

  if (g_strcmp0 (id, self->id) == 0)
    return self->id != NULL;
  g_free (self->id);
  self->id = g_strdup (id);
  clear (self);
  if (self->inspector != NULL && !g_str_has_prefix (id != NULL ? id : "", "product:"))
    rungs_inspector_set_thing (RUNGS_INSPECTOR (self->inspector), 0);
  if (self->offer != NULL && !g_str_has_prefix (id != NULL ? id : "", "offer:"))
    rungs_inspector_set_thing (RUNGS_INSPECTOR (self->offer), 0);
  return show_thing (self);
}

/* ---- what can be added */

static void
fill_palette (RungsCanvasPalette *palette)
{
  static const RungsOfferKind kinds[]
    = { RUNGS_OFFER_NEXT, RUNGS_OFFER_UPSELL, RUNGS_OFFER_DOWNSELL, RUNGS_OFFER_CROSS };

  rungs_canvas_palette_add (palette, "add:product", _ ("Onto the ladder"), "rungs-ladder-symbolic",
                            _ ("Product"), _ ("Onto a rung, or between two"));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *id = g_strconcat ("add:offer:", rungs_offer_kind_to_text (kinds[i]), NULL);

      rungs_canvas_palette_add (palette, id, _ ("Offers, onto a product"), "go-up-symbolic",
                                rungs_offer_kind_words (kinds[i]), NULL);
    }
  for (RungsSourceKind kind = 0; kind < RUNGS_SOURCE_KINDS; kind++)
    {
      g_autofree char *id = g_strconcat ("add:source:", rungs_source_kind_to_text (kind), NULL);

      rungs_canvas_palette_add (palette, id, _ ("Sources, to the left column"),
                                "rungs-leads-symbolic", rungs_source_kind_words (kind), NULL);
    }
}

void
rungs_map_panel_set_canvas (RungsMapPanel *self,
                            RungsCanvas   *canvas)
{
  GtkWidget *palette = rungs_canvas_palette_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_return_if_fail (RUNGS_IS_MAP_PANEL (self));

  rungs_canvas_palette_set_canvas (RUNGS_CANVAS_PALETTE (palette), canvas);
  fill_palette (RUNGS_CANVAS_PALETTE (palette));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), palette);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "palette");
}

void
rungs_map_panel_show_palette (RungsMapPanel *self)
{
  g_return_if_fail (RUNGS_IS_MAP_PANEL (self));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "palette");
}

static gboolean
is_inspecting (gpointer inspector)
{
  return inspector != NULL && rungs_inspector_get_thing (inspector) != 0;
}

void
rungs_map_panel_edit (RungsMapPanel *self)
{
  g_return_if_fail (RUNGS_IS_MAP_PANEL (self));

  if (is_inspecting (self->inspector))
    rungs_product_inspector_rename (self->inspector);
  else if (is_inspecting (self->offer))
    rungs_offer_inspector_edit (self->offer);
}

/* ---- the class */

static void
rungs_map_panel_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_MAP_PANEL (object)->stack, gtk_widget_unparent);
  g_clear_pointer (&RUNGS_MAP_PANEL (object)->id, g_free);
  G_OBJECT_CLASS (rungs_map_panel_parent_class)->dispose (object);
}

static void
rungs_map_panel_class_init (RungsMapPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_map_panel_dispose;
  signals[EDIT] = g_signal_new ("edit", RUNGS_TYPE_MAP_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_map_panel_init (RungsMapPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (box, "map-panel");
  self->box = GTK_BOX (box);
  self->stack = gtk_stack_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "thing");
  gtk_widget_set_size_request (self->stack, WIDTH, -1);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

void
rungs_map_panel_set_writer (RungsMapPanel     *self,
                            RungsLadderWriter *writer)
{
  g_return_if_fail (RUNGS_IS_MAP_PANEL (self));
  g_return_if_fail (self->inspector == NULL);

  self->inspector = rungs_product_inspector_new (writer);
  self->offer = rungs_offer_inspector_new (writer);
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->inspector), "product");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->offer), "offer");
}
