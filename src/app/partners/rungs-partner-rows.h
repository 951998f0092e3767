/* rungs-partner-rows.h: partners as rows of a browser. */

#pragma once

#include "partners/rungs-partner-list-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are RungsPartnerQuery, its rows RungsPartnerRow. */
const RungsBrowserSource *rungs_partner_rows_get_source (void);

const RungsBrowserColumn *rungs_partner_rows_get_columns (guint *n);

/* By what a column sorts. */
RungsPartnerSort rungs_partner_rows_get_sort (const char *id);

G_END_DECLS
