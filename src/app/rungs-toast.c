/* rungs-toast.c: takes toasts away without harm. */

#include "rungs-toast.h"

/* How long a toast slides in. libadwaita 1.2 does not survive one that is dismissed meanwhile. */
#define SLIDES_IN_MS 500

static void
dismiss_cb (gpointer data)
{
  g_autoptr (AdwToast) toast = data;

  adw_toast_dismiss (toast);
}

void
rungs_toast_dismiss (AdwToast *toast,
                     gint64    shown_at)
{
  gint64 age_ms = (g_get_monotonic_time () - shown_at) / 1000;

  g_return_if_fail (ADW_IS_TOAST (toast));

  if (age_ms < SLIDES_IN_MS)
    {
      g_timeout_add_once (SLIDES_IN_MS - age_ms, dismiss_cb, toast);
      return;
    }
  adw_toast_dismiss (toast);
  g_object_unref (toast);
}
