/* rungs-field-store.c: reads and writes custom fields and their values. */

#include "leads/rungs-field-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "base/rungs-money.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"

#define COLUMNS_BUT_ZONE "f.id, f.key, f.label, f.kind, f.currency, f.retired_at"
#define COLUMNS COLUMNS_BUT_ZONE ", (SELECT b.zone FROM business b WHERE b.id = 1)"

static const char SQL_ADD[]
    = "INSERT INTO field (key, label, kind, currency, position, created_at)"
      " VALUES (:key, :label, :kind,"
      "         CASE :kind WHEN 'money'"
      "         THEN coalesce (:currency, (SELECT b.currency FROM business b WHERE b.id = 1)) END,"
      "         (SELECT coalesce (max (f.position), 0) + 1 FROM field f), :now)";

static const char SQL_RENAME[] = "UPDATE field SET label = :label WHERE id = :id";

static const char SQL_RETIRE[]
    = "UPDATE field SET retired_at = :at,"
      "  position = CASE WHEN :at IS NULL"
      "             THEN (SELECT coalesce (max (f.position), 0) + 1 FROM field f)"
      "             ELSE position END"
      " WHERE id = :id AND (retired_at IS NULL) <> (:at IS NULL)";

static const char SQL_PLACE[] = "UPDATE field SET position = :position WHERE id = :id";

static const char SQL_DELETE[] = "DELETE FROM field WHERE id = :id";

static const char SQL_COUNT[] = "SELECT count (*) FROM lead_value WHERE field = :id";

static const char SQL_COUNT_ALL[] = "SELECT field, count (*) FROM lead_value GROUP BY field";

static const char SQL_LOAD[] = "SELECT " COLUMNS " FROM field f WHERE f.id = :id";

static const char SQL_LOAD_BY_KEY[] = "SELECT " COLUMNS " FROM field f WHERE f.key = :key";

static const char SQL_LIST[] = "SELECT " COLUMNS " FROM field f"
                               " ORDER BY f.retired_at IS NOT NULL, f.position, f.id";

static const char SQL_LIST_IN_USE[] = "SELECT " COLUMNS " FROM field f"
                                      " WHERE f.retired_at IS NULL ORDER BY f.position, f.id";

static const char SQL_CHOICES[] = "SELECT c.key, c.label, c.retired_at FROM field_choice c"
                                  " WHERE c.field = :field ORDER BY c.position, c.key";

static const char SQL_VALUE[]
    = "SELECT value FROM lead_value WHERE lead = :lead AND field = :field";

static const char SQL_SET_VALUE[]
    = "INSERT INTO lead_value (lead, field, value) VALUES (:lead, :field, :value)"
      " ON CONFLICT (lead, field) DO UPDATE SET value = excluded.value";

static const char SQL_CLEAR_VALUE[]
    = "DELETE FROM lead_value WHERE lead = :lead AND field = :field";

/* The country is for reading; these are only shown. */
static const char SQL_VALUES[]
    = "SELECT v.value, " COLUMNS_BUT_ZONE
      ", NULL"
      "  FROM lead_value v JOIN field f ON f.id = v.field"
      " WHERE v.lead = :lead"
      " ORDER BY f.retired_at IS NOT NULL, f.position, f.id";

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

static RungsField *
read_field (RungsStatement *row,
            int             from)
{
  RungsField *field = g_new0 (RungsField, 1);
  const char *zone = rungs_statement_get_text (row, from + 6);

  field->id = rungs_statement_get_int64 (row, from);
  field->key = rungs_statement_dup_text (row, from + 1);
  field->label = rungs_statement_dup_text (row, from + 2);
  rungs_field_kind_from_text (rungs_statement_get_text (row, from + 3), &field->kind);
  field->currency = rungs_statement_dup_text (row, from + 4);
  field->retired_at = rungs_statement_get_int64 (row, from + 5);
  field->country = zone != NULL ? rungs_country_of_zone (zone) : NULL;
  field->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);
  return field;
}

