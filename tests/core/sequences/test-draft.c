/* test-draft.c: a draft stands beside the version in use, may be anything that is an object, and
 * follows what is renamed. */

#include "sequences/rungs-sequence-draft-store.h"

#include "base/rungs-error.h"
#include "rungs-shop.h"
#include "segments/rungs-names-follow-store.h"
#include "sequences/rungs-sequence-store.h"

#define GRAPH "'a': {'kind': 'message', 'message': 'A'}"

static void
save (RungsFixture *f,
      gint64        sequence,
      const char   *json)
{
  g_autoptr (GError) error = NULL;

  rungs_sequence_draft_save (f->db, sequence, json, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
}

static void
test_beside (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (RungsSequenceDraft) first = NULL;
  g_autoptr (RungsSequenceDraft) second = NULL;
  g_autoptr (RungsSequenceDraft) none = NULL;
  g_autoptr (GError) error = NULL;
  gint64 sequence, version;

  rungs_shop_add_message (f, "A", TRUE);
  sequence = rungs_shop_add_steps (f, GRAPH);
  version = rungs_fixture_number (f, "SELECT version FROM sequence");
  none = rungs_sequence_draft_load (db, sequence, &error);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_assert_null (none);
  g_clear_error (&error);

  save (f, sequence, "{ \"steps\": {} }");
  first = rungs_sequence_draft_load (db, sequence, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->graph, ==, "{\"steps\":{}}");
  g_assert_cmpint (first->based_on, ==, version);
  g_assert_cmpint (first->updated_at, ==, rungs_fixture_now (f));

  /* a version that came meanwhile is not what the draft began from */
  rungs_shop_add_steps (f, "'a': {'kind': 'message', 'message': 'A', 'next': 'e'},"
                           "'e': {'kind': 'exit'}");
  rungs_fixture_pass (f, RUNGS_HOUR);
  save (f, sequence, "{\"start\":1}");
  second = rungs_sequence_draft_load (db, sequence, &error);
  g_assert_cmpstr (second->graph, ==, "{\"start\":1}");
  g_assert_cmpint (second->based_on, ==, version);
  g_assert_cmpint (second->updated_at, ==, rungs_fixture_now (f));

  g_assert_true (rungs_sequence_draft_discard (db, sequence, &error));
  g_assert_true (rungs_sequence_draft_discard (db, sequence, &error));
  g_assert_true (rungs_sequence_draft_find (db, sequence, &none, &error));
  g_assert_null (none);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  static const char *const WRONG[] = { "", "x", "[1]", "7", "{\"a\":" };
  g_autofree char *deep = g_strnfill (2000, '[');
  g_autoptr (GError) error = NULL;
  gint64 sequence;

  rungs_shop_add_message (f, "A", TRUE);
  sequence = rungs_shop_add_steps (f, GRAPH);
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_assert_false (rungs_sequence_draft_save (db, sequence, WRONG[i], 1, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (rungs_sequence_draft_save (db, sequence, deep, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_sequence_draft_save (db, sequence + 1, "{}", 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM sequence_draft"), ==, 0);
}

/* A sequence without a version is there, and nobody walks it. */
static void
test_created (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (RungsSequence) sequence = NULL;
  g_autoptr (RungsSequenceDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  gint64 lead = rungs_shop_add_lead (f, "ann");
  gint64 id = rungs_sequence_create (db, "New", rungs_fixture_now (f), &error);

  g_assert_no_error (error);
  sequence = rungs_sequence_load (db, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sequence->name, ==, "New");
  g_assert_cmpint (sequence->version, ==, 0);
  g_assert_cmpstr (rungs_shop_enrol (f, lead, id), ==, "not-started");
  g_assert_false (rungs_sequence_start (db, id, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (rungs_sequence_create (db, "New", 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (rungs_sequence_create (db, "", 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);

  save (f, id, "{}");
  draft = rungs_sequence_draft_load (db, id, &error);
  g_assert_cmpint (draft->based_on, ==, 0);
}

static void
test_renamed (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (RungsSequenceDraft) draft = NULL;
  g_autoptr (GPtrArray) news = NULL;
  g_autoptr (GError) error = NULL;
  gint64 sequence;

  rungs_shop_add_message (f, "A", TRUE);
  sequence = rungs_shop_add_steps (f, GRAPH);
  save (f, sequence,
        "{\"name\":\"S\",\"steps\":{\"a\":{\"kind\":\"message\",\"message\":\"A\"},\"b\":{}}}");
  rungs_fixture_run (f, "UPDATE message SET name = 'Hello' WHERE name = 'A'");
  rungs_fixture_run (f, "UPDATE sequence SET name = 'T'");
  news = rungs_names_follow (db, &error);
  g_assert_no_error (error);
  draft = rungs_sequence_draft_load (db, sequence, &error);
  g_assert_cmpstr (
    draft->graph, ==,
    "{\"name\":\"T\",\"steps\":{\"a\":{\"kind\":\"message\",\"message\":\"Hello\"},\"b\":{}}}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/draft/beside", test_beside);
  rungs_fixture_add_test ("/draft/refused", test_refused);
  rungs_fixture_add_test ("/draft/created", test_created);
  rungs_fixture_add_test ("/draft/renamed", test_renamed);
  return g_test_run ();
}
