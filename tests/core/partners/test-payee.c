/* test-payee.c: payment details are right before they are stored, and nobody reads them from the
 * file. */

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "partners/rungs-bank-number.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"
#include "rungs-fixture.h"

#define IBAN "DE89370400440532013000"

/* ---- IBAN and BIC */

static void
test_ibans (void)
{
  /* those that the banks of the countries print as examples */
  static const char *const GOOD[] = {
    "DE89 3704 0044 0532 0130 00", "AT611904300234573201",      "GB29 NWBK 6016 1331 9268 19",
    "ch9300762011623852957",       "NL91ABNA0417164300",        "FR1420041010050500013M02606",
    "ES9121000418450200051332",    "IT60X0542811101000000123456", "BE68539007547034",
    "PL61109010140000071219812874", "NO9386011117947",           "MT84MALT011000012345MTLCAST001S",
    "BR1800360305000010009795493C1", "AE070331234567890123456",
  };
  static const struct
  {
    const char *iban;
    const char *says;
  } BAD[] = {
    { "", "is no IBAN" },
    { "DE", "is no IBAN" },
    { "89DE370400440532013000", "is no IBAN" },
    { "DE89 3704-0044", "is no IBAN" },
    { "DE8937040044053201300ä", "is no IBAN" },
    { "ZZ89370400440532013000", "begin with “ZZ”" },
    { "US89370400440532013000", "begin with “US”" },
    { "DE8937040044053201300", "has 22 letters and digits, and this one 21" },
    { "DE893704004405320130001", "and this one 23" },
    { "DE89370400440532013001", "mistyped" },
    { "DE98370400440532013000", "mistyped" },
    { "DE89370400440532103000", "mistyped" },
    { "GB29NWBK60161331926891", "mistyped" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *iban = rungs_iban_read (GOOD[i], &error);

      g_assert_no_error (error);
      g_assert_null (strchr (iban, ' '));
    }
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_iban_read (BAD[i].iban, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      if (strstr (error->message, BAD[i].says) == NULL)
        g_error ("of %s it says: %s", BAD[i].iban, error->message);
    }
}

/* Whoever swaps two digits, or mistypes one, is told. */
static void
test_mistyped (void)
{
  for (guint i = 4; i < strlen (IBAN); i++)
    for (char digit = '0'; digit <= '9'; digit++)
      {
        g_autofree char *iban = g_strdup (IBAN);
        g_autofree char *read = NULL;

        iban[i] = digit;
        read = rungs_iban_read (iban, NULL);
        g_assert_cmpint (read != NULL, ==, digit == IBAN[i]);
      }
}

static void
test_shown (void)
{
  g_autofree char *masked = rungs_iban_dup_masked (IBAN);
  g_autofree char *grouped = rungs_iban_dup_grouped (IBAN);

  g_assert_cmpstr (masked, ==, "DE89 … 00");
  g_assert_cmpstr (grouped, ==, "DE89 3704 0044 0532 0130 00");
  g_assert_true (rungs_iban_is_sepa (IBAN));
  g_assert_true (rungs_iban_is_sepa ("GB29NWBK60161331926819"));
  g_assert_false (rungs_iban_is_sepa ("AE070331234567890123456"));
  g_assert_false (rungs_iban_is_sepa ("TR330006100519786457841326"));
}

static void
test_bics (void)
{
  static const char *const GOOD[] = { "COBADEFF", "cobadeffxxx", "DEUT DE FF 500", "PBNKDEFF" };
  static const char *const BAD[]
      = { "", "COBADEF", "COBADEFFXX", "COBA12FF", "COBADEFF-XX", "ÄÖBADEFF" };

  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *bic = rungs_bic_read (GOOD[i], &error);

      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_bic_read (BAD[i], &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* ---- sealing */

static RungsSealKey *
key_of (guint8 byte)
{
  guint8 bytes[RUNGS_SEAL_KEY_BYTES];

  memset (bytes, byte, sizeof bytes);
  return rungs_seal_key_new (bytes);
}

static void
assert_shut (const RungsSealKey *key,
             const char         *owner,
             const char         *field,
             const guint8       *sealed,
             gsize               size)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_unseal (key, owner, field, sealed, size, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
}

static void
test_sealed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = key_of (1);
  g_autoptr (RungsSealKey) other = key_of (2);
  g_autoptr (GBytes) sealed = rungs_seal (key, "anna", "iban", IBAN, &error);
  g_autoptr (GBytes) again = rungs_seal (key, "anna", "iban", IBAN, &error);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);
  g_autofree char *text = rungs_unseal (key, "anna", "iban", bytes, size, &error);
  g_autofree guint8 *changed = g_memdup2 (bytes, size);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, IBAN);
  g_assert_cmpuint (size, ==, 1 + 12 + strlen (IBAN) + 16);
  g_assert_false (g_bytes_equal (sealed, again));
  assert_shut (other, "anna", "iban", bytes, size);
  assert_shut (key, "bert", "iban", bytes, size);
  assert_shut (key, "anna", "bic", bytes, size);
  assert_shut (key, "ann", "aiban", bytes, size);
  for (gsize n = 0; n < size; n++)
    assert_shut (key, "anna", "iban", bytes, n);
  for (gsize i = 0; i < size; i++)
    {
      changed[i] ^= 1;
      assert_shut (key, "anna", "iban", changed, size);
      changed[i] ^= 1;
    }
}

