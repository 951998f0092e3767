/* test-broadcast-stops.c: what stops a broadcast, and which subject its rest gets. */

#include <string.h>

#include "db/rungs-statement.h"
#include "engine/rungs-broadcast-round.h"
#include "insights/rungs-broadcast-results-store.h"
#include "leads/rungs-event-store.h"
#include "mail/rungs-broadcast-run-store.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-return-store.h"
#include "rungs-mailing.h"

#define LEADS RUNGS_MAILING_LEADS

/* ---- what stops it */

static RungsOutboxTurn
take_turn (RungsMailing      *fixture,
           RungsOutboxResult *results,
           guint              n,
           GPtrArray         *claims,
           guint              want)
{
  g_autoptr (RungsAccount) account = rungs_account_load_default (fixture->db, NULL);
  g_autoptr (GError) error = NULL;
  RungsOutboxTurn turn;

  rungs_outbox_take_turn (fixture->db, account, results, n, want, rungs_clock_now (fixture->clock),
                          claims, &turn, &error);
  g_assert_no_error (error);
  return turn;
}

/* Plans it, and claims and answers up to `most` messages: each n-th bounces. */
static guint
send_with_bounces (RungsMailing *fixture,
                   guint         most,
                   guint         every)
{
  guint sent = 0;
  gboolean worked = FALSE;

  g_assert_true (rungs_broadcasts_work_off (fixture->db, fixture->clock, NULL, &worked, NULL));
  for (;;)
    {
      g_autoptr (GPtrArray) claims
          = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
      RungsOutboxResult result = { 0 };

      if (sent < most)
        take_turn (fixture, NULL, 0, claims, 1);
      if (claims->len == 0)
        return sent;
      sent++;
      result.id = ((RungsOutboxClaim *) g_ptr_array_index (claims, 0))->id;
      result.delivery.outcome = sent % every == 0 ? RUNGS_DELIVERY_PERMANENT
                                                  : RUNGS_DELIVERY_ACCEPTED;
      result.delivery.address_is_bad = sent % every == 0;
      result.delivery.reply = g_strdup ("550 5.1.1 no such user");
      take_turn (fixture, &result, 1, claims, 0);
      rungs_delivery_clear (&result.delivery);
    }
}

static void
test_bounces_pause_it (RungsMailing *fixture,
                       gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;
  g_autofree char *words = NULL;

  fixture->broadcast->judged_from = 20;
  fixture->broadcast->bounce_share = 1500;
  fixture->broadcast->grace_minutes = 0;
  rungs_mailing_write (fixture, rungs_mailing_send);
  /* 4 of 20 are more than 15 %, and before 20 nothing is judged */
  g_assert_cmpint (send_with_bounces (fixture, LEADS, 5), ==, 20);
  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_PAUSED);
  g_assert_cmpint (now->pause, ==, RUNGS_BROADCAST_BOUNCES);
  g_assert_cmpint (now->paused_hits, ==, 4);
  g_assert_cmpint (now->paused_of, ==, 20);
  words = rungs_broadcast_dup_pause_words (now);
  g_assert_nonnull (strstr (words, "4 of 20"));
  g_assert_cmpint (
      rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'planned'"), ==, 0);

  /* it goes on from there: the counting begins anew */
  rungs_mailing_write (fixture, rungs_mailing_resume);
  g_assert_cmpint (send_with_bounces (fixture, LEADS, 100), ==, LEADS - 20);
  rungs_mailing_assert_once (fixture);
  rungs_mailing_run (fixture, 1);
  g_assert_cmpint (rungs_mailing_get_state (fixture), ==, RUNGS_BROADCAST_DONE);
}

/* Readers of the first messages call them spam, as their providers report it. */
static gboolean
complain (RungsDb      *db,
          RungsMailing *fixture,
          GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      db,
      "SELECT message_id FROM outbox WHERE state = 'sent' AND NOT EXISTS"
      " (SELECT 1 FROM event v WHERE v.kind = 'mail.complained' AND v.ref = outbox.id) LIMIT 1",
      error);
  g_autofree char *report = NULL;
  g_autoptr (GBytes) mail = NULL;
  RungsReturnTaken taken = RUNGS_RETURN_TAKEN_NOT;

  g_assert_cmpint (rungs_statement_step (query, error), ==, RUNGS_ROW);
  report = g_strdup_printf ("From: fbl@isp.example\r\n"
                            "Content-Type: multipart/report; report-type=feedback-report;"
                            " boundary=b\r\n\r\n"
                            "--b\r\nContent-Type: message/feedback-report\r\n\r\n"
                            "Feedback-Type: abuse\r\nVersion: 1\r\n\r\n"
                            "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
                            "Message-ID: <%s>\r\n\r\n--b--\r\n",
                            rungs_statement_get_text (query, 0));
  rungs_statement_reset (query);
  mail = g_bytes_new (report, strlen (report));
  return rungs_return_take (db, mail, rungs_clock_now (fixture->clock), &taken, error)
         && taken == RUNGS_RETURN_TAKEN;
}

