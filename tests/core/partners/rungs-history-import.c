/* rungs-history-import.c: what a history reads of imports in the file, and what coupons say. */

#include <string.h>

#include "db/rungs-statement.h"
#include "rungs-history-private.h"

/* As the partners hear of them. */
static const char SQL_ORDERS[]
    = "SELECT o.id, o.lead, o.at, o.currency, o.coupon"
      "  FROM event e JOIN sales_order o ON o.id = e.ref AND o.lead = e.lead"
      " WHERE e.kind = 'order.placed' AND o.run = :id ORDER BY e.id";

static const char SQL_LINES[] = "SELECT id, product, quantity, amount FROM order_line"
                                " WHERE sales_order = :id ORDER BY id";

static const char SQL_TOUCHES[]
    = "SELECT t.lead, p.id, t.at FROM touch t JOIN partner p ON p.source = t.source"
      " WHERE t.run = :id ORDER BY t.id";

static const char SQL_IS_THERE[] = "SELECT count (*) FROM sales_order WHERE id = :id";

static RungsStatement *
prepare (History    *self,
         const char *sql,
         gint64      id)
{
  g_autoptr (GError) error = NULL;
  RungsStatement *query = rungs_db_prepare (self->db, sql, &error);

  g_assert_no_error (error);
  rungs_statement_bind_int64 (query, ":id", id);
  return query;
}

static void
read_lines (History *self,
            Order   *order)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_LINES, order->id);

  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      Line *line = &order->lines[order->n_lines++];

      g_assert_cmpuint (order->n_lines, <=, HISTORY_LINES);
      line->id = rungs_statement_get_int64 (query, 0);
      line->sold = (FactLine){ .product = rungs_statement_get_int64 (query, 1),
                               .quantity = rungs_statement_get_int64 (query, 2),
                               .amount = rungs_statement_get_int64 (query, 3) };
      line->kept = line->sold.amount;
      self->lines = MAX (self->lines, line->id);
    }
}

static const char *
find_currency (const char *code)
{
  for (guint i = 0; HISTORY_CURRENCIES[i] != NULL; i++)
    if (strcmp (HISTORY_CURRENCIES[i], code) == 0)
      return HISTORY_CURRENCIES[i];
  g_assert_not_reached ();
}

void
history_use_coupons (History    *self,
                     guint       place,
                     const char *codes)
{
  Order *order = &g_array_index (self->orders, Order, place);

  for (const char *code = strstr (codes, "CODE"); code != NULL; code = strstr (code + 1, "CODE"))
    {
      Touch touch = { .lead = order->lead, .partner = g_ascii_digit_value (code[strlen ("CODE")]),
                      .at = order->at, .order = place + 1 };

      if (order->coupon_partner == 0)
        order->coupon_partner = touch.partner;
      g_array_append_val (self->touches, touch);
    }
}

void
history_read_orders (History *self,
                     gint64   run)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_ORDERS, run);

  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      Order order = { .id = rungs_statement_get_int64 (query, 0),
                      .lead = rungs_statement_get_int64 (query, 1),
                      .at = rungs_statement_get_int64 (query, 2),
                      .currency = find_currency (rungs_statement_get_text (query, 3)),
                      .run = run };
      Event event = { self->orders->len, TRUE };

      read_lines (self, &order);
      g_array_append_val (self->orders, order);
      g_array_append_val (self->events, event);
      history_use_coupons (self, event.order, rungs_statement_get_text (query, 4));
    }
}

void
history_read_touches (History *self,
                      gint64   run)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_TOUCHES, run);

  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      Touch touch = { .lead = rungs_statement_get_int64 (query, 0),
                      .partner = rungs_statement_get_int64 (query, 1),
                      .at = rungs_statement_get_int64 (query, 2),
                      .run = run };

      g_array_append_val (self->touches, touch);
    }
}

static gboolean
is_there (History *self,
          gint64   order)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_IS_THERE, order);
  gint64 count = 0;

  g_assert_true (rungs_statement_get_number (query, 0, &count, NULL));
  return count > 0;
}

void
history_forget_import (History *self,
                       gint64   run)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      Order *order = &g_array_index (self->orders, Order, i);

      if (order->run == run && !order->is_gone)
        order->is_gone = !is_there (self, order->id);
    }
  for (guint i = self->touches->len; i > 0; i--)
    {
      const Touch *touch = &g_array_index (self->touches, Touch, i - 1);

      if (touch->run == run
          || (touch->order != 0
              && g_array_index (self->orders, Order, touch->order - 1).is_gone))
        g_array_remove_index (self->touches, i - 1);
    }
}
