/* rungs-partner-csv.c: partners as a table for spreadsheets. */

#include "partners/rungs-partner-csv.h"

#include "base/rungs-money.h"
#include "base/rungs-time.h"
#include "partners/rungs-partner-list-store.h"
#include "partners/rungs-partner-status-store.h"
#include "tables/rungs-table-cell.h"

static const char HEADING[]
    = "name,kind,programme,manager,email,phone,country,status,ended,sales,refunds,leads,buyers,"
      "currency,held,approved,payable,paid,carried\r\n";

static void
append_text (GString    *csv,
             const char *text)
{
  rungs_table_append_csv (csv, text);
  g_string_append_c (csv, ',');
}

static void
append_about (GString               *csv,
              const RungsPartnerRow *row)
{
  const RungsPartner *partner = row->partner;
  g_autofree char *ended
      = partner->ended_at != 0 ? rungs_time_format (partner->ended_at) : NULL;

  append_text (csv, partner->name);
  append_text (csv, rungs_source_kind_to_text (partner->kind));
  append_text (csv, row->programme);
  append_text (csv, partner->manager);
  append_text (csv, partner->email);
  append_text (csv, partner->phone);
  append_text (csv, partner->country);
  append_text (csv, rungs_partner_status_to_text (partner->status));
  append_text (csv, ended);
}

static void
append_counts (GString               *csv,
               const RungsPartnerRow *row)
{
  g_string_append_printf (csv,
                          "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
                          ",%" G_GINT64_FORMAT ",",
                          row->sales, row->refunds, row->leads, row->buyers);
}

/* What is owed counts from 0 up, and so does what has to be given back. */
static void
append_balances (GString                   *csv,
                 const RungsLedgerBalances *balances)
{
  static const RungsLedgerState STATES[]
      = { RUNGS_LEDGER_HELD, RUNGS_LEDGER_APPROVED, RUNGS_LEDGER_PAYABLE, RUNGS_LEDGER_PAID,
          RUNGS_LEDGER_CARRIED };

  g_string_append (csv, balances->currency);
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      gint64 minor = balances->states[STATES[i]];
      g_autofree char *amount = rungs_money_format_amount (rungs_money (
          STATES[i] == RUNGS_LEDGER_CARRIED ? minor : -minor, balances->currency));

      g_string_append_printf (csv, ",%s", amount);
    }
  g_string_append (csv, "\r\n");
}

static void
append_partner (GString               *csv,
                const RungsPartnerRow *row)
{
  RungsLedgerBalances none = { .partner = row->partner->id };
  guint n = row->balances->len;

  g_strlcpy (none.currency, row->partner->currency, sizeof none.currency);
  for (guint i = 0; i < MAX (n, 1); i++)
    {
      append_about (csv, row);
      if (i == 0)
        append_counts (csv, row);
      else
        g_string_append (csv, ",,,,");
      append_balances (csv, n > 0 ? &g_array_index (row->balances, RungsLedgerBalances, i) : &none);
    }
}

char *
rungs_partners_to_csv (RungsDb *db,
                       GArray  *ids,
                       gint64   now,
                       GError **error)
{
  g_autoptr (GString) csv = g_string_new (HEADING);

  g_return_val_if_fail (db != NULL && ids != NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (RungsPartnerRow) row
          = rungs_partner_row_load (db, g_array_index (ids, gint64, i), now, error);

      if (row == NULL)
        return NULL;
      append_partner (csv, row);
    }
  return g_string_free (g_steal_pointer (&csv), FALSE);
}
