/* rungs-commission-decide-store.c: what a line of an order earns by terms, and what that comes to
 * of what the buyer has kept. Nothing is written here. */

#include "partners/rungs-commission-private.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-product.h"
#include "leads/rungs-business-store.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* With when the buyer first bought the product, which is asked from the buyer on, and how many
 * orders came before. */
static const char SQL_LINES[]
    = "SELECT l.id, l.product, l.quantity, l.amount,"
      "       coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = l.id), 0),"
      "       EXISTS (SELECT 1 FROM refund_line r WHERE r.order_line = l.id),"
      "       o.at, o.currency, o.lead, p.refund_days, p.period_months,"
      "       coalesce (p.affiliate_rate, -1),"
      "       (SELECT count (*) FROM sales_order e"
      "         WHERE e.lead = o.lead AND (e.at, e.id) < (o.at, o.id)),"
      "       (SELECT min (e.at)"
      "          FROM sales_order e CROSS JOIN order_line f ON f.sales_order = e.id"
      "         WHERE e.lead = o.lead AND +f.product = l.product),"
      "       coalesce (p.cost, -1), p.currency, coalesce (l.tax, -1), l.discount"
      "  FROM sales_order o"
      "  JOIN order_line l ON l.sales_order = o.id"
      "  JOIN product p ON p.id = l.product"
      " WHERE o.id = :id ORDER BY l.id";

/* Who recruited the partner, and earned then. */
static const char SQL_RECRUITER[]
    = "SELECT r.id FROM partner p JOIN partner r ON r.id = p.recruited_by"
      " WHERE p.id = :id"
      "   AND NOT EXISTS (SELECT 1 FROM partner_idle i WHERE i.partner = r.id"
      "                      AND i.from_at <= :at"
      "                      AND (i.until_at IS NULL OR i.until_at > :at))";

/* What the partner sold before the order: how many, and for how much in its currency. */
static const char SQL_SOLD[]
    = "SELECT count (DISTINCT o.id),"
      "       coalesce (sum (CASE WHEN o.currency = :currency THEN l.amount"
      "         - coalesce ((SELECT sum (g.amount) FROM refund_line g"
      "                       WHERE g.order_line = l.id), 0)"
      "         END), 0)"
      "  FROM referral r"
      "  JOIN sales_order o ON o.id = r.sales_order"
      "  JOIN order_line l ON l.sales_order = o.id"
      " WHERE r.partner = :partner AND r.at >= :from AND (r.at, r.sales_order) < (:at, :order)";

/* ---- lines */

/* Whole months from one moment to a later one. */
static gint64
months_between (gint64 from,
                gint64 to)
{
  g_autoptr (GDateTime) begin = rungs_time_in_zone (from, NULL);
  g_autoptr (GDateTime) end = rungs_time_in_zone (to, NULL);
  gint64 months = (g_date_time_get_year (end) - g_date_time_get_year (begin)) * 12
                  + g_date_time_get_month (end) - g_date_time_get_month (begin);
  g_autoptr (GDateTime) then = g_date_time_add_months (begin, (int) months);

  return g_date_time_compare (then, end) > 0 ? months - 1 : months;
}

