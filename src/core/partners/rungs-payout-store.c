/* rungs-payout-store.c: partners are paid. */

#include "partners/rungs-payout-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "partners/rungs-commission-private.h"
#include "partners/rungs-self-invoice-store.h"

/* Lines of which something may be paid, by partner. The book says how much. An order that is gone
 * is of no time: what came back of what was paid for it may be paid with any other. */
static const char SQL_LINES[]
    = "SELECT c.order_line, c.partner,"
      "       -coalesce ((SELECT sum (p.amount)"
      "                     FROM journal j CROSS JOIN posting p ON p.entry = j.id"
      "                     CROSS JOIN ledger_account a ON a.id = p.account"
      "                    WHERE j.order_line = c.order_line AND j.order_line <> 0"
      "                      AND a.partner = c.partner AND a.state = 'approved'"
      "                      AND a.currency = c.currency), 0)"
      "       - coalesce ((SELECT sum (l.amount) FROM paid_line l"
      "                     WHERE l.order_line = c.order_line AND l.partner = c.partner"
      "                       AND l.currency = c.currency), 0)"
      "  FROM earning c"
      " WHERE c.is_unpaid AND c.currency = :currency"
      "   AND coalesce (c.at, :until) BETWEEN :from AND :until"
      " ORDER BY c.partner, c.order_line";

static const char SQL_ADD[]
    = "INSERT INTO payout (currency, from_at, until_at, made_at)"
      " VALUES (:currency, nullif (:from, 0), :until, :now)";

static const char SQL_ADD_ITEM[]
    = "INSERT INTO payout_item (payout, partner, approved, set_off)"
      " VALUES (:payout, :partner, :approved, :set_off)";

static const char SQL_ADD_LINE[]
    = "INSERT INTO payout_line (order_line, partner, payout, amount)"
      " VALUES (:line, :partner, :payout, :amount)";

static const char *const SQL_PAY_LINE[]
    = EARNING_EACH ("UPDATE", "SET is_unpaid = 0"
                              " WHERE order_line = :line AND partner = :partner");

static const char *const SQL_FREE_LINES[] = EARNING_EACH (
    "UPDATE",
    "SET is_unpaid = 1"
    " WHERE (order_line, partner) IN (SELECT l.order_line, l.partner FROM payout_line l"
    "                                  WHERE l.payout = :payout AND l.partner = :partner)");

static const char SQL_ITEMS[]
    = "SELECT payout, partner, approved, set_off, state, ended_at FROM payout_item"
      " WHERE payout = :payout AND (:partner = 0 OR partner = :partner) ORDER BY partner";

static const char SQL_MARK[] = "UPDATE payout_item SET state = :state, ended_at = :now"
                               " WHERE payout = :payout AND partner = :partner";

#define COLUMNS                                                                                    \
  " p.id, p.currency, p.until_at, p.made_at, count (*), p.from_at,"                                \
  " coalesce (sum (i.approved - i.set_off) FILTER (WHERE i.state IN ('payable', 'paid')), 0) "
#define FROM "FROM payout p JOIN payout_item i ON i.payout = p.id "

static const char SQL_LOAD[] = "SELECT" COLUMNS FROM "WHERE p.id = :id GROUP BY p.id";

static const char SQL_LIST[] = "SELECT" COLUMNS FROM "GROUP BY p.id ORDER BY p.id DESC";

static const char *const STATES[] = { "payable", "paid", "failed", "returned" };

const char *
rungs_payout_state_to_text (RungsPayoutState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (STATES), NULL);

  return STATES[state];
}

gboolean
rungs_payout_state_from_text (const char       *text,
                              RungsPayoutState *state)
{
  return rungs_names_find (STATES, G_N_ELEMENTS (STATES), text, state);
}

/* ---- who would get what */

typedef struct
{
  gint64 id;
  gint64 partner;
  gint64 amount;
} Line;

