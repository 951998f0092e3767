/* rungs-pull-now.h: asks the provider of an endpoint, at once. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* What came of it is told on the page, and stands with the endpoint. */
void rungs_pull_now_start (RungsPage *page,
                           gint64     endpoint);

G_END_DECLS