static void
test_complaints_pause_it (RungsMailing *fixture,
                          gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;
  g_autofree char *words = NULL;

  fixture->broadcast->judged_from = 20;
  fixture->broadcast->complaint_share = 1000;
  fixture->broadcast->grace_minutes = 0;
  rungs_mailing_write (fixture, rungs_mailing_send);
  g_assert_cmpint (send_with_bounces (fixture, 40, 100), ==, 40);
  /* 4 of 40 are not more than 10 % */
  for (int i = 0; i < 4; i++)
    rungs_mailing_write (fixture, complain);
  g_assert_cmpint (rungs_mailing_get_state (fixture), ==, RUNGS_BROADCAST_SENDING);
  rungs_mailing_write (fixture, complain);
  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_PAUSED);
  g_assert_cmpint (now->pause, ==, RUNGS_BROADCAST_COMPLAINTS);
  words = rungs_broadcast_dup_pause_words (now);
  g_assert_nonnull (strstr (words, "5 of 40"));
  g_assert_cmpint (send_with_bounces (fixture, LEADS, 100), ==, 0);

  rungs_mailing_write (fixture, rungs_mailing_resume);
  g_assert_cmpint (send_with_bounces (fixture, LEADS, 100), ==, LEADS - 40);
  rungs_mailing_assert_once (fixture);
}

/* A rule that cannot be asked stops the broadcast, and nothing else. */
static gboolean
break_rule (RungsDb      *db,
            RungsMailing *fixture,
            GError      **error)
{
  g_autoptr (RungsStatement) update
      = rungs_db_prepare (db, "UPDATE broadcast SET rule = '{\"all\":1}'", error);

  return rungs_statement_run (update, error);
}

static void
test_broken_rule (RungsMailing *fixture,
                  gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;

  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_write (fixture, break_rule);
  rungs_mailing_run (fixture, 1);
  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_PAUSED);
  g_assert_cmpint (now->pause, ==, RUNGS_BROADCAST_BAD_RULE);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox"), ==, 0);
}

/* ---- subjects */

static void
try_subjects (RungsMailing *fixture)
{
  g_ptr_array_add (fixture->broadcast->subjects, g_strdup ("One {{ lead.first_name }}"));
  g_ptr_array_add (fixture->broadcast->subjects, g_strdup ("Two"));
  fixture->broadcast->test_share = 5000;
  fixture->broadcast->test_minutes = 120;
}

/* All who got the second subject follow a link, and machines follow all of the first. */
static gboolean
click_second (RungsDb      *db,
              RungsMailing *fixture,
              GError      **error)
{
  g_autoptr (RungsStatement) query
      = rungs_db_prepare (db,
                          "SELECT o.id, o.lead, x.variant FROM outbox o"
                          " JOIN broadcast_lead x ON x.lead = o.lead AND x.broadcast = o.broadcast",
                          error);

  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_assert_cmpint (
        rungs_event_add (db, rungs_statement_get_int64 (query, 1),
                         rungs_statement_get_int64 (query, 2) == 2 ? RUNGS_EVENT_MAIL_CLICKED
                                                                   : RUNGS_EVENT_MAIL_SCANNED,
                         rungs_clock_now (fixture->clock), rungs_statement_get_int64 (query, 0),
                         "https://x.example", error),
        >, 0);
  return TRUE;
}

