/* bench-segments.c: rules over a million leads with ten million events: how long a count, a page
 * and a question about one lead take, beside the same asked by SQL that was written by hand.
 *
 * The hand-written SQL comes in several shapes, as somebody who knows SQLite would try them; the
 * fastest counts.
 *
 * usage: bench-segments [LEADS [FILE]]; a file that is there is used as it is. */

#include <glib/gstdio.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "leads/rungs-lead-store.h"
#include "segments/rungs-rule.h"
#include "segments/rungs-segments-follow.h"

#define TIMES 3
#define EVENTS 200
#define NOW G_GINT64_CONSTANT (1774000000000)

/* Chance that is the same in every run. */
#define DRAW(salt)                                                                                 \
  "((i % 1000003 + " #salt " * 7907) * (2654435 + " #salt " * 104729) / 1024 % 1000)"
#define LEADS_FROM(what)                                                                           \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) " what

static const char *const FILL[] = {
  LEADS_FROM ("INSERT INTO lead (email, email_key, first_name, last_name, city, country, score,"
              "                  created_at, updated_at)"
              " SELECT printf ('lead%d@example.com', i), printf ('lead%d@example.com', i), 'Ann',"
              "        printf ('Smith%d', i % 5003), printf ('City %d', i % 503),"
              "        CASE WHEN " DRAW (1) " < 500 THEN 'DE' WHEN " DRAW (1) " < 600 THEN 'AT'"
              "             WHEN " DRAW (1) " < 800 THEN 'US' ELSE 'FR' END,"
              "        " DRAW (2) " / 10, 1774000000000 - " DRAW (3) " * 126144000, 0 FROM n"),
  "INSERT INTO tag (id, name) VALUES (1, 'third'), (2, 'tenth'), (3, 'fiftieth'), (4, 'rare')",
  LEADS_FROM ("INSERT INTO lead_tag (lead, tag, added_at) SELECT i, 1, 0 FROM n WHERE " DRAW (
    4) " < 300"),
  LEADS_FROM ("INSERT INTO lead_tag (lead, tag, added_at) SELECT i, 2, 0 FROM n WHERE " DRAW (
    5) " < 100"),
  LEADS_FROM ("INSERT INTO lead_tag (lead, tag, added_at) SELECT i, 3, 0 FROM n WHERE " DRAW (
    6) " < 20"),
  LEADS_FROM ("INSERT INTO lead_tag (lead, tag, added_at) SELECT i, 4, 0 FROM n WHERE i % 2000 ="
  " 0"),
  "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'ppc', 'Search', 0),"
  " (2, 'seo', 'Blog', 0), (3, 'jv', 'Sue', 0)",
  LEADS_FROM ("INSERT INTO touch (lead, source, path, at)"
              " SELECT i, 1 + " DRAW (7) " / 400, CASE WHEN " DRAW (7) " % 2 THEN 'opt-in'"
              "        ELSE 'direct' END, 1774000000000 - " DRAW (3) " * 126144000 FROM n"),
  LEADS_FROM ("INSERT INTO consent (lead, action, at, origin)"
              " SELECT i, 'given', 0, 'form' FROM n WHERE " DRAW (8) " < 800"),
  LEADS_FROM ("INSERT INTO consent (lead, action, at, origin)"
              " SELECT i, 'withdrawn', 0, 'form' FROM n WHERE " DRAW (8) " < 100"),
  "INSERT INTO product (id, sku, name, price, currency, rung, created_at)"
  " VALUES (1, 'GUIDE', 'Guide', 1000, 'EUR', 1, 0), (2, 'KIT', 'Kit', 2900, 'EUR', 2, 0),"
  "        (3, 'CLASS', 'Class', 9900, 'EUR', 3, 0)",
  "INSERT INTO product_holds (whole, part) VALUES (1, 1), (2, 2), (3, 3)",
  LEADS_FROM ("INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT i, 1774000000000 - " DRAW (9) " * 86400000, 'EUR', 0 FROM n"
              "  WHERE " DRAW (10) " < 200"),
  LEADS_FROM ("INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT i, 1774000000000 - " DRAW (11) " * 86400000, 'EUR', 0 FROM n"
              "  WHERE " DRAW (10) " < 50"),
  "INSERT INTO order_line (sales_order, product, amount)"
  " SELECT id, 1 + id % 10 / 4, 1000 * (1 + id % 10) FROM sales_order",
  "INSERT INTO field (id, key, label, kind, created_at) VALUES (1, 'born', 'Born', 'date', 0)",
  LEADS_FROM ("INSERT INTO lead_value (lead, field, value)"
              " SELECT i, 1, date ('1960-01-01', '+' || (" DRAW (12) " * 15) || ' days') FROM n"
              "  WHERE i % 2 = 0"),
  LEADS_FROM ("INSERT INTO event (lead, kind, at, ref)"
              " SELECT i, CASE k.value WHEN 0 THEN 'lead.created' WHEN 1 THEN 'form.submitted'"
              "        WHEN 2 THEN 'note.added' WHEN 3 THEN 'mail.clicked' WHEN 4 THEN"
              " 'mail.clicked'"
              "        WHEN 5 THEN 'score.changed' ELSE 'mail.sent' END,"
              "        1774000000000 - (i * 7919 + k.value * 104729) % 1000 * 126144000, NULL"
              "   FROM n, json_each ('[0,1,2,3,4,5,6,7,8,9]') k"),
};

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

