/* rungs-refund-store.c: gives money back.
 *
 * What is given back on an order is split over its lines in proportion to what is left of each, by
 * largest remainder: no line gets back more than was paid for it, and the parts sum to the refund.
 * A refund of all that is left also names the lines that cost nothing, so that they are owned no
 * more. */

#include <glib/gi18n.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-event-store.h"

static const char SQL_ADD[]
    = "INSERT INTO refund (sales_order, at, reason, created_at, external, run)"
      " VALUES (:order, :at, :reason, :now, :external, :run)";

static const char SQL_ADD_LINE[]
    = "INSERT INTO refund_line (refund, order_line, amount) VALUES (:refund, :line, :amount)";

static const char SQL_IS_TAKEN_BACK[]
    = "SELECT EXISTS (SELECT 1 FROM refund_line WHERE order_line = :line)";

static const char SQL_LIST[]
    = "SELECT r.id, r.sales_order, r.at, coalesce (sum (g.amount), 0), o.currency, r.reason"
      "  FROM refund r"
      "  JOIN sales_order o ON o.id = r.sales_order"
      "  LEFT JOIN refund_line g ON g.refund = r.id"
      " WHERE r.sales_order = :order"
      " GROUP BY r.id ORDER BY r.at, r.id";

static const char SQL_LOOK[]
    = "SELECT coalesce (f.run, 0), o.id, o.lead"
      "  FROM refund f JOIN sales_order o ON o.id = f.sales_order WHERE f.id = :id";

static const char *const SQL_UNDO[] = {
  "UPDATE lead SET rescore_at = 0"
  " WHERE id = (SELECT o.lead FROM refund f JOIN sales_order o ON o.id = f.sales_order"
  "              WHERE f.id = :id)"
  "   AND EXISTS (SELECT 1 FROM score_rule WHERE kind = 'order.refunded')",
  "DELETE FROM event WHERE kind = 'order.refunded' AND ref = :id",
  "DELETE FROM refund_line WHERE refund = :id",
  "DELETE FROM refund WHERE id = :id",
};

/* What is asked for. */
typedef struct
{
  gint64 order;
  gint64 line; /* 0: all */
  gint64 amount;
  const char *reason;   /* (nullable) */
  const char *external; /* (nullable) */
  gint64 run;           /* 0: none */
  gint64 at;
  gint64 now;
} Wish;

/* The lines that a refund is about: all of the order, or one. */
typedef struct
{
  GPtrArray *lines; /* (element-type RungsOrderLine) lent by the order */
  gint64 *left;     /* (owned) of each line */
  gint64 all;       /* the sum of them */
} Share;

static void
share_free (Share *share)
{
  g_ptr_array_unref (share->lines);
  g_free (share->left);
  g_free (share);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Share, share_free)

static Share *
share_new (const RungsOrder *order,
           gint64            line)
{
  Share *share = g_new0 (Share, 1);

  share->lines = g_ptr_array_new ();
  share->left = g_new0 (gint64, order->lines->len);
  for (guint i = 0; i < order->lines->len; i++)
    {
      RungsOrderLine *each = order->lines->pdata[i];

      if (line != 0 && each->id != line)
        continue;
      share->left[share->lines->len] = each->amount - each->refunded;
      share->all += each->amount - each->refunded;
      g_ptr_array_add (share->lines, each);
    }
  return share;
}

/* Whether a line was given back before; of a free line that is a refund of nothing. */
static gboolean
is_taken_back (RungsDb  *db,
               gint64    line,
               gboolean *taken,
               GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_TAKEN_BACK, error);
  gint64 number;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":line", line);
  if (!rungs_statement_get_number (query, 0, &number, error))
    return FALSE;
  *taken = number != 0;
  return TRUE;
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* Whether anything is left to give back: money, or a free line. */
static gboolean
has_something (RungsDb     *db,
               const Share *share,
               GError     **error)
{
  if (share->all > 0)
    return TRUE;
  for (guint i = 0; i < share->lines->len; i++)
    {
      const RungsOrderLine *line = share->lines->pdata[i];
      gboolean taken;

      if (!is_taken_back (db, line->id, &taken, error))
        return FALSE;
      if (!taken)
        return TRUE;
    }
  return refuse (error, _ ("everything was given back already"));
}

static gboolean
is_allowed (RungsDb     *db,
            const Share *share,
            gint64       amount,
            const char  *currency,
            GError     **error)
{
  g_autofree char *left = rungs_money_format (rungs_money (share->all, currency));

  if (!has_something (db, share, error))
    return FALSE;
  if (amount < 0 || (amount == 0 && share->all > 0))
    return refuse (error, _ ("an amount to give back must be more than nothing"));
  if (amount > share->all)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("no more than %s can be given back"),
                   left);
      return FALSE;
    }
  return TRUE;
}

