/* rungs-naive-number.c: numbers and dates of a lead, and how they compare. */

#include "rungs-naive-ask.h"

#include <string.h>

#include "base/rungs-clock.h"

/* ---- numbers: whether there is one, and which */

static gboolean
is_said_source (Ask   *ask,
                guint  touch)
{
  guint source = FIND (ask, "source", NUMBER (ask, "touch", touch, "source"));
  const char *name = rungs_naive_said (ask, "source");
  const char *kind = rungs_naive_said (ask, "source_kind");
  const char *path = rungs_naive_said (ask, "path");

  return (name == NULL || rungs_naive_is_source (ask, source, name))
         && (kind == NULL || g_str_equal (kind, TEXT (ask, "source", source, "kind")))
         && (path == NULL || g_str_equal (path, TEXT (ask, "touch", touch, "path")));
}

static gboolean
count_touches (Ask    *ask,
               double *number)
{
  EACH (ask, "touch", i)
  *number += NUMBER (ask, "touch", i, "lead") == ask->lead
             && rungs_naive_in_time (ask, NUMBER (ask, "touch", i, "at"))
             && is_said_source (ask, i);
  return TRUE;
}

static gboolean
count_events (Ask    *ask,
              double *number)
{
  EACH (ask, "event", i)
  *number += rungs_naive_is_said_event (ask, i);
  return TRUE;
}

static gboolean
count_tasks (Ask    *ask,
             double *number)
{
  EACH (ask, "task", i)
  *number += NUMBER (ask, "task", i, "lead") == ask->lead && IS_NULL (ask, "task", i, "done_at");
  return TRUE;
}

/* Whether the message of the outbox was sent to the lead, and is the one that the leaf says. */
static gboolean
is_said_message (Ask   *ask,
                 guint  row)
{
  guint message = FIND (ask, "message", NUMBER (ask, "outbox", row, "message"));
  const char *name = rungs_naive_said (ask, "message");

  return NUMBER (ask, "outbox", row, "lead") == ask->lead
         && g_str_equal (TEXT (ask, "outbox", row, "state"), "sent")
         && (name == NULL || g_str_equal (name, TEXT (ask, "message", message, "name")));
}

/* Whether the event is of that kind, and of the lead and the message that the leaf says. */
static gboolean
is_said_event (Ask        *ask,
               guint       event,
               const char *kind)
{
  int sent = rungs_naive_find (rungs_naive_table (ask->world, "outbox"), "id",
                               NUMBER (ask, "event", event, "ref"));
  const char *name = rungs_naive_said (ask, "message");

  return sent >= 0 && NUMBER (ask, "event", event, "lead") == ask->lead
         && g_str_equal (TEXT (ask, "event", event, "kind"), kind)
         && (name == NULL
             || g_str_equal (name, TEXT (ask, "message",
                                         FIND (ask, "message",
                                               NUMBER (ask, "outbox", (guint) sent, "message")),
                                         "name")));
}

static gboolean
count_messages (Ask    *ask,
                double *number)
{
  EACH (ask, "outbox", i)
  *number += is_said_message (ask, i)
             && rungs_naive_in_time (ask, NUMBER (ask, "outbox", i, "ended_at"));
  return TRUE;
}

static gboolean
is_said_order (Ask   *ask,
               guint  order)
{
  return NUMBER (ask, "sales_order", order, "lead") == ask->lead
         && rungs_naive_in_time (ask, NUMBER (ask, "sales_order", order, "at"))
         && rungs_naive_order_holds_said_product (ask, NUMBER (ask, "sales_order", order, "id"));
}

static gboolean
count_orders (Ask    *ask,
              double *number)
{
  EACH (ask, "sales_order", i)
  *number += is_said_order (ask, i);
  return TRUE;
}

