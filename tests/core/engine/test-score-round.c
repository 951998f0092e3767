/* test-score-round.c: after thousands of events and days passing each lead has the score that a
 * plain reading of the formula gives, and watched segments know it. */

#include <math.h>
#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "engine/rungs-check-store.h"
#include "engine/rungs-score-round.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-note-store.h"
#include "leads/rungs-score-pattern.h"
#include "leads/rungs-score-store.h"
#include "rungs-fixture.h"
#include "segments/rungs-rule.h"
#include "segments/rungs-segments-follow.h"

#define LEADS 12
#define ROUNDS 400

static const char *const KINDS[] = { "form.submitted", "mail.clicked", "mail.scanned",
                                     "order.placed",   "mail.bounced" };
static const char *const DETAILS[] = { "Trial", "https://a.example/prices", "News", "" };

/* As the program opens it, with its followers. */
static RungsFixture *
fixture_new (void)
{
  RungsFixture *self = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;

  rungs_db_close (self->db);
  self->db = rungs_business_open_at (self->path, RUNGS_DB_WRITE, self->clock, &error);
  g_assert_no_error (error);
  return self;
}

static gint64
add_rule (RungsDb *db,
          const char *kind,
          const char *pattern,
          gint64 points,
          gint64 half_life,
          gint64 day_cap)
{
  RungsScoreRule rule = { .kind = (char *) kind,
                          .pattern = (char *) pattern,
                          .points = points,
                          .half_life = half_life,
                          .day_cap = day_cap };
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_score_rule_add (db, &rule, 0, &error);

  g_assert_no_error (error);
  return id;
}

static int
chance (int from,
        int to)
{
  return g_test_rand_int_range (from, to);
}

/* ---- the formula, read plainly */

static gint64
day_number (gint64     at,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) then = rungs_time_in_zone (at, zone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (then), g_date_time_get_month (then),
                  g_date_time_get_year (then));
  return g_date_get_julian (&date);
}

static double
read_plainly (RungsFixture         *self,
              const RungsScoreRule *rule,
              gint64                lead,
              GTimeZone            *zone)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
    self->db, "SELECT at, detail FROM event WHERE lead = :lead AND kind = :kind ORDER BY id", NULL);
  g_autoptr (RungsScorePattern) pattern = rungs_score_pattern_new (rule);
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);
  gint64 today = day_number (rungs_fixture_now (self), zone);
  GHashTableIter iter;
  gpointer day, n;
  double sum = 0;

  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_text (query, ":kind", rule->kind);
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    if (pattern == NULL || rungs_score_pattern_fits (pattern, rungs_statement_get_text (query, 1)))
      {
        gpointer key = GSIZE_TO_POINTER (day_number (rungs_statement_get_int64 (query, 0), zone));

        n = g_hash_table_lookup (days, key);
        g_hash_table_insert (days, key, GSIZE_TO_POINTER (GPOINTER_TO_SIZE (n) + 1));
      }
  g_hash_table_iter_init (&iter, days);
  while (g_hash_table_iter_next (&iter, &day, &n))
    {
      double points = GPOINTER_TO_SIZE (n) * (double) rule->points;
      double age = MAX (0, today - (gint64) GPOINTER_TO_SIZE (day));

      if (rule->day_cap > 0 && fabs (points) > rule->day_cap)
        points = points > 0 ? rule->day_cap : -rule->day_cap;
      sum += rule->half_life > 0 ? points * pow (2, -age / rule->half_life) : points;
    }
  return sum;
}