static gpointer
field_from_row (RungsStatement *row)
{
  return read_field (row, 0);
}

static gboolean
load_choices (RungsDb    *db,
              RungsField *field,
              GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;

  if (!rungs_field_kind_has_choices (field->kind))
    return TRUE;
  query = rungs_db_prepare (db, SQL_CHOICES, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":field", field->id);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsFieldChoice *choice = g_new0 (RungsFieldChoice, 1);

      choice->key = rungs_statement_dup_text (query, 0);
      choice->label = rungs_statement_dup_text (query, 1);
      choice->retired_at = rungs_statement_get_int64 (query, 2);
      g_ptr_array_add (field->choices, choice);
    }
  return rungs_statement_done (query, error);
}

/* Takes `field`, which may be NULL. */
static RungsField *
with_choices (RungsDb    *db,
              RungsField *field,
              GError    **error)
{
  g_autoptr (RungsField) taken = field;

  return taken != NULL && load_choices (db, taken, error) ? g_steal_pointer (&taken) : NULL;
}

static GPtrArray *
list (RungsDb    *db,
      const char *sql,
      GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) fields
      = rungs_record_list (query, field_from_row, (GDestroyNotify) rungs_field_free, error);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    if (!load_choices (db, g_ptr_array_index (fields, i), error))
      return NULL;
  return g_steal_pointer (&fields);
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

static gboolean
check_currency (RungsFieldKind kind,
                const char    *currency,
                GError       **error)
{
  if (currency == NULL)
    return TRUE;
  if (kind != RUNGS_FIELD_MONEY)
    return refuse (error, _ ("only a field for money has a currency"));
  return rungs_currency_is_valid (currency)
         || refuse (error, _ ("a currency is three capital letters, such as EUR"));
}

