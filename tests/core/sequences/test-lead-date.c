/* test-lead-date.c: waits for a date of the lead: when they end, and what follows where the date
 * is not there or moves. */

#include <stdio.h>

#include "base/rungs-time.h"
#include "leads/rungs-field-store.h"
#include "rungs-shop.h"
#include "sequences/rungs-sequences-advance.h"
#include "sequences/rungs-wait.h"

/* ---- when a wait ends */

static const struct
{
  const char *name;
  const char *step; /* members beside kind, lead_date and time 09:00 */
  const char *date;
  const char *zone;
  const char *from; /* local: when the walk comes there, on time */
  const char *end;
} ENDS[] = {
  { "on", "", "2026-05-01", "Europe/Berlin", "2026-03-02 10:00", "2026-05-01 09:00" },
  { "before", ",'before_days':3", "2026-05-01", "Europe/Berlin", "2026-03-02 10:00",
    "2026-04-28 09:00" },
  { "after", ",'after_days':30", "2026-05-01", "Europe/Berlin", "2026-03-02 10:00",
    "2026-05-31 09:00" },
  { "over", "", "2026-01-31", "Europe/Berlin", "2026-03-02 10:00", "2026-01-31 09:00" },
  { "yearly", ",'yearly':true", "1970-05-01", "Europe/Berlin", "2026-03-02 10:00",
    "2026-05-01 09:00" },
  { "yearly-over", ",'yearly':true", "1970-03-01", "Europe/Berlin", "2026-03-02 10:00",
    "2027-03-01 09:00" },
  { "yearly-today", ",'yearly':true", "1970-03-02", "Europe/Berlin", "2026-03-02 08:59",
    "2026-03-02 09:00" },
  { "yearly-today-over", ",'yearly':true", "1970-03-02", "Europe/Berlin", "2026-03-02 09:01",
    "2027-03-02 09:00" },
  { "yearly-before-over-new-year", ",'yearly':true,'before_days':5", "1970-01-02",
    "Europe/Berlin", "2026-12-01 10:00", "2026-12-28 09:00" },
  { "yearly-after-over-new-year", ",'yearly':true,'after_days':5", "1970-12-30", "Europe/Berlin",
    "2027-01-01 10:00", "2027-01-04 09:00" },
  { "leap-day-in-a-common-year", ",'yearly':true", "1992-02-29", "Europe/Berlin",
    "2026-01-02 10:00", "2026-02-28 09:00" },
  { "leap-day-in-a-leap-year", ",'yearly':true", "1992-02-29", "Europe/Berlin",
    "2028-01-02 10:00", "2028-02-29 09:00" },
  { "leap-day-before", ",'yearly':true,'before_days':1", "1992-02-29", "Europe/Berlin",
    "2026-01-02 10:00", "2026-02-27 09:00" },
  { "leap-day-after", ",'yearly':true,'after_days':1", "1992-02-29", "Europe/Berlin",
    "2026-01-02 10:00", "2026-03-01 09:00" },
  { "leap-day-in-1900-style", ",'yearly':true", "1992-02-29", "Europe/Berlin",
    "2100-01-02 10:00", "2100-02-28 09:00" },
  { "year-0001", ",'before_days':400", "0001-01-02", "UTC", "2026-01-02 10:00",
    "1-01-01 09:00" },
  { "other-zone", "", "2026-05-01", "Pacific/Auckland", "2026-03-02 10:00", "2026-05-01 09:00" },
};

static RungsGraph *
graph_with (const char *members)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autofree char *json = g_strdup_printf (
    "{'name':'N','start':'a','steps':{'a':{'kind':'wait_until','lead_date':'field:day',%s}}}",
    members);
  RungsGraph *graph = rungs_graph_parse (g_strdelimit (json, "'", '"'), problems);
  g_autofree char *text = rungs_graph_problems_describe (problems);

  g_assert_cmpstr (text, ==, "");
  return graph;
}

static void
set_day (GDate      *date,
         const char *text)
{
  int year, month, day;

  g_date_clear (date, 1);
  g_assert_cmpint (sscanf (text, "%d-%d-%d", &year, &month, &day), ==, 3);
  g_date_set_dmy (date, day, month, year);
}

