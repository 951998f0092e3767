/* test-background.c: what is told of what was done, and which files are kept while their windows
 * are closed. */

#include "background/rungs-background.h"
#include "background/rungs-notifier.h"
#include "process/rungs-notice-store.h"

#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

static void
assert_words (gint64      sent,
              gint64      doubtful,
              const char *expected)
{
  g_autofree char *words = rungs_background_dup_words (sent, doubtful);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  assert_words (0, 0, NULL);
  assert_words (1, 0, "1 message was sent.");
  assert_words (12, 0, "12 messages were sent.");
  assert_words (0, 1, "1 is in doubt: you decide about it.");
  assert_words (2, 3, "2 messages were sent. 3 are in doubt: you decide about them.");
}

static void
assert_notice (guint       n,
               const char *title,
               const char *body)
{
  static const char *const NAMES[] = { "Ann", "Bob", "", "Dan", "Eve" };
  g_autoptr (GPtrArray) notices
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_notice_free);
  g_autofree char *real_title = NULL;
  g_autofree char *real_body = NULL;

  for (guint i = 0; i < n; i++)
    {
      RungsNotice *notice = g_new0 (RungsNotice, 1);

      notice->name = g_strdup (NAMES[i]);
      notice->source = g_strdup ("Site");
      g_ptr_array_add (notices, notice);
    }
  real_title = rungs_notifier_dup_title (notices);
  real_body = rungs_notifier_dup_body (notices);
  g_assert_cmpstr (real_title, ==, title);
  g_assert_cmpstr (real_body, ==, body);
}

static void
test_notices (void)
{
  assert_notice (1, "New lead: Ann", "Site");
  assert_notice (2, "2 new leads", "Ann, Bob");
  assert_notice (5, "5 new leads", "Ann, Bob, Dan, …");
}

static gboolean
is_running (gpointer engine)
{
  return rungs_engine_get_state (engine) == RUNGS_ENGINE_RUNNING;
}

/* The engine that is kept is the one that is taken, and never stopped between. */
static void
test_keep_and_take (void)
{
  g_autoptr (GApplication) app
    = g_application_new ("app.rungs.Test", G_APPLICATION_NON_UNIQUE);
  g_autoptr (RungsBackground) background = rungs_background_new (app);
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  RungsStore *store = rungs_app_store_new_demo ();
  const char *path = rungs_store_get_path (store);
  RungsEngine *engine = rungs_engine_new (path, clock, "rungs");
  g_autoptr (RungsEngine) taken = NULL;

  g_assert_true (g_application_register (app, NULL, NULL));
  g_assert_false (rungs_background_is_wanted (background));
  g_assert_null (rungs_background_take (background, path));
  rungs_engine_start (engine);
  rungs_app_fixture_wait (is_running, engine);
  rungs_background_keep (background, path, engine);
  g_assert_true (rungs_background_has (background, path));
  taken = rungs_background_take (background, path);
  g_assert_true (taken == engine);
  g_assert_cmpint (rungs_engine_get_state (taken), ==, RUNGS_ENGINE_RUNNING);
  g_assert_false (rungs_background_has (background, path));
  rungs_background_keep (background, path, g_steal_pointer (&taken));
  rungs_background_stop (background);
  g_assert_false (rungs_background_has (background, path));
  rungs_app_store_close (store);
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add_func ("/app/background/words", test_words);
  g_test_add_func ("/app/background/notices", test_notices);
  g_test_add_func ("/app/background/keep-and-take", test_keep_and_take);
  return g_test_run ();
}