/* All that could be in it. */
typedef struct
{
  GArray *lines; /* (owned) (element-type Line) by partner */
  GArray *items; /* (owned) (element-type RungsPayoutItem) who gets something */
  GArray *waits; /* (owned) the same, of who does not */
} Draft;

static void
draft_clear (Draft *draft)
{
  g_clear_pointer (&draft->lines, g_array_unref);
  g_clear_pointer (&draft->items, g_array_unref);
  g_clear_pointer (&draft->waits, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

/* Returns: (transfer full) (nullable): whose lines are wanted, gint64 ids; NULL: all. */
static GHashTable *
find_wanted (const RungsPayoutRequest *request)
{
  GHashTable *wanted;

  if (request->partners == NULL)
    return NULL;
  wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < request->partners->len; i++)
    g_hash_table_add (wanted, &g_array_index (request->partners, gint64, i));
  return wanted;
}

static gboolean
read_lines (RungsDb                  *db,
            const RungsPayoutRequest *request,
            GArray                   *lines,
            GError                  **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GHashTable) wanted = find_wanted (request);

  if (request->from > request->until)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("it ends before it begins"));
      return FALSE;
    }
  query = rungs_db_prepare (db, SQL_LINES, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":currency", request->currency);
  rungs_statement_bind_int64 (query, ":from", request->from != 0 ? request->from : G_MININT64);
  rungs_statement_bind_int64 (query, ":until", request->until);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Line line = { rungs_statement_get_int64 (query, 0), rungs_statement_get_int64 (query, 1),
                    rungs_statement_get_int64 (query, 2) };

      if (line.amount > 0
          && (wanted == NULL || g_hash_table_contains (wanted, &line.partner)))
        g_array_append_val (lines, line);
    }
  return rungs_statement_done (query, error);
}

/* Puts a partner among those who are paid, or those who wait. */
static gboolean
add_partner (RungsDb                  *db,
             const RungsPayoutRequest *request,
             RungsPayoutItem          *item,
             Draft                    *draft,
             GError                  **error)
{
  gint64 carried, amount;

  if (!rungs_ledger_balance (db, item->partner, RUNGS_LEDGER_CARRIED, request->currency, &carried,
                             error))
    return FALSE;
  item->set_off = MIN (item->approved, carried);
  amount = item->approved - item->set_off;
  g_array_append_vals (amount > 0 && amount >= request->minimum ? draft->items : draft->waits, item,
                       1);
  return TRUE;
}

static gboolean
draft_payout (RungsDb                  *db,
              const RungsPayoutRequest *request,
              Draft                    *draft,
              GError                  **error)
{
  guint next = 0;

  draft->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  draft->items = g_array_new (FALSE, FALSE, sizeof (RungsPayoutItem));
  draft->waits = g_array_new (FALSE, FALSE, sizeof (RungsPayoutItem));
  if (!read_lines (db, request, draft->lines, error))
    return FALSE;
  while (next < draft->lines->len)
    {
      RungsPayoutItem item = { .partner = g_array_index (draft->lines, Line, next).partner };

      for (; next < draft->lines->len
             && g_array_index (draft->lines, Line, next).partner == item.partner;
           next++)
        item.approved += g_array_index (draft->lines, Line, next).amount;
      if (!add_partner (db, request, &item, draft, error))
        return FALSE;
    }
  return TRUE;
}

GArray *
rungs_payout_preview (RungsDb                  *db,
                      const RungsPayoutRequest *request,
                      GArray                  **waits,
                      GError                  **error)
{
  g_auto (Draft) draft = { NULL };

  g_return_val_if_fail (db != NULL && request != NULL, NULL);

  if (!draft_payout (db, request, &draft, error))
    return NULL;
  if (waits != NULL)
    *waits = g_steal_pointer (&draft.waits);
  return g_steal_pointer (&draft.items);
}

/* ---- making it */

