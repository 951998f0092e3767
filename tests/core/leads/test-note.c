/* test-note.c: notes, calls and meetings are added, edited, deleted and put back, and found. */

#include "leads/rungs-note-store.h"

#include "base/rungs-error.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-list.h"
#include "leads/rungs-lead-match-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-merge-store.h"
#include "rungs-fixture.h"

/* How many leads a search finds. */
static guint
count_found (RungsDb    *db,
             const char *words)
{
  RungsLeadQuery query = { .words = (char *) words };
  g_autoptr (RungsLeadSet) set = NULL;
  g_autoptr (GError) error = NULL;

  rungs_lead_match_find (db, &query, &set, &error);
  g_assert_no_error (error);
  return rungs_lead_set_count (set);
}

static RungsNote *
new_call (gint64 lead,
          gint64 at)
{
  RungsNote *call = rungs_note_new (lead, RUNGS_NOTE_CALL, at);

  call->direction = RUNGS_CALL_IN;
  rungs_note_set (&call->outcome, "reached");
  rungs_note_set (&call->who, " Grace ");
  rungs_note_set (&call->text, "wants the zebra kit");
  return call;
}

static gint64
add (RungsDb         *db,
     const RungsNote *note,
     gint64           now)
{
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_note_add (db, note, now, &error);

  g_assert_no_error (error);
  return id;
}

static void
test_add (RungsFixture *f,
          RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsNote) call = new_call (ann, now - 5);
  g_autoptr (RungsNote) meeting = rungs_note_new (ann, RUNGS_NOTE_MEETING, now);
  g_autoptr (RungsNote) stored = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  rungs_note_set (&meeting->place, "Café Zürich");
  g_assert_true (rungs_lead_add_note (db, ann, "likes tea", now - 9, NULL));
  stored = rungs_note_load (db, add (db, call, now), NULL);
  add (db, meeting, now);

  g_assert_cmpint (stored->kind, ==, RUNGS_NOTE_CALL);
  g_assert_cmpint (stored->at, ==, now - 5);
  g_assert_cmpint (stored->direction, ==, RUNGS_CALL_IN);
  g_assert_cmpstr (stored->who, ==, "Grace");
  g_assert_cmpstr (stored->outcome, ==, "reached");
  notes = rungs_note_list (db, ann, NULL);
  g_assert_cmpuint (notes->len, ==, 3);
  g_assert_cmpstr (((RungsNote *) g_ptr_array_index (notes, 0))->place, ==, "Café Zürich");
  g_assert_cmpstr (((RungsNote *) g_ptr_array_index (notes, 2))->text, ==, "likes tea");
  g_assert_cmpuint (count_found (db, "zebra"), ==, 1);
  g_assert_cmpuint (count_found (db, "ann zurich tea"), ==, 1);
  g_assert_cmpuint (count_found (db, "grac"), ==, 1);
}

static void
check_refused (RungsDb         *db,
               const RungsNote *note,
               gint64           now,
               RungsError       code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_note_add (db, note, now, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, (int) code);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsNote) empty = rungs_note_new (ann, RUNGS_NOTE, now);
  g_autoptr (RungsNote) silent = rungs_note_new (ann, RUNGS_NOTE_CALL, now);
  g_autoptr (RungsNote) future = new_call (ann, now + 1);
  g_autoptr (RungsNote) nobody = new_call (99, now);
  g_autoptr (RungsNote) odd = new_call (ann, now);

  rungs_note_set (&odd->outcome, "married");
  check_refused (db, empty, now, RUNGS_ERROR_INVALID);
  check_refused (db, silent, now, RUNGS_ERROR_INVALID);
  check_refused (db, future, now, RUNGS_ERROR_INVALID);
  check_refused (db, odd, now, RUNGS_ERROR_INVALID);
  check_refused (db, nobody, now, RUNGS_ERROR_NOT_FOUND);
}

