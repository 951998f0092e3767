/* bench-segments.c: rules over a million leads with ten million events: how long a count, a page
 * and a question about one lead take, beside the same asked by SQL that was written by hand.
 *
 * The hand-written SQL comes in several shapes, as somebody who knows SQLite would try them; the
 * fastest counts.
 *
 * Of membership both ask the same rules about the lead of each event, hold the answer against the
 * list, and commit durably. By hand the lead and the rules are known beforehand; ours finds both in
 * the file, is ready to write down who came and went, and keeps how far it has followed.
 *
 * usage: bench-segments [LEADS [FILE [membership]]]; a file that is there is used as it is;
 * "membership": that alone. */

#include <glib/gstdio.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "rungs-bench-business.h"
#include "rungs-bench-time.h"
#include "segments/rungs-rule.h"
#include "segments/rungs-segment-store.h"
#include "segments/rungs-segments-follow.h"

#define TIMES 5
#define EVENTS 200
#define CHANGES 9
#define NOW RUNGS_BENCH_NOW

typedef struct
{
  const char *what;
  const char *rule; /* ' for " */
  const char *by_hand[4];
} Question;

#define YEAR "1774000000000 - 365 * 86400000"
#define NOT_GIVEN_BACK                                                                             \
  "coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = n.id) < n.amount, 1)"

