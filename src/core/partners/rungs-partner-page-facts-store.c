/* rungs-partner-page-facts-store.c: reads what stands on the page of a partner. Nothing of who
 * bought is read. */

#include "partners/rungs-partner-page-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-list-store.h"
#include "partners/rungs-programme-store.h"
#include "wire/rungs-relay-protocol.h"

#define MONTHS "12"
#define SALES 30
#define PAYOUTS 6

/* The language of the partner, else the one that most messages are written in. */
static const char SQL_ABOUT[]
    = "SELECT coalesce (nullif (t.language, ''),"
      "         (SELECT lower (substr (language, 1, 2)) AS tongue FROM message WHERE language <> ''"
      "           GROUP BY tongue ORDER BY count (*) DESC, tongue LIMIT 1), 'en'),"
      "       coalesce ((SELECT coalesce ((SELECT address FROM web_relay), '')"
      "                         || '" RUNGS_RELAY_SOURCE "' || k.code"
      "                    FROM source_link k WHERE k.source = t.source), ''),"
      "       coalesce ((SELECT m.texts FROM programme_material m"
      "                   WHERE m.programme = (SELECT g.programme FROM programme_partner g"
      "                                         WHERE g.partner = t.id AND g.from_at <= :now"
      "                                         ORDER BY g.from_at DESC LIMIT 1)), '')"
      "  FROM partner t WHERE t.id = :id";

/* What was given away is no sale. */
#define IS_SOLD                                                                                    \
  "(NOT EXISTS (SELECT 1 FROM sales_order w WHERE w.id = r.sales_order)"                           \
  "  OR EXISTS (SELECT 1 FROM order_line w WHERE w.sales_order = r.sales_order AND w.amount > 0))"

static const char SQL_MONTHS[]
    = "WITH fact (month, clicks, leads, sales, refunds) AS ("
      "  SELECT substr (v.day, 1, 7), v.visits, 0, 0, 0"
      "    FROM source_link k JOIN partner t ON t.source = k.source"
      "    JOIN web_visit v ON v.path = '" RUNGS_RELAY_SOURCE "' || k.code"
      "   WHERE t.id = :id AND v.machine = 0"
      "  UNION ALL"
      "  SELECT substr (local_day (min (h.at), :zone), 1, 7), 0, 1, 0, 0"
      "    FROM touch h JOIN partner t ON t.source = h.source WHERE t.id = :id GROUP BY h.lead"
      "  UNION ALL"
      "  SELECT substr (local_day (r.at, :zone), 1, 7), 0, 0, 1,"
      "         EXISTS (SELECT 1 FROM refund f WHERE f.sales_order = r.sales_order)"
      "    FROM referral r WHERE r.partner = :id AND " IS_SOLD ")"
      " SELECT month, sum (clicks), sum (leads), sum (sales), sum (refunds) FROM fact"
      "  GROUP BY month ORDER BY month DESC LIMIT " MONTHS;

static const char SQL_SOLD[]
    = "SELECT substr (local_day (r.at, :zone), 1, 7) AS month, o.currency, sum (l.amount),"
      "       sum (coalesce ((SELECT sum (b.amount) FROM refund_line b WHERE b.order_line = l.id),"
      "                      0))"
      "  FROM referral r JOIN sales_order o ON o.id = r.sales_order"
      "  JOIN order_line l ON l.sales_order = o.id"
      " WHERE r.partner = :id GROUP BY month, o.currency ORDER BY month DESC, o.currency";

#define COMMISSION "FROM commission c WHERE c.sales_order = r.sales_order AND c.partner = r.partner"
#define PAYMENT(state)                                                                             \
  "EXISTS (SELECT 1 FROM commission c"                                                             \
  "          JOIN payout_line y ON y.order_line = c.order_line AND y.partner = c.partner"          \
  "          JOIN payout_item i ON i.payout = y.payout AND i.partner = y.partner"                  \
  "         WHERE c.sales_order = r.sales_order AND c.partner = r.partner"                         \
  "           AND i.state = '" state "')"

