/* rungs-app-store.c: a business, open in a store, for tests of pages. */

#include "rungs-app-store.h"

#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "engine/rungs-demo.h"
#include "rungs-app-fixture.h"

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static RungsStore *
open_store (const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RungsStore *store = NULL;

  rungs_store_open_async (path, RUNGS_DB_WRITE, rungs_business_open, NULL, keep_result_cb, &result);
  store = rungs_store_open_finish (wait_for_result (&result), &error);
  g_assert_no_error (error);
  return store;
}

RungsStore *
rungs_app_store_new_demo (void)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  RungsDb *db = rungs_demo_create (path, clock, &error);

  g_assert_no_error (error);
  rungs_db_close (db);
  return open_store (path);
}

RungsStore *
rungs_app_store_new (RungsDbFunc   fill,
                     RungsDb     **reader)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  RungsDb *db = rungs_business_create (path, "Test", "EUR", "Europe/Berlin", clock, &error);

  g_assert_no_error (error);
  if (fill != NULL)
    g_assert_true (rungs_db_write (db, fill, NULL, &error));
  rungs_db_close (db);
  *reader = rungs_db_open (path, RUNGS_DB_READ, &error);
  g_assert_no_error (error);
  return open_store (path);
}

void
rungs_app_store_close (RungsStore *store)
{
  rungs_store_close (store);
  rungs_app_fixture_settle (50);
  g_assert_finalize_object (store);
}

static gpointer
ask (RungsDb       *db,
     gpointer       sql,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  gint64 number = 0;

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return NULL;
  number = rungs_statement_get_int64 (query, 0);
  return g_memdup2 (&number, sizeof number);
}

gint64
rungs_app_store_ask (RungsStore *store,
                     const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *number = NULL;

  rungs_store_read_async (store, ask, (gpointer) sql, NULL, g_free, NULL, keep_result_cb, &result);
  number = rungs_store_read_finish (store, wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (number);
  return *number;
}

static gpointer
run (RungsDb       *db,
     gpointer       sql,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement != NULL)
    rungs_statement_run (statement, error);
  return NULL;
}

void
rungs_app_store_run (RungsStore *store,
                     const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rungs_store_write_async (store, run, (gpointer) sql, NULL, NULL, NULL, keep_result_cb, &result);
  rungs_store_write_finish (store, wait_for_result (&result), &error);
  g_assert_no_error (error);
}
