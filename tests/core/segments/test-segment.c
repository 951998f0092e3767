/* test-segment.c: segments are made, named, changed, filled by hand, laid over each other, deleted
 * and put back. */

#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "rungs-fixture.h"
#include "segments/rungs-segment-member-store.h"

#define RICH "{\"field\": \"score\", \"op\": \"at_least\", \"value\": 10}"
#define KNOWN "{\"field\": \"email\", \"op\": \"not_empty\"}"

/* Leads 1 to `n`; the first two have a score of 10. */
static void
add_leads (RungsFixture *self,
           guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%u@example.com", i + 1);

      rungs_fixture_add_lead (self, email, NULL);
    }
  rungs_fixture_run (self, "UPDATE lead SET score = 10 WHERE id <= 2");
}

static RungsSegment *
make (RungsFixture *self,
      RungsDb      *db,
      const char   *name,
      const char   *rule)
{
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_segment_create (db, name, NULL, rule, rungs_fixture_now (self), &error);
  RungsSegment *segment;

  g_assert_no_error (error);
  segment = rungs_segment_load (db, id, &error);
  g_assert_no_error (error);
  return segment;
}

static GArray *
leads_of (const char *text)
{
  g_auto (GStrv)
    words = g_strsplit (text, " ", -1);
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (char **word = words; *word != NULL; word++)
    {
      gint64 lead = g_ascii_strtoll (*word, NULL, 10);

      g_array_append_val (leads, lead);
    }
  return leads;
}

static char *
text_of (GArray *leads)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int) g_array_index (leads, gint64, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_members (RungsFixture *self,
                RungsDb      *db,
                RungsSegment *segment,
                const char   *expected)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (self);
  g_autoptr (GArray) members = rungs_segment_members (db, segment, now, 0, 100, &error);
  g_autofree char *text = members ? text_of (members) : NULL;
  gint64 count = -1;

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  rungs_segment_count (db, segment, now, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, members->len);
  for (guint i = 0; i < members->len; i++)
    {
      gboolean has = FALSE;

      rungs_segment_has (db, segment, g_array_index (members, gint64, i), now, &has, &error);
      g_assert_no_error (error);
      g_assert_true (has);
    }
}

static void
add_members (RungsFixture *self,
             RungsDb *db,
             RungsSegment *segment,
             const char *leads,
             const char *added)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) given = leads_of (leads);
  g_autoptr (GArray) those =
      rungs_segment_add_members (db, segment, given, rungs_fixture_now (self), &error);
  g_autofree char *text = those ? text_of (those) : NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, added);
}