/* An entry about a partner of a payout. */
static RungsLedgerEntry *
entry_of (gint64           payout,
          RungsLedgerKind  kind,
          const char      *currency,
          gint64           now)
{
  RungsLedgerEntry *entry = rungs_ledger_entry_new (kind, now, currency);

  entry->payout = payout;
  return entry;
}

static gboolean
book_item (RungsDb               *db,
           gint64                 payout,
           const RungsPayoutItem *item,
           const char            *currency,
           gint64                 now,
           GError               **error)
{
  g_autoptr (RungsLedgerEntry) pay = entry_of (payout, RUNGS_LEDGER_PAYOUT, currency, now);
  g_autoptr (RungsLedgerEntry) set_off = entry_of (payout, RUNGS_LEDGER_SET_OFF, currency, now);

  if (!rungs_ledger_entry_move (pay, item->partner, RUNGS_LEDGER_APPROVED, RUNGS_LEDGER_PAYABLE,
                                item->approved, error)
      || rungs_ledger_add (db, pay, now, error) == 0)
    return FALSE;
  return item->set_off == 0
         || (rungs_ledger_entry_move (set_off, item->partner, RUNGS_LEDGER_PAYABLE,
                                      RUNGS_LEDGER_CARRIED, item->set_off, error)
             && rungs_ledger_add (db, set_off, now, error) != 0);
}

static gboolean
add_line (RungsDb    *db,
          gint64      payout,
          const Line *line,
          GError    **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_LINE, error);
  g_autoptr (RungsStatement) pay
      = add != NULL ? rungs_earning_prepare (db, SQL_PAY_LINE, line->id, error) : NULL;

  if (pay == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":line", line->id);
  rungs_statement_bind_int64 (add, ":partner", line->partner);
  rungs_statement_bind_int64 (add, ":payout", payout);
  rungs_statement_bind_int64 (add, ":amount", line->amount);
  rungs_statement_bind_int64 (pay, ":line", line->id);
  rungs_statement_bind_int64 (pay, ":partner", line->partner);
  return rungs_statement_run (add, error) && rungs_statement_run (pay, error);
}

/* `next`: the line after those of the item before. */
static gboolean
add_item (RungsDb                  *db,
          gint64                    payout,
          const RungsPayoutRequest *request,
          const RungsPayoutItem    *item,
          GArray                   *lines,
          guint                    *next,
          gint64                    now,
          GError                  **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_ITEM, error);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":payout", payout);
  rungs_statement_bind_int64 (add, ":partner", item->partner);
  rungs_statement_bind_int64 (add, ":approved", item->approved);
  rungs_statement_bind_int64 (add, ":set_off", item->set_off);
  if (!rungs_statement_run (add, error))
    return FALSE;
  for (; *next < lines->len; (*next)++)
    {
      const Line *line = &g_array_index (lines, Line, *next);

      if (line->partner > item->partner)
        break;
      if (line->partner == item->partner && !add_line (db, payout, line, error))
        return FALSE;
    }
  return book_item (db, payout, item, request->currency, now, error);
}

static gint64
add_payout (RungsDb                  *db,
            const RungsPayoutRequest *request,
            gint64                    now,
            GError                  **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  if (add == NULL)
    return 0;
  rungs_statement_bind_text (add, ":currency", request->currency);
  rungs_statement_bind_int64 (add, ":from", request->from);
  rungs_statement_bind_int64 (add, ":until", request->until);
  rungs_statement_bind_int64 (add, ":now", now);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

gint64
rungs_payout_make (RungsDb                  *db,
                   const RungsPayoutRequest *request,
                   gint64                    now,
                   GError                  **error)
{
  g_auto (Draft) draft = { NULL };
  gint64 payout;
  guint next = 0;

  g_return_val_if_fail (db != NULL && request != NULL, 0);

  if (!draft_payout (db, request, &draft, error))
    return 0;
  if (draft.items->len == 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("there is nobody to be paid by now"));
      return 0;
    }
  payout = add_payout (db, request, now, error);
  for (guint i = 0; i < draft.items->len && payout != 0; i++)
    if (!add_item (db, payout, request, &g_array_index (draft.items, RungsPayoutItem, i),
                   draft.lines, &next, now, error))
      return 0;
  return payout;
}