static void
assert_right (RungsFixture *self)
{
  g_autoptr (GPtrArray) rules = rungs_score_rule_list (self->db, NULL);
  g_autoptr (GTimeZone) zone = rungs_business_zone (self->db, NULL);
  g_autoptr (RungsStatement) query =
    rungs_db_prepare (self->db, "SELECT id, points, score FROM lead", NULL);

  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      gint64 lead = rungs_statement_get_int64 (query, 0);
      gint64 points = rungs_statement_get_int64 (query, 1);
      gint64 score = rungs_statement_get_int64 (query, 2);
      double sum = 0;

      for (guint i = 0; i < rules->len; i++)
        sum += read_plainly (self, g_ptr_array_index (rules, i), lead, zone);
      /* where the two add up in different orders, a half may fall to either side */
      if (fabs (fabs (sum - trunc (sum)) - 0.5) > 1e-9 && score != points + (gint64) round (sum))
        g_error ("lead %d has %d, and should %d and %f", (int) lead, (int) score, (int) points,
                 sum);
    }
}

static void
assert_sound (RungsFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = rungs_business_check (self->db, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_error ("%s", (char *) g_ptr_array_index (faults, i));
}

/* ---- what happens */

static void
begin (RungsFixture *self,
       RungsDb      *db)
{
  for (int i = 0; i < LEADS; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%d@example.com", i);

      rungs_fixture_add_lead (self, email, NULL);
    }
}

static gint64
some_lead (RungsFixture *self)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT id FROM lead WHERE id >= %d ORDER BY id LIMIT 1", chance (0, LEADS));

  return rungs_fixture_number (self, sql);
}

static void
something_happens (RungsFixture *self,
                   RungsDb      *db)
{
  for (int i = chance (1, 6); i > 0; i--)
    {
      gint64 at = rungs_fixture_now (self) - chance (-3, 50) * RUNGS_DAY / 5;

      g_assert_true (rungs_event_add (db, some_lead (self), KINDS[chance (0, 5)], at, 0,
                                      DETAILS[chance (0, 4)], NULL));
    }
  if (chance (0, 3) == 0)
    g_assert_true (rungs_lead_add_note (db, some_lead (self), "Said hello",
                                        rungs_fixture_now (self), NULL));
  if (chance (0, 4) == 0)
    g_assert_true (rungs_lead_add_score (db, some_lead (self), chance (-9, 10), "so",
                                         rungs_fixture_now (self), NULL));
}

static void
a_rule_changes (RungsFixture *self,
                RungsDb      *db)
{
  g_autoptr (GPtrArray) rules = rungs_score_rule_list (db, NULL);
  g_autoptr (RungsScoreRule) rule = NULL;

  if (rules->len < 5)
    {
      static const char *const PATTERNS[] = { "", "", "tri*", "/prices" };
      const char *kind = KINDS[chance (0, 2)];

      add_rule (db, chance (0, 2) ? "note.added" : "order.placed", "", chance (1, 90),
                chance (0, 30), chance (0, 60));
      add_rule (db, kind, PATTERNS[chance (0, 4)], -chance (1, 30), chance (0, 30), 0);
      return;
    }
  rule = rungs_score_rule_copy (g_ptr_array_index (rules, chance (0, rules->len)));
  rule->points = -rule->points;
  if (chance (0, 2))
    g_assert_true (rungs_score_rule_save (db, rule, NULL));
  else
    g_assert_true (rungs_score_rule_remove (db, rule->id, NULL));
}

static void
merge_two (RungsFixture *self,
           RungsDb      *db)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsMergePlan) plan = NULL;
  gint64 a = some_lead (self);
  gint64 b = some_lead (self);
  RungsMergeResult result;
  g_autoptr (GError) error = NULL;

  if (a == b)
    return;
  g_array_append_val (leads, a);
  g_array_append_val (leads, b);
  plan = rungs_merge_plan_load (db, leads, &error);
  g_assert_no_error (error);
  rungs_leads_merge (db, plan, rungs_fixture_now (self), &result, &error);
  g_assert_no_error (error);
}

static void
undo_a_merge (RungsFixture *self,
              RungsDb      *db)
{
  gint64 merge = rungs_fixture_number (
    self, "SELECT coalesce (max (id), 0) FROM lead_merge WHERE undone_at IS NULL"
          " AND lead IS NOT NULL");

  /* what happened since may stand in the way */
  if (merge != 0)
    rungs_merge_undo (db, merge, rungs_fixture_now (self), NULL, NULL);
}