static gboolean
insert_lines (RungsDb     *db,
              gint64       refund,
              const Share *share,
              gint64       amount,
              GError     **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_LINE, error);
  g_autofree gint64 *parts = g_new0 (gint64, share->lines->len);

  if (add == NULL)
    return FALSE;
  if (amount > 0)
    rungs_money_split (amount, share->left, share->lines->len, parts);
  for (guint i = 0; i < share->lines->len; i++)
    {
      const RungsOrderLine *line = share->lines->pdata[i];

      if (parts[i] == 0 && (amount < share->all || line->amount > 0))
        continue;
      rungs_statement_bind_int64 (add, ":refund", refund);
      rungs_statement_bind_int64 (add, ":line", line->id);
      rungs_statement_bind_int64 (add, ":amount", parts[i]);
      if (!rungs_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
insert_refund (RungsDb    *db,
               const Wish *wish,
               GError    **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  if (add == NULL)
    return 0;
  rungs_statement_bind_int64 (add, ":order", wish->order);
  rungs_statement_bind_int64 (add, ":at", wish->at);
  rungs_statement_bind_text (add, ":reason", wish->reason ? wish->reason : "");
  rungs_statement_bind_int64 (add, ":now", wish->now);
  rungs_statement_bind_text (add, ":external", wish->external);
  rungs_statement_bind_id (add, ":run", wish->run);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

static char *
describe (const RungsOrder *order,
          gint64            amount,
          const char       *reason)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64 left = rungs_order_total (order).minor - rungs_order_refunded (order).minor;

  json_builder_begin_object (builder);
  rungs_json_add_number (builder, "order", order->id);
  rungs_json_add_number (builder, "amount", amount);
  rungs_json_add_text (builder, "currency", order->currency);
  rungs_json_add_flag (builder, "whole", amount == left);
  rungs_json_add_text (builder, "reason", reason ? reason : "");
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}

static gint64
tell (RungsDb          *db,
      const RungsOrder *order,
      const Wish       *wish,
      gint64            amount,
      gint64            id,
      GError          **error)
{
  g_autofree char *detail = describe (order, amount, wish->reason);

  return rungs_event_add_of_run (db, order->lead, RUNGS_EVENT_ORDER_REFUNDED, wish->at, id, detail,
                                 wish->run, error)
                 != 0
             ? id
             : 0;
}

static gint64
give_back (RungsDb    *db,
           const Wish *wish,
           GError    **error)
{
  g_autoptr (RungsOrder) stored = rungs_order_load (db, wish->order, error);
  g_autoptr (Share) share = NULL;
  gint64 amount = wish->amount;
  gint64 id;

  if (stored == NULL)
    return 0;
  share = share_new (stored, wish->line);
  if (share->lines->len == 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                   _ ("the order has no line %" PRId64), wish->line);
      return 0;
    }
  if (amount == RUNGS_AMOUNT_DEFAULT)
    amount = share->all;
  if (!is_allowed (db, share, amount, stored->currency, error))
    return 0;
  id = insert_refund (db, wish, error);
  return id != 0 && insert_lines (db, id, share, amount, error)
             ? tell (db, stored, wish, amount, id, error)
             : 0;
}

gint64
rungs_refund_add (RungsDb    *db,
                  gint64      order,
                  gint64      line,
                  gint64      amount,
                  const char *reason,
                  gint64      at,
                  gint64      now,
                  GError    **error)
{
  Wish wish = { order, line, amount, reason, NULL, 0, at, now };

  return give_back (db, &wish, error);
}

gint64
rungs_refund_add_of_run (RungsDb    *db,
                         gint64      order,
                         gint64      amount,
                         const char *reason,
                         gint64      at,
                         const char *external,
                         gint64      run,
                         gint64      now,
                         GError    **error)
{
  Wish wish = { order, 0, amount, reason, external, run, at, now };

  return give_back (db, &wish, error);
}

/* Of which order it is, and of whom. */
static gboolean
look (RungsDb *db,
      gint64   refund,
      gint64  *order,
      gint64  *lead,
      GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOOK, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", refund);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    return rungs_record_refuse_missing ("refund", refund, error);
  if (step == RUNGS_FAILED)
    return FALSE;
  *order = rungs_statement_get_int64 (query, 1);
  *lead = rungs_statement_get_int64 (query, 2);
  if (rungs_statement_get_int64 (query, 0) == 0)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       _ ("an import brought this refund: take the import back"));
  return FALSE;
}

gboolean
rungs_refund_undo (RungsDb *db,
                   gint64   refund,
                   gint64   now,
                   GError **error)
{
  gint64 order = 0, lead = 0;

  if (!look (db, refund, &order, &lead, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (SQL_UNDO); i++)
    if (!rungs_record_run (db, SQL_UNDO[i], refund, error))
      return FALSE;
  return rungs_event_add (db, lead, RUNGS_EVENT_ORDER_UNREFUNDED, now, order, NULL, error) != 0;
}

static gpointer
refund_from_row (RungsStatement *row)
{
  RungsRefund *refund = g_new0 (RungsRefund, 1);

  refund->id = rungs_statement_get_int64 (row, 0);
  refund->sales_order = rungs_statement_get_int64 (row, 1);
  refund->at = rungs_statement_get_int64 (row, 2);
  refund->amount
      = rungs_money (rungs_statement_get_int64 (row, 3), rungs_statement_get_text (row, 4));
  refund->reason = rungs_statement_dup_text (row, 5);
  return refund;
}

GPtrArray *
rungs_refund_list (RungsDb *db,
                   gint64   order,
                   GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":order", order);
  return rungs_record_list (query, refund_from_row, (GDestroyNotify) rungs_refund_free, error);
}
