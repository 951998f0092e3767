/* rungs-map-view.c: the map of the ladder: a drawing that one edits.
 *
 * The map is read first and shown at once; its numbers are counted after that, which may take a
 * moment, and are shown when they are there. Until then, and while they are not wanted, it has
 * none. */

#include "rungs-map-private.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-ladder-words.h"
#include "ladder/rungs-map-card.h"
#include "ladder/rungs-map-graph.h"
#include "segments/rungs-segment-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"

/* How far back the periods reach, in days, in the order of the list; 0: as far as there is
 * anything. */
static const int PERIODS[] = { 0, 365, 90, 30 };

/* The smallest zoom at which the figures can be read. */
#define LEGIBLE 0.66

/* ---- showing */

static void
fill_card (GtkWidget             *widget,
           const RungsCanvasNode *node,
           gpointer               data)
{
  rungs_map_card_show (RUNGS_MAP_CARD (widget), node->data);
}

static GtkWidget *
make_card (const RungsCanvasNode *node,
           gpointer               data)
{
  return rungs_map_card_new ();
}

static gboolean
wants_numbers (RungsMapView *self)
{
  return gtk_toggle_button_get_active (self->numbers);
}

/* All is seen at first; of a ladder that is too long for that, the sources, to the
 * last one, and what they lead to. */
static gboolean
begin_view_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       data)
{
  RungsCanvas *canvas = RUNGS_CANVAS (widget);
  g_autofree char *last
    = g_strconcat ("kind:", rungs_source_kind_to_text (RUNGS_SOURCE_KINDS - 1), NULL);

  if (gtk_widget_get_width (widget) == 0)
    return G_SOURCE_CONTINUE;
  if (rungs_canvas_get_zoom (canvas) < LEGIBLE)
    {
      rungs_canvas_set_zoom (canvas, LEGIBLE);
      rungs_canvas_reveal (canvas, last);
    }
  return G_SOURCE_REMOVE;
}

static void
begin_view (RungsMapView *self)
{
  rungs_canvas_fit (self->canvas);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->canvas), begin_view_cb, NULL, NULL);
}

RungsMapShow
rungs_map_view_get_show (RungsMapView *self)
{
  return (RungsMapShow) {
    .map = self->map,
    .figures = wants_numbers (self) ? self->figures : NULL,
    .question = self->question,
    .undrawn = wants_numbers (self) && self->show_undrawn ? self->undrawn : NULL,
    .retired = self->retired,
    .open = self->open,
  };
}

void
rungs_map_view_show (RungsMapView *self)
{
  RungsMapShow show = rungs_map_view_get_show (self);
  gboolean empty;

  if (self->map == NULL)
    return;
  empty = rungs_map_is_empty (self->map);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), empty ? "empty" : "map");
  rungs_map_layout_set_map (self->layout, self->map);
  rungs_map_panel_show (self->panel, &show);
  rungs_canvas_take_graph (self->canvas, rungs_map_graph_new (&show));
  if (!self->fitted && !empty)
    begin_view (self);
  self->fitted = !empty;
  rungs_ladder_view_summary_changed (RUNGS_LADDER_VIEW (self));
}

/* ---- numbers */

/* A question of its own, for another thread. */
typedef struct
{
  RungsLadderQuestion question;
  char *rule;       /* (owned) (nullable): of the segment */
  GArray *drawn;    /* (owned) (nullable): where it is also asked for what is not */
  GArray *products; /* (owned) (element-type gint64) */
} Counting;

static void
counting_free (gpointer data)
{
  Counting *counting = data;

  g_clear_pointer (&counting->drawn, g_array_unref);
  g_array_unref (counting->products);
  g_free (counting->rule);
  g_free (counting);
}

/* The answer. */
typedef struct
{
  RungsLadderFigures *figures; /* (owned) (nullable) */
  GArray *undrawn;             /* (owned) (nullable) */
} Counted;

static void
counted_free (gpointer data)
{
  Counted *counted = data;

  g_clear_pointer (&counted->figures, rungs_ladder_figures_free);
  g_clear_pointer (&counted->undrawn, g_array_unref);
  g_free (counted);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counted, counted_free)

static gpointer
count (RungsDb       *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Counting *counting = data;
  g_autoptr (RungsRule) rule = NULL;
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (Counted) counted = g_new0 (Counted, 1);

  if (counting->rule != NULL && (rule = rungs_rule_parse (counting->rule, error)) == NULL)
    return NULL;
  counting->question.segment = rule;
  if (!rungs_exchange_load (db, NULL, &exchange, error))
    return NULL;
  counting->question.exchange = exchange;
  counted->figures = rungs_ladder_figures_load (db, &counting->question, error);
  if (counted->figures != NULL && counting->drawn != NULL)
    counted->undrawn = rungs_ladder_undrawn (
      counted->figures, counting->drawn, (const gint64 *) (void *) counting->products->data,
      counting->products->len, cancellable);
  return counted->figures != NULL ? g_steal_pointer (&counted) : NULL;
}

