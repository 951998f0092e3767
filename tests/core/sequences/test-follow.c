/* test-follow.c: what happens to leads makes them enter, leave and go on, in the same
 * transaction. */

#include "sequences/rungs-sequences-follow.h"

#include <string.h>

#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "leads/rungs-tag-store.h"
#include "rungs-shop.h"
#include "segments/rungs-segment-member-store.h"
#include "segments/rungs-segments-follow.h"
#include "sequences/rungs-enrolment-many-store.h"
#include "sequences/rungs-sequence-store.h"

/* A sequence with that entry, that waits. */
static gint64
add_entry (RungsFixture *fixture,
           const char   *name,
           const char   *entry)
{
  g_autofree char *json = g_strdup_printf (
      "{'name': '%s', 'entry': {%s}, 'start': 'a', 'steps': {'a': {'kind': 'wait', 'days': 5}}}",
      name, entry);

  return rungs_shop_add_sequence (fixture, json);
}

static gint64
count_walks (RungsFixture *fixture,
             gint64        sequence)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM enrolment WHERE sequence = %" G_GINT64_FORMAT, sequence);

  return rungs_fixture_number (fixture, sql);
}

static void
submit_form (RungsFixture *fixture,
             gint64        lead,
             const char   *form)
{
  rungs_event_add (fixture->db, lead, RUNGS_EVENT_FORM_SUBMITTED, rungs_fixture_now (fixture), 0,
                   form, NULL);
}

static void
test_triggers (RungsFixture *fixture,
               RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (fixture, "BOOK", 100);
  gint64 both = rungs_fixture_add_product (fixture, "BOTH", 100);
  gint64 pen = rungs_fixture_add_product (fixture, "PEN", 100);
  gint64 tag = add_entry (fixture, "tag", "'triggers': [{'on': 'tag', 'name': 'News'}]");
  gint64 form = add_entry (fixture, "form", "'triggers': [{'on': 'form', 'name': 'Letter'}]");
  gint64 order = add_entry (fixture, "order", "'triggers': [{'on': 'order', 'sku': 'book'}]");
  gint64 any = add_entry (fixture, "any", "'triggers': [{'on': 'order'}, {'on': 'manual'}]");
  gint64 kind = add_entry (
      fixture, "kind", "'triggers': [{'on': 'event', 'kind': 'tag.removed', 'detail': 'news'}]");
  gint64 ann = rungs_shop_add_lead (fixture, "ann");
  gint64 bob = rungs_shop_add_lead (fixture, "bob");
  gint64 news;

  rungs_product_set_parts (db, both, &book, 1, NULL);
  rungs_shop_tag (fixture, ann, "news");
  rungs_shop_tag (fixture, bob, "other");
  submit_form (fixture, bob, "Letter");
  submit_form (fixture, ann, "Contact");
  rungs_fixture_add_order (fixture, ann, both);
  rungs_fixture_add_order (fixture, bob, pen);
  rungs_shop_follow (fixture);
  g_assert_cmpint (count_walks (fixture, tag), ==, 1);
  g_assert_cmpint (count_walks (fixture, form), ==, 1);
  g_assert_cmpint (count_walks (fixture, order), ==, 1);
  g_assert_cmpint (count_walks (fixture, any), ==, 2);
  g_assert_cmpint (count_walks (fixture, kind), ==, 0);

  rungs_tag_find (db, "news", &news, NULL);
  rungs_lead_remove_tag (db, ann, news, rungs_fixture_now (fixture), NULL);
  rungs_shop_follow (fixture);
  rungs_shop_follow (fixture);
  g_assert_cmpint (count_walks (fixture, kind), ==, 1);
  g_assert_cmpint (
      rungs_fixture_number (fixture, "SELECT count(*) FROM event v JOIN enrolment e ON e.id = v.ref"
                                     " WHERE v.kind = 'sequence.entered' AND v.lead = e.lead"),
      ==, 6);
}