static const Question QUESTIONS[] = {
  { "a tag of 2 %", "{'field': 'tag', 'op': 'has', 'value': 'fiftieth'}",
    { "SELECT count(*) FROM lead_tag WHERE tag = 3" } },
  { "a country of half", "{'field': 'country', 'op': 'is', 'value': 'DE'}",
    { "SELECT count(*) FROM lead WHERE country = 'DE' COLLATE NOCASE" } },
  { "consent",
    "{'field': 'consent', 'op': 'is', 'value': true}",
    { "SELECT count(*) FROM (SELECT lead, max (id * 2 + (action = 'given')) % 2 AS g FROM consent c"
      "  WHERE purpose = 'marketing' AND channel = 'email' AND action <> 'annulled'"
      "  GROUP BY lead) WHERE g = 1" } },
  { "5 rules, one selective",
    "{'all': [{'field': 'country', 'op': 'in', 'value': ['DE', 'AT']},"
    " {'field': 'created', 'op': 'within_days', 'value': 730},"
    " {'field': 'tag', 'op': 'has', 'value': 'fiftieth'},"
    " {'field': 'tag', 'op': 'has_not', 'value': 'third'},"
    " {'field': 'events', 'kind': 'mail.clicked', 'within_days': 365, 'op': 'at_least', 'value':"
    " 1},"
    " {'field': 'owns', 'op': 'has_not', 'value': 'KIT'}]}",
    { "SELECT count(*) FROM lead_tag t JOIN lead l ON l.id = t.lead WHERE t.tag = 3"
      " AND l.country COLLATE NOCASE IN ('DE', 'AT')"
      " AND l.created_at BETWEEN 1774000000000 - 730 * 86400000 AND 1774000000000"
      " AND NOT EXISTS (SELECT 1 FROM lead_tag x WHERE x.lead = l.id AND x.tag = 1)"
      " AND EXISTS (SELECT 1 FROM event e WHERE e.kind = 'mail.clicked' AND e.lead = l.id"
      "             AND e.at BETWEEN " YEAR " AND 1774000000000)"
      " AND NOT EXISTS (SELECT 1 FROM sales_order o JOIN order_line n ON n.sales_order = o.id"
      "                  WHERE o.lead = l.id AND +n.product = 2 AND " NOT_GIVEN_BACK ")" } },
  { "5 rules, none selective",
    "{'all': [{'field': 'country', 'op': 'in', 'value': ['DE', 'AT']},"
    " {'field': 'score', 'op': 'at_least', 'value': 20},"
    " {'field': 'events', 'kind': 'mail.clicked', 'within_days': 365, 'op': 'at_least', 'value':"
    " 1},"
    " {'field': 'consent', 'op': 'is', 'value': true},"
    " {'field': 'orders', 'op': 'is', 'value': 0}]}",
    { "SELECT count(*) FROM lead l WHERE l.country COLLATE NOCASE IN ('DE', 'AT') AND l.score >= 20"
      " AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.lead = l.id)"
      " AND EXISTS (SELECT 1 FROM event e WHERE e.kind = 'mail.clicked' AND e.lead = l.id"
      "             AND e.at BETWEEN " YEAR " AND 1774000000000)"
      " AND (SELECT max (c.id * 2 + (c.action = 'given')) % 2 FROM consent c WHERE c.lead = l.id"
      "         AND c.purpose = 'marketing' AND c.channel = 'email' AND c.action <> 'annulled') ="
      " 1",
      "SELECT count(*) FROM lead l WHERE l.country COLLATE NOCASE IN ('DE', 'AT') AND l.score >= 20"
      " AND l.id NOT IN (SELECT lead FROM sales_order)"
      " AND l.id IN (SELECT e.lead FROM event e WHERE e.kind = 'mail.clicked'"
      "              AND e.at BETWEEN " YEAR " AND 1774000000000)"
      " AND l.id IN (SELECT lead FROM consent"
      "               WHERE purpose = 'marketing' AND channel = 'email' AND action <> 'annulled'"
      "               GROUP BY lead HAVING max (id * 2 + (action = 'given')) % 2)" } },
  { "at least 3 events in a year",
    "{'field': 'events', 'kind': 'mail.sent', 'within_days': 365, 'op': 'at_least', 'value': 3}",
    { "SELECT count(*) FROM (SELECT lead FROM event WHERE kind = 'mail.sent'"
      " AND at BETWEEN " YEAR " AND 1774000000000 GROUP BY lead HAVING count(*) >= 3)",
      "SELECT count(*) FROM (SELECT lead FROM event INDEXED BY event_kind_lead WHERE kind ="
      " 'mail.sent'"
      " AND at BETWEEN " YEAR " AND 1774000000000 GROUP BY lead HAVING count(*) >= 3)",
      "SELECT count(*) FROM lead l WHERE (SELECT count(*) FROM event e WHERE e.kind = 'mail.sent'"
      " AND e.lead = l.id AND e.at BETWEEN " YEAR " AND 1774000000000) >= 3" } },
  { "spent at least 50",
    "{'field': 'spent', 'op': 'at_least', 'value': 5000}",
    { "SELECT count(*) FROM (SELECT o.lead FROM sales_order o JOIN order_line n ON n.sales_order"
      " = o.id"
      "  WHERE o.currency = 'EUR' GROUP BY o.lead"
      "  HAVING sum (n.amount - coalesce ((SELECT sum (r.amount) FROM refund_line r"
      "                                     WHERE r.order_line = n.id), 0)) >= 5000)" } },
  { "birthday in the next 7 days",
    "{'field': 'field:born', 'op': 'yearly_in_days', 'value': 7}",
    { "SELECT count(*) FROM lead_value WHERE field = 1"
      " AND substr (value, 6, 5) BETWEEN '03-20' AND '03-27'" } },
  { "20 rules, nested",
    "{'all': [{'any': [{'field': 'country', 'op': 'in', 'value': ['DE', 'AT']},"
    "   {'all': [{'field': 'country', 'op': 'is', 'value': 'US'},"
    "            {'field': 'score', 'op': 'at_least', 'value': 50}]}]},"
    " {'none': [{'field': 'tag', 'op': 'has', 'value': 'third'},"
    "           {'field': 'bounced', 'op': 'is', 'value': true},"
    "           {'field': 'owns', 'op': 'has', 'value': 'CLASS'}]},"
    " {'any': [{'field': 'tag', 'op': 'has', 'value': 'tenth'},"
    "          {'field': 'tag', 'op': 'has', 'value': 'fiftieth'},"
    "          {'field': 'events', 'kind': 'form.submitted', 'within_days': 180, 'op': 'more',"
    " 'value': 0},"
    "          {'field': 'orders', 'within_days': 365, 'op': 'at_least', 'value': 1}]},"
    " {'field': 'consent', 'op': 'is', 'value': true},"
    " {'any': [{'field': 'source_kind', 'op': 'has', 'value': 'ppc'},"
    "          {'field': 'path', 'op': 'has', 'value': 'opt-in'}]},"
    " {'field': 'created', 'op': 'within_days', 'value': 1000},"
    " {'field': 'events', 'kind': 'mail.clicked', 'within_days': 365, 'op': 'at_least', 'value':"
    " 1},"
    " {'none': [{'all': [{'field': 'city', 'op': 'starts_with', 'value': 'City 1'},"
    "                    {'field': 'score', 'op': 'less', 'value': 10}]},"
    "           {'field': 'spent', 'op': 'more', 'value': 9000},"
    "           {'field': 'events', 'kind': 'note.added', 'within_days': 30, 'op': 'at_least',"
    " 'value': 1}]},"
    " {'field': 'email', 'op': 'not_empty'}, {'field': 'last_name', 'op': 'contains', 'value':"
    " '1'}]}",
    { "SELECT count(*) FROM lead l WHERE (l.country COLLATE NOCASE IN ('DE', 'AT')"
      "   OR (l.country = 'US' COLLATE NOCASE AND l.score >= 50))"
      " AND l.bounced_at IS NULL AND +l.created_at BETWEEN 1774000000000 - 1000 * 86400000 AND"
      " 1774000000000"
      " AND l.email <> '' AND instr (lower (l.last_name), '1') > 0"
      " AND NOT (substr (lower (l.city), 1, 6) = 'city 1' AND l.score < 10)"
      " AND NOT EXISTS (SELECT 1 FROM lead_tag x WHERE x.lead = l.id AND x.tag = 1)"
      " AND EXISTS (SELECT 1 FROM event e WHERE e.kind = 'mail.clicked' AND e.lead = l.id"
      "             AND e.at BETWEEN " YEAR " AND 1774000000000)"
      " AND (EXISTS (SELECT 1 FROM lead_tag x WHERE x.lead = l.id AND x.tag IN (2, 3))"
      "      OR EXISTS (SELECT 1 FROM event e WHERE e.kind = 'form.submitted' AND e.lead = l.id"
      "                  AND e.at BETWEEN 1774000000000 - 180 * 86400000 AND 1774000000000)"
      "      OR EXISTS (SELECT 1 FROM sales_order o WHERE o.lead = l.id"
      "                  AND o.at BETWEEN " YEAR " AND 1774000000000))"
      " AND NOT EXISTS (SELECT 1 FROM event e WHERE e.kind = 'note.added' AND e.lead = l.id"
      "                  AND e.at BETWEEN 1774000000000 - 30 * 86400000 AND 1774000000000)"
      " AND NOT EXISTS (SELECT 1 FROM sales_order o JOIN order_line n ON n.sales_order = o.id"
      "                  WHERE o.lead = l.id AND +n.product = 3 AND " NOT_GIVEN_BACK ")"
      " AND EXISTS (SELECT 1 FROM touch t WHERE t.lead = l.id AND (t.source = 1 OR t.path ="
      " 'opt-in'))"
      " AND coalesce ((SELECT sum (n.amount - coalesce ((SELECT sum (r.amount) FROM refund_line r"
      "                                     WHERE r.order_line = n.id), 0))"
      "        FROM sales_order o JOIN order_line n ON n.sales_order = o.id"
      "       WHERE o.lead = l.id AND o.currency = 'EUR'), 0) <= 9000"
      " AND (SELECT max (c.id * 2 + (c.action = 'given')) % 2 FROM consent c WHERE c.lead = l.id"
      "         AND c.purpose = 'marketing' AND c.channel = 'email' AND c.action <> 'annulled') ="
      " 1" } },
};

