/* rungs-pull-dialog.h: how the provider of an endpoint is asked for what it would send. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* A form with its API key, how often, and what the provider must be told. */
void rungs_pull_dialog_open (RungsPage *page,
                             gint64     endpoint);

G_END_DECLS