static void
test_create (RungsFixture *self,
             RungsDb      *db)
{
  g_autoptr (RungsSegment) live = make (self, db, " Rich people ", RICH);
  g_autoptr (RungsSegment) fixed = make (self, db, "Rich-people!", NULL);
  g_autoptr (RungsSegment) foreign = make (self, db, "Κατά", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (live->name, ==, "Rich people");
  g_assert_cmpstr (live->key, ==, "rich_people");
  g_assert_cmpint (live->kind, ==, RUNGS_SEGMENT_LIVE);
  g_assert_cmpstr (live->rule, ==, "{\"field\":\"score\",\"op\":\"at_least\",\"value\":10}");
  g_assert_cmpint (live->leads, ==, -1);
  g_assert_cmpstr (fixed->key, ==, "rich_people_2");
  g_assert_cmpint (fixed->kind, ==, RUNGS_SEGMENT_FIXED);
  g_assert_cmpint (fixed->leads, ==, 0);
  g_assert_null (fixed->rule);
  g_assert_true (g_str_has_prefix (foreign->key, "segment"));

  g_assert_cmpint (rungs_segment_create (db, "rich PEOPLE", NULL, RICH, 0, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_refusals (RungsFixture *self,
               RungsDb      *db)
{
  static const struct
  {
    const char *name;
    const char *rule;
    const char *words;
  } CASES[] = {
    { " ", RICH, "needs a name" },
    { "x", "{\"field\": \"shoe\", \"op\": \"is\", \"value\": 1}", "no field “shoe”" },
    { "x", "{\"field\": \"field:cat\", \"op\": \"empty\"}", "no custom field “cat”" },
    { "x", "nonsense", "not JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (rungs_segment_create (db, CASES[i].name, NULL, CASES[i].rule, 0, &error), ==,
                       0);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, CASES[i].words));
    }
}

static void
test_change (RungsFixture *self,
             RungsDb      *db)
{
  g_autoptr (RungsSegment) segment = make (self, db, "Rich", RICH);
  g_autoptr (RungsSegment) fixed = make (self, db, "Friends", NULL);
  g_autoptr (RungsSegment) changed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_segment_rename (db, segment->id, "Known", "By address", 7, &error));
  g_assert_true (rungs_segment_set_rule (db, segment->id, KNOWN, 8, &error));
  changed = rungs_segment_find (db, "known", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changed->key, ==, "rich");
  g_assert_cmpstr (changed->description, ==, "By address");
  g_assert_cmpint (changed->updated_at, ==, 8);

  g_assert_false (rungs_segment_set_rule (db, fixed->id, RICH, 8, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_segment_rename (db, fixed->id, "KNOWN", NULL, 8, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_segment_rename (db, 99, "x", NULL, 8, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_archive (RungsFixture *self,
              RungsDb      *db)
{
  g_autoptr (RungsSegment) segment = make (self, db, "Rich", RICH);
  g_autoptr (RungsSegment) other = make (self, db, "also", NULL);
  g_autoptr (GPtrArray) used = NULL;
  g_autoptr (GPtrArray) archived = NULL;

  g_assert_true (rungs_segment_archive (db, segment->id, TRUE, 9, NULL));
  used = rungs_segment_list (db, FALSE, NULL);
  archived = rungs_segment_list (db, TRUE, NULL);
  g_assert_cmpint (used->len, ==, 1);
  g_assert_cmpint (archived->len, ==, 1);
  g_assert_cmpint (((RungsSegment *) archived->pdata[0])->archived_at, ==, 9);
  g_assert_true (rungs_segment_archive (db, segment->id, FALSE, 10, NULL));
  g_clear_pointer (&used, g_ptr_array_unref);
  used = rungs_segment_list (db, FALSE, NULL);
  g_assert_cmpint (used->len, ==, 2);
  g_assert_cmpstr (((RungsSegment *) used->pdata[0])->name, ==, "also");
}

static void
test_members (RungsFixture *self,
              RungsDb      *db)
{
  g_autoptr (RungsSegment) rich = make (self, db, "Rich", RICH);
  g_autoptr (RungsSegment) friends = make (self, db, "Friends", NULL);
  g_autoptr (RungsSegment) now = NULL;
  g_autoptr (GArray) some = leads_of ("3 9 5");
  g_autoptr (GArray) gone = NULL;
  g_autoptr (GPtrArray) of_two = NULL;
  g_autoptr (GError) error = NULL;

  add_leads (self, 6);
  assert_members (self, db, rich, "1 2");
  add_members (self, db, friends, "5 2 2 99", "2 5");
  add_members (self, db, friends, "2 3", "3");
  assert_members (self, db, friends, "2 3 5");
  gone = rungs_segment_remove_members (db, friends, some, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gone->len, ==, 2);
  assert_members (self, db, friends, "2");
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count(*) FROM event"
                                               " WHERE kind = 'segment.entered'"
                                               " AND detail = 'Friends'"),
                   ==, 3);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count(*) FROM event"
                                               " WHERE kind = 'segment.left'"),
                   ==, 2);

  of_two = rungs_segments_of_lead (db, 2, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (of_two->len, ==, 2);
  now = rungs_segment_load (db, friends->id, NULL);
  g_assert_cmpint (now->leads, ==, 1);
  g_assert_null (rungs_segment_add_members (db, rich, some, 0, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_snapshot (RungsFixture *self,
               RungsDb      *db)
{
  g_autoptr (RungsSegment) rich = make (self, db, "Rich", RICH);
  g_autoptr (RungsSegment) fixed = NULL;
  gint64 id;

  add_leads (self, 4);
  id = rungs_segment_take_snapshot (db, rich, "Rich in March", rungs_fixture_now (self), NULL);
  fixed = rungs_segment_load (db, id, NULL);
  rungs_fixture_run (self, "UPDATE lead SET score = 20 WHERE id = 4");
  assert_members (self, db, rich, "1 2 4");
  assert_members (self, db, fixed, "1 2");
}

static void
test_overlap (RungsFixture *self,
              RungsDb      *db)
{
  g_autoptr (RungsSegment) rich = make (self, db, "Rich", RICH);
  g_autoptr (RungsSegment) friends = make (self, db, "Friends", NULL);
  g_autoptr (RungsSegment) empty = make (self, db, "Empty", NULL);
  const RungsSegment *const segments[] = { rich, friends, empty };
  gint64 counts[8];

  add_leads (self, 6);
  add_members (self, db, friends, "2 3 4", "2 3 4");
  g_assert_true (rungs_segment_overlap (db, segments, 3, 0, counts, NULL));
  g_assert_cmpint (counts[0], ==, 2);
  g_assert_cmpint (counts[1], ==, 1);
  g_assert_cmpint (counts[2], ==, 2);
  g_assert_cmpint (counts[3], ==, 1);
  g_assert_cmpint (counts[4] + counts[5] + counts[6] + counts[7], ==, 0);
}

static void
test_days (RungsFixture *self,
           RungsDb      *db)
{
  g_autoptr (RungsSegment) friends = make (self, db, "Friends", NULL);
  g_autoptr (GArray) one = leads_of ("1");
  g_autoptr (GArray) gone = NULL;
  g_autoptr (GArray) days = NULL;
  g_autoptr (GArray) moves = NULL;
  gint64 begin = rungs_fixture_now (self);
  RungsSegmentDay *day;

  add_leads (self, 3);
  add_members (self, db, friends, "1 2", "1 2");
  rungs_fixture_pass (self, 14 * RUNGS_HOUR); /* 23:00 UTC is the next day in Berlin */
  gone = rungs_segment_remove_members (db, friends, one, rungs_fixture_now (self), NULL);
  add_members (self, db, friends, "3", "3");

  days = rungs_segment_days (db, friends, begin, begin + RUNGS_DAY, NULL);
  g_assert_cmpint (days->len, ==, 2);
  day = &g_array_index (days, RungsSegmentDay, 0);
  g_assert_cmpstr (day->day, ==, "2026-03-02");
  g_assert_cmpint (day->came, ==, 2);
  g_assert_cmpint (day->went, ==, 0);
  day = &g_array_index (days, RungsSegmentDay, 1);
  g_assert_cmpstr (day->day, ==, "2026-03-03");
  g_assert_cmpint (day->came, ==, 1);
  g_assert_cmpint (day->went, ==, 1);

  moves = rungs_segment_moves (db, friends, begin, begin + RUNGS_DAY, 2, NULL);
  g_assert_cmpint (moves->len, ==, 2);
  g_assert_cmpint (g_array_index (moves, RungsSegmentMove, 0).lead, ==, 3);
  g_assert_true (g_array_index (moves, RungsSegmentMove, 0).came);
  g_assert_false (g_array_index (moves, RungsSegmentMove, 1).came);
}

static void
test_delete (RungsFixture *self,
             RungsDb      *db)
{
  g_autoptr (RungsSegment) friends = make (self, db, "Friends", NULL);
  g_autoptr (RungsSegment) rich = make (self, db, "Rich", RICH);
  g_autoptr (RungsSegment) back = NULL;
  g_autoptr (RungsSegment) rich_back = NULL;
  g_autoptr (RungsSegmentSnapshot) snapshot = NULL;
  g_autoptr (RungsSegmentSnapshot) other = NULL;
  g_autoptr (RungsLeadSnapshot) gone = NULL;
  g_autoptr (GError) error = NULL;

  add_leads (self, 3);
  add_members (self, db, friends, "1 3", "1 3");
  snapshot = rungs_segment_delete (db, friends->id, &error);
  other = rungs_segment_delete (db, rich->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count(*) FROM segment_member"), ==, 0);
  gone = rungs_lead_delete (db, 3, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  g_assert_true (rungs_segment_undelete (db, snapshot, &error));
  g_assert_true (rungs_segment_undelete (db, other, &error));
  back = rungs_segment_find (db, "friends", &error);
  rich_back = rungs_segment_find (db, "rich", &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->id, ==, friends->id);
  g_assert_cmpstr (rich_back->rule, ==, rich->rule);
  assert_members (self, db, back, "1");
  g_assert_false (rungs_segment_undelete (db, snapshot, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

/* Segments ask about segments, but not in a circle; one that is asked about stays. */
static void
test_of_segments (RungsFixture *self,
                  RungsDb      *db)
{
  static const char OF_FRIENDS[] =
      "{\"field\": \"segment\", \"op\": \"has_any\", \"value\": [\"Friends\", \"rich\"]}";
  static const char OF_BOTH[] =
      "{\"field\": \"segment\", \"op\": \"has_not\", \"value\": \"both\"}";
  g_autoptr (RungsSegment) friends = make (self, db, "Friends", NULL);
  g_autoptr (RungsSegment) rich = make (self, db, "Rich", RICH);
  g_autoptr (RungsSegment) both = make (self, db, "Both", OF_FRIENDS);
  g_autoptr (RungsSegment) others = make (self, db, "Others", OF_BOTH);
  g_autoptr (RungsSegmentSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  add_leads (self, 4);
  add_members (self, db, friends, "3", "3");
  assert_members (self, db, both, "1 2 3");
  assert_members (self, db, others, "4");
  g_assert_false (rungs_segment_set_rule (db, both->id, OF_BOTH, 0, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "in turn"));
  g_clear_error (&error);
  g_assert_false (rungs_segment_set_rule (
      db, both->id, "{\"field\": \"segment\", \"op\": \"has\", \"value\": \"others\"}", 0, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (rungs_segment_delete (db, rich->id, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "“Both”"));
  g_clear_error (&error);
  snapshot = rungs_segment_delete (db, others->id, &error);
  g_assert_no_error (error);
}

/* A lead that is deleted and put back is in its segments again; one that is erased is not. */
static void
test_lead_goes (RungsFixture *self,
                RungsDb      *db)
{
  g_autoptr (RungsSegment) friends = make (self, db, "Friends", NULL);
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  gint64 product;

  add_leads (self, 3);
  product = rungs_fixture_add_product (self, "KIT", 100);
  rungs_fixture_add_order (self, 2, product);
  add_members (self, db, friends, "1 2", "1 2");
  snapshot = rungs_lead_delete (db, 1, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  assert_members (self, db, friends, "2");
  rungs_lead_restore (db, snapshot, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  assert_members (self, db, friends, "1 2");
  rungs_erasure_free (rungs_lead_erase (db, 2, NULL, rungs_fixture_now (self), &error));
  g_assert_no_error (error);
  assert_members (self, db, friends, "1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  rungs_fixture_add_test ("/segments/segment/create", test_create);
  rungs_fixture_add_test ("/segments/segment/refusals", test_refusals);
  rungs_fixture_add_test ("/segments/segment/change", test_change);
  rungs_fixture_add_test ("/segments/segment/archive", test_archive);
  rungs_fixture_add_test ("/segments/segment/members", test_members);
  rungs_fixture_add_test ("/segments/segment/snapshot", test_snapshot);
  rungs_fixture_add_test ("/segments/segment/overlap", test_overlap);
  rungs_fixture_add_test ("/segments/segment/days", test_days);
  rungs_fixture_add_test ("/segments/segment/delete", test_delete);
  rungs_fixture_add_test ("/segments/segment/of-segments", test_of_segments);
  rungs_fixture_add_test ("/segments/segment/lead-goes", test_lead_goes);
  return g_test_run ();
}
