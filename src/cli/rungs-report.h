/* rungs-report.h: in which currency a command tells its sums. */

#pragma once

#include "ladder/rungs-exchange-store.h"
#include "rungs-invocation.h"

G_BEGIN_DECLS

#define RUNGS_REPORT_OPTION                                                                        \
  RUNGS_OPTION ("currency", N_ ("CODE"),                                                           \
                N_ ("Tell amounts in it, at the dated rates; none: each in its own"))

/* What the option says; without it, what the business says. `exchange` becomes NULL where each
 * currency is told by itself. */
gboolean rungs_report_read (RungsInvocation  *call,
                            RungsDb          *db,
                            RungsExchange   **exchange,
                            GError          **error);

G_END_DECLS
