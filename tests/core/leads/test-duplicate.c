/* test-duplicate.c: which leads are taken for one person, and which are not. */

#include "leads/rungs-duplicate-store.h"

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-name-fold.h"
#include "leads/rungs-phone-number.h"
#include "rungs-fixture.h"

static void
test_phone (void)
{
  static const struct
  {
    const char *phone, *country, *key;
  } CASES[] = {
    { "086 123 4567", "IE", "+353861234567" },
    { "(086) 123-4567", "Ireland", "+353861234567" },
    { "+353 86 123 4567", NULL, "+353861234567" },
    { "00353861234567", "DE", "+353861234567" },
    { "+353 (0)86 1234567", "DE", "+353861234567" },
    { "+353 086 1234567", NULL, "+353861234567" },
    { "0731/12345-67", "Deutschland", "+497311234567" },
    { "0731 1234567 ext. 12", "de", "+497311234567" },
    { "Tel. 0731 1234567", "de", "+497311234567" },
    { "+39 06 1234 5678", NULL, "+390612345678" },
    { "06 1234 5678", "Italia", "+390612345678" },
    { "(212) 555-0100", "USA", "+12125550100" },
    { "1-212-555-0100", "us", "+12125550100" },
    { "011 44 20 7946 0000", "US", "+442079460000" },
    { "020 7946 0000", "England", "+442079460000" },
    { "06 30 123 4567", "HU", "+36301234567" },
    { "٠٧٣١ ١٢٣٤٥٦٧", "DE", "+497311234567" },
    { "044 668 18 00", "Österreich", "+43446681800" },
    { "0731 1234567", "Atlantis", "07311234567" },
    { "12345", "DE", NULL },
    { "no phone", "DE", NULL },
    { "123456789012345678901", NULL, NULL },
    { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const RungsCountry *country = rungs_country_find (CASES[i].country);
      g_autofree char *key = rungs_phone_key (CASES[i].phone, country);

      g_assert_cmpstr (key, ==, CASES[i].key);
    }
  g_assert_cmpstr (rungs_country_of_zone ("Europe/Dublin")->code, ==, "IE");
  g_assert_null (rungs_country_of_zone ("UTC"));
}

static void
assert_fold (const char *text,
             const char *folded)
{
  g_autofree char *fold = rungs_name_fold_sorted (text);

  g_assert_cmpstr (fold, ==, folded);
}

static void
assert_variant (const char *key,
                const char *expected)
{
  g_autofree char *variant = rungs_email_variant_key (key);

  g_assert_cmpstr (variant, ==, expected);
}

static void
test_keys (void)
{
  assert_fold ("Áine O’Neill", "aine neill o");
  assert_fold ("STRAẞE,  Müller-Lüd.", "lud muller strasse");
  assert_fold ("\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd", "\xd0\xb8\xd0\xb2\xd0\xb0\xd0\xbd");
  assert_fold (NULL, "");
  assert_variant ("ann+shop@example.com", "ann@example.com");
  assert_variant ("a.nn+x@googlemail.com", "ann@gmail.com");
  assert_variant ("a.nn@example.com", "a.nn@example.com");
  assert_variant ("+x@example.com", "+x@example.com");
  g_assert_cmpuint (rungs_name_distance ("ann smith", "ann smith", 2), ==, 0);
  g_assert_cmpuint (rungs_name_distance ("ann smith", "ann smiht", 2), ==, 1);
  g_assert_cmpuint (rungs_name_distance ("ann smith", "anne smit", 2), ==, 2);
  g_assert_cmpuint (rungs_name_distance ("ann", "bob", 2), ==, 3);
  g_assert_cmpuint (rungs_name_distance ("", "ab", 2), ==, 2);
}

static gint64
add (RungsFixture *f,
     const char   *email,
     const char   *first,
     const char   *last,
     const char   *column,
     const char   *value)
{
  gint64 lead = rungs_fixture_add_lead (f, email, first);
  g_autoptr (GError) error = NULL;

  rungs_lead_set_text (f->db, lead, "last_name", last, 1, &error);
  g_assert_no_error (error);
  rungs_lead_set_text (f->db, lead, column, value, 1, &error);
  g_assert_no_error (error);
  return lead;
}

/* Why the two are taken for one; 0 where they are not. */
static guint
why (RungsFixture *f,
     gint64        lead,
     gint64        other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found
      = rungs_duplicates_find (f->db, 1000, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const RungsDuplicate *pair = g_ptr_array_index (found, i);

      g_assert_cmpint (pair->lead, <, pair->other);
      if (pair->lead == lead && pair->other == other)
        return pair->reasons;
    }
  return 0;
}

static void
test_reasons (RungsFixture *f,
              RungsDb      *db)
{
  gint64 a, b, c;

  rungs_field_add (db, "born", "Birthday", RUNGS_FIELD_DATE, 1, NULL);
  a = add (f, "ann.smith@gmail.com", "Ann", "Smith", "phone", "0731 1234567");
  b = add (f, "annsmith+news@googlemail.com", "A.", "S.", "phone", "+49 (0)731 123 45 67");
  g_assert_cmpuint (why (f, a, b), ==, RUNGS_DUPLICATE_EMAIL | RUNGS_DUPLICATE_PHONE);

  a = add (f, "c1@example.com", "Carla", "Jung", "company", "ACME GmbH");
  b = add (f, "c2@example.com", "JUNG", "Carla", "company", "Acme, Gmbh");
  c = add (f, "c3@example.com", "Karla", "Jung", "company", "ACME GMBH");
  g_assert_cmpuint (why (f, a, b), ==, RUNGS_DUPLICATE_NAME_COMPANY);
  g_assert_cmpuint (why (f, a, c), ==, RUNGS_DUPLICATE_CLOSE_COMPANY);

  a = add (f, "d1@example.com", "Dora", "Maier", "field:born", "1980-05-06");
  b = add (f, "d2@example.com", "Dora", "Meier", "field:born", "6.5.1980");
  c = add (f, "d3@example.com", "Dora", "Maier", "field:born", "1981-05-06");
  g_assert_cmpuint (why (f, a, b), ==, RUNGS_DUPLICATE_CLOSE_DATE);
  g_assert_cmpuint (why (f, a, c), ==, 0);

  a = add (f, "e1@example.com", "Eva", "Óh", "postcode", "D02 X285");
  b = add (f, "e2@example.com", "Eva", "Oh", "postcode", "d02x285");
  c = add (f, "e3@example.com", "Eva", "Oh", "postcode", "d03 x285");
  g_assert_cmpuint (why (f, a, b), ==, RUNGS_DUPLICATE_NAME_PLACE);
  g_assert_cmpuint (why (f, a, c), ==, 0);
}

static void
test_different (RungsFixture *f,
                RungsDb      *db)
{
  gint64 a = add (f, "a@example.com", "Ann", "Smith", "city", "Ulm");
  gint64 b = add (f, "b@example.com", "Ann", "Smith", "city", "ULM");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (why (f, a, b), ==, RUNGS_DUPLICATE_NAME_PLACE);
  g_assert_true (rungs_leads_set_different (db, b, a, 5, &error));
  g_assert_true (rungs_leads_set_different (db, a, b, 5, &error));
  g_assert_cmpuint (why (f, a, b), ==, 0);
  g_assert_true (rungs_leads_unset_different (db, b, a, &error));
  g_assert_cmpuint (why (f, a, b), ==, RUNGS_DUPLICATE_NAME_PLACE);
  g_assert_false (rungs_leads_set_different (db, a, a, 5, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static const char SQL_MANY[]
    = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
      " INSERT INTO lead (first_name, last_name, phone, city, created_at, updated_at)"
      " SELECT 'Ann', 'Smith' || i, '0731 1234567', 'Ulm', 0, 0 FROM n";

/* A number of an office, and a town in which all are called nearly the same: bounded. */
static void
test_many (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean more = FALSE;

  rungs_fixture_run (f, SQL_MANY);
  found = rungs_duplicates_find (db, 100, NULL, NULL, NULL, &more, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 100);
  g_assert_true (more);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpuint (((RungsDuplicate *) found->pdata[i])->reasons, ==,
                      RUNGS_DUPLICATE_CLOSE_PLACE);

  g_cancellable_cancel (cancellable);
  g_assert_null (rungs_duplicates_find (db, 100, NULL, NULL, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  rungs_fixture_run (f, "DELETE FROM lead");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duplicate/phone", test_phone);
  g_test_add_func ("/duplicate/keys", test_keys);
  rungs_fixture_add_test ("/duplicate/reasons", test_reasons);
  rungs_fixture_add_test ("/duplicate/different", test_different);
  rungs_fixture_add_test ("/duplicate/many", test_many);
  return g_test_run ();
}
