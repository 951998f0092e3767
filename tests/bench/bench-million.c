/* bench-million.c: the page of leads over a million of them: how long it takes from a key press to
 * rows on the screen, with a filter and without, how long a frame takes while the list is scrolled
 * and dragged, and while 100,000 of them get a tag, and how long that takes.
 *
 * What the page asks the file is asked once more without the window, beside SQL by hand that finds
 * the same rows in the same order.
 *
 * All is measured twice: by the clock on the wall, in which other programs count too, and by the
 * time that the window's thread (of a frame) or the whole program (of a key press) had the
 * processor.
 *
 * usage: bench-million [LEADS [FILE [asking]]]; a file that is there is used as it is; "asking":
 * without the window. */

#include <time.h>

#include <glib/gstdio.h>

#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "leads/rungs-lead-bulk.h"
#include "leads/rungs-lead-rows.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-leads-page.h"
#include "rungs-app-fixture.h"
#include "rungs-bench-time.h"
#include "widgets/rungs-browser.h"

#define FRAMES 400
#define FRAME_MS 16
#define KEY_MS 120
#define OPENINGS 301
#define ROUNDS 3

static const char SQL_LEADS[] =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n)"
  " INSERT INTO lead (email, email_key, first_name, last_name, company, city, country, notes,"
  "                   created_at, updated_at)"
  " SELECT printf ('lead%d@example%d.com', i, i % 997),"
  "        printf ('lead%d@example%d.com', i, i % 997),"
  "        substr ('AnnaBertCaraDoraEmilFinnGinaHansInesJudyKurtLenaMikeNinaOlafPaul',"
  "                1 + i % 16 * 4, 4),"
  "        printf ('%s%d', substr ('KellyMayerSmithJonesBrownMoorsQuinnRossi', 1 + i % 8 * 5, 5),"
  "                i % 5003),"
  "        printf ('Firm %d', i % 20011), printf ('City %d', i % 503), 'IE',"
  "        iif (i % 10 = 0, printf ('Asked about kiln %d, likes mail %d', i % 97, i % 89), ''),"
  "        1700000000000 + i * 1000, 1700000000000"
  "   FROM n";

/* Every second lead has one tag, every tenth another. */
static const char SQL_TAGS[] = "INSERT INTO tag (name) VALUES ('half'), ('tenth'), ('new')";
static const char SQL_TAGGED[] = "INSERT INTO lead_tag (lead, tag, added_at)"
                                 " SELECT id, 1, 1 FROM lead WHERE id % 2 = 0"
                                 " UNION ALL SELECT id, 2, 1 FROM lead WHERE id % 10 = 0";

#define RULE(tag)                                                                                  \
  "rule:{\"all\":[{\"field\":\"tag\",\"op\":\"has\",\"value\":\"" tag "\"}]}"

/* The first page of leads, the newest first, by hand: of all, and of those that have the words. Of
 * the ways to ask for these the quickest counts: which it is hangs on the words. Both sides read
 * for each row what the page shows: its lead, its tags by name, its first source and its values in
 * custom fields, here none. Ours finds the first 256 leads meanwhile, of which 64 are read. */
#define BY_HAND                                                                                    \
  "SELECT l.id, l.email, l.first_name, l.last_name, l.company, l.phone, l.city, l.country,"        \
  " l.score, l.created_at,"                                                                        \
  " (SELECT group_concat (name, ', ') FROM (SELECT t.name FROM lead_tag x"                         \
  "   JOIN tag t ON t.id = x.tag WHERE x.lead = l.id ORDER BY t.name)),"                           \
  " (SELECT json_group_object (v.field, v.value) FROM lead_value v WHERE v.lead = l.id),"          \
  " (SELECT s.name FROM touch u JOIN source s ON s.id = u.source WHERE u.lead = l.id"              \
  "   ORDER BY u.at LIMIT 1)"
#define NEWEST " ORDER BY l.created_at DESC, l.id DESC LIMIT 64"

static const char SQL_PAGE[] = BY_HAND " FROM lead l" NEWEST;

