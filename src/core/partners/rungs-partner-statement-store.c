/* rungs-partner-statement-store.c: what a partner is paid by a payout, and what for. */

#include "partners/rungs-partner-statement-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-exchange-store.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-ledger.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-terms.h"

/* Of what a line was a share is what the book said last before the payout was made. */
static const char SQL_LINES[]
    = "SELECT coalesce (c.sales_order, 0), coalesce (a.at, r.at, w.made_at),"
      "       coalesce (iif (a.kind = 'bonus', a.words, p.name), ''),"
      "       coalesce (g.name, ''), coalesce (s.rate, c.share), s.base,"
      "       (SELECT coalesce (sum (b.amount), 0)"
      "          FROM payout_line b JOIN payout_item i ON i.payout = b.payout"
      "                                               AND i.partner = b.partner"
      "         WHERE b.order_line = l.order_line AND b.partner = l.partner"
      "           AND b.payout < l.payout AND i.state IN ('payable', 'paid')),"
      "       l.amount, coalesce (r.by_hand, 0), c.via IS NOT NULL, c.of_profit, a.kind = 'lead',"
      "       coalesce (o.discount, 0) > 0"
      "         AND coalesce (json_extract (t.terms, '$.before_discount'), 0),"
      "       coalesce (c.exchange, a.exchange), coalesce (c.exchange_base, a.exchange_base),"
      "       coalesce (c.exchange_quote, a.exchange_quote),"
      "       coalesce (c.exchange_day, a.exchange_day),"
      "       coalesce (c.no_rate_to, a.no_rate_to, ''), w.currency,"
      "       iif (coalesce (c.exchange, a.exchange) > 0, coalesce (c.fixed, a.told_from), NULL)"
      "  FROM payout_line l JOIN payout w ON w.id = l.payout"
      "  LEFT JOIN commission c ON c.order_line = l.order_line AND c.partner = l.partner"
      "  LEFT JOIN award a ON a.order_line = l.order_line AND a.partner = l.partner"
      "  LEFT JOIN referral r ON r.sales_order = c.sales_order"
      "  LEFT JOIN order_line o ON o.id = l.order_line AND o.sales_order = c.sales_order"
      "  LEFT JOIN product p ON p.id = o.product"
      "  LEFT JOIN programme_terms t ON t.id = coalesce (c.terms, a.terms)"
      "  LEFT JOIN programme g ON g.id = t.programme"
      "  LEFT JOIN journal s ON s.id ="
      "       (SELECT max (j.id) FROM journal j"
      "         WHERE j.order_line = l.order_line AND j.order_line <> 0 AND j.base IS NOT NULL"
      "           AND j.id < (SELECT min (x.id) FROM journal x"
      "                        WHERE x.payout = l.payout AND x.payout <> 0)"
      "           AND EXISTS (SELECT 1 FROM posting e JOIN ledger_account a ON a.id = e.account"
      "                        WHERE e.entry = j.id AND a.partner = l.partner))"
      " WHERE l.payout = :payout AND l.partner = :partner"
      " ORDER BY 2, l.order_line";

/* What the book has of it; what is owed is below 0. */
static const char SQL_BOOKED[]
    = "SELECT -coalesce (sum (p.amount), 0)"
      "  FROM journal j JOIN posting p ON p.entry = j.id JOIN ledger_account a ON a.id = p.account"
      " WHERE j.payout = :payout AND j.payout <> 0 AND j.kind IN ('payout', 'set-off')"
      "   AND a.partner = :partner AND a.state = 'payable'";

static void
line_free (RungsPartnerStatementLine *line)
{
  g_free (line->product);
  g_free (line->programme);
  g_free (line);
}

