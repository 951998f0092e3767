/* test-payment.c: what payment files are made of: letters of SEPA, and days on which banks pay. The
 * files themselves are in tests/cli/test-partners.py, which has a keyring. */

#include <string.h>

#include "base/rungs-error.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"
#include "partners/rungs-payment-file.h"
#include "partners/rungs-payment-sepa.h"
#include "partners/rungs-working-day.h"
#include "rungs-fixture.h"

static void
test_letters (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } CASES[] = {
    { "Anna Berg", "Anna Berg" },
    { "Jörg Müßig", "Joerg Muessig" },
    { "Łukasz Żak", "Lukasz Zak" },
    { "Øster & Søn", "OEster + Soen" },
    { "A_B [C] {D} <E>; F", "A-B (C) (D) (E), F" },
    { "“Quote” ‘it’", "'Quote' 'it'" },
    { "//a//b/", "a/b" },
    { "  two\n lines ", "two lines" },
    { "who? 100 %", "who? 100 ." },
    { "日本 KK", ".. KK" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = rungs_sepa_text (CASES[i].text, RUNGS_SEPA_NAME_MOST);

      g_assert_cmpstr (text, ==, CASES[i].expected);
    }
  g_assert_true (rungs_sepa_name_can_be_read ("日本 KK"));
  g_assert_false (rungs_sepa_name_can_be_read ("日本"));
}

/* No text at all leads out of the letters, or above the length. */
static void
test_any_letters (void)
{
  for (gunichar c = 1; c < 0x3000; c++)
    {
      char utf8[8] = "";
      g_autofree char *many = NULL;
      g_autofree char *text = NULL;

      g_unichar_to_utf8 (c, utf8);
      many = g_strdup_printf ("x%s%s%sy%s", utf8, utf8, utf8, utf8);
      text = rungs_sepa_text (many, 4);
      g_assert_cmpuint (strlen (text), <=, 4);
      g_assert_cmpuint (strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789/-?:().,'+ "),
                        ==, strlen (text));
      g_assert_null (strstr (text, "//"));
    }
}

static void
test_working_days (void)
{
  static const struct
  {
    const char *day;
    const char *found;
  } CASES[] = {
    { "2026-03-02", "2026-03-02" }, /* a Monday */
    { "2026-03-07", "2026-03-09" }, /* a Saturday */
    { "2026-04-03", "2026-04-07" }, /* Good Friday */
    { "2026-05-01", "2026-05-04" },
    { "2026-12-24", "2026-12-24" },
    { "2026-12-25", "2026-12-28" },
    { "2027-01-01", "2027-01-04" },
    { "2024-03-29", "2024-04-02" },
    { "2038-04-23", "2038-04-27" }, /* the latest Easter of the century */
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      GDate day;
      char found[16];

      g_date_clear (&day, 1);
      g_date_set_parse (&day, CASES[i].day);
      rungs_working_day_find (&day);
      g_date_strftime (found, sizeof found, "%Y-%m-%d", &day);
      g_assert_cmpstr (found, ==, CASES[i].found);
    }
}

