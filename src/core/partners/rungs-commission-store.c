/* rungs-commission-store.c: what orders earn partners, and the entries of the book that come of it.
 *
 * A line's entries carry its number, so that the book itself says how much of it is held, approved
 * and carried over. What is taken back comes out of these in that order: what cannot be paid yet,
 * what can, and what was paid, which the partner then owes. */

#include "partners/rungs-commission-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-rate.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-product.h"

static const char SQL_PARTNER[]
    = "SELECT coalesce (partner, 0) FROM referral WHERE sales_order = :id";

static const char SQL_LIST[]
    = "SELECT" COMMISSION_COLUMNS
      "FROM commission WHERE sales_order = :id ORDER BY order_line, via IS NOT NULL, partner";

/* One that is there already was that of another tier, or of another seller: it is what this is from
 * now on, but for its currency. What the book has of it stays known. */
static const char SQL_ADD[]
    = "INSERT INTO commission (order_line, partner, sales_order, currency, terms, share, fixed,"
      " hold_until, approved_at, via, recruiter, of_profit, cost, exchange, exchange_base,"
      " exchange_quote, exchange_day, no_rate_to, is_open)"
      " VALUES (:line, :partner, :order, :currency, :terms, :share, :fixed, :hold, :approved,"
      " :via, :recruiter, :of_profit, :cost, :exchange, :exchange_base, :exchange_quote,"
      " :exchange_day, nullif (:no_rate_to, ''), coalesce (:share, :fixed) > 0)"
      " ON CONFLICT (order_line, partner) DO UPDATE"
      "   SET terms = excluded.terms, share = excluded.share, fixed = excluded.fixed,"
      "       hold_until = excluded.hold_until, approved_at = excluded.approved_at,"
      "       via = excluded.via, recruiter = excluded.recruiter,"
      "       of_profit = excluded.of_profit, cost = excluded.cost";

static const char *const SQL_OPEN[]
    = EARNING_EACH ("UPDATE", "SET is_open = :open, is_unpaid = is_unpaid OR NOT :open"
                              " WHERE order_line = :line AND partner = :partner"
                              "   AND (is_open <> :open OR NOT (is_open OR is_unpaid))");

static const char SQL_PAID[]
    = "SELECT coalesce (sum (amount), 0) FROM paid_line"
      " WHERE order_line = :line AND partner = :partner AND currency = :currency";

static const char SQL_GONE[]
    = "SELECT DISTINCT c.sales_order FROM commission c"
      " WHERE NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.id = c.sales_order)";

/* What was paid of it once may come back, and is then to be paid, or set off, as it would be of any
 * other line: such a commission stays, of a line that earns nothing. */
static const char *const SQL_FORGET[] = {
  "DELETE FROM commission"
  " WHERE :id = 0 AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.id = commission.sales_order)"
  "   AND NOT EXISTS (SELECT 1 FROM payout_line l WHERE l.order_line = commission.order_line"
  "                      AND l.partner = commission.partner)",
  "DELETE FROM referral"
  " WHERE :id = 0 AND NOT EXISTS (SELECT 1 FROM sales_order o"
  "                                WHERE o.id = referral.sales_order)",
};

/* What the book has of a line, by state. Asked from the line on: a partner may have a million. In
 * its currency: the number may have been that of a line of an import that was taken back. */
static const char SQL_STATES[]
    = "SELECT a.state, sum (p.amount)"
      "  FROM journal j"
      "  CROSS JOIN posting p ON p.entry = j.id"
      "  CROSS JOIN ledger_account a ON a.id = p.account"
      " WHERE j.order_line = :line AND j.order_line <> 0 AND a.partner = :partner"
      "   AND j.currency = :currency"
      " GROUP BY a.state";

/* ---- by which share */

RungsStatement *
rungs_earning_prepare (RungsDb           *db,
                       const char *const  sql[2],
                       gint64             order_line,
                       GError           **error)
{
  return rungs_db_prepare (db, sql[order_line < 0], error);
}