static void
test_end (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *members = g_strconcat ("'time':'09:00'", ENDS[i].step, NULL);
  g_autoptr (RungsGraph) graph = graph_with (members);
  g_autoptr (GTimeZone) zone = rungs_time_zone (ENDS[i].zone);
  RungsWaitFrom from = { .lead_zone = zone, .business_zone = zone };
  g_autofree char *end = NULL;

  g_assert_true (rungs_time_parse (ENDS[i].from, zone, &from.now, NULL));
  from.due_at = from.now;
  set_day (&from.date, ENDS[i].date);
  end = rungs_time_format_minute (rungs_wait_end (rungs_graph_find (graph, "a"), &from), zone);
  g_assert_cmpstr (end, ==, ENDS[i].end);
}

/* A time that the clock skips, and one that it shows twice. */
static void
test_summer_time (void)
{
  g_autoptr (RungsGraph) graph = graph_with ("'time':'02:30','yearly':true");
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  RungsWaitFrom from = { .lead_zone = zone, .business_zone = zone };
  gint64 expected;

  g_assert_true (rungs_time_parse ("2026-03-02", zone, &from.now, NULL));
  from.due_at = from.now;
  set_day (&from.date, "1980-03-29");
  g_assert_true (rungs_time_parse ("2026-03-29T01:00:00Z", NULL, &expected, NULL));
  g_assert_cmpint (rungs_wait_end (rungs_graph_find (graph, "a"), &from), ==, expected);
  set_day (&from.date, "1980-10-25");
  g_assert_true (rungs_time_parse ("2026-10-25T00:30:00Z", NULL, &expected, NULL));
  g_assert_cmpint (rungs_wait_end (rungs_graph_find (graph, "a"), &from), ==, expected);

  /* whoever comes from there waits for the next year, and not for the second 2:30 */
  from.now = from.due_at = expected;
  from.after_time = TRUE;
  g_assert_true (rungs_time_parse ("2027-10-25T00:30:00Z", NULL, &expected, NULL));
  g_assert_cmpint (rungs_wait_end (rungs_graph_find (graph, "a"), &from), ==, expected);
}

/* ---- walking */

#define BIRTHDAY_STEPS                                                                          \
  "'a': {'kind': 'wait_until', 'lead_date': 'field:birthday', 'time': '09:00', 'yearly': true," \
  "      'next': 'b', 'missing': 'n'},"                                                         \
  "'b': {'kind': 'message', 'message': 'A', 'next': 'a'},"                                      \
  "'n': {'kind': 'message', 'message': 'B'}"

static void
add_messages (RungsFixture *fixture)
{
  rungs_shop_add_message (fixture, "A", TRUE);
  rungs_shop_add_message (fixture, "B", TRUE);
  rungs_fixture_run (fixture, "INSERT INTO field (key, label, kind, created_at)"
                              " VALUES ('birthday', 'Birthday', 'date', 0)");
}

static void
set_birthday (RungsFixture *fixture,
              gint64        lead,
              const char   *day)
{
  g_autoptr (GError) error = NULL;

  rungs_field_set_value (fixture->db, lead, 1, day, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
}

static void
test_birthdays (RungsFixture *fixture,
                RungsDb      *db)
{
  gint64 ann, bob, carl;
  gint64 sequence;

  add_messages (fixture);
  sequence = rungs_shop_add_steps (fixture, BIRTHDAY_STEPS);
  ann = rungs_shop_add_lead (fixture, "ann");
  bob = rungs_shop_add_lead (fixture, "bob");
  carl = rungs_shop_add_lead (fixture, "carl");
  set_birthday (fixture, ann, "1980-03-05");
  set_birthday (fixture, bob, "1980-03-01");
  rungs_shop_enrol (fixture, ann, sequence);
  rungs_shop_enrol (fixture, bob, sequence);
  rungs_shop_enrol (fixture, carl, sequence);
  rungs_shop_run (fixture, 1000);

  /* the shop writes times without years */
  rungs_shop_assert_mails (fixture, ann, "A 03-05 09:00, A 03-05 09:00, A 03-05 09:00");
  rungs_shop_assert_mails (fixture, bob, "A 03-01 09:00, A 03-01 09:00");
  rungs_shop_assert_mails (fixture, carl, "B 03-02 10:00");
  rungs_shop_assert_walks (fixture, carl, "finished");
  rungs_shop_assert_walks (fixture, ann, "a");
}

/* A date that moves is followed: later, earlier, away. */
static void
test_date_moves (RungsFixture *fixture,
                 RungsDb      *db)
{
  gint64 later, earlier, away;
  gint64 sequence;

  add_messages (fixture);
  sequence = rungs_shop_add_steps (fixture, BIRTHDAY_STEPS);
  later = rungs_shop_add_lead (fixture, "later");
  earlier = rungs_shop_add_lead (fixture, "earlier");
  away = rungs_shop_add_lead (fixture, "away");
  set_birthday (fixture, later, "1980-03-05");
  set_birthday (fixture, earlier, "1980-03-20");
  set_birthday (fixture, away, "1980-03-20");
  rungs_shop_enrol (fixture, later, sequence);
  rungs_shop_enrol (fixture, earlier, sequence);
  rungs_shop_enrol (fixture, away, sequence);
  rungs_shop_run (fixture, 1);

  set_birthday (fixture, later, "1980-03-10");
  set_birthday (fixture, earlier, "1980-03-07");
  set_birthday (fixture, away, NULL);
  rungs_shop_run (fixture, 30);
  rungs_shop_assert_mails (fixture, later, "A 03-10 09:00");
  rungs_shop_assert_mails (fixture, earlier, "A 03-07 09:00");
  rungs_shop_assert_mails (fixture, away, "B 03-03 10:00");
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM enrolment_step"
                                                  " WHERE enrolment = 1 AND step = 'a'"),
                   ==, 2);
}