/* A payout of one cent to each of three hundred partners: the sum is exact, and so are the rows. */
static void
test_many (RungsFixture *fixture,
           RungsDb      *db)
{
  guint8 bytes[RUNGS_SEAL_KEY_BYTES] = { 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = rungs_seal_key_new (bytes);
  g_autoptr (RungsPaymentFile) file = NULL;
  RungsPaymentRequest request = { .payout = 1, .format = RUNGS_PAYMENT_CSV };
  g_auto (GStrv) lines = NULL;

  rungs_fixture_run (fixture, "INSERT INTO payout (id, currency, until_at, made_at)"
                              " VALUES (1, 'EUR', 1, 1)");
  for (guint i = 1; i <= 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("P%u", i);
      g_autofree char *sql = NULL;
      g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
      g_autoptr (RungsPayee) payee = rungs_payee_new ();

      rungs_partner_add (db, partner, 1, &error);
      rungs_payee_set (payee, RUNGS_PAYEE_OTHER, "in cash");
      g_assert_true (rungs_payee_save (db, partner->id, payee, key, &error));
      sql = g_strdup_printf ("INSERT INTO payout_item (payout, partner, approved, set_off)"
                             " VALUES (1, %" G_GINT64_FORMAT ", 100000000000001, 100000000000000)",
                             partner->id);
      rungs_fixture_run (fixture, sql);
    }
  file = rungs_payment_file_make (db, &request, key, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpint (file->amount, ==, 300);
  lines = g_strsplit (file->text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 302);
  g_assert_nonnull (strstr (lines[300], ",P300,0.01,EUR,other,P300,"));
}

/* Names all who cannot be paid, and why; the money of others is no euro. */
static void
test_refused (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsPaymentRequest request = { .payout = 1, .format = RUNGS_PAYMENT_CSV };
  g_autoptr (RungsPartner) anna = rungs_partner_new ("Anna", "USD");
  g_autoptr (RungsPartner) bert = rungs_partner_new ("Bert", "USD");

  rungs_partner_add (db, anna, 1, &error);
  rungs_partner_add (db, bert, 1, &error);
  rungs_fixture_run (fixture, "INSERT INTO payout (id, currency, until_at, made_at)"
                              " VALUES (1, 'USD', 1, 1)");
  rungs_fixture_run (fixture, "INSERT INTO payout_item (payout, partner, approved, set_off)"
                              " VALUES (1, 1, 2, 1), (1, 2, 2, 1)");
  g_assert_null (rungs_payment_file_make (db, &request, NULL, 5, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "Anna: has not said how to be paid\nBert: has not said how to be paid");
  g_clear_error (&error);
  request.format = RUNGS_PAYMENT_SEPA;
  g_assert_null (rungs_payment_file_make (db, &request, NULL, 5, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "euro"));
  g_clear_error (&error);
  request.payout = 2;
  g_assert_null (rungs_payment_file_make (db, &request, NULL, 5, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

/* Who cannot be paid is seen before the file is made, beside those who can. */
static void
test_previewed (RungsFixture *fixture,
                RungsDb      *db)
{
  guint8 bytes[RUNGS_SEAL_KEY_BYTES] = { 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = rungs_seal_key_new (bytes);
  g_autoptr (RungsSealKey) copy = rungs_seal_key_copy (key);
  g_autoptr (RungsPaymentFile) file = NULL;
  RungsPaymentRequest request = { .payout = 1, .format = RUNGS_PAYMENT_PAYPAL };
  g_autoptr (RungsPartner) anna = rungs_partner_new ("Anna", "EUR");
  g_autoptr (RungsPartner) bert = rungs_partner_new ("Bert", "EUR");
  g_autoptr (RungsPayee) payee = rungs_payee_new ();

  rungs_partner_add (db, anna, 1, &error);
  rungs_partner_add (db, bert, 1, &error);
  rungs_payee_set (payee, RUNGS_PAYEE_PAYPAL, "bert@example.com");
  g_assert_true (rungs_payee_save (db, bert->id, payee, key, &error));
  rungs_fixture_run (fixture, "INSERT INTO payout (id, currency, until_at, made_at)"
                              " VALUES (1, 'EUR', 1, 1)");
  rungs_fixture_run (fixture, "INSERT INTO payout_item (payout, partner, approved, set_off)"
                              " VALUES (1, 1, 2, 1), (1, 2, 5, 1)");
  file = rungs_payment_file_preview (db, &request, copy, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->payments->len, ==, 2);
  g_assert_cmpstr (((RungsPayment *) file->payments->pdata[0])->hindrance, ==,
                   "has not said how to be paid");
  g_assert_null (((RungsPayment *) file->payments->pdata[1])->hindrance);
  g_assert_null (file->text);
  g_assert_null (rungs_payment_file_make (db, &request, key, 5, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (rungs_payment_file_preview (db, &request, NULL, 5, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

/* Where it cannot be written nothing is left, and what was there stays. */
static void
test_saved (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "out", NULL);
  g_autofree char *text = NULL;

  g_assert_false (rungs_payment_text_save ("one", nowhere, TRUE, &error));
  g_clear_error (&error);
  g_assert_true (rungs_payment_text_save ("one", path, FALSE, &error));
  g_assert_false (rungs_payment_text_save ("two", path, FALSE, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "one");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/letters", test_letters);
  g_test_add_func ("/payment/any-letters", test_any_letters);
  g_test_add_func ("/payment/working-days", test_working_days);
  rungs_fixture_add_test ("/payment/many", test_many);
  rungs_fixture_add_test ("/payment/refused", test_refused);
  rungs_fixture_add_test ("/payment/previewed", test_previewed);
  rungs_fixture_add_test ("/payment/saved", test_saved);
  return g_test_run ();
}
