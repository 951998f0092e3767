/* test-reply.c: from the mail in which a lead replies to what its walk does, and to the task that
 * lets it go on. */

#include <string.h>

#include "leads/rungs-business-store.h"
#include "mail/rungs-outbox-check-store.h"
#include "mail/rungs-return-store.h"
#include "process/rungs-process-follow.h"
#include "process/rungs-task-store.h"
#include "rungs-shop.h"
#include "sequences/rungs-sequences-advance.h"

/* A lead who got A on Monday 2026-03-02 at 10:00 in a sequence that says that of replies, and waits
 * for B until Wednesday. */
static gint64
begin (RungsFixture *f,
       const char   *reply)
{
  gint64 lead = rungs_shop_add_lead (f, "ann");
  g_autofree char *json = g_strdup_printf (
    "{'name': 'S', %s 'start': 'a', 'steps': {"
    "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"
    "'w': {'kind': 'wait', 'days': 2, 'next': 'b'},"
    "'b': {'kind': 'message', 'message': 'B', 'next': 'v'},"
    "'v': {'kind': 'wait', 'days': 1, 'next': 'c'},"
    "'c': {'kind': 'message', 'message': 'C'}}}", reply);

  rungs_shop_add_message (f, "A", TRUE);
  rungs_shop_add_message (f, "B", TRUE);
  rungs_shop_add_message (f, "C", TRUE);
  rungs_fixture_run (f, "INSERT INTO message_version (message, subject, blocks, created_at)"
                        " SELECT id, 's', '[]', 0 FROM message");
  rungs_fixture_run (f, "UPDATE message SET version = id");
  g_assert_cmpstr (rungs_shop_enrol (f, lead, rungs_shop_add_sequence (f, json)), ==, "ok");
  rungs_shop_run (f, 1);
  rungs_fixture_run (f, "UPDATE outbox SET state = 'sent', ended_at = due_at,"
                        "   email = 'ann@x.example', message_id = 'a1@shop.example'"
                        " WHERE step = 'a'");
  return lead;
}

static void
follow (RungsFixture *f)
{
  rungs_shop_follow (f);
  g_assert_true (rungs_process_follow (f->db, rungs_fixture_now (f), NULL));
}

/* The lead writes back to A. */
static void
reply (RungsFixture *f,
       const char   *id)
{
  g_autofree char *mail = g_strdup_printf ("From: ann@x.example\r\nMessage-ID: <%s@x.example>\r\n"
                                           "In-Reply-To: <a1@shop.example>\r\nSubject: Re: A\r\n"
                                           "\r\nWhat does it cost?\r\n", id);
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));
  RungsReturnTaken taken = RUNGS_RETURN_TAKEN_NOT;

  g_assert_true (rungs_return_take (f->db, bytes, rungs_fixture_now (f), &taken, NULL));
  g_assert_cmpint (taken, ==, RUNGS_RETURN_TAKEN);
  follow (f);
}

/* The oldest of the open tasks is done. */
static void
answer (RungsFixture *f)
{
  gint64 task = rungs_fixture_number (f, "SELECT min (id) FROM task WHERE done_at IS NULL");

  g_assert_true (rungs_task_set_done (f->db, task, rungs_fixture_now (f), NULL));
  follow (f);
}

static void
assert_tasks (RungsFixture *f,
              gint64        open)
{
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM task WHERE done_at IS NULL"), ==,
                   open);
}

static void
test_goes_on (RungsFixture *f,
              RungsDb      *db)
{
  gint64 lead = begin (f, "");

  reply (f, "1");
  assert_tasks (f, 1);
  rungs_shop_run (f, 5);
  rungs_shop_assert_mails (f, lead, "A 03-02 10:00 sent:, B 03-04 10:00, C 03-05 10:00");
}

static void
test_ends (RungsFixture *f,
           RungsDb      *db)
{
  gint64 lead = begin (f, "'reply': 'end',");

  reply (f, "1");
  assert_tasks (f, 1);
  rungs_shop_run (f, 5);
  rungs_shop_assert_mails (f, lead, "A 03-02 10:00 sent:");
  rungs_shop_assert_walks (f, lead, "stopped (event)");
}

