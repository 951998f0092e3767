/* test-lead-store.c: leads are added once, found however their address is written, and say what
 * changed. */

#include "leads/rungs-lead-store.h"
#include "leads/rungs-note-store.h"

#include "base/rungs-error.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-field-store.h"
#include "rungs-fixture.h"

static RungsLead *
load (RungsDb *db,
      gint64   id)
{
  g_autoptr (GError) error = NULL;
  RungsLead *lead = rungs_lead_load (db, id, &error);

  g_assert_no_error (error);
  return lead;
}

/* The newest event of the lead, as "kind detail". */
static char *
newest (RungsDb *db,
        gint64   lead)
{
  g_autoptr (GPtrArray) page = rungs_timeline_page (db, lead, NULL, 1, NULL);
  RungsEvent *event = page->pdata[0];

  return g_strconcat (event->kind, " ", event->detail, NULL);
}

static void
test_add (RungsFixture *f,
          RungsDb      *db)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (RungsLead) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *event = NULL;
  gint64 id;

  rungs_lead_set (lead, "email", " Ann@Bücher.example ");
  rungs_lead_set (lead, "last_name", "Smith");
  lead->score = 7;
  id = rungs_lead_add (db, lead, "by hand", rungs_fixture_now (f), &error);
  g_assert_no_error (error);

  stored = load (db, id);
  g_assert_cmpstr (stored->email, ==, "Ann@Bücher.example");
  g_assert_cmpstr (stored->email_key, ==, "ann@xn--bcher-kva.example");
  g_assert_cmpstr (stored->last_name, ==, "Smith");
  g_assert_cmpint (stored->created_at, ==, rungs_fixture_now (f));
  g_assert_cmpint (stored->bounced_at, ==, 0);
  event = newest (db, id);
  g_assert_cmpstr (event, ==, "lead.created by hand");
}

