/* rungs-commission-store.c: what orders earn partners, and the entries of the book that come of it.
 *
 * A line's entries carry its number, so that the book itself says how much of it is held, approved
 * and carried over. What is taken back comes out of these in that order: what cannot be paid yet,
 * what can, and what was paid, which the partner then owes. */

#include "partners/rungs-commission-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-product.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* With when the buyer first bought the product, and how many orders came before. */
static const char SQL_LINES[]
    = "SELECT l.id, l.product, l.quantity, l.amount,"
      "       coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = l.id), 0),"
      "       EXISTS (SELECT 1 FROM refund_line r WHERE r.order_line = l.id),"
      "       o.at, o.currency, o.lead, p.refund_days, p.period_months,"
      "       coalesce (p.affiliate_rate, -1),"
      "       (SELECT count (*) FROM sales_order e"
      "         WHERE e.lead = o.lead AND (e.at, e.id) < (o.at, o.id)),"
      "       (SELECT min (e.at) FROM sales_order e JOIN order_line f ON f.sales_order = e.id"
      "         WHERE e.lead = o.lead AND f.product = l.product),"
      "       coalesce (p.cost, -1), p.currency"
      "  FROM sales_order o"
      "  JOIN order_line l ON l.sales_order = o.id"
      "  JOIN product p ON p.id = l.product"
      " WHERE o.id = :id ORDER BY l.id";

static const char SQL_PARTNER[]
    = "SELECT coalesce (partner, 0) FROM referral WHERE sales_order = :id";

/* Who recruited the partner, and had not ended then. */
static const char SQL_RECRUITER[]
    = "SELECT r.id FROM partner p JOIN partner r ON r.id = p.recruited_by"
      " WHERE p.id = :id AND (r.ended_at IS NULL OR r.ended_at > :at)";

static const char SQL_LIST[]
    = "SELECT" COMMISSION_COLUMNS
      "FROM commission WHERE sales_order = :id ORDER BY order_line, partner";

/* One that is there already was that of another tier, or of another seller: it is what this is from
 * now on. What the book has of it stays known. */
static const char SQL_ADD[]
    = "INSERT INTO commission (order_line, partner, sales_order, currency, terms, share, fixed,"
      " hold_until, approved_at, via, recruiter, of_profit, cost)"
      " VALUES (:line, :partner, :order, :currency, :terms, :share, :fixed, :hold, :approved,"
      " :via, :recruiter, :of_profit, :cost)"
      " ON CONFLICT (order_line, partner) DO UPDATE"
      "   SET terms = excluded.terms, share = excluded.share, fixed = excluded.fixed,"
      "       hold_until = excluded.hold_until, approved_at = excluded.approved_at,"
      "       via = excluded.via, recruiter = excluded.recruiter,"
      "       of_profit = excluded.of_profit, cost = excluded.cost";

static const char SQL_OPEN[]
    = "UPDATE commission SET is_open = :open, is_unpaid = is_unpaid OR NOT :open"
      " WHERE order_line = :line AND partner = :partner";

static const char SQL_PAID[]
    = "SELECT coalesce (sum (amount), 0) FROM paid_line"
      " WHERE order_line = :line AND partner = :partner";

static const char SQL_GONE[]
    = "SELECT DISTINCT c.sales_order FROM commission c"
      " WHERE NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.id = c.sales_order)";

static const char *const SQL_FORGET[] = {
  "DELETE FROM commission"
  " WHERE :id = 0 AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.id = commission.sales_order)",
  "DELETE FROM referral"
  " WHERE :id = 0 AND NOT EXISTS (SELECT 1 FROM sales_order o"
  "                                WHERE o.id = referral.sales_order)",
};

/* What the book has of a line, by state. */
static const char SQL_STATES[]
    = "SELECT a.state, sum (p.amount)"
      "  FROM journal j"
      "  JOIN posting p ON p.entry = j.id"
      "  JOIN ledger_account a ON a.id = p.account"
      " WHERE j.order_line = :line AND j.order_line <> 0 AND a.partner = :partner"
      " GROUP BY a.state";

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

