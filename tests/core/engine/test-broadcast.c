/* test-broadcast.c: one message to many: who gets it, when, how often (once), and what stops it.
 * Through the practice account, with a pretended clock. */

#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-broadcast-round.h"
#include "engine/rungs-business.h"
#include "engine/rungs-engine.h"
#include "insights/rungs-broadcast-results-store.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-broadcast-run-store.h"
#include "mail/rungs-broadcast-store.h"
#include "mail/rungs-message-file.h"
#include "mail/rungs-outbox-store.h"

#define LEADS 60
#define START "2026-03-02T09:00:00Z"

static const char LETTER[] = "Subject: For {{ lead.first_name }}\n"
                             "Purpose: sell the book\nValue: a chapter\n\n"
                             "Hello {{ lead.first_name }}!";

typedef struct
{
  char *folder;
  char *path;
  RungsClock *clock;
  RungsDb *db;
  gint64 message;
  gint64 book;
  gint64 leads[LEADS];
  RungsBroadcast *broadcast; /* (nullable) */
} Fixture;

/* ---- writing */

typedef gboolean (*Deed) (RungsDb *db,
                          Fixture *fixture,
                          GError **error);

typedef struct
{
  Fixture *fixture;
  Deed deed;
} Doing;

static gboolean
doing_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  Doing *doing = data;

  return doing->deed (db, doing->fixture, error);
}

static void
write_down (Fixture *fixture,
            Deed     deed)
{
  Doing doing = { fixture, deed };
  g_autoptr (GError) error = NULL;

  rungs_db_write (fixture->db, doing_cb, &doing, &error);
  g_assert_no_error (error);
}

static gint64
ask (Fixture    *fixture,
     const char *sql)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (fixture->db, sql, NULL);
  gint64 answer = 0;

  g_assert_nonnull (query);
  g_assert_true (rungs_statement_get_number (query, -1, &answer, NULL));
  return answer;
}

static gboolean
fill (RungsDb *db,
      Fixture *fixture,
      GError **error)
{
  gint64 now = rungs_clock_now (fixture->clock);
  g_autoptr (RungsMessage) message = rungs_message_file_parse (LETTER, error);
  g_autoptr (RungsProduct) product = rungs_product_new ();

  g_free (message->name);
  message->name = g_strdup ("Letter");
  g_assert_true (rungs_message_save (db, message, now, error));
  fixture->message = message->id;
  g_free (product->sku);
  g_free (product->name);
  product->sku = g_strdup ("BOOK");
  product->name = g_strdup ("Book");
  product->price = rungs_money (2900, "EUR");
  fixture->book = rungs_product_add (db, product, now, error);
  for (int i = 0; i < LEADS; i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_new ();
      g_autofree char *name = g_strdup_printf ("lead%d", i);
      g_autofree char *email = g_strdup_printf ("%s@example.com", name);

      rungs_lead_set (lead, "email", email);
      rungs_lead_set (lead, "first_name", name);
      fixture->leads[i] = rungs_lead_add (db, lead, "by hand", now, error);
      g_assert_cmpint (rungs_consent_give (db, fixture->leads[i], "marketing", "email", now,
                                           "by hand", "yes", error),
                       >, 0);
    }
  return TRUE;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 start = 0;

  rungs_time_parse (START, NULL, &start, &error);
  fixture->folder = g_dir_make_tmp ("rungs-XXXXXX", &error);
  fixture->path = g_build_filename (fixture->folder, "rungs.db", NULL);
  fixture->clock = rungs_clock_new_pretended (start);
  fixture->db
      = rungs_business_create (fixture->path, "Test", "EUR", "Europe/Berlin", fixture->clock,
                               &error);
  g_assert_no_error (error);
  write_down (fixture, fill);
  fixture->broadcast = rungs_broadcast_new ();
  fixture->broadcast->message = fixture->message;
  rungs_broadcast_set (&fixture->broadcast->name, "News");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  rungs_broadcast_free (fixture->broadcast);
  rungs_db_close (fixture->db);
  g_object_unref (fixture->clock);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gboolean
save_and_send (RungsDb *db,
               Fixture *fixture,
               GError **error)
{
  gint64 now = rungs_clock_now (fixture->clock);

  return rungs_broadcast_save (db, fixture->broadcast, now, error)
         && rungs_broadcast_send (db, fixture->broadcast->id, now, error);
}

static void
run_until (Fixture *fixture,
           gint64   until)
{
  g_autoptr (RungsEngine) engine = rungs_engine_new (fixture->path, fixture->clock, "rungsctl");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_engine_run (engine, until, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report.trouble, ==, NULL);
}

static void
run_hours (Fixture *fixture,
           int      hours)
{
  run_until (fixture, rungs_clock_now (fixture->clock) + hours * RUNGS_HOUR);
}

static RungsBroadcastState
state_of (Fixture *fixture)
{
  g_autoptr (RungsBroadcast) now
      = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);

  g_assert_nonnull (now);
  return now->state;
}

