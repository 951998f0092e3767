/* rungs-order-draft-tax.c: what of the lines of a file is tax, and what was taken off before.
 *
 * What a line cost is what was paid for it, with its tax. Where the file has amounts without it
 * (RungsOrderShape.is_net) the tax is added to them, and to the discount in the same proportion. A
 * tax that is said of the whole order (Shopify's “Taxes”) is shared over the lines that have tax,
 * and shipping, in proportion to what they cost, by largest remainder; whether it is in the prices
 * is told by what the order sums up to: where both or neither fits it is not known.
 *
 * Where a seller's file says no tax of any line, nothing worked it out: it is not known, not
 * nothing. In a table of one's own 0 is 0. */

#include "ladder/rungs-order-draft-tax.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-money.h"
#include "ladder/rungs-order-amount.h"

/* ---- of a row */

/* "19 %", "19", "7,7 %" in basis points. */
static gboolean
read_rate (const char *text,
           gint64     *rate)
{
  g_autofree char *number = g_strndup (text, strcspn (text, "%"));

  return rungs_order_amount_parse (number, "EUR", rate) && *rate >= 0 && *rate < 10000;
}

static void
take_rate (RungsOrderDraft     *draft,
           RungsOrderCells     *cells,
           RungsOrderDraftLine *line,
           const char          *text)
{
  gint64 rate;

  if (!read_rate (text, &rate))
    rungs_order_draft_refuse (draft, g_strdup_printf (_ ("“%s” is no rate of a tax"), text));
  else if (!rungs_money_times (line->amount, rate, cells->shape->is_net ? 10000 : 10000 + rate,
                               &line->tax))
    rungs_order_draft_refuse (draft, g_strdup (_ ("the amount is too large")));
}

static void
take_amount (RungsOrderDraft     *draft,
             RungsOrderCells     *cells,
             RungsOrderDraftLine *line)
{
  gint64 tax;

  if (!rungs_order_cells_amount (cells, RUNGS_ORDER_TAX, draft->currency, 0, &tax, draft))
    return;
  if (tax < 0)
    rungs_order_draft_refuse (draft, g_strdup (_ ("the tax of an order cannot be negative")));
  else
    line->tax = tax;
}

void
rungs_order_draft_read_tax (RungsOrderDraft     *draft,
                            RungsOrderCells     *cells,
                            RungsOrderDraftLine *line)
{
  const char *tax = rungs_order_cells_get (cells, RUNGS_ORDER_TAX);
  const char *rate = rungs_order_cells_get (cells, RUNGS_ORDER_TAX_RATE);

  if (strchr (tax, '%') != NULL)
    take_rate (draft, cells, line, tax);
  else if (*tax != '\0')
    take_amount (draft, cells, line);
  else if (*rate != '\0')
    take_rate (draft, cells, line, rate);
  if (cells->shape->columns[RUNGS_ORDER_TAX_WITHIN] >= 0
      && !rungs_order_cells_says (cells, RUNGS_ORDER_TAX_WITHIN))
    line->tax = 0;
  if (*rungs_order_cells_get (cells, RUNGS_ORDER_TAXABLE) != '\0'
      && !rungs_order_cells_says (cells, RUNGS_ORDER_TAXABLE))
    line->tax = 0;
}

/* ---- of an order */

static RungsOrderDraftLine *
get_line (const RungsOrderDraft *draft,
          guint                  i)
{
  return g_ptr_array_index (draft->lines, i);
}

static void
add_tax (RungsOrderDraft     *draft,
         RungsOrderDraftLine *line)
{
  gint64 gross;

  if (line->tax <= 0)
    return;
  if (__builtin_add_overflow (line->amount, line->tax, &gross)
      || (line->amount > 0
          && !rungs_money_times (line->discount, gross, line->amount, &line->discount)))
    rungs_order_draft_refuse (draft, g_strdup (_ ("the amount is too large")));
  else
    line->amount = gross;
}

