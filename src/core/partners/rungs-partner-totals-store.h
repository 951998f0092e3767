/* rungs-partner-totals-store.h: what each partner was paid in a calendar year, for tax forms.
 *
 * A year is that of the clock of the business. What counts is what the ledger says has left, and
 * what came back, when it did so. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Of one partner in one currency. */
typedef struct
{
  gint64 partner;
  char *name;      /* (owned) */
  char *country;   /* (owned) ISO 3166; "": not said */
  char currency[4];
  gint64 paid;      /* minor units that left … */
  gint64 came_back; /* … and came back in the year, also of one before */
  gint64 payouts;   /* by so many */
  gboolean has_tax_id; /* a tax number or a VAT id is known */
  char *forms;     /* (owned) whose threshold is reached: "1099-NEC, 347"; "": none */
} RungsPartnerTotal;

void rungs_partner_total_free (RungsPartnerTotal *self);

/* Returns: (transfer full) (element-type RungsPartnerTotal): by name. Errors: INVALID (the file of
 * thresholds is none, or no such year). */
GPtrArray *rungs_partner_totals_load (RungsDb  *db,
                                      gint64    year,
                                      GError  **error);

/* As a table for spreadsheets: CSV with a heading, made harmless as rungs-table-cell.h says.
 * Returns: (transfer full). */
char *rungs_partner_totals_to_csv (GPtrArray *totals,
                                   gint64     year);

G_END_DECLS