/* Starting the sequence begins the watch; who is in the segment then has not come. */
static void
test_segment_trigger (RungsFixture *fixture,
                      RungsDb      *db)
{
  gint64 ann = rungs_shop_add_lead (fixture, "ann");
  gint64 bob = rungs_shop_add_lead (fixture, "bob");
  gint64 fixed = rungs_segment_create (db, "Guests", NULL, NULL, 0, NULL);
  g_autoptr (RungsSegment) guests = rungs_segment_load (db, fixed, NULL);
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) added = NULL;
  gint64 live, by_hand;

  rungs_shop_tag (fixture, ann, "vip");
  rungs_segment_create (db, "Best", NULL,
                        "{\"field\": \"tag\", \"op\": \"has\", \"value\": \"vip\"}", 0, NULL);
  live = add_entry (fixture, "live", "'triggers': [{'on': 'segment', 'segment': 'best'}]");
  by_hand = add_entry (fixture, "hand", "'triggers': [{'on': 'segment', 'segment': 'guests'}]");
  rungs_shop_tag (fixture, bob, "vip");
  g_array_append_val (some, ann);
  added = rungs_segment_add_members (db, guests, some, rungs_fixture_now (fixture), NULL);
  g_assert_nonnull (added);
  g_assert_true (rungs_segments_follow (db, rungs_fixture_now (fixture), NULL));
  rungs_shop_follow (fixture);
  g_assert_cmpint (count_walks (fixture, live), ==, 1);
  g_assert_cmpint (count_walks (fixture, by_hand), ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT e.lead FROM enrolment e"
                                                  "  JOIN sequence s ON s.id = e.sequence"
                                                  " WHERE s.name = 'live'"),
                   ==, bob);
}

static void
test_drafts_do_not_listen (RungsFixture *fixture,
                           RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");
  gint64 sequence = rungs_sequence_add (
      db,
      "{\"name\": \"S\", \"entry\": {\"triggers\": [{\"on\": \"tag\", \"name\": \"x\"}]},"
      " \"start\": \"a\", \"steps\": {\"a\": {\"kind\": \"exit\"}}}",
      rungs_fixture_now (fixture), NULL, NULL);

  rungs_shop_tag (fixture, lead, "x");
  rungs_shop_follow (fixture);
  g_assert_cmpint (count_walks (fixture, sequence), ==, 0);
  g_assert_cmpstr (rungs_shop_enrol (fixture, lead, sequence), ==, "not-started");

  /* what happened before it was started does not count afterwards */
  g_assert_true (rungs_sequence_start (db, sequence, rungs_fixture_now (fixture), NULL));
  rungs_shop_tag (fixture, lead, "y");
  rungs_shop_follow (fixture);
  g_assert_cmpint (count_walks (fixture, sequence), ==, 0);
}

/* An import as it leaves its rows: one event for all. */
static void
import (RungsFixture *fixture,
        int           leads)
{
  g_autofree char *rows = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      " INSERT INTO lead (id, email, email_key, created_at, updated_at)"
      " SELECT 1000 + i, i || '@example.org', i || '@example.org', 0, 0 FROM n",
      leads);

  rungs_fixture_run (fixture,
                     "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'jv', 'Sue', 0)");
  rungs_fixture_run (fixture,
                     "INSERT INTO import_run (id, file_name, source, on_match, mapping,"
                     " started_at, finished_at) VALUES (7, 'f.csv', 1, 'fill', '{}', 0, 0)");
  rungs_fixture_run (fixture, rows);
  rungs_fixture_run (fixture, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
  rungs_fixture_run (fixture, "INSERT INTO import_lead SELECT 7, id, 1 FROM lead WHERE id > 1000");
  rungs_fixture_run (fixture, "INSERT INTO tag (id, name) VALUES (5, 'fair')");
  rungs_fixture_run (fixture, "INSERT INTO lead_tag SELECT id, 5, 0, 7 FROM lead WHERE id > 1001");
  rungs_fixture_run (fixture, "INSERT INTO consent (lead, action, at, origin, run)"
                              " SELECT id, 'given', 0, 'import', 7 FROM lead WHERE id > 1002");
  rungs_event_add_of_run (fixture->db, 0, RUNGS_EVENT_IMPORT_DONE, rungs_fixture_now (fixture), 7,
                          "f.csv", 7, NULL);
}

