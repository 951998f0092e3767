/* rungs-columns-popover.c: chooses the columns of a browser, their order, and which one sorts. */

#include "rungs-columns-popover.h"

#include <glib/gi18n.h>

#include "widgets/rungs-browser-column.h"

#define COLUMN "rungs-column"

struct _RungsColumnsPopover
{
  GtkPopover parent_instance;

  GtkListBox *list;

  RungsBrowserColumns *columns; /* (owned) (nullable) */
  GPtrArray *sort_buttons;      /* (owned) (element-type GtkWidget): those of the rows */
};

G_DEFINE_FINAL_TYPE (RungsColumnsPopover, rungs_columns_popover, GTK_TYPE_POPOVER)

static guint
position_of (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

static void
toggled_cb (RungsColumnsPopover *self,
            GtkCheckButton      *button)
{
  rungs_browser_columns_set_shown (self->columns, position_of (GTK_WIDGET (button)),
                                   gtk_check_button_get_active (button));
}

/* Says how the rows are sorted, or would be. */
static void
show_sort (RungsColumnsPopover *self,
           GtkWidget           *button)
{
  const RungsBrowserColumn *column = g_object_get_data (G_OBJECT (button), COLUMN);
  gboolean descending = FALSE;
  const char *sort = rungs_browser_columns_get_sort (self->columns, &descending);
  gboolean sorts = g_strcmp0 (sort, column->id) == 0;
  g_autofree char *words
    = g_strdup_printf (!sorts        ? _ ("Sort by “%s”")
                       : !descending ? _ ("Sorted by “%s”, from the first to the last")
                                     : _ ("Sorted by “%s”, from the last to the first"),
                       rungs_browser_column_get_title (column));

  gtk_button_set_icon_name (GTK_BUTTON (button), sorts && descending
                                                   ? "view-sort-descending-symbolic"
                                                   : "view-sort-ascending-symbolic");
  if (sorts)
    gtk_widget_add_css_class (button, "accent");
  else
    gtk_widget_remove_css_class (button, "accent");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

/* By another column, or the other way round. */
static void
sort_cb (RungsColumnsPopover *self,
         GtkWidget           *button)
{
  const RungsBrowserColumn *column = g_object_get_data (G_OBJECT (button), COLUMN);
  gboolean descending = FALSE;
  const char *sort = rungs_browser_columns_get_sort (self->columns, &descending);

  rungs_browser_columns_set_sort (self->columns, column->id,
                                  g_strcmp0 (sort, column->id) == 0 && !descending);
  for (guint i = 0; i < self->sort_buttons->len; i++)
    show_sort (self, g_ptr_array_index (self->sort_buttons, i));
}

static GtkWidget *
new_sort_button (RungsColumnsPopover      *self,
                 const RungsBrowserColumn *column)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), COLUMN,
                          rungs_browser_column_acquire ((RungsBrowserColumn *) column),
                          (GDestroyNotify) rungs_browser_column_release);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (sort_cb), self);
  g_ptr_array_add (self->sort_buttons, button);
  show_sort (self, button);
  return button;
}

static GtkWidget *
new_row (RungsColumnsPopover *self,
         guint                position)
{
  const RungsBrowserColumn *column = rungs_browser_columns_get (self->columns, position);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_check_button_new_with_label (rungs_browser_column_get_title (column));
  GtkWidget *up = gtk_button_new_from_icon_name ("go-up-symbolic");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               rungs_browser_columns_is_shown (self->columns, position));
  gtk_widget_set_sensitive (check, (column->flags & RUNGS_BROWSER_COLUMN_FIXED) == 0);
  gtk_widget_set_hexpand (check, TRUE);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (box), check);

  if (column->flags & RUNGS_BROWSER_COLUMN_SORTABLE)
    gtk_box_append (GTK_BOX (box), new_sort_button (self, column));
  gtk_widget_add_css_class (up, "flat");
  gtk_widget_set_opacity (up, position > 0 ? 1 : 0);
  gtk_widget_set_sensitive (up, position > 0);
  gtk_widget_set_tooltip_text (up, _ ("Move to the Left (Alt+Up)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (up), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Move to the Left"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  rungs_browser_column_get_title (column), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (up), "columns.move");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (up), "(ii)", position, -1);
  gtk_box_append (GTK_BOX (box), up);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
fill (RungsColumnsPopover *self)
{
  GtkWidget *row = NULL;

  g_ptr_array_set_size (self->sort_buttons, 0);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; self->columns != NULL && i < rungs_browser_columns_get_count (self->columns);
       i++)
    gtk_list_box_append (self->list, new_row (self, i));
}

static void
move (RungsColumnsPopover *self,
      int                  from,
      int                  by)
{
  int count = rungs_browser_columns_get_count (self->columns);

  if (from + by < 0 || from + by >= count)
    return;
  rungs_browser_columns_move (self->columns, from, from + by);
  fill (self);
  gtk_widget_child_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, from + by)),
                          GTK_DIR_TAB_FORWARD);
}

static void
move_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  int from = 0;
  int by = 0;

  g_variant_get (parameter, "(ii)", &from, &by);
  move (RUNGS_COLUMNS_POPOVER (widget), from, by);
}

static gboolean
move_key_cb (GtkWidget *widget,
             GVariant  *by,
             gpointer   data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (focus == NULL || gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) == NULL)
    return FALSE;
  move (RUNGS_COLUMNS_POPOVER (widget), position_of (focus), g_variant_get_int32 (by));
  return TRUE;
}

static void
rungs_columns_popover_dispose (GObject *object)
{
  g_clear_object (&RUNGS_COLUMNS_POPOVER (object)->columns);

  G_OBJECT_CLASS (rungs_columns_popover_parent_class)->dispose (object);
}

static void
rungs_columns_popover_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_COLUMNS_POPOVER (object)->sort_buttons);

  G_OBJECT_CLASS (rungs_columns_popover_parent_class)->finalize (object);
}

static void
rungs_columns_popover_class_init (RungsColumnsPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_columns_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_columns_popover_finalize;

  gtk_widget_class_install_action (widget_class, "columns.move", "(ii)", move_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_key_cb, "i", 1);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/widgets/rungs-columns-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsColumnsPopover, list);
}

static void
rungs_columns_popover_init (RungsColumnsPopover *self)
{
  self->sort_buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (fill), NULL);
}

void
rungs_columns_popover_set_columns (RungsColumnsPopover *self,
                                   RungsBrowserColumns *columns)
{
  g_return_if_fail (RUNGS_IS_COLUMNS_POPOVER (self));

  g_set_object (&self->columns, columns);
}