/* One that is edited may have another time, or be gone for a while. */
static void
change_a_note (RungsFixture *self,
               RungsDb      *db)
{
  gint64 id = rungs_fixture_number (
    self, "SELECT coalesce (max (id), 0) FROM event WHERE kind = 'note.added' ");
  g_autoptr (RungsNote) note = id != 0 ? rungs_note_load (db, id, NULL) : NULL;
  g_autoptr (RungsNote) was = NULL;

  if (note == NULL)
    return;
  note->at = rungs_fixture_now (self) - chance (1, 30) * RUNGS_DAY;
  g_assert_true (rungs_note_save (db, note, rungs_fixture_now (self), NULL));
  was = rungs_note_delete (db, id, rungs_fixture_now (self), NULL);
  g_assert_nonnull (was);
  if (chance (0, 2))
    g_assert_true (rungs_note_restore (db, was, rungs_fixture_now (self), NULL));
}

static void
delete_and_restore (RungsFixture *self,
                    RungsDb      *db)
{
  g_autoptr (RungsLeadSnapshot) snapshot =
    rungs_lead_delete (db, some_lead (self), rungs_fixture_now (self), NULL);

  /* one that has orders cannot be deleted */
  if (snapshot != NULL)
    g_assert_cmpint (rungs_lead_restore (db, snapshot, rungs_fixture_now (self), NULL), !=, 0);
}

static void
erase_one (RungsFixture *self,
           RungsDb      *db)
{
  gint64 lead = some_lead (self);
  g_autoptr (RungsErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  if (chance (0, 2))
    rungs_fixture_add_order (self, lead,
                             rungs_fixture_number (self, "SELECT min (id) FROM product"));
  erasure = rungs_lead_erase (db, lead, NULL, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  rungs_fixture_add_lead (self, NULL, "Next");
}

static void
add_product (RungsFixture *self,
             RungsDb      *db)
{
  rungs_fixture_add_product (self, "KIT", 4900);
}

static void
work_off (RungsFixture *self)
{
  g_autoptr (GError) error = NULL;
  gint64 counted;

  rungs_scores_work_off (self->db, rungs_fixture_now (self), NULL, NULL, NULL, &counted, &error);
  g_assert_no_error (error);
}

static void
test_random (void)
{
  static const RungsFixtureFunc RARE[] = { a_rule_changes, merge_two, undo_a_merge,
                                           delete_and_restore, erase_one, change_a_note };
  g_autoptr (RungsFixture) self = fixture_new ();

  rungs_fixture_write (self, begin);
  rungs_fixture_write (self, add_product);
  rungs_fixture_write (self, a_rule_changes);
  rungs_fixture_write (self, a_rule_changes);
  for (int round = 0; round < ROUNDS; round++)
    {
      if (chance (0, 4) == 0)
        rungs_fixture_pass (self, chance (1, 100) * RUNGS_DAY / 7);
      work_off (self);
      assert_right (self);
      for (int i = chance (0, 4); i > 0; i--)
        rungs_fixture_write (self, something_happens);
      assert_right (self);
      if (chance (0, 3) == 0)
        rungs_fixture_write (self, RARE[chance (0, G_N_ELEMENTS (RARE))]);
      if (round % 20 == 0)
        assert_sound (self);
    }
}

/* ---- what counting anew is worth */

static gboolean
count_some (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  RungsFixture *self = data;
  guint counted;

  return rungs_score_round (db, rungs_fixture_now (self), 5, &counted, error);
}

static void
send_forms (RungsFixture *self,
            RungsDb      *db)
{
  for (gint64 lead = 1; lead <= LEADS; lead++)
    rungs_event_add (db, lead, "form.submitted", rungs_fixture_now (self), 0, "Trial", NULL);
}

static void
add_form_rule (RungsFixture *self,
               RungsDb      *db)
{
  add_rule (db, "form.submitted", "", 10, 20, 0);
}

/* A rule counts at once for whom something happens to, and for the others batch by batch; the check
 * knows how far that is. */
static void
test_batches (void)
{
  g_autoptr (RungsFixture) self = fixture_new ();
  gint64 done, all, due;

  rungs_fixture_write (self, begin);
  rungs_fixture_write (self, send_forms);
  g_assert_true (rungs_scores_next_due (self->db, &due, NULL));
  g_assert_cmpint (due, ==, G_MAXINT64);
  rungs_fixture_write (self, add_form_rule);
  g_assert_true (rungs_scores_next_due (self->db, &due, NULL));
  g_assert_cmpint (due, ==, 0);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT sum (score) FROM lead"), ==, 0);
  g_assert_true (rungs_db_write (self->db, count_some, self, NULL));
  g_assert_true (rungs_scores_progress (self->db, &done, &all, NULL));
  g_assert_cmpint (done, ==, 5);
  g_assert_cmpint (all, ==, LEADS);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT sum (score) FROM lead"), ==, 50);
  assert_sound (self);
  work_off (self);
  g_assert_true (rungs_scores_progress (self->db, &done, &all, NULL));
  g_assert_cmpint (all, ==, 0);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT sum (score) FROM lead"), ==, 10 * LEADS);
  assert_sound (self);
  g_assert_true (rungs_scores_next_due (self->db, &due, NULL));
  /* 9.5 rounds to 10: below that on the second midnight */
  g_assert_cmpint (due, ==, rungs_fixture_now (self) - 10 * RUNGS_HOUR + 2 * RUNGS_DAY);
}

static void
spoil (RungsFixture *self,
       RungsDb      *db)
{
  rungs_fixture_run (self, "UPDATE lead SET score = score + 1 WHERE id = 3");
}

static void
test_check (void)
{
  g_autoptr (RungsFixture) self = fixture_new ();
  g_autoptr (GPtrArray) faults = NULL;

  rungs_fixture_write (self, begin);
  rungs_fixture_write (self, add_form_rule);
  rungs_fixture_write (self, send_forms);
  work_off (self);
  rungs_fixture_pass (self, 100 * RUNGS_DAY); /* overdue is not wrong */
  assert_sound (self);
  rungs_fixture_write (self, spoil);
  faults = rungs_business_check (self->db, NULL);
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (faults, 0), "1 leads, the first is 3"));
}

