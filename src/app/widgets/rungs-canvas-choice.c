/* rungs-canvas-choice.c: what is to be inserted into a canvas, and where, from lists: the way of
 * the keyboard and of screen readers. The place that is chosen is shown on the canvas at the same
 * time. */

#include "rungs-canvas-private.h"

#include <glib/gi18n.h>

/* ---- the list */

static void
closed_cb (GtkWidget   *popover,
           RungsCanvas *self)
{
  if (self->drag != NULL && self->drag->keys)
    rungs_canvas_drag_cancel (self);
  gtk_widget_grab_focus (gtk_widget_get_parent (popover));
  g_idle_add_once ((GSourceOnceFunc) gtk_widget_unparent, popover);
}

/* Where the list points to: what has the keys, else the middle of its anchor. */
static void
point (RungsCanvas *self,
       GtkWidget   *anchor,
       GtkWidget   *popover)
{
  GtkRoot *root = gtk_widget_get_root (anchor);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GdkRectangle where = { gtk_widget_get_width (anchor) / 2, gtk_widget_get_height (anchor) / 2, 1,
                         1 };
  graphene_rect_t bounds;

  if (anchor == GTK_WIDGET (self))
    rungs_canvas_locate (self, self->focus, &where);
  else if (focus != NULL && gtk_widget_is_ancestor (focus, anchor)
           && gtk_widget_compute_bounds (focus, anchor, &bounds))
    where = (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                            (int) bounds.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &where);
}

/* Returns: (transfer none): the list; it is shown by show(). */
static GtkWidget *
make_list (const char *title)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (list), TRUE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return list;
}

static void
add_row (GtkWidget  *list,
         const char *id,
         const char *icon,
         const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *row = gtk_list_box_row_new ();

  if (icon != NULL)
    gtk_box_append (GTK_BOX (box),
                    g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static const char *
row_id (GtkListBoxRow *row)
{
  return row ? g_object_get_data (G_OBJECT (row), "id") : NULL;
}

static void
show (RungsCanvas *self,
      GtkWidget   *anchor,
      GtkWidget   *list,
      const char  *title)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *heading = gtk_label_new (title);

  gtk_widget_add_css_class (heading, "heading");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 300);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, anchor);
  point (self, anchor, popover);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (
    GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)));
}

static void
close_list (GtkWidget *list)
{
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (list, GTK_TYPE_POPOVER)));
}

/* ---- where */

static void
place_selected_cb (GtkListBox    *list,
                   GtkListBoxRow *row,
                   RungsCanvas   *self)
{
  graphene_rect_t where;

  if (row_id (row) == NULL || self->drag == NULL)
    return;
  rungs_canvas_drag_choose (self, row_id (row));
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && rungs_canvas_drag_where (self, row_id (row), &where))
    rungs_canvas_view_show (self, &where);
}

static void
place_activated_cb (GtkListBox    *list,
                    GtkListBoxRow *row,
                    RungsCanvas   *self)
{
  rungs_canvas_drag_choose (self, row_id (row));
  rungs_canvas_drag_end (self);
  close_list (GTK_WIDGET (list));
}

gboolean
rungs_canvas_choice_ask_where (RungsCanvas         *self,
                               GtkWidget           *anchor,
                               RungsCanvasDragKind  kind,
                               const char          *what)
{
  const char *title = kind == RUNGS_CANVAS_DRAG_CONNECT ? _ ("Connect to What?") : _ ("Where?");
  GtkWidget *list;

  if (!rungs_canvas_drag_begin (self, kind, what, 0, 0))
    {
      gtk_widget_error_bell (anchor);
      return FALSE;
    }
  self->drag->keys = TRUE;
  list = make_list (title);
  for (guint i = 0; i < self->drag->targets->len; i++)
    {
      const char *place = g_ptr_array_index (self->drag->targets, i);

      add_row (list, place, NULL, rungs_canvas_drag_name (self, place));
    }
  g_signal_connect (list, "row-selected", G_CALLBACK (place_selected_cb), self);
  g_signal_connect (list, "row-activated", G_CALLBACK (place_activated_cb), self);
  show (self, anchor, list, title);
  return TRUE;
}

/* ---- what */

typedef struct
{
  RungsCanvas *canvas; /* (owned) */
  GtkWidget *anchor;   /* (owned) */
  char *what;          /* (owned) */
} Chosen;

/* When the first list has closed, so that the second one gets the keys. */
static void
chosen_cb (gpointer data)
{
  Chosen *chosen = data;

  if (gtk_widget_get_root (chosen->anchor) != NULL)
    rungs_canvas_choice_ask_where (chosen->canvas, chosen->anchor, RUNGS_CANVAS_DRAG_ITEM,
                                   chosen->what);
  g_object_unref (chosen->canvas);
  g_object_unref (chosen->anchor);
  g_free (chosen->what);
  g_free (chosen);
}

static void
thing_activated_cb (GtkListBox    *list,
                    GtkListBoxRow *row,
                    RungsCanvas   *self)
{
  Chosen *chosen = g_new0 (Chosen, 1);

  chosen->canvas = g_object_ref (self);
  chosen->anchor = g_object_ref (gtk_widget_get_parent (
    gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER)));
  chosen->what = g_strdup (row_id (row));
  close_list (GTK_WIDGET (list));
  g_idle_add_once (chosen_cb, chosen);
}

gboolean
rungs_canvas_choice_ask_what (RungsCanvas *self,
                              GtkWidget   *anchor)
{
  GtkWidget *list;
  guint n = 0;

  list = g_object_ref_sink (make_list (_ ("Insert What?")));
  for (guint i = 0; i < self->things->len; i++)
    {
      RungsCanvasThing *thing = g_ptr_array_index (self->things, i);
      g_autoptr (GPtrArray) places = rungs_canvas_drag_find_places (self, thing->id);

      if (places->len > 0)
        add_row (list, thing->id, thing->icon, thing->name);
      n += places->len;
    }
  if (n > 0)
    {
      g_signal_connect (list, "row-activated", G_CALLBACK (thing_activated_cb), self);
      show (self, anchor, list, _ ("Insert What?"));
    }
  else
    gtk_widget_error_bell (anchor);
  g_object_unref (list);
  return n > 0;
}
