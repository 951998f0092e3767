/* rungs-field-values-store.c: the values that several leads have in custom fields, read at once. */

#include "leads/rungs-field-values-store.h"

#include "db/rungs-statement.h"

static const char SQL_VALUES[]
    = "SELECT j.key, v.field, v.value FROM json_each (:leads) j"
      "  CROSS JOIN lead_value v ON v.lead = j.value CROSS JOIN field f ON f.id = v.field"
      " ORDER BY j.key, f.retired_at IS NOT NULL, f.position, f.id";

static char *
to_json (GArray *leads)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (leads, gint64, i));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static GPtrArray *
values_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_value_free);
}

/* Returns: (transfer full): as many lists as there are leads: one that is empty. */
static GPtrArray *
lists_new (guint n)
{
  GPtrArray *lists = g_ptr_array_new_full (n, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) empty = values_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lists, g_ptr_array_ref (empty));
  return lists;
}

/* Returns: (transfer full) (element-type gint64 RungsField): the fields by their ids. */
static GHashTable *
by_id (GPtrArray *fields)
{
  GHashTable *table = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < fields->len; i++)
    {
      RungsField *field = g_ptr_array_index (fields, i);

      g_hash_table_insert (table, &field->id, field);
    }
  return table;
}

static RungsFieldValue *
value_new (const RungsField *field,
           const char       *value)
{
  RungsFieldValue *self = g_new0 (RungsFieldValue, 1);

  self->field = field->id;
  self->key = g_strdup (field->key);
  self->label = g_strdup (field->label);
  self->kind = field->kind;
  self->currency = g_strdup (field->currency);
  self->retired = field->retired_at != 0;
  self->value = g_strdup (value);
  self->text = rungs_field_format (field, value);
  return self;
}

static gboolean
read_values (RungsDb   *db,
             GArray    *leads,
             GPtrArray *fields,
             GPtrArray *lists,
             GError   **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_VALUES, error);
  g_autoptr (GHashTable) known = by_id (fields);
  g_autofree char *json = to_json (leads);
  guint last = G_MAXUINT;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":leads", json);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      guint at = (guint) rungs_statement_get_int64 (query, 0);
      gint64 id = rungs_statement_get_int64 (query, 1);
      const RungsField *field = g_hash_table_lookup (known, &id);

      if (at != last)
        {
          g_ptr_array_unref (lists->pdata[at]);
          lists->pdata[at] = values_new ();
          last = at;
        }
      if (field != NULL)
        g_ptr_array_add (lists->pdata[at], value_new (field, rungs_statement_get_text (query, 2)));
    }
  return rungs_statement_done (query, error);
}

GPtrArray *
rungs_field_values_of_leads (RungsDb *db,
                             GArray  *leads,
                             GError **error)
{
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) lists = NULL;

  g_return_val_if_fail (leads != NULL, NULL);

  fields = rungs_field_list (db, error);
  if (fields == NULL)
    return NULL;
  lists = lists_new (leads->len);
  return fields->len == 0 || read_values (db, leads, fields, lists, error)
             ? g_steal_pointer (&lists)
             : NULL;
}