static void
assert_refused (RungsFixture *f,
                const char   *column,
                const char   *text,
                RungsError    code)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (GError) error = NULL;

  rungs_lead_set (lead, column, text);
  g_assert_cmpint (rungs_lead_add (f->db, lead, "test", 0, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, (gint) code);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (GError) error = NULL;

  rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  assert_refused (f, "email", "ann", RUNGS_ERROR_INVALID);
  assert_refused (f, "email", "ANN@EXAMPLE.com", RUNGS_ERROR_CONFLICT);
  assert_refused (f, "notes", "nobody", RUNGS_ERROR_INVALID);
  rungs_lead_set (lead, "phone", "1");
  rungs_lead_set (lead, "zone", "Mars/Base");
  g_assert_cmpint (rungs_lead_add (db, lead, "test", 0, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event"), ==, 1);
}

static void
test_find (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (RungsLead) lead = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 id;

  rungs_fixture_add_lead (f, NULL, "Bob");
  rungs_fixture_add_lead (f, NULL, "Cid");
  g_assert_true (rungs_lead_find (db, "Ann@Example.com", &id, NULL));
  g_assert_cmpint (id, ==, ann);
  g_assert_true (rungs_lead_find (db, "bob@example.com", &id, NULL));
  g_assert_cmpint (id, ==, 0);
  g_assert_false (rungs_lead_find (db, "bob", &id, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);

  lead = rungs_lead_load_by_email (db, " ANN@example.com", &error);
  g_assert_no_error (error);
  g_assert_cmpint (lead->id, ==, ann);
  g_assert_null (rungs_lead_load_by_email (db, "bob@example.com", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (rungs_lead_load (db, 99, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_save (RungsFixture *f,
           RungsDb      *db)
{
  gint64 id = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsLead) lead = load (db, id);
  g_autoptr (RungsLead) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *event = NULL;

  rungs_lead_set_bounced (db, id, 5, &error);
  g_assert_no_error (error);
  rungs_lead_save (db, lead, 9, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event"), ==, 1);

  rungs_lead_set (lead, "city", "Berlin");
  rungs_lead_set (lead, "first_name", "Änne “Q”");
  rungs_fixture_pass (f, RUNGS_DAY);
  rungs_lead_save (db, lead, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
  event = newest (db, id);
  g_assert_cmpstr (event, ==,
                   "lead.changed {\"first_name\":[\"Ann\",\"Änne “Q”\"],"
                   "\"city\":[\"\",\"Berlin\"]}");
  stored = load (db, id);
  g_assert_cmpstr (stored->city, ==, "Berlin");
  g_assert_cmpint (stored->updated_at, ==, rungs_fixture_now (f));
  g_assert_cmpint (stored->bounced_at, ==, 5);
}

static void
test_save_address (RungsFixture *f,
                   RungsDb      *db)
{
  gint64 id = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsLead) lead = load (db, id);
  g_autoptr (RungsLead) stored = NULL;
  g_autoptr (GError) error = NULL;

  rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_assert_true (rungs_lead_set_bounced (db, id, 5, NULL));
  rungs_lead_set (lead, "email", "BOB@example.com");
  g_assert_false (rungs_lead_save (db, lead, 9, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Bob"));
  g_clear_error (&error);

  rungs_lead_set (lead, "email", "Ann@example.com");
  g_assert_true (rungs_lead_save (db, lead, 9, NULL));
  stored = load (db, id);
  g_assert_cmpint (stored->bounced_at, ==, 5);
  g_clear_pointer (&stored, rungs_lead_free);

  rungs_lead_set (lead, "email", "ann@new.example");
  g_assert_true (rungs_lead_save (db, lead, 9, NULL));
  stored = load (db, id);
  g_assert_cmpstr (stored->email_key, ==, "ann@new.example");
  g_assert_cmpint (stored->bounced_at, ==, 0);
}

static void
test_set_text (RungsFixture *f,
               RungsDb      *db)
{
  gint64 id = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsLead) stored = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_field_add (db, "dog", "Dog's name", RUNGS_FIELD_TEXT, 0, NULL), !=, 0);
  g_assert_true (rungs_lead_set_text (db, id, "city", "Ulm", 3, NULL));
  g_assert_true (rungs_lead_set_text (db, id, "field:dog", "Rex", 3, NULL));
  stored = load (db, id);
  g_assert_cmpstr (stored->city, ==, "Ulm");
  values = rungs_field_values (db, id, NULL);
  g_assert_cmpuint (values->len, ==, 1);
  g_assert_cmpstr (((RungsFieldValue *) values->pdata[0])->value, ==, "Rex");

  g_assert_false (rungs_lead_set_text (db, id, "field:cat", "Tom", 3, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (rungs_lead_set_text (db, id, "score", "3", 3, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_score_and_notes (RungsFixture *f,
                      RungsDb      *db)
{
  gint64 id = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsLead) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *scored = NULL;
  g_autofree char *noted = NULL;

  g_assert_true (rungs_lead_add_score (db, id, 5, "asked", rungs_fixture_now (f), NULL));
  g_assert_true (rungs_lead_add_score (db, id, -2, "quiet", rungs_fixture_now (f), NULL));
  scored = newest (db, id);
  g_assert_cmpstr (scored, ==, "score.changed {\"from\":5,\"to\":3,\"why\":\"quiet\"}");
  stored = load (db, id);
  g_assert_cmpint (stored->score, ==, 3);
  g_assert_false (rungs_lead_add_score (db, 99, 1, "", 0, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (rungs_lead_add_note (db, id, " called\nback ", rungs_fixture_now (f), NULL));
  noted = newest (db, id);
  g_assert_cmpstr (noted, ==, "note.added called\nback");
  g_assert_false (rungs_lead_add_note (db, id, " ", 9, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/lead-store/add", test_add);
  rungs_fixture_add_test ("/lead-store/refused", test_refused);
  rungs_fixture_add_test ("/lead-store/find", test_find);
  rungs_fixture_add_test ("/lead-store/save", test_save);
  rungs_fixture_add_test ("/lead-store/save-address", test_save_address);
  rungs_fixture_add_test ("/lead-store/set-text", test_set_text);
  rungs_fixture_add_test ("/lead-store/score-and-notes", test_score_and_notes);
  return g_test_run ();
}