typedef struct
{
  gint64 id;
  gint64 quantity;
  gint64 amount;        /* that was paid for it … */
  gint64 kept;          /* … and what of that was */
  gboolean is_back;     /* given back whole */
  gint64 at;
  gint64 refund_days;
  RungsMoney cost;      /* of one piece, or RUNGS_PRODUCT_UNSAID */
  RungsTermsSale sale;  /* without the partner */
} Line;

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

static Line
read_line (RungsStatement *row)
{
  gint64 amount = rungs_statement_get_int64 (row, 3);
  gint64 back = rungs_statement_get_int64 (row, 4);
  gint64 first_at = rungs_statement_get_int64 (row, 13);
  Line line = {
    .id = rungs_statement_get_int64 (row, 0),
    .quantity = rungs_statement_get_int64 (row, 2),
    .amount = amount,
    .kept = amount - back,
    .is_back = rungs_statement_get_int64 (row, 5) != 0 && back >= amount,
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

/* Returns: (transfer full) (element-type Line). */
static GArray *
read_lines (RungsDb *db,
            gint64   order,
            GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LINES, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", order);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Line line = read_line (query);

      g_array_append_val (lines, line);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&lines) : NULL;
}

/* ---- by which share */

gpointer
rungs_commission_read (RungsStatement *row)
{
  RungsCommission *commission = g_new0 (RungsCommission, 1);

  commission->order_line = rungs_statement_get_int64 (row, 0);
  commission->partner = rungs_statement_get_int64 (row, 1);
  commission->order = rungs_statement_get_int64 (row, 2);
  g_strlcpy (commission->currency, rungs_statement_get_text (row, 3), sizeof commission->currency);
  commission->terms = rungs_statement_get_int64 (row, 4);
  commission->share = rungs_statement_get_int64 (row, 5);
  commission->fixed = rungs_statement_get_int64 (row, 6);
  commission->hold_until = rungs_statement_get_int64 (row, 7);
  commission->approved_at = rungs_statement_get_int64 (row, 8);
  commission->via = rungs_statement_get_int64 (row, 9);
  commission->recruiter = rungs_statement_get_int64 (row, 10);
  commission->of_profit = rungs_statement_get_int64 (row, 11) != 0;
  commission->cost = rungs_statement_get_int64 (row, 12);
  return commission;
}

GPtrArray *
rungs_commission_list_of_order (RungsDb *db,
                                gint64   order,
                                GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", order);
  return rungs_record_list (query, rungs_commission_read, g_free, error);
}

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
count_sold (RungsDb              *db,
            gint64                order,
            const Line           *line,
            const RungsTermsRate *rate,
            const RungsTerms     *terms,
            gint64               *sold,
            GError              **error)
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
add_commission (RungsDb               *db,
                const RungsCommission *commission,
                GError               **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  gboolean is_fixed = commission->share == RUNGS_TERMS_NO_SHARE;

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":line", commission->order_line);
  rungs_statement_bind_int64 (add, ":partner", commission->partner);
  rungs_statement_bind_int64 (add, ":order", commission->order);
  rungs_statement_bind_text (add, ":currency", commission->currency);
  rungs_statement_bind_int64 (add, ":terms", commission->terms);
  rungs_statement_bind_int64 (add, is_fixed ? ":fixed" : ":share",
                              is_fixed ? commission->fixed : commission->share);
  rungs_statement_bind_null (add, is_fixed ? ":share" : ":fixed");
  rungs_statement_bind_int64 (add, ":hold", commission->hold_until);
  rungs_statement_bind_id (add, ":approved", commission->approved_at);
  rungs_statement_bind_id (add, ":via", commission->via);
  rungs_statement_bind_id (add, ":recruiter", commission->recruiter);
  rungs_statement_bind_int64 (add, ":of_profit", commission->of_profit);
  if (commission->cost == RUNGS_PRODUCT_UNSAID)
    rungs_statement_bind_null (add, ":cost");
  else
    rungs_statement_bind_int64 (add, ":cost", commission->cost);
  return rungs_statement_run (add, error);
}

