/* rungs-browser-cells.c: the cells of a browser's column.
 *
 * A cell is a GtkInscription: its size does not depend on its text, so that scrolling never asks
 * for a new layout. It follows the row's contents, which may come later than the row. */

#include "rungs-browser-cells.h"

#include "widgets/rungs-browser-column.h"
#include "widgets/rungs-browser-row.h"

#define LIST_ITEM "rungs-list-item"
#define COLUMN "rungs-column"
#define STYLE "rungs-style"

/* Changing a style class costs more than changing the text: only where it is another one. */
static void
set_style (GtkWidget  *cell,
           const char *style)
{
  const char *old = g_object_get_data (G_OBJECT (cell), STYLE);

  if (g_strcmp0 (old, style) == 0)
    return;
  if (old != NULL)
    gtk_widget_remove_css_class (cell, old);
  if (style != NULL)
    gtk_widget_add_css_class (cell, style);
  g_object_set_data_full (G_OBJECT (cell), STYLE, g_strdup (style), g_free);
}

/* A screen reader calls the row what stands in the column that is always there. */
static void
name_row (GtkWidget  *cell,
          const char *text)
{
  GtkWidget *row = cell;

  while (row != NULL && !g_str_equal (gtk_widget_get_css_name (row), "row"))
    row = gtk_widget_get_parent (row);
  if (row != NULL && text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_row (RungsBrowserRow *row,
          GParamSpec      *pspec,
          GtkListItem     *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  const RungsBrowserColumn *column = g_object_get_data (G_OBJECT (cell), COLUMN);
  gpointer data = rungs_browser_row_get_data (row);
  g_autofree char *text = data != NULL ? rungs_browser_column_dup_text (column, data) : NULL;

  if (column->flags & RUNGS_BROWSER_COLUMN_MARKUP)
    gtk_inscription_set_markup (GTK_INSCRIPTION (cell), text);
  else
    gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  if (column->flags & RUNGS_BROWSER_COLUMN_FIXED)
    name_row (cell, text);
  if (column->style != NULL)
    set_style (cell, data != NULL ? column->style (data) : NULL);
}

/* What does not fit into the cell is read under the pointer. */
static gboolean
query_tooltip_cb (GtkInscription *cell,
                  int             x,
                  int             y,
                  gboolean        keyboard_mode,
                  GtkTooltip     *tooltip)
{
  const char *text = gtk_inscription_get_text (cell);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (cell), text);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_tooltip_set_text (tooltip, text);
  return width > gtk_widget_get_width (GTK_WIDGET (cell));
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          gpointer            data)
{
  RungsBrowserColumn *column = data;
  GtkInscription *cell = GTK_INSCRIPTION (gtk_inscription_new (NULL));

  gtk_inscription_set_text_overflow (cell, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (column->flags & RUNGS_BROWSER_COLUMN_NUMERIC)
    {
      gtk_inscription_set_xalign (cell, 1);
      gtk_widget_add_css_class (GTK_WIDGET (cell), "numeric");
    }
  if (column->flags & RUNGS_BROWSER_COLUMN_EXPAND)
    gtk_widget_set_size_request (GTK_WIDGET (cell), column->width * 2 / 3, -1);
  gtk_widget_set_has_tooltip (GTK_WIDGET (cell), TRUE);
  g_signal_connect (cell, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_object_set_data_full (G_OBJECT (cell), COLUMN, rungs_browser_column_acquire (column),
                          (GDestroyNotify) rungs_browser_column_release);
  g_object_set_data (G_OBJECT (cell), LIST_ITEM, item);
  gtk_list_item_set_child (item, GTK_WIDGET (cell));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         gpointer            data)
{
  RungsBrowserRow *row = gtk_list_item_get_item (item);

  g_signal_connect (row, "notify::data", G_CALLBACK (show_row), item);
  show_row (row, NULL, item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           gpointer            data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_row, item);
}

/* The list item of a cell in the subtree of `widget`. */
static GtkListItem *
find_list_item (GtkWidget *widget)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (widget), LIST_ITEM);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); item == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    item = find_list_item (child);
  return item;
}

static void
column_gone_cb (gpointer  column,
                GClosure *closure)
{
  rungs_browser_column_release (column);
}

GtkListItemFactory *
rungs_browser_cells_new (RungsBrowserColumn *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb),
                         rungs_browser_column_acquire (column), column_gone_cb, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

gboolean
rungs_browser_cells_find_position (GtkWidget *widget,
                                   guint     *position)
{
  while (widget != NULL && !GTK_IS_COLUMN_VIEW (widget))
    {
      if (g_str_equal (gtk_widget_get_css_name (widget), "row"))
        {
          GtkListItem *item = find_list_item (widget);

          *position = item != NULL ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
          return *position != GTK_INVALID_LIST_POSITION;
        }
      widget = gtk_widget_get_parent (widget);
    }
  return FALSE;
}
