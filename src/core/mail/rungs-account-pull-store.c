/* rungs-account-pull-store.c: how far providers were asked what became of mail. */

#include "mail/rungs-account-pull-store.h"

#include "db/rungs-record.h"

#define COLUMNS "name, since, looked_at, wait_until, trouble"

static const char SQL_LOAD[]
  = "SELECT " COLUMNS " FROM account_pull WHERE account = :account AND name = :name";

static const char SQL_LIST[]
  = "SELECT " COLUMNS " FROM account_pull WHERE account = :account ORDER BY name";

static const char SQL_SAVE[]
  = "INSERT INTO account_pull (account, name, since, looked_at, wait_until, trouble)"
    " VALUES (:account, :name, :since, :looked_at, :wait_until, :trouble)"
    " ON CONFLICT (account, name) DO UPDATE SET since = excluded.since,"
    "   looked_at = excluded.looked_at, wait_until = excluded.wait_until,"
    "   trouble = excluded.trouble";

void
rungs_account_pull_free (RungsAccountPull *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->trouble);
  g_free (self);
}

static gpointer
read_row (RungsStatement *row)
{
  RungsAccountPull *self = g_new0 (RungsAccountPull, 1);

  self->name = rungs_statement_dup_text (row, 0);
  self->since = rungs_statement_get_int64 (row, 1);
  self->looked_at = rungs_statement_get_int64 (row, 2);
  self->wait_until = rungs_statement_get_int64 (row, 3);
  self->trouble = rungs_statement_dup_text (row, 4);
  return self;
}

RungsAccountPull *
rungs_account_pull_load (RungsDb     *db,
                         gint64       account,
                         const char  *name,
                         GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsAccountPull *self;
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":account", account);
  rungs_statement_bind_text (query, ":name", name);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_FAILED)
    return NULL;
  if (step == RUNGS_ROW)
    return read_row (query);
  self = g_new0 (RungsAccountPull, 1);
  self->name = g_strdup (name);
  self->trouble = g_strdup ("");
  return self;
}

gboolean
rungs_account_pull_save (RungsDb                 *db,
                         gint64                   account,
                         const RungsAccountPull  *pull,
                         GError                 **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);

  if (save == NULL)
    return FALSE;
  rungs_statement_bind_int64 (save, ":account", account);
  rungs_statement_bind_text (save, ":name", pull->name);
  rungs_statement_bind_int64 (save, ":since", pull->since);
  rungs_statement_bind_int64 (save, ":looked_at", pull->looked_at);
  rungs_statement_bind_int64 (save, ":wait_until", pull->wait_until);
  rungs_statement_bind_text (save, ":trouble", pull->trouble);
  return rungs_statement_run (save, error);
}

GPtrArray *
rungs_account_pull_list (RungsDb  *db,
                         gint64    account,
                         GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":account", account);
  return rungs_record_list (query, read_row, (GDestroyNotify) rungs_account_pull_free, error);
}