/* What was paid for the order, less what was given back. */
static double
paid_for (Ask    *ask,
          gint64  order)
{
  double paid = 0;
  guint times;

  EACH (ask, "order_line", i)
  if (NUMBER (ask, "order_line", i, "sales_order") == order)
    paid += (double) (NUMBER (ask, "order_line", i, "amount")
                      - rungs_naive_given_back (ask, NUMBER (ask, "order_line", i, "id"), &times));
  return paid;
}

/* Returns: of how many orders it is the sum. */
static guint
add_up (Ask    *ask,
        double *number)
{
  guint orders = 0;

  EACH (ask, "sales_order", i)
  if (is_said_order (ask, i)
      && g_str_equal (TEXT (ask, "sales_order", i, "currency"), ask->world->currency))
    {
      orders++;
      *number += paid_for (ask, NUMBER (ask, "sales_order", i, "id"));
    }
  return orders;
}

static gboolean
sum_orders (Ask    *ask,
            double *number)
{
  add_up (ask, number);
  return TRUE;
}

static gboolean
average_orders (Ask    *ask,
                double *number)
{
  guint orders = add_up (ask, number);

  *number = orders > 0 ? *number / orders : 0;
  return orders > 0;
}

/* Whether the lead owns the product of that row. */
static gboolean
owns (Ask   *ask,
      guint  product)
{
  EACH (ask, "order_line", i)
  {
    guint order = FIND (ask, "sales_order", NUMBER (ask, "order_line", i, "sales_order"));

    if (NUMBER (ask, "sales_order", order, "lead") == ask->lead && rungs_naive_is_owned (ask, i)
        && rungs_naive_holds (ask, NUMBER (ask, "order_line", i, "product"),
                              NUMBER (ask, "product", product, "id")))
      return TRUE;
  }
  return FALSE;
}

static gboolean
count_products (Ask    *ask,
                double *number)
{
  EACH (ask, "product", p)
  *number += owns (ask, p);
  return TRUE;
}

static gboolean
highest_rung (Ask    *ask,
              double *number)
{
  gboolean has = FALSE;

  EACH (ask, "product", p)
  if (owns (ask, p) && !IS_NULL (ask, "product", p, "rung"))
    {
      double rung = (double) NUMBER (ask, "product", p, "rung");

      *number = has ? MAX (*number, rung) : rung;
      has = TRUE;
    }
  return has;
}

static gboolean
score_of (Ask    *ask,
          double *number)
{
  *number = (double) NUMBER (ask, "lead", FIND (ask, "lead", ask->lead), "score");
  return TRUE;
}

static gboolean
is_said_coupon (Ask    *ask,
                gint64  coupon)
{
  const char *said = rungs_naive_said (ask, "coupon");
  const char *code = TEXT (ask, "coupon", FIND (ask, "coupon", coupon), "code");

  return said == NULL || g_ascii_strcasecmp (code, said) == 0;
}

static gboolean
count_given (Ask    *ask,
             double *number)
{
  EACH (ask, "coupon_given", i)
  *number += NUMBER (ask, "coupon_given", i, "lead") == ask->lead
             && is_said_coupon (ask, NUMBER (ask, "coupon_given", i, "coupon"))
             && rungs_naive_in_time (ask, NUMBER (ask, "coupon_given", i, "at"));
  return TRUE;
}

/* Whether something of the order was not given back. */
static gboolean
order_stands (Ask    *ask,
              gint64  order)
{
  EACH (ask, "order_line", i)
  if (NUMBER (ask, "order_line", i, "sales_order") == order && !rungs_naive_is_refunded (ask, i))
    return TRUE;
  return FALSE;
}

static gboolean
count_coupons (Ask    *ask,
               double *number)
{
  EACH (ask, "coupon_use", i)
  {
    gint64 order = NUMBER (ask, "coupon_use", i, "sales_order");
    guint row = FIND (ask, "sales_order", order);

    *number += NUMBER (ask, "sales_order", row, "lead") == ask->lead
               && is_said_coupon (ask, NUMBER (ask, "coupon_use", i, "coupon"))
               && rungs_naive_in_time (ask, NUMBER (ask, "sales_order", row, "at"))
               && order_stands (ask, order);
  }
  return TRUE;
}