static void
ask_at_once (RungsFixture *self,
             RungsDb      *db)
{
  rungs_fixture_run (self, "UPDATE lead SET rescore_at = 0 WHERE id <= 2");
}

static void
make_rules (RungsFixture *self,
            RungsDb      *db)
{
  add_rule (db, "form.submitted", "Tri*", 10, 20, 0);
  add_rule (db, "mail.clicked", "", 5, 0, 0);
  rungs_event_add (db, 1, "form.submitted", rungs_fixture_now (self), 0, "Trial with Ann", NULL);
  rungs_event_add (db, 2, "mail.clicked", rungs_fixture_now (self), 0, "", NULL);
}

static void
change_text (RungsFixture *self,
             RungsDb      *db)
{
  rungs_fixture_run (self, "UPDATE event SET detail = 'x' WHERE kind = 'form.submitted'");
  g_assert_true (rungs_score_mark_event (
    db, rungs_fixture_number (self, "SELECT id FROM event WHERE kind = 'form.submitted'"), NULL));
}

/* Whoever is asked about by others is counted once, though nothing is another. */
static void
test_asked_for (void)
{
  g_autoptr (RungsFixture) self = fixture_new ();
  gint64 due;

  rungs_fixture_write (self, begin);
  rungs_fixture_write (self, make_rules);
  work_off (self);
  rungs_fixture_write (self, ask_at_once);
  assert_sound (self);
  g_assert_true (rungs_scores_next_due (self->db, &due, NULL));
  g_assert_cmpint (due, ==, 0);
  work_off (self);
  assert_sound (self);
  g_assert_cmpint (rungs_fixture_number (
    self, "SELECT rescore_at IS NULL FROM lead WHERE id = 2"), ==, 1);
  rungs_fixture_write (self, change_text);
  assert_sound (self);
  work_off (self);
  assert_sound (self);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT score FROM lead WHERE id = 1"), ==, 0);
}