gpointer
rungs_commission_read (RungsStatement *row)
{
  RungsCommission *commission = g_new0 (RungsCommission, 1);

  commission->order_line = rungs_statement_get_int64 (row, 0);
  commission->partner = rungs_statement_get_int64 (row, 1);
  commission->order = rungs_statement_get_int64 (row, 2);
  g_strlcpy (commission->own.currency, rungs_statement_get_text (row, 3),
             sizeof commission->own.currency);
  commission->terms = rungs_statement_get_int64 (row, 4);
  commission->share = rungs_statement_get_int64 (row, 5);
  commission->fixed = rungs_statement_get_int64 (row, 6);
  commission->hold_until = rungs_statement_get_int64 (row, 7);
  commission->approved_at = rungs_statement_get_int64 (row, 8);
  commission->via = rungs_statement_get_int64 (row, 9);
  commission->recruiter = rungs_statement_get_int64 (row, 10);
  commission->of_profit = rungs_statement_get_int64 (row, 11) != 0;
  commission->cost = rungs_statement_get_int64 (row, 12);
  rungs_exchange_rate_read (row, 13, &commission->own.exchange);
  g_strlcpy (commission->own.no_rate_to, rungs_statement_get_text (row, 17),
             sizeof commission->own.no_rate_to);
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
  rungs_statement_bind_text (add, ":currency", commission->own.currency);
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
  rungs_exchange_rate_bind (add, &commission->own.exchange);
  rungs_statement_bind_text (add, ":no_rate_to", commission->own.no_rate_to);
  return rungs_statement_run (add, error);
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

/* Of whom sold. `changed` (out): whether there are more of them now, or others. */
static gboolean
decide_lines (RungsDb   *db,
              gint64     order,
              gint64     partner,
              GArray    *lines,
              GPtrArray *known,
              gint64     now,
              gboolean  *changed,
              GError   **error)
{
  g_autoptr (RungsTermsVersion) version = NULL;

  *changed = FALSE;
  if (partner == 0 || lines->len == 0)
    return TRUE;
  if (!rungs_programme_find_terms (db, partner, g_array_index (lines, RungsCommissionLine, 0).at,
                                   &version, error))
    return FALSE;
  for (guint i = 0; i < lines->len && version != NULL; i++)
    {
      RungsCommissionLine *line = &g_array_index (lines, RungsCommissionLine, i);
      const RungsCommission *there = find_commission (known, line->id, partner);
      RungsCommission commission;

      line->sale.partner = partner;
      if (there != NULL && there->via == 0)
        continue;
      if (!rungs_commission_decide (db, order, line, version, now, &commission, error)
          || !add_commission (db, &commission, error))
        return FALSE;
      *changed = TRUE;
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
            gint64                 at,
            gint64                 now,
            GError               **error)
{
  g_autoptr (RungsTermsVersion) version = rungs_terms_version_load (db, sale->terms, error);
  RungsCommission commission;

  return version != NULL
         && rungs_commission_decide_second (db, sale, version->terms, at, now, &commission, error)
         && add_commission (db, &commission, error);
}

/* Of who recruited the one that sold. `changed` (out): as above. */
static gboolean
decide_second (RungsDb   *db,
               gint64     partner,
               GArray    *lines,
               GPtrArray *known,
               gint64     now,
               gboolean  *changed,
               GError   **error)
{
  *changed = FALSE;
  for (guint i = 0; i < known->len && lines->len > 0; i++)
    {
      gint64 at = g_array_index (lines, RungsCommissionLine, 0).at;
      const RungsCommission *sale = known->pdata[i];
      const RungsCommission *there = find_commission (known, sale->order_line, sale->recruiter);

      if (sale->recruiter == 0 || sale->partner != partner
          || (there != NULL && there->via == partner))
        continue;
      if (!add_second (db, sale, at, now, error))
        return FALSE;
      *changed = TRUE;
    }
  return TRUE;
}

/* Decides what was not decided yet. Returns: (transfer full) (element-type RungsCommission): all of
 * the order; NULL on error. */
static GPtrArray *
decide_all (RungsDb *db,
            gint64   order,
            gint64   partner,
            GArray  *lines,
            gint64   now,
            GError **error)
{
  g_autoptr (GPtrArray) known = rungs_commission_list_of_order (db, order, error);
  gboolean changed;

  if (known == NULL || !decide_lines (db, order, partner, lines, known, now, &changed, error))
    return NULL;
  if (changed)
    {
      g_ptr_array_unref (known);
      known = rungs_commission_list_of_order (db, order, error);
    }
  if (known == NULL || !decide_second (db, partner, lines, known, now, &changed, error))
    return NULL;
  return changed ? rungs_commission_list_of_order (db, order, error) : g_steal_pointer (&known);
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
  rungs_statement_bind_text (query, ":currency", commission->own.currency);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsLedgerState state;

      if (rungs_ledger_state_from_text (rungs_statement_get_text (query, 0), &state))
        states[state] = rungs_statement_get_int64 (query, 1);
    }
  return rungs_statement_done (query, error);
}

static void
add_words (GPtrArray *words,
           char      *more)
{
  if (more != NULL)
    g_ptr_array_add (words, more);
}

/* What a share of what, and what the base is of it. */
static void
add_share (GPtrArray                *words,
           const RungsCommission    *commission,
           const RungsCommissionDue *due)
{
  const char *sold = rungs_own_currency_get_sold (&commission->own);
  g_autofree char *base = rungs_money_format (rungs_money (due->base, sold));
  g_autofree char *costs = rungs_money_format (rungs_money (due->costs, sold));
  g_autofree char *share = rungs_rate_format (commission->share);

  add_words (words, g_strdup_printf (_ ("%s of %s"), share, base));
  if (due->is_before_discount)
    add_words (words, g_strdup (_ ("before the discount")));
  if (commission->of_profit)
    add_words (words, commission->cost != RUNGS_PRODUCT_UNSAID
                          ? g_strdup_printf (_ ("profit, after costs of %s"), costs)
                          : g_strdup (_ ("profit, of which no costs are known")));
}

/* A fixed amount says something only where it is told in another currency. */
static void
add_fixed (GPtrArray             *words,
           const RungsCommission *commission,
           gint64                 amount)
{
  g_autofree char *fixed = rungs_money_format (
      rungs_money (commission->fixed, rungs_own_currency_get_sold (&commission->own)));
  char *own = rungs_own_currency_dup_words (&commission->own, commission->fixed, RUNGS_RATE_WHOLE,
                                            amount);

  if (own != NULL)
    add_words (words, g_strdup_printf (_ ("fixed amount of %s"), fixed));
  add_words (words, own);
}

/* "50 % of 60.00 EUR · profit, after costs of 40.00 EUR · second tier · 30.00 EUR at 1 EUR = 1.08
 * USD of 2026-11-20: 32.40 USD": what there is of it. */
static char *
dup_words (const RungsCommission    *commission,
           const RungsCommissionDue *due)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  gboolean is_share = due != NULL && due->base != RUNGS_LEDGER_NO_BASE;

  if (due != NULL && due->words != NULL)
    return g_strdup (due->words);
  if (is_share)
    add_share (words, commission, due);
  if (commission->via != 0)
    add_words (words, g_strdup (_ ("second tier")));
  if (is_share)
    add_words (words, rungs_own_currency_dup_words (&commission->own, due->base, commission->share,
                                                    due->amount));
  else if (due != NULL && due->amount != 0)
    add_fixed (words, commission, due->amount);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (GStrv) words->pdata);
}

