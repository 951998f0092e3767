/* test-rehearsal-window.c: a sequence is rehearsed, and what would leave is shown. */

#include "sequences/rungs-rehearsal-window.h"

#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

#define SEQUENCE "SELECT id FROM sequence WHERE name = 'From the guide to the kit'"

static GtkWindow *
open_window (RungsStore *store)
{
  return rungs_rehearsal_window_present (NULL, store, rungs_app_store_ask (store, SEQUENCE));
}

static void
click (GtkWidget  *window,
       const char *label)
{
  GtkWidget *button = rungs_app_fixture_wait_for (window, label);

  button = gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
can_click (gpointer window)
{
  GtkWidget *button = rungs_app_fixture_find (window, "_Rehearse");

  return button != NULL && gtk_widget_is_sensitive (button);
}

static gboolean
is_gone (gpointer window)
{
  return *(gpointer *) window == NULL;
}

/* Waits until nothing holds it any more, nor the store. */
static void
close_window (GtkWindow *window)
{
  gpointer left = window;

  g_object_add_weak_pointer (G_OBJECT (window), &left);
  gtk_window_destroy (window);
  rungs_app_fixture_wait (is_gone, &left);
}

static void
test_shows_what_would_leave (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  gint64 sent = rungs_app_store_ask (store, "SELECT count (*) FROM outbox");
  GtkWindow *window = open_window (store);

  rungs_app_fixture_wait (can_click, window);
  click (GTK_WIDGET (window), "_Rehearse");
  rungs_app_fixture_wait_for (GTK_WIDGET (window), "Messages Would Leave");
  rungs_app_fixture_wait_for (GTK_WIDGET (window), "Rehearse _Again");
  /* the first day is selected, and its messages stand beside it */
  rungs_app_fixture_wait_for (GTK_WIDGET (window), "Guide 3: The kit");
  g_assert_cmpint (rungs_app_store_ask (store, "SELECT count (*) FROM outbox"), ==, sent);
  close_window (window);
  rungs_app_store_close (store);
}

/* Closing the window ends what is being rehearsed. */
static void
test_closes_while_it_works (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = open_window (store);

  rungs_app_fixture_wait (can_click, window);
  click (GTK_WIDGET (window), "_Rehearse");
  close_window (window);
  rungs_app_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/sequences/rehearsal/shows-what-would-leave", test_shows_what_would_leave);
  g_test_add_func ("/app/sequences/rehearsal/closes-while-it-works", test_closes_while_it_works);
  return g_test_run ();
}