/* What is missing in the sums is told where they are switched on. */
static void
show_apart (RungsMapView *self)
{
  g_autofree char *apart
    = self->figures != NULL ? rungs_ladder_words_apart (self->figures) : NULL;
  g_autofree char *words
    = g_strjoin ("\n", _ ("What every arrow carries and earns"), apart, NULL);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->numbers), words);
}

static void
forget_figures (RungsMapView *self)
{
  g_clear_pointer (&self->figures, rungs_ladder_figures_free);
  g_clear_pointer (&self->undrawn, g_array_unref);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsMapView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Counted) counted = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->page == NULL)
    return;
  if (counted == NULL)
    rungs_page_notify_error (self->page, error);
  forget_figures (self);
  if (counted != NULL)
    {
      self->figures = g_steal_pointer (&counted->figures);
      self->undrawn = g_steal_pointer (&counted->undrawn);
    }
  show_apart (self);
  rungs_map_view_show (self);
}

static void
stop_counting (RungsMapView *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

/* Makes the question of what is chosen. */
static void
ask_anew (RungsMapView *self)
{
  guint period = gtk_drop_down_get_selected (self->period);
  g_autofree char *json = NULL;

  g_clear_pointer (&self->rule, rungs_rule_free);
  if (self->segment_key != NULL)
    {
      json = g_strdup_printf ("{\"field\":\"segment\",\"op\":\"has\",\"value\":\"%s\"}",
                              self->segment_key);
      self->rule = rungs_rule_parse (json, NULL);
    }
  self->question = (RungsLadderQuestion) {
    .until = G_MAXINT64,
    .now = rungs_display_now (),
    .segment = self->rule,
  };
  if (period < G_N_ELEMENTS (PERIODS) && PERIODS[period] > 0)
    self->question.from = self->question.now - PERIODS[period] * RUNGS_DAY;
}

static GArray *
list_sold (const RungsMap *map)
{
  GArray *products = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; map != NULL && i < map->ladder->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (map->ladder->products, i);

      if (product->retired_at == 0)
        g_array_append_val (products, product->id);
    }
  return products;
}

static void
start_counting (RungsMapView *self)
{
  Counting *counting;

  stop_counting (self);
  if (self->page == NULL || !wants_numbers (self))
    return;
  counting = g_new0 (Counting, 1);
  ask_anew (self);
  counting->question = self->question;
  counting->rule = self->rule != NULL ? rungs_rule_dup_json (self->rule) : NULL;
  counting->products = list_sold (self->map);
  counting->drawn
    = self->show_undrawn && self->map != NULL ? rungs_map_list_drawn (self->map) : NULL;
  self->counting = g_cancellable_new ();
  rungs_store_read_async (rungs_page_get_store (self->page), count, counting, counting_free,
                          counted_free, self->counting, counted_cb, g_object_ref (self));
}

/* Another question: what was counted is no answer to it. */
static void
question_changed_cb (RungsMapView *self)
{
  forget_figures (self);
  rungs_map_view_show (self);
  start_counting (self);
}

static void
segment_picked_cb (RungsMapView *self,
                   const char   *key)
{
  g_free (self->segment_key);
  self->segment_key = *key != '\0' ? g_strdup (key) : NULL;
  rungs_pick_button_set_value (self->segment, key);
  question_changed_cb (self);
}

/* ---- reading */

typedef struct
{
  RungsMap *map;
  GPtrArray *segments;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_clear_pointer (&read->map, rungs_map_free);
  g_clear_pointer (&read->segments, g_ptr_array_unref);
  g_free (read);
}

static gpointer
read_all (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Read *read = g_new0 (Read, 1);

  read->map = rungs_map_load (db, NULL, NULL, error);
  read->segments = read->map != NULL ? rungs_segment_list (db, FALSE, error) : NULL;
  if (read->segments != NULL)
    return read;
  read_free (read);
  return NULL;
}

static void
show_segments (RungsMapView *self)
{
  GPtrArray *picks = rungs_picks_new ();

  g_ptr_array_add (picks, rungs_pick_new ("", _ ("All leads"), NULL));
  for (guint i = 0; i < self->segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (self->segments, i);

      g_ptr_array_add (picks, rungs_pick_new (segment->key, segment->name, NULL));
    }
  rungs_pick_button_set_picks (self->segment, picks);
  rungs_pick_button_set_value (self->segment, self->segment_key ? self->segment_key : "");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsMapView) self = data;
  g_autoptr (GError) error = NULL;
  Read *read = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (read == NULL && self->page != NULL)
    rungs_page_notify_error (self->page, error);
  if (read == NULL || self->page == NULL)
    {
      g_clear_pointer (&read, read_free);
      return;
    }
  g_clear_pointer (&self->map, rungs_map_free);
  self->map = g_steal_pointer (&read->map);
  g_clear_pointer (&self->segments, g_ptr_array_unref);
  self->segments = g_steal_pointer (&read->segments);
  show_segments (self);
  read_free (read);
  rungs_map_view_show (self);
  start_counting (self);
}

