/* rungs-ladder-spend-store.h: what sources cost in a period. */

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

G_END_DECLS
