/* rungs-link-key-store.c: the keys that the links of our messages are signed with. */

#include "mail/rungs-link-key-store.h"

#include "db/rungs-record.h"
#include "wire/rungs-link.h"

static const char SQL_LIST[] = "SELECT key FROM web_link_key ORDER BY id DESC";

static const char SQL_COUNT[] = "SELECT count (*) FROM web_link_key";

static const char SQL_ADD[] = "INSERT INTO web_link_key (key, made_at) VALUES (:key, :now)";

static gpointer
read_key (RungsStatement *row)
{
  return rungs_statement_dup_blob (row, 0);
}

GPtrArray *
rungs_link_keys_load (RungsDb  *db,
                      GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, read_key, (GDestroyNotify) g_bytes_unref, error);
}

static gboolean
add (RungsDb  *db,
     gint64    now,
     GError  **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_ADD, error);
  g_autoptr (GBytes) key = statement != NULL ? rungs_link_key_new (error) : NULL;

  if (key == NULL)
    return FALSE;
  rungs_statement_bind_blob (statement, ":key", g_bytes_get_data (key, NULL),
                             g_bytes_get_size (key));
  rungs_statement_bind_int64 (statement, ":now", now);
  return rungs_statement_run (statement, error);
}

gboolean
rungs_link_key_ensure (RungsDb  *db,
                       gint64    now,
                       GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, error);
  gint64 count = 0;

  return query != NULL && rungs_statement_get_number (query, 0, &count, error)
         && (count > 0 || add (db, now, error));
}