/* ---- what became of it */

static RungsPayoutItem
read_item (RungsStatement *row)
{
  RungsPayoutItem item = {
    .payout = rungs_statement_get_int64 (row, 0),
    .partner = rungs_statement_get_int64 (row, 1),
    .approved = rungs_statement_get_int64 (row, 2),
    .set_off = rungs_statement_get_int64 (row, 3),
    .ended_at = rungs_statement_get_int64 (row, 5),
  };

  rungs_payout_state_from_text (rungs_statement_get_text (row, 4), &item.state);
  return item;
}

/* `partner` 0: all of them. */
static GArray *
load_items (RungsDb *db,
            gint64   payout,
            gint64   partner,
            GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (RungsPayoutItem));
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ITEMS, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":payout", payout);
  rungs_statement_bind_int64 (query, ":partner", partner);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsPayoutItem item = read_item (query);

      g_array_append_val (items, item);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&items) : NULL;
}

void
rungs_payout_free (RungsPayout *self)
{
  g_free (self);
}

static gpointer
read_payout (RungsStatement *row)
{
  RungsPayout *payout = g_new0 (RungsPayout, 1);

  payout->id = rungs_statement_get_int64 (row, 0);
  g_strlcpy (payout->currency, rungs_statement_get_text (row, 1), sizeof payout->currency);
  payout->until = rungs_statement_get_int64 (row, 2);
  payout->made_at = rungs_statement_get_int64 (row, 3);
  payout->partners = rungs_statement_get_int64 (row, 4);
  payout->from = rungs_statement_get_int64 (row, 5);
  payout->amount = rungs_statement_get_int64 (row, 6);
  return payout;
}

RungsPayout *
rungs_payout_load (RungsDb *db,
                   gint64   id,
                   GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return rungs_record_load (db, SQL_LOAD, id, read_payout, "payout", error);
}

GPtrArray *
rungs_payout_list (RungsDb *db,
                   GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  return rungs_record_list (query, read_payout, (GDestroyNotify) rungs_payout_free, error);
}

GArray *
rungs_payout_list_items (RungsDb *db,
                         gint64   payout,
                         GError **error)
{
  g_autoptr (RungsPayout) there = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  there = rungs_payout_load (db, payout, error);
  return there != NULL ? load_items (db, payout, 0, error) : NULL;
}

/* Each state follows one other. */
static gboolean
may_become (RungsPayoutState from,
            RungsPayoutState to)
{
  return to == RUNGS_PAYOUT_RETURNED ? from == RUNGS_PAYOUT_PAID
                                     : to != RUNGS_PAYOUT_PAYABLE && from == RUNGS_PAYOUT_PAYABLE;
}

/* What failed or came back is as it was before: what was set off is owed again. */
static gboolean
post_end (RungsLedgerEntry      *entry,
          const RungsPayoutItem *item,
          RungsPayoutState       to,
          GError               **error)
{
  gint64 amount = item->approved - item->set_off;
  RungsLedgerState from = to == RUNGS_PAYOUT_RETURNED ? RUNGS_LEDGER_PAID : RUNGS_LEDGER_PAYABLE;

  if (to == RUNGS_PAYOUT_PAID)
    return rungs_ledger_entry_move (entry, item->partner, RUNGS_LEDGER_PAYABLE, RUNGS_LEDGER_PAID,
                                    amount, error);
  return rungs_ledger_entry_move (entry, item->partner, from, RUNGS_LEDGER_APPROVED, amount, error)
         && rungs_ledger_entry_move (entry, item->partner, RUNGS_LEDGER_CARRIED,
                                     RUNGS_LEDGER_APPROVED, item->set_off, error);
}

