/* test-page.c: what a page writes is called done, and can be taken back, when it is in the file. */

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "settings/rungs-settings-page.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_app_fixture_wait_for (fixture->page, "Postal Address");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (fixture->store);
}

/* On the store's writing thread: gives the business a name; no name cannot be given. */
static gpointer
name_business (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  const char *name = data;

  if (business == NULL)
    return NULL;
  if (*name == '\0')
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "no name");
      return NULL;
    }
  g_free (business->name);
  business->name = g_strdup (name);
  return GINT_TO_POINTER (rungs_business_save (db, business, error));
}

static RungsPageWork
naming (const char *name)
{
  return (RungsPageWork) {
    .func = name_business,
    .data = g_strdup (name),
    .data_free = g_free,
    .done = "It has a new name",
    .failed = "It Has No New Name",
  };
}

static gboolean
is_named (Fixture    *fixture,
          const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name = '%s' FROM business", name);

  return rungs_app_store_ask (fixture->store, sql) == 1;
}

static gboolean
is_named_new (gpointer fixture)
{
  return is_named (fixture, "New");
}

static gboolean
is_named_old (gpointer fixture)
{
  return is_named (fixture, "Old");
}

/* Whether there is something to take back; nothing is. */
static gboolean
offers_undo (Fixture *fixture)
{
  return rungs_app_fixture_find (fixture->page, "It has a new name") != NULL;
}

static gboolean
offers_undo_cb (gpointer fixture)
{
  return offers_undo (fixture);
}

static gboolean
says_failed (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    if (rungs_app_fixture_find (each->data, "It Has No New Name") != NULL)
      return TRUE;
  return FALSE;
}

static void
do_naming (Fixture    *fixture,
           const char *name)
{
  const RungsPageWork work = naming (name);
  const RungsPageWork undo = naming ("Old");

  rungs_page_do (RUNGS_PAGE (fixture->page), &work, &undo);
}

static void
test_done (Fixture       *fixture,
           gconstpointer  data)
{
  do_naming (fixture, "New");
  g_assert_false (offers_undo (fixture));
  rungs_app_fixture_wait (offers_undo_cb, fixture);
  g_assert_true (is_named_new (fixture));

  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait (is_named_old, fixture);
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  do_naming (fixture, "");
  rungs_app_fixture_wait (says_failed, NULL);
  g_assert_false (offers_undo (fixture));
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_settle (200);
  g_assert_false (is_named_old (fixture));
}

/* The failure of taking back is told as any other. */
static void
test_undo_failed (Fixture       *fixture,
                  gconstpointer  data)
{
  const RungsPageWork undo = naming ("");

  rungs_page_offer_undo (RUNGS_PAGE (fixture->page), "It has a new name", &undo);
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait (says_failed, NULL);
}

/* The offer may be taken while it still slides in; libadwaita 1.2 does not survive a toast that is
 * dismissed then. */
static void
test_undo_at_once (Fixture       *fixture,
                   gconstpointer  data)
{
  for (int wait = 0; wait < 400; wait += 40)
    {
      const RungsPageWork undo = naming ("Old");

      rungs_page_offer_undo (RUNGS_PAGE (fixture->page), "It has a new name", &undo);
      rungs_app_fixture_settle (wait);
      gtk_widget_activate_action (fixture->page, "page.undo", NULL);
      rungs_app_fixture_wait (is_named_old, fixture);
      do_naming (fixture, "New");
      rungs_app_fixture_wait (offers_undo_cb, fixture);
    }
}

/* The same of a window that is closed then. */
static void
test_closed_at_once (Fixture       *fixture,
                     gconstpointer  data)
{
  for (int wait = 0; wait < 400; wait += 40)
    {
      GtkWindow *window = GTK_WINDOW (gtk_window_new ());
      GtkWidget *page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
      const RungsPageWork undo = naming ("Old");

      gtk_window_set_child (window, page);
      gtk_window_present (window);
      rungs_app_fixture_wait_for (page, "Postal Address");
      rungs_page_offer_undo (RUNGS_PAGE (page), "It has a new name", &undo);
      rungs_app_fixture_settle (wait);
      gtk_window_destroy (window);
      rungs_app_fixture_settle (20);
    }
  rungs_app_fixture_settle (500);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/app/page/done", test_done },
    { "/app/page/failed", test_failed },
    { "/app/page/undo-failed", test_undo_failed },
    { "/app/page/undo-at-once", test_undo_at_once },
    { "/app/page/closed-at-once", test_closed_at_once },
  };

  rungs_app_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].func, tear_down);
  return g_test_run ();
}
