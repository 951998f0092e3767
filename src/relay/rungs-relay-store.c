/* rungs-relay-store.c: what stands in the file of a relay. */

#include "rungs-relay-store.h"

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "rungs-relay-schema-resources.h"

static const char SQL_PUT[] = "INSERT INTO delivery (received_at, raw) VALUES (:now, :raw)";

static const char SQL_READ[] = "SELECT id, raw FROM delivery WHERE id > :after ORDER BY id";

static const char SQL_FORGET[] = "DELETE FROM delivery WHERE id <= :through";

static const char SQL_WAITING[]
  = "SELECT count(*), coalesce (sum (length (raw)), 0), coalesce (min (received_at), 0)"
    "  FROM delivery";

static const char SQL_LOAD_SETTING[] = "SELECT value FROM setting WHERE name = :name";

static const char SQL_SAVE_SETTING[]
  = "INSERT INTO setting (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value";

static const char SQL_FORGET_SETTING[] = "DELETE FROM setting WHERE name = :name";

const RungsSchema *
rungs_relay_schema (void)
{
  static const RungsSchema schema = {
    .application_id = 0x52554e52, /* "RUNR" */
    .get_resource = rungs_relay_schema_get_resource,
    .folder = "/app/rungs/Rungs/relay/schema",
  };

  return &schema;
}

gboolean
rungs_relay_delivery_put (RungsDb *db,
                          GBytes  *raw,
                          gint64   now,
                          GError **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_PUT, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":now", now);
  rungs_statement_bind_blob (insert, ":raw", g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
  return rungs_statement_run (insert, error);
}

static void
add_framed (GByteArray     *answer,
            RungsStatement *row)
{
  gsize size = 0;
  gconstpointer raw = rungs_statement_get_blob (row, 1, &size);
  g_autofree char *frame = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GSIZE_FORMAT "\n",
                                            rungs_statement_get_int64 (row, 0), size);

  g_byte_array_append (answer, (const guint8 *) frame, strlen (frame));
  g_byte_array_append (answer, raw, size);
}

gboolean
rungs_relay_delivery_read (RungsDb    *db,
                           gint64      after,
                           gsize       most,
                           GByteArray *answer,
                           GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_READ, error);
  RungsStep step = RUNGS_ROW;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":after", after);
  while (answer->len < most && (step = rungs_statement_step (query, error)) == RUNGS_ROW)
    add_framed (answer, query);
  if (step == RUNGS_ROW)
    rungs_statement_reset (query);
  return step != RUNGS_FAILED;
}

gboolean
rungs_relay_delivery_forget (RungsDb *db,
                             gint64   through,
                             GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_FORGET, error);

  if (delete == NULL)
    return FALSE;
  rungs_statement_bind_int64 (delete, ":through", through);
  return rungs_statement_run (delete, error);
}

gboolean
rungs_relay_waiting_load (RungsDb           *db,
                          RungsRelayWaiting *waiting,
                          GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_WAITING, error);

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  waiting->count = rungs_statement_get_int64 (query, 0);
  waiting->bytes = rungs_statement_get_int64 (query, 1);
  waiting->oldest_at = rungs_statement_get_int64 (query, 2);
  return TRUE;
}

char *
rungs_relay_setting_load (RungsDb    *db,
                          const char *name,
                          GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_SETTING, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":name", name);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, "the relay has no %s yet", name);
  return step == RUNGS_ROW ? rungs_statement_dup_text (query, 0) : NULL;
}

gboolean
rungs_relay_setting_save (RungsDb    *db,
                          const char *name,
                          const char *value,
                          GError    **error)
{
  g_autoptr (RungsStatement) change
    = rungs_db_prepare (db, value != NULL ? SQL_SAVE_SETTING : SQL_FORGET_SETTING, error);

  if (change == NULL)
    return FALSE;
  rungs_statement_bind_text (change, ":name", name);
  if (value != NULL)
    rungs_statement_bind_text (change, ":value", value);
  return rungs_statement_run (change, error);
}