static const char *const SQL_SEARCHES[] = {
  BY_HAND " FROM lead_search f CROSS JOIN lead l WHERE f.lead_search MATCH :words"
          " AND l.id = f.rowid" NEWEST,
  BY_HAND " FROM lead l INDEXED BY lead_created"
          " WHERE l.id IN (SELECT f.rowid FROM lead_search f WHERE f.lead_search MATCH :words)"
  NEWEST,
};

static const char *const WORDS[]
  = { "anna", "kelly12", "smith4", "lead7000", "city 77", "zzz", "example", "com", "kiln 12" };

/* What is being measured. */
typedef struct
{
  GtkWidget *page;
  GtkWidget *browser;
  GtkAdjustment *scroll;
  gboolean listed;
  gboolean painted;
  gint64 frame_began;
  gint64 frame_worked;
  GArray *frames; /* (element-type gint64): microseconds that each frame took … */
  GArray *works;  /* … and that this thread worked for it */
  guint step;
  gboolean dragging;
} Bench;

static gboolean
run (RungsDb     *db,
     const char  *sql,
     GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static gboolean
add_leads (RungsDb  *db,
           gpointer  n,
           GError  **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_LEADS, error);

  rungs_statement_bind_int64 (insert, ":n", *(gint64 *) n);
  return rungs_statement_run (insert, error) && rungs_lead_search_rebuild (db, error)
         && run (db, SQL_TAGS, error) && run (db, SQL_TAGGED, error);
}

static void
make_file (const char *path,
           gint64      n)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  db = rungs_business_create (path, "Million", "EUR", "UTC", clock, &error);
  g_assert_no_error (error);
  rungs_db_set_cache_mebibytes (db, 256);
  rungs_db_write (db, add_leads, &n, &error);
  g_assert_no_error (error);
}

static void
store_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(RungsStore **) data = rungs_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer pointer)
{
  return *(gpointer *) pointer != NULL;
}

static void
listed_cb (Bench *bench)
{
  bench->listed = TRUE;
}

/* Microseconds for which this thread, or the whole program, has had the processor. */
static gint64
worked (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock,
                 Bench         *bench)
{
  bench->frame_began = g_get_monotonic_time ();
  bench->frame_worked = worked (CLOCK_THREAD_CPUTIME_ID);
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  gint64 took = g_get_monotonic_time () - bench->frame_began;
  gint64 work = worked (CLOCK_THREAD_CPUTIME_ID) - bench->frame_worked;

  g_array_append_val (bench->frames, took);
  g_array_append_val (bench->works, work);
  if (bench->listed)
    bench->painted = TRUE;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const gint64 *x = a;
  const gint64 *y = b;

  return (*x > *y) - (*x < *y);
}

static double
share (GArray *times,
       double  of)
{
  return g_array_index (times, gint64, (guint) (of * (times->len - 1))) / 1000.0;
}

static void
report (const char *what,
        GArray     *times)
{
  guint long_ones = 0;

  g_array_sort (times, compare_times);
  for (guint i = 0; i < times->len; i++)
    long_ones += g_array_index (times, gint64, i) > FRAME_MS * 1000;
  g_print ("%-28s p50 %6.1f ms, p95 %6.1f ms, longest %6.1f ms; over %d ms: %u of %u\n", what,
           share (times, 0.5), share (times, 0.95), share (times, 1), FRAME_MS, long_ones,
           times->len);
}

/* From the last letter of `typed` to rows that are painted. */
static void
measure_key (Bench      *bench,
             GtkWidget  *entry,
             const char *typed,
             GArray     *times,
             GArray     *works)
{
  int end = (int) strlen (typed) - 1;
  gint64 began = g_get_monotonic_time ();
  gint64 before = worked (CLOCK_PROCESS_CPUTIME_ID);

  bench->listed = FALSE;
  bench->painted = FALSE;
  gtk_editable_insert_text (GTK_EDITABLE (entry), typed + end, 1, &end);
  while (!bench->painted)
    {
      g_main_context_iteration (NULL, TRUE);
      if (bench->listed && !bench->painted)
        gtk_widget_queue_draw (bench->browser);
    }
  began = g_get_monotonic_time () - began;
  before = worked (CLOCK_PROCESS_CPUTIME_ID) - before;
  g_array_append_val (times, began);
  g_array_append_val (works, before);
}

