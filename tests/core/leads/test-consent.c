/* test-consent.c: what holds is the last word that was not annulled. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "rungs-fixture.h"

static void
assert_state (RungsDb          *db,
              gint64            lead,
              const char       *channel,
              RungsConsentState expected)
{
  g_autoptr (GError) error = NULL;
  RungsConsentState state;

  rungs_consent_state (db, lead, RUNGS_PURPOSE_MARKETING, channel, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, expected);
}

static gint64
give (RungsDb *db,
      gint64   lead)
{
  return rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 5, "form",
                             "Yes, write to me", NULL);
}

static gint64
withdraw (RungsDb *db,
          gint64   lead)
{
  return rungs_consent_withdraw (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 6, "reply",
                                 NULL);
}

static void
test_state (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");

  assert_state (db, ann, RUNGS_CHANNEL_EMAIL, RUNGS_CONSENT_NONE);
  g_assert_cmpint (give (db, ann), !=, 0);
  assert_state (db, ann, RUNGS_CHANNEL_EMAIL, RUNGS_CONSENT_GIVEN);
  assert_state (db, ann, RUNGS_CHANNEL_PHONE, RUNGS_CONSENT_NONE);
  assert_state (db, bob, RUNGS_CHANNEL_EMAIL, RUNGS_CONSENT_NONE);
  withdraw (db, ann);
  assert_state (db, ann, RUNGS_CHANNEL_EMAIL, RUNGS_CONSENT_WITHDRAWN);
  give (db, ann);
  assert_state (db, ann, RUNGS_CHANNEL_EMAIL, RUNGS_CONSENT_GIVEN);
  withdraw (db, bob);
  assert_state (db, bob, RUNGS_CHANNEL_EMAIL, RUNGS_CONSENT_WITHDRAWN);
}

static void
test_annul (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 first = give (db, ann);
  gint64 no = withdraw (db, ann);
  gint64 mistake;
  g_autoptr (GError) error = NULL;

  mistake = rungs_consent_annul (db, no, 9, "by hand", &error);
  g_assert_no_error (error);
  assert_state (db, ann, RUNGS_CHANNEL_EMAIL, RUNGS_CONSENT_GIVEN);
  g_assert_cmpint (rungs_consent_annul (db, no, 9, "by hand", &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (rungs_consent_annul (db, mistake, 9, "by hand", &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (rungs_consent_annul (db, 99, 9, "by hand", &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_assert_cmpint (rungs_consent_annul (db, first, 9, "by hand", NULL), !=, 0);
  assert_state (db, ann, RUNGS_CHANNEL_EMAIL, RUNGS_CONSENT_NONE);
}

static void
test_append_only (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsStatement) forge = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  RungsConsent *row;

  give (db, ann);
  forge = rungs_db_prepare (db, "UPDATE consent SET action = 'withdrawn'", NULL);
  g_assert_false (rungs_statement_run (forge, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  rows = rungs_consent_list (db, ann, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  g_assert_cmpstr (row->action, ==, "given");
  g_assert_cmpstr (row->wording, ==, "Yes, write to me");
  g_assert_cmpstr (row->origin, ==, "form");
  g_assert_cmpint (rungs_fixture_number (f,
                                         "SELECT count (*) FROM event WHERE kind = 'consent.given'"
                                         " AND detail = 'marketing/email' AND at = 5"),
                   ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/consent/state", test_state);
  rungs_fixture_add_test ("/consent/annul", test_annul);
  rungs_fixture_add_test ("/consent/append-only", test_append_only);
  return g_test_run ();
}