gboolean
rungs_naive_number_of (Ask        *ask,
                       const char *field,
                       double     *number)
{
  static const struct
  {
    const char *field;
    gboolean (*read) (Ask *ask, double *number);
  } FIELDS[] = {
    { "score", score_of },         { "touches", count_touches },  { "events", count_events },
    { "tasks", count_tasks },      { "messages", count_messages }, { "orders", count_orders },
    { "spent", sum_orders },       { "average_order", average_orders },
    { "products", count_products }, { "owned_rung", highest_rung },
    { "coupons", count_coupons },  { "coupons_given", count_given },
  };

  *number = 0;
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (g_str_equal (FIELDS[i].field, field))
      return FIELDS[i].read (ask, number);
  g_assert_not_reached ();
}

gboolean
rungs_naive_compare_numbers (Ask        *ask,
                             const char *op,
                             gboolean    has,
                             double      number)
{
  double value = json_object_get_double_member_with_default (ask->leaf, "value", 0);

  if (strstr (op, "empty") != NULL)
    return has == g_str_equal (op, "not_empty");
  if (g_str_equal (op, "is_not"))
    return !has || number != value;
  if (!has)
    return FALSE;
  if (g_str_equal (op, "less"))
    return number < value;
  if (g_str_equal (op, "at_most"))
    return number <= value;
  if (g_str_equal (op, "at_least"))
    return number >= value;
  return g_str_equal (op, "more") ? number > value : number == value;
}

/* ---- dates */

static GDateTime *
in_zone (gint64     instant,
         GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / 1000);

  return g_date_time_to_timezone (utc, zone);
}

void
rungs_naive_day_of (gint64     instant,
                    GTimeZone *zone,
                    GDate     *day)
{
  g_autoptr (GDateTime) local = in_zone (instant, zone);

  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) g_date_time_get_day_of_month (local),
                  g_date_time_get_month (local), (GDateYear) g_date_time_get_year (local));
}

