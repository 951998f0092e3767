/* test-broadcast.c: one message to many: who gets it, when, and how often: once. */

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-broadcast-run-store.h"
#include "rungs-mailing.h"

#define LEADS RUNGS_MAILING_LEADS

/* ---- who gets it */

static gboolean
spoil (RungsDb      *db,
       RungsMailing *fixture,
       GError      **error)
{
  gint64 now = rungs_clock_now (fixture->clock);
  g_autoptr (RungsOrder) order = rungs_order_new (fixture->leads[0], now);

  rungs_order_add_line (order, fixture->book, 1, RUNGS_AMOUNT_DEFAULT);
  return rungs_order_add (db, order, now, error) != 0
         && rungs_consent_withdraw (db, fixture->leads[1], "marketing", "email", now, "x", error)
         && rungs_consent_withdraw (db, fixture->leads[2], "marketing", "email", now, "x", error)
         && rungs_suppression_add (db, "lead3@example.com", RUNGS_SUPPRESSED_COMPLAINED, "", now,
                                   error);
}

static gint64
leads_with (RungsMailing *fixture,
            const char   *reason)
{
  g_autoptr (GPtrArray) reasons
      = rungs_broadcast_reasons (fixture->db, fixture->broadcast->id, NULL);

  for (guint i = 0; i < reasons->len; i++)
    {
      const RungsBroadcastReason *one = g_ptr_array_index (reasons, i);

      if (strcmp (one->reason, reason) == 0)
        return one->leads;
    }
  return 0;
}

static void
test_who_gets_it (RungsMailing *fixture,
                  gconstpointer data)
{
  RungsBroadcastProgress progress;

  rungs_mailing_write (fixture, spoil);
  fixture->broadcast->sells = fixture->book;
  fixture->broadcast->held_share = 2500;
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture, 2);

  g_assert_true (rungs_broadcast_progress (fixture->db, fixture->broadcast->id, &progress, NULL));
  g_assert_cmpint (progress.audience, ==, LEADS);
  g_assert_cmpint (progress.left_out, ==, 4);
  g_assert_cmpint (leads_with (fixture, "owned"), ==, 1);
  g_assert_cmpint (leads_with (fixture, "no-consent"), ==, 2);
  g_assert_cmpint (leads_with (fixture, "suppressed"), ==, 1);
  g_assert_cmpint (progress.held, ==, (LEADS - 4) / 4);
  g_assert_cmpint (progress.sent, ==, LEADS - 4 - (LEADS - 4) / 4);
  g_assert_cmpint (progress.waiting, ==, 0);
  g_assert_cmpint (rungs_mailing_get_state (fixture), ==, RUNGS_BROADCAST_DONE);
  rungs_mailing_assert_once (fixture);
  g_assert_cmpint (rungs_mailing_ask (fixture,
                                      "SELECT count (*) FROM outbox o JOIN broadcast_lead x"
                                      " ON x.lead = o.lead AND x.broadcast = o.broadcast"
                                      " WHERE x.part IN ('out', 'held')"),
                   ==, 0);
}

/* ---- what is taken back */

static gboolean
unsend (RungsDb      *db,
        RungsMailing *fixture,
        GError      **error)
{
  return rungs_broadcast_unsend (db, fixture->broadcast->id, rungs_clock_now (fixture->clock),
                                 error);
}

static gboolean
cancel (RungsDb      *db,
        RungsMailing *fixture,
        GError      **error)
{
  return rungs_broadcast_cancel (db, fixture->broadcast->id, rungs_clock_now (fixture->clock),
                                 error);
}

