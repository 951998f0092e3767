/* rungs-partner-tax-command.c: what tax offices want to know of partners. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partner-totals-store.h"
#include "partners/rungs-payment-file.h"
#include "partners/rungs-self-billing-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn BILLING_COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "agreed_on", N_ ("Has agreed on"), RUNGS_COLUMN_TEXT, NULL },
  { "vat", N_ ("How it is taxed"), RUNGS_COLUMN_TERM, NULL },
  { "rate", N_ ("VAT"), RUNGS_COLUMN_RATE, NULL },
  { "suggested", N_ ("Fits the countries"), RUNGS_COLUMN_TERM, NULL },
  { "suggested_rate", N_ ("… at"), RUNGS_COLUMN_RATE, NULL },
  { NULL },
};

static gboolean
suggest (RungsInvocation   *call,
         RungsDb           *db,
         gint64             partner,
         RungsSelfBilling  *billing,
         gboolean          *known,
         GError           **error)
{
  g_autofree char *today = rungs_time_format_day (rungs_invocation_get_now (call),
                                                  rungs_invocation_get_zone (call));

  return rungs_self_billing_suggest (db, partner, today, billing, known, error);
}

static gboolean
show_billing (RungsInvocation     *call,
              RungsDb             *db,
              const RungsPartner  *partner,
              GError             **error)
{
  RungsSelfBilling billing, suggested;
  JsonObject *row;
  gboolean known;

  if (!rungs_self_billing_load (db, partner->id, &billing, error)
      || !suggest (call, db, partner->id, &suggested, &known, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "partner", partner->name);
  rungs_row_set_text (row, "agreed_on", *billing.agreed_on != '\0' ? billing.agreed_on : NULL);
  rungs_row_set_text (row, "vat",
                      *billing.agreed_on != '\0' ? rungs_vat_cases ()[billing.vat] : NULL);
  rungs_row_set_id (row, "rate", billing.rate);
  rungs_row_set_text (row, "suggested", known ? rungs_vat_cases ()[suggested.vat] : NULL);
  rungs_row_set_id (row, "suggested_rate", suggested.rate);
  rungs_column_show (call, BILLING_COLUMNS, row);
  return TRUE;
}

static gboolean
take_rate (RungsInvocation   *call,
           RungsSelfBilling  *billing,
           GError           **error)
{
  const char *text = rungs_invocation_get_text (call, "rate", NULL);

  return text == NULL || rungs_rate_parse (text, &billing->rate, NULL)
         || rungs_invocation_refuse (call, "rate", _ ("a rate such as 19 %"), error);
}

/* What is not said is what was, and at first what fits the countries. */
static gboolean
take_billing (RungsInvocation   *call,
              RungsDb           *db,
              gint64             partner,
              RungsSelfBilling  *billing,
              GError           **error)
{
  RungsSelfBilling suggested;
  gboolean known, is_new = *billing->agreed_on == '\0';
  guint vat;

  if (!suggest (call, db, partner, &suggested, &known, error))
    return FALSE;
  if (is_new && !known && !rungs_invocation_require (call, "vat", error))
    return FALSE;
  if (is_new)
    *billing = suggested;
  vat = billing->vat;
  if (!rungs_invocation_get_choice (call, "vat", rungs_vat_cases (), &vat, error))
    return FALSE;
  if (vat != billing->vat)
    billing->rate = vat == RUNGS_VAT_RATE && suggested.vat == RUNGS_VAT_RATE ? suggested.rate : 0;
  billing->vat = vat;
  g_strlcpy (billing->agreed_on,
             rungs_invocation_get_text (call, "agreed", billing->agreed_on),
             sizeof billing->agreed_on);
  return (*billing->agreed_on != '\0' || rungs_invocation_require (call, "agreed", error))
         && take_rate (call, billing, error);
}

static gboolean
change_billing (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsPartner) partner
      = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  RungsSelfBilling billing, none = { .vat = RUNGS_VAT_NONE };

  if (partner == NULL || !rungs_self_billing_load (db, partner->id, &billing, error))
    return FALSE;
  if (rungs_invocation_has (call, "end"))
    return rungs_self_billing_save (db, partner->id, &none, error)
           && show_billing (call, db, partner, error);
  if (!rungs_invocation_has (call, "agreed") && !rungs_invocation_has (call, "vat")
      && !rungs_invocation_has (call, "rate"))
    return show_billing (call, db, partner, error);
  return take_billing (call, db, partner->id, &billing, error)
         && rungs_self_billing_save (db, partner->id, &billing, error)
         && show_billing (call, db, partner, error);
}