static void
assert_nobody_twice (Fixture *fixture)
{
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM (SELECT 1 FROM outbox"
                                 " WHERE state IN ('sent', 'doubt', 'claimed')"
                                 " GROUP BY lead, broadcast HAVING count (*) > 1)"),
                   ==, 0);
}

/* ---- who gets it */

static gboolean
spoil (RungsDb *db,
       Fixture *fixture,
       GError **error)
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
leads_with (Fixture    *fixture,
            const char *reason)
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
test_who_gets_it (Fixture      *fixture,
                  gconstpointer data)
{
  RungsBroadcastProgress progress;

  write_down (fixture, spoil);
  fixture->broadcast->sells = fixture->book;
  fixture->broadcast->held_share = 2500;
  write_down (fixture, save_and_send);
  run_hours (fixture, 2);

  g_assert_true (
      rungs_broadcast_progress (fixture->db, fixture->broadcast->id, &progress, NULL));
  g_assert_cmpint (progress.audience, ==, LEADS);
  g_assert_cmpint (progress.left_out, ==, 4);
  g_assert_cmpint (leads_with (fixture, "owned"), ==, 1);
  g_assert_cmpint (leads_with (fixture, "no-consent"), ==, 2);
  g_assert_cmpint (leads_with (fixture, "suppressed"), ==, 1);
  g_assert_cmpint (progress.held, ==, (LEADS - 4) / 4);
  g_assert_cmpint (progress.sent, ==, LEADS - 4 - (LEADS - 4) / 4);
  g_assert_cmpint (progress.waiting, ==, 0);
  g_assert_cmpint (state_of (fixture), ==, RUNGS_BROADCAST_DONE);
  assert_nobody_twice (fixture);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox o JOIN broadcast_lead x"
                                 " ON x.lead = o.lead AND x.broadcast = o.broadcast"
                                 " WHERE x.part IN ('out', 'held')"),
                   ==, 0);
}

/* ---- what is taken back */

static gboolean
unsend (RungsDb *db,
        Fixture *fixture,
        GError **error)
{
  return rungs_broadcast_unsend (db, fixture->broadcast->id, rungs_clock_now (fixture->clock),
                                 error);
}

static gboolean
cancel (RungsDb *db,
        Fixture *fixture,
        GError **error)
{
  return rungs_broadcast_cancel (db, fixture->broadcast->id, rungs_clock_now (fixture->clock),
                                 error);
}

static void
test_grace (Fixture      *fixture,
            gconstpointer data)
{
  write_down (fixture, save_and_send);
  run_until (fixture, rungs_clock_now (fixture->clock) + 59 * RUNGS_SECOND);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);
  write_down (fixture, unsend);
  g_assert_cmpint (state_of (fixture), ==, RUNGS_BROADCAST_DRAFT);
  run_hours (fixture, 24);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);

  write_down (fixture, save_and_send);
  write_down (fixture, cancel);
  run_hours (fixture, 24);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);
  g_assert_cmpint (state_of (fixture), ==, RUNGS_BROADCAST_CANCELLED);
}

