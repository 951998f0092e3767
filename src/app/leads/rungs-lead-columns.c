/* rungs-lead-columns.c: the columns of a browser of leads, with the business's own fields. */

#include "rungs-lead-columns.h"

#include "leads/rungs-field-store.h"
#include "rungs-lead-rows.h"

#define WIDTH 130

/* How columns of fields are called: by their key, which never changes. */
#define FIELD "field."

/* What is kept with a browser: how its fields sort, and whether it is searched. */
#define SORTS "rungs-field-sorts"
#define SEARCHED "rungs-searched"

static RungsBrowserColumnFlags
flags_of (const RungsField *field)
{
  RungsBrowserColumnFlags flags = RUNGS_BROWSER_COLUMN_HIDDEN;
  RungsLeadSort sort;

  if (rungs_lead_sort_of_kind (field->kind, &sort))
    flags |= RUNGS_BROWSER_COLUMN_SORTABLE;
  if (field->kind == RUNGS_FIELD_NUMBER || field->kind == RUNGS_FIELD_MONEY)
    flags |= RUNGS_BROWSER_COLUMN_NUMERIC;
  return flags;
}

static void
set_columns (RungsBrowser    *browser,
             const GPtrArray *fields)
{
  gboolean searched = g_object_get_data (G_OBJECT (browser), SEARCHED) != NULL;
  guint n = 0;
  const RungsBrowserColumn *standing = rungs_lead_rows_get_columns (&n);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (RungsBrowserColumn));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    if (searched || (standing[i].flags & RUNGS_BROWSER_COLUMN_SEARCHED) == 0)
      g_array_append_val (columns, standing[i]);
  for (guint i = 0; i < fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (fields, i);
      RungsBrowserColumn column = { .id = g_strconcat (FIELD, field->key, NULL),
                                    .title = field->label,
                                    .flags = flags_of (field),
                                    .width = WIDTH,
                                    .ref = field->id,
                                    .text_of = rungs_lead_rows_dup_value };

      g_ptr_array_add (ids, (gpointer) column.id);
      g_array_append_val (columns, column);
    }
  rungs_browser_set_columns (browser, (const RungsBrowserColumn *) (gpointer) columns->data,
                             columns->len);
}

/* How the fields sort, by the ids of their columns. */
static GHashTable *
index_sorts (const GPtrArray *fields)
{
  GHashTable *sorts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (fields, i);
      RungsLeadQuery query = { .field = field->id };

      if (rungs_lead_sort_of_kind (field->kind, &query.sort))
        g_hash_table_insert (sorts, g_strconcat (FIELD, field->key, NULL),
                             g_memdup2 (&query, sizeof query));
    }
  return sorts;
}

static gpointer
list_fields (RungsDb      *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  return rungs_field_list_in_use (db, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsBrowser) browser = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (fields == NULL)
    {
      g_warning ("The fields could not be read: %s", error->message);
      return;
    }
  if (gtk_widget_get_parent (GTK_WIDGET (browser)) == NULL)
    return;
  g_object_set_data_full (G_OBJECT (browser), SORTS, index_sorts (fields),
                          (GDestroyNotify) g_hash_table_unref);
  set_columns (browser, fields);
}

void
rungs_lead_columns_load (RungsBrowser *browser,
                         RungsStore   *store,
                         gboolean      searched)
{
  g_return_if_fail (RUNGS_IS_BROWSER (browser));

  g_object_set_data (G_OBJECT (browser), SEARCHED, GINT_TO_POINTER (searched));
  rungs_store_read_async (store, list_fields, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL,
                          loaded_cb, g_object_ref (browser));
}

void
rungs_lead_columns_sort (RungsBrowser   *browser,
                         RungsLeadQuery *query)
{
  gboolean descending = FALSE;
  const char *column = rungs_browser_get_sort (browser, &descending);
  GHashTable *sorts = g_object_get_data (G_OBJECT (browser), SORTS);
  const RungsLeadQuery *own
      = column != NULL && sorts != NULL ? g_hash_table_lookup (sorts, column) : NULL;

  g_return_if_fail (query != NULL);

  query->sort = own != NULL ? own->sort : rungs_lead_rows_get_sort (column);
  query->field = own != NULL ? own->field : 0;
  query->descending = column != NULL ? descending : TRUE;
}
