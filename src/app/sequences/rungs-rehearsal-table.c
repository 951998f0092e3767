/* rungs-rehearsal-table.c: a table of texts, of which rows can be selected and searched. */

#include "rungs-rehearsal-table.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- a row */

#define RUNGS_TYPE_REHEARSAL_ROW (rungs_rehearsal_row_get_type ())

G_DECLARE_FINAL_TYPE (RungsRehearsalRow, rungs_rehearsal_row, RUNGS, REHEARSAL_ROW, GObject)

struct _RungsRehearsalRow
{
  GObject parent_instance;

  gint64 key;
  GStrv texts; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RungsRehearsalRow, rungs_rehearsal_row, G_TYPE_OBJECT)

static void
rungs_rehearsal_row_finalize (GObject *object)
{
  g_strfreev (RUNGS_REHEARSAL_ROW (object)->texts);

  G_OBJECT_CLASS (rungs_rehearsal_row_parent_class)->finalize (object);
}

static void
rungs_rehearsal_row_class_init (RungsRehearsalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_rehearsal_row_finalize;
}

static void
rungs_rehearsal_row_init (RungsRehearsalRow *self)
{
}

/* ---- the table */

struct _RungsRehearsalTable
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkColumnView *view;
  GListStore *rows;            /* (owned) */
  GPtrArray *fresh;            /* (owned): while it is filled */
  GtkCustomFilter *filter;     /* (owned) */
  GtkSingleSelection *chosen;  /* (owned) */
  char *words;                 /* (owned): searched for, in lower case */
};

G_DEFINE_FINAL_TYPE (RungsRehearsalTable, rungs_rehearsal_table, GTK_TYPE_WIDGET)

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  const RungsRehearsalColumn *column = data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column->right ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (column->right)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static guint
column_of (GtkSignalListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  RungsRehearsalRow *row = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *text = row->texts[column_of (factory)];

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

static gboolean
match_cb (gpointer item,
          gpointer data)
{
  RungsRehearsalTable *self = data;
  RungsRehearsalRow *row = item;

  if (*self->words == '\0')
    return TRUE;
  for (guint i = 0; row->texts[i] != NULL; i++)
    {
      g_autofree char *text = g_utf8_casefold (row->texts[i], -1);

      if (strstr (text, self->words) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
selected_cb (RungsRehearsalTable *self)
{
  g_signal_emit (self, signals[SELECTED], 0, rungs_rehearsal_table_get_selected (self));
}

static void
add_column (RungsRehearsalTable        *self,
            const RungsRehearsalColumn *column,
            guint                       number)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) made = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (number));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  made = gtk_column_view_column_new (_ (column->title), factory);
  gtk_column_view_column_set_expand (made, column->expand);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_append_column (self->view, made);
}

void
rungs_rehearsal_table_set_up (RungsRehearsalTable        *self,
                              const char                 *label,
                              const RungsRehearsalColumn *columns,
                              guint                       n_columns)
{
  g_return_if_fail (RUNGS_IS_REHEARSAL_TABLE (self));

  for (guint i = 0; i < n_columns; i++)
    add_column (self, &columns[i], i);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

void
rungs_rehearsal_table_begin (RungsRehearsalTable *self)
{
  g_return_if_fail (RUNGS_IS_REHEARSAL_TABLE (self));

  g_ptr_array_set_size (self->fresh, 0);
}

void
rungs_rehearsal_table_add (RungsRehearsalTable *self,
                           gint64               key,
                           GStrv                texts)
{
  RungsRehearsalRow *row;

  g_return_if_fail (RUNGS_IS_REHEARSAL_TABLE (self));

  row = g_object_new (RUNGS_TYPE_REHEARSAL_ROW, NULL);
  row->key = key;
  row->texts = texts;
  g_ptr_array_add (self->fresh, row);
}

void
rungs_rehearsal_table_end (RungsRehearsalTable *self)
{
  g_return_if_fail (RUNGS_IS_REHEARSAL_TABLE (self));

  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       self->fresh->pdata, self->fresh->len);
  g_ptr_array_set_size (self->fresh, 0);
  gtk_single_selection_set_selected (self->chosen, 0);
  selected_cb (self);
}

void
rungs_rehearsal_table_search (RungsRehearsalTable *self,
                              const char          *words)
{
  g_return_if_fail (RUNGS_IS_REHEARSAL_TABLE (self));
  g_return_if_fail (words != NULL);

  g_free (self->words);
  self->words = g_utf8_casefold (words, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

gint64
rungs_rehearsal_table_get_selected (RungsRehearsalTable *self)
{
  RungsRehearsalRow *row;

  g_return_val_if_fail (RUNGS_IS_REHEARSAL_TABLE (self), 0);

  row = gtk_single_selection_get_selected_item (self->chosen);
  return row != NULL ? row->key : 0;
}

void
rungs_rehearsal_table_select (RungsRehearsalTable *self,
                              gint64               key)
{
  GListModel *model;
  guint n;

  g_return_if_fail (RUNGS_IS_REHEARSAL_TABLE (self));

  model = G_LIST_MODEL (self->chosen);
  n = g_list_model_get_n_items (model);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RungsRehearsalRow) row = g_list_model_get_item (model, i);

      if (row->key != key)
        continue;
      gtk_single_selection_set_selected (self->chosen, i);
      gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", i);
      return;
    }
}

static void
rungs_rehearsal_table_dispose (GObject *object)
{
  RungsRehearsalTable *self = RUNGS_REHEARSAL_TABLE (object);

  if (self->chosen != NULL)
    g_signal_handlers_disconnect_by_data (self->chosen, self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->chosen);
  g_clear_object (&self->filter);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_rehearsal_table_parent_class)->dispose (object);
}

static void
rungs_rehearsal_table_finalize (GObject *object)
{
  g_free (RUNGS_REHEARSAL_TABLE (object)->words);

  G_OBJECT_CLASS (rungs_rehearsal_table_parent_class)->finalize (object);
}

static void
rungs_rehearsal_table_class_init (RungsRehearsalTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_rehearsal_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_rehearsal_table_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SELECTED] = g_signal_new ("selected", RUNGS_TYPE_REHEARSAL_TABLE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
rungs_rehearsal_table_init (RungsRehearsalTable *self)
{
  GtkFilterListModel *shown;

  self->words = g_strdup ("");
  self->rows = g_list_store_new (RUNGS_TYPE_REHEARSAL_ROW);
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  self->filter = gtk_custom_filter_new (match_cb, self, NULL);
  shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)),
                                     g_object_ref (GTK_FILTER (self->filter)));
  self->chosen = gtk_single_selection_new (G_LIST_MODEL (shown));
  g_signal_connect_swapped (self->chosen, "notify::selected-item", G_CALLBACK (selected_cb), self);
  self->view
      = GTK_COLUMN_VIEW (gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->chosen))));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
