/* test-retention.c: what is older than it is to be kept goes, and nothing falls with it. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "engine/rungs-engine.h"
#include "engine/rungs-retention-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-import.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-note-store.h"
#include "mail/rungs-account-store.h"
#include "rungs-fixture.h"
#include "segments/rungs-segment-member-store.h"
#include "segments/rungs-segments-follow.h"

#define MONTH (31 * RUNGS_DAY)

static const char RULE[]
    = "{\"field\": \"events\", \"kind\": \"form.submitted\", \"op\": \"at_least\", \"value\": 1}";

/* All parts of the program have read the timeline. */
static void
follow (RungsFixture *f)
{
  static const char *const names[] = { "segments", "sequences", "process", "scores" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    rungs_event_skip (f->db, names[i], NULL);
}

static void
add_event (RungsFixture *f,
           gint64        lead,
           const char   *kind,
           gint64        ago)
{
  g_assert_cmpint (rungs_event_add (f->db, lead, kind, rungs_fixture_now (f) - ago, 0, "old", NULL),
                   !=, 0);
}

static gint64
work_off (RungsFixture *f,
          guint         limit)
{
  gint64 all = 0, removed;
  gboolean left = TRUE;
  g_autoptr (GError) error = NULL;

  while (left)
    {
      g_assert_true (rungs_retention_step (f->db, rungs_fixture_now (f), limit, &removed, &left,
                                           &error));
      g_assert_no_error (error);
      all += removed;
    }
  return all;
}

static gint64
count (RungsFixture *f,
       const char   *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM event WHERE kind = '%s'", kind);

  return rungs_fixture_number (f, sql);
}

static gint64
preview (RungsFixture *f,
         const char   *kind,
         gint64        months)
{
  gint64 goes = -1;

  g_assert_true (rungs_retention_preview (f->db, kind, months, rungs_fixture_now (f), &goes, NULL));
  return goes;
}

static void
test_run (RungsFixture *f,
          RungsDb      *db)
{
  gint64 lead = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 cursor;

  for (guint i = 0; i < 50; i++)
    add_event (f, lead, "tag.added", 5 * MONTH);
  for (guint i = 0; i < 7; i++)
    add_event (f, lead, "tag.added", MONTH);
  add_event (f, lead, "tag.removed", 50 * MONTH);
  g_assert_cmpint (preview (f, "tag.added", 3), ==, 0); /* nobody has followed them */
  follow (f);
  cursor = rungs_fixture_number (f, "SELECT min (event) FROM cursor");
  g_assert_cmpint (preview (f, "tag.added", 3), ==, 50);
  g_assert_cmpint (work_off (f, 10), ==, 0);
  g_assert_true (rungs_retention_set (db, "tag.added", 3, NULL));
  g_assert_cmpint (work_off (f, 7), ==, 50);
  g_assert_cmpint (work_off (f, 7), ==, 0);
  g_assert_cmpint (count (f, "tag.added"), ==, 7);
  g_assert_cmpint (count (f, "tag.removed"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT min (event) FROM cursor"), ==, cursor);
  /* the next day */
  rungs_fixture_pass (f, 4 * MONTH);
  g_assert_cmpint (work_off (f, 7), ==, 7);
  g_assert_true (rungs_retention_set (db, "tag.added", 0, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM retention"), ==, 0);
}

/* What the books and the evidence need cannot be named, not even in the file itself. */
static void
test_kept (RungsFixture *f,
           RungsDb      *db)
{
  static const char *const kinds[] = { "order.placed", "order.refunded", "consent.given",
                                       "consent.withdrawn", "consent.annulled", "lead.suppressed",
                                       "lead.unsuppressed", "lead.erased", "nonsense" };
  gint64 lead = rungs_fixture_add_lead (f, "ann@example.com", "Ann");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (rungs_retention_set (db, kinds[i], 1, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
  add_event (f, lead, "order.placed", 50 * MONTH);
  follow (f);
  rungs_fixture_run (f, "INSERT INTO retention (kind, months) VALUES ('order.placed', 1)");
  g_assert_cmpint (work_off (f, 10), ==, 0);
  g_assert_cmpint (count (f, "order.placed"), ==, 1);
}

/* Who is in a watched segment is always what its rule says. */
static void
test_segments (RungsFixture *f,
               RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_autoptr (RungsSegment) segment = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id, members = 0;

  add_event (f, ann, "form.submitted", 9 * MONTH);
  add_event (f, bob, "form.submitted", MONTH);
  id = rungs_segment_create (db, "Wrote", "", RULE, 1, &error);
  g_assert_no_error (error);
  g_assert_true (rungs_segment_watch (db, id, TRUE, rungs_fixture_now (f), &error));
  follow (f);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM segment_member"), ==, 2);
  rungs_retention_set (db, "form.submitted", 3, NULL);
  g_assert_cmpint (work_off (f, 100), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM segment_member"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT lead FROM segment_member"), ==, bob);
  segment = rungs_segment_load (db, id, NULL);
  rungs_segment_count (db, segment, rungs_fixture_now (f), &members, NULL);
  g_assert_cmpint (members, ==, 1);
  g_assert_cmpint (count (f, "segment.left"), ==, 1);
}

/* A lead that somebody worked on stays when its import is undone, though the note is gone. */
static void
test_import_undo (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_autoptr (GError) error = NULL;
  RungsImportUndo undo;

  rungs_fixture_run (f, "INSERT INTO import_run (id, file_name, on_match, mapping, started_at,"
                        " finished_at) VALUES (1, 'f', 'fill', '{}', 1, 1)");
  rungs_fixture_run (f, "INSERT INTO import_lead (run, lead, created)"
                        " SELECT 1, id, 1 FROM lead");
  add_event (f, ann, "form.submitted", 9 * MONTH);
  follow (f);
  rungs_retention_set (db, "form.submitted", 3, NULL);
  g_assert_cmpint (work_off (f, 100), ==, 1);
  g_assert_true (rungs_import_undo (db, 1, rungs_fixture_now (f), NULL, NULL, NULL, &undo, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM lead"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT id FROM lead"), ==, ann);
  g_assert_cmpint (undo.leads_deleted, ==, 1);
  (void) bob;
}

/* A merge is undone whole, whatever of its leads' timelines went since. */
static void
test_merge_undo (RungsFixture *f,
                 RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsMergePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  RungsMergeResult result;

  add_event (f, ann, "tag.added", MONTH);
  add_event (f, bob, "tag.added", MONTH);
  add_event (f, bob, "form.submitted", MONTH);
  g_array_append_val (leads, ann);
  g_array_append_val (leads, bob);
  plan = rungs_merge_plan_load (db, leads, NULL);
  g_assert_true (rungs_leads_merge (db, plan, rungs_fixture_now (f), &result, &error));
  rungs_fixture_pass (f, 12 * MONTH);
  follow (f);
  rungs_retention_set (db, "tag.added", 3, NULL);
  rungs_retention_set (db, "lead.merged", 3, NULL);
  g_assert_cmpint (work_off (f, 100), ==, 2);
  g_assert_cmpint (count (f, "lead.merged"), ==, 1);
  g_assert_true (rungs_merge_undo (db, result.merge, rungs_fixture_now (f), NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM lead"), ==, 2);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT lead FROM event WHERE kind = 'form.submitted'"),
                   ==, bob);
}

/* Notes are searched: what went is not found, and the index is in order (the fixture checks). */
static void
test_search (RungsFixture *f,
             RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsNote) note = rungs_note_new (ann, RUNGS_NOTE, rungs_fixture_now (f) - 9 * MONTH);
  g_autoptr (GError) error = NULL;

  rungs_note_set (&note->text, "Pipperon");
  g_assert_cmpint (rungs_note_add (db, note, rungs_fixture_now (f), &error), !=, 0);
  g_assert_no_error (error);
  follow (f);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM lead_search"
                                            " WHERE lead_search MATCH 'pipperon'"), ==, 1);
  rungs_retention_set (db, "note.added", 3, NULL);
  g_assert_cmpint (work_off (f, 100), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM lead_search"
                                            " WHERE lead_search MATCH 'pipperon'"), ==, 0);
}

static gboolean
prepare (RungsDb *db,
         gpointer data,
         GError **error)
{
  RungsFixture *f = data;
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_PRACTICE);
  gint64 lead = rungs_fixture_add_lead (f, "ann@example.com", "Ann");

  g_free (account->name);
  g_free (account->from_email);
  account->name = g_strdup ("Practice");
  account->from_email = g_strdup ("shop@example.com");
  for (guint i = 0; i < 5000; i++)
    add_event (f, lead, "tag.added", 5 * MONTH);
  return rungs_account_add (db, account, 1, error)
         && rungs_retention_set (db, "tag.added", 3, error);
}

/* The engine sees to it by itself, in batches. */
static void
test_engine (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autoptr (RungsEngine) engine = rungs_engine_new (f->path, f->clock, "test");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->db, rungs_db_close);
  f->db = rungs_business_open_at (f->path, RUNGS_DB_WRITE, f->clock, NULL);
  g_assert_true (rungs_db_write (f->db, prepare, f, &error));
  g_assert_no_error (error);
  g_assert_true (rungs_engine_run (engine, 0, NULL, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "tag.added"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/retention/run", test_run);
  rungs_fixture_add_test ("/retention/kept", test_kept);
  rungs_fixture_add_test ("/retention/segments", test_segments);
  rungs_fixture_add_test ("/retention/import-undo", test_import_undo);
  rungs_fixture_add_test ("/retention/merge-undo", test_merge_undo);
  rungs_fixture_add_test ("/retention/search", test_search);
  g_test_add_func ("/retention/engine", test_engine);
  return g_test_run ();
}
