/* rungs-error.c: the error domain. */

#include "base/rungs-error.h"

#include <gio/gio.h>

G_DEFINE_QUARK (rungs-error-quark, rungs_error)

gboolean
rungs_error_refuse (GError    **error,
                    const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

gboolean
rungs_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
