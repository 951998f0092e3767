/* test-import-reach.c: an import counts to whom marketing may be sent,
 * and why not to the others. */

#include "leads/rungs-import.h"

#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-fixture.h"

static const char TEXT[] = "email,phone,status\n"
                           "new@example.com,,\n"
                           "agreed@example.com,,\n"
                           "withdrew@example.com,,subscribed\n"
                           "mistake@example.com,,\n"
                           "bounced@example.com,,\n"
                           "listed@example.com,,subscribed\n"
                           "out@example.com,,unsubscribed\n"
                           "never@example.com,,never subscribed\n"
                           "NEW@example.com,,\n"
                           ",0123 456,\n";

static void
give (RungsFixture *self,
      const char   *email,
      gboolean      withdraw)
{
  gint64 lead = rungs_fixture_add_lead (self, email, NULL);
  g_autoptr (GError) error = NULL;

  rungs_consent_give (self->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "by hand",
                      "Yes", &error);
  g_assert_no_error (error);
  if (withdraw)
    rungs_consent_withdraw (self->db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 2,
                            "by hand", &error);
  g_assert_no_error (error);
}

static void
know_them_cb (RungsFixture *self,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  give (self, "agreed@example.com", FALSE);
  give (self, "withdrew@example.com", TRUE);
  give (self, "mistake@example.com", FALSE);
  rungs_consent_annul (db, rungs_fixture_number (self, "SELECT max (id) FROM consent"), 3,
                       "by hand", &error);
  g_assert_no_error (error);
  give (self, "bounced@example.com", FALSE);
  rungs_fixture_run (self, "UPDATE lead SET bounced_at = 1 WHERE email = 'bounced@example.com'");
  rungs_suppression_add (db, "listed@example.com", RUNGS_SUPPRESSED_BY_HAND, "", 1, &error);
  g_assert_no_error (error);
}

static RungsImportReach
import (RungsFixture       *self,
        RungsImportOptions  options)
{
  g_autofree char *path = g_build_filename (self->folder, "leads.csv", NULL);
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, TEXT, -1, NULL));
  options.path = path;
  rungs_import_run (self->db, &options, rungs_fixture_now (self), NULL, NULL, NULL, &result,
                    &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.leads_created + result.leads_updated + result.leads_unchanged, ==,
                   result.reach.may_write + result.reach.no_consent + result.reach.said_no
                       + result.reach.no_address);
  return result.reach;
}

/* A consent that was annulled is none; words of a consent are not
 * for those who never subscribed. */
static void
test_reasons (void)
{
  static const struct
  {
    const char *consent;
    RungsOnMatch on_match;
    RungsImportReach reach;
  } CASES[] = {
    { NULL, RUNGS_ON_MATCH_FILL, { 1, 3, 4, 1 } },
    { "Write to me", RUNGS_ON_MATCH_FILL, { 3, 1, 4, 1 } },
    { "Write to me", RUNGS_ON_MATCH_SKIP, { 2, 2, 4, 1 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    for (int dry_run = 0; dry_run < 2; dry_run++)
      {
        g_autoptr (RungsFixture) self = rungs_fixture_new ();
        const RungsImportReach *expected = &CASES[i].reach;
        RungsImportReach reach;

        rungs_fixture_write (self, know_them_cb);
        reach = import (self, (RungsImportOptions){ .consent = CASES[i].consent,
                                                    .on_match = CASES[i].on_match,
                                                    .dry_run = dry_run });
        g_assert_cmpint (reach.may_write, ==, expected->may_write);
        g_assert_cmpint (reach.no_consent, ==, expected->no_consent);
        g_assert_cmpint (reach.said_no, ==, expected->said_no);
        g_assert_cmpint (reach.no_address, ==, expected->no_address);
      }
}

/* Who has not agreed yet does so with a second import of the same file. */
static void
test_once_more (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();

  g_assert_cmpint (import (self, (RungsImportOptions){ 0 }).may_write, ==, 0);
  g_assert_cmpint (import (self, (RungsImportOptions){ .consent = "Write to me" }).may_write, ==,
                   6);
  g_assert_cmpint (import (self, (RungsImportOptions){ 0 }).may_write, ==, 6);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM consent"), ==, 6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-reach/reasons", test_reasons);
  g_test_add_func ("/import-reach/once-more", test_once_more);
  return g_test_run ();
}
