/* rungs-browser.c: a table over a list of any length, with details at its right. */

#include "rungs-browser.h"

#include <glib/gi18n.h>

#include "widgets/rungs-browser-cells.h"
#include "widgets/rungs-browser-click.h"
#include "widgets/rungs-browser-columns.h"
#include "widgets/rungs-browser-drag.h"
#include "widgets/rungs-browser-keys.h"
#include "widgets/rungs-browser-model.h"
#include "widgets/rungs-browser-selection.h"
#include "widgets/rungs-columns-popover.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-split.h"

struct _RungsBrowser
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *toolbar;
  AdwBin *filters_bin;
  GtkMenuButton *columns_button;
  RungsColumnsPopover *columns_popover;
  GtkWidget *detail_button;
  GtkStack *stack;
  GtkColumnView *view;
  GtkWidget *nothing_page;
  AdwBin *empty_bin;
  AdwStatusPage *failure_page;
  GtkActionBar *action_bar;
  GtkLabel *selected_label;
  GtkScrolledWindow *actions_scroller;
  GtkStack *details;
  AdwStatusPage *none_page;
  AdwBin *detail_bin;

  GSettings *settings;          /* (owned) */
  RungsBrowserModel *model;     /* (owned) (nullable): until it is set up */
  RungsBrowserColumns *columns; /* (owned) (nullable) */
  GtkSelectionModel *selection; /* (owned) (nullable) */
  GtkWidget *menu_popover;      /* (nullable) */
  RungsBrowserMakeQuery make_query;
  gpointer make_query_data;
  gint64 to_select;             /* as soon as it is found; 0: nothing */
  gboolean all_wanted;          /* every row is to be selected, also those yet to come */
  gboolean narrowed;
  gboolean is_bare;  /* there are no rows */
  gboolean is_empty; /* there are no rows, whatever is searched for */
  gboolean asking;              /* what is shown is the answer to an older query */
};

G_DEFINE_FINAL_TYPE (RungsBrowser, rungs_browser, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_FILTERS = 1,
  PROP_ACTIONS,
  PROP_DETAIL,
  PROP_EMPTY,
  PROP_LABEL,
  PROP_N_ROWS,
} RungsBrowserProperty;

typedef enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_SELECTION_CHANGED,
} RungsBrowserSignal;

static GParamSpec *properties[PROP_N_ROWS + 1];
static guint signals[SIGNAL_SELECTION_CHANGED + 1];

