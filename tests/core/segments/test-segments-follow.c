/* test-segments-follow.c: who is in a watched segment is who would be found anew, after thousands
 * of events and days passing, merges, erasures and imports, and taking them back. */

#include "base/rungs-error.h"
#include "ladder/rungs-subscription-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-import.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-merge-store.h"
#include "rungs-random-ladder.h"
#include "segments/rungs-rule.h"
#include "segments/rungs-segment-member-store.h"
#include "segments/rungs-segments-follow.h"

#define LEADS 16
#define WATCHED 24
#define ROUNDS 96
#define WORLDS 4

/* What follows each transaction, as the program has it (engine/rungs-business.c). */
static gboolean
follow_cb (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  return rungs_segments_follow (db, rungs_fixture_now (data), error);
}

static void
begin_to_watch (RungsFixture *self,
                RungsDb      *db)
{
  gint64 now = rungs_fixture_now (self);

  rungs_random_world (self, LEADS);
  rungs_random_ladder (self);
  for (guint i = 0; i < WATCHED; i++)
    {
      g_autoptr (JsonNode) json = rungs_random_rule (now, i % 3, TRUE);
      g_autofree char *text = json_to_string (json, FALSE);
      g_autofree char *name = g_strdup_printf ("Watched %u", i);
      g_autoptr (GError) error = NULL;
      gint64 id = rungs_segment_create (db, name, NULL, text, now, &error);

      g_assert_no_error (error);
      rungs_segment_watch (db, id, TRUE, now, &error);
      g_assert_no_error (error);
    }
}

static void
something_happens (RungsFixture *self,
                   RungsDb      *db)
{
  for (int i = rungs_chance (1, 4); i > 0; i--)
    rungs_random_change (self, rungs_chance (1, LEADS + 1));
  if (rungs_happens (15))
    rungs_random_ladder_change (self);
}

/* ---- what becomes of leads themselves */

/* What can be taken back. */
typedef struct
{
  RungsFixture *fixture;
  RungsLeadSnapshot *deleted; /* (owned) (nullable) */
  GArray *merges;             /* (owned) (element-type gint64) */
  guint done;                 /* how often something became of a lead */
} Fates;

static gboolean
merge_two (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  Fates *fates = data;
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsMergePlan) plan = NULL;
  RungsMergeResult result;

  for (guint i = 0; i < 2; i++)
    {
      gint64 lead = rungs_chance (1, LEADS + 1);

      g_array_append_val (leads, lead);
    }
  plan = rungs_merge_plan_load (db, leads, error);
  if (plan == NULL
      || !rungs_leads_merge (db, plan, rungs_fixture_now (fates->fixture), &result, error))
    return FALSE;
  g_array_append_val (fates->merges, result.merge);
  return TRUE;
}

static gboolean
part_again (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  Fates *fates = data;
  guint last = fates->merges->len;

  if (last == 0)
    return TRUE;
  if (!rungs_merge_undo (db, g_array_index (fates->merges, gint64, last - 1),
                         rungs_fixture_now (fates->fixture), NULL, error))
    return FALSE;
  g_array_set_size (fates->merges, last - 1);
  return TRUE;
}

static gboolean
delete_one (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  Fates *fates = data;
  RungsLeadSnapshot *deleted = rungs_lead_delete (db, rungs_chance (1, LEADS + 1),
                                                  rungs_fixture_now (fates->fixture), error);

  if (deleted == NULL)
    return FALSE;
  g_clear_pointer (&fates->deleted, rungs_lead_snapshot_free);
  fates->deleted = deleted;
  return TRUE;
}

static gboolean
put_back (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  Fates *fates = data;

  if (fates->deleted == NULL)
    return TRUE;
  if (rungs_lead_restore (db, fates->deleted, rungs_fixture_now (fates->fixture), error) == 0)
    return FALSE;
  g_clear_pointer (&fates->deleted, rungs_lead_snapshot_free);
  return TRUE;
}

static gboolean
erase_one (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  Fates *fates = data;
  g_autoptr (RungsErasure) erasure = rungs_lead_erase (
    db, rungs_chance (1, LEADS + 1), NULL, rungs_fixture_now (fates->fixture), error);

  return erasure != NULL;
}

