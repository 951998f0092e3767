/* rungs-naive-number.c: numbers and dates of a lead, and how they compare. */

#include "rungs-naive-ask.h"

#include <string.h>

#include "base/rungs-clock.h"

/* ---- numbers: whether there is one, and which */

gboolean
rungs_naive_number_of (Ask *ask, const char *field, double *number)
{
  gboolean has = TRUE;
  gint64 orders = 0;

  *number = 0;
  if (g_str_equal (field, "score"))
    *number = (double) NUMBER (ask, "lead", FIND (ask, "lead", ask->lead), "score");
  else if (g_str_equal (field, "touches"))
    {
      EACH (ask, "touch", i)
      {
        guint source = FIND (ask, "source", NUMBER (ask, "touch", i, "source"));

        *number +=
            NUMBER (ask, "touch", i, "lead") == ask->lead
            && rungs_naive_in_time (ask, NUMBER (ask, "touch", i, "at"))
            && (!rungs_naive_said (ask, "source")
                || rungs_naive_is_source (ask, source, rungs_naive_said (ask, "source")))
            && (!rungs_naive_said (ask, "source_kind")
                || g_str_equal (rungs_naive_said (ask, "source_kind"),
                                TEXT (ask, "source", source, "kind")))
            && (!rungs_naive_said (ask, "path")
                || g_str_equal (rungs_naive_said (ask, "path"), TEXT (ask, "touch", i, "path")));
      }
    }
  else if (g_str_equal (field, "events"))
    {
      EACH (ask, "event", i)
      *number += rungs_naive_is_said_event (ask, i);
    }
  else if (g_str_equal (field, "tasks"))
    {
      EACH (ask, "task", i)
      *number +=
          NUMBER (ask, "task", i, "lead") == ask->lead && IS_NULL (ask, "task", i, "done_at");
    }
  else if (g_str_equal (field, "messages"))
    {
      EACH (ask, "outbox", i)
      {
        guint message = FIND (ask, "message", NUMBER (ask, "outbox", i, "message"));

        *number += NUMBER (ask, "outbox", i, "lead") == ask->lead
                   && g_str_equal (TEXT (ask, "outbox", i, "state"), "sent")
                   && rungs_naive_in_time (ask, NUMBER (ask, "outbox", i, "ended_at"))
                   && (!rungs_naive_said (ask, "message")
                       || g_str_equal (rungs_naive_said (ask, "message"),
                                       TEXT (ask, "message", message, "name")));
      }
    }
  else if (g_str_equal (field, "orders"))
    {
      EACH (ask, "sales_order", i)
      *number +=
          NUMBER (ask, "sales_order", i, "lead") == ask->lead
          && rungs_naive_in_time (ask, NUMBER (ask, "sales_order", i, "at"))
          && rungs_naive_order_holds_said_product (ask, NUMBER (ask, "sales_order", i, "id"));
    }
  else if (g_str_equal (field, "spent") || g_str_equal (field, "average_order"))
    {
      EACH (ask, "sales_order", i)
      {
        guint times;

        if (NUMBER (ask, "sales_order", i, "lead") != ask->lead
            || !rungs_naive_in_time (ask, NUMBER (ask, "sales_order", i, "at"))
            || !g_str_equal (TEXT (ask, "sales_order", i, "currency"), ask->world->currency))
          continue;
        orders++;
        EACH (ask, "order_line", n)
        if (NUMBER (ask, "order_line", n, "sales_order") == NUMBER (ask, "sales_order", i, "id"))
          *number += (double) (NUMBER (ask, "order_line", n, "amount")
                               - rungs_naive_given_back (ask, NUMBER (ask, "order_line", n, "id"),
                                                         &times));
      }
      if (g_str_equal (field, "average_order"))
        {
          has = orders > 0;
          *number = has ? *number / (double) orders : 0;
        }
    }
  else
    {
      gboolean rung = g_str_equal (field, "owned_rung");

      has = !rung;
      EACH (ask, "product", p)
      {
        gboolean owned = FALSE;

        EACH (ask, "order_line", i)
        {
          guint order = FIND (ask, "sales_order", NUMBER (ask, "order_line", i, "sales_order"));

          owned |= NUMBER (ask, "sales_order", order, "lead") == ask->lead
                   && rungs_naive_is_owned (ask, i)
                   && rungs_naive_holds (ask, NUMBER (ask, "order_line", i, "product"),
                                         NUMBER (ask, "product", p, "id"));
        }
        if (!rung)
          *number += owned;
        else if (owned && !IS_NULL (ask, "product", p, "rung"))
          {
            double own = (double) NUMBER (ask, "product", p, "rung");

            *number = has ? MAX (*number, own) : own;
            has = TRUE;
          }
      }
    }
  return has;
}