static void
show_selection (RungsBrowser *self)
{
  guint n = rungs_browser_get_n_selected (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%'u selected", "%'u selected", n), n);

  gtk_label_set_label (self->selected_label, text);
  gtk_action_bar_set_revealed (self->action_bar, n > 1);
  adw_status_page_set_title (self->none_page, n > 1 ? text : _ ("Nothing Selected"));
  adw_status_page_set_description (self->none_page,
                                   n > 1 ? _ ("Select one row to see its details here.")
                                         : _ ("Select a row to see its details here."));
  gtk_stack_set_visible_child_name (self->details, n == 1 ? "one" : "none");
}

/* Details are of rows: while there are none, what is said instead has the room to itself. */
static void
show_details (RungsBrowser *self)
{
  gboolean has = adw_bin_get_child (self->detail_bin) != NULL;
  gboolean wanted = g_settings_get_boolean (self->settings, "browser-details");

  gtk_widget_set_visible (self->detail_button, has);
  gtk_widget_set_sensitive (self->detail_button, !self->is_bare);
  gtk_widget_set_visible (GTK_WIDGET (self->details), has && wanted && !self->is_bare);
  gtk_widget_set_visible (self->toolbar, !self->is_empty);
}

/* Whether the table is shown, or why not. */
static void
show_state (RungsBrowser *self)
{
  gboolean none = rungs_browser_get_n_rows (self) == 0
                  && rungs_browser_model_is_listed (self->model);

  self->is_bare = none;
  self->is_empty = none && !self->narrowed && adw_bin_get_child (self->empty_bin) != NULL;
  gtk_stack_set_visible_child_name (self->stack, self->is_empty ? "empty" : "table");
  gtk_widget_set_visible (self->nothing_page, none);
  show_details (self);
}

static void
scroll_to (RungsBrowser *self,
           guint         position)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

static void
select_awaited (RungsBrowser *self)
{
  guint position = 0;

  if (self->to_select == 0 || !rungs_browser_model_find (self->model, self->to_select, &position))
    return;
  self->to_select = 0;
  gtk_selection_model_select_item (self->selection, position, TRUE);
  scroll_to (self, position);
}

/* The answer to another query is read from its first row on. To be there before it comes lets the
 * table use its widgets again. */
static void
replacing_cb (RungsBrowser *self)
{
  rungs_browser_unselect_all (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    scroll_to (self, 0);
}

static void
listed_cb (RungsBrowser *self)
{
  self->asking = FALSE;
  show_state (self);
  select_awaited (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ROWS]);
}

static void
failed_cb (RungsBrowser *self,
           const char   *words)
{
  g_autofree char *text = g_markup_escape_text (words, -1);

  adw_status_page_set_description (self->failure_page, text);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

/* All rows were to be selected; those that came since are not yet. */
static void
select_rest (RungsBrowser *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (!self->all_wanted)
    return;
  self->all_wanted = !rungs_browser_model_is_whole (self->model)
                     || n_items < rungs_browser_model_get_n_found (self->model);
  gtk_selection_model_select_all (self->selection);
}

static void
rows_changed_cb (RungsBrowser *self)
{
  select_rest (self);
  show_selection (self);
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
selection_changed_cb (RungsBrowser *self)
{
  if (rungs_browser_get_n_selected (self) < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    self->all_wanted = FALSE;
  show_selection (self);
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
sort_changed_cb (RungsBrowser *self)
{
  rungs_browser_requery (self, self->narrowed);
}

static void
activate_cb (RungsBrowser *self,
             guint         position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0,
                 rungs_browser_model_get_id (self->model, position));
}

static void
pop_up_menu (RungsBrowser       *self,
             const GdkRectangle *at)
{
  if (self->menu_popover == NULL || rungs_browser_get_n_selected (self) == 0)
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu_popover), at);
  gtk_popover_popup (GTK_POPOVER (self->menu_popover));
}

/* The row that has the keys, or the one that had them last, takes them. */
static gboolean
focus_table (RungsBrowser *self)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  return rungs_focus_is_in (list) || gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
}

static void
pressed_cb (RungsBrowser    *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  GtkWidget *picked = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  graphene_point_t point = GRAPHENE_POINT_INIT (x, y);
  guint position = 0;

  if (!rungs_browser_cells_find_position (picked, &position))
    return;
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  if (!gtk_widget_compute_point (view, GTK_WIDGET (self), &point, &point))
    return;
  pop_up_menu (self, &(GdkRectangle) { point.x, point.y, 1, 1 });
}

static void
menu_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsBrowser *self = RUNGS_BROWSER (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view))
      && gtk_widget_compute_bounds (focus, widget, &bounds))
    pop_up_menu (self, &(GdkRectangle) { bounds.origin.x + 24, bounds.origin.y, 1,
                                         bounds.size.height });
}

static void
select_none_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  rungs_browser_unselect_all (RUNGS_BROWSER (widget));
}

static void
retry_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  rungs_browser_requery (RUNGS_BROWSER (widget), RUNGS_BROWSER (widget)->narrowed);
}

static void
columns_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  gtk_menu_button_popup (RUNGS_BROWSER (widget)->columns_button);
}

static void
toggle_details_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  gtk_widget_activate (RUNGS_BROWSER (widget)->detail_button);
}

static void
add_keys (RungsBrowser *self)
{
  const RungsBrowserAround around
    = { self->toolbar, { GTK_WIDGET (self->details), GTK_WIDGET (self->action_bar) } };

  gtk_widget_add_controller (GTK_WIDGET (self->view), rungs_browser_keys_new (self, &around));
  gtk_widget_add_controller (GTK_WIDGET (self), rungs_browser_keys_new_global ());
}

static void
rungs_browser_dispose (GObject *object)
{
  RungsBrowser *self = RUNGS_BROWSER (object);

  g_clear_pointer (&self->menu_popover, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->columns);
  g_clear_object (&self->model);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rungs_browser_parent_class)->dispose (object);
}