RungsLedgerEntry *
rungs_commission_entry (const RungsCommission    *commission,
                        RungsLedgerKind           kind,
                        gint64                    at,
                        const RungsCommissionDue *due)
{
  RungsLedgerEntry *entry = rungs_ledger_entry_new (kind, at, commission->own.currency);

  entry->order = commission->order;
  entry->order_line = commission->order_line;
  entry->terms = commission->terms;
  entry->base = due != NULL ? due->base : RUNGS_LEDGER_NO_BASE;
  entry->touch = due != NULL ? due->touch : 0;
  entry->rate = commission->share >= 0 ? commission->share : RUNGS_LEDGER_NO_RATE;
  entry->exchange = commission->own.exchange;
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
  rungs_statement_bind_text (query, ":currency", commission->own.currency);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  *paid = rungs_statement_get_int64 (query, 0);
  return TRUE;
}

/* Takes `amount` back. */
static gboolean
post_reversal (RungsLedgerEntry *entry,
               gint64            partner,
               const gint64     *states,
               gint64            paid,
               gint64            amount,
               GError          **error)
{
  gint64 held, approved, carried;

  rungs_commission_split (states, paid, amount, &held, &approved, &carried);
  return rungs_ledger_entry_post (entry, partner, RUNGS_LEDGER_EXPENSE, -amount, error)
         && rungs_ledger_entry_post (entry, partner, RUNGS_LEDGER_HELD, held, error)
         && rungs_ledger_entry_post (entry, partner, RUNGS_LEDGER_APPROVED, approved, error)
         && rungs_ledger_entry_post (entry, partner, RUNGS_LEDGER_CARRIED, carried, error);
}

