/* rungs-lead-date-store.h: the dates of a lead that a sequence can wait for. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Whether sequences can wait for a date of that name: "field:KEY", "created", "first_order",
 * "last_order", "paid_until". */
gboolean rungs_lead_date_is_known (const char *name);

/* Whether it can be asked of one product alone. */
gboolean rungs_lead_date_has_product (const char *name);

/* The date of the lead, as a calendar in `zone` has it; not valid where the lead has none. `sku`
 * (nullable) is that of a product, whose orders, and those of bundles that hold it, count alone. */
gboolean rungs_lead_date_load (RungsDb     *db,
                               gint64       lead,
                               const char  *name,
                               const char  *sku,
                               GTimeZone   *zone,
                               GDate       *date,
                               GError     **error);

G_END_DECLS