static const char SQL_SALES[]
    = "SELECT r.at,"
      "       coalesce ((SELECT group_concat (p.name, ', ') FROM order_line l"
      "                    JOIN product p ON p.id = l.product"
      "                   WHERE l.sales_order = r.sales_order), ''),"
      "       coalesce (o.currency, ''),"
      "       coalesce ((SELECT sum (l.amount) FROM order_line l"
      "                   WHERE l.sales_order = r.sales_order), 0),"
      "       coalesce ((SELECT sum (b.amount) FROM refund_line b"
      "                    JOIN order_line l ON l.id = b.order_line"
      "                   WHERE l.sales_order = r.sales_order), 0),"
      "       coalesce ((SELECT max (c.currency) " COMMISSION "), ''),"
      "       coalesce ((SELECT sum (p.amount) FROM journal j"
      "                    CROSS JOIN posting p ON p.entry = j.id"
      "                    CROSS JOIN ledger_account a ON a.id = p.account"
      "                   WHERE j.sales_order = r.sales_order AND j.sales_order <> 0"
      "                     AND a.partner = r.partner AND a.state = 'expense'), 0),"
      "       coalesce ((SELECT max (c.hold_until) " COMMISSION " AND c.is_open), 0),"
      "       EXISTS (SELECT 1 " COMMISSION " AND c.is_unpaid),"
      "       " PAYMENT ("payable") ", " PAYMENT ("paid")
      "  FROM referral r LEFT JOIN sales_order o ON o.id = r.sales_order"
      " WHERE r.partner = :id AND " IS_SOLD
      " ORDER BY r.at DESC, r.sales_order DESC LIMIT :limit";

/* A page that is being read. */
typedef struct
{
  gint64 partner;
  gint64 now;
  RungsPartnerPage *page; /* (owned) */
} Reading;

static RungsStatement *
ask (RungsDb       *db,
     const char    *sql,
     const Reading *reading,
     GError       **error)
{
  RungsStatement *query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", reading->partner);
  rungs_statement_offer_int64 (query, ":now", reading->now);
  rungs_statement_offer_int64 (query, ":limit", SALES);
  rungs_statement_offer_text (query, ":zone", reading->page->zone);
  return query;
}

static gboolean
read_about (RungsDb       *db,
            const Reading *reading,
            GError       **error)
{
  RungsPartnerPage *page = reading->page;
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsPartnerRow) row
      = business != NULL ? rungs_partner_row_load (db, reading->partner, reading->now, error)
                         : NULL;
  g_autoptr (RungsStatement) query = NULL;

  if (row == NULL)
    return FALSE;
  page->business = g_strdup (business->name);
  page->zone = g_strdup (business->zone);
  page->partner = g_strdup (row->partner->name);
  page->programme = g_strdup (row->programme);
  page->is_paused = row->partner->status == RUNGS_PARTNER_PAUSED;
  page->balances = g_array_ref (row->balances);
  query = ask (db, SQL_ABOUT, reading, error);
  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  page->language = rungs_statement_dup_text (query, 0);
  page->link = rungs_statement_dup_text (query, 1);
  page->texts = rungs_statement_dup_text (query, 2);
  page->coupons = rungs_partner_list_coupons (db, reading->partner, error);
  return page->coupons != NULL;
}

/* ---- month by month */

static gpointer
read_month (RungsStatement *row)
{
  RungsPartnerPageMonth *month = g_new0 (RungsPartnerPageMonth, 1);

  g_strlcpy (month->month, rungs_statement_get_text (row, 0), sizeof month->month);
  month->clicks = rungs_statement_get_int64 (row, 1);
  month->leads = rungs_statement_get_int64 (row, 2);
  month->sales = rungs_statement_get_int64 (row, 3);
  month->refunds = rungs_statement_get_int64 (row, 4);
  month->sold = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  month->back = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  return month;
}

static RungsPartnerPageMonth *
find_month (GPtrArray  *months,
            const char *name)
{
  for (guint i = 0; i < months->len; i++)
    if (g_str_equal (((RungsPartnerPageMonth *) months->pdata[i])->month, name))
      return months->pdata[i];
  return NULL;
}

