/* test-history.c: what is undone and done again, in which order, and what a failure leaves. */

#include "rungs-app-fixture.h"
#include "widgets/rungs-history.h"

typedef struct _Fixture Fixture;

typedef struct
{
  Fixture *fixture;
  int step;
} Command;

/* A file of one number. */
struct _Fixture
{
  RungsHistory *history;
  int number;
  gboolean refuses;
  GTask *held; /* (owned) (nullable): a run that is to end later */
  Command *held_command;
  gboolean held_undo;
  gboolean holds;
  int forgotten;
  int failed;
};

static void
end_task (GTask    *task,
          Command  *command,
          gboolean  undo)
{
  if (command->fixture->refuses)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "somebody else changed it");
      return;
    }
  command->fixture->number += undo ? -command->step : command->step;
  g_task_return_boolean (task, TRUE);
}

static void
start_cb (gpointer             data,
          gboolean             undo,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  Command *command = data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  if (command->fixture->holds)
    {
      command->fixture->held = g_object_ref (task);
      command->fixture->held_command = command;
      command->fixture->held_undo = undo;
    }
  else
    end_task (task, command, undo);
}

static gboolean
finish_cb (gpointer       command,
           GObject       *source,
           GAsyncResult  *result,
           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forget_cb (gpointer data)
{
  ((Command *) data)->fixture->forgotten++;
  g_free (data);
}

static void
add (Fixture    *fixture,
     const char *label,
     int         step)
{
  Command *command = g_new0 (Command, 1);

  *command = (Command){ fixture, step };
  fixture->number += step;
  rungs_history_add (fixture->history, label, start_cb, finish_cb, command, forget_cb);
}

static void
failed_cb (RungsHistory *history,
           const char   *label,
           gboolean      undoing,
           GError       *error,
           Fixture      *fixture)
{
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  fixture->failed++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->history = rungs_history_new ();
  g_signal_connect (fixture->history, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->history);
}

static void
undo (Fixture *fixture)
{
  rungs_history_undo (fixture->history);
  rungs_app_fixture_settle (1);
}

static void
redo (Fixture *fixture)
{
  rungs_history_redo (fixture->history);
  rungs_app_fixture_settle (1);
}

/* Without limit, and back again. */
static void
test_all (Fixture       *fixture,
          gconstpointer  data)
{
  int sum = 0;

  for (int i = 1; i <= 300; i++)
    {
      g_autofree char *label = g_strdup_printf ("step %d", i);

      add (fixture, label, i);
      sum += i;
    }
  g_assert_cmpstr (rungs_history_get_undo_label (fixture->history), ==, "step 300");
  for (int i = 300; i > 0; i--)
    undo (fixture);
  g_assert_cmpint (fixture->number, ==, 0);
  g_assert_false (rungs_history_get_can_undo (fixture->history));
  g_assert_cmpstr (rungs_history_get_redo_label (fixture->history), ==, "step 1");
  for (int i = 300; i > 0; i--)
    redo (fixture);
  g_assert_cmpint (fixture->number, ==, sum);
  g_assert_false (rungs_history_get_can_redo (fixture->history));
  g_assert_cmpint (fixture->forgotten, ==, 0);
}

/* What was undone is forgotten when something new is done. */
static void
test_new (Fixture       *fixture,
          gconstpointer  data)
{
  add (fixture, "one", 1);
  add (fixture, "ten", 10);
  undo (fixture);
  add (fixture, "hundred", 100);
  g_assert_cmpint (fixture->forgotten, ==, 1);
  g_assert_false (rungs_history_get_can_redo (fixture->history));
  g_assert_cmpint (fixture->number, ==, 101);
  undo (fixture);
  undo (fixture);
  g_assert_cmpint (fixture->number, ==, 0);
}

/* One that fails stays, and says so. */
static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  add (fixture, "one", 1);
  fixture->refuses = TRUE;
  undo (fixture);
  g_assert_cmpint (fixture->failed, ==, 1);
  g_assert_cmpint (fixture->number, ==, 1);
  g_assert_cmpstr (rungs_history_get_undo_label (fixture->history), ==, "one");
  fixture->refuses = FALSE;
  undo (fixture);
  fixture->refuses = TRUE;
  redo (fixture);
  g_assert_cmpint (fixture->failed, ==, 2);
  g_assert_cmpint (fixture->number, ==, 0);
  g_assert_cmpstr (rungs_history_get_redo_label (fixture->history), ==, "one");
}