static void
refresh (RungsLadderView *view)
{
  rungs_store_read_async (rungs_page_get_store (RUNGS_MAP_VIEW (view)->page), read_all, NULL, NULL,
                          read_free, NULL, read_cb, g_object_ref (view));
}

/* ---- doing */

/* Of the writer: something was done, here or in the panel. */
static void
keep (const char      *label,
      RungsLadderEdit *edit,
      gpointer         data)
{
  RungsMapView *self = data;
  g_autofree char *added = rungs_map_edit_dup_added (edit);

  if (added != NULL)
    rungs_canvas_select (self->canvas, added);
  rungs_map_edit_remember (self->history, rungs_page_get_store (self->page), label, edit);
}

void
rungs_map_view_do (RungsMapView *self,
                   const char   *label,
                   RungsMapEdit *edit)
{
  rungs_ladder_writer_do (self->writer, rungs_map_edit_run, edit,
                          (GDestroyNotify) rungs_map_edit_free, label, NULL,
                          _ ("The Ladder Could Not Be Changed"));
}

static void
undo_failed_cb (RungsMapView *self,
                const char   *label,
                gboolean      undoing,
                GError       *error)
{
  rungs_error_tell (GTK_WIDGET (self),
                    undoing ? _ ("It Could Not Be Undone") : _ ("It Could Not Be Done Again"),
                    error);
}

/* ---- the view */

static char *
dup_summary (RungsLadderView *view)
{
  RungsMapView *self = RUNGS_MAP_VIEW (view);
  g_autofree char *number = NULL;
  g_autofree char *products = NULL;
  g_autofree char *report = NULL;
  guint sold = 0;

  if (self->map == NULL || self->map->ladder->products->len == 0)
    return NULL;
  for (guint i = 0; i < self->map->ladder->products->len; i++)
    sold += ((RungsProduct *) self->map->ladder->products->pdata[i])->retired_at == 0;
  number = rungs_display_number (sold);
  products = g_strdup_printf (ngettext ("%s product", "%s products", sold), number);
  report = self->figures != NULL ? rungs_ladder_words_report (self->figures) : NULL;
  return g_strjoin (" · ", products, report, NULL);
}

static const char *
get_main_action_label (RungsLadderView *view)
{
  return _ ("_New Product");
}

static void
main_action (RungsLadderView *view)
{
  gtk_widget_activate_action (GTK_WIDGET (view), "map.add-product", NULL);
}

static gboolean
focus_content (RungsLadderView *view)
{
  RungsMapView *self = RUNGS_MAP_VIEW (view);

  if (self->map != NULL && rungs_map_is_empty (self->map))
    return gtk_widget_child_focus (self->stack, GTK_DIR_TAB_FORWARD);
  return rungs_focus_is_in (GTK_WIDGET (self->canvas))
         || gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static gboolean
show_target (RungsLadderView *view,
             const char      *target)
{
  RungsMapView *self = RUNGS_MAP_VIEW (view);
  gint64 id;

  if (!rungs_map_id_is (target, "product", &id) && !rungs_map_id_is (target, "offer", &id)
      && !rungs_map_id_is (target, "source", &id))
    return FALSE;
  rungs_canvas_select (self->canvas, target);
  rungs_canvas_reveal (self->canvas, target);
  return TRUE;
}

static void
set_up (RungsLadderView *view,
        RungsPage       *page)
{
  RungsMapView *self = RUNGS_MAP_VIEW (view);

  self->page = page;
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &self->page);
  self->writer = rungs_ladder_writer_new (page);
  rungs_ladder_writer_set_keeper (self->writer, keep, self);
  rungs_map_panel_set_writer (self->panel, self->writer);
}

static void
ladder_view_init (RungsLadderViewInterface *iface)
{
  iface->set_up = set_up;
  iface->refresh = refresh;
  iface->dup_summary = dup_summary;
  iface->get_main_action_label = get_main_action_label;
  iface->main_action = main_action;
  iface->focus_content = focus_content;
  iface->show_target = show_target;
}

enum
{
  PROP_0,
  PROP_SHOW_RETIRED,
  PROP_SHOW_OUTLINE,
  PROP_SHOW_UNDRAWN,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsMapView, rungs_map_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_LADDER_VIEW, ladder_view_init))

