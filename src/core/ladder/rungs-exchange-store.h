/* rungs-exchange-store.h: the rates that the owner enters. */

#pragma once

#include "db/rungs-statement.h"
#include "ladder/rungs-exchange.h"

G_BEGIN_DECLS

/* Stores each of `rates` (element-type RungsExchangeRate; ids are not looked at) in the place of
 * what the two currencies had on that day, whichever way round that was stated. What had stood
 * there comes into `before` (element-type RungsExchangeRate), (transfer full); NULL: not wanted.
 * Errors: INVALID (no currency, no day, two times the same one, a rate that is not above 0). */
gboolean rungs_exchange_rates_set (RungsDb       *db,
                                   const GArray  *rates,
                                   GArray       **before,
                                   GError       **error);

/* Removes what the two currencies of each of `rates` have on its day. `before` as above. */
gboolean rungs_exchange_rates_remove (RungsDb       *db,
                                      const GArray  *rates,
                                      GArray       **before,
                                      GError       **error);

/* Returns: (transfer full) (element-type RungsExchangeRate): those of a currency (NULL: all), by
 * their currencies, the newest first. */
GArray *rungs_exchange_rates_list (RungsDb     *db,
                                   const char  *currency,
                                   GError     **error);

/* Errors: NOT_FOUND. */
gboolean rungs_exchange_rate_load (RungsDb            *db,
                                   gint64              id,
                                   RungsExchangeRate  *rate,
                                   GError            **error);

/* What of the rates of two currencies held on the day of `at`, by the clock of the business. `rate`
 * (out): its rate is 0 where there was none. */
gboolean rungs_exchange_rate_find (RungsDb            *db,
                                   const char         *one,
                                   const char         *other,
                                   gint64              at,
                                   RungsExchangeRate  *rate,
                                   GError            **error);

/* The rate by which something was told once for ever stands with it, in the columns exchange,
 * exchange_base, exchange_quote and exchange_day, which are all NULL where it was not. Binds
 * parameters of these names; a rate of 0: none. */
void rungs_exchange_rate_bind (RungsStatement           *statement,
                               const RungsExchangeRate  *rate);

/* Reads the four from `column` on. `rate` (out): its rate is 0 where there is none. */
void rungs_exchange_rate_read (RungsStatement     *row,
                               int                 column,
                               RungsExchangeRate  *rate);

/* What tells amounts in `currency`; NULL: in that of the business, and "": in none. Where it is
 * none, `exchange` becomes NULL. */
gboolean rungs_exchange_load (RungsDb        *db,
                              const char     *currency,
                              RungsExchange **exchange,
                              GError        **error);

/* The same for amounts of `at` and later in some currencies (NULL-terminated) only: reads one rate
 * of each, however many there are. */
gboolean rungs_exchange_load_at (RungsDb            *db,
                                 const char *const  *currencies,
                                 gint64              at,
                                 RungsExchange     **exchange,
                                 GError            **error);

/* Returns: (transfer full) (element-type RungsMoney): the currencies of products, orders, costs and
 * partners, A-Z, with how many of the four there are of each. Reads all orders. */
GArray *rungs_exchange_list_currencies (RungsDb  *db,
                                        GError  **error);

G_END_DECLS