static gboolean
fill (RungsDb   *db,
      gpointer   n,
      GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (FILL); i++)
    {
      g_autoptr (RungsStatement) insert = rungs_db_prepare (db, FILL[i], error);

      if (insert == NULL)
        return FALSE;
      if (rungs_statement_has (insert, ":n"))
        rungs_statement_bind_int64 (insert, ":n", *(gint64 *) n);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

/* Without followers, for nothing here is to be followed. */
static void
make_file (const char *path,
           gint64      n)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_business_create (path, "Million", "EUR", "UTC", clock, &error);

  g_assert_no_error (error);
  rungs_db_close (g_steal_pointer (&db));
  db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  rungs_db_set_cache_mebibytes (db, 1024);
  rungs_db_write (db, fill, &n, &error);
  g_assert_no_error (error);
}

static double
milliseconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / 1000;
}

static double
time_rule (RungsDb   *db,
           RungsRule *rule,
           gint64    *count)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < TIMES; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 began = g_get_monotonic_time ();

      rungs_rule_count (db, rule, NOW, count, &error);
      g_assert_no_error (error);
      best = MIN (best, milliseconds_since (began));
    }
  return best;
}

static double
time_sql (RungsDb    *db,
          const char *sql,
          gint64     *count)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < TIMES; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 began = g_get_monotonic_time ();
      g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, &error);

      g_assert_no_error (error);
      rungs_statement_get_number (query, 0, count, &error);
      g_assert_no_error (error);
      best = MIN (best, milliseconds_since (began));
    }
  return best;
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

static void
answer (RungsDb        *db,
        const Question *question)
{
  g_autofree char *json = g_strdelimit (g_strdup (question->rule), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRule) rule = rungs_rule_parse (json, &error);
  double hand = G_MAXDOUBLE;
  double own;
  gint64 count = 0;

  g_assert_no_error (error);
  own = time_rule (db, rule, &count);
  for (guint i = 0; question->by_hand[i] != NULL; i++)
    {
      gint64 expected = -1;

      hand = MIN (hand, time_sql (db, question->by_hand[i], &expected));
      g_assert_cmpint (count, ==, expected);
    }
  g_print ("%-28s %8" G_GINT64_FORMAT " leads, %7.0f ms, by hand %7.0f ms: %4.2f x", question->what,
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

static gboolean
watch_all (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (QUESTIONS[i].rule), "'", '"');
      g_autofree char *name = g_strdup_printf ("%s %" G_GINT64_FORMAT, QUESTIONS[i].what,
                                               g_get_monotonic_time ());
      gint64 id = rungs_segment_create (db, name, NULL, json, NOW, error);

      if (id == 0 || !rungs_segment_watch (db, id, TRUE, NOW, error))
        return FALSE;
    }
  return TRUE;
}

/* Something happens to one lead. */
static gboolean
change_one (RungsDb   *db,
            gpointer   lead,
            GError   **error)
{
  return rungs_lead_add_score (db, *(gint64 *) lead, 1, "bench", NOW, error);
}

static double
time_changes (RungsDb *db)
{
  gint64 began = g_get_monotonic_time ();

  for (gint64 i = 1; i <= EVENTS; i++)
    {
      gint64 lead = i;
      g_autoptr (GError) error = NULL;

      rungs_db_write (db, change_one, &lead, &error);
      g_assert_no_error (error);
    }
  return milliseconds_since (began) / EVENTS;
}

/* What an event costs where all those segments are watched, and where nobody watches. */
static void
time_membership (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  double alone;
  gint64 began;

  g_assert_no_error (error);
  alone = time_changes (db);
  rungs_db_set_follower (db, follow, NULL, NULL);
  began = g_get_monotonic_time ();
  rungs_db_write (db, watch_all, NULL, &error);
  g_assert_no_error (error);
  g_print ("%u segments are watched after %.0f ms; ", (guint) G_N_ELEMENTS (QUESTIONS),
           milliseconds_since (began));
  g_print ("an event %.2f ms, without them %.2f ms\n", time_changes (db), alone);
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

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    make_file (path, n);
  g_print ("made in %.0f s\n", milliseconds_since (began) / 1000);
  db = rungs_db_open (path, RUNGS_DB_READ, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    answer (db, &QUESTIONS[i]);
  time_membership (path);
  return 0;
}
