/* bench-leads-page.c: the leads page over a million leads: from a key press in the search to the first rows
 * on the screen, and how long frames take while the list is scrolled.
 *
 * A frame begins where the frame clock begins to update and ends when it has been painted; frames over 16 ms
 * are those that a screen of 60 Hz would show late. RUNGS_BENCH_LEADS names another number of leads,
 * RUNGS_BENCH_FILE a business that is there already. */

#include <stdlib.h>

#include "db/rungs-store.h"
#include "engine/rungs-business.h"
#include "leads/rungs-import.h"
#include "leads/rungs-leads-page.h"
#include "rungs-app-fixture.h"
#include "widgets/rungs-browser.h"

#define LEADS 1000000
#define FRAMES 600

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
  RungsBrowser *browser;
  gint64 began_at; /* of a frame: monotonic, microseconds */
  GArray *frames;  /* microseconds */
  gint64 changed_at;
  gint64 painted_at;
} Bench;

static const char *const FIRST[] = { "Anna", "Bob", "Carla", "David", "Eva", "Frank", "Greta", "Hans" };
static const char *const LAST[]
  = { "Smith", "Jones", "Schmidt", "Kelly", "Murphy", "Nowak", "Rossi", "Martin", "Garcia", "Silva", "Berg" };

static char *
write_leads (guint n)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  char *path = g_build_filename (folder, "leads.csv", NULL);
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  fputs ("E-mail,First name,Last name,Company,City\n", file);
  for (guint i = 0; i < n; i++)
    fprintf (file, "lead%u@example%u.com,%s,%s,Firm %u,Town %u\n", i, i % 97,
             FIRST[i % G_N_ELEMENTS (FIRST)], LAST[(i / 7) % G_N_ELEMENTS (LAST)], i % 5003, i % 211);
  g_assert_cmpint (fclose (file), ==, 0);
  return path;
}

/* Returns: the path of a business with so many leads. */
static char *
make_business (guint n)
{
  g_autofree char *csv = write_leads (n);
  char *path = g_strconcat (csv, ".db", NULL);
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_auto (RungsImportResult) result = { 0 };
  RungsImportOptions options = { .path = csv };
  g_autoptr (RungsDb) db = rungs_business_create (path, "Bench", "EUR", "UTC", clock, &error);

  g_assert_no_error (error);
  rungs_import_run (db, &options, g_get_real_time () / 1000, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.leads_created, ==, n);
  return path;
}

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static RungsStore *
open_store (const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RungsStore *store;

  rungs_store_open_async (path, RUNGS_DB_WRITE, rungs_business_open, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  store = rungs_store_open_finish (result, &error);
  g_assert_no_error (error);
  return store;
}

/* ---- frames */

static void
before_cb (GdkFrameClock *clock,
           Bench         *bench)
{
  bench->began_at = g_get_monotonic_time ();
}

static void
after_cb (GdkFrameClock *clock,
          Bench         *bench)
{
  gint64 took = g_get_monotonic_time () - bench->began_at;

  bench->painted_at = g_get_monotonic_time ();
  g_array_append_val (bench->frames, took);
}

static void
changed_cb (Bench *bench)
{
  bench->changed_at = g_get_monotonic_time ();
}

static void
open_page (Bench *bench)
{
  GdkFrameClock *clock;

  bench->window = GTK_WINDOW (adw_window_new ());
  bench->page = g_object_new (RUNGS_TYPE_LEADS_PAGE, "store", bench->store, "title", "Leads", NULL);
  bench->browser
    = RUNGS_BROWSER (rungs_app_fixture_find_type (GTK_WIDGET (bench->page), RUNGS_TYPE_BROWSER));
  g_signal_connect_swapped (bench->browser, "notify::n-rows", G_CALLBACK (changed_cb), bench);
  gtk_window_set_default_size (bench->window, 1280, 800);
  adw_window_set_content (ADW_WINDOW (bench->window), GTK_WIDGET (bench->page));
  gtk_window_present (bench->window);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), bench);
  while (rungs_browser_get_n_rows (bench->browser) < 1000)
    g_main_context_iteration (NULL, TRUE);
  rungs_app_fixture_settle (2000);
}