/* Types the words letter by letter, as fast as quick hands do. */
static void
measure_search (Bench      *bench,
                const char *what)
{
  GtkWidget *entry = rungs_app_fixture_find_type (bench->page, GTK_TYPE_SEARCH_ENTRY);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) works = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      rungs_page_set_search_text (RUNGS_PAGE (bench->page), "");
      rungs_app_fixture_settle (500);
      for (gsize n = 1; n <= strlen (WORDS[i]); n++)
        {
          g_autofree char *typed = g_strndup (WORDS[i], n);

          rungs_app_fixture_settle (KEY_MS);
          measure_key (bench, entry, typed, times, works);
        }
    }
  report (what, times);
  report ("  of it work, all threads", works);
}

/* ---- without the window */

/* What is asked, by the program or by hand, in a transaction each. */
typedef struct
{
  RungsLeadRoll *roll;
  const char *typed; /* (nullable): what stands in the entry; NULL: the page opens */
  const char *sql;
  const char *words; /* (nullable) */
} Asking;

static gboolean
ask_by_hand (RungsDb   *db,
             gpointer   data,
             GError   **error)
{
  const Asking *asking = data;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, asking->sql, error);

  if (query == NULL)
    return FALSE;
  if (asking->words != NULL)
    rungs_statement_bind_text (query, ":words", asking->words);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    for (int column = rungs_statement_count_columns (query); column > 0; column--)
      g_free (rungs_statement_dup_text (query, column - 1));
  return rungs_statement_done (query, error);
}

/* What the page asks at a key press, or when it opens. */
static gboolean
ask_own (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  const Asking *asking = data;
  const RungsBrowserSource *source = rungs_lead_rows_get_source ();
  RungsLeadQuery query = { .words = (char *) asking->typed,
                           .sort = RUNGS_LEAD_SORT_CREATED,
                           .descending = TRUE };
  RungsLeadRowsQuery *asked
    = rungs_lead_rows_query_new (rungs_lead_query_copy (&query), NULL, asking->roll);
  g_autoptr (GPtrArray) rows = NULL;
  gpointer list = source->list (db, asked, 256, error);

  if (list != NULL)
    {
      rows = source->rows (db, list, 0, 64, error);
      source->list_free (list);
    }
  source->query_free (asked);
  return rows != NULL;
}

static void
ask_in_turn (RungsDb     *db,
             RungsDbFunc  func,
             Asking      *asking,
             GArray      *times)
{
  g_autoptr (GError) error = NULL;
  RungsBenchTime began = rungs_bench_time_now ();

  rungs_db_read (db, func, asking, &error);
  g_assert_no_error (error);
  rungs_bench_times_add (times, began, 1);
}

static void
measure_page (RungsDb       *db,
              RungsLeadRoll *roll)
{
  g_autoptr (GArray) own = rungs_bench_times_new ();
  g_autoptr (GArray) by_hand = rungs_bench_times_new ();
  Asking asking = { .roll = roll, .sql = SQL_PAGE };

  for (guint i = 0; i < OPENINGS; i++)
    {
      ask_in_turn (db, ask_own, &asking, own);
      ask_in_turn (db, ask_by_hand, &asking, by_hand);
    }
  g_print ("asking for the page: ");
  rungs_bench_times_compare (own, by_hand);
  g_print ("\n");
}

/* By hand, the quickest of the ways counts. */
static void
measure_words (RungsDb       *db,
               RungsLeadRoll *roll,
               const char    *typed,
               GArray        *all_own,
               GArray        *all_by_hand)
{
  g_autofree char *words = rungs_lead_search_query (typed);
  RungsBenchTime best = { G_MAXDOUBLE, G_MAXDOUBLE };
  g_autoptr (GArray) own = rungs_bench_times_new ();
  RungsBenchTime median;

  for (guint k = 0; k < G_N_ELEMENTS (SQL_SEARCHES); k++)
    {
      g_autoptr (GArray) by_hand = rungs_bench_times_new ();
      Asking asking = { roll, typed, SQL_SEARCHES[k], words };

      for (guint i = 0; i < ROUNDS; i++)
        {
          ask_in_turn (db, ask_own, &asking, own);
          ask_in_turn (db, ask_by_hand, &asking, by_hand);
        }
      median = rungs_bench_times_get_median (by_hand);
      best.clock = MIN (best.clock, median.clock);
      best.work = MIN (best.work, median.work);
    }
  median = rungs_bench_times_get_median (own);
  g_array_append_val (all_own, median);
  g_array_append_val (all_by_hand, best);
}

