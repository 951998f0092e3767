/* rungs-crash.c: a sender in a child, which a server kills at a point of the exchange. */

#include "rungs-crash.h"

#include <string.h>
#include <unistd.h>

#include "engine/rungs-engine.h"

#define RUNS 60

static const char *program;

static const char *const FACTS[] = {
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'Receipt', 'p', 'v', 'transactional', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 'Hello {{ lead.first_name }}', '[{\"type\": \"text\", \"text\": \"Good day\"}]',"
  "         0)",
  "UPDATE message SET version = 1",
};

/* ---- the child */

static int
run_engine (const char *path,
            const char *pid_file,
            const char *now)
{
  g_autofree char *pid = g_strdup_printf ("%d", getpid ());
  g_autoptr (RungsClock) clock = rungs_clock_new_pretended (g_ascii_strtoll (now, NULL, 10));
  g_autoptr (RungsEngine) engine = rungs_engine_new (path, clock, "rungsctl");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (pid_file, pid, -1, NULL));
  rungs_engine_run (engine, 0, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_null (report.trouble);
  return 0;
}

gboolean
rungs_crash_run_child (int     argc,
                       char  **argv,
                       int    *result)
{
  program = argv[0];
  if (argc != 5 || strcmp (argv[1], "--child") != 0)
    return FALSE;
  *result = run_engine (argv[2], argv[3], argv[4]);
  return TRUE;
}

/* ---- the parent */

void
rungs_crash_begin (RungsCrash *self,
                   const char *server,
                   const char *point,
                   const char *every)
{
  const char *argv[] = { "node", server, "--log", NULL, "--kill", point, every, NULL, NULL };

  *self = (RungsCrash){ .fixture = rungs_fixture_new () };
  self->log = g_build_filename (self->fixture->folder, "log", NULL);
  self->pid_file = g_build_filename (self->fixture->folder, "pid", NULL);
  argv[3] = self->log;
  argv[7] = self->pid_file;
  self->server = rungs_test_server_start (argv);
}

void
rungs_crash_end (RungsCrash *self)
{
  rungs_test_server_stop (self->server);
  g_free (self->log);
  g_free (self->pid_file);
  rungs_fixture_free (self->fixture);
}

void
rungs_crash_plan (RungsFixture *fixture,
                  RungsDb      *db,
                  guint         n)
{
  for (size_t i = 0; i < G_N_ELEMENTS (FACTS); i++)
    rungs_fixture_run (fixture, FACTS[i]);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *address = g_strdup_printf ("lead%u@example.%s", i, i % 2 ? "org" : "net");
      RungsOutboxPlan plan = { .message = 1, .due_at = rungs_fixture_now (fixture) };

      plan.lead = rungs_fixture_add_lead (fixture, address, "Ann");
      g_assert_cmpint (rungs_outbox_plan (db, &plan, plan.due_at, NULL), !=, 0);
    }
}

GSubprocess *
rungs_crash_start_child (RungsCrash *self)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, rungs_fixture_now (self->fixture));
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--child",
                                         self->fixture->path, self->pid_file, now, NULL);

  g_assert_no_error (error);
  return child;
}

gboolean
rungs_crash_wait_for_child (RungsCrash  *self,
                            GSubprocess *child)
{
  g_subprocess_wait (child, NULL, NULL);
  if (g_subprocess_get_if_signaled (child))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
      self->kills++;
      return FALSE;
    }
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  return TRUE;
}

void
rungs_crash_run (RungsCrash *self)
{
  gboolean ended = FALSE;

  for (int i = 0; i < RUNS && !ended; i++)
    {
      g_autoptr (GSubprocess) child = rungs_crash_start_child (self);

      ended = rungs_crash_wait_for_child (self, child);
    }
  g_assert_true (ended);
  g_assert_cmpuint (self->kills, >=, 2);
}

/* ---- what came of it */

static guint
count_taken (RungsCrash *self,
             const char *address)
{
  g_autofree char *line = g_strconcat (address, "\t", NULL);
  g_auto (GStrv) lines = rungs_test_read_lines (self->log, line);

  return g_strv_length (lines);
}

void
rungs_crash_compare (RungsCrash *self,
                     guint       n,
                     guint       connections,
                     void (*check) (const RungsOutboxRow *row))
{
  g_autoptr (GPtrArray) rows = rungs_outbox_list (self->fixture->db, 0, 0, 0, 1000, NULL);
  g_autoptr (GPtrArray) faults = rungs_db_check (self->fixture->db, NULL);
  guint sent = 0, doubtful = 0, taken_in_doubt = 0;

  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (rows->len, ==, n);
  for (guint i = 0; i < rows->len; i++)
    {
      const RungsOutboxRow *row = g_ptr_array_index (rows, i);
      guint taken = count_taken (self, row->email);

      g_assert_cmpuint (taken, <=, 1);
      if (check != NULL)
        check (row);
      g_assert_true (row->state == RUNGS_OUTBOX_SENT || row->state == RUNGS_OUTBOX_DOUBT);
      if (row->state == RUNGS_OUTBOX_SENT)
        g_assert_cmpuint (taken, ==, 1);
      if (row->state == RUNGS_OUTBOX_DOUBT && strcmp (row->reason, RUNGS_OUTBOX_CRASHED) != 0)
        g_test_message ("%s: %s, %s", row->email, row->reason, row->reply);
      sent += row->state == RUNGS_OUTBOX_SENT;
      doubtful += row->state == RUNGS_OUTBOX_DOUBT;
      taken_in_doubt += row->state == RUNGS_OUTBOX_DOUBT ? taken : 0;
    }
  g_test_message ("%u kills: %u sent, %u in doubt, of which the server has taken %u", self->kills,
                  sent, doubtful, taken_in_doubt);
  g_assert_cmpuint (doubtful, <=, self->kills * connections);
}
