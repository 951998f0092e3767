/* rungs-canvas-outline.c: the nodes and edges of a canvas as a list. Each node is followed by the
 * edges that leave it. */

#include "rungs-canvas-outline.h"

#include <glib/gi18n.h>

#include "widgets/rungs-canvas-private.h"
#include "widgets/rungs-focus.h"

struct _RungsCanvasOutline
{
  GtkWidget parent_instance;

  GtkListBox *list;
  RungsCanvas *canvas; /* (owned) (nullable) */
  GHashTable *rows;    /* (owned): id -> GtkListBoxRow, lent by the list */
  gboolean syncing;    /* the list is being made to show what the canvas has */
};

G_DEFINE_FINAL_TYPE (RungsCanvasOutline, rungs_canvas_outline, GTK_TYPE_WIDGET)

enum
{
  MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
id_of (GtkListBoxRow *row)
{
  return row ? g_object_get_data (G_OBJECT (row), "id") : NULL;
}

/* ---- rows */

static GtkWidget *
make_row (const char *id,
          gboolean    edge)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (edge)
    gtk_widget_set_margin_start (box, 24);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  return row;
}

static void
fill_row (GtkListBoxRow *row,
          const char    *title,
          const char    *subtitle,
          const char    *spoken)
{
  GtkWidget *first = gtk_widget_get_first_child (gtk_list_box_row_get_child (row));
  GtkWidget *second = gtk_widget_get_next_sibling (first);

  gtk_label_set_label (GTK_LABEL (first), title);
  gtk_label_set_label (GTK_LABEL (second), subtitle ? subtitle : "");
  gtk_widget_set_visible (second, subtitle != NULL && *subtitle != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle ? subtitle : "",
                                  -1);
}

static void
fill_edge_row (RungsCanvasOutline *self,
               GtkListBoxRow      *row,
               RungsCanvasItem    *item)
{
  RungsCanvasNode *to = rungs_canvas_graph_find_node (self->canvas->graph, item->edge->to);
  g_autofree char *title = g_strdup_printf ("→ %s", to ? to->name : _ ("the end"));
  g_autofree char *label = item->edge->detail != NULL
                             ? g_strdup_printf ("%s (%s)", item->edge->label, item->edge->detail)
                             : g_strdup (item->edge->label);
  g_autofree char *spoken = rungs_canvas_item_dup_name (item, self->canvas->graph);

  if (label != NULL)
    g_strdelimit (label, "\n", ' ');
  fill_row (row, title, label, spoken);
}

/* The row that stands for the item, which is made or taken from `before`; it is put at the end. */
static void
append_row (RungsCanvasOutline *self,
            GHashTable         *before,
            RungsCanvasItem    *item)
{
  GtkListBoxRow *row = g_hash_table_lookup (before, item->id);

  if (row == NULL)
    row = GTK_LIST_BOX_ROW (make_row (item->id, item->edge != NULL));
  gtk_list_box_append (self->list, GTK_WIDGET (row));
  g_hash_table_insert (self->rows, (gpointer) id_of (row), row);
}

static void
fill_rows (RungsCanvasOutline *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      RungsCanvasItem *item = rungs_canvas_find (self->canvas, id_of (row));

      if (item != NULL && item->node != NULL)
        fill_row (row, item->node->name, item->node->description, item->node->name);
      else if (item != NULL)
        fill_edge_row (self, row, item);
    }
}

static gboolean
same_rows (RungsCanvasOutline *self,
           GPtrArray          *order)
{
  GtkListBoxRow *row;
  guint i;

  for (i = 0; (row = gtk_list_box_get_row_at_index (self->list, (int) i)) != NULL; i++)
    if (i >= order->len
        || !g_str_equal (id_of (row), ((RungsCanvasItem *) g_ptr_array_index (order, i))->id))
      return FALSE;
  return i == order->len;
}