static void
test_cancel_midway (Fixture      *fixture,
                    gconstpointer data)
{
  gint64 sent;

  fixture->broadcast->spread_minutes = 600;
  write_down (fixture, save_and_send);
  run_hours (fixture, 5);
  sent = ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'");
  g_assert_cmpint (sent, >, 5);
  g_assert_cmpint (sent, <, LEADS - 5);
  write_down (fixture, cancel);
  run_hours (fixture, 48);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, sent);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'planned'"), ==, 0);
}

/* It was due while nothing ran: a person is asked, and nothing leaves by itself. */
static gboolean
resume (RungsDb *db,
        Fixture *fixture,
        GError **error)
{
  return rungs_broadcast_resume (db, fixture->broadcast->id, rungs_clock_now (fixture->clock),
                                 error);
}

static void
test_late (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;

  write_down (fixture, save_and_send);
  rungs_clock_set (fixture->clock, rungs_clock_now (fixture->clock) + 2 * RUNGS_DAY);
  run_hours (fixture, 1);
  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_PAUSED);
  g_assert_cmpint (now->pause, ==, RUNGS_BROADCAST_BEGAN_LATE);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);
  write_down (fixture, resume);
  run_hours (fixture, 1);
  g_assert_cmpint (state_of (fixture), ==, RUNGS_BROADCAST_DONE);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, LEADS);
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
set_zones (RungsDb *db,
           Fixture *fixture,
           GError **error)
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
test_own_morning (Fixture      *fixture,
                  gconstpointer data)
{
  write_down (fixture, set_zones);
  rungs_time_parse ("2026-03-08T08:00:00Z", NULL, &fixture->broadcast->start_at, NULL);
  fixture->broadcast->morning = 150;
  write_down (fixture, save_and_send);
  run_hours (fixture, 24 * 8);

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
  g_assert_cmpint (state_of (fixture), ==, RUNGS_BROADCAST_DONE);
  assert_nobody_twice (fixture);
}

/* A morning that was missed is made up for on another one, at its time. */
static gboolean
pause_it (RungsDb *db,
          Fixture *fixture,
          GError **error)
{
  return rungs_broadcast_pause (db, fixture->broadcast->id, rungs_clock_now (fixture->clock),
                                error);
}

static void
test_missed_morning (Fixture      *fixture,
                     gconstpointer data)
{
  fixture->broadcast->morning = 9 * 60;
  write_down (fixture, save_and_send);
  run_hours (fixture, 12); /* it is fixed; 9:00 in Berlin was at 8:00 UTC, so it is for tomorrow */
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, 0);
  write_down (fixture, pause_it);
  run_hours (fixture, 24); /* 3 March, 21:00 UTC: the morning has passed */
  write_down (fixture, resume);
  run_hours (fixture, 48);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, LEADS);
  g_assert_cmpint (ask (fixture, "SELECT count (DISTINCT ended_at) FROM outbox"), ==, 1);
  g_assert_cmpint (ask (fixture, "SELECT ended_at / 1000 FROM outbox LIMIT 1"), ==,
                   1772611200); /* 2026-03-04T08:00:00Z */
}

/* ---- what stops it */

static RungsOutboxTurn
take_turn (Fixture             *fixture,
           RungsOutboxResult   *results,
           guint                n,
           GPtrArray           *claims,
           guint                want)
{
  g_autoptr (RungsAccount) account = rungs_account_load_default (fixture->db, NULL);
  g_autoptr (GError) error = NULL;
  RungsOutboxTurn turn;

  rungs_outbox_take_turn (fixture->db, account, results, n, want,
                          rungs_clock_now (fixture->clock), claims, &turn, &error);
  g_assert_no_error (error);
  return turn;
}

