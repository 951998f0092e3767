/* test-first-contact.c: how soon somebody was in touch, kept with the timeline. */

#include "insights/rungs-contact-words.h"
#include "insights/rungs-first-contact-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-note-store.h"
#include "leads/rungs-touch-store.h"
#include "process/rungs-task-store.h"
#include "rungs-fixture.h"

static void
follow (RungsDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (rungs_first_contacts_follow (db, &error));
  g_assert_true (rungs_first_contacts_check (db, faults, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, 0);
}

static gint64
capture (RungsFixture *f,
         RungsDb      *db,
         gint64        source)
{
  gint64 lead = rungs_fixture_add_lead (f, NULL, "Ann");

  rungs_touch_add (db, lead, source, RUNGS_PATH_OPT_IN, rungs_fixture_now (f), NULL, NULL);
  rungs_event_add (db, lead, RUNGS_EVENT_FORM_SUBMITTED, rungs_fixture_now (f), 0, "Contact", NULL);
  return lead;
}

static gint64
call (RungsFixture *f,
      RungsDb      *db,
      gint64        lead,
      const char   *outcome)
{
  g_autoptr (RungsNote) note = rungs_note_new (lead, RUNGS_NOTE_CALL, rungs_fixture_now (f));

  rungs_note_set (&note->text, "Spoke");
  rungs_note_set (&note->outcome, outcome);
  return rungs_note_add (db, note, rungs_fixture_now (f), NULL);
}

/* -1: nobody was in touch; -2: the lead is not counted. */
static gint64
minutes (RungsDb *db,
         gint64   lead)
{
  g_autoptr (RungsFirstContact) contact = NULL;

  follow (db);
  g_assert_true (rungs_first_contact_load (db, lead, &contact, NULL));
  if (contact == NULL)
    return -2;
  return contact->contacted_at == 0
           ? -1
           : (contact->contacted_at - contact->captured_at) / RUNGS_MINUTE;
}

static void
test_contact (RungsFixture *f,
              RungsDb      *db)
{
  gint64 site = rungs_source_add (db, RUNGS_SOURCE_SEO, "Site", 0, NULL);
  gint64 ann = capture (f, db, site);
  gint64 bob = rungs_fixture_add_lead (f, NULL, "Bob");
  gint64 reached, task;
  g_autoptr (RungsNote) gone = NULL;

  g_assert_cmpint (minutes (db, ann), ==, -1);
  g_assert_cmpint (minutes (db, bob), ==, -2);
  rungs_fixture_pass (f, 5 * RUNGS_MINUTE);
  call (f, db, ann, "no-answer");
  rungs_lead_add_note (db, ann, "Thinks", rungs_fixture_now (f), NULL);
  g_assert_cmpint (minutes (db, ann), ==, -1);
  rungs_fixture_pass (f, 5 * RUNGS_MINUTE);
  reached = call (f, db, ann, "reached");
  g_assert_cmpint (minutes (db, ann), ==, 10);

  /* What is taken back was not. */
  gone = rungs_note_delete (db, reached, rungs_fixture_now (f), NULL);
  g_assert_cmpint (minutes (db, ann), ==, -1);
  rungs_fixture_pass (f, 5 * RUNGS_MINUTE);
  task = rungs_task_add (db, ann, "Call back", rungs_fixture_now (f), rungs_fixture_now (f), NULL);
  g_assert_true (rungs_task_set_done (db, task, rungs_fixture_now (f), NULL));
  g_assert_cmpint (minutes (db, ann), ==, 15);
  g_assert_true (rungs_note_restore (db, gone, rungs_fixture_now (f), NULL));
  g_assert_cmpint (minutes (db, ann), ==, 10);
  g_assert_true (rungs_task_reopen (db, task, rungs_fixture_now (f), NULL));
  g_assert_cmpint (minutes (db, ann), ==, 10);

  /* Who is known by person is not captured by a form later. */
  call (f, db, bob, "reached");
  rungs_fixture_pass (f, RUNGS_HOUR);
  rungs_event_add (db, bob, RUNGS_EVENT_FORM_SUBMITTED, rungs_fixture_now (f), 0, "Contact", NULL);
  g_assert_cmpint (minutes (db, bob), ==, -2);
}

static void
test_waiting (RungsFixture *f,
              RungsDb      *db)
{
  gint64 site = rungs_source_add (db, RUNGS_SOURCE_SEO, "Site", 0, NULL);
  gint64 first = capture (f, db, site);
  gint64 second, reached, n = 0;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (RungsNote) gone = NULL;
  g_autofree char *words = NULL;

  rungs_fixture_pass (f, RUNGS_HOUR);
  second = capture (f, db, site);
  reached = call (f, db, capture (f, db, site), "reached");
  follow (db);
  waiting = rungs_first_contact_list_waiting (db, &(RungsContactQuery){ 0 }, 10, NULL);
  g_assert_cmpuint (waiting->len, ==, 2);
  g_assert_cmpint (((RungsFirstContact *) waiting->pdata[0])->lead, ==, first);
  g_assert_cmpint (((RungsFirstContact *) waiting->pdata[1])->lead, ==, second);
  g_assert_true (rungs_first_contact_count_waiting (
    db, &(RungsContactQuery){ .since = rungs_fixture_now (f) }, &n, NULL));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (rungs_first_contact_count_waiting (
    db, &(RungsContactQuery){ .on_today = TRUE }, &n, NULL));
  g_assert_cmpint (n, ==, 0);
  rungs_fixture_run (f, "INSERT INTO notice (lead, at, desktop, today)"
                        " SELECT max (id), 0, 0, 1 FROM lead");
  gone = rungs_note_delete (db, reached, rungs_fixture_now (f), NULL);
  follow (db);
  g_assert_true (rungs_first_contact_count_waiting (
    db, &(RungsContactQuery){ .on_today = TRUE }, &n, NULL));
  g_assert_cmpint (n, ==, 1);
  words = rungs_contact_dup_words (waiting->pdata[0], rungs_fixture_now (f));
  g_assert_cmpstr (words, ==, "Captured 1 h ago, nobody has been in touch yet");
}

/* Twelve of one source, called after 10, 20, … minutes, the last two not at all. */
static void
test_figures (RungsFixture *f,
              RungsDb      *db)
{
  gint64 site = rungs_source_add (db, RUNGS_SOURCE_SEO, "Site", 0, NULL);
  gint64 fair = rungs_source_add (db, RUNGS_SOURCE_OTHER, "Fair", 0, NULL);
  gint64 begin = rungs_fixture_now (f);
  gint64 leads[12];
  g_autoptr (GPtrArray) sources = NULL;
  const RungsContactFigures *figures;

  for (int i = 0; i < 12; i++)
    leads[i] = capture (f, db, site);
  for (int i = 0; i < 10; i++)
    {
      rungs_fixture_pass (f, 10 * RUNGS_MINUTE);
      call (f, db, leads[i], "reached");
    }
  capture (f, db, fair);
  follow (db);
  sources = rungs_contact_figures_load (db, begin, rungs_fixture_now (f) + 1,
                                        rungs_fixture_now (f), NULL);
  g_assert_cmpuint (sources->len, ==, 3);
  figures = sources->pdata[0];
  g_assert_cmpstr (figures->name, ==, "Fair");
  g_assert_cmpint (figures->judged, ==, 0);
  g_assert_cmpint (figures->median, ==, -1);
  figures = sources->pdata[1];
  g_assert_cmpint (figures->captured, ==, 12);
  g_assert_cmpint (figures->contacted, ==, 10);
  g_assert_cmpint (figures->judged, ==, 12);
  g_assert_cmpint (figures->within_hour, ==, 6);
  g_assert_cmpint (figures->median, ==, 60 * RUNGS_MINUTE);
  g_assert_cmpint (figures->ninetieth, ==, -1);
  figures = sources->pdata[2];
  g_assert_cmpint (figures->captured, ==, 13);
  g_assert_cmpint (figures->median, ==, 70 * RUNGS_MINUTE);
}

static void
test_words (void)
{
  static const struct
  {
    gint64 span;
    const char *words;
  } CASES[] = {
    { -1, "–" },
    { 59 * RUNGS_SECOND, "less than a minute" },
    { 61 * RUNGS_SECOND, "1 min" },
    { 2 * RUNGS_HOUR + 5 * RUNGS_MINUTE, "2 h 5 min" },
    { 3 * RUNGS_HOUR, "3 h" },
    { 30 * RUNGS_HOUR + 5 * RUNGS_MINUTE, "30 h" },
    { 76 * RUNGS_HOUR, "3 d 4 h" },
    { 60 * RUNGS_DAY + RUNGS_HOUR, "60 d" },
  };
  g_autofree char *few = rungs_contact_dup_share (3, 7);
  g_autofree char *many = rungs_contact_dup_share (15, 20);
  g_autofree char *none = rungs_contact_dup_share (0, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *words = rungs_contact_dup_span (CASES[i].span);

      g_assert_cmpstr (words, ==, CASES[i].words);
    }
  g_assert_cmpstr (few, ==, "3 of 7");
  g_assert_cmpstr (many, ==, "75 %");
  g_assert_cmpstr (none, ==, "–");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/first-contact/contact", test_contact);
  rungs_fixture_add_test ("/first-contact/waiting", test_waiting);
  rungs_fixture_add_test ("/first-contact/figures", test_figures);
  g_test_add_func ("/first-contact/words", test_words);
  return g_test_run ();
}