static double
milliseconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / 1000;
}

static void
keep_best (double *best,
           double  time)
{
  *best = MIN (*best, time);
}

static double
time_rule (RungsDb   *db,
           RungsRule *rule,
           gint64    *count)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  rungs_rule_count (db, rule, NOW, count, &error);
  g_assert_no_error (error);
  return milliseconds_since (began);
}

static double
time_sql (RungsDb    *db,
          const char *sql,
          gint64     *count)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  rungs_statement_get_number (query, 0, count, &error);
  g_assert_no_error (error);
  return milliseconds_since (began);
}

/* The first page, and one lead asked a thousand times. */
static void
time_others (RungsDb   *db,
             RungsRule *rule)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GArray) page = rungs_rule_list (db, rule, NOW, 0, 50, NULL);
  double first = milliseconds_since (began);
  gboolean matches;

  began = g_get_monotonic_time ();
  for (gint64 lead = 1; lead <= 1000; lead++)
    rungs_rule_matches (db, rule, lead * 7, NOW, &matches, NULL);
  g_print ("; 50 of them %.1f ms, one lead %.3f ms\n", first, milliseconds_since (began) / 1000);
}

/* In turns, so that what else the machine does is done to all. */
static void
answer (RungsDb        *db,
        const Question *question)
{
  g_autofree char *json = g_strdelimit (g_strdup (question->rule), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRule) rule = rungs_rule_parse (json, &error);
  double hand = G_MAXDOUBLE;
  double own = G_MAXDOUBLE;
  gint64 count = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < TIMES; i++)
    {
      keep_best (&own, time_rule (db, rule, &count));
      for (guint k = 0; question->by_hand[k] != NULL; k++)
        {
          gint64 expected = -1;

          keep_best (&hand, time_sql (db, question->by_hand[k], &expected));
          g_assert_cmpint (count, ==, expected);
        }
    }
  g_print ("%-28s %8" G_GINT64_FORMAT " leads, %7.1f ms, by hand %7.1f ms: %4.2f x", question->what,
           count, own, hand, own / hand);
  time_others (db, rule);
}

/* ---- membership */

static gboolean
follow (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  return rungs_segments_follow (db, NOW, error);
}

/* The questions whose SQL by hand can be asked about one lead: "… AND l.id = :lead". */
static gboolean
is_about_leads (const Question *question)
{
  return g_strstr_len (question->by_hand[0], -1, " WHERE l.") != NULL
         || g_strstr_len (question->by_hand[0], -1, "JOIN lead l ") != NULL;
}

