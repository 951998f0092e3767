/* bench-start.c: from the start of the program to its first frame,
 * beside a libadwaita window with nothing in it.
 *
 * Each start is a process of its own: this program runs itself with a role,
 * and the moment of forking. */

#include <adwaita.h>
#include <locale.h>
#include <stdlib.h>

#include "engine/rungs-demo.h"
#include "rungs-application.h"
#include "rungs-ui-resources.h"
#include "rungs-window.h"

#define STARTS 15

static gint64 forked_at; /* of a child: monotonic, microseconds */

static void
painted_cb (GdkFrameClock *clock,
            gpointer       application)
{
  g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - forked_at);
  exit (EXIT_SUCCESS);
}

static void
realized_cb (GtkWidget *window,
             gpointer   application)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb),
                    application);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 gpointer        data)
{
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realized_cb (GTK_WIDGET (window), application);
  else
    g_signal_connect (window, "realize", G_CALLBACK (realized_cb), application);
}

static void
show_empty_window_cb (GtkApplication *application,
                      gpointer        data)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), adw_header_bar_new ());
  gtk_window_present (GTK_WINDOW (window));
}

static int
run_empty (void)
{
  AdwApplication *application
    = adw_application_new ("app.rungs.Empty", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (show_empty_window_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

static int
run_rungs (char *file)
{
  char *argv[] = { (char *) "rungs", (char *) "--file", file, NULL };
  RungsApplication *application;

  g_resources_register (rungs_ui_get_resource ());
  application = rungs_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (G_APPLICATION (application), 3, argv);
}

static int
compare (const void *a,
         const void *b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* One start; microseconds to its first frame. */
static gint64
start (const char *self,
       const char *role,
       const char *file)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *argv[] = { self, role, now, file, NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
                     &status, &error)
      || status != 0)
    g_error ("%s did not start: %s", role, error ? error->message : "it ended badly");
  return g_ascii_strtoll (out, NULL, 10);
}

/* In turns, so that what else the machine does falls on both. */
static void
compare_starts (const char *self,
                const char *file)
{
  gint64 empty[STARTS], rungs[STARTS];

  start (self, "empty", "");
  start (self, "rungs", file);
  for (int i = 0; i < STARTS; i++)
    {
      empty[i] = start (self, "empty", "");
      rungs[i] = start (self, "rungs", file);
    }
  qsort (empty, STARTS, sizeof *empty, compare);
  qsort (rungs, STARTS, sizeof *rungs, compare);
  g_print (
    "start: empty window %.0f ms, rungs with the demo business %.0f ms (medians of %d): %.2f x\n",
    (double) empty[STARTS / 2] / 1000, (double) rungs[STARTS / 2] / 1000, STARTS,
    (double) rungs[STARTS / 2] / (double) empty[STARTS / 2]);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  g_autoptr (RungsClock) clock = NULL;
  g_autoptr (GError) error = NULL;
  RungsDb *db;

  setlocale (LC_ALL, "");
  if (argc == 4)
    {
      forked_at = g_ascii_strtoll (argv[2], NULL, 10);
      return g_str_equal (argv[1], "empty") ? run_empty () : run_rungs (argv[3]);
    }

  folder = g_dir_make_tmp ("rungs-bench-XXXXXX", NULL);
  file = g_build_filename (folder, "rungs.db", NULL);
  clock = rungs_clock_new ();
  db = rungs_demo_create (file, clock, &error);
  if (db == NULL)
    g_error ("no demo business: %s", error->message);
  rungs_db_close (db);
  compare_starts (argv[0], file);
  return EXIT_SUCCESS;
}