gboolean
rungs_naive_compare_numbers (Ask *ask, const char *op, gboolean has, double number)
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
in_zone (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / 1000);

  return g_date_time_to_timezone (utc, zone);
}

void
rungs_naive_day_of (gint64 instant, GTimeZone *zone, GDate *day)
{
  g_autoptr (GDateTime) local = in_zone (instant, zone);

  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) g_date_time_get_day_of_month (local),
                  g_date_time_get_month (local), (GDateYear) g_date_time_get_year (local));
}

/* The instant that a value of the leaf names: "2026-03-01", with a time or without. */
static gint64
instant_of (const char *text, GTimeZone *zone)
{
  g_autofree char *full =
      strlen (text) == 10 ? g_strconcat (text, "T00:00:00", NULL) : g_strdup (text);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (full, zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * 1000;
}

gboolean
rungs_naive_compare_dates (Ask *ask, const char *op, gboolean has, gint64 at)
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
  return g_date_days_between (&own, &other) == (int) days;
}

gboolean
rungs_naive_date_of (Ask *ask, const char *field, gint64 *at)
{
  gboolean first = g_str_has_prefix (field, "first_") || g_str_equal (field, "owned_since");
  const char *table = strstr (field, "touch")     ? "touch"
                      : strstr (field, "order")   ? "sales_order"
                      : strstr (field, "message") ? "outbox"
                      : strstr (field, "event")   ? "event"
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
    guint order = 0;
    gint64 when;

    if (g_str_equal (table, "order_line"))
      {
        gboolean those = FALSE;

        order = FIND (ask, "sales_order", NUMBER (ask, table, i, "sales_order"));
        EACH (ask, "product", p)
        those |= rungs_naive_is_said_product (ask, p)
                 && rungs_naive_holds (ask, NUMBER (ask, table, i, "product"),
                                       NUMBER (ask, "product", p, "id"));
        if (!those || !rungs_naive_is_owned (ask, i)
            || NUMBER (ask, "sales_order", order, "lead") != ask->lead)
          continue;
        when = NUMBER (ask, "sales_order", order, "at");
      }
    else
      {
        if (NUMBER (ask, table, i, "lead") != ask->lead
            || (g_str_equal (table, "event") && !rungs_naive_is_said_event (ask, i))
            || (g_str_equal (table, "sales_order")
                && !rungs_naive_order_holds_said_product (ask, NUMBER (ask, table, i, "id")))
            || (g_str_equal (table, "outbox")
                && (!g_str_equal (TEXT (ask, table, i, "state"), "sent")
                    || (rungs_naive_said (ask, "message")
                        && !g_str_equal (
                            rungs_naive_said (ask, "message"),
                            TEXT (ask, "message",
                                  FIND (ask, "message", NUMBER (ask, table, i, "message")),
                                  "name"))))))
          continue;
        when = NUMBER (ask, table, i, g_str_equal (table, "outbox") ? "ended_at" : "at");
      }
    *at = !has ? when : first ? MIN (*at, when) : MAX (*at, when);
    has = TRUE;
  }
  return has;
}
