/* rungs-order-amount.h: amounts of money as shops and payment services export them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads "1,234.56", "1.234,56", "1 234,56 €", "-41.00", "41,00-", "(41.00)", "$5" as minor units of
 * `currency`. The rule for which sign parts the minor units: of two different signs the last one;
 * a sign that stands more than once parts thousands; so does a sign that stands once with one to
 * three digits before and exactly three behind it, unless the currency has three decimals. Decimals
 * that the currency does not have must be zeros ("4900.00" yen); others are refused, not rounded.
 * FALSE where it is no amount. */
gboolean rungs_order_amount_parse (const char *text,
                                   const char *currency,
                                   gint64     *minor);

G_END_DECLS