static gboolean
count_pieces (gint64       of_one,
              const Line  *line,
              gint64      *sum,
              GError     **error)
{
  if (rungs_money_times (of_one, line->quantity, 1, sum))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the sum is too large"));
  return FALSE;
}

/* What all pieces of a line cost, in the order's currency at the rate of its day. `cost` (out):
 * RUNGS_PRODUCT_UNSAID where nobody has said it, or there was no such rate. */
static gboolean
count_cost (RungsDb     *db,
            const Line  *line,
            gint64      *cost,
            GError     **error)
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
find_recruiter (RungsDb           *db,
                const Line        *line,
                const RungsTerms  *terms,
                gint64            *recruiter,
                GError           **error)
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

/* Decides what a line earns, if anything. */
static gboolean
decide_line (RungsDb           *db,
             gint64             order,
             Line              *line,
             RungsTermsVersion *version,
             gint64             now,
             GError           **error)
{
  const RungsTermsRate *rate = rungs_terms_find (version->terms, &line->sale);
  RungsCommission commission
      = { .order_line = line->id, .partner = line->sale.partner, .order = order,
          .terms = version->id, .cost = RUNGS_PRODUCT_UNSAID };
  gint64 sold = 0;

  if (rate == NULL)
    return TRUE;
  if (rate->pay == RUNGS_TERMS_TIERS
      && !count_sold (db, order, line, rate, version->terms, &sold, error))
    return FALSE;
  commission.share = rungs_terms_rate_get_share (rate, &line->sale, sold);
  commission.of_profit = rate->pay == RUNGS_TERMS_PROFIT;
  if (rate->pay != RUNGS_TERMS_FIXED && commission.share == RUNGS_TERMS_NO_SHARE)
    return TRUE;
  g_strlcpy (commission.currency, line->sale.currency, sizeof commission.currency);
  commission.hold_until
      = line->at + MAX (version->terms->hold_days, line->refund_days) * DAY;
  commission.approved_at = version->terms->by_hand ? 0 : now;
  return (rate->pay != RUNGS_TERMS_FIXED
          || count_pieces (rate->fixed.minor, line, &commission.fixed, error))
         && (!commission.of_profit || count_cost (db, line, &commission.cost, error))
         && find_recruiter (db, line, version->terms, &commission.recruiter, error)
         && add_commission (db, &commission, error);
}

static const RungsCommission *
find_commission (GPtrArray *commissions,
                 gint64     line,
                 gint64     partner)
{
  for (guint i = 0; i < commissions->len; i++)
    {
      const RungsCommission *commission = commissions->pdata[i];

      if (commission->order_line == line && commission->partner == partner)
        return commission;
    }
  return NULL;
}