static void
rungs_browser_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (id == PROP_N_ROWS)
    g_value_set_uint (value, rungs_browser_get_n_rows (RUNGS_BROWSER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rungs_browser_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  RungsBrowser *self = RUNGS_BROWSER (object);
  GtkWidget *widget = G_VALUE_HOLDS_OBJECT (value) ? g_value_get_object (value) : NULL;

  switch ((RungsBrowserProperty) id)
    {
    case PROP_FILTERS:
      adw_bin_set_child (self->filters_bin, widget);
      break;
    case PROP_ACTIONS:
      gtk_scrolled_window_set_child (self->actions_scroller, widget);
      break;
    case PROP_DETAIL:
      adw_bin_set_child (self->detail_bin, widget);
      show_details (self);
      break;
    case PROP_EMPTY:
      adw_bin_set_child (self->empty_bin, widget);
      break;
    case PROP_LABEL:
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_N_ROWS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_FILTERS] = g_param_spec_object ("filters", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_ACTIONS] = g_param_spec_object ("actions", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_DETAIL] = g_param_spec_object ("detail", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_EMPTY] = g_param_spec_object ("empty", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_N_ROWS] = g_param_spec_uint ("n-rows", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  const struct
  {
    const char *action;
    GtkWidgetActionActivateFunc activate;
    guint key;
    GdkModifierType modifiers;
  } actions[] = {
    { "browser.menu", menu_action, GDK_KEY_Menu, 0 },
    { "browser.menu", NULL, GDK_KEY_F10, GDK_SHIFT_MASK },
    { "browser.columns", columns_action, 0, 0 },
    { "browser.toggle-details", toggle_details_action, 0, 0 },
    { "browser.select-none", select_none_action, GDK_KEY_A, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "browser.retry", retry_action, GDK_KEY_F5, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (actions[i].activate != NULL)
        gtk_widget_class_install_action (widget_class, actions[i].action, NULL,
                                         actions[i].activate);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].modifiers,
                                             actions[i].action, NULL);
    }
}

static void
rungs_browser_class_init (RungsBrowserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_browser_dispose;
  object_class->get_property = rungs_browser_get_property;
  object_class->set_property = rungs_browser_set_property;
  install_properties (object_class);
  install_actions (widget_class);

  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", RUNGS_TYPE_BROWSER, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_SELECTION_CHANGED]
    = g_signal_new ("selection-changed", RUNGS_TYPE_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);

  g_type_ensure (RUNGS_TYPE_COLUMNS_POPOVER);
  g_type_ensure (RUNGS_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/widgets/rungs-browser.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, box);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, toolbar);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, filters_bin);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, columns_button);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, columns_popover);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, detail_button);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, view);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, empty_bin);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, failure_page);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, action_bar);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, selected_label);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, actions_scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, details);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, none_page);
  gtk_widget_class_bind_template_child (widget_class, RungsBrowser, detail_bin);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
}

static void
rungs_browser_init (RungsBrowser *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GAction) details = NULL;

  self->settings = g_settings_new (RUNGS_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  details = g_settings_create_action (self->settings, "browser-details");
  g_action_map_add_action (G_ACTION_MAP (group), details);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "settings", G_ACTION_GROUP (group));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->detail_button), "settings.browser-details");
  add_keys (self);
  g_signal_connect_object (self->settings, "changed::browser-details", G_CALLBACK (show_details),
                           self, G_CONNECT_SWAPPED);
}

void
rungs_browser_set_up (RungsBrowser             *self,
                      const char               *name,
                      RungsStore               *store,
                      const RungsBrowserSource *source,
                      const RungsBrowserColumn *columns,
                      guint                     n_columns,
                      RungsBrowserMakeQuery     make_query,
                      gpointer                  data)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));
  g_return_if_fail (self->model == NULL);

  self->make_query = make_query;
  self->make_query_data = data;
  self->columns = rungs_browser_columns_new (self->view, name, columns, n_columns);
  rungs_columns_popover_set_columns (self->columns_popover, self->columns);
  self->model = rungs_browser_model_new (store, source);
  self->selection = GTK_SELECTION_MODEL (
    rungs_browser_selection_new (G_LIST_MODEL (g_object_ref (self->model))));
  gtk_column_view_set_model (self->view, self->selection);

  g_signal_connect_object (self->columns, "sort-changed", G_CALLBACK (sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "replacing", G_CALLBACK (replacing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "listed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), rungs_browser_drag_new (self));
  gtk_widget_add_controller (GTK_WIDGET (self->view), rungs_browser_click_new ());
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (rows_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_selection (self);
  rungs_browser_requery (self, FALSE);
}

void
rungs_browser_set_columns (RungsBrowser             *self,
                           const RungsBrowserColumn *columns,
                           guint                     n_columns)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));

  if (self->columns != NULL)
    rungs_browser_columns_set (self->columns, columns, n_columns);
}

void
rungs_browser_set_searching (RungsBrowser *self,
                             gboolean      searching)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));

  if (self->columns != NULL)
    rungs_browser_columns_set_searching (self->columns, searching);
}