/* It was to go on on Wednesday, and is answered on Saturday: the waits go on from there. A second
 * reply is to be answered, too. */
static void
test_pauses (RungsFixture *f,
             RungsDb      *db)
{
  gint64 lead = begin (f, "'reply': 'pause',");
  gint64 due;

  reply (f, "1");
  reply (f, "2");
  assert_tasks (f, 2);
  g_assert_true (rungs_sequences_next_due (db, &due, NULL));
  g_assert_cmpint (due, ==, G_MAXINT64);
  rungs_shop_run (f, 4);
  answer (f);
  rungs_shop_run (f, 0);
  rungs_shop_assert_mails (f, lead, "A 03-02 10:00 sent:");
  answer (f);
  rungs_shop_run (f, 3);
  rungs_shop_assert_mails (f, lead, "A 03-02 10:00 sent:, B 03-07 10:00, C 03-08 10:00");
  rungs_shop_assert_walks (f, lead, "finished");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM event WHERE kind IN"
                                            " ('sequence.held', 'sequence.resumed')"),
                   ==, 2);
}

/* Why the message B does not leave now; NULL: it does. */
static const char *
postpones (RungsFixture *f)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (f->db, NULL);
  g_auto (RungsOutboxChecks) checks = { .db = f->db,
                                        .now = rungs_fixture_now (f),
                                        .business = business };
  RungsOutboxCandidate *candidate = rungs_outbox_candidate_load (
    f->db, rungs_fixture_number (f, "SELECT id FROM outbox WHERE step = 'b'"), NULL);
  RungsOutboxAnswer said;

  g_assert_nonnull (candidate);
  g_assert_true (rungs_outbox_check (&checks, candidate, &said, NULL));
  g_assert_cmpstr (said.withheld, ==, NULL);
  rungs_outbox_candidate_free (candidate);
  return said.postponed;
}

/* What is planned already waits, too, and is not late afterwards. */
static void
test_pauses_what_is_planned (RungsFixture *f,
                             RungsDb      *db)
{
  begin (f, "'reply': 'pause',");
  rungs_shop_run (f, 1);
  g_assert_null (postpones (f));
  reply (f, "1");
  g_assert_cmpstr (postpones (f), ==, RUNGS_OUTBOX_PAUSED);
  rungs_fixture_run (f, "UPDATE outbox SET reason = 'paused', due_at = due_at + 900000"
                        " WHERE step = 'b'");
  rungs_fixture_pass (f, 3 * RUNGS_DAY);
  answer (f);
  g_assert_null (postpones (f));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT meant_at FROM outbox WHERE step = 'b'"), ==,
                   rungs_fixture_now (f));
}

/* A reply to something else is none of its business. */
static void
test_other_message (RungsFixture *f,
                    RungsDb      *db)
{
  gint64 lead = begin (f, "'reply': 'end',");

  rungs_fixture_run (f, "UPDATE outbox SET message_id = 'a2@shop.example' WHERE step = 'a'");
  rungs_fixture_run (f, "INSERT INTO outbox (lead, message, state, due_at, message_id, email,"
                        "   created_at)"
                        " SELECT lead, message, 'sent', due_at, 'a1@shop.example', email, 0"
                        "   FROM outbox WHERE step = 'a'");
  reply (f, "1");
  rungs_shop_assert_walks (f, lead, "w");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  rungs_fixture_add_test ("/sequences/reply/goes-on", test_goes_on);
  rungs_fixture_add_test ("/sequences/reply/ends", test_ends);
  rungs_fixture_add_test ("/sequences/reply/pauses", test_pauses);
  rungs_fixture_add_test ("/sequences/reply/pauses-what-is-planned", test_pauses_what_is_planned);
  rungs_fixture_add_test ("/sequences/reply/other-message", test_other_message);
  return g_test_run ();
}