/* Of whom sold. */
static gboolean
decide_lines (RungsDb   *db,
              gint64     order,
              gint64     partner,
              GArray    *lines,
              GPtrArray *known,
              gint64     now,
              GError   **error)
{
  g_autoptr (RungsTermsVersion) version = NULL;

  if (partner == 0 || lines->len == 0)
    return TRUE;
  if (!rungs_programme_find_terms (db, partner, g_array_index (lines, Line, 0).at, &version, error))
    return FALSE;
  for (guint i = 0; i < lines->len && version != NULL; i++)
    {
      Line *line = &g_array_index (lines, Line, i);
      const RungsCommission *there = find_commission (known, line->id, partner);

      line->sale.partner = partner;
      if ((there == NULL || there->via != 0)
          && !decide_line (db, order, line, version, now, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether the commission is one of an order that is credited to the partner `seller`. */
static gboolean
counts (const RungsCommission *commission,
        GPtrArray             *commissions,
        gint64                 seller)
{
  const RungsCommission *sale;

  if (commission->via == 0)
    return commission->partner == seller;
  if (commission->via != seller)
    return FALSE;
  sale = find_commission (commissions, commission->order_line, seller);
  return sale != NULL && sale->via == 0 && sale->recruiter == commission->partner;
}

static gboolean
add_second (RungsDb               *db,
            const RungsCommission *sale,
            gint64                 now,
            GError               **error)
{
  g_autoptr (RungsTermsVersion) version = rungs_terms_version_load (db, sale->terms, error);
  RungsCommission commission = *sale;

  if (version == NULL)
    return FALSE;
  commission.partner = sale->recruiter;
  commission.via = sale->partner;
  commission.recruiter = 0;
  commission.share = version->terms->second;
  commission.approved_at = version->terms->by_hand ? 0 : now;
  return add_commission (db, &commission, error);
}

/* Of who recruited the one that sold. */
static gboolean
decide_second (RungsDb   *db,
               gint64     partner,
               GPtrArray *known,
               gint64     now,
               GError   **error)
{
  for (guint i = 0; i < known->len; i++)
    {
      const RungsCommission *sale = known->pdata[i];
      const RungsCommission *there = find_commission (known, sale->order_line, sale->recruiter);

      if (sale->recruiter != 0 && sale->partner == partner
          && (there == NULL || there->via != partner) && !add_second (db, sale, now, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- what it comes to */

gboolean
rungs_commission_load_states (RungsDb               *db,
                              const RungsCommission *commission,
                              gint64                 states[RUNGS_LEDGER_N_STATES],
                              GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_STATES, error);

  if (query == NULL)
    return FALSE;
  memset (states, 0, RUNGS_LEDGER_N_STATES * sizeof *states);
  rungs_statement_bind_int64 (query, ":line", commission->order_line);
  rungs_statement_bind_int64 (query, ":partner", commission->partner);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsLedgerState state;

      if (rungs_ledger_state_from_text (rungs_statement_get_text (query, 0), &state))
        states[state] = rungs_statement_get_int64 (query, 1);
    }
  return rungs_statement_done (query, error);
}

/* What a commission should come to by now. `line` (nullable): it is gone, or somebody else's. */
static gboolean
count_due (RungsDb               *db,
           const RungsCommission *commission,
           const Line            *line,
           RungsCommissionDue    *due,
           GError               **error)
{
  g_autoptr (RungsTermsVersion) version = NULL;
  gint64 cost = MAX (commission->cost, 0);
  RungsMoney share;

  *due = (RungsCommissionDue){ .base = RUNGS_LEDGER_NO_BASE };
  if (line == NULL || commission->share < 0)
    {
      due->amount = line != NULL && !line->is_back ? commission->fixed : 0;
      return TRUE;
    }
  version = rungs_terms_version_load (db, commission->terms, error);
  if (version == NULL
      || !(commission->of_profit
               ? rungs_terms_profit (version->terms, line->kept, line->amount, cost, &due->base,
                                     &due->costs, error)
               : rungs_terms_base (version->terms, line->kept, &due->base, error))
      || !rungs_money_share (rungs_money (due->base, commission->currency), commission->share,
                             &share, error))
    return FALSE;
  due->amount = share.minor;
  return TRUE;
}

/* "50 % of 60.00 EUR · profit, after costs of 40.00 EUR · second tier": what there is of it. */
static char *
dup_words (const RungsCommission    *commission,
           const RungsCommissionDue *due)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *currency = commission->currency;

  if (due != NULL && due->base != RUNGS_LEDGER_NO_BASE)
    {
      g_autofree char *base = rungs_money_format (rungs_money (due->base, currency));
      g_autofree char *costs = rungs_money_format (rungs_money (due->costs, currency));
      g_autofree char *share = rungs_rate_format (commission->share);

      g_ptr_array_add (words, g_strdup_printf (_ ("%s of %s"), share, base));
      if (commission->of_profit)
        g_ptr_array_add (words, commission->cost != RUNGS_PRODUCT_UNSAID
                                    ? g_strdup_printf (_ ("profit, after costs of %s"), costs)
                                    : g_strdup (_ ("profit, of which no costs are known")));
    }
  if (commission->via != 0)
    g_ptr_array_add (words, g_strdup (_ ("second tier")));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (GStrv) words->pdata);
}

RungsLedgerEntry *
rungs_commission_entry (const RungsCommission    *commission,
                        RungsLedgerKind           kind,
                        gint64                    at,
                        const RungsCommissionDue *due)
{
  RungsLedgerEntry *entry = rungs_ledger_entry_new (kind, at, commission->currency);

  entry->order = commission->order;
  entry->order_line = commission->order_line;
  entry->terms = commission->terms;
  entry->base = due != NULL ? due->base : RUNGS_LEDGER_NO_BASE;
  entry->rate = commission->share >= 0 ? commission->share : RUNGS_LEDGER_NO_RATE;
  g_free (entry->words);
  entry->words = dup_words (commission, due);
  return entry;
}

gboolean
rungs_commission_load_paid (RungsDb               *db,
                            const RungsCommission *commission,
                            gint64                *paid,
                            GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PAID, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":line", commission->order_line);
  rungs_statement_bind_int64 (query, ":partner", commission->partner);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  *paid = rungs_statement_get_int64 (query, 0);
  return TRUE;
}

/* Takes `amount` back: out of what is held, then what is approved, then what was paid. */
static gboolean
post_reversal (RungsLedgerEntry *entry,
               gint64            partner,
               const gint64     *states,
               gint64            paid,
               gint64            amount,
               GError          **error)
{
  gint64 held = MIN (amount, -states[RUNGS_LEDGER_HELD]);
  gint64 approved = MIN (amount - held, -states[RUNGS_LEDGER_APPROVED] - paid);

  return rungs_ledger_entry_post (entry, partner, RUNGS_LEDGER_EXPENSE, -amount, error)
         && rungs_ledger_entry_post (entry, partner, RUNGS_LEDGER_HELD, held, error)
         && rungs_ledger_entry_post (entry, partner, RUNGS_LEDGER_APPROVED, approved, error)
         && rungs_ledger_entry_post (entry, partner, RUNGS_LEDGER_CARRIED,
                                     amount - held - approved, error);
}

gboolean
rungs_commission_set_open (RungsDb               *db,
                           const RungsCommission *commission,
                           gboolean               is_open,
                           GError               **error)
{
  g_autoptr (RungsStatement) set = rungs_db_prepare (db, SQL_OPEN, error);

  if (set == NULL)
    return FALSE;
  rungs_statement_bind_int64 (set, ":open", is_open);
  rungs_statement_bind_int64 (set, ":line", commission->order_line);
  rungs_statement_bind_int64 (set, ":partner", commission->partner);
  return rungs_statement_run (set, error);
}

/* What the partner still owes of this line, of `most`: what was set off since is not owed. */
static gboolean
count_cleared (RungsDb               *db,
               const RungsCommission *commission,
               const gint64          *states,
               gint64                 most,
               gint64                *cleared,
               GError               **error)
{
  gint64 carried;

  if (!rungs_ledger_balance (db, commission->partner, RUNGS_LEDGER_CARRIED, commission->currency,
                             &carried, error))
    return FALSE;
  *cleared = MIN (most, MIN (MAX (states[RUNGS_LEDGER_CARRIED], 0), carried));
  return TRUE;
}

/* Books what it comes to more, or less, than the book has. What the partner owes of this line is
 * not owed any more, as far as it goes; the rest is held until its time has come. */
static gboolean
book (RungsDb                  *db,
      const RungsCommission    *commission,
      const gint64             *states,
      const RungsCommissionDue *due,
      gint64                    now,
      GError                  **error)
{
  gint64 difference = due->amount - states[RUNGS_LEDGER_EXPENSE];
  gint64 cleared = 0;
  RungsLedgerKind kind = RUNGS_LEDGER_ACCRUAL;
  g_autoptr (RungsLedgerEntry) entry = NULL;
  gint64 partner = commission->partner;
  gint64 paid;

  if (!rungs_commission_load_paid (db, commission, &paid, error)
      || (difference > 0 && !count_cleared (db, commission, states, difference, &cleared, error)))
    return FALSE;
  if (difference < 0)
    kind = RUNGS_LEDGER_REVERSAL;
  else if (cleared > 0)
    kind = RUNGS_LEDGER_CLEARANCE;
  entry = rungs_commission_entry (commission, kind, now, due);
  if (difference < 0
          ? !post_reversal (entry, partner, states, paid, -difference, error)
          : (!rungs_ledger_entry_move (entry, partner, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD,
                                       difference - cleared, error)
             || !rungs_ledger_entry_move (entry, partner, RUNGS_LEDGER_EXPENSE,
                                          RUNGS_LEDGER_CARRIED, cleared, error)))
    return FALSE;
  return rungs_ledger_add (db, entry, now, error) != 0
         && (difference <= cleared || rungs_commission_set_open (db, commission, TRUE, error));
}

static gboolean
settle_one (RungsDb               *db,
            const RungsCommission *commission,
            const Line            *line,
            gint64                 now,
            GError               **error)
{
  gint64 states[RUNGS_LEDGER_N_STATES];
  RungsCommissionDue due;

  return rungs_commission_load_states (db, commission, states, error)
         && count_due (db, commission, line, &due, error)
         && (due.amount == states[RUNGS_LEDGER_EXPENSE]
             || book (db, commission, states, &due, now, error));
}

static const Line *
find_line (GArray *lines,
           gint64  id)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, Line, i).id == id)
      return &g_array_index (lines, Line, i);
  return NULL;
}

