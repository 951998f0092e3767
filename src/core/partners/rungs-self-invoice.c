/* rungs-self-invoice.c: an invoice in the name of a partner, as a paper. */

#include "partners/rungs-self-invoice.h"

#include <string.h>

#include "base/rungs-money.h"
#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "tables/rungs-table-cell.h"

typedef struct
{
  const char *language;
  const char *day;
  char point;
  const char *title;
  const char *cancelling;  /* number */
  const char *number;      /* number, day */
  const char *supplier;
  const char *customer;
  const char *vat_id;
  const char *tax_number;
  const char *what;
  const char *period;
  const char *amount;
  const char *commissions; /* payout */
  const char *set_off;
  const char *net;
  const char *vat;         /* rate */
  const char *total;
  const char *agreed;      /* day */
  const char *cases[4];    /* by RungsVatCase */
  const char *cancels;     /* number, day of it is not told: it stands on it */
  const char *lines;
  const char *carried;
  const char *brought;
  const char *page;
} Words;

static const Words WORDS[] = {
  { "en", "%Y-%m-%d", '.', "Self-billing invoice", "Cancellation of self-billing invoice %s",
    "Number %s of %s", "Supplier", "Customer, who writes this invoice", "VAT id", "Tax number",
    "For", "Period of supply", "Net", "Referral of sales: commissions of payout %s",
    "Less what was given back after it was paid", "Net", "VAT %s", "Total, which is paid",
    "Self-billing: the customer writes this invoice, as agreed on %s.",
    { "The VAT is contained in the commissions: net and VAT together are what is paid.",
      "Reverse charge: the customer accounts for the VAT (Directive 2006/112/EC, article 196).",
      "No VAT: the supplier is exempt as a small enterprise.",
      "No VAT is charged." },
    "It takes back self-billing invoice %s: the payment did not arrive.",
    "The statement of this payout tells each commission.",
    "Carried over", "Brought forward", "Page %s of %s" },
  { "de", "%d.%m.%Y", ',', "Gutschrift", "Stornierung der Gutschrift %s",
    "Nummer %s vom %s", "Leistender", "Leistungsempfänger und Aussteller", "USt-IdNr.",
    "Steuernummer", "Leistung", "Leistungszeitraum", "Netto",
    "Vermittlung von Verkäufen: Provisionen der Auszahlung %s",
    "Abzüglich dessen, was nach der Zahlung erstattet wurde", "Netto", "Umsatzsteuer %s",
    "Gesamtbetrag, der gezahlt wird",
    "Gutschrift (Self-billing): Der Leistungsempfänger stellt diese Rechnung aus, wie am %s "
    "vereinbart.",
    { "Die Umsatzsteuer ist in den Provisionen enthalten: Netto und Steuer zusammen werden "
      "gezahlt.",
      "Steuerschuldnerschaft des Leistungsempfängers (Reverse charge, Artikel 196 der Richtlinie "
      "2006/112/EG).",
      "Keine Umsatzsteuer: Der Leistende ist als Kleinunternehmer befreit (in Deutschland § 19 "
      "UStG).",
      "Es wird keine Umsatzsteuer berechnet." },
    "Sie nimmt die Gutschrift %s zurück: Die Zahlung kam nicht an.",
    "Die Abrechnung dieser Auszahlung nennt jede Provision.",
    "Übertrag", "Übertrag", "Seite %s von %s" },
};

static const Words *
words_of (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_ascii_strncasecmp (language, WORDS[i].language, 2) == 0
        && !g_ascii_isalpha (language[2]))
      return &WORDS[i];
  return &WORDS[0];
}

/* ---- pieces */

static char *
dup_money (const RungsSelfInvoice *self,
           const Words            *words,
           gint64                  minor)
{
  return g_strdelimit (rungs_money_format (rungs_money (minor, self->currency)), ".",
                       words->point);
}

static char *
dup_day (const Words *words,
         GTimeZone   *zone,
         gint64       at)
{
  g_autoptr (GDateTime) day = rungs_time_in_zone (at, zone);

  return g_date_time_format (day, words->day);
}