static void
test_import (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 any = add_entry (fixture, "any", "'triggers': [{'on': 'import'}]");
  gint64 sue = add_entry (fixture, "sue", "'triggers': [{'on': 'import', 'source': 'jv:Sue'}]");
  gint64 tim = add_entry (fixture, "tim", "'triggers': [{'on': 'import', 'source': 'jv:Tim'}]");
  gint64 tag = add_entry (fixture, "tag", "'triggers': [{'on': 'tag', 'name': 'fair'}]");
  gint64 mail;

  rungs_shop_add_message (fixture, "A", TRUE);
  mail = rungs_shop_add_sequence (fixture,
                                  "{'name': 'mail', 'entry': {'triggers': [{'on': 'import'}]},"
                                  " 'start': 'a', 'steps': {'a': {'kind': 'message',"
                                  " 'message': 'A'}}}");
  import (fixture, 20);
  rungs_suppression_add (db, "9@example.org", RUNGS_SUPPRESSED_BY_HAND, NULL,
                         rungs_fixture_now (fixture), NULL);
  rungs_shop_follow (fixture);
  g_assert_cmpint (count_walks (fixture, any), ==, 20);
  g_assert_cmpint (count_walks (fixture, sue), ==, 20);
  g_assert_cmpint (count_walks (fixture, tim), ==, 0);
  g_assert_cmpint (count_walks (fixture, tag), ==, 19);
  g_assert_cmpint (count_walks (fixture, mail), ==, 18);

  /* who is suppressed entered with the others, and gets nothing */
  rungs_shop_run (fixture, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM outbox"), ==, 17);
}

/* An order for what is sold, or for a bundle that holds it, ends the walk at once, and what was
 * planned is not sent. */
static void
test_order_ends (RungsFixture *fixture,
                 RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (fixture, "BOOK", 100);
  gint64 both = rungs_fixture_add_product (fixture, "BOTH", 100);
  gint64 pen = rungs_fixture_add_product (fixture, "PEN", 100);
  gint64 ann = rungs_shop_add_lead (fixture, "ann");
  gint64 bob = rungs_shop_add_lead (fixture, "bob");
  gint64 cem = rungs_shop_add_lead (fixture, "cem");
  gint64 sequence;

  rungs_product_set_parts (db, both, &book, 1, NULL);
  rungs_shop_add_message (fixture, "A", TRUE);
  sequence =
      rungs_shop_add_sequence (fixture, "{'name': 'S', 'sells': 'BOOK', 'start': 'a', 'steps': {"
                                        "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"
                                        "'w': {'kind': 'wait', 'days': 1, 'next': 'b'},"
                                        "'b': {'kind': 'message', 'message': 'A'}}}");
  rungs_shop_enrol (fixture, ann, sequence);
  rungs_shop_enrol (fixture, bob, sequence);
  rungs_shop_enrol (fixture, cem, sequence);
  rungs_shop_run (fixture, 0);
  rungs_fixture_add_order (fixture, ann, book);
  rungs_fixture_add_order (fixture, bob, both);
  rungs_fixture_add_order (fixture, cem, pen);
  rungs_shop_follow (fixture);
  rungs_shop_assert_walks (fixture, ann, "bought (event)");
  rungs_shop_assert_walks (fixture, bob, "bought (event)");
  rungs_shop_assert_walks (fixture, cem, "w");
  rungs_shop_assert_mails (fixture, ann, "A 03-02 10:00 withheld:owned");
  rungs_shop_assert_mails (fixture, cem, "A 03-02 10:00");

  g_assert_cmpstr (rungs_shop_enrol (fixture, ann, sequence), ==, "owns");
  rungs_shop_run (fixture, 2);
  rungs_shop_assert_mails (fixture, cem, "A 03-02 10:00, A 03-03 10:00");
  rungs_shop_assert_mails (fixture, bob, "A 03-02 10:00 withheld:owned");
}

/* The order that ends one sequence starts the next one. */
static void
test_order_hands_over (RungsFixture *fixture,
                       RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (fixture, "BOOK", 100);
  gint64 lead = rungs_shop_add_lead (fixture, "ann");

  rungs_fixture_add_product (fixture, "COURSE", 100);
  rungs_shop_add_message (fixture, "A", TRUE);
  rungs_shop_add_message (fixture, "B", TRUE);
  rungs_shop_enrol (fixture, lead,
                    rungs_shop_add_sequence (
                        fixture, "{'name': 'sells book', 'sells': 'BOOK', 'start': 'a', 'steps': {"
                                 "'a': {'kind': 'wait', 'days': 1, 'next': 'b'},"
                                 "'b': {'kind': 'message', 'message': 'A'}}}"));
  rungs_shop_add_sequence (fixture, "{'name': 'sells course', 'sells': 'COURSE',"
                                    " 'entry': {'triggers': [{'on': 'order', 'sku': 'BOOK'}]},"
                                    " 'start': 'a', 'steps': {"
                                    "'a': {'kind': 'wait', 'days': 2, 'next': 'b'},"
                                    "'b': {'kind': 'message', 'message': 'B'}}}");
  rungs_shop_run (fixture, 0);
  rungs_fixture_add_order (fixture, lead, book);
  rungs_shop_run (fixture, 9);
  rungs_shop_assert_walks (fixture, lead, "bought (event), finished");
  rungs_shop_assert_mails (fixture, lead, "B 03-04 10:00");
}

static void
test_goal (RungsFixture *fixture,
           RungsDb      *db)
{
  gint64 ann = rungs_shop_add_lead (fixture, "ann");
  gint64 bob = rungs_shop_add_lead (fixture, "bob");
  gint64 cem = rungs_shop_add_lead (fixture, "cem");
  gint64 sequence = rungs_shop_add_sequence (
      fixture,
      "{'name': 'S', 'entry': {'triggers': [{'on': 'form', 'name': 'F'}]}, 'start': 'a', 'steps': {"
      "'a': {'kind': 'wait', 'days': 9, 'next': 'x'}, 'x': {'kind': 'exit'},"
      "'g': {'kind': 'goal', 'event': {'on': 'tag', 'name': 'done'}},"
      "'r': {'kind': 'goal', 'rule': {'field': 'score', 'op': 'at_least', 'value': 10}}}}");

  /* the goal's event came before bob entered, and after cem did */
  rungs_shop_enrol (fixture, ann, sequence);
  rungs_shop_tag (fixture, bob, "done");
  submit_form (fixture, bob, "F");
  submit_form (fixture, cem, "F");
  rungs_shop_tag (fixture, cem, "done");
  rungs_shop_follow (fixture);
  rungs_shop_assert_walks (fixture, ann, "a");
  rungs_shop_assert_walks (fixture, bob, "a");
  rungs_shop_assert_walks (fixture, cem, "goal (event)");

  rungs_lead_add_score (db, ann, 9, "", rungs_fixture_now (fixture), NULL);
  rungs_shop_follow (fixture);
  rungs_shop_assert_walks (fixture, ann, "a");
  rungs_lead_add_score (db, ann, 1, "", rungs_fixture_now (fixture), NULL);
  rungs_shop_follow (fixture);
  rungs_shop_assert_walks (fixture, ann, "goal (event)");
  rungs_shop_assert_walks (fixture, bob, "a");
}

static void
test_wake (RungsFixture *fixture,
           RungsDb      *db)
{
  gint64 ann = rungs_shop_add_lead (fixture, "ann");
  gint64 bob = rungs_shop_add_lead (fixture, "bob");
  gint64 sequence;

  rungs_shop_add_message (fixture, "A", TRUE);
  rungs_shop_add_message (fixture, "B", TRUE);
  sequence = rungs_shop_add_steps (
      fixture,
      "'a': {'kind': 'wait_until', 'event': {'on': 'form', 'name': 'F'}, 'days': 3, 'next': 'b',"
      "      'timeout': 'c'},"
      "'b': {'kind': 'message', 'message': 'A'}, 'c': {'kind': 'message', 'message': 'B'}");
  rungs_shop_enrol (fixture, ann, sequence);
  rungs_shop_enrol (fixture, bob, sequence);
  submit_form (fixture, bob, "F"); /* before bob comes to the step: not what it waits for */
  rungs_shop_run (fixture, 1);
  submit_form (fixture, ann, "F");
  submit_form (fixture, bob, "G");
  rungs_shop_run (fixture, 5);
  rungs_shop_assert_mails (fixture, ann, "A 03-03 10:00");
  rungs_shop_assert_mails (fixture, bob, "B 03-05 10:00");
}

static void
test_refusals (RungsFixture *fixture,
               RungsDb      *db)
{
  gint64 now = rungs_fixture_now (fixture);
  gint64 ann = rungs_shop_add_lead (fixture, "ann");
  gint64 bob = rungs_shop_add_lead (fixture, "bob");
  gint64 cem = rungs_shop_add_lead (fixture, "cem");
  gint64 marketing;
  gint64 tasks;

  rungs_shop_add_message (fixture, "A", TRUE);
  marketing =
      rungs_shop_add_steps (fixture, "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"
                                     "'w': {'kind': 'wait', 'days': 9}");
  tasks = rungs_shop_add_sequence (fixture, "{'name': 'T', 'start': 'a', 'steps': {"
                                            "'a': {'kind': 'wait', 'days': 9}}}");
  rungs_shop_enrol (fixture, ann, marketing);
  rungs_shop_enrol (fixture, ann, tasks);
  rungs_shop_enrol (fixture, bob, marketing);
  rungs_shop_enrol (fixture, cem, marketing);
  rungs_shop_run (fixture, 0);

  rungs_consent_withdraw (db, ann, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, now, "form", NULL);
  rungs_suppression_add (db, "bob@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED, NULL, now, NULL);
  rungs_consent_withdraw (db, cem, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_PHONE, now, "form", NULL);
  rungs_shop_follow (fixture);
  rungs_shop_assert_walks (fixture, ann, "stopped (event), a");
  rungs_shop_assert_walks (fixture, bob, "stopped (event)");
  rungs_shop_assert_walks (fixture, cem, "w");
  rungs_shop_assert_mails (fixture, ann, "A 03-02 10:00 withheld:no-consent");
  rungs_shop_assert_mails (fixture, bob, "A 03-02 10:00 withheld:suppressed");
  g_assert_cmpstr (rungs_shop_enrol (fixture, ann, marketing), ==, "reentry");
}

static void
test_answers (RungsFixture *fixture,
              RungsDb      *db)
{
  gint64 ann = rungs_shop_add_lead (fixture, "ann");
  gint64 bob = rungs_fixture_add_lead (fixture, "bob@example.com", "Bob");
  gint64 cem = rungs_shop_add_lead (fixture, "cem");
  gint64 dia = rungs_shop_add_lead (fixture, "dia");
  gint64 never;
  gint64 days;
  gint64 transactional;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 counts[RUNGS_ENROL_SUPPRESSED + 1] = { 0 };

  rungs_shop_add_message (fixture, "A", TRUE);
  rungs_shop_add_message (fixture, "T", FALSE);
  never = rungs_shop_add_steps (fixture, "'a': {'kind': 'message', 'message': 'A'}");
  days = rungs_shop_add_sequence (fixture, "{'name': 'D', 'entry': {'reentry': {'after_days': 10}},"
                                           " 'start': 'a', 'steps': {'a': {'kind': 'exit'}}}");
  transactional =
      rungs_shop_add_sequence (fixture, "{'name': 'T', 'entry': {'reentry': 'after_end'},"
                                        " 'start': 'a', 'steps': {'a': {'kind': 'message',"
                                        " 'message': 'T'}}}");
  rungs_lead_set_bounced (db, cem, 5, NULL);
  rungs_suppression_add (db, "dia@example.com", RUNGS_SUPPRESSED_BY_HAND, NULL, 5, NULL);

  g_assert_cmpstr (rungs_shop_enrol (fixture, ann, never), ==, "ok");
  g_assert_cmpstr (rungs_shop_enrol (fixture, ann, never), ==, "active");
  g_assert_cmpstr (rungs_shop_enrol (fixture, bob, never), ==, "no-consent");
  g_assert_cmpstr (rungs_shop_enrol (fixture, cem, never), ==, "no-address");
  g_assert_cmpstr (rungs_shop_enrol (fixture, dia, never), ==, "suppressed");
  g_assert_cmpstr (rungs_shop_enrol (fixture, bob, transactional), ==, "ok");
  g_assert_cmpstr (rungs_shop_enrol (fixture, dia, transactional), ==, "suppressed");
  g_assert_cmpstr (rungs_shop_enrol (fixture, dia, days), ==, "ok");
  rungs_shop_run (fixture, 1);
  g_assert_cmpstr (rungs_shop_enrol (fixture, ann, never), ==, "reentry");
  g_assert_cmpstr (rungs_shop_enrol (fixture, bob, transactional), ==, "ok");
  g_assert_cmpstr (rungs_shop_enrol (fixture, dia, days), ==, "reentry");
  rungs_shop_run (fixture, 10);
  g_assert_cmpstr (rungs_shop_enrol (fixture, dia, days), ==, "ok");

  g_array_append_val (all, ann);
  g_array_append_val (all, bob);
  g_array_append_val (all, dia);
  g_assert_true (rungs_enrolments_enter (db, all, days, "by hand", rungs_fixture_now (fixture),
                                         counts, NULL, NULL));
  g_assert_cmpint (counts[RUNGS_ENROL_OK], ==, 2);
  g_assert_cmpint (counts[RUNGS_ENROL_ACTIVE], ==, 1);
}

/* Two sequences that start each other: a lead goes round once an hour at most. */
static void
test_chase (RungsFixture *fixture,
            RungsDb      *db)
{
  gint64 lead = rungs_shop_add_lead (fixture, "ann");

  rungs_shop_add_sequence (fixture,
                           "{'name': 'A', 'entry': {'reentry': 'after_end',"
                           " 'triggers': [{'on': 'tag', 'name': 'a'}]}, 'start': 'r', 'steps': {"
                           "'r': {'kind': 'action', 'remove_tag': 'b', 'next': 's'},"
                           "'s': {'kind': 'action', 'add_tag': 'b'}}}");
  rungs_shop_add_sequence (fixture,
                           "{'name': 'B', 'entry': {'reentry': 'after_end',"
                           " 'triggers': [{'on': 'tag', 'name': 'b'}]}, 'start': 'r', 'steps': {"
                           "'r': {'kind': 'action', 'remove_tag': 'a', 'next': 's'},"
                           "'s': {'kind': 'action', 'add_tag': 'a'}}}");
  rungs_shop_tag (fixture, lead, "a");
  rungs_shop_run (fixture, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM enrolment"), ==, 2);
}

/* A new version is for those who enter from now on. */
static void
test_versions (RungsFixture *fixture,
               RungsDb      *db)
{
  gint64 ann = rungs_shop_add_lead (fixture, "ann");
  gint64 bob = rungs_shop_add_lead (fixture, "bob");
  gint64 sequence = rungs_shop_add_steps (fixture, "'a': {'kind': 'wait', 'days': 1}");
  g_autoptr (GPtrArray) versions = NULL;

  rungs_shop_enrol (fixture, ann, sequence);
  g_assert_cmpint (rungs_shop_add_steps (fixture, "'a': {'kind': 'wait', 'days': 1}"), ==,
                   sequence);
  g_assert_cmpint (rungs_shop_add_steps (fixture, "'a': {'kind': 'wait', 'days': 5}"), ==,
                   sequence);
  rungs_shop_enrol (fixture, bob, sequence);
  rungs_shop_run (fixture, 2);
  rungs_shop_assert_walks (fixture, ann, "finished");
  rungs_shop_assert_walks (fixture, bob, "a");

  versions = rungs_sequence_versions (db, sequence, NULL);
  g_assert_cmpint (versions->len, ==, 2);
  g_assert_cmpint (((RungsSequenceVersion *) g_ptr_array_index (versions, 0))->active, ==, 1);
  g_assert_cmpint (((RungsSequenceVersion *) g_ptr_array_index (versions, 1))->active, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  rungs_fixture_add_test ("/sequences/follow/triggers", test_triggers);
  rungs_fixture_add_test ("/sequences/follow/segment-trigger", test_segment_trigger);
  rungs_fixture_add_test ("/sequences/follow/drafts", test_drafts_do_not_listen);
  rungs_fixture_add_test ("/sequences/follow/import", test_import);
  rungs_fixture_add_test ("/sequences/follow/order-ends", test_order_ends);
  rungs_fixture_add_test ("/sequences/follow/order-hands-over", test_order_hands_over);
  rungs_fixture_add_test ("/sequences/follow/goal", test_goal);
  rungs_fixture_add_test ("/sequences/follow/wake", test_wake);
  rungs_fixture_add_test ("/sequences/follow/refusals", test_refusals);
  rungs_fixture_add_test ("/sequences/follow/answers", test_answers);
  rungs_fixture_add_test ("/sequences/follow/chase", test_chase);
  rungs_fixture_add_test ("/sequences/follow/versions", test_versions);
  return g_test_run ();
}
