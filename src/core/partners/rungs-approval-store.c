/* rungs-approval-store.c: commissions that somebody approves by hand: which wait, and many at
 * once. */

#include "partners/rungs-approval-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "partners/rungs-commission-store.h"

/* The entries of the book about an earning `c`. */
#define BOOKED                                                                                     \
  " FROM journal j JOIN posting p ON p.entry = j.id JOIN ledger_account a ON a.id = p.account"     \
  " WHERE j.order_line = c.order_line AND j.order_line <> 0 AND a.partner = c.partner"             \
  "   AND a.currency = c.currency "

/* What it has of it that is in no payout, held or not. */
#define LEFT                                                                                       \
  "(-coalesce ((SELECT sum (p.amount)" BOOKED "AND a.state IN ('held', 'approved')), 0)"           \
  " - coalesce ((SELECT sum (l.amount) FROM paid_line l"                                           \
  "               WHERE l.order_line = c.order_line AND l.partner = c.partner"                     \
  "                 AND l.currency = c.currency), 0))"

#define FIRST "(SELECT min (j.id)" BOOKED ")"

#define IS_WAITING " c.is_open AND c.approved_at IS NULL "
#define REST                                                                                       \
             " AND (:partner = 0 OR c.partner = :partner)"                                         \
             " AND (:partners IS NULL"                                                             \
             "      OR c.partner IN (SELECT value FROM json_each (:partners)))"                    \
             " AND " LEFT " > 0"                                                                   \
             " ORDER BY c.hold_until, c.order_line, c.partner"

static const char SQL_WAITING[] = "SELECT " FIRST " FROM earning c WHERE" IS_WAITING REST;

static const char SQL_GIVEN[]
    = "SELECT " FIRST " FROM earning c"
      " WHERE (c.is_open OR c.is_unpaid) AND c.approved_at IS NOT NULL" REST;

static const char SQL_COUNT[]
    = "SELECT count (*) FROM earning c WHERE" IS_WAITING "AND :id = 0 AND " LEFT " > 0";

static const char SQL_LOAD[]
    = "SELECT :id, c.order_line, c.sales_order, c.partner, t.name,"
      "       CASE WHEN trim (d.first_name || ' ' || d.last_name) <> ''"
      "            THEN trim (d.first_name || ' ' || d.last_name) ELSE coalesce (d.email, '') END,"
      "       coalesce (g.name, w.words, ''), coalesce (c.at, 0), " LEFT ", c.currency,"
      "       c.hold_until, c.approved_at"
      "  FROM journal e"
      "  JOIN earning c ON c.order_line = e.order_line AND c.partner ="
      "       (SELECT a.partner FROM posting p JOIN ledger_account a ON a.id = p.account"
      "         WHERE p.entry = e.id LIMIT 1)"
      "  JOIN partner t ON t.id = c.partner"
      "  LEFT JOIN award w ON w.order_line = c.order_line"
      "  LEFT JOIN sales_order o ON o.id = c.sales_order"
      "  LEFT JOIN lead d ON d.id = coalesce (o.lead, w.lead)"
      "  LEFT JOIN order_line l ON l.id = c.order_line"
      "  LEFT JOIN product g ON g.id = l.product"
      " WHERE e.id = :id AND e.order_line <> 0";

/* "[1,2]" */
static char *
json_of (GArray *ids)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (ids, gint64, i));
  return g_string_free (g_string_append_c (json, ']'), FALSE);
}

GArray *
rungs_approval_find (RungsDb                  *db,
                     const RungsApprovalQuery *query,
                     GError                  **error)
{
  g_autoptr (RungsStatement) find = NULL;
  g_autofree char *partners = NULL;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);

  find = rungs_db_prepare (
      db, query->filter == RUNGS_APPROVALS_WAITING ? SQL_WAITING : SQL_GIVEN, error);
  if (find == NULL)
    return NULL;
  partners = query->partners != NULL ? json_of (query->partners) : NULL;
  rungs_statement_bind_int64 (find, ":partner", query->partner);
  rungs_statement_bind_text (find, ":partners", partners);
  return rungs_record_ids (find, error);
}

gboolean
rungs_approval_count_waiting (RungsDb *db,
                              gint64  *n,
                              GError **error)
{
  g_return_val_if_fail (db != NULL && n != NULL, FALSE);

  return rungs_record_ask (db, SQL_COUNT, 0, 0, n, error);
}

/* ---- one of them */

void
rungs_approval_row_free (RungsApprovalRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->lead);
  g_free (self->what);
  g_free (self);
}

static gpointer
read_row (RungsStatement *row)
{
  RungsApprovalRow *read = g_new0 (RungsApprovalRow, 1);

  read->id = rungs_statement_get_int64 (row, 0);
  read->order_line = rungs_statement_get_int64 (row, 1);
  read->order = rungs_statement_get_int64 (row, 2);
  read->partner = rungs_statement_get_int64 (row, 3);
  read->name = rungs_statement_dup_text (row, 4);
  read->lead = rungs_statement_dup_text (row, 5);
  read->what = rungs_statement_dup_text (row, 6);
  read->at = rungs_statement_get_int64 (row, 7);
  read->amount
      = rungs_money (rungs_statement_get_int64 (row, 8), rungs_statement_get_text (row, 9));
  read->hold_until = rungs_statement_get_int64 (row, 10);
  read->approved_at = rungs_statement_get_int64 (row, 11);
  return read;
}

RungsApprovalRow *
rungs_approval_row_load (RungsDb *db,
                         gint64   id,
                         GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LOAD, error);
  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", id);
  return rungs_record_first (query, read_row, _ ("this earns nobody a commission"), error);
}

/* ---- many */

/* The sum in that currency; a new one where there is none. */
static RungsMoney *
sum_in (GArray     *sums,
        const char *currency)
{
  RungsMoney sum = rungs_money (0, currency);

  for (guint i = 0; i < sums->len; i++)
    if (strcmp (g_array_index (sums, RungsMoney, i).currency, currency) == 0)
      return &g_array_index (sums, RungsMoney, i);
  g_array_append_val (sums, sum);
  return &g_array_index (sums, RungsMoney, sums->len - 1);
}

GArray *
rungs_approval_sums (RungsDb *db,
                     GArray  *ids,
                     GError **error)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  g_return_val_if_fail (db != NULL && ids != NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (RungsApprovalRow) row
          = rungs_approval_row_load (db, g_array_index (ids, gint64, i), error);
      RungsMoney *sum;

      if (row == NULL)
        return NULL;
      sum = sum_in (sums, row->amount.currency);
      if (!rungs_money_add (*sum, row->amount, sum, error))
        return NULL;
    }
  return g_steal_pointer (&sums);
}

gboolean
rungs_approval_give (RungsDb *db,
                     GArray  *ids,
                     gboolean approve,
                     gint64   now,
                     GError **error)
{
  g_return_val_if_fail (db != NULL && ids != NULL, FALSE);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (RungsApprovalRow) row
          = rungs_approval_row_load (db, g_array_index (ids, gint64, i), error);

      if (row == NULL
          || !rungs_commission_approve (db, row->order_line, row->partner, approve, now, error))
        return FALSE;
    }
  return TRUE;
}
