/* rungs-trial-window.h: sends a sample the whole way to an endpoint, and tells each step. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

void rungs_trial_window_open (RungsPage  *page,
                              gint64      endpoint,
                              const char *name);

G_END_DECLS