/* That it cannot be is no fault: a lead with orders is not deleted, one that is gone not merged. */
static void
something_becomes_of_a_lead (Fates *fates)
{
  static gboolean (*const FATES[]) (RungsDb *, gpointer, GError **) = {
    merge_two, merge_two, part_again, part_again, delete_one, put_back, put_back,
  };
  RungsDbFunc fate = rungs_happens (4) ? erase_one : FATES[rungs_chance (0, G_N_ELEMENTS (FATES))];
  g_autoptr (GError) error = NULL;

  if (rungs_db_write (fates->fixture->db, fate, fates, &error))
    fates->done++;
  else
    g_test_message ("%s", error->message);
  g_assert_false (error != NULL && error->domain != RUNGS_ERROR);
  g_assert_false (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_FAILED));
}

static void
time_turns (RungsFixture *self,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  guint looked;

  if (rungs_happens (50))
    rungs_subscriptions_turn (db, rungs_fixture_now (self), 1000, &looked, &error);
  g_assert_no_error (error);
  rungs_segments_turn (db, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
}

static void
assert_up_to_date (RungsFixture       *self,
                   const RungsSegment *segment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRule) rule = rungs_rule_parse (segment->rule, &error);
  g_autofree char *sql = g_strdup_printf (
    "SELECT count(*) FROM segment_member WHERE segment = %" G_GINT64_FORMAT, segment->id);
  g_autoptr (GArray) anew = NULL;

  g_assert_no_error (error);
  anew = rungs_rule_list (self->db, rule, rungs_fixture_now (self), 0, 1000, &error);
  g_assert_no_error (error);
  if (rungs_fixture_number (self, sql) != anew->len)
    g_error ("%s: %d are in it, and %u anew", segment->rule,
             (int) rungs_fixture_number (self, sql), anew->len);
  for (guint i = 0; i < anew->len; i++)
    {
      g_autofree char *one = g_strdup_printf ("%s AND lead = %" G_GINT64_FORMAT, sql,
                                              g_array_index (anew, gint64, i));

      if (rungs_fixture_number (self, one) != 1)
        g_error ("%s: lead %d is not in it", segment->rule,
                 (int) g_array_index (anew, gint64, i));
    }
}

static void
assert_all_up_to_date (RungsFixture *fixture,
                       GPtrArray    *segments)
{
  for (guint i = 0; i < segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (segments, i);

      if (segment->watched)
        assert_up_to_date (fixture, segment);
    }
}

static void
test_world (gconstpointer data)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GPtrArray) segments = NULL;

  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  rungs_fixture_write (fixture, begin_to_watch);
  segments = rungs_segment_list (fixture->db, FALSE, NULL);
  for (guint round = 0; round < ROUNDS; round++)
    {
      if (rungs_happens (70))
        rungs_fixture_write (fixture, something_happens);
      if (rungs_happens (60))
        rungs_fixture_pass (fixture, rungs_happens (50) ? rungs_chance (0, 60) * RUNGS_DAY / 10
                                                        : rungs_chance (0, 86400000));
      /* without time having turned, only what happened is up to date */
      rungs_fixture_write (fixture, time_turns);
      assert_all_up_to_date (fixture, segments);
    }
}

/* The same after leads were merged and parted, deleted and put back, and erased. */
static void
test_fates (gconstpointer data)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GPtrArray) segments = NULL;
  Fates fates = { .fixture = fixture };

  fates.merges = g_array_new (FALSE, FALSE, sizeof (gint64));
  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  rungs_fixture_write (fixture, begin_to_watch);
  segments = rungs_segment_list (fixture->db, FALSE, NULL);
  for (guint round = 0; round < ROUNDS; round++)
    {
      something_becomes_of_a_lead (&fates);
      assert_all_up_to_date (fixture, segments);
      rungs_fixture_pass (fixture, RUNGS_HOUR);
      rungs_fixture_write (fixture, time_turns);
    }
  g_assert_cmpint (fates.done, >, ROUNDS / 4);
  g_clear_pointer (&fates.deleted, rungs_lead_snapshot_free);
  g_array_unref (fates.merges);
}

/* ---- imports */

