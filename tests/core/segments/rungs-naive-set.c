/* rungs-naive-set.c: which names a set holds. */

#include "rungs-naive-ask.h"

#include <string.h>

/* ---- sets */

static gboolean
touch_has (Ask        *ask,
           const char *field,
           const char *name)
{
  EACH (ask, "touch", i)
  {
    guint source = FIND (ask, "source", NUMBER (ask, "touch", i, "source"));
    const char *kind = TEXT (ask, "source", source, "kind");
    const char *detail = TEXT (ask, "touch", i, "detail");
    gboolean partner = g_str_equal (kind, "jv") || g_str_equal (kind, "affiliate");

    if (NUMBER (ask, "touch", i, "lead") != ask->lead || !rungs_naive_is_said_touch (ask, i)
        || !rungs_naive_in_time (ask, NUMBER (ask, "touch", i, "at"))
        || (g_str_equal (field, "partner") && !partner)
        || (g_str_equal (field, "campaign") && *detail == '\0'))
      continue;
    if (name == NULL
        || (g_str_equal (field, "path") && g_str_equal (TEXT (ask, "touch", i, "path"), name))
        || (g_str_equal (field, "source_kind") && g_str_equal (kind, name))
        || (g_str_equal (field, "campaign") && g_ascii_strcasecmp (detail, name) == 0)
        || ((g_str_equal (field, "source") || g_str_equal (field, "partner"))
            && rungs_naive_is_source (ask, source, name)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
product_has (Ask        *ask,
             const char *field,
             const char *name)
{
  const char *how = rungs_naive_said (ask, "how");

  EACH (ask, "order_line", i)
  {
    guint order = FIND (ask, "sales_order", NUMBER (ask, "order_line", i, "sales_order"));
    gint64 whole = NUMBER (ask, "order_line", i, "product");

    if (NUMBER (ask, "sales_order", order, "lead") != ask->lead
        || (g_str_equal (field, "owns") && !rungs_naive_is_owned (ask, i))
        || (g_str_equal (field, "refunded") && !rungs_naive_is_refunded (ask, i))
        || !rungs_naive_in_time (ask, NUMBER (ask, "sales_order", order, "at")))
      continue;
    EACH (ask, "product", p)
    {
      gint64 part = NUMBER (ask, "product", p, "id");

      if (rungs_naive_holds (ask, whole, part)
          && (name == NULL || g_ascii_strcasecmp (TEXT (ask, "product", p, "sku"), name) == 0)
          && (how == NULL || g_str_equal (how, "any")
              || g_str_equal (how, "itself") == (whole == part)))
        return TRUE;
    }
  }
  return FALSE;
}

static gboolean
mail_has (Ask        *ask,
          const char *field,
          const char *name)
{
  EACH (ask, "outbox", i)
  {
    guint message = FIND (ask, "message", NUMBER (ask, "outbox", i, "message"));

    if (name != NULL && !g_str_equal (TEXT (ask, "message", message, "name"), name))
      continue;
    if (g_str_equal (field, "got"))
      {
        if (NUMBER (ask, "outbox", i, "lead") == ask->lead
            && g_str_equal (TEXT (ask, "outbox", i, "state"), "sent")
            && rungs_naive_in_time (ask, NUMBER (ask, "outbox", i, "ended_at")))
          return TRUE;
        continue;
      }
    EACH (ask, "event", e)
    if (NUMBER (ask, "event", e, "lead") == ask->lead
        && NUMBER (ask, "event", e, "ref") == NUMBER (ask, "outbox", i, "id")
        && g_str_equal (TEXT (ask, "event", e, "kind"),
                        g_str_equal (field, "clicked")   ? "mail.clicked"
                        : g_str_equal (field, "replied") ? "mail.replied"
                                                         : "mail.bounced")
        && rungs_naive_in_time (ask, NUMBER (ask, "event", e, "at")))
      return TRUE;
  }
  return FALSE;
}

static gboolean
sequence_has (Ask        *ask,
              const char *field,
              const char *name)
{
  gboolean ended = g_str_equal (field, "ended_sequence");
  gboolean step = g_str_equal (field, "sequence_step");
  gboolean was = g_str_equal (field, "was_in_sequence");

  EACH (ask, "enrolment", i)
  {
    guint sequence = FIND (ask, "sequence", NUMBER (ask, "enrolment", i, "sequence"));
    const char *own = TEXT (ask, "sequence", sequence, "name");
    const char *outcome = TEXT (ask, "enrolment", i, "outcome");
    const char *wanted = rungs_naive_said (ask, "outcome");

    if (NUMBER (ask, "enrolment", i, "lead") == ask->lead && (was || ended == (*outcome != '\0'))
        && (wanted == NULL || g_str_equal (wanted, outcome))
        && (!step || g_str_equal (own, rungs_naive_said (ask, "sequence")))
        && (name == NULL || g_str_equal (name, step ? TEXT (ask, "enrolment", i, "step") : own))
        && rungs_naive_in_time (ask,
                                NUMBER (ask, "enrolment", i, ended ? "ended_at" : "entered_at")))
      return TRUE;
  }
  return FALSE;
}

static gboolean
segment_has (Ask        *ask,
             const char *name)
{
  EACH (ask, "segment", i)
  {
    const char *rule = TEXT (ask, "segment", i, "rule");
    g_autoptr (JsonNode) json = *rule != '\0' ? json_from_string (rule, NULL) : NULL;

    if (g_ascii_strcasecmp (TEXT (ask, "segment", i, "key"), name) != 0)
      continue;
    if (json != NULL)
      return rungs_naive_matches (ask->world, json, ask->lead, ask->now);
    EACH (ask, "segment_member", m)
    if (NUMBER (ask, "segment_member", m, "segment") == NUMBER (ask, "segment", i, "id")
        && NUMBER (ask, "segment_member", m, "lead") == ask->lead)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_coupon (Ask        *ask,
           gint64      coupon,
           const char *name)
{
  return g_ascii_strcasecmp (TEXT (ask, "coupon", FIND (ask, "coupon", coupon), "code"), name) == 0;
}

static gboolean
order_uses (Ask        *ask,
            guint       order,
            const char *name)
{
  EACH (ask, "coupon_use", i)
  if (NUMBER (ask, "coupon_use", i, "sales_order") == NUMBER (ask, "sales_order", order, "id")
      && is_coupon (ask, NUMBER (ask, "coupon_use", i, "coupon"), name))
    return TRUE;
  return FALSE;
}

/* By its text, or by a coupon that it uses. */
static gboolean
order_has_coupon (Ask        *ask,
                  const char *name)
{
  EACH (ask, "sales_order", i)
  {
    const char *text = TEXT (ask, "sales_order", i, "coupon");

    if (NUMBER (ask, "sales_order", i, "lead") == ask->lead && *text != '\0'
        && rungs_naive_in_time (ask, NUMBER (ask, "sales_order", i, "at"))
        && (name == NULL || g_ascii_strcasecmp (text, name) == 0 || order_uses (ask, i, name)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
was_given_coupon (Ask        *ask,
                  const char *name)
{
  const char *how = rungs_naive_said (ask, "how");

  EACH (ask, "coupon_given", i)
  if (NUMBER (ask, "coupon_given", i, "lead") == ask->lead
      && (how == NULL || g_str_equal (TEXT (ask, "coupon_given", i, "how"), how))
      && rungs_naive_in_time (ask, NUMBER (ask, "coupon_given", i, "at"))
      && (name == NULL || is_coupon (ask, NUMBER (ask, "coupon_given", i, "coupon"), name)))
    return TRUE;
  return FALSE;
}

/* Whether a list such as "[3,17]" has the lead. */
static gboolean
list_has (Ask        *ask,
          const char *list)
{
  g_autoptr (JsonNode) json = json_from_string (list, NULL);
  JsonArray *ids = json != NULL && JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : NULL;

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    if (json_array_get_int_element (ids, i) == ask->lead)
      return TRUE;
  return FALSE;
}

/* Whether a row of the set has the name; NULL: whether there is a row. */
static gboolean
set_has (Ask        *ask,
         const char *field,
         const char *name)
{
  if (g_str_equal (field, "tag"))
    {
      EACH (ask, "lead_tag", i)
      {
        guint tag = FIND (ask, "tag", NUMBER (ask, "lead_tag", i, "tag"));

        if (NUMBER (ask, "lead_tag", i, "lead") == ask->lead
            && rungs_naive_in_time (ask, NUMBER (ask, "lead_tag", i, "added_at"))
            && (name == NULL || g_ascii_strcasecmp (TEXT (ask, "tag", tag, "name"), name) == 0))
          return TRUE;
      }
      return FALSE;
    }
  if (g_str_equal (field, "lead"))
    return name == NULL || list_has (ask, name);
  if (g_str_equal (field, "import"))
    {
      EACH (ask, "import_lead", i)
      {
        guint run = FIND (ask, "import_run", NUMBER (ask, "import_lead", i, "run"));

        if (NUMBER (ask, "import_lead", i, "lead") == ask->lead
            && IS_NULL (ask, "import_run", run, "undone_at")
            && (name == NULL
                || NUMBER (ask, "import_run", run, "id") == g_ascii_strtoll (name, NULL, 10)))
          return TRUE;
      }
      return FALSE;
    }
  if (g_str_equal (field, "coupon"))
    return order_has_coupon (ask, name);
  if (g_str_equal (field, "coupon_given"))
    return was_given_coupon (ask, name);
  if (g_str_equal (field, "owns") || g_str_equal (field, "bought")
      || g_str_equal (field, "refunded"))
    return product_has (ask, field, name);
  if (g_str_equal (field, "got") || g_str_equal (field, "clicked")
      || g_str_equal (field, "replied") || g_str_equal (field, "came_back"))
    return mail_has (ask, field, name);
  if (strstr (field, "sequence") != NULL)
    return sequence_has (ask, field, name);
  if (g_str_equal (field, "segment"))
    return segment_has (ask, name);
  return touch_has (ask, field, name);
}

gboolean
rungs_naive_ask_set (Ask        *ask,
                     const char *field,
                     const char *op)
{
  JsonNode *value = json_object_get_member (ask->leaf, "value");
  JsonArray *array = value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint n = array ? json_array_get_length (array) : 0;
  guint found = 0;

  if (value == NULL)
    return set_has (ask, field, NULL) != g_str_equal (op, "empty");
  if (array == NULL)
    return set_has (ask, field, json_node_get_string (value)) != g_str_equal (op, "has_not");
  for (guint i = 0; i < n; i++)
    found += set_has (ask, field, json_array_get_string_element (array, i));
  return g_str_equal (op, "has_all") ? found == n : (found > 0) != g_str_equal (op, "has_none");
}
