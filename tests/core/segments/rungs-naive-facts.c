/* rungs-naive-facts.c: facts that several fields ask about. */

#include "rungs-naive-ask.h"

#include "base/rungs-clock.h"

/* ---- what the leaf says */

const char *
rungs_naive_said (Ask        *ask,
                  const char *name)
{
  return json_object_get_string_member_with_default (ask->leaf, name, NULL);
}

/* Whether the time is within the days that the leaf says, if it does. */
gboolean
rungs_naive_in_time (Ask    *ask,
                     gint64  at)
{
  gint64 days = json_object_get_int_member_with_default (ask->leaf, "within_days", -1);

  return days < 0 || (at >= ask->now - days * RUNGS_DAY && at <= ask->now);
}

/* ---- facts that several fields ask about */

gint64
rungs_naive_given_back (Ask    *ask,
                        gint64  line,
                        guint  *times)
{
  gint64 sum = 0;

  *times = 0;
  EACH (ask, "refund_line", i)
  if (NUMBER (ask, "refund_line", i, "order_line") == line)
    {
      sum += NUMBER (ask, "refund_line", i, "amount");
      ++*times;
    }
  return sum;
}

gboolean
rungs_naive_is_refunded (Ask   *ask,
                         guint  line)
{
  guint times;
  gint64 sum = rungs_naive_given_back (ask, NUMBER (ask, "order_line", line, "id"), &times);

  return times > 0 && sum >= NUMBER (ask, "order_line", line, "amount");
}

/* How long after what was paid for ends the subscription of the line lapses. */
static gint64
grace_of (Ask   *ask,
          guint  line)
{
  EACH (ask, "product", i)
  if (NUMBER (ask, "product", i, "id") == NUMBER (ask, "order_line", line, "product"))
    return NUMBER (ask, "product", i, "lapse_days") * RUNGS_DAY;
  return 0;
}

gboolean
rungs_naive_is_owned (Ask   *ask,
                      guint  line)
{
  return !rungs_naive_is_refunded (ask, line)
         && (IS_NULL (ask, "order_line", line, "paid_until")
             || NUMBER (ask, "order_line", line, "paid_until") + grace_of (ask, line) > ask->now);
}

gboolean
rungs_naive_holds (Ask    *ask,
                   gint64  whole,
                   gint64  part)
{
  EACH (ask, "product_holds", i)
  if (NUMBER (ask, "product_holds", i, "whole") == whole
      && NUMBER (ask, "product_holds", i, "part") == part)
    return TRUE;
  return FALSE;
}

/* Whether the product of that row is what the leaf's parameter "product" names, if it names one. */
gboolean
rungs_naive_is_said_product (Ask   *ask,
                             guint  product)
{
  const char *sku = rungs_naive_said (ask, "product");

  return sku == NULL || g_ascii_strcasecmp (TEXT (ask, "product", product, "sku"), sku) == 0;
}

gboolean
rungs_naive_order_holds_said_product (Ask    *ask,
                                      gint64  order)
{
  if (rungs_naive_said (ask, "product") == NULL)
    return TRUE;
  EACH (ask, "order_line", i)
  if (NUMBER (ask, "order_line", i, "sales_order") == order)
    EACH (ask, "product", p)
  if (rungs_naive_is_said_product (ask, p)
      && rungs_naive_holds (ask, NUMBER (ask, "order_line", i, "product"),
                            NUMBER (ask, "product", p, "id")))
    return TRUE;
  return FALSE;
}

gboolean
rungs_naive_is_source (Ask        *ask,
                       guint       source,
                       const char *name)
{
  g_autofree char *full = g_strconcat (TEXT (ask, "source", source, "kind"), ":",
                                       TEXT (ask, "source", source, "name"), NULL);

  return g_str_equal (name, full) || g_str_equal (name, TEXT (ask, "source", source, "name"));
}