/* Imports that stand, the newest last. */
typedef struct
{
  RungsFixture *fixture;
  GArray *runs; /* (owned) (element-type gint64) */
  guint taken_back;
} Imports;

#define PICK(list) (list)[rungs_chance (0, G_N_ELEMENTS (list))]

/* The leads of the world are found by their addresses. */
static void
give_keys (RungsFixture *self,
           RungsDb      *db)
{
  rungs_fixture_run (self, "UPDATE OR IGNORE lead SET email_key = lower (email)");
}

/* Some leads that are there, and some that are not. */
static char *
some_table (void)
{
  static const char *const COUNTRIES[] = { "DE", "at", "IE", "" };
  static const char *const TEXTS[] = { "", "Ulm", "Rex", "rex" };
  static const char *const DAYS[] = { "", "1990-11-24", "2000-02-29", "1985-06-01" };
  GString *table = g_string_new ("E-mail,First name,City,Country,Dog,Born,Weight\n");

  for (int i = rungs_chance (1, 12); i > 0; i--)
    g_string_append_printf (table, "lead%d@example.com,%s,%s,%s,%s,%s,%d\n", rungs_chance (0, 130),
                            PICK (TEXTS), PICK (TEXTS), PICK (COUNTRIES), PICK (TEXTS),
                            PICK (DAYS), rungs_chance (0, 40));
  return g_string_free (table, FALSE);
}

static void
import_some (Imports *imports)
{
  static const char *const SOURCES[] = { NULL, "ppc:Spring", "jv:Sue" };
  static const char *const TAGS[] = { "VIP", "news", "brought" };
  const char *const tags[] = { PICK (TAGS), rungs_happens (50) ? PICK (TAGS) : NULL, NULL };
  g_autofree char *path = g_build_filename (imports->fixture->folder, "leads.csv", NULL);
  g_autofree char *table = some_table ();
  RungsImportOptions options = { .path = path,
                                 .on_match = (RungsOnMatch) rungs_chance (0, 3),
                                 .source = PICK (SOURCES),
                                 .tags = rungs_happens (60) ? tags : NULL,
                                 .consent = rungs_happens (40) ? "I want letters" : NULL };
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, table, -1, &error);
  g_assert_no_error (error);
  rungs_import_run (imports->fixture->db, &options, rungs_fixture_now (imports->fixture), NULL,
                    NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_array_append_val (imports->runs, result.run);
}

static gboolean
undo_run (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  Imports *imports = data;
  guint which = (guint) rungs_chance (0, (int) imports->runs->len);
  RungsImportUndo undo;

  if (!rungs_import_undo (db, g_array_index (imports->runs, gint64, which),
                          rungs_fixture_now (imports->fixture), NULL, NULL, NULL, &undo, error))
    return FALSE;
  g_array_remove_index (imports->runs, which);
  return TRUE;
}

/* Any of them, not only the last. */
static void
take_back (Imports *imports)
{
  g_autoptr (GError) error = NULL;

  if (imports->runs->len == 0)
    return;
  rungs_db_write (imports->fixture->db, undo_run, imports, &error);
  g_assert_no_error (error);
  imports->taken_back++;
}

/* What happens to the leads of the world may take the mark of an import off one; in the program it
 * stays as long as the lead, for by it is known whom taking the import back concerns. */
static void
something_else_happens (RungsFixture *self,
                        RungsDb      *db)
{
  rungs_fixture_run (self, "CREATE TEMP TABLE marks AS SELECT run, lead, created FROM import_lead");
  something_happens (self, db);
  rungs_fixture_run (self, "INSERT OR IGNORE INTO import_lead (run, lead, created)"
                           " SELECT run, lead, created FROM temp.marks"
                           "  WHERE run > 2 AND lead IN (SELECT id FROM lead)");
  rungs_fixture_run (self, "DROP TABLE temp.marks");
}

static void
check_search (RungsFixture *self,
              RungsDb      *db)
{
  rungs_fixture_run (self,
                     "INSERT INTO lead_search (lead_search, rank) VALUES ('integrity-check', 1)");
}

/* The same after leads were imported and imports taken back, while other things happened; the
 * search index is whole all the while. */