static void
test_sealed_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = key_of (1);
  g_autoptr (GBytes) sealed = rungs_seal (key, "anna", "iban", "", &error);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);
  g_autofree char *text = rungs_unseal (key, "anna", "iban", bytes, size, &error);

  g_assert_cmpstr (text, ==, "");
}

/* ---- what is refused, and how it is shown */

static void
test_checked (void)
{
  static const struct
  {
    RungsPayWay way;
    RungsPayeeField field;
    const char *text;
    RungsPayWay chosen; /* UNSAID: refused */
  } CASES[] = {
    { RUNGS_PAY_UNSAID, RUNGS_PAYEE_IBAN, "de89 3704 0044 0532 0130 00", RUNGS_PAY_BANK },
    { RUNGS_PAY_UNSAID, RUNGS_PAYEE_PAYPAL, "a@example.com", RUNGS_PAY_PAYPAL },
    { RUNGS_PAY_UNSAID, RUNGS_PAYEE_WISE, "a@example.com", RUNGS_PAY_WISE },
    { RUNGS_PAY_WISE, RUNGS_PAYEE_IBAN, IBAN, RUNGS_PAY_WISE },
    { RUNGS_PAY_UNSAID, RUNGS_PAYEE_OTHER, "in cash", RUNGS_PAY_OTHER },
    { RUNGS_PAY_BANK, RUNGS_PAYEE_PAYPAL, "a@example.com", RUNGS_PAY_UNSAID },
    { RUNGS_PAY_PAYPAL, RUNGS_PAYEE_IBAN, IBAN, RUNGS_PAY_UNSAID },
    { RUNGS_PAY_WISE, RUNGS_PAYEE_PAYPAL, "a@example.com", RUNGS_PAY_UNSAID },
    { RUNGS_PAY_OTHER, RUNGS_PAYEE_IBAN, IBAN, RUNGS_PAY_UNSAID },
    { RUNGS_PAY_UNSAID, RUNGS_PAYEE_IBAN, "DE00", RUNGS_PAY_UNSAID },
    { RUNGS_PAY_UNSAID, RUNGS_PAYEE_PAYPAL, "anna", RUNGS_PAY_UNSAID },
    { RUNGS_PAY_UNSAID, RUNGS_PAYEE_WISE, "a@b@c", RUNGS_PAY_UNSAID },
    { RUNGS_PAY_UNSAID, RUNGS_PAYEE_HOLDER, "a\tb", RUNGS_PAY_UNSAID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsPayee) payee = rungs_payee_new ();
      gboolean sound;

      payee->way = CASES[i].way;
      rungs_payee_set (payee, CASES[i].field, CASES[i].text);
      sound = rungs_payee_check (payee, &error);
      g_test_message ("%u: %s", i, error != NULL ? error->message : "");
      g_assert_cmpint (sound, ==, CASES[i].chosen != RUNGS_PAY_UNSAID);
      g_assert_cmpint (sound ? payee->way : RUNGS_PAY_UNSAID, ==, CASES[i].chosen);
    }
}

static void
assert_vat_id (const char *text,
               const char *expected)
{
  g_autoptr (RungsPayee) payee = rungs_payee_new ();

  rungs_payee_set (payee, RUNGS_PAYEE_VAT_ID, text);
  g_assert_cmpint (rungs_payee_check (payee, NULL), ==, expected != NULL);
  if (expected != NULL)
    g_assert_cmpstr (rungs_payee_get (payee, RUNGS_PAYEE_VAT_ID), ==, expected);
}