/* Plans it, and claims and answers messages until none is claimed: each n-th bounces. */
static guint
send_with_bounces (Fixture *fixture,
                   guint    every)
{
  guint sent = 0;
  gboolean worked = FALSE;

  g_assert_true (
      rungs_broadcasts_work_off (fixture->db, fixture->clock, NULL, &worked, NULL));
  for (;;)
    {
      g_autoptr (GPtrArray) claims
          = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
      RungsOutboxResult result = { 0 };

      take_turn (fixture, NULL, 0, claims, 1);
      if (claims->len == 0)
        return sent;
      sent++;
      result.id = ((RungsOutboxClaim *) g_ptr_array_index (claims, 0))->id;
      result.delivery.outcome
          = sent % every == 0 ? RUNGS_DELIVERY_PERMANENT : RUNGS_DELIVERY_ACCEPTED;
      result.delivery.address_is_bad = sent % every == 0;
      result.delivery.reply = g_strdup ("550 5.1.1 no such user");
      take_turn (fixture, &result, 1, claims, 0);
      rungs_delivery_clear (&result.delivery);
    }
}

static void
test_bounces_pause_it (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;
  g_autofree char *words = NULL;

  fixture->broadcast->judged_from = 20;
  fixture->broadcast->bounce_share = 1500;
  fixture->broadcast->grace_minutes = 0;
  write_down (fixture, save_and_send);
  /* 4 of 20 are more than 15 %, and before 20 nothing is judged */
  g_assert_cmpint (send_with_bounces (fixture, 5), ==, 20);
  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_PAUSED);
  g_assert_cmpint (now->pause, ==, RUNGS_BROADCAST_BOUNCES);
  g_assert_cmpint (now->paused_hits, ==, 4);
  g_assert_cmpint (now->paused_of, ==, 20);
  words = rungs_broadcast_dup_pause_words (now);
  g_assert_nonnull (strstr (words, "4 of 20"));
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'planned'"), ==, 0);

  /* it goes on from there: the counting begins anew */
  write_down (fixture, resume);
  g_assert_cmpint (send_with_bounces (fixture, 100), ==, LEADS - 20);
  assert_nobody_twice (fixture);
  run_hours (fixture, 1);
  g_assert_cmpint (state_of (fixture), ==, RUNGS_BROADCAST_DONE);
}

/* A rule that cannot be asked stops the broadcast, and nothing else. */
static gboolean
break_rule (RungsDb *db,
            Fixture *fixture,
            GError **error)
{
  g_autoptr (RungsStatement) update
      = rungs_db_prepare (db, "UPDATE broadcast SET rule = '{\"all\":1}'", error);

  return rungs_statement_run (update, error);
}

static void
test_broken_rule (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;

  write_down (fixture, save_and_send);
  write_down (fixture, break_rule);
  run_hours (fixture, 1);
  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_PAUSED);
  g_assert_cmpint (now->pause, ==, RUNGS_BROADCAST_BAD_RULE);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);
}

/* ---- subjects */

static void
try_subjects (Fixture *fixture)
{
  g_ptr_array_add (fixture->broadcast->subjects, g_strdup ("One {{ lead.first_name }}"));
  g_ptr_array_add (fixture->broadcast->subjects, g_strdup ("Two"));
  fixture->broadcast->test_share = 5000;
  fixture->broadcast->test_minutes = 120;
}

/* All who got the second subject follow a link, and machines follow all of the first. */
static gboolean
click_second (RungsDb *db,
              Fixture *fixture,
              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      db,
      "SELECT o.id, o.lead, x.variant FROM outbox o"
      " JOIN broadcast_lead x ON x.lead = o.lead AND x.broadcast = o.broadcast",
      error);

  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_assert_cmpint (rungs_event_add (db, rungs_statement_get_int64 (query, 1),
                                      rungs_statement_get_int64 (query, 2) == 2
                                          ? RUNGS_EVENT_MAIL_CLICKED
                                          : RUNGS_EVENT_MAIL_SCANNED,
                                      rungs_clock_now (fixture->clock),
                                      rungs_statement_get_int64 (query, 0), "https://x.example",
                                      error),
                     >, 0);
  return TRUE;
}