GPtrArray *
rungs_browser_get_shown (RungsBrowser *self)
{
  GPtrArray *shown = g_ptr_array_new ();

  g_return_val_if_fail (RUNGS_IS_BROWSER (self), shown);

  for (guint i = 0; self->columns != NULL && i < rungs_browser_columns_get_count (self->columns);
       i++)
    if (rungs_browser_columns_is_shown (self->columns, i))
      g_ptr_array_add (shown, (gpointer) rungs_browser_columns_get (self->columns, i));
  return shown;
}

void
rungs_browser_requery (RungsBrowser *self,
                       gboolean      narrowed)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));

  self->narrowed = narrowed;
  self->asking = self->model != NULL;
  if (self->model != NULL)
    rungs_browser_model_set_query (self->model, self->make_query (self, self->make_query_data));
}

void
rungs_browser_refresh (RungsBrowser *self)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));

  if (self->model != NULL)
    rungs_browser_model_refresh (self->model);
}

const char *
rungs_browser_get_sort (RungsBrowser *self,
                        gboolean     *descending)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER (self), NULL);
  g_return_val_if_fail (self->columns != NULL, NULL);

  return rungs_browser_columns_get_sort (self->columns, descending);
}

void
rungs_browser_set_sort (RungsBrowser *self,
                        const char   *id,
                        gboolean      descending)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));
  g_return_if_fail (self->columns != NULL);

  rungs_browser_columns_set_sort (self->columns, id, descending);
}

guint
rungs_browser_get_n_rows (RungsBrowser *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER (self), 0);

  return self->model != NULL ? rungs_browser_model_get_n_found (self->model) : 0;
}

gboolean
rungs_browser_is_whole (RungsBrowser *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER (self), FALSE);

  return self->model != NULL && rungs_browser_model_is_whole (self->model);
}

guint
rungs_browser_get_n_selected (RungsBrowser *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (RUNGS_IS_BROWSER (self), 0);

  if (self->selection == NULL)
    return 0;
  selected = gtk_selection_model_get_selection (self->selection);
  return gtk_bitset_get_size (selected);
}

GArray *
rungs_browser_get_selected (RungsBrowser *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position = 0;

  g_return_val_if_fail (RUNGS_IS_BROWSER (self), ids);

  if (self->selection == NULL)
    return ids;
  selected = gtk_selection_model_get_selection (self->selection);
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, selected, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = rungs_browser_model_get_id (self->model, position);

      g_array_append_val (ids, id);
    }
  return ids;
}

gint64
rungs_browser_get_single (RungsBrowser *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (RUNGS_IS_BROWSER (self), 0);

  if (rungs_browser_get_n_selected (self) != 1)
    return 0;
  selected = gtk_selection_model_get_selection (self->selection);
  return rungs_browser_model_get_id (self->model, gtk_bitset_get_minimum (selected));
}

void
rungs_browser_select (RungsBrowser *self,
                      gint64        id)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));

  self->to_select = id;
  if (self->model != NULL && !self->asking)
    select_awaited (self);
}

void
rungs_browser_select_all (RungsBrowser *self)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));

  if (self->model == NULL)
    return;
  self->all_wanted = TRUE;
  select_rest (self);
}

void
rungs_browser_unselect_all (RungsBrowser *self)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));

  self->all_wanted = FALSE;
  if (self->selection != NULL)
    gtk_selection_model_unselect_all (self->selection);
}

void
rungs_browser_set_menu (RungsBrowser *self,
                        GMenuModel   *menu)
{
  g_return_if_fail (RUNGS_IS_BROWSER (self));

  g_clear_pointer (&self->menu_popover, gtk_widget_unparent);
  self->menu_popover = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu_popover), FALSE);
  gtk_widget_set_halign (self->menu_popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu_popover, GTK_WIDGET (self));
  /* else the first button of the window would */
  g_signal_connect_swapped (self->menu_popover, "closed", G_CALLBACK (focus_table), self);
}

gboolean
rungs_browser_focus (RungsBrowser *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER (self), FALSE);

  if (self->asking)
    return FALSE;
  if (self->is_empty)
    return gtk_widget_child_focus (GTK_WIDGET (self->empty_bin), GTK_DIR_TAB_FORWARD);
  if (rungs_browser_get_n_rows (self) == 0)
    return FALSE;
  if (rungs_browser_get_n_selected (self) == 0)
    {
      scroll_to (self, 0);
      gtk_selection_model_select_item (self->selection, 0, TRUE);
    }
  return focus_table (self);
}