/* One field by itself, while the others are not there yet. */
static void
test_field_checked (void)
{
  static const struct
  {
    RungsPayeeField field;
    const char *text;
    const char *read; /* NULL: it is refused */
  } CASES[] = {
    { RUNGS_PAYEE_IBAN, "", "" },
    { RUNGS_PAYEE_IBAN, "de89 3704 0044 0532 0130 00", IBAN },
    { RUNGS_PAYEE_IBAN, "DE89 3704", NULL },
    { RUNGS_PAYEE_BIC, "cobadeff", "COBADEFF" },
    { RUNGS_PAYEE_BIC, "COBA", NULL },
    { RUNGS_PAYEE_VAT_ID, "de 123456789", "DE123456789" },
    { RUNGS_PAYEE_VAT_ID, "123456789", NULL },
    { RUNGS_PAYEE_PAYPAL, "anna", NULL },
    { RUNGS_PAYEE_WISE, "anna@example.com", "anna@example.com" },
    { RUNGS_PAYEE_HOLDER, "Anna\nBerg", NULL },
    { RUNGS_PAYEE_ADDRESS, "Quay Lane 3\nHamburg", "Quay Lane 3\nHamburg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsPayee) payee = rungs_payee_new ();

      payee->way = RUNGS_PAY_BANK;
      rungs_payee_set (payee, CASES[i].field, CASES[i].text);
      g_assert_cmpint (rungs_payee_check_field (payee, CASES[i].field, &error), ==,
                       CASES[i].read != NULL);
      if (CASES[i].read != NULL)
        g_assert_cmpstr (rungs_payee_get (payee, CASES[i].field), ==, CASES[i].read);
      else
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

static void
test_vat_ids (void)
{
  assert_vat_id ("de 123 456 789", "DE123456789");
  assert_vat_id ("ATU12345678", "ATU12345678");
  assert_vat_id ("CHE-123.456.789MWST", NULL);
  assert_vat_id ("CHE-123.456.789", "CHE123456789");
  assert_vat_id ("123456789", NULL);
  assert_vat_id ("DE", NULL);
}

static void
assert_masked (RungsPayeeField field,
               const char     *text,
               const char     *expected)
{
  g_autoptr (RungsPayee) payee = rungs_payee_new ();
  g_autofree char *masked = NULL;

  rungs_payee_set (payee, field, text);
  masked = rungs_payee_dup_masked (payee, field);
  g_assert_cmpstr (masked, ==, expected);
}

static void
test_masked (void)
{
  assert_masked (RUNGS_PAYEE_IBAN, IBAN, "DE89 … 00");
  assert_masked (RUNGS_PAYEE_PAYPAL, "änna@example.com", "ä…@example.com");
  assert_masked (RUNGS_PAYEE_TAX_NUMBER, "12/345/67890", "12 … 90");
  assert_masked (RUNGS_PAYEE_TAX_NUMBER, "12345", "…");
  assert_masked (RUNGS_PAYEE_VAT_ID, "DE123456789", "DE … 89");
  assert_masked (RUNGS_PAYEE_ADDRESS, "Market Square 1\n10115 Berlin", "…");
  assert_masked (RUNGS_PAYEE_IBAN, "", "");
}

/* ---- the file */

static gint64
add_partner (RungsDb    *db,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  gint64 id = rungs_partner_add (db, partner, 1, &error);

  g_assert_no_error (error);
  return id;
}

static void
save_iban (RungsDb            *db,
           gint64              partner,
           const RungsSealKey *key,
           const char         *iban)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPayee) payee = rungs_payee_load (db, partner, key, &error);

  rungs_payee_set (payee, RUNGS_PAYEE_IBAN, iban);
  rungs_payee_set (payee, RUNGS_PAYEE_HOLDER, "Anna Berg");
  g_assert_true (rungs_payee_save (db, partner, payee, key, &error));
  g_assert_no_error (error);
}

static void
assert_iban (RungsDb            *db,
             gint64              partner,
             const RungsSealKey *key,
             const char         *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPayee) payee = rungs_payee_load (db, partner, key, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rungs_payee_get (payee, RUNGS_PAYEE_IBAN), ==, expected);
}

static void
assert_unreadable (RungsDb            *db,
                   gint64              partner,
                   const RungsSealKey *key)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_payee_load (db, partner, key, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
}

