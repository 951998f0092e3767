/* rungs-money.h: exact money. Minor units and a currency, rates in basis points, no floating point.
 * Rounding is half to even, once, at the end of a calculation. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Minor units (cents, yen, fils) of an ISO 4217 currency. */
typedef struct
{
  gint64 minor;
  char currency[4]; /* "EUR", NUL-terminated */
} RungsMoney;

RungsMoney rungs_money (gint64      minor,
                        const char *currency);

/* How many digits follow the point: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217, table A.1). A code
 * that is not in the table counts as 2. */
int rungs_currency_digits (const char *currency);

/* Whether it is three capital letters. */
gboolean rungs_currency_is_valid (const char *currency);

/* Reads "49.00EUR", "49 EUR", "1234.5 usd", "49.00" (then in `fallback`, NULL: refused). A point or
 * a comma parts the minor units; more digits than the currency has are refused, not rounded.
 * Errors: INVALID. */
gboolean rungs_money_parse (const char  *text,
                            const char  *fallback,
                            RungsMoney  *money,
                            GError     **error);

/* "49.00 EUR": the form that rungs_money_parse() reads, for files and the command line. */
char *rungs_money_format (RungsMoney money);

/* Whether the amount may stand as whole units, because it is `from` of them or more, or is such
 * anyway; then `units` is the nearest, rounded half to even. */
gboolean rungs_money_to_units (RungsMoney  money,
                               gint64      from,
                               gint64     *units);

/* An amount that may be expected, and is no exact one: "1234 EUR", "0.49 EUR": in whole units from
 * RUNGS_ESTIMATE_FROM on. */
#define RUNGS_ESTIMATE_FROM 10
char *rungs_money_format_estimate (RungsMoney money);

/* "49.00" without the currency. */
char *rungs_money_format_amount (RungsMoney money);

/* a + b. Errors: INVALID where the currencies differ or the sum leaves gint64. */
gboolean rungs_money_add (RungsMoney   a,
                          RungsMoney   b,
                          RungsMoney  *sum,
                          GError     **error);

/* `basis_points` ten-thousandths of it, rounded half to even. Errors: INVALID on overflow. */
gboolean rungs_money_share (RungsMoney   money,
                            gint64       basis_points,
                            RungsMoney  *share,
                            GError     **error);

/* minor × by / over, rounded half to even. `over` is above 0. FALSE where it leaves gint64. */
gboolean rungs_money_times (gint64  minor,
                            gint64  by,
                            gint64  over,
                            gint64 *result);

/* `basis_points` ten-thousandths of minor × by / over, rounded half to even, once. `over` is
 * above 0. FALSE where it leaves gint64, or cannot be worked out with 128 bits. */
gboolean rungs_money_share_times (gint64  minor,
                                  gint64  basis_points,
                                  gint64  by,
                                  gint64  over,
                                  gint64 *result);

/* Splits `minor` over `n` parts in proportion to `weights` (not negative, not all zero; else equal
 * parts) by largest remainder, so that the parts sum to `minor` exactly.
 * On a tie the earlier part gets the unit. */
void rungs_money_split (gint64        minor,
                        const gint64 *weights,
                        guint         n,
                        gint64       *parts);

G_END_DECLS