gboolean
rungs_commission_settle (RungsDb *db,
                         gint64   order,
                         gint64   now,
                         GError **error)
{
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GPtrArray) known = NULL, commissions = NULL;
  gint64 partner;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_PARTNER, order, 0, &partner, error))
    return FALSE;
  known = rungs_commission_list_of_order (db, order, error);
  lines = known != NULL ? read_lines (db, order, error) : NULL;
  if (lines == NULL || !decide_lines (db, order, partner, lines, known, now, error))
    return FALSE;
  g_clear_pointer (&known, g_ptr_array_unref);
  known = rungs_commission_list_of_order (db, order, error);
  if (known == NULL || !decide_second (db, partner, known, now, error))
    return FALSE;
  commissions = rungs_commission_list_of_order (db, order, error);
  for (guint i = 0; commissions != NULL && i < commissions->len; i++)
    {
      const RungsCommission *commission = commissions->pdata[i];
      const Line *line = counts (commission, commissions, partner)
                             ? find_line (lines, commission->order_line)
                             : NULL;

      if (!settle_one (db, commission, line, now, error))
        return FALSE;
    }
  return commissions != NULL;
}

gboolean
rungs_commissions_forget_gone (RungsDb *db,
                               gint64   now,
                               GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GArray) gone = NULL;
  gboolean done = TRUE;

  g_return_val_if_fail (db != NULL, FALSE);

  query = rungs_db_prepare (db, SQL_GONE, error);
  gone = rungs_record_ids (query, error);
  for (guint i = 0; gone != NULL && i < gone->len && done; i++)
    done = rungs_commission_settle (db, g_array_index (gone, gint64, i), now, error);
  for (guint i = 0; i < G_N_ELEMENTS (SQL_FORGET) && done; i++)
    done = rungs_record_run (db, SQL_FORGET[i], 0, error);
  return gone != NULL && done;
}