/* What of its lines may be paid again. */
static gboolean
free_lines (RungsDb               *db,
            const RungsPayoutItem *item,
            GError               **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (SQL_FREE_LINES); i++)
    {
      g_autoptr (RungsStatement) lines = rungs_db_prepare (db, SQL_FREE_LINES[i], error);

      if (lines == NULL)
        return FALSE;
      rungs_statement_bind_int64 (lines, ":payout", item->payout);
      rungs_statement_bind_int64 (lines, ":partner", item->partner);
      if (!rungs_statement_run (lines, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_state (RungsDb               *db,
           const RungsPayoutItem *item,
           RungsPayoutState       to,
           gint64                 now,
           GError               **error)
{
  g_autoptr (RungsStatement) mark = rungs_db_prepare (db, SQL_MARK, error);

  if (mark == NULL)
    return FALSE;
  rungs_statement_bind_text (mark, ":state", STATES[to]);
  rungs_statement_bind_int64 (mark, ":now", now);
  rungs_statement_bind_int64 (mark, ":payout", item->payout);
  rungs_statement_bind_int64 (mark, ":partner", item->partner);
  return rungs_statement_run (mark, error)
         && (to == RUNGS_PAYOUT_PAID
             || (free_lines (db, item, error)
                 && rungs_self_invoice_cancel (db, item->payout, item->partner, now, error)));
}

static gboolean
end_item (RungsDb               *db,
          const RungsPayoutItem *item,
          RungsPayoutState       to,
          gint64                 now,
          GError               **error)
{
  static const RungsLedgerKind KINDS[] = {
    [RUNGS_PAYOUT_PAID] = RUNGS_LEDGER_PAYMENT,
    [RUNGS_PAYOUT_FAILED] = RUNGS_LEDGER_FAILURE,
    [RUNGS_PAYOUT_RETURNED] = RUNGS_LEDGER_RETURN,
  };
  g_autoptr (RungsPayout) payout = rungs_payout_load (db, item->payout, error);
  g_autoptr (RungsLedgerEntry) entry = NULL;

  if (payout == NULL)
    return FALSE;
  entry = entry_of (item->payout, KINDS[to], payout->currency, now);
  return post_end (entry, item, to, error) && rungs_ledger_add (db, entry, now, error) != 0
         && set_state (db, item, to, now, error);
}

gboolean
rungs_payout_mark (RungsDb          *db,
                   gint64            payout,
                   gint64            partner,
                   RungsPayoutState  state,
                   gint64            now,
                   GError          **error)
{
  g_autoptr (GArray) items = NULL;
  const RungsPayoutItem *item;

  g_return_val_if_fail (db != NULL && partner > 0, FALSE);

  items = load_items (db, payout, partner, error);
  if (items == NULL)
    return FALSE;
  if (items->len == 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                           _ ("the partner is not in this payout"));
      return FALSE;
    }
  item = &g_array_index (items, RungsPayoutItem, 0);
  if (may_become (item->state, state))
    return end_item (db, item, state, now, error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       _ ("this payment is something else by now"));
  return FALSE;
}

gboolean
rungs_payout_reverse (RungsDb *db,
                      gint64   payout,
                      gint64   now,
                      GError **error)
{
  g_autoptr (GArray) items = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  items = rungs_payout_list_items (db, payout, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const RungsPayoutItem *item = &g_array_index (items, RungsPayoutItem, i);
      RungsPayoutState to
          = item->state == RUNGS_PAYOUT_PAID ? RUNGS_PAYOUT_RETURNED : RUNGS_PAYOUT_FAILED;

      if (may_become (item->state, to) && !end_item (db, item, to, now, error))
        return FALSE;
    }
  return items != NULL;
}