/* The segments that are watched, and the lead that something happens to. */
typedef struct
{
  gint64 lead;
  gint64 segments[G_N_ELEMENTS (QUESTIONS)]; /* 0: not watched */
} Watch;

static gboolean
watch_all (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  Watch *watch = data;

  for (guint i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (QUESTIONS[i].rule), "'", '"');

      if (!is_about_leads (&QUESTIONS[i]))
        continue;
      watch->segments[i] = rungs_segment_create (db, QUESTIONS[i].what, NULL, json, NOW, error);
      if (watch->segments[i] == 0
          || !rungs_segment_watch (db, watch->segments[i], TRUE, NOW, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget_all (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  Watch *watch = data;

  for (guint i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    if (watch->segments[i] != 0)
      {
        g_autoptr (RungsSegmentSnapshot) gone
          = rungs_segment_delete (db, watch->segments[i], error);

        if (gone == NULL)
          return FALSE;
      }
  return TRUE;
}

/* What somebody would write who knew the few questions beforehand: each is asked about the lead of
 * the event, and compared with the list. */
static gboolean
ask (RungsDb    *db,
     const char *sql,
     gint64      segment,
     gint64      lead,
     gint64     *answer,
     GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  if (rungs_statement_has (query, ":segment"))
    rungs_statement_bind_int64 (query, ":segment", segment);
  return rungs_statement_get_number (query, 0, answer, error);
}

static gboolean
follow_by_hand (RungsDb   *db,
                gpointer   data,
                GError   **error)
{
  const Watch *watch = data;

  for (guint i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    {
      g_autofree char *sql = g_strconcat (QUESTIONS[i].by_hand[0], " AND l.id = :lead", NULL);
      gint64 holds = 0;
      gint64 is_in = 0;

      if (watch->segments[i] == 0)
        continue;
      if (!ask (db, g_intern_string (sql), 0, watch->lead, &holds, error)
          || !ask (db, "SELECT EXISTS (SELECT 1 FROM segment_member m WHERE m.segment = :segment"
                       " AND m.lead = :lead)",
                   watch->segments[i], watch->lead, &is_in, error))
        return FALSE;
      g_assert_cmpint (holds, ==, is_in);
    }
  return TRUE;
}

/* Something happens to one lead that leaves it in its segments. */
static gboolean
change_one (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  return rungs_event_add (db, ((Watch *) data)->lead, RUNGS_EVENT_TASK_DONE,
                          NOW - 100 * RUNGS_DAY, 0, "Bench", error)
         != 0;
}

static void
time_changes (RungsDb *db,
              Watch   *watch,
              GArray  *times)
{
  RungsBenchTime began = rungs_bench_time_now ();

  for (gint64 i = 1; i <= EVENTS; i++)
    {
      g_autoptr (GError) error = NULL;

      watch->lead = i * 37;
      rungs_db_write (db, change_one, watch, &error);
      g_assert_no_error (error);
    }
  rungs_bench_times_add (times, began, EVENTS);
}

/* What an event costs where those segments are watched, followed by the program or by hand, and
 * where nobody watches. */
static void
time_membership (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_autoptr (GArray) alone = rungs_bench_times_new ();
  g_autoptr (GArray) own = rungs_bench_times_new ();
  g_autoptr (GArray) by_hand = rungs_bench_times_new ();
  Watch watch = { 0 };

  g_assert_no_error (error);
  rungs_db_write (db, follow, NULL, &error);
  rungs_db_write (db, watch_all, &watch, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < CHANGES; i++)
    {
      rungs_db_set_follower (db, NULL, NULL, NULL);
      time_changes (db, &watch, alone);
      rungs_db_set_follower (db, follow_by_hand, &watch, NULL);
      time_changes (db, &watch, by_hand);
      rungs_db_set_follower (db, follow, NULL, NULL);
      rungs_db_write (db, follow, NULL, &error);
      time_changes (db, &watch, own);
    }
  g_print ("an event: ");
  rungs_bench_times_compare (own, by_hand);
  g_print ("; unwatched: ");
  rungs_bench_times_compare (alone, by_hand);
  g_print ("\n");
  rungs_db_write (db, forget_all, &watch, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  gint64 n = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000;
  g_autofree char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);
  g_autofree char *own = g_build_filename (folder, "rungs.db", NULL);
  const char *path = argc > 2 ? argv[2] : own;
  g_autoptr (RungsDb) db = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  rungs_bench_business_make (path, n);
  g_print ("made in %.0f s\n", milliseconds_since (began) / 1000);
  db = rungs_db_open (path, RUNGS_DB_READ, &error);
  g_assert_no_error (error);
  for (guint i = 0; argc <= 3 && i < G_N_ELEMENTS (QUESTIONS); i++)
    answer (db, &QUESTIONS[i]);
  time_membership (path);
  return 0;
}
