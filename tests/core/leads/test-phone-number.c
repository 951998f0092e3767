/* test-phone-number.c: which texts can be telephone numbers, and how they are dialled from
 * everywhere. */

#include "leads/rungs-phone-number.h"

static void
test_plausible (void)
{
  static const struct
  {
    const char *phone;
    gboolean plausible;
  } CASES[] = {
    { "1234", TRUE },
    { "(086) 123-4567", TRUE },
    { "+353 (0)86 123 4567", TRUE },
    { "030/1234567, 030/7654321", TRUE },
    { "030 12345 Durchwahl 12", TRUE },
    { "030 12345 x12", TRUE },
    { "٠٨٦١٢٣", TRUE },
    { "", FALSE },
    { "112", FALSE },
    { "ask her", FALSE },
    { "1-800-FLOWERS", FALSE },
    { "086 123 4567 (home)", FALSE },
    { "123 x4567", FALSE },
    { "alice@post.example", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_test_message ("“%s”", CASES[i].phone);
      g_assert_cmpint (rungs_phone_is_plausible (CASES[i].phone), ==, CASES[i].plausible);
    }
}

static void
test_international (void)
{
  static const struct
  {
    const char *phone;
    const char *country;
    const char *international;
  } CASES[] = {
    { "086 123 4567", "Ireland", "+353861234567" },
    { "(086) 1234567 ext. 12", "IE", "+353861234567 x12" },
    { "555 123 4567", "US", "+15551234567" },
    { "030/1234567", "Deutschland", "+49301234567" },
    { "+353 86 123 4567", "IE", NULL },
    { "0044 20 1234 5678", "IE", NULL },
    { "011 44 20 1234 5678", "US", NULL },
    { "12345", "IE", NULL },
    { "030/1234567, 030/7654321", "DE", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const RungsCountry *country = rungs_country_find (CASES[i].country);
      g_autofree char *international = rungs_phone_dup_international (CASES[i].phone, country);

      g_assert_cmpstr (international, ==, CASES[i].international);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-number/plausible", test_plausible);
  g_test_add_func ("/phone-number/international", test_international);
  return g_test_run ();
}