/* ---- segments */

static void
watch_high_scores (RungsFixture *self,
                   RungsDb      *db)
{
  gint64 id = rungs_segment_create (
    db, "Hot", NULL, "{\"field\": \"score\", \"op\": \"at_least\", \"value\": 8}",
    rungs_fixture_now (self), NULL);

  g_assert_true (rungs_segment_watch (db, id, TRUE, rungs_fixture_now (self), NULL));
}

/* Coming by an event and going by time are both in the timeline; the days between are not. */
static void
test_segments (void)
{
  g_autoptr (RungsFixture) self = fixture_new ();
  gint64 events;

  rungs_fixture_write (self, begin);
  rungs_fixture_write (self, add_form_rule);
  rungs_fixture_write (self, watch_high_scores);
  work_off (self);
  rungs_fixture_write (self, send_forms);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM segment_member"), ==, LEADS);
  events = rungs_fixture_number (self, "SELECT count (*) FROM event");
  rungs_fixture_pass (self, 3 * RUNGS_DAY);
  work_off (self);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT score FROM lead WHERE id = 1"), ==, 9);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM event"), ==, events);
  rungs_fixture_pass (self, 10 * RUNGS_DAY);
  work_off (self);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT score FROM lead WHERE id = 1"), ==, 6);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM segment_member"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM event"), ==, events + LEADS);
  assert_sound (self);
}

/* ---- a machine */

static void
look_at_links (RungsFixture *self,
               RungsDb      *db)
{
  rungs_fixture_run (self, "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
                           " VALUES (1, 'Hello', '', '', 0, 0)");
  rungs_fixture_run (self, "INSERT INTO outbox (id, lead, message, state, due_at, ended_at,"
                           "                    message_id, created_at)"
                           " VALUES (1, 1, 1, 'sent', 0, 0, 'a', 0),"
                           "        (2, 2, 1, 'sent', 0, 0, 'b', 0)");
  rungs_event_add (db, 1, RUNGS_EVENT_MAIL_CLICKED, rungs_fixture_now (self), 1,
                   "https://a.example", NULL);
  rungs_event_add (db, 2, RUNGS_EVENT_MAIL_SCANNED, rungs_fixture_now (self), 2,
                   "https://a.example", NULL);
}

static void
add_click_rule (RungsFixture *self,
                RungsDb      *db)
{
  add_rule (db, RUNGS_EVENT_MAIL_CLICKED, "", 5, 0, 0);
}

static void
test_machine (void)
{
  g_autoptr (RungsFixture) self = fixture_new ();
  g_autoptr (RungsRule) rule = rungs_rule_parse (
    "{\"field\": \"clicked\", \"op\": \"has\", \"value\": \"Hello\"}", NULL);
  g_autoptr (GArray) leads = NULL;

  rungs_fixture_write (self, begin);
  rungs_fixture_write (self, add_click_rule);
  rungs_fixture_write (self, look_at_links);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT score FROM lead WHERE id = 1"), ==, 5);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT score FROM lead WHERE id = 2"), ==, 0);
  leads = rungs_rule_list (self->db, rule, rungs_fixture_now (self), 0, 10, NULL);
  g_assert_cmpuint (leads->len, ==, 1);
  g_assert_cmpint (g_array_index (leads, gint64, 0), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score-round/random", test_random);
  g_test_add_func ("/score-round/batches", test_batches);
  g_test_add_func ("/score-round/check", test_check);
  g_test_add_func ("/score-round/asked-for", test_asked_for);
  g_test_add_func ("/score-round/segments", test_segments);
  g_test_add_func ("/score-round/machine", test_machine);
  return g_test_run ();
}
