/* rungs-history-oracle.c: what the book should have of a history.
 *
 * It says what each line earns by the terms as they were made up, and when that is decided: when
 * the partners follow the order, or somebody credits it by hand; and then what it comes to of what
 * the buyer has kept. */

#include <string.h>

#include "rungs-history-private.h"

/* ---- the oracle: by which share */

/* The version that is in force for a partner at a moment. */
static const Version *
find_version (History *self,
              gint64   partner,
              gint64   at)
{
  const Membership *in = NULL;
  const Version *found = NULL;

  for (guint i = 0; i < self->memberships->len; i++)
    {
      const Membership *next = &g_array_index (self->memberships, Membership, i);

      if (next->partner == partner && next->from <= at && (in == NULL || next->from > in->from))
        in = next;
    }
  for (guint i = 0; in != NULL && i < self->versions->len; i++)
    {
      const Version *next = &g_array_index (self->versions, Version, i);

      if (next->programme == in->programme && next->from <= at
          && (found == NULL || next->from > found->from))
        found = next;
    }
  return found;
}

static gboolean
is_before (const Order *one,
           const Order *other)
{
  return one->at < other->at || (one->at == other->at && one->id < other->id);
}

/* Whole months of the calendar from one moment to another, by counting them up. */
static gint64
count_months (gint64 from,
              gint64 to)
{
  g_autoptr (GDateTime) begin = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) first = g_date_time_add (begin, from * 1000);
  gint64 months = 0;

  for (;;)
    {
      g_autoptr (GDateTime) next = g_date_time_add_months (first, (int) months + 1);

      if (g_date_time_difference (next, begin) / 1000 > to)
        return months;
      months++;
    }
}

/* Which kind of sale a line is, as far as orders have come in; `months`: of a renewal. */
static guint
find_sale (History     *self,
           const Order *order,
           const Line  *line,
           gint64      *months)
{
  gint64 first_at = order->at;
  guint sale = SALE_FIRST;

  *months = 0;
  for (guint i = 0; i < self->orders->len; i++)
    {
      const Order *other = &g_array_index (self->orders, Order, i);

      if (other->lead != order->lead || other->is_gone)
        continue;
      if (is_before (other, order))
        sale = SALE_LATER;
      for (guint k = 0; k < other->n_lines; k++)
        if (other->lines[k].sold.product == line->sold.product)
          first_at = MIN (first_at, other->at);
    }
  if (HISTORY_SOLD[line->sold.product - 1].period_months == 0 || first_at >= order->at)
    return sale;
  *months = count_months (first_at, order->at);
  return SALE_RENEWAL;
}

static gboolean
rate_fits (const Rate  *rate,
           const Order *order,
           const Line  *line,
           gint64       partner,
           guint        sale,
           gint64       months)
{
  if (rate->product != 0 && rate->product != line->sold.product)
    return FALSE;
  if (rate->partner != 0 && rate->partner != partner)
    return FALSE;
  if (rate->sale != SALE_ANY && rate->sale != sale)
    return FALSE;
  if (sale == SALE_RENEWAL && rate->months > 0 && months >= rate->months)
    return FALSE;
  return rate->pay != PAY_FIXED || strcmp (rate->currency, order->currency) == 0;
}

/* Half to even, by long division. */
static gint64
naive_times (gint64 minor,
             gint64 by,
             gint64 over)
{
  gint64 whole = minor * by / over, rest = minor * by % over;

  if (rest * 2 > over || (rest * 2 == over && whole % 2 == 1))
    whole++;
  return whole;
}

static gint64
find_month (History *self,
            gint64   at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  g_autoptr (GDateTime) first
      = g_date_time_new (self->zone, g_date_time_get_year (local), g_date_time_get_month (local), 1,
                         0, 0, 0);

  return g_date_time_to_unix (first) * 1000;
}

/* What the partner sold before the order: how many, or for how much in its currency. */
static gint64
count_sold (History       *self,
            const Order   *order,
            gint64         partner,
            const Rate    *rate,
            const Version *version)
{
  gint64 from = rate->by_month ? find_month (self, order->at) : 0, count = 0, amount = 0;

  for (guint i = 0; i < self->orders->len; i++)
    {
      const Order *other = &g_array_index (self->orders, Order, i);

      if (!other->is_credited || other->is_gone || other->partner != partner || other->at < from
          || !is_before (other, order))
        continue;
      count++;
      for (guint k = 0; k < other->n_lines && other->currency == order->currency; k++)
        amount += other->lines[k].kept;
    }
  return rate->of_orders ? count : naive_times (amount, 10000, 10000 + version->tax);
}

