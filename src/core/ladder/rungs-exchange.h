/* rungs-exchange.h: amounts of other currencies told in one.
 *
 * A rate says what one unit of its base is worth in its quote: 1 EUR = 1.0876 USD. It holds from
 * the beginning of its day in the zone of the business until the day of the next rate of the two
 * currencies; before the first one there is none. An amount of the base is multiplied by it, an
 * amount of the quote divided: one statement serves both ways, and nothing is derived from two
 * rates by way of a third currency.
 *
 * An amount is told at the rate of the day on which it was ordered or spent, rounded half to even
 * to the minor unit, once. What is given back is told at the rate of its order: see
 * rungs_exchange_convert_part(). */

#pragma once

#include "base/rungs-money.h"

G_BEGIN_DECLS

/* Rates are integers: so many of these are 1. */
#define RUNGS_EXCHANGE_ONE G_GINT64_CONSTANT (100000000)

typedef struct
{
  gint64 id;
  char base[4];  /* one unit of this is worth … */
  char quote[4]; /* … so many of this: */
  gint64 rate;   /* in units of 1 / RUNGS_EXCHANGE_ONE */
  char day[11];  /* "2026-11-22", from which it holds */
} RungsExchangeRate;

/* Reads "1.0876" or "1,0876": above 0, with 8 digits after the point at most; more are refused, not
 * rounded. Errors: INVALID. */
gboolean rungs_exchange_rate_parse (const char  *text,
                                    gint64      *rate,
                                    GError     **error);

/* "1.0876", with as many digits as it needs: the form that rungs_exchange_rate_parse() reads. */
char *rungs_exchange_rate_format (gint64 rate);

/* "1 EUR = 1.0876 USD". */
char *rungs_exchange_rate_dup_statement (const RungsExchangeRate *rate);

/* Returns: the currency of the two that `currency` is not. */
const char *rungs_exchange_rate_get_other (const RungsExchangeRate *rate,
                                           const char              *currency);

/* Tells `basis_points` ten-thousandths of `minor` units of the other currency in `currency`, which
 * is one of the two: rounded half to even to the minor unit, once, at the end. FALSE where it is
 * too large. */
gboolean rungs_exchange_rate_share (const RungsExchangeRate *rate,
                                    const char              *currency,
                                    gint64                   minor,
                                    gint64                   basis_points,
                                    gint64                  *told);

/**
 * RungsExchanged: what came of telling an amount in the currency of the report.
 * @RUNGS_EXCHANGED: it was done
 * @RUNGS_EXCHANGE_NO_RATE: no rate held on that day; the amount stays in its own currency
 * @RUNGS_EXCHANGE_TOO_LARGE: it leaves gint64
 */
typedef enum
{
  RUNGS_EXCHANGED,
  RUNGS_EXCHANGE_NO_RATE,
  RUNGS_EXCHANGE_TOO_LARGE,
} RungsExchanged;

/* The rates of one currency of report. Immutable: any number of threads may ask it. */
typedef struct _RungsExchange RungsExchange;

/* `rates` (element-type RungsExchangeRate) are in the order of their days; those that do not name
 * `currency` are passed over. */
RungsExchange *rungs_exchange_new (const char   *currency,
                                   GTimeZone    *zone,
                                   const GArray *rates);
RungsExchange *rungs_exchange_ref (RungsExchange *self);
void rungs_exchange_unref (RungsExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsExchange, rungs_exchange_unref)

/* In which currency it tells. */
const char *rungs_exchange_get_currency (const RungsExchange *self);

/* Tells an amount of an instant; what is in the currency of the report stays what it is.
 * `told` is written where it was done. */
RungsExchanged rungs_exchange_convert (const RungsExchange *self,
                                       RungsMoney           money,
                                       gint64               at,
                                       RungsMoney          *told);

/* The same of a day, "2026-11-22". */
RungsExchanged rungs_exchange_convert_day (const RungsExchange *self,
                                           RungsMoney           money,
                                           const char          *day,
                                           RungsMoney          *told);

/* Tells a part of an amount of `at`, of which the parts before came to `before`: what the two come
 * to less what those came to, so that parts told one by one are what the whole is told as. */
RungsExchanged rungs_exchange_convert_part (const RungsExchange *self,
                                            RungsMoney           part,
                                            gint64               before,
                                            gint64               at,
                                            RungsMoney          *told);

/* Adds an amount of `at` to `sums` (element-type RungsMoney), which stay by currency, A-Z: told in
 * the currency of the report, else as it is; `before` as above. Below 0 it is taken off. What is
 * told otherwise is added to `converted` (nullable) as it was. `self` may be NULL: nothing is told
 * otherwise. Errors: INVALID where a sum becomes too large. */
gboolean rungs_exchange_add (const RungsExchange *self,
                             RungsMoney           part,
                             gint64               before,
                             gint64               at,
                             GArray              *sums,
                             GArray              *converted,
                             GError             **error);

/* Returns: (nullable): the day from which on amounts of `currency` can be told; NULL: never. */
const char *rungs_exchange_get_first_day (const RungsExchange *self,
                                          const char          *currency);

G_END_DECLS