/* Whether it is the first or last touch of the lead, where the leaf says so. */
gboolean
rungs_naive_is_said_touch (Ask   *ask,
                           guint  touch)
{
  const char *which = rungs_naive_said (ask, "which");
  gint64 at = NUMBER (ask, "touch", touch, "at");
  gint64 id = NUMBER (ask, "touch", touch, "id");

  if (which == NULL || g_str_equal (which, "any"))
    return TRUE;
  EACH (ask, "touch", i)
  {
    gint64 other = NUMBER (ask, "touch", i, "at");
    gboolean earlier = other < at || (other == at && NUMBER (ask, "touch", i, "id") < id);
    gboolean later = other > at || (other == at && NUMBER (ask, "touch", i, "id") > id);

    if (NUMBER (ask, "touch", i, "lead") == ask->lead
        && (g_str_equal (which, "first") ? earlier : later))
      return FALSE;
  }
  return TRUE;
}

/* "given", "withdrawn" or "none". */
const char *
rungs_naive_consent_state (Ask *ask)
{
  const char *purpose = rungs_naive_said (ask, "purpose");
  const char *channel = rungs_naive_said (ask, "channel");
  const char *state = "none";
  gint64 newest = 0;

  EACH (ask, "consent", i)
  {
    gint64 id = NUMBER (ask, "consent", i, "id");
    gboolean annulled = FALSE;

    EACH (ask, "consent", j)
    annulled |= NUMBER (ask, "consent", j, "annuls") == id;
    if (NUMBER (ask, "consent", i, "lead") != ask->lead || annulled || id < newest
        || g_str_equal (TEXT (ask, "consent", i, "action"), "annulled")
        || !g_str_equal (TEXT (ask, "consent", i, "purpose"), purpose ? purpose : "marketing")
        || !g_str_equal (TEXT (ask, "consent", i, "channel"), channel ? channel : "email"))
      continue;
    newest = id;
    state = TEXT (ask, "consent", i, "action");
  }
  return state;
}

/* The name in a table of what `through`, a row of another, or the event itself names. */
static char *
dup_name (Ask        *ask,
          const char *through,
          gint64      number,
          const char *table)
{
  guint row = through != NULL ? FIND (ask, through, number) : 0;
  guint named;

  if (through != NULL && row == G_MAXUINT)
    return NULL;
  named = FIND (ask, table, through != NULL ? NUMBER (ask, through, row, table) : number);
  if (named == G_MAXUINT)
    return NULL;
  return g_str_equal (table, "source")
           ? g_strconcat (TEXT (ask, table, named, "kind"), ":", TEXT (ask, table, named, "name"),
                          NULL)
           : g_strdup (TEXT (ask, table, named, "name"));
}

/* What the event is about, by its name of now. */
static char *
dup_about (Ask   *ask,
           guint  event)
{
  static const struct
  {
    const char *kind;
    const char *through;
    const char *table;
  } NAMED[] = {
    { "tag.added", NULL, "tag" },
    { "tag.removed", NULL, "tag" },
    { "touch.made", "touch", "source" },
    { "mail.sent", "outbox", "message" },
    { "sequence.entered", "enrolment", "sequence" },
  };
  const char *kind = TEXT (ask, "event", event, "kind");
  char *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (NAMED); i++)
    if (g_str_equal (kind, NAMED[i].kind) && !IS_NULL (ask, "event", event, "ref"))
      name = dup_name (ask, NAMED[i].through, NUMBER (ask, "event", event, "ref"), NAMED[i].table);
  return name != NULL ? name : g_strdup (TEXT (ask, "event", event, "detail"));
}

gboolean
rungs_naive_is_said_event (Ask   *ask,
                           guint  event)
{
  const char *detail = rungs_naive_said (ask, "detail");
  g_autofree char *about = dup_about (ask, event);

  return NUMBER (ask, "event", event, "lead") == ask->lead
         && g_str_equal (TEXT (ask, "event", event, "kind"), rungs_naive_said (ask, "kind"))
         && (detail == NULL || g_ascii_strcasecmp (about, detail) == 0)
         && rungs_naive_in_time (ask, NUMBER (ask, "event", event, "at"));
}

const char *
rungs_naive_lifecycle (Ask *ask)
{
  const char *state = "lead";

  EACH (ask, "order_line", i)
  {
    guint order = FIND (ask, "sales_order", NUMBER (ask, "order_line", i, "sales_order"));

    if (NUMBER (ask, "sales_order", order, "lead") != ask->lead)
      continue;
    if (rungs_naive_is_owned (ask, i))
      return "customer";
    state = "former";
  }
  return state;
}