/* ---- figures */

static int
compare (const void *a,
         const void *b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static double
share (GArray *sorted,
       double  part)
{
  return g_array_index (sorted, gint64, (guint) (part * (sorted->len - 1))) / 1000.0;
}

static void
print_figures (const char *what,
               GArray     *microseconds)
{
  guint late = 0;

  qsort (microseconds->data, microseconds->len, sizeof (gint64), compare);
  for (guint i = 0; i < microseconds->len; i++)
    late += g_array_index (microseconds, gint64, i) > 16000;
  g_print ("%-34s median %6.1f ms, p95 %6.1f ms, worst %6.1f ms; over 16 ms: %u of %u\n", what,
           share (microseconds, 0.5), share (microseconds, 0.95), share (microseconds, 1), late,
           microseconds->len);
}

/* From the change of the text to the frame that was painted after the first rows had come. */
static gint64
type_text (Bench      *bench,
           const char *text)
{
  gint64 began_at = g_get_monotonic_time ();

  bench->changed_at = 0;
  rungs_page_set_search_text (bench->page, text);
  while (bench->changed_at == 0 || bench->painted_at <= bench->changed_at)
    g_main_context_iteration (NULL, TRUE);
  return bench->painted_at - began_at;
}

static void
measure_search (Bench *bench)
{
  static const char *const typed[] = {
    "a", "an", "ann", "anna", "anna ", "anna k", "anna ke", "anna kelly", "anna kelly t", "anna kelly town 7",
    "lead4711", "lead471", "lead47", "lead", "le", "", "murphy", "murphy greta", "firm 17", "",
  };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      gint64 took = type_text (bench, typed[i]);

      g_array_append_val (times, took);
      g_print ("  “%s”: %.1f ms, %u found\n", typed[i], took / 1000.0,
               rungs_browser_get_n_rows (bench->browser));
      rungs_app_fixture_settle (700);
    }
  print_figures ("key press to rows on screen", times);
}

/* Turns the scroll bar by `step` pixels a frame. */
static void
measure_scrolling (Bench      *bench,
                   const char *what,
                   double      step)
{
  GtkWidget *scroller
    = gtk_widget_get_ancestor (rungs_app_fixture_find_type (GTK_WIDGET (bench->browser), GTK_TYPE_COLUMN_VIEW),
                               GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (adjustment, 0);
  rungs_app_fixture_settle (500);
  g_array_set_size (bench->frames, 0);
  while (bench->frames->len < FRAMES)
    {
      guint n = bench->frames->len;

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
      while (bench->frames->len == n)
        g_main_context_iteration (NULL, TRUE);
    }
  print_figures (what, bench->frames);
}

int
main (int    argc,
      char **argv)
{
  const char *file = g_getenv ("RUNGS_BENCH_FILE");
  const char *wanted = g_getenv ("RUNGS_BENCH_LEADS");
  guint n = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : LEADS;
  Bench bench = { .frames = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_autofree char *path = NULL;

  rungs_app_fixture_init (&argc, &argv);
  path = file != NULL ? g_strdup (file) : make_business (n);
  bench.store = open_store (path);
  open_page (&bench);
  g_print ("%u leads\n", rungs_browser_get_n_rows (bench.browser));
  measure_search (&bench);
  measure_scrolling (&bench, "frame, scrolling by the wheel", 78);
  measure_scrolling (&bench, "frame, dragging the scroll bar", 26.0 * rungs_browser_get_n_rows (bench.browser) / FRAMES);
  gtk_window_destroy (bench.window);
  rungs_app_fixture_settle (300);
  rungs_store_close (bench.store);
  g_object_unref (bench.store);
  g_array_unref (bench.frames);
  return EXIT_SUCCESS;
}
