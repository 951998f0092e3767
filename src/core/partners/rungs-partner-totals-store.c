/* rungs-partner-totals-store.c: what each partner was paid in a calendar year, for tax forms. */

#include "partners/rungs-partner-totals-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-tax.h"
#include "tables/rungs-table-cell.h"

/* What has left is credited to the account, what came back is debited. */
static const char SQL_TOTALS[]
    = "SELECT r.id, r.name, r.country, a.currency,"
      "       coalesce (sum (-p.amount) FILTER (WHERE p.amount < 0), 0),"
      "       coalesce (sum (p.amount) FILTER (WHERE p.amount > 0), 0),"
      "       count (DISTINCT j.payout) FILTER (WHERE p.amount < 0),"
      "       EXISTS (SELECT 1 FROM payment_detail d"
      "                WHERE d.partner = r.id AND d.field IN ('tax_number', 'vat_id'))"
      "  FROM ledger_account a JOIN partner r ON r.id = a.partner"
      "  JOIN posting p ON p.account = a.id JOIN journal j ON j.id = p.entry"
      " WHERE a.state = 'paid' AND j.at >= :from AND j.at < :until"
      " GROUP BY r.id, a.currency ORDER BY r.name COLLATE NOCASE, r.id, a.currency";

#define FIRST_YEAR 1970
#define LAST_YEAR 9998

void
rungs_partner_total_free (RungsPartnerTotal *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->country);
  g_free (self->forms);
  g_free (self);
}

static gpointer
read_total (RungsStatement *row)
{
  RungsPartnerTotal *self = g_new0 (RungsPartnerTotal, 1);

  self->partner = rungs_statement_get_int64 (row, 0);
  self->name = rungs_statement_dup_text (row, 1);
  self->country = rungs_statement_dup_text (row, 2);
  g_strlcpy (self->currency, rungs_statement_get_text (row, 3), sizeof self->currency);
  self->paid = rungs_statement_get_int64 (row, 4);
  self->came_back = rungs_statement_get_int64 (row, 5);
  self->payouts = rungs_statement_get_int64 (row, 6);
  self->has_tax_id = rungs_statement_get_int64 (row, 7) != 0;
  self->forms = g_strdup ("");
  return self;
}

/* Where the country of a partner is not said, it may be any. */
static gboolean
is_reached (const RungsTaxThreshold *threshold,
            const RungsPartnerTotal *total)
{
  return strcmp (threshold->currency, total->currency) == 0
         && total->paid - total->came_back >= threshold->amount
         && (strcmp (threshold->partners, "any") == 0 || *total->country == '\0'
             || strcmp (threshold->partners, total->country) == 0);
}

static void
set_forms (RungsPartnerTotal *total,
           GPtrArray         *thresholds)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new ();

  for (guint i = 0; i < thresholds->len; i++)
    {
      const RungsTaxThreshold *threshold = thresholds->pdata[i];

      if (is_reached (threshold, total)
          && !g_ptr_array_find_with_equal_func (forms, threshold->form, g_str_equal, NULL))
        g_ptr_array_add (forms, threshold->form);
    }
  g_ptr_array_add (forms, NULL);
  g_free (total->forms);
  total->forms = g_strjoinv (", ", (char **) forms->pdata);
}

static gint64
year_start (GTimeZone *zone,
            gint64     year)
{
  g_autoptr (GDateTime) start = g_date_time_new (zone, (int) year, 1, 1, 0, 0, 0);

  return rungs_time_from_date_time (start);
}

GPtrArray *
rungs_partner_totals_load (RungsDb *db,
                           gint64   year,
                           GError **error)
{
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (GPtrArray) thresholds = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (RungsStatement) query = NULL;
  GPtrArray *totals;

  g_return_val_if_fail (db != NULL, NULL);

  if (year < FIRST_YEAR || year > LAST_YEAR)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("a year is written with four digits: 2026"));
      return NULL;
    }
  business = rungs_business_load (db, error);
  thresholds = business != NULL ? rungs_tax_list_thresholds (business->country, year, error)
                                : NULL;
  query = thresholds != NULL ? rungs_db_prepare (db, SQL_TOTALS, error) : NULL;
  if (query == NULL)
    return NULL;
  zone = rungs_time_zone (business->zone);
  rungs_statement_bind_int64 (query, ":from", year_start (zone, year));
  rungs_statement_bind_int64 (query, ":until", year_start (zone, year + 1));
  totals = rungs_record_list (query, read_total, (GDestroyNotify) rungs_partner_total_free, error);
  for (guint i = 0; totals != NULL && i < totals->len; i++)
    set_forms (totals->pdata[i], thresholds);
  return totals;
}

static void
append_money (GString    *csv,
              gint64      minor,
              const char *currency)
{
  g_autofree char *text = rungs_money_format_amount (rungs_money (minor, currency));

  g_string_append_printf (csv, "%s,", text);
}

char *
rungs_partner_totals_to_csv (GPtrArray *totals,
                             gint64     year)
{
  GString *csv = g_string_new ("year,partner,country,currency,paid,came_back,amount,payouts,"
                               "tax_id_known,forms\r\n");

  g_return_val_if_fail (totals != NULL, NULL);

  for (guint i = 0; i < totals->len; i++)
    {
      const RungsPartnerTotal *total = totals->pdata[i];

      g_string_append_printf (csv, "%" G_GINT64_FORMAT ",", year);
      rungs_table_append_csv (csv, total->name);
      g_string_append_printf (csv, ",%s,%s,", total->country, total->currency);
      append_money (csv, total->paid, total->currency);
      append_money (csv, total->came_back, total->currency);
      append_money (csv, total->paid - total->came_back, total->currency);
      g_string_append_printf (csv, "%" G_GINT64_FORMAT ",%s,", total->payouts,
                              total->has_tax_id ? "yes" : "no");
      rungs_table_append_csv (csv, total->forms);
      g_string_append (csv, "\r\n");
    }
  return g_string_free (csv, FALSE);
}