static void
measure_asking (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_db_open (path, RUNGS_DB_READ, &error);
  RungsLeadRoll *roll = rungs_lead_roll_new ();
  g_autoptr (GArray) own = rungs_bench_times_new ();
  g_autoptr (GArray) by_hand = rungs_bench_times_new ();
  RungsLeadQuery all = { .sort = RUNGS_LEAD_SORT_CREATED, .descending = TRUE };
  RungsLeadRowsQuery *whole = NULL;

  g_assert_no_error (error);
  measure_page (db, roll);
  whole = rungs_lead_rows_query_new (rungs_lead_query_copy (&all), NULL, roll);
  rungs_lead_list_unref (rungs_lead_rows_find (db, whole, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    for (gsize n = 1; n <= strlen (WORDS[i]); n++)
      {
        g_autofree char *typed = g_strndup (WORDS[i], n);

        measure_words (db, roll, typed, own, by_hand);
      }
  g_print ("asking at a key press: ");
  rungs_bench_times_compare (own, by_hand);
  g_print ("\n");
  rungs_lead_rows_query_free (whole);
  rungs_lead_roll_unref (roll);
}

static gboolean
is_whole (gpointer browser)
{
  return rungs_browser_is_whole (browser);
}

/* From choosing a filter to all rows that it finds. */
static void
measure_filter (Bench      *bench,
                const char *rule,
                const char *what)
{
  gint64 began = g_get_monotonic_time ();

  bench->listed = FALSE;
  rungs_page_show_target (RUNGS_PAGE (bench->page), rule);
  while (!bench->listed)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%-28s %6.1f ms to the first rows,", what, (g_get_monotonic_time () - began) / 1000.0);
  rungs_app_fixture_wait (is_whole, bench->browser);
  g_print (" %6.1f ms to all %u\n", (g_get_monotonic_time () - began) / 1000.0,
           rungs_browser_get_n_rows (RUNGS_BROWSER (bench->browser)));
}

static gboolean
all_selected (gpointer browser)
{
  return rungs_browser_get_n_selected (browser) == rungs_browser_get_n_rows (browser);
}

static void
measure_select_all (Bench *bench)
{
  gint64 began = g_get_monotonic_time ();

  rungs_browser_select_all (RUNGS_BROWSER (bench->browser));
  rungs_app_fixture_wait (all_selected, bench->browser);
  g_print ("%-28s %6.1f ms, %u leads\n", "Ctrl+A", (g_get_monotonic_time () - began) / 1000.0,
           rungs_browser_get_n_selected (RUNGS_BROWSER (bench->browser)));
}

static gboolean
draw_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_told (gpointer page)
{
  return rungs_app_fixture_find (page, "_Undo") != NULL;
}

/* All that are selected get a tag. */
static void
measure_tagging (Bench *bench)
{
  GArray *leads = rungs_browser_get_selected (RUNGS_BROWSER (bench->browser));
  guint n = leads->len;
  guint tick = gtk_widget_add_tick_callback (bench->browser, draw_cb, NULL, NULL);
  gint64 began = g_get_monotonic_time ();

  g_array_set_size (bench->frames, 0);
  g_array_set_size (bench->works, 0);
  rungs_lead_bulk_add_tag (RUNGS_PAGE (bench->page), leads, "new");
  while (!is_told (bench->page))
    g_main_context_iteration (NULL, TRUE);
  g_print ("%-28s %6.1f s, %u leads\n", "a tag for them",
           (g_get_monotonic_time () - began) / 1000000.0, n);
  gtk_widget_remove_tick_callback (bench->browser, tick);
  report ("a frame, meanwhile", bench->frames);
  report ("  of it work", bench->works);
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  Bench *bench = data;
  double upper = gtk_adjustment_get_upper (bench->scroll);
  double value = bench->dragging ? upper * bench->step / FRAMES
                                 : gtk_adjustment_get_value (bench->scroll) + 120;

  gtk_adjustment_set_value (bench->scroll, value);
  return ++bench->step < FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_scrolled (gpointer bench)
{
  return ((Bench *) bench)->step >= FRAMES;
}

static void
measure_frames (Bench      *bench,
                gboolean    dragging,
                const char *what)
{
  bench->step = 0;
  bench->dragging = dragging;
  gtk_adjustment_set_value (bench->scroll, 0);
  rungs_app_fixture_settle (500);
  g_array_set_size (bench->frames, 0);
  g_array_set_size (bench->works, 0);
  gtk_widget_add_tick_callback (bench->browser, scroll_cb, bench, NULL);
  rungs_app_fixture_wait (is_scrolled, bench);
  report (what, bench->frames);
  report ("  of it work", bench->works);
}

static GtkWindow *
show_page (Bench      *bench,
           RungsStore *store)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GdkFrameClock *clock = NULL;
  gint64 began = g_get_monotonic_time ();

  bench->page = g_object_new (RUNGS_TYPE_LEADS_PAGE, "store", store, "title", "Leads", NULL);
  bench->browser = rungs_app_fixture_find_type (bench->page, RUNGS_TYPE_BROWSER);
  g_signal_connect_swapped (bench->browser, "notify::n-rows", G_CALLBACK (listed_cb), bench);
  gtk_window_set_default_size (window, 1280, 800);
  gtk_window_set_child (window, bench->page);
  gtk_window_present (window);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  while (!bench->painted)
    {
      if (bench->listed)
        gtk_widget_queue_draw (bench->browser);
      g_main_context_iteration (NULL, TRUE);
    }
  g_print ("%-28s %6.1f ms\n", "page to first rows", (g_get_monotonic_time () - began) / 1000.0);
  rungs_app_fixture_settle (3000);
  bench->scroll = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (
    rungs_app_fixture_find_type (bench->browser, GTK_TYPE_COLUMN_VIEW)));
  return window;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  GtkWindow *window = NULL;
  RungsStore *store = NULL;
  Bench bench = { 0 };
  gint64 n = 0;

  rungs_app_fixture_init (&argc, &argv);
  n = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000;
  folder = rungs_app_fixture_folder ();
  path = argc > 2 ? g_strdup (argv[2]) : g_build_filename (folder, "rungs.db", NULL);
  make_file (path, n);
  if (argc > 3)
    {
      measure_asking (path);
      return 0;
    }

  bench.frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.works = g_array_new (FALSE, FALSE, sizeof (gint64));
  rungs_store_open_async (path, RUNGS_DB_WRITE, rungs_business_open, NULL, store_opened_cb, &store);
  rungs_app_fixture_wait (is_set, &store);
  g_print ("%" G_GINT64_FORMAT " leads\n", n);
  measure_asking (path);
  window = show_page (&bench, store);
  measure_frames (&bench, FALSE, "a frame, scrolling");
  measure_frames (&bench, TRUE, "a frame, dragging the bar");
  measure_search (&bench, "key press to rows");
  rungs_page_set_search_text (RUNGS_PAGE (bench.page), "");
  rungs_app_fixture_settle (1000);
  measure_filter (&bench, RULE ("half"), "a filter");
  measure_search (&bench, "key press, with a filter");
  rungs_page_set_search_text (RUNGS_PAGE (bench.page), "");
  rungs_app_fixture_settle (1000);
  measure_filter (&bench, "rule:", "no filter again");
  rungs_app_fixture_settle (1000);
  measure_select_all (&bench);
  measure_filter (&bench, RULE ("tenth"), "another filter");
  rungs_app_fixture_settle (1000);
  measure_select_all (&bench);
  measure_tagging (&bench);
  gtk_window_destroy (window);
  rungs_store_close (store);
  g_object_unref (store);
  g_array_unref (bench.frames);
  g_array_unref (bench.works);
  return 0;
}