gint64
rungs_field_add_with (RungsDb       *db,
                      const char    *key,
                      const char    *label,
                      RungsFieldKind kind,
                      const char    *currency,
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
  if (!check_currency (kind, currency, error) || !find_by_key (db, made, &taken, error))
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
  rungs_statement_bind_text (add, ":currency", currency);
  rungs_statement_bind_int64 (add, ":now", now);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

gint64
rungs_field_add (RungsDb       *db,
                 const char    *key,
                 const char    *label,
                 RungsFieldKind kind,
                 gint64         now,
                 GError       **error)
{
  return rungs_field_add_with (db, key, label, kind, NULL, now, error);
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

static gboolean
set_position (RungsDb *db,
              gint64   field,
              gint64   position,
              GError **error)
{
  g_autoptr (RungsStatement) place = rungs_db_prepare (db, SQL_PLACE, error);

  if (place == NULL)
    return FALSE;
  rungs_statement_bind_int64 (place, ":position", position);
  return rungs_record_change (db, place, field, "field", error);
}

gboolean
rungs_field_move (RungsDb *db,
                  gint64   field,
                  guint    place,
                  GError **error)
{
  g_autoptr (GPtrArray) fields = rungs_field_list_in_use (db, error);
  RungsField *moved;
  guint at = 0;

  if (fields == NULL)
    return FALSE;
  while (at < fields->len && ((RungsField *) g_ptr_array_index (fields, at))->id != field)
    at++;
  if (at == fields->len)
    return rungs_record_refuse_missing ("field", field, error);
  moved = g_ptr_array_steal_index (fields, at);
  g_ptr_array_insert (fields, MIN (place, fields->len), moved);
  for (guint i = 0; i < fields->len; i++)
    if (!set_position (db, ((RungsField *) g_ptr_array_index (fields, i))->id, i + 1, error))
      return FALSE;
  return TRUE;
}

gboolean
rungs_field_retire (RungsDb *db,
                    gint64   field,
                    gint64   now,
                    GError **error)
{
  g_autoptr (RungsField) there = rungs_field_load (db, field, error);
  g_autoptr (RungsStatement) retire = there ? rungs_db_prepare (db, SQL_RETIRE, error) : NULL;

  if (retire == NULL)
    return FALSE;
  rungs_statement_bind_int64 (retire, ":id", field);
  rungs_statement_bind_id (retire, ":at", now);
  return rungs_statement_run (retire, error);
}

gboolean
rungs_field_count_values (RungsDb *db,
                          gint64   field,
                          gint64  *count,
                          GError **error)
{
  g_return_val_if_fail (count != NULL, FALSE);

  return rungs_record_ask (db, SQL_COUNT, field, 0, count, error);
}

GHashTable *
rungs_field_count_all (RungsDb *db,
                       GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT_ALL, error);
  g_autoptr (GHashTable) counts
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 row[] = { rungs_statement_get_int64 (query, 0), rungs_statement_get_int64 (query, 1) };

      g_hash_table_insert (counts, g_memdup2 (&row[0], sizeof row[0]),
                           g_memdup2 (&row[1], sizeof row[1]));
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&counts) : NULL;
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
rungs_field_load (RungsDb *db,
                  gint64   field,
                  GError **error)
{
  return with_choices (db, rungs_record_load (db, SQL_LOAD, field, field_from_row, "field", error),
                       error);
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
  return with_choices (db, field, error);
}

GPtrArray *
rungs_field_list (RungsDb *db,
                  GError **error)
{
  return list (db, SQL_LIST, error);
}

GPtrArray *
rungs_field_list_in_use (RungsDb *db,
                         GError **error)
{
  return list (db, SQL_LIST_IN_USE, error);
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
describe_change (const RungsField *field,
                 const char       *before,
                 const char       *after)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *was = before ? rungs_field_format (field, before) : NULL;
  g_autofree char *is = after ? rungs_field_format (field, after) : NULL;

  json_builder_begin_array (builder);
  add_string_or_null (builder, was);
  add_string_or_null (builder, is);
  json_builder_end_array (builder);
  return rungs_json_dup (builder);
}

gboolean
rungs_field_set_value (RungsDb    *db,
                       gint64      lead,
                       gint64      field,
                       const char *text,
                       gint64      now,
                       GError    **error)
{
  g_autoptr (RungsField) definition = rungs_field_load (db, field, error);
  g_autofree char *tidy = g_strstrip (g_strdup (text ? text : ""));
  g_autofree char *after = NULL;
  g_autofree char *before = NULL;
  g_autofree char *change = NULL;

  if (definition == NULL)
    return FALSE;
  if (*tidy != '\0')
    {
      after = rungs_field_read (definition, tidy, error);
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

  change = describe_change (definition, before, after);
  return store_value (db, lead, field, after, error)
         && rungs_event_add (db, lead, RUNGS_EVENT_FIELD_CHANGED, now, field, change, error) != 0;
}

/* NULL on error. */
static RungsFieldValue *
read_value (RungsDb        *db,
            RungsStatement *row,
            GError        **error)
{
  g_autoptr (RungsField) field = read_field (row, 1);
  RungsFieldValue *value;

  if (!load_choices (db, field, error))
    return NULL;
  value = g_new0 (RungsFieldValue, 1);
  value->field = field->id;
  value->kind = field->kind;
  value->retired = field->retired_at != 0;
  value->value = rungs_statement_dup_text (row, 0);
  value->text = rungs_field_format (field, value->value);
  value->key = g_steal_pointer (&field->key);
  value->label = g_steal_pointer (&field->label);
  value->currency = g_steal_pointer (&field->currency);
  return value;
}

void
rungs_field_value_free (RungsFieldValue *self)
{
  g_free (self->key);
  g_free (self->label);
  g_free (self->currency);
  g_free (self->value);
  g_free (self->text);
  g_free (self);
}

GPtrArray *
rungs_field_values (RungsDb *db,
                    gint64   lead,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_VALUES, error);
  g_autoptr (GPtrArray) values
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_value_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsFieldValue *value = read_value (db, query, error);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (values, value);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&values) : NULL;
}
