/* rungs-tax.h: rates of VAT, and from which sums on tax offices are told of payments: as data.
 *
 * They stand in data/tax/, each with its source: the law, or the page that it was checked against.
 * Thresholds of the owner's own in rungs/tax/thresholds.json of the user's data folder, in the same
 * shape, count as well:
 *
 *   {"rates": [{"country": "DE", "from": "2021-01-01", "rate": 1900, "source": "UStG § 12"}]}
 *   {"thresholds": [{"country": "US", "form": "1099-NEC", "partners": "US", "from": 2020,
 *                    "until": 2025, "amount": 60000, "currency": "USD", "source": "…"}]}
 *
 * Rates are basis points, amounts minor units: the least that is told of. `country` is that of the
 * business, `partners` that of those who are paid, or "any". None of it is advice. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether it is a member state of the European Union. `country`: ISO 3166, "" is none. */
gboolean rungs_tax_is_in_eu (const char *country);

/* The standard rate of VAT on a day, "2026-03-02". FALSE where it is not known. */
gboolean rungs_tax_get_vat (const char *country,
                            const char *day,
                            gint64     *basis_points);

typedef struct
{
  char *country;  /* (owned) of the business */
  char *form;     /* (owned) "1099-NEC" */
  char *partners; /* (owned) country of the partner, or "any" */
  gint64 from;    /* first year */
  gint64 until;   /* last year; 0: goes on */
  gint64 amount;  /* minor units: the least that is reported */
  char currency[4];
  char *source;   /* (owned) */
} RungsTaxThreshold;

void rungs_tax_threshold_free (RungsTaxThreshold *self);

/* Those that hold in a year for a business of that country. Returns: (transfer full)
 * (element-type RungsTaxThreshold): maybe empty. Errors: INVALID: the owner's file is none, says
 * where; those of GFileError. */
GPtrArray *rungs_tax_list_thresholds (const char  *country,
                                      gint64       year,
                                      GError     **error);

/* rungs/tax/thresholds.json in the user's data folder. Returns: (transfer full). */
char *rungs_tax_get_own_file (void);

G_END_DECLS
