/* rungs-own-currency-store.h: in which currency a partner earns.
 *
 * In its own, if it has one and there was a rate on the day of what it earns by (rungs-exchange.h);
 * else in that which was sold in. It is decided once, when something is booked first, and stands
 * with it from then on: neither another currency of the partner nor a rate that is entered later
 * changes it. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-exchange.h"

G_BEGIN_DECLS

typedef struct
{
  char currency[4];           /* in which it earns */
  RungsExchangeRate exchange; /* by which that is told; its rate 0: as sold */
  char no_rate_to[4];         /* the partner's, where there was no rate; "": there was, or it needs
                               * none */
} RungsOwnCurrency;

/* Of a partner, who earns by something of `at` in the currency `sold`. Errors: NOT_FOUND. */
gboolean rungs_own_currency_find (RungsDb           *db,
                                  gint64             partner,
                                  const char        *sold,
                                  gint64             at,
                                  RungsOwnCurrency  *own,
                                  GError           **error);

/* In which currency it was sold. */
const char *rungs_own_currency_get_sold (const RungsOwnCurrency *self);

/* What `basis_points` ten-thousandths of `minor` units as sold come to: rounded half to even,
 * once. Errors: INVALID, it is too large. */
gboolean rungs_own_currency_share (const RungsOwnCurrency  *self,
                                   gint64                   minor,
                                   gint64                   basis_points,
                                   gint64                  *told,
                                   GError                 **error);

/* "12.50 USD at 1 USD = 0.92 EUR of 2026-11-20: 11.50 EUR", for those shares and what they come to;
 * the first amount is left out where it is none to the minor unit. "no rate to EUR on that day"
 * where there was none. Returns: (nullable): NULL where the partner earns in what was sold in. */
char *rungs_own_currency_dup_words (const RungsOwnCurrency *self,
                                    gint64                  minor,
                                    gint64                  basis_points,
                                    gint64                  told);

G_END_DECLS
