/* rungs-privacy-window.h: all that is known of a person, to be read and saved; and to be erased. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRIVACY_WINDOW (rungs_privacy_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsPrivacyWindow, rungs_privacy_window, RUNGS, PRIVACY_WINDOW, AdwWindow)

/* Opens a window over `page` that tells all that is known of the lead. */
void rungs_privacy_open (RungsPage *page,
                         gint64     lead);

G_END_DECLS
