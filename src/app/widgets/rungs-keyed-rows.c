/* rungs-keyed-rows.c: rows of a box that are changed in place. */

#include "rungs-keyed-rows.h"

#include "widgets/rungs-focus.h"
#include "widgets/rungs-rows.h"

#define KEY "rungs-key"

/* Returns: (transfer container): the rows of a box, by the key of their item,
 * which belongs to the row. */
static GHashTable *
index_rows (GtkWidget *box)
{
  GHashTable *index = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (GtkWidget *row = gtk_widget_get_first_child (box); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    g_hash_table_insert (index, g_object_get_data (G_OBJECT (row), KEY), row);
  return index;
}

static GHashTable *
keys_of (const RungsKeyedRows *rows,
         GPtrArray            *items)
{
  GHashTable *keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      gint64 key = rows->key (g_ptr_array_index (items, i));

      g_hash_table_add (keys, g_memdup2 (&key, sizeof key));
    }
  return keys;
}

static void
take_out (GtkWidget *box,
          GtkWidget *row)
{
  if (GTK_IS_FLOW_BOX (box))
    gtk_flow_box_remove (GTK_FLOW_BOX (box), row);
  else
    gtk_widget_unparent (row);
}

/* Returns: where the row stood that had the focus; -1: another thing has it. */
static int
take_out_unwanted (GtkWidget  *box,
                   GHashTable *wanted)
{
  GtkWidget *row = gtk_widget_get_first_child (box);
  int position = 0;
  int focused = -1;

  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      if (g_hash_table_contains (wanted, g_object_get_data (G_OBJECT (row), KEY)))
        position++;
      else
        {
          if (rungs_focus_is_in (row))
            focused = position;
          take_out (box, row);
        }
      row = next;
    }
  return focused;
}

static GtkWidget *
new_row (const RungsKeyedRows *rows,
         gint64                key)
{
  GtkWidget *row = rows->make ();

  g_object_set_data_full (G_OBJECT (row), KEY, g_memdup2 (&key, sizeof key), g_free);
  return row;
}

/* Puts a row behind `before` (nullable: at the beginning), where it is the one at `position`. */
static void
put (GtkWidget *box,
     GtkWidget *row,
     GtkWidget *before,
     guint      position)
{
  if (gtk_widget_get_parent (row) == box && gtk_widget_get_prev_sibling (row) == before)
    return;
  if (!GTK_IS_FLOW_BOX (box))
    {
      gtk_widget_insert_after (row, box, before);
      return;
    }
  g_object_ref_sink (row);
  if (gtk_widget_get_parent (row) == box)
    gtk_flow_box_remove (GTK_FLOW_BOX (box), row);
  gtk_flow_box_insert (GTK_FLOW_BOX (box), row, position);
  g_object_unref (row);
}

static void
focus_near (GtkWidget *box,
            int        position)
{
  GtkWidget *row = gtk_widget_get_first_child (box);

  while (row != NULL && position-- > 0)
    row = gtk_widget_get_next_sibling (row);
  if (row == NULL || !gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (gtk_widget_get_parent (box), GTK_DIR_TAB_FORWARD);
}

void
rungs_keyed_rows_update (GtkWidget            *box,
                         const RungsKeyedRows *rows,
                         GPtrArray            *items)
{
  g_autoptr (GHashTable) wanted = keys_of (rows, items);
  g_autoptr (GHashTable) index = NULL;
  GtkWidget *before = NULL;
  int focused;

  g_return_if_fail (RUNGS_IS_ROWS (box) || GTK_IS_FLOW_BOX (box));

  focused = take_out_unwanted (box, wanted);
  index = index_rows (box);
  for (guint i = 0; i < items->len; i++)
    {
      gconstpointer item = g_ptr_array_index (items, i);
      gint64 key = rows->key (item);
      GtkWidget *row = g_hash_table_lookup (index, &key);

      if (row == NULL)
        row = new_row (rows, key);
      put (box, row, before, i);
      rows->show (row, item);
      before = row;
    }
  gtk_widget_set_visible (box, items->len > 0);
  if (focused >= 0)
    focus_near (box, focused);
}

void
rungs_keyed_rows_append (GtkWidget            *box,
                         const RungsKeyedRows *rows,
                         gconstpointer         item)
{
  GtkWidget *row;

  g_return_if_fail (RUNGS_IS_ROWS (box));

  row = new_row (rows, rows->key (item));
  gtk_widget_insert_before (row, box, NULL);
  rows->show (row, item);
  gtk_widget_set_visible (box, TRUE);
}
