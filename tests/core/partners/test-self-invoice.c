/* test-self-invoice.c: invoices that the business writes in the name of its partners. */

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payee-store.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "partners/rungs-self-invoice-plan-store.h"
#include "partners/rungs-self-invoice.h"
#include "partners/rungs-tax.h"
#include "rungs-fixture.h"

static RungsSealKey *
new_key (void)
{
  guint8 bytes[RUNGS_SEAL_KEY_BYTES] = { 7 };

  return rungs_seal_key_new (bytes);
}

static void
set_business (RungsDb    *db,
              const char *country,
              const char *vat_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsBusiness) business = rungs_business_load (db, &error);

  g_strlcpy (business->country, country, sizeof business->country);
  g_free (business->vat_id);
  business->vat_id = g_strdup (vat_id);
  g_free (business->name);
  business->name = g_strdup ("Corner");
  g_free (business->address);
  business->address = g_strdup ("Market Square 1");
  g_assert_true (rungs_business_save (db, business, &error));
  g_assert_no_error (error);
}

static void
set_country (RungsFixture *fixture,
             RungsDb      *db,
             gint64        partner,
             const char   *country)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);

  rungs_partner_set (&who->country, country);
  g_assert_true (rungs_partner_save (db, who, rungs_fixture_now (fixture), &error));
}

static void
set_details (RungsDb    *db,
             gint64      partner,
             const char *address,
             const char *vat_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = new_key ();
  g_autoptr (RungsPayee) payee = rungs_payee_new ();

  rungs_payee_set (payee, RUNGS_PAYEE_OTHER, "in cash");
  rungs_payee_set (payee, RUNGS_PAYEE_ADDRESS, address);
  rungs_payee_set (payee, RUNGS_PAYEE_VAT_ID, vat_id);
  g_assert_true (rungs_payee_save (db, partner, payee, key, &error));
  g_assert_no_error (error);
}

/* Anna gets `amount` by a payout. */
static gint64
pay (RungsFixture *fixture,
     RungsDb      *db,
     gint64        partner,
     gint64        amount)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *email = g_strdup_printf ("b%" G_GINT64_FORMAT "@example.com", amount);
  g_autofree char *sku = g_strdup_printf ("S%" G_GINT64_FORMAT, amount);
  gint64 now = rungs_fixture_now (fixture), released, order, payout;
  gint64 lead = rungs_fixture_add_lead (fixture, email, "B");
  RungsPayoutRequest request = { "EUR", now, 0, NULL };

  order = rungs_fixture_add_order (fixture, lead, rungs_fixture_add_product (fixture, sku, amount));
  g_assert_true (rungs_partners_follow (db, now, &error));
  g_assert_true (rungs_referral_set (db, order, partner, now, &error));
  g_assert_true (rungs_commission_settle (db, order, now, &error));
  g_assert_true (rungs_commissions_release (db, now, 0, &released, &error));
  payout = rungs_payout_make (db, &request, now, &error);
  g_assert_no_error (error);
  return payout;
}

static gint64
add_partner (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms
      = rungs_terms_parse ("{\"hold_days\": 0, \"rates\": [{\"rate\": 10000}]}", &error);
  g_autoptr (RungsPartner) partner = rungs_partner_new ("Anna", "EUR");
  gint64 programme = rungs_programme_add (db, "Friends", 1, &error);

  rungs_programme_set_terms (db, programme, 0, terms, 1, &error);
  rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error);
  rungs_programme_join (db, programme, partner->id, 0, &error);
  g_assert_no_error (error);
  return partner->id;
}

static void
agree (RungsDb      *db,
       gint64        partner,
       RungsVatCase  vat,
       gint64        rate)
{
  g_autoptr (GError) error = NULL;
  RungsSelfBilling billing = { "2020-01-31", vat, rate };

  g_assert_true (rungs_self_billing_save (db, partner, &billing, &error));
  g_assert_no_error (error);
}

static gint64
make (RungsFixture  *fixture,
      RungsDb       *db,
      gint64         payout,
      gint64         partner,
      GError       **error)
{
  g_autoptr (RungsSealKey) key = new_key ();

  return rungs_self_invoice_make (db, payout, partner, key, "en", rungs_fixture_now (fixture),
                                  error);
}