static void
test_subject_wins (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;
  g_autoptr (RungsBroadcastResults) results = NULL;
  g_autoptr (RungsLeadSet) clicked = NULL;

  try_subjects (fixture);
  write_down (fixture, save_and_send);
  run_hours (fixture, 1);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==,
                   LEADS / 2);
  write_down (fixture, click_second);
  run_hours (fixture, 2);

  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->winner, ==, 2);
  g_assert_false (now->chosen);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_DONE);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox o JOIN message_version v"
                                 " ON v.id = o.message_version WHERE v.subject = 'Two'"),
                   ==, LEADS / 4 + LEADS / 2);
  assert_nobody_twice (fixture);

  results = rungs_broadcast_results_load (fixture->db, now->id, NULL, NULL);
  g_assert_cmpint (rungs_broadcast_results_get (results, "test", 1)->clicked, ==, 0);
  g_assert_cmpint (rungs_broadcast_results_get (results, "test", 2)->clicked, ==, LEADS / 4);
  g_assert_cmpint (rungs_broadcast_results_get (results, "rest", 0)->sent, ==, LEADS / 2);
  g_assert_cmpint (rungs_broadcast_results_get (results, "all", 0)->sent, ==, LEADS);
  clicked = rungs_broadcast_find (fixture->db, now->id, RUNGS_BROADCAST_CLICKED, "test", 2, NULL);
  g_assert_cmpint (rungs_lead_set_count (clicked), ==, LEADS / 4);
}

static gboolean
choose_first (RungsDb *db,
              Fixture *fixture,
              GError **error)
{
  return rungs_broadcast_choose (db, fixture->broadcast->id, 1, TRUE,
                                 rungs_clock_now (fixture->clock), error);
}

static void
test_too_close (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GPtrArray) asking = NULL;

  try_subjects (fixture);
  write_down (fixture, save_and_send);
  run_hours (fixture, 24);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox"), ==, LEADS / 2);
  asking = rungs_broadcast_list_asking (fixture->db, NULL);
  g_assert_cmpint (asking->len, ==, 1);
  g_assert_cmpint (((RungsBroadcast *) g_ptr_array_index (asking, 0))->undecided_at, >, 0);

  write_down (fixture, choose_first);
  run_hours (fixture, 1);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==, LEADS);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM outbox o JOIN message_version v"
                                 " ON v.id = o.message_version WHERE v.subject LIKE 'One %'"),
                   ==, LEADS / 4 + LEADS / 2);
  assert_nobody_twice (fixture);
}

/* ---- leads that become one */

static gboolean
merge_all (RungsDb *db,
           Fixture *fixture,
           GError **error)
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
count_doubles (Fixture *fixture)
{
  return ask (fixture, "SELECT count (*) FROM (SELECT 1 FROM outbox WHERE state = 'sent'"
                       " GROUP BY lead HAVING count (*) > 1)");
}

static void
test_merged_leads_get_it_once (Fixture      *fixture,
                               gconstpointer data)
{
  gint64 doubles;

  fixture->broadcast->spread_minutes = 600;
  write_down (fixture, save_and_send);
  run_hours (fixture, 5);
  write_down (fixture, merge_all);
  doubles = count_doubles (fixture);
  run_hours (fixture, 48);
  g_assert_cmpint (count_doubles (fixture), ==, doubles);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM lead l WHERE NOT EXISTS"
                                 " (SELECT 1 FROM outbox o WHERE o.lead = l.id"
                                 "     AND o.state = 'sent')"),
                   ==, 0);
  g_assert_cmpint (state_of (fixture), ==, RUNGS_BROADCAST_DONE);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture      *fixture,
                  gconstpointer data);
  } TESTS[] = {
    { "/engine/broadcast/who-gets-it", test_who_gets_it },
    { "/engine/broadcast/grace", test_grace },
    { "/engine/broadcast/cancel-midway", test_cancel_midway },
    { "/engine/broadcast/late", test_late },
    { "/engine/broadcast/own-morning", test_own_morning },
    { "/engine/broadcast/missed-morning", test_missed_morning },
    { "/engine/broadcast/bounces-pause-it", test_bounces_pause_it },
    { "/engine/broadcast/broken-rule", test_broken_rule },
    { "/engine/broadcast/subject-wins", test_subject_wins },
    { "/engine/broadcast/too-close", test_too_close },
    { "/engine/broadcast/merged-leads", test_merged_leads_get_it_once },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].func, tear_down);
  return g_test_run ();
}