static void
test_edit (RungsFixture *f,
           RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsNote) call = new_call (ann, now);
  g_autoptr (RungsNote) stored = NULL;
  gint64 events;

  call->id = add (db, call, now);
  events = rungs_fixture_number (f, "SELECT count (*) FROM event");
  g_assert_true (rungs_note_save (db, call, now, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event"), ==, events);
  rungs_note_set (&call->text, "wants the yak kit");
  call->at = now - 60;
  g_assert_true (rungs_note_save (db, call, now, NULL));
  stored = rungs_note_load (db, call->id, NULL);
  g_assert_cmpstr (stored->text, ==, "wants the yak kit");
  g_assert_cmpint (stored->at, ==, now - 60);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event"), ==, events + 1);
  g_assert_cmpuint (count_found (db, "zebra"), ==, 0);
  g_assert_cmpuint (count_found (db, "yak"), ==, 1);
}

static void
test_delete (RungsFixture *f,
             RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsNote) call = new_call (ann, now - 60);
  gint64 id = add (db, call, now);
  g_autoptr (RungsNote) deleted = rungs_note_delete (db, id, now, NULL);
  g_autoptr (RungsNote) stored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_note_load (db, id, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_found (db, "zebra"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM note"), ==, 0);
  for (int i = 0; i < 2; i++)
    g_assert_true (rungs_note_restore (db, deleted, now, NULL));
  stored = rungs_note_load (db, id, NULL);
  g_assert_cmpstr (stored->text, ==, "wants the zebra kit");
  g_assert_cmpstr (stored->who, ==, "Grace");
  g_assert_cmpint (stored->at, ==, now - 60);
  g_assert_cmpuint (count_found (db, "zebra"), ==, 1);
}

/* With its lead they go and come back, and when the person is erased they are gone. */
static void
test_of_lead (RungsFixture *f,
              RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsNote) call = new_call (ann, now);
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;
  g_autoptr (RungsErasure) erasure = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  add (db, call, now);
  snapshot = rungs_lead_delete (db, ann, now, NULL);
  g_assert_cmpuint (count_found (db, "zebra"), ==, 0);
  rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  ann = rungs_lead_restore (db, snapshot, now, NULL);
  notes = rungs_note_list (db, ann, NULL);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpstr (((RungsNote *) g_ptr_array_index (notes, 0))->who, ==, "Grace");
  g_assert_cmpuint (count_found (db, "zebra"), ==, 1);
  rungs_fixture_add_order (f, ann, rungs_fixture_add_product (f, "KIT", 100));
  erasure = rungs_lead_erase (db, ann, NULL, now, NULL);
  g_assert_nonnull (erasure);
  g_assert_cmpuint (count_found (db, "zebra"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM note"), ==, 0);
}

/* What was written down about others names an erased person no more, and the search forgets it. */
static void
test_mention (RungsFixture *f,
              RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Quirinia");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_autoptr (RungsNote) call = new_call (bob, now);
  g_autoptr (RungsErasure) erasure = NULL;

  rungs_note_set (&call->who, "ann@example.com");
  rungs_note_set (&call->text, "came with ann@example.com");
  add (db, call, now);
  g_assert_cmpuint (count_found (db, "bob ann@example"), ==, 1);
  erasure = rungs_lead_erase (db, ann, NULL, now, NULL);
  g_assert_nonnull (erasure);
  g_assert_cmpuint (count_found (db, "bob ann"), ==, 0);
  g_assert_cmpuint (count_found (db, "bob came"), ==, 1);
}

/* What was written down about either is found at the one that stays, and goes back by undo; what
 * was edited meanwhile goes back as it is by then. */
static void
test_merge (RungsFixture *f,
            RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 both[] = { rungs_fixture_add_lead (f, "ann@example.com", "Ann"),
                    rungs_fixture_add_lead (f, "bob@example.com", "Bob") };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsNote) call = new_call (both[1], now);
  g_autoptr (RungsMergePlan) plan = NULL;
  g_autoptr (RungsNote) stored = NULL;
  g_autoptr (GError) error = NULL;
  RungsMergeResult result;

  call->id = add (db, call, now);
  g_array_append_vals (ids, both, 2);
  plan = rungs_merge_plan_load (db, ids, NULL);
  rungs_leads_merge (db, plan, now, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_found (db, "ann zebra"), ==, 1);
  g_assert_true (rungs_lead_search_check (db, NULL));
  rungs_note_set (&call->text, "wants the yak kit");
  g_assert_true (rungs_note_save (db, call, now, NULL));
  rungs_merge_undo (db, result.merge, now, NULL, &error);
  g_assert_no_error (error);
  stored = rungs_note_load (db, call->id, NULL);
  g_assert_cmpint (stored->lead, ==, both[1]);
  g_assert_cmpstr (stored->text, ==, "wants the yak kit");
  g_assert_cmpuint (count_found (db, "ann yak"), ==, 0);
  g_assert_cmpuint (count_found (db, "bob yak"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/note/add", test_add);
  rungs_fixture_add_test ("/note/refused", test_refused);
  rungs_fixture_add_test ("/note/edit", test_edit);
  rungs_fixture_add_test ("/note/delete", test_delete);
  rungs_fixture_add_test ("/note/of-lead", test_of_lead);
  rungs_fixture_add_test ("/note/mention", test_mention);
  rungs_fixture_add_test ("/note/merge", test_merge);
  return g_test_run ();
}