static RungsCommissionLine
read_line (RungsStatement *row)
{
  gint64 amount = rungs_statement_get_int64 (row, 3);
  gint64 back = rungs_statement_get_int64 (row, 4);
  gint64 first_at = rungs_statement_get_int64 (row, 13);
  RungsCommissionLine line = {
    .id = rungs_statement_get_int64 (row, 0),
    .quantity = rungs_statement_get_int64 (row, 2),
    .paid = { .amount = amount,
              .kept = amount - back,
              .tax = rungs_statement_get_int64 (row, 16),
              .discount = rungs_statement_get_int64 (row, 17),
              .is_back = rungs_statement_get_int64 (row, 5) != 0 && back >= amount },
    .at = rungs_statement_get_int64 (row, 6),
    .refund_days = rungs_statement_get_int64 (row, 9),
    .sale = { .product = rungs_statement_get_int64 (row, 1),
              .own_rate = rungs_statement_get_int64 (row, 11),
              .quantity = rungs_statement_get_int64 (row, 2) },
  };
  gboolean renews = rungs_statement_get_int64 (row, 10) > 0 && first_at < line.at;

  g_strlcpy (line.sale.currency, rungs_statement_get_text (row, 7), sizeof line.sale.currency);
  line.cost
      = rungs_money (rungs_statement_get_int64 (row, 14), rungs_statement_get_text (row, 15));
  if (renews)
    line.sale.kind = RUNGS_SALE_RENEWAL;
  else
    line.sale.kind
        = rungs_statement_get_int64 (row, 12) > 0 ? RUNGS_SALE_LATER : RUNGS_SALE_FIRST;
  line.sale.months = renews ? months_between (first_at, line.at) : 0;
  return line;
}

GArray *
rungs_commission_read_lines (RungsDb *db,
                             gint64   order,
                             GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (RungsCommissionLine));
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LINES, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", order);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsCommissionLine line = read_line (query);

      g_array_append_val (lines, line);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&lines) : NULL;
}

/* ---- by which share */

/* Where the month of the order begins, by the business's clock. */
static gboolean
month_of (RungsDb *db,
          gint64   at,
          gint64  *begin,
          GError **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autoptr (GDateTime) day = zone != NULL ? rungs_time_in_zone (at, zone) : NULL;

  if (day == NULL)
    return FALSE;
  *begin = rungs_time_day_start (at, zone, 1 - g_date_time_get_day_of_month (day));
  return TRUE;
}

static gboolean
count_sold (RungsDb                   *db,
            gint64                     order,
            const RungsCommissionLine *line,
            const RungsTermsRate      *rate,
            const RungsTerms          *terms,
            gint64                    *sold,
            GError                   **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SOLD, error);
  gint64 from = 0;

  if (query == NULL || (rate->by_month && !month_of (db, line->at, &from, error)))
    return FALSE;
  rungs_statement_bind_int64 (query, ":partner", line->sale.partner);
  rungs_statement_bind_int64 (query, ":from", from);
  rungs_statement_bind_int64 (query, ":at", line->at);
  rungs_statement_bind_int64 (query, ":order", order);
  rungs_statement_bind_text (query, ":currency", line->sale.currency);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  *sold = rungs_statement_get_int64 (query, rate->of_orders ? 0 : 1);
  return rate->of_orders || rungs_terms_base (terms, *sold, sold, error);
}

static gboolean
count_pieces (gint64                     of_one,
              const RungsCommissionLine *line,
              gint64                    *sum,
              GError                   **error)
{
  if (rungs_money_times (of_one, line->quantity, 1, sum))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the sum is too large"));
  return FALSE;
}

/* What all pieces of a line cost, in the order's currency at the rate of its day. `cost` (out):
 * RUNGS_PRODUCT_UNSAID where nobody has said it, or there was no such rate. */
static gboolean
count_cost (RungsDb                    *db,
            const RungsCommissionLine  *line,
            gint64                     *cost,
            GError                    **error)
{
  g_autoptr (RungsExchange) exchange = NULL;
  RungsMoney sum = line->cost, told;

  *cost = RUNGS_PRODUCT_UNSAID;
  if (line->cost.minor == RUNGS_PRODUCT_UNSAID)
    return TRUE;
  if (!count_pieces (line->cost.minor, line, &sum.minor, error)
      || !rungs_exchange_load (db, line->sale.currency, &exchange, error))
    return FALSE;
  if (rungs_exchange_convert (exchange, sum, line->at, &told) == RUNGS_EXCHANGED)
    *cost = told.minor;
  return TRUE;
}

