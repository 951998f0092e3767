/* test-task.c: tasks are made when an event asks for them, listed, and done once. */

#include "process/rungs-task-store.h"

#include "base/rungs-error.h"
#include "leads/rungs-event-store.h"
#include "process/rungs-process-follow.h"
#include "rungs-fixture.h"

static void
test_asked (RungsFixture *fixture,
            RungsDb      *db)
{
  gint64 now = rungs_fixture_now (fixture);
  gint64 lead = rungs_fixture_add_lead (fixture, "ann@example.com", "Ann");
  g_autoptr (GPtrArray) due = NULL;
  RungsTask *task;
  gint64 count;

  rungs_event_add (db, lead, RUNGS_EVENT_TASK_ASKED, now, 0, "{\"title\":\"Call\",\"days\":2}",
                   NULL);
  rungs_event_add (db, lead, RUNGS_EVENT_TASK_ASKED, now, 0, "odd", NULL);
  g_assert_true (rungs_process_follow (db, now, NULL));
  g_assert_true (rungs_process_follow (db, now, NULL));

  due = rungs_task_list_due (db, now + 2 * RUNGS_DAY, 10, NULL);
  g_assert_cmpint (due->len, ==, 2);
  task = g_ptr_array_index (due, 0);
  g_assert_cmpstr (task->title, ==, "odd");
  task = g_ptr_array_index (due, 1);
  g_assert_cmpstr (task->title, ==, "Call");
  g_assert_cmpstr (task->lead_name, ==, "Ann");
  g_assert_cmpint (task->due_at, ==, now + 2 * RUNGS_DAY);
  g_assert_true (rungs_task_count_due (db, now, &count, NULL));
  g_assert_cmpint (count, ==, 1);
}

static void
test_done (RungsFixture *fixture,
           RungsDb      *db)
{
  gint64 now = rungs_fixture_now (fixture);
  gint64 lead = rungs_fixture_add_lead (fixture, "ann@example.com", "Ann");
  gint64 first = rungs_task_add (db, lead, " Call ", now, now, NULL);
  gint64 second = rungs_task_add (db, lead, "Write", now + 1, now, NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_task_set_done (db, first, now, NULL));
  g_assert_true (rungs_task_set_done (db, first, now + 5, NULL));
  g_assert_false (rungs_task_set_done (db, 99, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (rungs_task_add (db, lead, "  ", now, now, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);

  all = rungs_task_list_of_lead (db, lead, NULL);
  g_assert_cmpint (all->len, ==, 2);
  g_assert_cmpint (((RungsTask *) g_ptr_array_index (all, 0))->id, ==, second);
  g_assert_cmpint (((RungsTask *) g_ptr_array_index (all, 1))->done_at, ==, now);

  g_assert_true (rungs_task_reopen (db, first, now + 6, NULL));
  g_assert_true (rungs_task_reopen (db, first, now + 7, NULL));
  g_assert_cmpint (
      rungs_fixture_number (fixture, "SELECT count (*) FROM event WHERE kind = 'task.reopened'"),
      ==, 1);
  g_assert_cmpint (
      rungs_fixture_number (fixture, "SELECT count (*) FROM task WHERE done_at IS NULL"), ==, 2);
  g_assert_cmpint (
      rungs_fixture_number (fixture, "SELECT count(*) FROM event WHERE kind = 'task.done'"), ==, 1);
}

/* What was added by mistake goes without a trace; what is done stays. */
static void
test_take_back (RungsFixture *fixture,
                RungsDb      *db)
{
  gint64 now = rungs_fixture_now (fixture);
  gint64 lead = rungs_fixture_add_lead (fixture, "ann@example.com", "Ann");
  gint64 open = rungs_task_add (db, lead, "Call", now, now, NULL);
  gint64 done = rungs_task_add (db, lead, "Write", now, now, NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) events = NULL;

  g_assert_true (rungs_task_set_done (db, done, now, NULL));
  g_assert_true (rungs_task_take_back (db, open, NULL));
  g_assert_true (rungs_task_take_back (db, done, NULL));
  all = rungs_task_list_of_lead (db, lead, NULL);
  g_assert_cmpint (all->len, ==, 1);
  g_assert_cmpint (((RungsTask *) g_ptr_array_index (all, 0))->id, ==, done);
  events = rungs_timeline_page_of (db, lead, RUNGS_EVENTS_NOTES, NULL, 10, NULL);
  g_assert_cmpint (events->len, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  rungs_fixture_add_test ("/process/task/asked", test_asked);
  rungs_fixture_add_test ("/process/task/done", test_done);
  rungs_fixture_add_test ("/process/task/take-back", test_take_back);
  return g_test_run ();
}