static void
test_grace (RungsMailing *fixture,
            gconstpointer data)
{
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run_until (fixture, rungs_clock_now (fixture->clock) + 59 * RUNGS_SECOND);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);
  rungs_mailing_write (fixture, unsend);
  g_assert_cmpint (rungs_mailing_get_state (fixture), ==, RUNGS_BROADCAST_DRAFT);
  rungs_mailing_run (fixture, 24);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);

  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_write (fixture, cancel);
  rungs_mailing_run (fixture, 24);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);
  g_assert_cmpint (rungs_mailing_get_state (fixture), ==, RUNGS_BROADCAST_CANCELLED);
}

static void
test_cancel_midway (RungsMailing *fixture,
                    gconstpointer data)
{
  gint64 sent;

  fixture->broadcast->spread_minutes = 600;
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture, 5);
  sent = rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'");
  g_assert_cmpint (sent, >, 5);
  g_assert_cmpint (sent, <, LEADS - 5);
  rungs_mailing_write (fixture, cancel);
  rungs_mailing_run (fixture, 48);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"),
                   ==, sent);
  g_assert_cmpint (
      rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'planned'"), ==, 0);
}

/* It was due while nothing ran: a person is asked, and nothing leaves by itself. */
static void
test_late (RungsMailing *fixture,
           gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;

  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_clock_set (fixture->clock, rungs_clock_now (fixture->clock) + 2 * RUNGS_DAY);
  rungs_mailing_run (fixture, 1);
  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_PAUSED);
  g_assert_cmpint (now->pause, ==, RUNGS_BROADCAST_BEGAN_LATE);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);
  rungs_mailing_write (fixture, rungs_mailing_resume);
  rungs_mailing_run (fixture, 1);
  g_assert_cmpint (rungs_mailing_get_state (fixture), ==, RUNGS_BROADCAST_DONE);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"),
                   ==, LEADS);
}

/* ---- when */

static const struct
{
  const char *zone;
  const char *at; /* in UTC: 2:30 in the morning of 8 March 2026 there, or when that is skipped */
} MORNINGS[] = {
  { "", "2026-03-08T01:30:00Z" },                    /* the business's: Berlin */
  { "America/New_York", "2026-03-08T07:00:00Z" },    /* 2:30 is skipped: 3:00 */
  { "Pacific/Kiritimati", "2026-03-07T12:30:00Z" },  /* where the day begins first */
  { "Pacific/Pago_Pago", "2026-03-08T13:30:00Z" },   /* and last */
  { "Australia/Lord_Howe", "2026-03-07T15:30:00Z" }, /* +11 in summer */
  { "No/Such_Zone", "2026-03-08T01:30:00Z" },        /* as the business */
};

static gboolean
set_zones (RungsDb      *db,
           RungsMailing *fixture,
           GError      **error)
{
  g_autoptr (RungsStatement) update
      = rungs_db_prepare (db, "UPDATE lead SET zone = :zone WHERE id = :id", error);

  for (guint i = 0; i < G_N_ELEMENTS (MORNINGS); i++)
    {
      rungs_statement_bind_text (update, ":zone", MORNINGS[i].zone);
      rungs_statement_bind_int64 (update, ":id", fixture->leads[i]);
      g_assert_true (rungs_statement_run (update, error));
    }
  return TRUE;
}

static void
test_own_morning (RungsMailing *fixture,
                  gconstpointer data)
{
  rungs_mailing_write (fixture, set_zones);
  rungs_time_parse ("2026-03-08T08:00:00Z", NULL, &fixture->broadcast->start_at, NULL);
  fixture->broadcast->morning = 150;
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture, 24 * 8);

  for (guint i = 0; i < G_N_ELEMENTS (MORNINGS); i++)
    {
      g_autoptr (RungsStatement) query = rungs_db_prepare (
          fixture->db, "SELECT ended_at FROM outbox WHERE lead = :lead AND state = 'sent'", NULL);
      g_autofree char *at = NULL;
      gint64 sent = 0;

      rungs_statement_bind_int64 (query, ":lead", fixture->leads[i]);
      g_assert_true (rungs_statement_get_number (query, 0, &sent, NULL));
      at = rungs_time_format (sent);
      g_assert_cmpstr (at, ==, MORNINGS[i].at);
    }
  g_assert_cmpint (rungs_mailing_get_state (fixture), ==, RUNGS_BROADCAST_DONE);
  rungs_mailing_assert_once (fixture);
}