/* `recruiter` (out): 0 where the terms have no second tier, or nobody earns by it. */
static gboolean
find_recruiter (RungsDb                   *db,
                const RungsCommissionLine *line,
                const RungsTerms          *terms,
                gint64                    *recruiter,
                GError                   **error)
{
  g_autoptr (RungsStatement) query = NULL;

  *recruiter = 0;
  if (terms->second == 0)
    return TRUE;
  query = rungs_db_prepare (db, SQL_RECRUITER, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", line->sale.partner);
  rungs_statement_bind_int64 (query, ":at", line->at);
  return rungs_statement_get_number (query, 0, recruiter, error);
}

gboolean
rungs_commission_decide (RungsDb                    *db,
                         gint64                      order,
                         const RungsCommissionLine  *line,
                         const RungsTermsVersion    *version,
                         gint64                      now,
                         RungsCommission            *commission,
                         GError                    **error)
{
  const RungsTermsRate *rate = rungs_terms_find (version->terms, &line->sale);
  gboolean is_fixed = rate != NULL && rate->pay == RUNGS_TERMS_FIXED;
  gint64 sold = 0;

  *commission = (RungsCommission){
    .order_line = line->id,
    .partner = line->sale.partner,
    .order = order,
    .terms = version->id,
    .hold_until = line->at + MAX (version->terms->hold_days, line->refund_days) * DAY,
    .approved_at = version->terms->by_hand ? 0 : now,
    .cost = RUNGS_PRODUCT_UNSAID,
  };
  if (!rungs_own_currency_find (db, commission->partner, line->sale.currency, line->at,
                                &commission->own, error))
    return FALSE;
  if (rate == NULL)
    return TRUE;
  if (rate->pay == RUNGS_TERMS_TIERS
      && !count_sold (db, order, line, rate, version->terms, &sold, error))
    return FALSE;
  commission->share = rungs_terms_rate_get_share (rate, &line->sale, sold);
  if (!is_fixed && commission->share == RUNGS_TERMS_NO_SHARE)
    {
      commission->share = 0;
      return TRUE;
    }
  commission->of_profit = rate->pay == RUNGS_TERMS_PROFIT;
  return (!is_fixed || count_pieces (rate->fixed.minor, line, &commission->fixed, error))
         && (!commission->of_profit || count_cost (db, line, &commission->cost, error))
         && find_recruiter (db, line, version->terms, &commission->recruiter, error);
}

gboolean
rungs_commission_decide_second (RungsDb                *db,
                                const RungsCommission  *sale,
                                const RungsTerms       *terms,
                                gint64                  at,
                                gint64                  now,
                                RungsCommission        *commission,
                                GError                **error)
{
  const char *sold = rungs_own_currency_get_sold (&sale->own);

  *commission = *sale;
  commission->partner = sale->recruiter;
  commission->via = sale->partner;
  commission->recruiter = 0;
  commission->share = terms->second;
  commission->approved_at = terms->by_hand ? 0 : now;
  return rungs_own_currency_find (db, commission->partner, sold, at, &commission->own, error);
}

/* ---- what it comes to */

gboolean
rungs_commission_count_due (const RungsCommission      *commission,
                            const RungsCommissionLine  *line,
                            const RungsTerms           *terms,
                            RungsCommissionDue         *due,
                            GError                    **error)
{
  gint64 cost = MAX (commission->cost, 0);

  *due = (RungsCommissionDue){ .kind = RUNGS_LEDGER_ACCRUAL, .base = RUNGS_LEDGER_NO_BASE };
  if (line == NULL || commission->share < 0)
    return line == NULL || line->paid.is_back
           || rungs_own_currency_share (&commission->own, commission->fixed, RUNGS_RATE_WHOLE,
                                        &due->amount, error);
  if (!(commission->of_profit
            ? rungs_terms_profit (terms, &line->paid, cost, &due->base, &due->costs, error)
            : rungs_terms_net (terms, &line->paid, &due->base, error))
      || !rungs_own_currency_share (&commission->own, due->base, commission->share, &due->amount,
                                    error))
    return FALSE;
  due->is_before_discount = terms->before_discount && line->paid.discount > 0;
  return TRUE;
}