static void
test_subject_wins (RungsMailing *fixture,
                   gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;
  g_autoptr (RungsBroadcastResults) results = NULL;
  g_autoptr (RungsLeadSet) clicked = NULL;

  try_subjects (fixture);
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture, 1);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"),
                   ==, LEADS / 2);
  rungs_mailing_write (fixture, click_second);
  rungs_mailing_run (fixture, 2);

  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->winner, ==, 2);
  g_assert_false (now->chosen);
  g_assert_cmpint (now->state, ==, RUNGS_BROADCAST_DONE);
  g_assert_cmpint (rungs_mailing_ask (fixture,
                                      "SELECT count (*) FROM outbox o JOIN message_version v"
                                      " ON v.id = o.message_version WHERE v.subject = 'Two'"),
                   ==, LEADS / 4 + LEADS / 2);
  rungs_mailing_assert_once (fixture);

  results = rungs_broadcast_results_load (fixture->db, now->id, NULL, NULL);
  g_assert_cmpint (rungs_broadcast_results_get (results, "test", 1)->clicked, ==, 0);
  g_assert_cmpint (rungs_broadcast_results_get (results, "test", 2)->clicked, ==, LEADS / 4);
  g_assert_cmpint (rungs_broadcast_results_get (results, "rest", 0)->sent, ==, LEADS / 2);
  g_assert_cmpint (rungs_broadcast_results_get (results, "all", 0)->sent, ==, LEADS);
  clicked = rungs_broadcast_find (fixture->db, now->id, RUNGS_BROADCAST_CLICKED, "test", 2, NULL);
  g_assert_cmpint (rungs_lead_set_count (clicked), ==, LEADS / 4);
}

static gboolean
choose_first (RungsDb      *db,
              RungsMailing *fixture,
              GError      **error)
{
  return rungs_broadcast_choose (db, fixture->broadcast->id, 1, TRUE,
                                 rungs_clock_now (fixture->clock), error);
}

static void
test_too_close (RungsMailing *fixture,
                gconstpointer data)
{
  g_autoptr (GPtrArray) asking = NULL;

  try_subjects (fixture);
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture, 24);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox"), ==, LEADS / 2);
  asking = rungs_broadcast_list_asking (fixture->db, NULL);
  g_assert_cmpint (asking->len, ==, 1);
  g_assert_cmpint (((RungsBroadcast *) g_ptr_array_index (asking, 0))->undecided_at, >, 0);

  rungs_mailing_write (fixture, choose_first);
  rungs_mailing_run (fixture, 1);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"),
                   ==, LEADS);
  g_assert_cmpint (rungs_mailing_ask (fixture,
                                      "SELECT count (*) FROM outbox o JOIN message_version v"
                                      " ON v.id = o.message_version WHERE v.subject LIKE 'One %'"),
                   ==, LEADS / 4 + LEADS / 2);
  rungs_mailing_assert_once (fixture);
}

/* Too close at its time, it is compared again each time that the time of the test has passed. */
static void
test_decides_later (RungsMailing *fixture,
                    gconstpointer data)
{
  g_autoptr (RungsBroadcast) now = NULL;

  try_subjects (fixture);
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture, 24);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox"), ==, LEADS / 2);
  rungs_mailing_write (fixture, click_second);
  rungs_mailing_run (fixture, 4);
  now = rungs_broadcast_load (fixture->db, fixture->broadcast->id, NULL);
  g_assert_cmpint (now->winner, ==, 2);
  g_assert_false (now->chosen);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox WHERE state = 'sent'"),
                   ==, LEADS);
}

/* After a week only a person decides. */
static void
test_stays_undecided (RungsMailing *fixture,
                      gconstpointer data)
{
  try_subjects (fixture);
  rungs_mailing_write (fixture, rungs_mailing_send);
  rungs_mailing_run (fixture, 8 * 24);
  rungs_mailing_write (fixture, click_second);
  rungs_mailing_run (fixture, 48);
  g_assert_cmpint (rungs_mailing_ask (fixture, "SELECT count (*) FROM outbox"), ==, LEADS / 2);
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
    { "/engine/broadcast-stops/bounces-pause-it", test_bounces_pause_it },
    { "/engine/broadcast-stops/complaints-pause-it", test_complaints_pause_it },
    { "/engine/broadcast-stops/broken-rule", test_broken_rule },
    { "/engine/broadcast-stops/subject-wins", test_subject_wins },
    { "/engine/broadcast-stops/too-close", test_too_close },
    { "/engine/broadcast-stops/decides-later", test_decides_later },
    { "/engine/broadcast-stops/stays-undecided", test_stays_undecided },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, RungsMailing, NULL, rungs_mailing_set_up, TESTS[i].func,
                rungs_mailing_tear_down);
  return g_test_run ();
}
