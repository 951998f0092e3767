/* rungs-import-own-store.c: which fields of the business's own the columns of a file go to. */

#include "leads/rungs-import-own-store.h"

#include "leads/rungs-field-store.h"

/* Each key, and each label as a heading would make a key of it, with the key of its field; a key
 * counts before a label. */
static GHashTable *
list_names (GPtrArray *fields)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = fields->len; i > 0; i--)
    {
      const RungsField *field = g_ptr_array_index (fields, i - 1);

      g_hash_table_replace (names, rungs_field_key_from_label (field->label), field->key);
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (fields, i);

      g_hash_table_replace (names, g_strdup (field->key), field->key);
    }
  return names;
}

gboolean
rungs_import_own_settle (RungsDb            *db,
                         RungsImportMapping *mapping,
                         GError            **error)
{
  g_autoptr (GPtrArray) fields = rungs_field_list (db, error);
  g_autoptr (GHashTable) names = fields != NULL ? list_names (fields) : NULL;

  g_return_val_if_fail (mapping != NULL, FALSE);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < rungs_import_mapping_get_n_columns (mapping); i++)
    {
      const RungsImportColumn *column = rungs_import_mapping_get_column (mapping, i);
      const char *key = column->target == RUNGS_IMPORT_FIELD
                            ? g_hash_table_lookup (names, column->field_key)
                            : NULL;
      g_autofree char *name = key != NULL ? g_strconcat ("field:", key, NULL) : NULL;

      if (name == NULL)
        continue;
      if (!rungs_import_mapping_set (mapping, i, name, error))
        return FALSE;
      rungs_import_mapping_set_kind (mapping, i, RUNGS_FIELD_TEXT);
    }
  return TRUE;
}