gboolean
rungs_commission_set_open (RungsDb               *db,
                           const RungsCommission *commission,
                           gboolean               is_open,
                           GError               **error)
{
  g_autoptr (RungsStatement) set
      = rungs_earning_prepare (db, SQL_OPEN, commission->order_line, error);

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

  *cleared = 0;
  if (states[RUNGS_LEDGER_CARRIED] <= 0)
    return TRUE;
  if (!rungs_ledger_balance (db, commission->partner, RUNGS_LEDGER_CARRIED,
                             commission->own.currency, &carried, error))
    return FALSE;
  *cleared = MIN (most, MIN (states[RUNGS_LEDGER_CARRIED], carried));
  return TRUE;
}

/* Books `difference` more (below 0: less). What the partner owes of this line is not owed any more,
 * as far as it goes; the rest is held until its time has come, but for a bonus. */
static gboolean
book (RungsDb                  *db,
      const RungsCommission    *commission,
      const RungsCommissionDue *due,
      const gint64             *states,
      gint64                    difference,
      gint64                    now,
      GError                  **error)
{
  gint64 cleared = 0;
  gboolean is_held = due->kind != RUNGS_LEDGER_BONUS;
  RungsLedgerKind kind = due->kind;
  g_autoptr (RungsLedgerEntry) entry = NULL;
  gint64 partner = commission->partner;
  gint64 paid = 0;

  if (difference < 0 ? !rungs_commission_load_paid (db, commission, &paid, error)
                     : !count_cleared (db, commission, states, difference, &cleared, error))
    return FALSE;
  if (difference < 0)
    kind = RUNGS_LEDGER_REVERSAL;
  else if (cleared > 0)
    kind = RUNGS_LEDGER_CLEARANCE;
  entry = rungs_commission_entry (commission, kind, now, due);
  if (difference < 0
          ? !post_reversal (entry, partner, states, paid, -difference, error)
          : (!rungs_ledger_entry_move (entry, partner, RUNGS_LEDGER_EXPENSE,
                                       is_held ? RUNGS_LEDGER_HELD : RUNGS_LEDGER_APPROVED,
                                       difference - cleared, error)
             || !rungs_ledger_entry_move (entry, partner, RUNGS_LEDGER_EXPENSE,
                                          RUNGS_LEDGER_CARRIED, cleared, error)))
    return FALSE;
  return rungs_ledger_add (db, entry, now, error) != 0
         && (difference <= cleared || rungs_commission_set_open (db, commission, is_held, error));
}

gboolean
rungs_commission_book (RungsDb                  *db,
                       const RungsCommission    *commission,
                       const RungsCommissionDue *due,
                       gint64                    now,
                       GError                  **error)
{
  gint64 states[RUNGS_LEDGER_N_STATES];
  gint64 difference;

  if (!rungs_commission_load_states (db, commission, states, error))
    return FALSE;
  difference = due->amount - states[RUNGS_LEDGER_EXPENSE];
  return difference == 0 || book (db, commission, due, states, difference, now, error);
}

static gboolean
settle_one (RungsDb                    *db,
            const RungsCommission      *commission,
            const RungsCommissionLine  *line,
            gint64                      now,
            GError                    **error)
{
  g_autoptr (RungsTermsVersion) version = rungs_terms_version_load (db, commission->terms, error);
  RungsCommissionDue due;

  return version != NULL
         && rungs_commission_count_due (commission, line, version->terms, &due, error)
         && rungs_commission_book (db, commission, &due, now, error);
}

static const RungsCommissionLine *
find_line (GArray *lines,
           gint64  id)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, RungsCommissionLine, i).id == id)
      return &g_array_index (lines, RungsCommissionLine, i);
  return NULL;
}

gboolean
rungs_commission_settle (RungsDb *db,
                         gint64   order,
                         gint64   now,
                         GError **error)
{
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GPtrArray) commissions = NULL;
  gint64 partner;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_PARTNER, order, 0, &partner, error))
    return FALSE;
  lines = rungs_commission_read_lines (db, order, error);
  commissions = lines != NULL ? decide_all (db, order, partner, lines, now, error) : NULL;
  for (guint i = 0; commissions != NULL && i < commissions->len; i++)
    {
      const RungsCommission *commission = commissions->pdata[i];
      const RungsCommissionLine *line = counts (commission, commissions, partner)
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
