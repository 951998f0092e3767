/* rungs-field-store.c: reads and writes custom fields and their values. */

#include "leads/rungs-field-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"

static const char SQL_ADD[] = "INSERT INTO field (key, label, kind, created_at)"
                              " VALUES (:key, :label, :kind, :now)";

static const char SQL_RENAME[] = "UPDATE field SET label = :label WHERE id = :id";

static const char SQL_DELETE[] = "DELETE FROM field WHERE id = :id";

static const char SQL_LOAD[] = "SELECT id, key, label, kind FROM field WHERE id = :id";

static const char SQL_LOAD_BY_KEY[] = "SELECT id, key, label, kind FROM field WHERE key = :key";

static const char SQL_LIST[] = "SELECT id, key, label, kind FROM field ORDER BY label, id";

static const char SQL_VALUE[]
    = "SELECT value FROM lead_value WHERE lead = :lead AND field = :field";

static const char SQL_SET_VALUE[]
    = "INSERT INTO lead_value (lead, field, value) VALUES (:lead, :field, :value)"
      " ON CONFLICT (lead, field) DO UPDATE SET value = excluded.value";

static const char SQL_CLEAR_VALUE[]
    = "DELETE FROM lead_value WHERE lead = :lead AND field = :field";

static const char SQL_VALUES[]
    = "SELECT f.id, f.key, f.label, v.value"
      "  FROM lead_value v JOIN field f ON f.id = v.field"
      " WHERE v.lead = :lead"
      " ORDER BY f.label, f.id";

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_key (const char *key)
{
  if (*key == '\0')
    return FALSE;
  for (; *key != '\0'; key++)
    if (!g_ascii_islower (*key) && !g_ascii_isdigit (*key) && *key != '_')
      return FALSE;
  return TRUE;
}

static gpointer
field_from_row (RungsStatement *row)
{
  RungsField *field = g_new0 (RungsField, 1);

  field->id = rungs_statement_get_int64 (row, 0);
  field->key = rungs_statement_dup_text (row, 1);
  field->label = rungs_statement_dup_text (row, 2);
  rungs_field_kind_from_text (rungs_statement_get_text (row, 3), &field->kind);
  return field;
}

/* `field` is NULL where there is none. */
static gboolean
find_by_key (RungsDb     *db,
             const char  *key,
             RungsField **field,
             GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_KEY, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":key", key);
  step = rungs_statement_step (query, error);
  *field = step == RUNGS_ROW ? field_from_row (query) : NULL;
  return step != RUNGS_FAILED;
}

gint64
rungs_field_add (RungsDb       *db,
                 const char    *key,
                 const char    *label,
                 RungsFieldKind kind,
                 gint64         now,
                 GError       **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  g_autofree char *tidy = g_strstrip (g_strdup (label ? label : ""));
  g_autofree char *made = key ? g_strdup (key) : rungs_field_key_from_label (tidy);
  g_autoptr (RungsField) taken = NULL;

  if (add == NULL)
    return 0;
  if (*tidy == '\0')
    return refuse (error, _ ("a field needs a name"));
  if (!is_key (made))
    return refuse (error, _ ("the key of a field has only the characters a-z, 0-9 and _"));
  if (!find_by_key (db, made, &taken, error))
    return 0;
  if (taken != NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("there is a field “%s” with the key %s"), taken->label, made);
      return 0;
    }

  rungs_statement_bind_text (add, ":key", made);
  rungs_statement_bind_text (add, ":label", tidy);
  rungs_statement_bind_text (add, ":kind", rungs_field_kind_to_text (kind));
  rungs_statement_bind_int64 (add, ":now", now);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

gboolean
rungs_field_rename (RungsDb    *db,
                    gint64      field,
                    const char *label,
                    GError    **error)
{
  g_autoptr (RungsStatement) rename = rungs_db_prepare (db, SQL_RENAME, error);
  g_autofree char *tidy = g_strstrip (g_strdup (label ? label : ""));

  if (rename == NULL)
    return FALSE;
  if (*tidy == '\0')
    return refuse (error, _ ("a field needs a name"));
  rungs_statement_bind_text (rename, ":label", tidy);
  return rungs_record_change (db, rename, field, "field", error);
}