static void
refused (RungsFixture *fixture,
         RungsDb      *db,
         gint64        payout,
         gint64        partner,
         int           code,
         const char   *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (make (fixture, db, payout, partner, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, code);
  g_assert_nonnull (strstr (error->message, says));
}

/* The page of an invoice. */
static char *
dup_page (RungsDb *db,
          gint64   number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = new_key ();
  g_autoptr (RungsSelfInvoice) invoice = rungs_self_invoice_load (db, number, &error);
  g_autoptr (RungsSelfInvoiceParties) parties
      = rungs_self_invoice_load_parties (db, invoice, key, &error);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (RungsPaper) paper = NULL;

  g_assert_no_error (error);
  paper = rungs_self_invoice_to_paper (invoice, parties, zone);
  return rungs_paper_to_html (paper);
}

/* Net and VAT are what is paid, to the cent, at any amount and rate. */
static void
test_vat (RungsFixture *fixture,
          RungsDb      *db)
{
  static const struct
  {
    gint64 paid, rate, net;
  } CASES[] = { { 11900, 1900, 10000 }, { 1, 1900, 1 }, { 3, 5000, 2 }, { 10001, 2550, 7969 } };
  gint64 partner = add_partner (fixture, db);

  set_business (db, "DE", "");
  set_details (db, partner, "Side Street 2", "DE123456789");
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsSelfInvoice) invoice = NULL;
      gint64 number;

      agree (db, partner, RUNGS_VAT_RATE, CASES[i].rate);
      number = make (fixture, db, pay (fixture, db, partner, CASES[i].paid), partner, &error);
      g_assert_no_error (error);
      g_assert_cmpint (number, ==, i + 1);
      invoice = rungs_self_invoice_load (db, number, &error);
      g_assert_cmpint (invoice->net, ==, CASES[i].net);
      g_assert_cmpint (invoice->net + invoice->vat, ==, CASES[i].paid);
    }
}

/* Each case says what the law wants it to say, and lacks nothing. */
static void
test_cases (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autofree char *page = NULL;
  gint64 partner = add_partner (fixture, db), payout = pay (fixture, db, partner, 11900);

  refused (fixture, db, payout, partner, RUNGS_ERROR_INVALID, "has not agreed");
  agree (db, partner, RUNGS_VAT_REVERSE_CHARGE, 0);
  set_business (db, "DE", "");
  set_details (db, partner, "", "");
  refused (fixture, db, payout, partner, RUNGS_ERROR_INVALID,
           "the VAT id of the business, the postal address of the partner, the VAT id of the "
           "partner");
  set_business (db, "DE", "DE987654321");
  set_details (db, partner, "Side Street 2\n1010 Wien", "ATU12345678");
  g_assert_cmpint (make (fixture, db, payout, partner, NULL), ==, 1);
  page = dup_page (db, 1);
  for (guint i = 0; i < 7; i++)
    g_assert_nonnull (strstr (page, ((const char *[]) { "Self-billing", "Reverse charge", "SB-1",
                                                         "DE987654321", "ATU12345678",
                                                         "Side Street 2\n1010 Wien",
                                                         "119.00 EUR" })[i]));
  g_assert_null (strstr (page, "VAT 0"));
  refused (fixture, db, payout, partner, RUNGS_ERROR_CONFLICT, "SB-1");
  refused (fixture, db, payout + 1, partner, RUNGS_ERROR_NOT_FOUND, "payout");

  /* What is changed later is not changed in it. */
  set_business (db, "AT", "ATU00000000");
  set_details (db, partner, "Elsewhere", "");
  g_clear_pointer (&page, g_free);
  page = dup_page (db, 1);
  g_assert_nonnull (strstr (page, "DE987654321"));
  g_assert_null (strstr (page, "Elsewhere"));
}