/* Rows of what is still there are kept. */
static void
rebuild (RungsCanvasOutline *self,
         GPtrArray          *order)
{
  g_autoptr (GHashTable) before
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autofree char *focused = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    {
      if (rungs_focus_is_in (GTK_WIDGET (row)))
        focused = g_strdup (id_of (row));
      g_hash_table_insert (before, (gpointer) id_of (row), g_object_ref (row));
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
  g_hash_table_remove_all (self->rows);
  for (guint i = 0; i < order->len; i++)
    append_row (self, before, g_ptr_array_index (order, i));
  if (focused != NULL)
    {
      row = g_hash_table_lookup (self->rows, focused);
      gtk_widget_grab_focus (row ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
    }
}

/* ---- the same selection */

static void
show_selection (RungsCanvasOutline *self)
{
  GtkListBoxRow *row;

  if (self->syncing)
    return;
  self->syncing = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (rungs_canvas_is_selected (self->canvas, id_of (row)))
      gtk_list_box_select_row (self->list, row);
    else
      gtk_list_box_unselect_row (self->list, row);
  self->syncing = FALSE;
}

static void
rows_selected_cb (RungsCanvasOutline *self)
{
  GtkListBoxRow *row;
  const char *last = NULL;

  if (self->syncing)
    return;
  self->syncing = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      rungs_canvas_selection_set (self->canvas, id_of (row),
                                  gtk_list_box_row_is_selected (row));
      if (gtk_list_box_row_is_selected (row) && rungs_focus_is_in (GTK_WIDGET (row)))
        last = id_of (row);
    }
  if (last != NULL)
    rungs_canvas_selection_point (self->canvas, last);
  rungs_canvas_selection_changed (self->canvas);
  self->syncing = FALSE;
}

static void
graph_changed_cb (RungsCanvasOutline *self)
{
  g_autoptr (GPtrArray) order = rungs_canvas_keys_in_order (self->canvas);

  self->syncing = TRUE;
  if (!same_rows (self, order))
    rebuild (self, order);
  fill_rows (self);
  self->syncing = FALSE;
  show_selection (self);
}

/* ---- what can be done */

static void
activated_cb (RungsCanvasOutline *self,
              GtkListBoxRow      *row)
{
  rungs_canvas_emit_activate (self->canvas, id_of (row));
}

static GtkListBoxRow *
focused_row (RungsCanvasOutline *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL && gtk_widget_get_parent (row) == GTK_WIDGET (self->list)
           ? GTK_LIST_BOX_ROW (row)
           : NULL;
}

static void
ask_menu (RungsCanvasOutline *self,
          GtkListBoxRow      *row,
          double              x,
          double              y)
{
  g_autofree char *id = g_strdup (id_of (row));

  if (row != NULL && !gtk_list_box_row_is_selected (row))
    {
      gtk_list_box_unselect_all (self->list);
      gtk_list_box_select_row (self->list, row);
    }
  g_signal_emit (self, signals[MENU], 0, id, x, y);
}

static void
menu_pressed_cb (GtkGestureClick    *gesture,
                 int                 n_press,
                 double              x,
                 double              y,
                 RungsCanvasOutline *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  ask_menu (self, gtk_list_box_get_row_at_y (self->list, (int) y), x, y);
}

static gboolean
menu_key (RungsCanvasOutline *self)
{
  GtkListBoxRow *row = focused_row (self);
  graphene_rect_t where;

  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &where))
    return FALSE;
  ask_menu (self, row, where.origin.x + where.size.width / 2,
            where.origin.y + where.size.height / 2);
  return TRUE;
}

/* C and M ask for the other node, and for the place, in a list. A menu may have the keys: then it
 * is about what is selected. */
static gboolean
ask_target (RungsCanvasOutline  *self,
            RungsCanvasDragKind  kind,
            RungsCanvasCan       needed)
{
  GtkListBoxRow *row = focused_row (self);
  const char *id = row ? id_of (row) : rungs_canvas_get_selected_one (self->canvas);
  RungsCanvasItem *item = id ? rungs_canvas_find (self->canvas, id) : NULL;

  if (item != NULL && item->node != NULL && (item->node->can & needed) != 0)
    rungs_canvas_choice_ask_where (self->canvas, GTK_WIDGET (self), kind, item->id);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

static void
canvas_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsCanvasOutline *self = RUNGS_CANVAS_OUTLINE (widget);

  if (g_str_equal (name, "canvas.connect"))
    ask_target (self, RUNGS_CANVAS_DRAG_CONNECT, RUNGS_CANVAS_CAN_CONNECT);
  else if (g_str_equal (name, "canvas.move"))
    ask_target (self, RUNGS_CANVAS_DRAG_MOVE, RUNGS_CANVAS_CAN_MOVE);
  else if (g_str_equal (name, "canvas.insert"))
    rungs_canvas_choice_ask_what (self->canvas, widget);
  else
    gtk_widget_activate_action_variant (GTK_WIDGET (self->canvas), name, parameter);
}

/* Alt and an arrow, of the node that has the keys. */
static gboolean
move_by (RungsCanvasOutline *self,
         guint               key)
{
  GtkListBoxRow *row = focused_row (self);
  RungsCanvasItem *item = row ? rungs_canvas_find (self->canvas, id_of (row)) : NULL;
  GtkDirectionType direction = key == GDK_KEY_Up     ? GTK_DIR_UP
                               : key == GDK_KEY_Down ? GTK_DIR_DOWN
                               : key == GDK_KEY_Left ? GTK_DIR_LEFT
                                                     : GTK_DIR_RIGHT;

  if (item == NULL || item->node == NULL || (item->node->can & RUNGS_CANVAS_CAN_MOVE) == 0)
    return FALSE;
  g_signal_emit_by_name (self->canvas, "move-by", item->id, direction);
  return TRUE;
}