void
rungs_partner_statement_free (RungsPartnerStatement *self)
{
  if (self == NULL)
    return;
  g_free (self->business);
  g_free (self->address);
  g_free (self->zone);
  g_free (self->partner);
  g_free (self->language);
  g_free (self->country);
  g_clear_pointer (&self->payout, rungs_payout_free);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

static void
read_base (RungsStatement            *row,
           RungsPartnerStatementLine *line)
{
  int column = rungs_statement_is_null (row, 5) ? 19 : 5;

  rungs_exchange_rate_read (row, 13, &line->own.exchange);
  g_strlcpy (line->own.no_rate_to, rungs_statement_get_text (row, 17),
             sizeof line->own.no_rate_to);
  g_strlcpy (line->own.currency, rungs_statement_get_text (row, 18), sizeof line->own.currency);
  line->base = rungs_money (rungs_statement_is_null (row, column)
                                ? RUNGS_LEDGER_NO_BASE
                                : rungs_statement_get_int64 (row, column),
                            rungs_own_currency_get_sold (&line->own));
}

static gpointer
read_line (RungsStatement *row)
{
  RungsPartnerStatementLine *line = g_new0 (RungsPartnerStatementLine, 1);

  line->order = rungs_statement_get_int64 (row, 0);
  line->at = rungs_statement_get_int64 (row, 1);
  line->product = rungs_statement_dup_text (row, 2);
  line->programme = rungs_statement_dup_text (row, 3);
  line->share = rungs_statement_is_null (row, 4) ? RUNGS_TERMS_NO_SHARE
                                                 : rungs_statement_get_int64 (row, 4);
  read_base (row, line);
  line->earlier = rungs_statement_get_int64 (row, 6);
  line->amount = rungs_statement_get_int64 (row, 7);
  line->by_hand = rungs_statement_get_int64 (row, 8) != 0;
  line->is_second = rungs_statement_get_int64 (row, 9) != 0;
  line->of_profit = rungs_statement_get_int64 (row, 10) != 0;
  line->is_lead = rungs_statement_get_int64 (row, 11) != 0;
  line->is_before_discount = rungs_statement_get_int64 (row, 12) != 0;
  return line;
}

static RungsStatement *
ask (RungsDb     *db,
     const char  *sql,
     gint64       payout,
     gint64       partner,
     GError     **error)
{
  RungsStatement *query = rungs_db_prepare (db, sql, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":payout", payout);
      rungs_statement_bind_int64 (query, ":partner", partner);
    }
  return query;
}

static gboolean
find_item (RungsPartnerStatement  *self,
           RungsDb                *db,
           gint64                  payout,
           gint64                  partner,
           GError                **error)
{
  g_autoptr (GArray) items = rungs_payout_list_items (db, payout, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (g_array_index (items, RungsPayoutItem, i).partner == partner)
      {
        self->item = g_array_index (items, RungsPayoutItem, i);
        return TRUE;
      }
  if (items != NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("the partner is not in this payout"));
  return FALSE;
}

/* To the cent. */
static gboolean
agrees_with_ledger (const RungsPartnerStatement  *self,
                    RungsDb                      *db,
                    GError                      **error)
{
  g_autoptr (RungsStatement) query
      = ask (db, SQL_BOOKED, self->item.payout, self->item.partner, error);
  gint64 booked, sum = 0;

  if (query == NULL || !rungs_statement_get_number (query, 0, &booked, error))
    return FALSE;
  for (guint i = 0; i < self->lines->len; i++)
    sum += ((const RungsPartnerStatementLine *) self->lines->pdata[i])->amount;
  if (sum == self->item.approved && booked == self->item.approved - self->item.set_off)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                       _ ("the lines of this payout do not add up to what the ledger has"));
  return FALSE;
}

RungsPartnerStatement *
rungs_partner_statement_load (RungsDb  *db,
                              gint64    payout,
                              gint64    partner,
                              GError  **error)
{
  g_autoptr (RungsPartnerStatement) self = g_new0 (RungsPartnerStatement, 1);
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (RungsPartner) who = NULL;
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  business = rungs_business_load (db, error);
  who = business != NULL ? rungs_partner_load (db, partner, error) : NULL;
  self->payout = who != NULL ? rungs_payout_load (db, payout, error) : NULL;
  if (self->payout == NULL || !find_item (self, db, payout, partner, error))
    return NULL;
  self->business = g_strdup (business->name);
  self->address = g_strdup (business->address);
  self->zone = g_strdup (business->zone);
  self->partner = g_strdup (who->name);
  self->language = g_strdup (who->language);
  self->country = g_strdup (who->country);
  query = ask (db, SQL_LINES, payout, partner, error);
  self->lines = rungs_record_list (query, read_line, (GDestroyNotify) line_free, error);
  if (self->lines == NULL || !agrees_with_ledger (self, db, error))
    return NULL;
  return g_steal_pointer (&self);
}
