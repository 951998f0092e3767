/* rungs-toast.h: takes toasts away without harm. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Dismisses the toast, which it takes, and which has been shown since `shown_at` (monotonic, in
 * microseconds); one that still slides in is dismissed when it has. */
void rungs_toast_dismiss (AdwToast *toast,
                          gint64    shown_at);

G_END_DECLS