/* A payment that does not arrive takes its invoice back; the numbers go on. */
static void
test_taken_back (RungsFixture *fixture,
                 RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) invoices = NULL;
  g_autofree char *page = NULL;
  gint64 partner = add_partner (fixture, db), payout = pay (fixture, db, partner, 11900);
  gint64 now = rungs_fixture_now (fixture), number;
  const RungsSelfInvoice *last;
  RungsPayoutRequest request = { "EUR", now, 0, NULL };

  set_business (db, "DE", "");
  set_details (db, partner, "Side Street 2", "DE123456789");
  agree (db, partner, RUNGS_VAT_RATE, 1900);
  g_assert_cmpint (make (fixture, db, payout, partner, &error), ==, 1);
  g_assert_true (rungs_payout_mark (db, payout, partner, RUNGS_PAYOUT_PAID, now, &error));
  g_assert_true (rungs_payout_reverse (db, payout, now, &error));
  g_assert_no_error (error);
  g_assert_true (rungs_self_invoice_find (db, payout, partner, &number, &error));
  g_assert_cmpint (number, ==, 2);
  g_assert_true (rungs_self_invoice_cancel (db, payout, partner, now, &error));
  invoices = rungs_self_invoice_list (db, &error);
  g_assert_cmpuint (invoices->len, ==, 2);
  last = invoices->pdata[0];
  g_assert_cmpint (last->cancels, ==, 1);
  g_assert_cmpint (last->net, ==, -10000);
  g_assert_cmpint (last->vat, ==, -1900);
  g_assert_cmpint (((RungsSelfInvoice *) invoices->pdata[1])->cancelled_by, ==, 2);
  page = dup_page (db, 2);
  g_assert_nonnull (strstr (page, "Cancellation of self-billing invoice SB-1"));
  g_assert_nonnull (strstr (page, "-119.00 EUR"));

  payout = rungs_payout_make (db, &request, now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (make (fixture, db, payout, partner, &error), ==, 3);
  g_assert_true (rungs_payout_mark (db, payout, partner, RUNGS_PAYOUT_FAILED, now, &error));
  refused (fixture, db, payout, partner, RUNGS_ERROR_CONFLICT, "already");
}

/* The one row of a plan; `lacks`: bits. */
static void
planned (RungsFixture          *fixture,
         RungsDb               *db,
         gint64                 payout,
         RungsSelfInvoiceState  state,
         gint64                 number,
         gint64                 net,
         guint                  lacks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plans
      = rungs_self_invoice_plan (db, payout, 0, rungs_fixture_now (fixture), &error);
  const RungsSelfInvoicePlan *plan;

  g_assert_no_error (error);
  g_assert_cmpuint (plans->len, ==, 1);
  plan = plans->pdata[0];
  g_assert_cmpuint (plan->state, ==, state);
  g_assert_cmpint (plan->number, ==, number);
  g_assert_cmpint (plan->net, ==, net);
  g_assert_cmpint (plan->vat, ==, net == 0 ? 0 : plan->paid - net);
  g_assert_cmpuint (plan->lacks, ==, lacks);
}