static const char *
action_of (guint           key,
           GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  switch (key)
    {
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      return "canvas.delete";
    case GDK_KEY_c:
      return control ? "canvas.copy" : NULL;
    case GDK_KEY_x:
      return control ? "canvas.cut" : NULL;
    case GDK_KEY_v:
      return control ? "canvas.paste" : NULL;
    case GDK_KEY_d:
      return control ? "canvas.duplicate" : NULL;
    default:
      return NULL;
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                RungsCanvasOutline    *self)
{
  const char *action = action_of (key, state);

  if (action != NULL)
    return gtk_widget_activate_action (GTK_WIDGET (self->canvas), action, NULL);
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    return menu_key (self);
  if ((state & GDK_ALT_MASK) != 0)
    return key >= GDK_KEY_Left && key <= GDK_KEY_Down && move_by (self, key);
  if ((state & GDK_CONTROL_MASK) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_c:
      return ask_target (self, RUNGS_CANVAS_DRAG_CONNECT, RUNGS_CANVAS_CAN_CONNECT);
    case GDK_KEY_m:
      return ask_target (self, RUNGS_CANVAS_DRAG_MOVE, RUNGS_CANVAS_CAN_MOVE);
    case GDK_KEY_Insert:
    case GDK_KEY_KP_Insert:
      rungs_canvas_choice_ask_what (self->canvas, GTK_WIDGET (self));
      return TRUE;
    default:
      return FALSE;
    }
}

/* ---- the class */

static void
rungs_canvas_outline_dispose (GObject *object)
{
  RungsCanvasOutline *self = RUNGS_CANVAS_OUTLINE (object);
  GtkWidget *child;

  if (self->canvas != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->canvas, self);
      g_signal_handlers_disconnect_by_data (self->list, self);
    }
  g_clear_object (&self->canvas);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rungs_canvas_outline_parent_class)->dispose (object);
}

static void
rungs_canvas_outline_finalize (GObject *object)
{
  g_hash_table_unref (RUNGS_CANVAS_OUTLINE (object)->rows);
  G_OBJECT_CLASS (rungs_canvas_outline_parent_class)->finalize (object);
}

/* To the row that has the keys of the canvas. */
static gboolean
rungs_canvas_outline_grab_focus (GtkWidget *widget)
{
  RungsCanvasOutline *self = RUNGS_CANVAS_OUTLINE (widget);
  const char *id = self->canvas ? rungs_canvas_get_focus_id (self->canvas) : NULL;
  GtkWidget *row = id ? g_hash_table_lookup (self->rows, id) : NULL;

  return gtk_widget_grab_focus (row ? row : GTK_WIDGET (self->list));
}

static void
rungs_canvas_outline_class_init (RungsCanvasOutlineClass *klass)
{
  static const char *const ACTIONS[]
    = { "canvas.select-all", "canvas.delete",    "canvas.cut",     "canvas.copy", "canvas.paste",
        "canvas.duplicate",  "canvas.connect", "canvas.insert", "canvas.move" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_canvas_outline_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_canvas_outline_finalize;
  widget_class->grab_focus = rungs_canvas_outline_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "canvasoutline");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_class_install_action (widget_class, ACTIONS[i], NULL, canvas_action);
  signals[MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
rungs_canvas_outline_init (RungsCanvasOutline *self)
{
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_MULTIPLE);
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

GtkWidget *
rungs_canvas_outline_new (RungsCanvas *canvas)
{
  RungsCanvasOutline *self = g_object_new (RUNGS_TYPE_CANVAS_OUTLINE, NULL);

  rungs_canvas_outline_set_canvas (self, canvas);
  return GTK_WIDGET (self);
}

void
rungs_canvas_outline_set_canvas (RungsCanvasOutline *self,
                                 RungsCanvas        *canvas)
{
  g_return_if_fail (RUNGS_IS_CANVAS_OUTLINE (self));
  g_return_if_fail (RUNGS_IS_CANVAS (canvas));
  g_return_if_fail (self->canvas == NULL);

  self->canvas = g_object_ref (canvas);
  g_signal_connect_swapped (canvas, "graph-changed", G_CALLBACK (graph_changed_cb), self);
  g_signal_connect_swapped (canvas, "selection-changed", G_CALLBACK (show_selection), self);
  g_signal_connect_swapped (self->list, "selected-rows-changed", G_CALLBACK (rows_selected_cb),
                            self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  graph_changed_cb (self);
}