/* ---- the year */

static const RungsColumn TOTALS_COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "country", N_ ("Country"), RUNGS_COLUMN_TEXT, NULL },
  { "paid", N_ ("Paid"), RUNGS_COLUMN_MONEY, NULL },
  { "came_back", N_ ("Came back"), RUNGS_COLUMN_MONEY, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "payouts", N_ ("Payouts"), RUNGS_COLUMN_NUMBER, NULL },
  { "has_tax_id", N_ ("Tax id"), RUNGS_COLUMN_FLAG, NULL },
  { "forms", N_ ("To be reported by"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static JsonObject *
total_to_row (const RungsPartnerTotal *total)
{
  const char *currency = total->currency;
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "partner", total->name);
  rungs_row_set_text (row, "country", total->country);
  rungs_row_set_money (row, "paid", rungs_money (total->paid, currency));
  rungs_row_set_money (row, "came_back", rungs_money (total->came_back, currency));
  rungs_row_set_money (row, "amount", rungs_money (total->paid - total->came_back, currency));
  rungs_row_set_number (row, "payouts", total->payouts);
  rungs_row_set_flag (row, "has_tax_id", total->has_tax_id);
  rungs_row_set_text (row, "forms", total->forms);
  return row;
}

static gboolean
show_totals (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *path = rungs_invocation_get_text (call, "csv", NULL);
  g_autoptr (GPtrArray) totals = NULL;
  g_autoptr (RungsListing) listing = NULL;
  g_autofree char *csv = NULL;
  gint64 year;

  if (!rungs_invocation_get_id (call, 0, &year, error))
    return FALSE;
  totals = rungs_partner_totals_load (db, year, error);
  if (totals == NULL)
    return FALSE;
  csv = path != NULL ? rungs_partner_totals_to_csv (totals, year) : NULL;
  if (csv != NULL
      && !rungs_payment_text_save (csv, path, rungs_invocation_has (call, "force"), error))
    return FALSE;
  listing = rungs_listing_new (call, TOTALS_COLUMNS);
  for (guint i = 0; i < totals->len; i++)
    rungs_listing_add (listing, total_to_row (totals->pdata[i]));
  rungs_listing_end (listing, _ ("Nobody was paid in that year."));
  return TRUE;
}

static const GOptionEntry TOTALS_OPTIONS[] = {
  RUNGS_OPTION ("csv", N_ ("FILE"), N_ ("Also write them into this file, for spreadsheets")),
  RUNGS_FLAG ("force", N_ ("Replace a file that is there")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry BILLING_OPTIONS[] = {
  RUNGS_OPTION ("agreed", N_ ("DAY"), N_ ("When the partner agreed: 2026-03-02")),
  RUNGS_OPTION ("vat", N_ ("HOW"),
                N_ ("rate, reverse-charge, small-business or none; else what fits the countries")),
  RUNGS_OPTION ("rate", N_ ("RATE"), N_ ("Rate of the VAT, such as 19 %")),
  RUNGS_FLAG ("end", N_ ("The partner writes invoices again")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PARTNER_TAX_COMMANDS[] = {
  { "partner billing", "NAME", N_ ("Say whether you write the invoices of a partner"),
    RUNGS_COMMAND_WRITES, change_billing, BILLING_OPTIONS,
    N_ ("A partner must have agreed to self-billing. Which VAT is on the invoices you decide;\n"
        "what fits the countries of the business and the partner is a suggestion, and no tax\n"
        "advice."),
    "{partner, agreed_on, vat, rate, suggested, suggested_rate}" },
  { "partner totals", "YEAR", N_ ("Tell what partners were paid in a year, for tax forms"),
    RUNGS_COMMAND_READS, show_totals, TOTALS_OPTIONS,
    N_ ("By the calendar of the business. Which forms are reached depends on its country; the\n"
        "thresholds are data, to which you can add. This is no tax advice."),
    "[partner, country, paid, came_back, amount, payouts, has_tax_id, forms]" },
  { NULL },
};