/* "2026-03-02" as the language writes it. */
static char *
dup_agreed (const Words *words,
            const char  *agreed_on)
{
  gint64 at;

  return rungs_time_parse (agreed_on, NULL, &at, NULL) ? dup_day (words, NULL, at)
                                                       : g_strdup (agreed_on);
}

/* An address with what tax offices know its owner by, in lines. */
static char *
dup_party (const Words *words,
           const char  *role,
           const char  *address,
           const char  *vat_id,
           const char  *tax_number)
{
  GString *text = g_string_new (address);

  if (*vat_id != '\0')
    g_string_append_printf (text, "\n%s: %s", words->vat_id, vat_id);
  if (*tax_number != '\0')
    g_string_append_printf (text, "\n%s: %s", words->tax_number, tax_number);
  g_string_append_printf (text, "\n(%s)", role);
  return g_string_free (text, FALSE);
}

/* ---- the table */

static void
add_row (RungsPaper             *paper,
         const RungsSelfInvoice *self,
         const Words            *words,
         char                   *what,
         const char             *period,
         gint64                  net,
         gint64                  so_far)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, what);
  g_ptr_array_add (cells, g_strdup (period));
  g_ptr_array_add (cells, dup_money (self, words, net));
  rungs_paper_add_row (paper, cells, dup_money (self, words, so_far));
}

static void
add_sum (RungsPaper             *paper,
         const RungsSelfInvoice *self,
         const Words            *words,
         const char             *what,
         gint64                  minor)
{
  g_autofree char *amount = dup_money (self, words, minor);

  rungs_paper_add_sum (paper, what, amount);
}

/* What was given back is told net, too: the first row is rounded, and the second what is missing,
 * so that both are the net of the invoice. */
static void
add_table (RungsPaper             *paper,
           const RungsSelfInvoice *self,
           const Words            *words,
           GTimeZone              *zone)
{
  g_autofree char *from = dup_day (words, zone, self->from_at);
  g_autofree char *until = dup_day (words, zone, self->until_at);
  g_autofree char *period = strcmp (from, until) == 0 ? g_strdup (from)
                                                      : g_strconcat (from, " – ", until, NULL);
  g_autofree char *payout = g_strdup_printf ("%" G_GINT64_FORMAT, self->payout);
  g_autofree char *rate = g_strdelimit (rungs_rate_format (self->rate), ".", words->point);
  g_autofree char *vat = rungs_paper_dup_filled (words->vat, rate, "");
  gint64 approved = self->approved;

  rungs_paper_add_column (paper, words->what, FALSE);
  rungs_paper_add_column (paper, words->period, FALSE);
  rungs_paper_add_column (paper, words->amount, TRUE);
  if (self->set_off == 0 || !rungs_money_times (approved, 10000, 10000 + self->rate, &approved))
    approved = self->net;
  add_row (paper, self, words, rungs_paper_dup_filled (words->commissions, payout, ""), period,
           approved, approved);
  if (approved != self->net)
    add_row (paper, self, words, g_strdup (words->set_off), "", self->net - approved, self->net);
  if (self->treatment == RUNGS_VAT_RATE)
    {
      add_sum (paper, self, words, words->net, self->net);
      add_sum (paper, self, words, vat, self->vat);
    }
  add_sum (paper, self, words, words->total, self->net + self->vat);
}

