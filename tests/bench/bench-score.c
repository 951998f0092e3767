/* bench-score.c: scores of a million leads with ten million events: how long it takes to count all
 * anew, to let a day pass, and what an event costs, beside the same by SQL that was written by
 * hand.
 *
 * The hand-written SQL knows what is left of a point after each number of days from a table, groups
 * the events by day to cap them, and writes only the scores that are others. It does not say when a
 * score changes next, so that when a day passes it has to count everybody.
 *
 * usage: bench-score [LEADS [FILE]]; a file that is there is used as it is. */

#include <glib/gstdio.h>
#include <math.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "engine/rungs-score-round.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-score-explain-store.h"
#include "leads/rungs-score-store.h"
#include "rungs-bench-time.h"

#define EVENTS 200
#define ROUNDS 3
#define NOW G_GINT64_CONSTANT (1774000000000)

#define LEADS_FROM(what)                                                                           \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) " what

static const char *const FILL[] = {
  LEADS_FROM ("INSERT INTO lead (email, email_key, first_name, last_name, created_at, updated_at)"
              " SELECT printf ('lead%d@example.com', i), printf ('lead%d@example.com', i), 'Ann',"
              "        printf ('Smith%d', i % 5003), 1774000000000, 0 FROM n"),
  LEADS_FROM ("INSERT INTO event (lead, kind, at, ref)"
              " SELECT i, CASE k.value WHEN 0 THEN 'lead.created' WHEN 1 THEN 'form.submitted'"
              "        WHEN 2 THEN 'note.added' WHEN 3 THEN 'mail.clicked'"
              "        WHEN 4 THEN 'mail.clicked' WHEN 5 THEN 'touch.made'"
              "        WHEN 6 THEN 'order.placed' ELSE 'mail.sent' END,"
              "        1774000000000 - (i * 7919 + k.value * 104729) % 1000 * 63072000, NULL"
              "   FROM n, json_each ('[0,1,2,3,4,5,6,7,8,9]') k"),
};

#define TODAY ":now / 86400000"

/* By hand; a rule of no half-life would want a further CASE. */
static const char *const BY_HAND[] = {
  "CREATE TEMP TABLE IF NOT EXISTS remains (rule INTEGER, age INTEGER, part REAL,"
  " PRIMARY KEY (rule, age)) WITHOUT ROWID",
  "DELETE FROM temp.remains",
  "WITH RECURSIVE a (age) AS (SELECT 0 UNION ALL SELECT age + 1 FROM a WHERE age < 1000)"
  " INSERT INTO temp.remains SELECT r.id, a.age, pow (2, -1.0 * a.age / r.half_life)"
  "   FROM a, score_rule r",
  "CREATE TEMP TABLE IF NOT EXISTS sums (lead INTEGER PRIMARY KEY, points INTEGER)",
  "DELETE FROM temp.sums",
  "INSERT INTO temp.sums (lead, points)"
  " SELECT s.lead, round (sum (max (-r.day_cap, min (r.day_cap, s.n * r.points)) * d.part))"
  "   FROM (SELECT e.lead AS lead, x.id AS rule, e.at / 86400000 AS day, count (*) AS n"
  "           FROM score_rule x CROSS JOIN event e INDEXED BY event_kind_lead ON e.kind = x.kind"
  "          GROUP BY x.id, e.lead, e.at / 86400000) s"
  "   JOIN score_rule r ON r.id = s.rule"
  "   JOIN temp.remains d ON d.rule = s.rule AND d.age = " TODAY " - s.day"
  "  GROUP BY s.lead",
  "UPDATE lead SET score = lead.points + s.points FROM temp.sums s"
  " WHERE s.lead = lead.id AND lead.score <> lead.points + s.points",
};

static const char SQL_COUNT_WRONG[] =
  "SELECT count (*) FROM lead l JOIN temp.sums s ON s.lead = l.id"
  " WHERE l.score <> l.points + s.points";

static double
milliseconds_since (gint64 began)
{
  return (g_get_monotonic_time () - began) / 1000.0;
}

static gboolean
run (RungsDb     *db,
     const char  *sql,
     const char  *name,
     gint64       value,
     GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  if (rungs_statement_has (statement, name))
    rungs_statement_bind_int64 (statement, name, value);
  return rungs_statement_run (statement, error);
}

static gboolean
fill (RungsDb   *db,
      gpointer   n,
      GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (FILL); i++)
    if (!run (db, FILL[i], ":n", *(gint64 *) n, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_rules (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  return rungs_score_rule_add_usual (db, NOW, error);
}

static gboolean
count_by_hand (RungsDb   *db,
               gpointer   now,
               GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (BY_HAND); i++)
    if (!run (db, BY_HAND[i], ":now", *(gint64 *) now, error))
      return FALSE;
  return TRUE;
}

static gboolean
forget (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  return run (db, "UPDATE lead SET score = points WHERE score <> points", "", 0, error);
}

/* `times`: (nullable). Returns: milliseconds by the clock. */
static double
write_timed (RungsDb     *db,
             RungsDbFunc  func,
             gpointer     data,
             GArray      *times)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  RungsBenchTime start = rungs_bench_time_now ();

  rungs_db_write (db, func, data, &error);
  g_assert_no_error (error);
  if (times != NULL)
    rungs_bench_times_add (times, start, 1);
  return milliseconds_since (began);
}

static double
time_write (RungsDb     *db,
            RungsDbFunc  func,
            gpointer     data)
{
  return write_timed (db, func, data, NULL);
}

static void
time_work (RungsDb *db,
           gint64   now,
           gint64  *counted,
           GArray  *times)
{
  g_autoptr (GError) error = NULL;
  RungsBenchTime began = rungs_bench_time_now ();

  rungs_scores_work_off (db, now, NULL, NULL, NULL, counted, &error);
  g_assert_no_error (error);
  rungs_bench_times_add (times, began, 1);
}

