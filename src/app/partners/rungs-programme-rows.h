/* rungs-programme-rows.h: programmes as rows of a browser. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are texts that the name contains; its rows RungsProgrammeRow. */
const RungsBrowserSource *rungs_programme_rows_get_source (void);

const RungsBrowserColumn *rungs_programme_rows_get_columns (guint *n);

G_END_DECLS