static void
decide_line (History *self,
             Order   *order,
             Line    *line,
             gint64   partner)
{
  const Version *version = find_version (self, partner, order->at);
  Decision *decision = &line->decisions[partner];
  const Rate *rate = NULL;
  gint64 months;
  guint sale = find_sale (self, order, line, &months);

  for (guint i = 0; version != NULL && i < version->n_rates && rate == NULL; i++)
    if (rate_fits (&version->rates[i], order, line, partner, sale, months))
      rate = &version->rates[i];
  if (version == NULL || decision->is_decided)
    return;
  *decision = (Decision){ .is_decided = TRUE, .tax = version->tax };
  if (rate == NULL)
    return;
  decision->share = rate->share;
  if (rate->pay == PAY_OWN)
    decision->share = MAX (HISTORY_SOLD[line->sold.product - 1].own_rate, 0);
  else if (rate->pay == PAY_TIERS && count_sold (self, order, partner, rate, version) >= rate->from)
    decision->share = rate->higher;
  else if (rate->pay == PAY_FIXED)
    {
      decision->share = NOBODY_SAID;
      decision->fixed = rate->fixed * line->sold.quantity;
    }
}

void
history_settle (History *self,
                Order   *order)
{
  for (guint i = 0; i < order->n_lines && order->is_credited && order->partner != 0; i++)
    decide_line (self, order, &order->lines[i], order->partner);
}

/* By the usual rules: the coupon, else the last touch within 30 days before the order. */
static gint64
find_partner (History     *self,
              const Order *order)
{
  const Touch *last = NULL;

  if (order->coupon_partner != 0)
    return order->coupon_partner;
  for (guint i = 0; i < self->touches->len; i++)
    {
      const Touch *touch = &g_array_index (self->touches, Touch, i);

      if (touch->lead == order->lead && touch->at <= order->at
          && touch->at >= order->at - 30 * DAY && (last == NULL || touch->at >= last->at))
        last = touch;
    }
  return last != NULL ? last->partner : 0;
}

void
history_follow (History *self)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      const Event *event = &g_array_index (self->events, Event, i);
      Order *order = &g_array_index (self->orders, Order, event->order);

      if (order->is_gone || (event->is_placed && order->is_credited))
        continue;
      if (event->is_placed)
        {
          order->partner = find_partner (self, order);
          order->is_credited = TRUE;
        }
      history_settle (self, order);
    }
  g_array_set_size (self->events, 0);
}

/* ---- the oracle: what it comes to */

static gint64
due_of (const Line *line,
        gint64      partner)
{
  const Decision *decision = &line->decisions[partner];

  if (!decision->is_decided)
    return 0;
  if (decision->share == NOBODY_SAID)
    return line->is_back ? 0 : decision->fixed;
  return naive_times (naive_times (line->kept, 10000, 10000 + decision->tax), decision->share,
                      10000);
}

static gint64
due_of_order (const Order *order,
              gint64       partner)
{
  gint64 due = 0;

  for (guint i = 0; i < order->n_lines && order->partner == partner && !order->is_gone; i++)
    due += due_of (&order->lines[i], partner);
  return due;
}

gint64
history_get_due (History *self,
                 gint64   order,
                 gint64   partner)
{
  gint64 due = 0;

  for (guint i = 0; i < self->orders->len; i++)
    if (g_array_index (self->orders, Order, i).id == order)
      due += due_of_order (&g_array_index (self->orders, Order, i), partner);
  return due;
}

gint64
history_get_sum (History    *self,
                 gint64      partner,
                 const char *currency)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->orders->len; i++)
    {
      const Order *order = &g_array_index (self->orders, Order, i);

      if (strcmp (order->currency, currency) == 0)
        sum += due_of_order (order, partner);
    }
  return sum;
}

gint64
history_get_last_order (History *self)
{
  gint64 last = 0;

  for (guint i = 0; i < self->orders->len; i++)
    last = MAX (last, g_array_index (self->orders, Order, i).id);
  return last;
}

void
history_count (History       *self,
               HistoryCounts *counts)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      const Order *order = &g_array_index (self->orders, Order, i);

      counts->by_coupon += order->coupon_partner != 0;
      counts->imported += order->run != 0;
      counts->gone += order->is_gone;
    }
}