static void
rungs_map_view_dispose (GObject *object)
{
  RungsMapView *self = RUNGS_MAP_VIEW (object);

  stop_counting (self);
  if (self->writer != NULL)
    rungs_ladder_writer_set_keeper (self->writer, NULL, NULL);
  g_clear_object (&self->writer);
  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->history);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->map, rungs_map_free);
  forget_figures (self);
  g_clear_pointer (&self->segments, g_ptr_array_unref);
  g_clear_pointer (&self->segment_key, g_free);
  g_clear_pointer (&self->rule, rungs_rule_free);
  G_OBJECT_CLASS (rungs_map_view_parent_class)->dispose (object);
}

static void
rungs_map_view_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  RungsMapView *self = RUNGS_MAP_VIEW (object);

  switch (id)
    {
    case PROP_SHOW_RETIRED:
      g_value_set_boolean (value, self->retired);
      break;
    case PROP_SHOW_OUTLINE:
      g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->outline_side));
      break;
    case PROP_SHOW_UNDRAWN:
      g_value_set_boolean (value, self->show_undrawn);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The keys go with it. */
static void
show_outline (RungsMapView *self,
              gboolean      shown)
{
  gtk_revealer_set_reveal_child (self->outline_side, shown);
  gtk_widget_grab_focus (shown ? GTK_WIDGET (self->outline) : GTK_WIDGET (self->canvas));
}

static void
rungs_map_view_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  RungsMapView *self = RUNGS_MAP_VIEW (object);

  switch (id)
    {
    case PROP_SHOW_RETIRED:
      self->retired = g_value_get_boolean (value);
      rungs_map_view_show (self);
      break;
    case PROP_SHOW_OUTLINE:
      show_outline (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_UNDRAWN:
      self->show_undrawn = g_value_get_boolean (value);
      rungs_map_view_show (self);
      start_counting (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* What can be shown or not, each with a key. */
static void
install_properties (GObjectClass *object_class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (object_class);

  object_class->get_property = rungs_map_view_get_property;
  object_class->set_property = rungs_map_view_set_property;
  properties[PROP_SHOW_RETIRED]
    = g_param_spec_boolean ("show-retired", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_OUTLINE]
    = g_param_spec_boolean ("show-outline", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_UNDRAWN]
    = g_param_spec_boolean ("show-undrawn", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_install_property_action (widget_class, "map.show-retired", "show-retired");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK,
                                       "map.show-retired", NULL);
  gtk_widget_class_install_property_action (widget_class, "map.show-outline", "show-outline");
  rungs_map_menu_install (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK, "map.show-outline", NULL);
  gtk_widget_class_install_property_action (widget_class, "map.show-undrawn", "show-undrawn");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK,
                                       "map.show-undrawn", NULL);
}

static void
rungs_map_view_class_init (RungsMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_map_view_dispose;
  install_properties (G_OBJECT_CLASS (klass));

  g_type_ensure (RUNGS_TYPE_MAP_PANEL);
  g_type_ensure (RUNGS_TYPE_CANVAS);
  g_type_ensure (RUNGS_TYPE_CANVAS_OUTLINE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, toolbar);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, undo);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, redo);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, period);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, segment_box);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, adding);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, numbers);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, side);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, panel);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, outline_side);
  gtk_widget_class_bind_template_child (widget_class, RungsMapView, outline);
  gtk_widget_class_bind_template_callback (widget_class, question_changed_cb);
  rungs_map_actions_install (widget_class);
  rungs_map_paper_install (widget_class);
  rungs_map_template_install (widget_class);
}

static void
rungs_map_view_init (RungsMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->canvas = RUNGS_CANVAS (rungs_canvas_new ());
  self->layout = rungs_map_layout_new ();
  rungs_canvas_set_maker (self->canvas, make_card, fill_card, self);
  rungs_canvas_set_layout (self->canvas, RUNGS_CANVAS_LAYOUT (self->layout));
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->canvas));
  rungs_canvas_outline_set_canvas (self->outline, self->canvas);
  self->segment = RUNGS_PICK_BUTTON (rungs_pick_button_new (_ ("Of which leads"),
                                                            _ ("All leads")));
  gtk_box_append (GTK_BOX (self->segment_box), GTK_WIDGET (self->segment));
  g_signal_connect_object (self->segment, "picked", G_CALLBACK (segment_picked_cb), self,
                           G_CONNECT_SWAPPED);
  self->history = rungs_history_new ();
  rungs_history_install (self->history, GTK_WIDGET (self));
  rungs_history_bind_buttons (self->history, self->undo, self->redo);
  g_signal_connect_object (self->history, "failed", G_CALLBACK (undo_failed_cb), self,
                           G_CONNECT_SWAPPED);
  rungs_map_actions_connect (self);
  rungs_map_menu_connect (self);
  rungs_map_panel_set_canvas (self->panel, self->canvas);
}
