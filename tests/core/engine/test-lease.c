/* test-lease.c: one program runs the engine, and a file from elsewhere is not simply run. */

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "engine/rungs-lease-store.h"

typedef struct
{
  char *folder;
  char *path;
  RungsDb *db;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("rungs-XXXXXX", &error);
  fixture->path = g_build_filename (fixture->folder, "rungs.db", NULL);
  fixture->db = rungs_db_open (fixture->path, RUNGS_DB_CREATE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  rungs_db_close (fixture->db);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gboolean
run_sql (RungsDb *db,
         gpointer sql,
         GError **error)
{
  for (const char *const *one = sql; *one != NULL; one++)
    {
      g_autoptr (RungsStatement) statement = rungs_db_prepare (db, *one, error);

      if (statement == NULL || !rungs_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static const char *const OVERDUE[] = {
  "INSERT INTO lead (id, created_at, updated_at) VALUES (1, 0, 0)",
  "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
  " VALUES (1, 'm', 'p', 'v', 0, 0)",
  "INSERT INTO outbox (lead, message, due_at, message_id, created_at) VALUES (1, 1, 0, 'a@b', 0)",
  NULL,
};

static const char *const ELSEWHERE[] = { "UPDATE lease SET machine = 'another'", NULL };

static void
take_and_drop (Fixture *fixture,
               gint64   now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLease) lease = rungs_lease_take (fixture->db, "rungs", now, FALSE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lease);
}

static void
test_one_at_a_time (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (RungsLeaseHolder) holder = { 0 };
  RungsLease *lease = rungs_lease_take (fixture->db, "rungs", 5, FALSE, &error);

  g_assert_no_error (error);
  g_assert_null (rungs_lease_take (fixture->db, "rungsctl", 6, FALSE, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (rungs_lease_beat (lease, fixture->db, 7, &error));
  g_assert_true (rungs_lease_load_holder (fixture->db, &holder, &error));
  g_assert_cmpstr (holder.program, ==, "rungs");
  g_assert_cmpint (holder.taken_at, ==, 5);
  g_assert_cmpint (holder.beat_at, ==, 7);
  rungs_lease_free (lease);
  take_and_drop (fixture, 8);
}

static void
test_overdue_asks (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLease) agreed = NULL;

  take_and_drop (fixture, RUNGS_DAY);
  g_assert_true (rungs_db_write (fixture->db, run_sql, (gpointer) OVERDUE, &error));
  take_and_drop (fixture, 3 * RUNGS_DAY);

  g_assert_null (rungs_lease_take (fixture->db, "rungs", 11 * RUNGS_DAY, FALSE, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (rungs_db_write (fixture->db, run_sql, (gpointer) ELSEWHERE, &error));
  g_assert_null (rungs_lease_take (fixture->db, "rungs", 4 * RUNGS_DAY, FALSE, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  agreed = rungs_lease_take (fixture->db, "rungs", 4 * RUNGS_DAY, TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (agreed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/lease/one-at-a-time", Fixture, NULL, set_up, test_one_at_a_time, tear_down);
  g_test_add ("/lease/overdue-asks", Fixture, NULL, set_up, test_overdue_asks, tear_down);
  return g_test_run ();
}