/* The instant that a value of the leaf names: "2026-03-01", with a time or without. */
static gint64
instant_of (const char *text,
            GTimeZone  *zone)
{
  g_autofree char *full =
      strlen (text) == 10 ? g_strconcat (text, "T00:00:00", NULL) : g_strdup (text);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (full, zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * 1000;
}

static gboolean
is_day_of_year (const GDate *own,
                const GDate *day)
{
  gboolean leap_day = g_date_get_month (own) == 2 && g_date_get_day (own) == 29;

  if (g_date_get_month (own) == g_date_get_month (day)
      && g_date_get_day (own) == g_date_get_day (day))
    return TRUE;
  return leap_day && g_date_get_month (day) == 2 && g_date_get_day (day) == 28
         && !g_date_is_leap_year (g_date_get_year (day));
}

gboolean
rungs_naive_comes_round (const char  *op,
                         const GDate *own,
                         const GDate *today,
                         int          days)
{
  GDate day = *today;

  if (g_str_equal (op, "yearly_within_days"))
    g_date_subtract_days (&day, (guint) days);
  for (int i = 0; i <= days; i++, g_date_add_days (&day, 1))
    if (is_day_of_year (own, &day))
      return TRUE;
  return FALSE;
}

gboolean
rungs_naive_compare_dates (Ask        *ask,
                           const char *op,
                           gboolean    has,
                           gint64      at)
{
  JsonNode *value = json_object_get_member (ask->leaf, "value");
  gboolean is_text = value && json_node_get_value_type (value) == G_TYPE_STRING;
  gint64 days = value && !is_text ? json_node_get_int (value) : 0;
  gint64 instant = is_text ? instant_of (json_node_get_string (value), ask->world->zone) : ask->now;
  gint64 age = ask->now - at;
  GDate own, other;

  if (strstr (op, "empty") != NULL)
    return has == g_str_equal (op, "not_empty");
  if (g_str_equal (op, "not_within_days"))
    return !has || age < 0 || age > days * RUNGS_DAY;
  if (!has)
    return FALSE;
  if (g_str_equal (op, "before"))
    return at < instant;
  if (g_str_equal (op, "since"))
    return at >= instant;
  if (g_str_equal (op, "within_days"))
    return age >= 0 && age <= days * RUNGS_DAY;
  if (g_str_equal (op, "over_days_ago"))
    return age > days * RUNGS_DAY;
  if (g_str_equal (op, "in_days"))
    return age <= 0 && -age <= days * RUNGS_DAY;
  rungs_naive_day_of (at, ask->world->zone, &own);
  rungs_naive_day_of (instant, ask->world->zone, &other);
  if (g_str_has_prefix (op, "yearly"))
    return rungs_naive_comes_round (op, &own, &other, (int) days);
  return g_date_days_between (&own, &other) == (int) days;
}

/* Whether the row of that table is of the lead and what the leaf asks about; when it happened. */
static gboolean
is_said_row (Ask        *ask,
             const char *field,
             const char *table,
             guint       row,
             gint64     *at)
{
  gboolean mail = g_str_equal (table, "outbox");

  *at = NUMBER (ask, table, row, mail ? "ended_at" : "at");
  if (mail)
    return is_said_message (ask, row);
  if (g_str_equal (field, "last_click"))
    return is_said_event (ask, row, "mail.clicked");
  if (g_str_equal (field, "last_reply"))
    return is_said_event (ask, row, "mail.replied");
  if (g_str_equal (table, "event"))
    return rungs_naive_is_said_event (ask, row);
  if (NUMBER (ask, table, row, "lead") != ask->lead)
    return FALSE;
  return !g_str_equal (table, "sales_order")
         || rungs_naive_order_holds_said_product (ask, NUMBER (ask, table, row, "id"));
}

/* The same, of a line of an order: whether by it the lead owns the product that the leaf says. */
static gboolean
is_said_line (Ask    *ask,
              guint   line,
              gint64 *at)
{
  guint order = FIND (ask, "sales_order", NUMBER (ask, "order_line", line, "sales_order"));
  gboolean those = FALSE;

  *at = NUMBER (ask, "sales_order", order, "at");
  EACH (ask, "product", p)
  those |= rungs_naive_is_said_product (ask, p)
           && rungs_naive_holds (ask, NUMBER (ask, "order_line", line, "product"),
                                 NUMBER (ask, "product", p, "id"));
  return those && rungs_naive_is_owned (ask, line)
         && NUMBER (ask, "sales_order", order, "lead") == ask->lead;
}

gboolean
rungs_naive_date_of (Ask        *ask,
                     const char *field,
                     gint64     *at)
{
  gboolean first = g_str_has_prefix (field, "first_") || g_str_equal (field, "owned_since");
  gboolean owned = g_str_equal (field, "owned_since");
  const char *table = strstr (field, "touch")     ? "touch"
                      : strstr (field, "order")   ? "sales_order"
                      : strstr (field, "message") ? "outbox"
                      : strstr (field, "event")   ? "event"
                      : strstr (field, "click")   ? "event"
                      : strstr (field, "reply")   ? "event"
                                                  : "order_line";
  gboolean has = FALSE;

  if (g_str_equal (field, "created") || g_str_equal (field, "updated"))
    {
      g_autofree char *column = g_strconcat (field, "_at", NULL);

      *at = NUMBER (ask, "lead", FIND (ask, "lead", ask->lead), column);
      return TRUE;
    }
  EACH (ask, table, i)
  {
    gint64 when;

    if (owned ? !is_said_line (ask, i, &when) : !is_said_row (ask, field, table, i, &when))
      continue;
    *at = !has ? when : first ? MIN (*at, when) : MAX (*at, when);
    has = TRUE;
  }
  return has;
}