/* What is seen before is what is written, or nothing. */
static void
test_planned (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = new_key ();
  g_autoptr (GPtrArray) seen = NULL;
  gint64 now = rungs_fixture_now (fixture), net, vat;
  gint64 partner = add_partner (fixture, db), payout = pay (fixture, db, partner, 11900);

  planned (fixture, db, payout, RUNGS_SELF_INVOICE_NOT_AGREED, 0, 0, 0);
  agree (db, partner, RUNGS_VAT_REVERSE_CHARGE, 0);
  planned (fixture, db, payout, RUNGS_SELF_INVOICE_LACKS, 0, 0,
           RUNGS_LACKS_BUSINESS_VAT_ID | RUNGS_LACKS_ADDRESS | RUNGS_LACKS_VAT_ID);
  set_business (db, "DE", "");
  agree (db, partner, RUNGS_VAT_RATE, 1900);
  planned (fixture, db, payout, RUNGS_SELF_INVOICE_LACKS, 0, 0,
           RUNGS_LACKS_ADDRESS | RUNGS_LACKS_TAX_ID);
  set_details (db, partner, "Side Street 2", "DE123456789");
  planned (fixture, db, payout, RUNGS_SELF_INVOICE_NEW, 1, 10000, 0);

  seen = rungs_self_invoice_plan (db, payout, partner, now, &error);
  g_assert_cmpuint (rungs_self_invoice_plan_sum (seen, &net, &vat), ==, 1);
  g_assert_cmpint (net, ==, 10000);
  g_assert_cmpint (vat, ==, 1900);
  agree (db, partner, RUNGS_VAT_RATE, 700);
  g_assert_false (rungs_self_invoice_make_planned (db, payout, partner, seen, key, "en", now,
                                                   &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  planned (fixture, db, payout, RUNGS_SELF_INVOICE_NEW, 1, 11121, 0);
  agree (db, partner, RUNGS_VAT_RATE, 1900);
  g_assert_true (rungs_self_invoice_make_planned (db, payout, partner, seen, key, "en", now,
                                                  &error));
  g_assert_no_error (error);
  agree (db, partner, RUNGS_VAT_NONE, 0);
  planned (fixture, db, payout, RUNGS_SELF_INVOICE_THERE, 1, 10000, 0);
  g_assert_null (rungs_self_invoice_plan (db, payout, partner + 1, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

/* Of what did not arrive before there was an invoice there is none; the numbers of several follow
 * one another, and all of them are written or none. */
static void
test_planned_all (RungsFixture *fixture,
                  RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = new_key ();
  g_autoptr (RungsPartner) bert = rungs_partner_new ("Bert", "EUR");
  g_autoptr (GPtrArray) plans = NULL;
  gint64 now = rungs_fixture_now (fixture);
  gint64 anna = add_partner (fixture, db), payout = pay (fixture, db, anna, 11900);
  RungsPayoutRequest request = { "EUR", now, 0, NULL };

  set_business (db, "DE", "");
  set_details (db, anna, "Side Street 2", "DE123456789");
  agree (db, anna, RUNGS_VAT_RATE, 1900);
  g_assert_true (rungs_payout_mark (db, payout, anna, RUNGS_PAYOUT_FAILED, now, &error));
  planned (fixture, db, payout, RUNGS_SELF_INVOICE_NOT_PAID, 0, 0, 0);
  rungs_partner_add (db, bert, now, &error);
  rungs_award_add_bonus (db, bert->id, rungs_money (500, "EUR"), "Thanks", now, &error);
  payout = rungs_payout_make (db, &request, now, &error);
  set_details (db, bert->id, "Other Street 3", "");
  agree (db, bert->id, RUNGS_VAT_NONE, 0);
  plans = rungs_self_invoice_plan (db, payout, 0, now, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plans->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const RungsSelfInvoicePlan *plan = plans->pdata[i];

      g_assert_cmpstr (plan->name, ==, i == 0 ? "Anna" : "Bert");
      g_assert_cmpint (plan->number, ==, i + 1);
    }
  g_assert_true (rungs_self_invoice_make_planned (db, payout, 0, plans, key, "en", now, &error));
  g_assert_no_error (error);
  g_clear_pointer (&plans, g_ptr_array_unref);
  plans = rungs_self_invoice_list (db, &error);
  g_assert_cmpuint (plans->len, ==, 2);
  g_assert_cmpstr (((RungsSelfInvoice *) plans->pdata[0])->name, ==, "Bert");
  g_assert_cmpint (((RungsSelfInvoice *) plans->pdata[0])->net, ==, 500);
}

/* The file itself refuses what no bookkeeping allows. */
static void
test_kept (RungsFixture *fixture,
           RungsDb      *db)
{
  static const char *const REFUSED[] = {
    "UPDATE self_invoice SET net = 1",
    "DELETE FROM self_invoice",
    "INSERT INTO self_invoice SELECT 7, 99, partner, NULL, made_at, from_at, until_at, language,"
    " currency, approved, set_off, net, vat, treatment, rate, parties FROM self_invoice",
  };
  gint64 partner = add_partner (fixture, db), payout = pay (fixture, db, partner, 11900);

  set_business (db, "DE", "");
  set_details (db, partner, "Side Street 2", "DE123456789");
  agree (db, partner, RUNGS_VAT_SMALL_BUSINESS, 0);
  g_assert_cmpint (make (fixture, db, payout, partner, NULL), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsStatement) query = rungs_db_prepare (db, REFUSED[i], &error);

      g_assert_no_error (error);
      g_assert_false (rungs_statement_run (query, &error));
      g_assert_nonnull (strstr (error->message, "invoices are"));
    }
}

static void
test_suggested (RungsFixture *fixture,
                RungsDb      *db)
{
  static const struct
  {
    const char *ours, *theirs, *vat_id;
    RungsVatCase vat;
    gint64 rate;
  } CASES[] = {
    { "DE", "DE", "", RUNGS_VAT_RATE, 1900 },
    { "SK", "SK", "", RUNGS_VAT_RATE, 2300 },
    { "DE", "AT", "ATU12345678", RUNGS_VAT_REVERSE_CHARGE, 0 },
    { "DE", "AT", "", RUNGS_VAT_SMALL_BUSINESS, 0 },
    { "DE", "US", "", RUNGS_VAT_NONE, 0 },
    { "US", "DE", "DE123456789", RUNGS_VAT_NONE, 0 },
  };
  g_autoptr (GError) error = NULL;
  gint64 partner = add_partner (fixture, db);
  RungsSelfBilling billing, wrong = { "2026-02-30", RUNGS_VAT_NONE, 0 };
  gboolean known;

  g_assert_true (rungs_self_billing_suggest (db, partner, "2026-03-02", &billing, &known, &error));
  g_assert_false (known);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      set_business (db, CASES[i].ours, "");
      set_country (fixture, db, partner, CASES[i].theirs);
      set_details (db, partner, "x", CASES[i].vat_id);
      g_assert_true (rungs_self_billing_suggest (db, partner, "2026-03-02", &billing, &known,
                                                 &error));
      g_assert_true (known);
      g_assert_cmpint (billing.vat, ==, CASES[i].vat);
      g_assert_cmpint (billing.rate, ==, CASES[i].rate);
    }
  g_assert_false (rungs_self_billing_save (db, partner, &wrong, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

/* On the day, and the day before, that a rate changed. */
static void
test_rates (void)
{
  static const struct
  {
    const char *country, *day;
    gint64 rate;
  } CASES[] = { { "DE", "2020-06-30", 1900 }, { "DE", "2020-07-01", 1600 },
                { "DE", "2020-12-31", 1600 }, { "DE", "2021-01-01", 1900 },
                { "LU", "2022-12-31", 1700 }, { "LU", "2023-12-31", 1600 },
                { "LU", "2024-01-01", 1700 }, { "IE", "2020-10-01", 2100 },
                { "IE", "2026-11-23", 2300 }, { "FI", "2024-08-31", 2400 },
                { "FI", "2024-09-01", 2550 }, { "RO", "2025-07-31", 1900 },
                { "RO", "2025-08-01", 2100 }, { "EE", "2023-12-31", 2000 },
                { "EE", "2025-07-01", 2400 }, { "SK", "2025-01-01", 2300 } };
  gint64 rate;

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_assert_true (rungs_tax_get_vat (CASES[i].country, CASES[i].day, &rate));
      g_assert_cmpint (rate, ==, CASES[i].rate);
    }
  g_assert_false (rungs_tax_get_vat ("DE", "1999-01-01", &rate));
  g_assert_false (rungs_tax_get_vat ("US", "2026-01-01", &rate));
}

/* What our own data says; the owner's own file is in tests/cli/test-partners.py. */
static void
test_thresholds (void)
{
  static const struct
  {
    const char *country;
    gint64 year, amount;
  } CASES[] = { { "US", 2019, 0 },      { "US", 2025, 60000 },  { "US", 2026, 200000 },
                { "US", 2027, 0 },      { "FR", 2023, 120001 }, { "FR", 2026, 240001 },
                { "ES", 2026, 300507 }, { "DE", 2026, 0 },      { "", 2026, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found
          = rungs_tax_list_thresholds (CASES[i].country, CASES[i].year, &error);
      gint64 amount;

      g_assert_no_error (error);
      amount = found->len > 0 ? ((RungsTaxThreshold *) found->pdata[0])->amount : 0;
      g_assert_cmpint (amount, ==, CASES[i].amount);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/self-invoice/vat", test_vat);
  rungs_fixture_add_test ("/self-invoice/cases", test_cases);
  rungs_fixture_add_test ("/self-invoice/taken-back", test_taken_back);
  rungs_fixture_add_test ("/self-invoice/planned", test_planned);
  rungs_fixture_add_test ("/self-invoice/planned-all", test_planned_all);
  rungs_fixture_add_test ("/self-invoice/kept", test_kept);
  rungs_fixture_add_test ("/self-invoice/suggested", test_suggested);
  g_test_add_func ("/self-invoice/rates", test_rates);
  g_test_add_func ("/self-invoice/thresholds", test_thresholds);
  return g_test_run ();
}
