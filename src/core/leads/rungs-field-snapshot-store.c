/* rungs-field-snapshot-store.c: what a field was, so that it can be put back. */

#include "leads/rungs-field-snapshot-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-field-store.h"

#define N_TABLES 3

static const struct
{
  const char *take;
  const char *put;
} TABLES[N_TABLES] = {
  {
    "SELECT json_group_array (json_array (id, key, label, kind, currency, position, created_at,"
    "                                     retired_at))"
    "  FROM field WHERE id = :id",
    "INSERT INTO field (id, key, label, kind, currency, position, created_at, retired_at)"
    " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,"
    "        value ->> 6, value ->> 7"
    "   FROM json_each (:rows)",
  },
  {
    "SELECT json_group_array (json_array (field, key, label, position, retired_at))"
    "  FROM field_choice WHERE field = :id",
    "INSERT INTO field_choice (field, key, label, position, retired_at)"
    " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4"
    "   FROM json_each (:rows)",
  },
  {
    "SELECT json_group_array (json_array (lead, field, value)) FROM lead_value WHERE field = :id",
    "INSERT INTO lead_value (lead, field, value)"
    " SELECT l.id, j.value ->> 1, j.value ->> 2"
    "   FROM json_each (:rows) j JOIN lead l ON l.id = j.value ->> 0",
  },
};

/* What is there gives way to what was; the field itself stays, for its values refer to it. */
static const char *const CLEAR[N_TABLES] = {
  NULL,
  "DELETE FROM field_choice WHERE field = :id",
  "DELETE FROM lead_value WHERE field = :id",
};

static const char SQL_SET_FIELD[]
    = "UPDATE field SET label = j.value ->> 2, kind = j.value ->> 3, currency = j.value ->> 4,"
      "  position = j.value ->> 5, retired_at = j.value ->> 7"
      "  FROM json_each (:rows) j WHERE field.id = j.value ->> 0";

struct _RungsFieldSnapshot
{
  gint64 field;
  char *key;            /* (owned) */
  char *rows[N_TABLES]; /* (owned) JSON; the last NULL where values do not matter */
};

void
rungs_field_snapshot_free (RungsFieldSnapshot *self)
{
  g_free (self->key);
  for (guint i = 0; i < N_TABLES; i++)
    g_free (self->rows[i]);
  g_free (self);
}

static gboolean
take_rows (RungsFieldSnapshot *self,
           RungsDb            *db,
           gint64              field,
           guint               table,
           GError            **error)
{
  g_autoptr (RungsStatement) take = rungs_db_prepare (db, TABLES[table].take, error);

  if (take == NULL)
    return FALSE;
  rungs_statement_bind_int64 (take, ":id", field);
  if (rungs_statement_step (take, error) != RUNGS_ROW)
    return FALSE;
  self->rows[table] = rungs_statement_dup_text (take, 0);
  return TRUE;
}

static gboolean
put_rows (const RungsFieldSnapshot *self,
          RungsDb                  *db,
          guint                     table,
          GError                  **error)
{
  g_autoptr (RungsStatement) put = rungs_db_prepare (db, TABLES[table].put, error);

  if (put == NULL)
    return FALSE;
  rungs_statement_bind_text (put, ":rows", self->rows[table]);
  return rungs_statement_run (put, error);
}

RungsFieldSnapshot *
rungs_field_snapshot_new (RungsDb *db,
                          gint64   field,
                          gboolean values,
                          GError **error)
{
  g_autoptr (RungsField) there = rungs_field_load (db, field, error);
  g_autoptr (RungsFieldSnapshot) self = NULL;

  if (there == NULL)
    return NULL;
  self = g_new0 (RungsFieldSnapshot, 1);
  self->field = field;
  self->key = g_strdup (there->key);
  for (guint i = 0; i < (values ? N_TABLES : N_TABLES - 1); i++)
    if (!take_rows (self, db, field, i, error))
      return NULL;
  return g_steal_pointer (&self);
}

RungsFieldSnapshot *
rungs_field_snapshot_delete (RungsDb *db,
                             gint64   field,
                             GError **error)
{
  g_autoptr (RungsFieldSnapshot) self = rungs_field_snapshot_new (db, field, TRUE, error);

  return self != NULL && rungs_field_delete (db, field, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
is_same (const RungsFieldSnapshot *a,
         const RungsFieldSnapshot *b)
{
  for (guint i = 0; i < N_TABLES; i++)
    if (g_strcmp0 (a->rows[i], b->rows[i]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
put_field_back (const RungsFieldSnapshot *self,
                RungsDb                  *db,
                GError                  **error)
{
  g_autoptr (RungsStatement) set = rungs_db_prepare (db, SQL_SET_FIELD, error);

  if (set == NULL)
    return FALSE;
  rungs_statement_bind_text (set, ":rows", self->rows[0]);
  return rungs_statement_run (set, error);
}

gboolean
rungs_field_revert (RungsDb                  *db,
                    const RungsFieldSnapshot *before,
                    const RungsFieldSnapshot *after,
                    GError                  **error)
{
  g_autoptr (RungsFieldSnapshot) now = NULL;
  gboolean values;

  g_return_val_if_fail (before != NULL && after != NULL, FALSE);

  values = before->rows[N_TABLES - 1] != NULL;
  now = rungs_field_snapshot_new (db, before->field, values, error);
  if (now == NULL)
    return FALSE;
  if (!is_same (now, after))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("the field with the key %s was changed since"), before->key);
      return FALSE;
    }
  if (!put_field_back (before, db, error))
    return FALSE;
  for (guint i = 1; i < (values ? N_TABLES : N_TABLES - 1); i++)
    if (!rungs_record_run (db, CLEAR[i], before->field, error) || !put_rows (before, db, i, error))
      return FALSE;
  return TRUE;
}

gboolean
rungs_field_restore (RungsDb                  *db,
                     const RungsFieldSnapshot *snapshot,
                     GError                  **error)
{
  g_autoptr (RungsField) taken = NULL;
  g_autoptr (GError) missing = NULL;

  g_return_val_if_fail (snapshot != NULL, FALSE);

  taken = rungs_field_load_by_key (db, snapshot->key, &missing);
  if (taken != NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("there is a field “%s” with the key %s"), taken->label, snapshot->key);
      return FALSE;
    }
  if (!g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  for (guint i = 0; i < N_TABLES; i++)
    if (!put_rows (snapshot, db, i, error))
      return FALSE;
  return TRUE;
}