static void
test_kept (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = key_of (7);
  gint64 anna = add_partner (db, "Anna"), bert = add_partner (db, "Bert");
  g_autoptr (RungsPartner) loaded = NULL;
  gboolean there;

  g_assert_true (rungs_payees_are_there (db, &there, &error));
  g_assert_false (there);
  save_iban (db, anna, key, IBAN);
  save_iban (db, RUNGS_PAYEE_BUSINESS, key, "AT611904300234573201");
  assert_iban (db, anna, key, IBAN);
  assert_iban (db, RUNGS_PAYEE_BUSINESS, key, "AT611904300234573201");
  assert_iban (db, bert, NULL, "");
  g_assert_true (rungs_payee_is_there (db, anna, &there, &error) && there);
  g_assert_true (rungs_payee_is_there (db, bert, &there, &error) && !there);
  loaded = rungs_partner_load (db, anna, &error);
  g_assert_cmpint (loaded->pay_way, ==, RUNGS_PAY_BANK);
  save_iban (db, anna, key, "BE68539007547034");
  assert_iban (db, anna, key, "BE68539007547034");
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM payment_detail"), ==, 4);
  g_assert_cmpint (rungs_fixture_number (fixture,
                                         "SELECT count (*) FROM payment_detail"
                                         " WHERE instr (sealed, CAST ('BE68' AS BLOB)) > 0"
                                         "    OR instr (sealed, CAST ('Anna' AS BLOB)) > 0"),
                   ==, 0);
  g_assert_true (rungs_payee_forget (db, anna, &error));
  assert_iban (db, anna, NULL, "");
  g_assert_cmpint (rungs_fixture_number (fixture,
                                         "SELECT count (*) FROM partner WHERE pay_way <> ''"),
                   ==, 0);
}

/* Who can write the file and not open the keyring gets money nowhere else. */
static void
test_moved (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (RungsSealKey) key = key_of (7);
  g_autoptr (RungsSealKey) other = key_of (8);
  gint64 anna = add_partner (db, "Anna"), bert = add_partner (db, "Bert");

  save_iban (db, anna, key, IBAN);
  save_iban (db, bert, key, "BE68539007547034");
  assert_unreadable (db, anna, other);
  rungs_fixture_run (fixture,
                     "UPDATE payment_detail SET sealed = (SELECT sealed FROM payment_detail"
                     "                                     WHERE partner = 2 AND field = 'iban')"
                     " WHERE partner = 1 AND field = 'iban'");
  assert_unreadable (db, anna, key);
  assert_iban (db, bert, key, "BE68539007547034");
  rungs_fixture_run (fixture, "UPDATE payment_detail SET field = 'bic'"
                              " WHERE partner = 2 AND field = 'holder'");
  assert_unreadable (db, bert, key);
}

static void
test_another_key (RungsFixture *fixture,
                  RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = key_of (7);
  g_autoptr (RungsSealKey) other = key_of (8);
  g_autoptr (RungsPayee) payee = rungs_payee_new ();
  gint64 anna = add_partner (db, "Anna"), bert = add_partner (db, "Bert");

  save_iban (db, anna, key, IBAN);
  rungs_payee_set (payee, RUNGS_PAYEE_IBAN, "BE68539007547034");
  g_assert_false (rungs_payee_save (db, bert, payee, other, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
  g_assert_cmpint (rungs_fixture_number (fixture,
                                         "SELECT count (*) FROM payment_detail WHERE partner = 2"),
                   ==, 0);
}

static void
test_refused (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = key_of (7);
  g_autoptr (RungsPayee) payee = rungs_payee_new ();
  gint64 anna = add_partner (db, "Anna");

  rungs_payee_set (payee, RUNGS_PAYEE_IBAN, "DE00");
  g_assert_false (rungs_payee_save (db, anna, payee, key, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_payee_save (db, 4711, payee, key, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (rungs_payee_load (db, 4711, key, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM payment_detail"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payee/ibans", test_ibans);
  g_test_add_func ("/payee/mistyped", test_mistyped);
  g_test_add_func ("/payee/shown", test_shown);
  g_test_add_func ("/payee/bics", test_bics);
  g_test_add_func ("/payee/sealed", test_sealed);
  g_test_add_func ("/payee/sealed-nothing", test_sealed_nothing);
  g_test_add_func ("/payee/checked", test_checked);
  g_test_add_func ("/payee/field-checked", test_field_checked);
  g_test_add_func ("/payee/vat-ids", test_vat_ids);
  g_test_add_func ("/payee/masked", test_masked);
  rungs_fixture_add_test ("/payee/kept", test_kept);
  rungs_fixture_add_test ("/payee/moved", test_moved);
  rungs_fixture_add_test ("/payee/another-key", test_another_key);
  rungs_fixture_add_test ("/payee/refused", test_refused);
  return g_test_run ();
}