static void
test_orders (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 book, lead, other;
  gint64 sequence;

  add_messages (fixture);
  book = rungs_fixture_add_product (fixture, "BOOK", 1000);
  rungs_fixture_add_product (fixture, "KIT", 1000);
  lead = rungs_shop_add_lead (fixture, "ann");
  other = rungs_shop_add_lead (fixture, "bob");
  rungs_fixture_add_order (fixture, lead, book);
  sequence = rungs_shop_add_steps (
    fixture, "'a': {'kind': 'wait_until', 'lead_date': 'last_order', 'sku': 'BOOK',"
             "      'after_days': 30, 'time': '08:00', 'next': 'b', 'missing': 'c'},"
             "'b': {'kind': 'message', 'message': 'A', 'next': 'd'},"
             "'c': {'kind': 'message', 'message': 'B', 'next': 'd'},"
             "'d': {'kind': 'wait_until', 'lead_date': 'first_order', 'sku': 'KIT',"
             "      'time': '08:00', 'next': 'e', 'missing': 'e'}, 'e': {'kind': 'exit'}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_enrol (fixture, other, sequence);
  rungs_shop_run (fixture, 10);
  /* another order of it: thirty days from that one */
  rungs_fixture_add_order (fixture, lead, book);
  rungs_shop_run (fixture, 60);
  rungs_shop_assert_mails (fixture, lead, "A 04-11 08:00");
  rungs_shop_assert_mails (fixture, other, "B 03-02 10:00");
  rungs_shop_assert_walks (fixture, lead, "exit (e)");
}

/* The zone of the lead, or the business's. */
static void
test_zones (RungsFixture *fixture,
            RungsDb      *db)
{
  gint64 lead;
  gint64 sequence;

  add_messages (fixture);
  lead = rungs_shop_add_lead (fixture, "ann");
  rungs_fixture_run (fixture, "UPDATE lead SET zone = 'America/New_York'");
  set_birthday (fixture, lead, "1980-03-05");
  sequence = rungs_shop_add_steps (
    fixture, "'a': {'kind': 'wait_until', 'lead_date': 'field:birthday', 'time': '09:00',"
             "      'before_days': 1, 'yearly': true, 'zone': 'business', 'next': 'b'},"
             "'b': {'kind': 'message', 'message': 'A', 'next': 'c'},"
             "'c': {'kind': 'wait_until', 'lead_date': 'field:birthday', 'time': '09:00',"
             "      'yearly': true, 'next': 'd'},"
             "'d': {'kind': 'message', 'message': 'B'}");
  rungs_shop_enrol (fixture, lead, sequence);
  rungs_shop_run (fixture, 30);
  rungs_shop_assert_mails (fixture, lead, "A 03-04 09:00, B 03-05 15:00");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ENDS); i++)
    {
      g_autofree char *path = g_strconcat ("/sequences/lead-date/ends/", ENDS[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_end);
    }
  g_test_add_func ("/sequences/lead-date/summer-time", test_summer_time);
  rungs_fixture_add_test ("/sequences/lead-date/birthdays", test_birthdays);
  rungs_fixture_add_test ("/sequences/lead-date/moves", test_date_moves);
  rungs_fixture_add_test ("/sequences/lead-date/orders", test_orders);
  rungs_fixture_add_test ("/sequences/lead-date/zones", test_zones);
  return g_test_run ();
}