/* A morning that was missed is made up for on another one, at its time. */
static gboolean
pause_it (RungsDb      *db,
          RungsMailing *fixture,
          GError      **error)
{
  return rungs_broadcast_pause (db, fixture->broadcast->id, rungs_clock_now (fixture->clock),
                                error);
}

static void
test_missed_morning (RungsMailing *fixture,
                     gconstpointer data)
{
  fixture->broadcast->morning = 9 * 60;
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture,
                     12); /* it is fixed; 9:00 in Berlin was at 8:00 UTC, so it is for tomorrow */
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"),
                   ==, 0);
  rungs_mailing_write (fixture, pause_it);
  rungs_mailing_run (fixture, 24); /* 3 March, 21:00 UTC: the morning has passed */
  rungs_mailing_write (fixture, rungs_mailing_resume);
  rungs_mailing_run (fixture, 48);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"),
                   ==, LEADS);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (DISTINCT ended_at) FROM outbox"), ==,
                   1);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT ended_at / 1000 FROM outbox LIMIT 1"), ==,
                   1772611200); /* 2026-03-04T08:00:00Z */
}

/* ---- leads that become one */

static gboolean
merge_all (RungsDb      *db,
           RungsMailing *fixture,
           GError      **error)
{
  for (int i = 0; i + 1 < LEADS; i += 2)
    {
      gint64 both[] = { fixture->leads[i], fixture->leads[i + 1] };
      g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (RungsMergePlan) plan = NULL;
      RungsMergeResult result = { 0 };

      g_array_append_vals (leads, both, 2);
      plan = rungs_merge_plan_load (db, leads, error);
      g_assert_nonnull (plan);
      g_assert_true (
          rungs_leads_merge (db, plan, rungs_clock_now (fixture->clock), &result, error));
    }
  return TRUE;
}

/* Leads that have it twice, since both of those that they were had got it before. */
static gint64
count_doubles (RungsMailing *fixture)
{
  return rungs_mailing_ask (fixture,
                            "SELECT count (*) FROM (SELECT 1 FROM outbox WHERE state = 'sent'"
                            " GROUP BY lead HAVING count (*) > 1)");
}

static void
test_merged_leads_get_it_once (RungsMailing *fixture,
                               gconstpointer data)
{
  gint64 doubles;

  fixture->broadcast->spread_minutes = 600;
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture, 5);
  rungs_mailing_write (fixture, merge_all);
  doubles = count_doubles (fixture);
  rungs_mailing_run (fixture, 48);
  g_assert_cmpint (count_doubles (fixture), ==, doubles);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM lead l WHERE NOT EXISTS"
                                               " (SELECT 1 FROM outbox o WHERE o.lead = l.id"
                                               "     AND o.state = 'sent')"),
                   ==, 0);
  g_assert_cmpint (rungs_mailing_get_state (fixture), ==, RUNGS_BROADCAST_DONE);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (RungsMailing *fixture,
                  gconstpointer data);
  } TESTS[] = {
    { "/engine/broadcast/who-gets-it", test_who_gets_it },
    { "/engine/broadcast/grace", test_grace },
    { "/engine/broadcast/cancel-midway", test_cancel_midway },
    { "/engine/broadcast/late", test_late },
    { "/engine/broadcast/own-morning", test_own_morning },
    { "/engine/broadcast/missed-morning", test_missed_morning },
    { "/engine/broadcast/merged-leads", test_merged_leads_get_it_once },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, RungsMailing, NULL, rungs_mailing_set_up, TESTS[i].func,
                rungs_mailing_tear_down);
  return g_test_run ();
}
