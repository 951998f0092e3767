/* rungs-subscription-store.c: until when subscriptions are paid. */

#include "ladder/rungs-subscription-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"

#define MONTHS_MAX 1200

static const char SQL_PAID_UNTIL[]
    = "SELECT max (l.paid_until)"
      "  FROM sales_order o CROSS JOIN order_line l ON l.sales_order = o.id"
      " WHERE o.lead = :lead AND o.at <= :at AND +l.product = :product"
      "   AND coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = l.id)"
      "                 < l.amount, 1)";

/* Lines refer to products that are subscriptions; a line that the file dated is dated already. */
static const char SQL_UNDATED[]
    = "SELECT l.id, o.lead, l.product, o.at, l.quantity, p.period_months"
      "  FROM sales_order o CROSS JOIN order_line l ON l.sales_order = o.id"
      "  CROSS JOIN product p ON p.id = l.product"
      " WHERE o.run = :run AND p.period_months IS NOT NULL AND l.paid_until IS NULL"
      " ORDER BY o.lead, l.product, o.at, l.id";

static const char SQL_DATE[] = "UPDATE order_line SET paid_until = :until WHERE id = :id";

gboolean
rungs_subscription_paid_until (RungsDb *db,
                               gint64   lead,
                               gint64   product,
                               gint64   at,
                               gint64  *until,
                               GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PAID_UNTIL, error);

  g_return_val_if_fail (until != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":product", product);
  rungs_statement_bind_int64 (query, ":at", at);
  return rungs_statement_get_number (query, 0, until, error);
}

gboolean
rungs_subscription_extend (GTimeZone *zone,
                           gint64     at,
                           gint64     paid,
                           gint64     period_months,
                           gint64     quantity,
                           gint64    *until,
                           GError   **error)
{
  g_autoptr (GDateTime) from = rungs_time_in_zone (MAX (paid, at), zone);
  g_autoptr (GDateTime) end = NULL;

  g_return_val_if_fail (until != NULL && period_months > 0, FALSE);

  if (quantity > MONTHS_MAX / period_months)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("a subscription cannot be paid for more than 100 years"));
      return FALSE;
    }
  end = from ? g_date_time_add_months (from, period_months * quantity) : NULL;
  if (end == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("the subscription would end after the year 9999"));
      return FALSE;
    }
  *until = rungs_time_from_date_time (end);
  return TRUE;
}

static gboolean
date_line (RungsDb        *db,
           RungsStatement *line,
           GTimeZone      *zone,
           GError        **error)
{
  g_autoptr (RungsStatement) date = rungs_db_prepare (db, SQL_DATE, error);
  gint64 at = rungs_statement_get_int64 (line, 3);
  gint64 paid, until;

  if (date == NULL
      || !rungs_subscription_paid_until (db, rungs_statement_get_int64 (line, 1),
                                         rungs_statement_get_int64 (line, 2), at, &paid, error)
      || !rungs_subscription_extend (zone, at, paid, rungs_statement_get_int64 (line, 5),
                                     rungs_statement_get_int64 (line, 4), &until, error))
    return FALSE;
  rungs_statement_bind_int64 (date, ":id", rungs_statement_get_int64 (line, 0));
  rungs_statement_bind_int64 (date, ":until", until);
  return rungs_statement_run (date, error);
}

gboolean
rungs_subscription_date_run (RungsDb *db,
                             gint64   run,
                             GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_UNDATED, error);
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);

  if (query == NULL || zone == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":run", run);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    if (!date_line (db, query, zone, error))
      {
        rungs_statement_reset (query);
        return FALSE;
      }
  return rungs_statement_done (query, error);
}
