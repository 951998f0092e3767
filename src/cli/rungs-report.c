/* rungs-report.c: in which currency a command tells its sums. */

#include "rungs-report.h"

#include <glib/gi18n.h>

gboolean
rungs_report_read (RungsInvocation  *call,
                   RungsDb          *db,
                   RungsExchange   **exchange,
                   GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "currency", NULL);

  if (text != NULL && g_str_equal (text, "none"))
    text = "";
  else if (text != NULL && !rungs_currency_is_valid (text))
    return rungs_invocation_refuse (call, "currency",
                                    _ ("three capital letters such as EUR, or “none”"), error);
  return rungs_exchange_load (db, text, exchange, error);
}
