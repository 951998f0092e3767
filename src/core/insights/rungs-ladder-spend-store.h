/* rungs-ladder-spend-store.h: what sources cost in a period: what was spent on them, and what their
 * partners earned by commissions and awards. */

#pragma once

#include "insights/rungs-ladder-catalogue-store.h"
#include "insights/rungs-ladder-figures.h"

G_BEGIN_DECLS

/* Calls `take` for each cost of a source (as the catalogue numbers it) on the days of the
 * question's period, in the zone of the business: a day of which only a part lies in the period
 * counts whole. */
gboolean rungs_ladder_spend_read (RungsDb                    *db,
                                  const RungsLadderQuestion  *question,
                                  GTimeZone                  *zone,
                                  RungsLadderCatalogue       *catalogue,
                                  void                      (*take) (gpointer    data,
                                                                     guint       source,
                                                                     const char *day,
                                                                     guint       currency,
                                                                     gint64      amount),
                                  gpointer                    data,
                                  GError                    **error);

/* Calls `take` for what partners cost in the period (partners/rungs-ledger-cost-store.h), each by
 * its source: on the days on which spend is read, and not after the question's `now`. What the
 * question wants told as it is (all of it where it has no rates, or else the currency of the
 * report) comes in one sum for each partner and currency, `at` is then 0; all else entry by entry.
 * Amounts may be below 0. */
gboolean rungs_ladder_commission_read (RungsDb                    *db,
                                       const RungsLadderQuestion  *question,
                                       GTimeZone                  *zone,
                                       RungsLadderCatalogue       *catalogue,
                                       void                      (*take) (gpointer data,
                                                                          guint    source,
                                                                          gint64   at,
                                                                          guint    currency,
                                                                          gint64   amount),
                                       gpointer                    data,
                                       GError                    **error);

/* From when on and until before when the days of the question last; `until` is not after `from`
 * where there are none. */
void rungs_ladder_spend_span (const RungsLadderQuestion *question,
                              GTimeZone                 *zone,
                              gint64                    *from,
                              gint64                    *until);

G_END_DECLS