static void
test_imports (gconstpointer data)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GPtrArray) segments = NULL;
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  Imports imports = { .fixture = fixture, .runs = runs };

  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  rungs_fixture_write (fixture, begin_to_watch);
  rungs_fixture_write (fixture, give_keys);
  segments = rungs_segment_list (fixture->db, FALSE, NULL);
  for (guint round = 0; round < ROUNDS / 2; round++)
    {
      if (rungs_happens (50))
        import_some (&imports);
      else
        take_back (&imports);
      assert_all_up_to_date (fixture, segments);
      if (rungs_happens (40))
        rungs_fixture_write (fixture, something_else_happens);
      rungs_fixture_write (fixture, check_search);
      rungs_fixture_pass (fixture, RUNGS_HOUR);
      rungs_fixture_write (fixture, time_turns);
      assert_all_up_to_date (fixture, segments);
    }
  g_assert_cmpuint (imports.taken_back, >, ROUNDS / 16);
}

static void
make_watched (RungsFixture *self,
              RungsDb      *db)
{
  gint64 id = rungs_segment_create (
    db, "VIP", NULL, "{\"field\": \"tag\", \"op\": \"has\", \"value\": \"VIP\"}", 0, NULL);

  rungs_fixture_add_lead (self, "ann@example.com", NULL);
  rungs_fixture_add_lead (self, "bob@example.com", NULL);
  rungs_fixture_run (self, "INSERT INTO tag (id, name) VALUES (1, 'VIP'), (2, 'old')");
  rungs_fixture_run (self, "INSERT INTO lead_tag (lead, tag, added_at)"
                           " VALUES (1, 1, 0), (2, 2, 0)");
  g_assert_true (rungs_segment_watch (db, id, TRUE, rungs_fixture_now (self), NULL));
}

static void
tag_bob (RungsFixture *self,
         RungsDb      *db)
{
  rungs_fixture_run (self, "INSERT INTO lead_tag (lead, tag, added_at) VALUES (2, 1, 0)");
  rungs_event_add (db, 2, RUNGS_EVENT_TAG_ADDED, rungs_fixture_now (self), 1, "VIP", NULL);
}

static void
change_rule (RungsFixture *self,
             RungsDb      *db)
{
  g_assert_true (
    rungs_segment_set_rule (db, 1, "{\"field\": \"tag\", \"op\": \"has\", \"value\": \"old\"}",
                            rungs_fixture_now (self), NULL));
}

static void
stop_watching (RungsFixture *self,
               RungsDb      *db)
{
  g_assert_true (rungs_segment_watch (db, 1, FALSE, rungs_fixture_now (self), NULL));
}

/* Those who are in it when the watch begins are there without having come; later ones come, and go
 * when the rule changes. */
static void
test_moves (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  const char *came = "SELECT count(*) FROM event WHERE kind = 'segment.entered'";
  const char *went = "SELECT count(*) FROM event WHERE kind = 'segment.left'";

  rungs_db_set_follower (fixture->db, follow_cb, fixture, NULL);
  rungs_fixture_write (fixture, make_watched);
  g_assert_cmpint (rungs_fixture_number (fixture, came), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT sum (lead) FROM segment_member"), ==, 1);
  rungs_fixture_write (fixture, tag_bob);
  g_assert_cmpint (rungs_fixture_number (fixture, came), ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT sum (lead) FROM segment_member"), ==, 3);
  rungs_fixture_write (fixture, change_rule);
  g_assert_cmpint (rungs_fixture_number (fixture, came), ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, went), ==, 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT sum (lead) FROM segment_member"), ==, 2);
  rungs_fixture_write (fixture, stop_watching);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM segment_member"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/segments/follow/moves", test_moves);
  for (guint i = 0; i < WORLDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/segments/follow/world-%u", i + 1);

      g_test_add_data_func (path, NULL, test_world);
    }
  for (guint i = 0; i < WORLDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/segments/follow/fates-%u", i + 1);

      g_test_add_data_func (path, NULL, test_fates);
    }
  for (guint i = 0; i < WORLDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/segments/follow/imports-%u", i + 1);

      g_test_add_data_func (path, NULL, test_imports);
    }
  return g_test_run ();
}
