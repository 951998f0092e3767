/* test-business.c: the one row that says whose file it is. */

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "rungs-fixture.h"

static RungsBusiness *
load (RungsDb *db)
{
  g_autoptr (GError) error = NULL;
  RungsBusiness *business = rungs_business_load (db, &error);

  g_assert_no_error (error);
  return business;
}

static void
test_init (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (RungsBusiness) business = load (db);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_uuid_string_is_valid (business->uuid));
  g_assert_cmpstr (business->currency, ==, "EUR");
  g_assert_false (business->demo);
  g_assert_cmpint (business->window_from, ==, -1);
  g_assert_cmpint (business->cap_days, ==, 0);
  g_assert_cmpint (business->created_at, ==, rungs_fixture_now (f));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT length (salt) FROM business"), ==, 16);

  g_assert_false (rungs_business_init (db, FALSE, 0, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_save (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (RungsBusiness) business = load (db);
  g_autoptr (RungsBusiness) stored = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;

  business->cap_messages = 3;
  business->cap_days = 7;
  business->window_from = 0;
  business->window_to = 20 * 60;
  g_strlcpy (business->currency, "JPY", sizeof business->currency);
  rungs_business_save (db, business, &error);
  g_assert_no_error (error);

  stored = load (db);
  g_assert_cmpstr (stored->uuid, ==, business->uuid);
  g_assert_cmpstr (stored->currency, ==, "JPY");
  g_assert_cmpint (stored->cap_messages, ==, 3);
  g_assert_cmpint (stored->cap_days, ==, 7);
  g_assert_cmpint (stored->window_from, ==, 0);
  g_assert_cmpint (stored->window_to, ==, 1200);
  zone = rungs_business_zone (db, &error);
  g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, "Europe/Berlin");
}

typedef struct
{
  const char *zone;
  const char *currency;
  gint64 cap_messages, cap_days;
  int from, to;
} Unsound;

static const Unsound UNSOUND[] = {
  { "Europe/Atlantis", "EUR", 0, 0, -1, -1 },
  { "", "EUR", 0, 0, -1, -1 },
  { "UTC", "eur", 0, 0, -1, -1 },
  { "UTC", "EU", 0, 0, -1, -1 },
  { "UTC", "EUR", 3, 0, -1, -1 },
  { "UTC", "EUR", 0, 7, -1, -1 },
  { "UTC", "EUR", -1, -1, -1, -1 },
  { "UTC", "EUR", 0, 0, 480, -1 },
  { "UTC", "EUR", 0, 0, 480, 480 },
  { "UTC", "EUR", 0, 0, 480, 1440 },
};

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  for (size_t i = 0; i < G_N_ELEMENTS (UNSOUND); i++)
    {
      g_autoptr (RungsBusiness) business = load (db);
      g_autoptr (GError) error = NULL;

      g_free (business->zone);
      business->zone = g_strdup (UNSOUND[i].zone);
      g_strlcpy (business->currency, UNSOUND[i].currency, sizeof business->currency);
      business->cap_messages = UNSOUND[i].cap_messages;
      business->cap_days = UNSOUND[i].cap_days;
      business->window_from = UNSOUND[i].from;
      business->window_to = UNSOUND[i].to;
      g_assert_false (rungs_business_save (db, business, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/business/init", test_init);
  rungs_fixture_add_test ("/business/save", test_save);
  rungs_fixture_add_test ("/business/refused", test_refused);
  return g_test_run ();
}
