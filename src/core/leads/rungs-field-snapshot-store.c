/* rungs-field-snapshot-store.c: deletes a field so that it can be put back. */

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

struct _RungsFieldSnapshot
{
  char *key;            /* (owned) */
  char *rows[N_TABLES]; /* (owned) JSON */
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
rungs_field_snapshot_delete (RungsDb *db,
                             gint64   field,
                             GError **error)
{
  g_autoptr (RungsField) there = rungs_field_load (db, field, error);
  g_autoptr (RungsFieldSnapshot) self = NULL;

  if (there == NULL)
    return NULL;
  self = g_new0 (RungsFieldSnapshot, 1);
  self->key = g_strdup (there->key);
  for (guint i = 0; i < N_TABLES; i++)
    if (!take_rows (self, db, field, i, error))
      return NULL;
  return rungs_field_delete (db, field, error) ? g_steal_pointer (&self) : NULL;
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