static gboolean
read_months (RungsDb       *db,
             const Reading *reading,
             GError       **error)
{
  g_autoptr (RungsStatement) query = ask (db, SQL_MONTHS, reading, error);
  g_autoptr (RungsStatement) sold = NULL;
  GPtrArray *months = rungs_record_list (
      query, read_month, (GDestroyNotify) rungs_partner_page_month_free, error);

  reading->page->months = months;
  sold = months != NULL ? ask (db, SQL_SOLD, reading, error) : NULL;
  if (sold == NULL)
    return FALSE;
  while (rungs_statement_step (sold, error) == RUNGS_ROW)
    {
      RungsPartnerPageMonth *month = find_month (months, rungs_statement_get_text (sold, 0));
      const char *currency = rungs_statement_get_text (sold, 1);
      RungsMoney paid = rungs_money (rungs_statement_get_int64 (sold, 2), currency);
      RungsMoney back = rungs_money (rungs_statement_get_int64 (sold, 3), currency);

      if (month != NULL)
        g_array_append_val (month->sold, paid);
      if (month != NULL && back.minor != 0)
        g_array_append_val (month->back, back);
    }
  return rungs_statement_done (sold, error);
}

/* ---- sales, payouts */

/* What is least far on its way to the partner decides. */
static RungsPartnerSaleState
state_of (RungsStatement *row)
{
  if (rungs_statement_get_int64 (row, 6) == 0)
    return RUNGS_PARTNER_SALE_NOTHING;
  if (rungs_statement_get_int64 (row, 7) != 0)
    return RUNGS_PARTNER_SALE_HELD;
  if (rungs_statement_get_int64 (row, 8) != 0)
    return RUNGS_PARTNER_SALE_APPROVED;
  if (rungs_statement_get_int64 (row, 9) != 0)
    return RUNGS_PARTNER_SALE_PAYABLE;
  return rungs_statement_get_int64 (row, 10) != 0 ? RUNGS_PARTNER_SALE_PAID
                                                  : RUNGS_PARTNER_SALE_NOTHING;
}

static gpointer
read_sale (RungsStatement *row)
{
  RungsPartnerPageSale *sale = g_new0 (RungsPartnerPageSale, 1);
  const char *currency = rungs_statement_get_text (row, 2);

  sale->at = rungs_statement_get_int64 (row, 0);
  sale->products = rungs_statement_dup_text (row, 1);
  sale->amount = rungs_money (rungs_statement_get_int64 (row, 3), currency);
  sale->refunded = rungs_money (rungs_statement_get_int64 (row, 4), currency);
  sale->commission
      = rungs_money (rungs_statement_get_int64 (row, 6), rungs_statement_get_text (row, 5));
  sale->state = state_of (row);
  sale->hold_until = rungs_statement_get_int64 (row, 7);
  return sale;
}

static gboolean
read_sales (RungsDb       *db,
            const Reading *reading,
            GError       **error)
{
  g_autoptr (RungsStatement) query = ask (db, SQL_SALES, reading, error);
  GPtrArray *sales = rungs_record_list (query, read_sale,
                                        (GDestroyNotify) rungs_partner_page_sale_free, error);

  reading->page->sales = sales;
  for (guint i = 0; sales != NULL && i < sales->len; i++)
    {
      RungsPartnerPageSale *sale = sales->pdata[i];

      if (sale->hold_until <= reading->now) /* somebody has yet to look at it */
        sale->hold_until = 0;
    }
  return sales != NULL;
}

static gboolean
read_payouts (RungsDb       *db,
              const Reading *reading,
              GError       **error)
{
  g_autoptr (GArray) payouts = rungs_partner_list_payouts (db, reading->partner, PAYOUTS, error);

  reading->page->payouts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_statement_free);
  for (guint i = 0; payouts != NULL && i < payouts->len; i++)
    {
      gint64 id = g_array_index (payouts, RungsPartnerPayout, i).item.payout;
      RungsPartnerStatement *statement
          = rungs_partner_statement_load (db, id, reading->partner, error);

      if (statement == NULL)
        return FALSE;
      g_ptr_array_add (reading->page->payouts, statement);
    }
  return payouts != NULL;
}

static gboolean
read_all (RungsDb *db,
          gpointer data,
          GError **error)
{
  const Reading *reading = data;

  return read_about (db, reading, error) && read_months (db, reading, error)
         && read_sales (db, reading, error) && read_payouts (db, reading, error);
}

RungsPartnerPage *
rungs_partner_page_read (RungsDb *db,
                         gint64   partner,
                         gint64   now,
                         GError **error)
{
  g_autoptr (RungsPartnerPage) page = g_new0 (RungsPartnerPage, 1);
  Reading reading = { partner, now, page };

  g_return_val_if_fail (db != NULL, NULL);

  return rungs_db_read (db, read_all, &reading, error) ? g_steal_pointer (&page) : NULL;
}