static void
end_held (Fixture *fixture,
          int      number)
{
  fixture->holds = FALSE;
  fixture->number = number;
  g_task_return_boolean (fixture->held, TRUE);
  g_clear_object (&fixture->held);
  rungs_app_fixture_settle (1);
}

/* One at a time; what is done or forgotten while one runs keeps its order. */
static void
test_running (Fixture       *fixture,
              gconstpointer  data)
{
  add (fixture, "one", 1);
  add (fixture, "ten", 10);
  fixture->holds = TRUE;
  undo (fixture);
  g_assert_true (rungs_history_is_running (fixture->history));
  undo (fixture); /* waits, until something new is done */
  add (fixture, "hundred", 100);
  end_held (fixture, 101);
  g_assert_false (rungs_history_get_can_redo (fixture->history));
  g_assert_cmpint (fixture->forgotten, ==, 1);
  undo (fixture);
  fixture->holds = TRUE;
  redo (fixture);
  rungs_history_clear (fixture->history);
  end_held (fixture, 101);
  g_assert_cmpint (fixture->forgotten, ==, 3);
  g_assert_false (rungs_history_get_can_undo (fixture->history));
  g_assert_false (rungs_history_get_can_redo (fixture->history));
}

/* Ends what runs, as it was asked; what is asked next runs by itself then. */
static void
let_go (Fixture *fixture)
{
  fixture->holds = FALSE;
  end_task (fixture->held, fixture->held_command, fixture->held_undo);
  g_clear_object (&fixture->held);
  rungs_app_fixture_settle (1);
}

/* Keys that are pressed while one runs are not lost, and come in their order. */
static void
test_asked (Fixture       *fixture,
            gconstpointer  data)
{
  for (int step = 1; step <= 1000; step *= 10)
    add (fixture, "step", step);
  fixture->holds = TRUE;
  for (int i = 0; i < 3; i++)
    undo (fixture);
  redo (fixture);
  g_assert_cmpint (fixture->number, ==, 1111);
  let_go (fixture);
  g_assert_cmpint (fixture->number, ==, 11);

  fixture->holds = TRUE;
  for (int i = 0; i < 9; i++)
    undo (fixture);
  g_assert_false (rungs_history_get_can_undo (fixture->history));
  redo (fixture);
  let_go (fixture);
  g_assert_cmpint (fixture->number, ==, 1);
  for (int i = 0; i < 9; i++)
    rungs_history_redo (fixture->history);
  rungs_app_fixture_settle (1);
  g_assert_cmpint (fixture->number, ==, 1111);
}

/* One that fails takes with it what was asked after it. */
static void
test_asked_in_vain (Fixture       *fixture,
                    gconstpointer  data)
{
  add (fixture, "one", 1);
  add (fixture, "ten", 10);
  fixture->holds = TRUE;
  undo (fixture);
  undo (fixture);
  fixture->refuses = TRUE;
  let_go (fixture);
  g_assert_cmpint (fixture->failed, ==, 1);
  g_assert_cmpint (fixture->number, ==, 11);
  g_assert_false (rungs_history_is_running (fixture->history));
  fixture->refuses = FALSE;
  undo (fixture);
  g_assert_cmpint (fixture->number, ==, 1);
}

static void
test_buttons (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *undo_button = g_object_ref_sink (gtk_button_new ());
  GtkWidget *redo_button = g_object_ref_sink (gtk_button_new ());

  rungs_history_bind_buttons (fixture->history, undo_button, redo_button);
  g_assert_false (gtk_widget_get_sensitive (undo_button));
  add (fixture, "new offer", 5);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (undo_button), ==, "Undo: new offer");
  g_signal_emit_by_name (undo_button, "clicked");
  rungs_app_fixture_settle (1);
  g_assert_cmpint (fixture->number, ==, 0);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (redo_button), ==, "Redo: new offer");
  g_assert_true (gtk_widget_get_sensitive (redo_button));
  g_object_unref (undo_button);
  g_object_unref (redo_button);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/history/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/app/history/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/app/history/failure", Fixture, NULL, set_up, test_failure, tear_down);
  g_test_add ("/app/history/running", Fixture, NULL, set_up, test_running, tear_down);
  g_test_add ("/app/history/asked", Fixture, NULL, set_up, test_asked, tear_down);
  g_test_add ("/app/history/asked-in-vain", Fixture, NULL, set_up, test_asked_in_vain, tear_down);
  g_test_add ("/app/history/buttons", Fixture, NULL, set_up, test_buttons, tear_down);
  return g_test_run ();
}