RungsPaper *
rungs_self_invoice_to_paper (const RungsSelfInvoice        *self,
                             const RungsSelfInvoiceParties *parties,
                             GTimeZone                     *zone)
{
  const Words *words;
  RungsPaper *paper;
  g_autofree char *number = NULL;
  g_autofree char *cancelled = NULL;
  g_autofree char *title = NULL;
  g_autofree char *day = NULL;
  g_autofree char *agreed = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (self != NULL && parties != NULL && zone != NULL, NULL);

  words = words_of (self->language);
  number = rungs_self_invoice_dup_number (self->number);
  cancelled = rungs_self_invoice_dup_number (self->cancels);
  title = self->cancels != 0 ? rungs_paper_dup_filled (words->cancelling, cancelled, "")
                             : g_strdup (words->title);
  day = dup_day (words, zone, self->made_at);
  agreed = dup_agreed (words, parties->agreed_on);
  from = dup_party (words, words->customer, parties->business_address, parties->business_vat_id,
                    "");
  to = dup_party (words, words->supplier, parties->address, parties->vat_id, parties->tax_number);
  paper = rungs_paper_new (words->language, title);
  rungs_paper_set_parties (paper, parties->business, from, parties->partner, to);
  rungs_paper_set_pages (paper, words->page, words->carried, words->brought);
  rungs_paper_set_made_at (paper, self->made_at);
  paper->letter = rungs_paper_is_letter_in (parties->country);
  rungs_paper_take_fact (paper, rungs_paper_dup_filled (words->number, number, day));
  add_table (paper, self, words, zone);
  rungs_paper_take_note (paper, rungs_paper_dup_filled (words->agreed, agreed, ""));
  rungs_paper_take_note (paper, g_strdup (words->cases[self->treatment]));
  rungs_paper_take_note (paper,
                         self->cancels != 0 ? rungs_paper_dup_filled (words->cancels, cancelled, "")
                                            : g_strdup (words->lines));
  return paper;
}

RungsPaper *
rungs_self_invoice_load_paper (RungsDb             *db,
                               gint64               number,
                               const RungsSealKey  *key,
                               GError             **error)
{
  g_autoptr (RungsSelfInvoice) invoice = NULL;
  g_autoptr (RungsSelfInvoiceParties) parties = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  g_return_val_if_fail (db != NULL && key != NULL, NULL);

  zone = rungs_business_zone (db, error);
  invoice = zone != NULL ? rungs_self_invoice_load (db, number, error) : NULL;
  parties = invoice != NULL ? rungs_self_invoice_load_parties (db, invoice, key, error) : NULL;
  return parties != NULL ? rungs_self_invoice_to_paper (invoice, parties, zone) : NULL;
}

/* ---- all as a table */

static void
append_number (GString *csv,
               gint64   number)
{
  g_autofree char *text = number != 0 ? rungs_self_invoice_dup_number (number) : g_strdup ("");

  g_string_append_printf (csv, "%s,", text);
}

static void
append_money (GString    *csv,
              gint64      minor,
              const char *currency)
{
  g_autofree char *text = rungs_money_format_amount (rungs_money (minor, currency));

  g_string_append_printf (csv, "%s,", text);
}

static void
append_invoice (GString                *csv,
                const RungsSelfInvoice *self,
                GTimeZone              *zone)
{
  g_autofree char *day = rungs_time_format_day (self->made_at, zone);
  g_autofree char *rate = rungs_rate_format (self->rate);

  append_number (csv, self->number);
  g_string_append_printf (csv, "%s,%" G_GINT64_FORMAT ",", day, self->payout);
  rungs_table_append_csv (csv, self->name);
  g_string_append_printf (csv, ",%s,%s,%s,", self->currency, rungs_vat_cases ()[self->treatment],
                          self->treatment == RUNGS_VAT_RATE ? rate : "");
  append_money (csv, self->net, self->currency);
  append_money (csv, self->vat, self->currency);
  append_money (csv, self->net + self->vat, self->currency);
  append_number (csv, self->cancels);
  append_number (csv, self->cancelled_by);
  g_string_truncate (csv, csv->len - 1);
  g_string_append (csv, "\r\n");
}

char *
rungs_self_invoices_to_csv (GPtrArray *invoices,
                            GTimeZone *zone)
{
  GString *csv = g_string_new ("number,day,payout,partner,currency,treatment,rate,net,vat,total,"
                               "takes_back,taken_back_by\r\n");

  g_return_val_if_fail (invoices != NULL && zone != NULL, NULL);

  for (guint i = 0; i < invoices->len; i++)
    append_invoice (csv, invoices->pdata[i], zone);
  return g_string_free (csv, FALSE);
}