/* The part of a tax on lines and shipping that is on the lines. */
static gint64
leave_out_shipping (gint64 tax,
                    gint64 lines,
                    gint64 shipping)
{
  gint64 both, part;

  return shipping > 0 && !__builtin_add_overflow (lines, shipping, &both)
                 && rungs_money_times (tax, lines, both, &part)
             ? part
             : tax;
}

static void
share (RungsOrderDraft *draft,
       gint64           tax,
       gint64           shipping,
       gboolean         is_added)
{
  guint n = draft->lines->len;
  g_autofree gint64 *weights = g_new0 (gint64, n + 1);
  g_autofree gint64 *parts = g_new0 (gint64, n + 1);
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      weights[i] = get_line (draft, i)->tax == 0 ? 0 : get_line (draft, i)->amount;
      sum += weights[i];
    }
  if (sum <= 0)
    return;
  rungs_money_split (leave_out_shipping (tax, sum, shipping), weights, n, parts);
  for (guint i = 0; i < n; i++)
    {
      get_line (draft, i)->tax = parts[i];
      if (is_added)
        add_tax (draft, get_line (draft, i));
    }
}

/* To the cent, which rounding may take. */
static gboolean
is_near (gint64 a,
         gint64 b)
{
  gint64 off;

  return !__builtin_sub_overflow (a, b, &off) && off >= -1 && off <= 1;
}

static void
share_tax_of_order (RungsOrderDraft *draft,
                    RungsOrderCells *cells)
{
  gint64 tax, shipping, rest;
  gboolean is_within, is_added;

  if (!rungs_order_cells_amount (cells, RUNGS_ORDER_ALL_TAX, draft->currency, 0, &tax, draft)
      || !rungs_order_cells_amount (cells, RUNGS_ORDER_SHIPPING, draft->currency, 0, &shipping,
                                    draft)
      || draft->total < 0 || tax <= 0 || shipping < 0
      || rungs_order_draft_sum (draft) == G_MAXINT64
      || __builtin_sub_overflow (draft->total - rungs_order_draft_sum (draft), shipping, &rest))
    return;
  is_within = is_near (rest, 0);
  is_added = is_near (rest, tax);
  if (is_within != is_added)
    share (draft, tax, shipping, is_added);
}

static gboolean
has_tax (const RungsOrderDraft *draft)
{
  for (guint i = 0; i < draft->lines->len; i++)
    if (get_line (draft, i)->tax > 0)
      return TRUE;
  return FALSE;
}

/* Where nothing worked a tax out. */
static gboolean
is_unsaid (const RungsOrderDraft *draft,
           const RungsOrderCells *cells)
{
  return cells->shape->seller != RUNGS_SELLER_TABLE
         && cells->shape->columns[RUNGS_ORDER_TAX_WITHIN] < 0 && !has_tax (draft);
}

static void
settle_line (RungsOrderDraft     *draft,
             RungsOrderCells     *cells,
             RungsOrderDraftLine *line)
{
  gboolean is_own = cells->shape->seller == RUNGS_SELLER_TABLE;

  if (cells->shape->is_net)
    add_tax (draft, line);
  if (line->tax == RUNGS_TAX_UNKNOWN && cells->shape->is_net && is_own)
    line->tax = 0;
  if (line->tax <= line->amount)
    return;
  line->tax = RUNGS_TAX_UNKNOWN;
  if (is_own)
    rungs_order_draft_refuse (
        draft, g_strdup (_ ("the tax is more than what was paid: are the amounts without it?")));
}

void
rungs_order_draft_settle_tax (RungsOrderDraft *draft,
                              RungsOrderCells *cells)
{
  gboolean is_unknown;

  if (cells->shape->columns[RUNGS_ORDER_ALL_TAX] >= 0)
    share_tax_of_order (draft, cells);
  is_unknown = is_unsaid (draft, cells);
  for (guint i = 0; draft->problem == NULL && i < draft->lines->len; i++)
    if (is_unknown)
      get_line (draft, i)->tax = RUNGS_TAX_UNKNOWN;
    else
      settle_line (draft, cells, get_line (draft, i));
}