static gint64
ask (RungsDb    *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, &error);
  gint64 number = 0;

  g_assert_no_error (error);
  rungs_statement_get_number (query, 0, &number, &error);
  g_assert_no_error (error);
  return number;
}

static gboolean
begin_anew (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  return rungs_scores_begin_anew (db, error);
}

/* In turns: what others have put in memory is there for both. */
static void
time_all (RungsDb *db)
{
  g_autoptr (GArray) own = rungs_bench_times_new ();
  g_autoptr (GArray) by_hand = rungs_bench_times_new ();
  gint64 now = NOW;
  gint64 counted = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      time_write (db, forget, NULL);
      write_timed (db, count_by_hand, &now, by_hand);
      time_write (db, forget, NULL);
      time_write (db, begin_anew, NULL);
      time_work (db, NOW, &counted, own);
      g_assert_cmpint (ask (db, SQL_COUNT_WRONG), ==, 0);
    }
  g_print ("all %" G_GINT64_FORMAT " anew: ", counted);
  rungs_bench_times_compare (own, by_hand);
  g_print ("\n");
}

static void
time_days (RungsDb *db)
{
  for (int day = 1; day <= 3; day++)
    {
      g_autoptr (GArray) own = rungs_bench_times_new ();
      g_autoptr (GArray) by_hand = rungs_bench_times_new ();
      gint64 now = NOW + day * RUNGS_DAY;
      gint64 counted;

      time_work (db, now, &counted, own);
      write_timed (db, count_by_hand, &now, by_hand);
      g_assert_cmpint (rungs_db_get_changes (db), ==, 0);
      g_print ("a day, %" G_GINT64_FORMAT " leads due; by hand all are asked: ", counted);
      rungs_bench_times_compare (own, by_hand);
      g_print ("\n");
    }
}

static gboolean
add_event (RungsDb   *db,
           gpointer   lead,
           GError   **error)
{
  return rungs_event_add (db, *(gint64 *) lead, "form.submitted", NOW + 3 * RUNGS_DAY, 0, "Trial",
                          error)
         != 0;
}

static double
time_events (RungsDb *db,
             gint64   n)
{
  gint64 began = g_get_monotonic_time ();

  for (gint64 i = 1; i <= EVENTS; i++)
    {
      gint64 lead = 1 + i * 4999 % n;

      time_write (db, add_event, &lead);
    }
  return milliseconds_since (began) / EVENTS;
}

static gboolean
add_long_story (RungsDb   *db,
                gpointer   n,
                GError   **error)
{
  return run (db,
              LEADS_FROM ("INSERT INTO event (lead, kind, at)"
                          " SELECT 1, 'form.submitted', 1774000000000 - i * 3600000 FROM n"),
              ":n", *(gint64 *) n, error);
}

/* All that a lead ever did is read when it does something. */
static void
time_long_story (RungsDb *db)
{
  gint64 n = 10000;
  gint64 lead = 1;
  double best = G_MAXDOUBLE;

  time_write (db, add_long_story, &n);
  for (guint i = 0; i < 10; i++)
    best = MIN (best, time_write (db, add_event, &lead));
  g_print ("an event of a lead with 10,000 that count: %.2f ms\n", best);
}

static gboolean
follow (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  return rungs_scores_follow (db, NOW + 3 * RUNGS_DAY, error);
}

static gboolean
skip (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  return rungs_event_skip (db, "scores", error);
}

static void
time_others (RungsDb *db)
{
  g_autoptr (GPtrArray) rules = rungs_score_rule_list (db, NULL);
  RungsScorePreview preview;
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  for (gint64 lead = 1; lead <= 1000; lead++)
    rungs_score_reasons_free (rungs_score_explain (db, lead * 7, NOW, NULL));
  g_print ("why: %.3f ms; ", milliseconds_since (began) / 1000);
  began = g_get_monotonic_time ();
  rungs_score_preview (db, 0, g_ptr_array_index (rules, 1), NOW, &preview, &error);
  g_assert_no_error (error);
  g_print ("what a rule would change for %" G_GINT64_FORMAT " leads: %.0f ms\n", preview.leads,
           milliseconds_since (began));
}

static RungsDb *
open_file (const char *path,
           gint64      n)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  RungsDb *db;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  else
    db = rungs_business_create (path, "Million", "EUR", "UTC", clock, &error);
  g_assert_no_error (error);
  rungs_db_set_follower (db, NULL, NULL, NULL);
  rungs_db_set_cache_mebibytes (db, 256); /* the one transaction by hand needs it */
  if (ask (db, "SELECT EXISTS (SELECT 1 FROM lead)") == 0)
    {
      time_write (db, fill, &n);
      time_write (db, add_rules, NULL);
      time_write (db, skip, NULL);
      g_print ("made in %.0f s\n", milliseconds_since (began) / 1000);
    }
  return db;
}

int
main (int    argc,
      char **argv)
{
  gint64 n = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000;
  g_autofree char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);
  g_autofree char *own = g_build_filename (folder, "rungs.db", NULL);
  const char *path = argc > 2 ? argv[2] : own;
  RungsDb *db = open_file (path, n);
  double alone;

  time_all (db);
  time_days (db);
  alone = time_events (db, n);
  time_write (db, skip, NULL);
  rungs_db_set_follower (db, follow, NULL, NULL);
  g_print ("an event %.2f ms, without scores %.2f ms\n", time_events (db, n), alone);
  time_others (db);
  time_long_story (db);
  rungs_db_close (db);
  if (argc <= 2)
    g_unlink (path);
  g_rmdir (folder);
  return 0;
}