gboolean
rungs_field_delete (RungsDb *db,
                    gint64   field,
                    GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);

  return delete != NULL && rungs_record_change (db, delete, field, "field", error);
}

RungsField *
rungs_field_load_by_key (RungsDb    *db,
                         const char *key,
                         GError    **error)
{
  RungsField *field = NULL;

  g_return_val_if_fail (key != NULL, NULL);

  if (!find_by_key (db, key, &field, error))
    return NULL;
  if (field == NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("there is no field with the key “%s”"), key);
  return field;
}

static RungsField *
load (RungsDb *db,
      gint64   id,
      GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, field_from_row, "field", error);
}

GPtrArray *
rungs_field_list (RungsDb *db,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, field_from_row, (GDestroyNotify) rungs_field_free, error);
}

/* `value` is NULL where the lead has none. */
static gboolean
load_value (RungsDb *db,
            gint64   lead,
            gint64   field,
            char   **value,
            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_VALUE, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":field", field);
  step = rungs_statement_step (query, error);
  *value = step == RUNGS_ROW ? rungs_statement_dup_text (query, 0) : NULL;
  return step != RUNGS_FAILED;
}

static gboolean
store_value (RungsDb    *db,
             gint64      lead,
             gint64      field,
             const char *value,
             GError    **error)
{
  g_autoptr (RungsStatement) store
      = rungs_db_prepare (db, value ? SQL_SET_VALUE : SQL_CLEAR_VALUE, error);

  if (store == NULL)
    return FALSE;
  rungs_statement_bind_int64 (store, ":lead", lead);
  rungs_statement_bind_int64 (store, ":field", field);
  if (value != NULL)
    rungs_statement_bind_text (store, ":value", value);
  return rungs_statement_run (store, error);
}

static void
add_string_or_null (JsonBuilder *builder,
                    const char  *value)
{
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static char *
describe_change (const char *before,
                 const char *after)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  add_string_or_null (builder, before);
  add_string_or_null (builder, after);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

gboolean
rungs_field_set_value (RungsDb    *db,
                       gint64      lead,
                       gint64      field,
                       const char *value,
                       gint64      now,
                       GError    **error)
{
  g_autoptr (RungsField) definition = load (db, field, error);
  g_autofree char *tidy = g_strstrip (g_strdup (value ? value : ""));
  g_autofree char *after = NULL;
  g_autofree char *before = NULL;
  g_autofree char *change = NULL;

  if (definition == NULL)
    return FALSE;
  if (*tidy != '\0')
    {
      after = rungs_field_normalize (definition->kind, tidy, error);
      if (after == NULL)
        {
          g_prefix_error (error, "%s: ", definition->label);
          return FALSE;
        }
    }
  if (!load_value (db, lead, field, &before, error))
    return FALSE;
  if (g_strcmp0 (before, after) == 0)
    return TRUE;

  change = describe_change (before, after);
  return store_value (db, lead, field, after, error)
         && rungs_event_add (db, lead, RUNGS_EVENT_FIELD_CHANGED, now, field, change, error) != 0;
}

static gpointer
value_from_row (RungsStatement *row)
{
  RungsFieldValue *value = g_new0 (RungsFieldValue, 1);

  value->field = rungs_statement_get_int64 (row, 0);
  value->key = rungs_statement_dup_text (row, 1);
  value->label = rungs_statement_dup_text (row, 2);
  value->value = rungs_statement_dup_text (row, 3);
  return value;
}

GPtrArray *
rungs_field_values (RungsDb *db,
                    gint64   lead,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_VALUES, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  return rungs_record_list (query, value_from_row, (GDestroyNotify) rungs_field_value_free, error);
}
