/* test-partner.c: partners are kept, each with a source of its own. */

#include "base/rungs-error.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-partner-store.h"
#include "rungs-fixture.h"

static void
test_kept (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new ("  Anna Berg ", "EUR");
  g_autoptr (RungsPartner) loaded = NULL;
  g_autoptr (RungsPartner) by_name = NULL;

  partner->kind = RUNGS_SOURCE_JV;
  rungs_partner_set (&partner->email, "anna@example.com");
  rungs_partner_set (&partner->country, "AT");
  g_assert_cmpint (rungs_partner_add (db, partner, 5, &error), >, 0);
  g_assert_no_error (error);
  g_assert_true (rungs_partner_save (db, partner, 8, &error));

  loaded = rungs_partner_load (db, partner->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->name, ==, "Anna Berg");
  g_assert_cmpstr (loaded->uuid, ==, partner->uuid);
  g_assert_cmpstr (loaded->email, ==, "anna@example.com");
  g_assert_cmpstr (loaded->country, ==, "AT");
  g_assert_cmpstr (loaded->currency, ==, "EUR");
  g_assert_cmpint (loaded->kind, ==, RUNGS_SOURCE_JV);
  g_assert_cmpint (loaded->created_at, ==, 5);
  g_assert_cmpint (loaded->ended_at, ==, 0);
  g_assert_cmpint (loaded->status, ==, RUNGS_PARTNER_ACTIVE);
  g_assert_cmpint (rungs_fixture_number (fixture,
                                         "SELECT count (*) FROM source"
                                         " WHERE kind = 'jv' AND name = 'Anna Berg'"),
                   ==, 1);
  by_name = rungs_partner_load_by_name (db, "Anna Berg", &error);
  g_assert_cmpint (by_name->id, ==, partner->id);
}

static void
assert_refused (RungsDb      *db,
                RungsPartner *partner,
                int           code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_partner_add (db, partner, 5, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, code);
}

static void
test_refused (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) anna = rungs_partner_new ("Anna", "EUR");
  g_autoptr (RungsPartner) other = rungs_partner_new (" ", "EUR");
  gint64 ads = rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", 1, &error);

  g_assert_cmpint (rungs_partner_add (db, anna, 5, &error), >, 0);
  assert_refused (db, other, RUNGS_ERROR_INVALID);
  rungs_partner_set (&other->name, "Anna");
  assert_refused (db, other, RUNGS_ERROR_CONFLICT);
  rungs_partner_set (&other->name, "Bert");
  g_strlcpy (other->currency, "eur", sizeof other->currency);
  assert_refused (db, other, RUNGS_ERROR_INVALID);
  g_strlcpy (other->currency, "EUR", sizeof other->currency);
  rungs_partner_set (&other->country, "Germany");
  assert_refused (db, other, RUNGS_ERROR_INVALID);
  rungs_partner_set (&other->country, "");
  rungs_partner_set (&other->email, "bert");
  assert_refused (db, other, RUNGS_ERROR_INVALID);
  rungs_partner_set (&other->email, "");
  other->source = ads;
  assert_refused (db, other, RUNGS_ERROR_INVALID);
  other->source = anna->source;
  assert_refused (db, other, RUNGS_ERROR_CONFLICT);
  other->source = 4711;
  assert_refused (db, other, RUNGS_ERROR_NOT_FOUND);
}

static void
test_list (RungsFixture *fixture,
           RungsDb      *db)
{
  static const char *const NAMES[] = { "carl", "Anna", "Bert" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (RungsPartner) partner = rungs_partner_new (NAMES[i], "EUR");

      g_assert_cmpint (rungs_partner_add (db, partner, 5, &error), >, 0);
    }
  list = rungs_partner_list (db, &error);
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpstr (((RungsPartner *) list->pdata[0])->name, ==, "Anna");
  g_assert_cmpstr (((RungsPartner *) list->pdata[2])->name, ==, "carl");
}

static gint64
add_lead (RungsDb    *db,
          const char *email)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  gint64 id;

  g_free (lead->email);
  lead->email = g_strdup (email);
  id = rungs_lead_add (db, lead, "by hand", 5, &error);
  g_assert_no_error (error);
  return id;
}

/* A lead is one partner at most, and is found from there. */
static void
test_lead (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) anna = rungs_partner_new ("Anna", "EUR");
  g_autoptr (RungsPartner) bert = rungs_partner_new ("Bert", "EUR");
  g_autoptr (RungsPartner) found = NULL;
  gint64 lead = add_lead (db, "anna@example.com");

  g_assert_true (rungs_partner_find_of_lead (db, lead, &found, &error));
  g_assert_null (found);
  anna->lead = bert->lead = lead;
  g_assert_cmpint (rungs_partner_add (db, anna, 5, &error), >, 0);
  assert_refused (db, bert, RUNGS_ERROR_CONFLICT);
  g_assert_true (rungs_partner_find_of_lead (db, lead, &found, &error));
  g_assert_cmpint (found->id, ==, anna->id);
  g_clear_pointer (&found, rungs_partner_free);
  anna->lead = 0;
  g_assert_true (rungs_partner_save (db, anna, 6, &error));
  g_assert_true (rungs_partner_find_of_lead (db, lead, &found, &error));
  g_assert_null (found);
}

/* The newest arrivals of its source come first, those of another are not among them. */
static void
test_touches (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) anna = rungs_partner_new ("Anna", "EUR");
  g_autoptr (GPtrArray) touches = NULL;
  gint64 lead = add_lead (db, "linus@example.com");
  gint64 ads = rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", 1, &error);
  gint64 n;

  g_assert_cmpint (rungs_partner_add (db, anna, 5, &error), >, 0);
  rungs_touch_add (db, lead, ads, RUNGS_PATH_DIRECT, 50, NULL, &error);
  for (gint64 at = 10; at <= 30; at += 10)
    rungs_touch_add (db, lead, anna->source, RUNGS_PATH_DIRECT, at, NULL, &error);
  g_assert_no_error (error);
  touches = rungs_touch_list_of_source (db, anna->source, 2, &error);
  g_assert_cmpuint (touches->len, ==, 2);
  g_assert_cmpint (((RungsTouch *) touches->pdata[0])->at, ==, 30);
  g_assert_cmpint (((RungsTouch *) touches->pdata[1])->at, ==, 20);
  g_assert_true (rungs_touch_count_of_source (db, anna->source, &n, &error));
  g_assert_cmpint (n, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/partner/kept", test_kept);
  rungs_fixture_add_test ("/partners/partner/refused", test_refused);
  rungs_fixture_add_test ("/partners/partner/list", test_list);
  rungs_fixture_add_test ("/partners/partner/lead", test_lead);
  rungs_fixture_add_test ("/partners/partner/touches", test_touches);
  return g_test_run ();
}
