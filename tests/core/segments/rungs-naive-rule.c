/* rungs-naive-rule.c: whether a rule holds, by reading all there is and looking. */

#include "rungs-naive-ask.h"

#include <string.h>

/* ---- texts */

static gboolean
compare_text (const char *op,
              const char *text,
              const char *value)
{
  g_autofree char *own = g_ascii_strdown (text, -1);
  g_autofree char *other = g_ascii_strdown (value, -1);

  if (strstr (op, "contains") != NULL)
    return strstr (own, other) != NULL;
  if (g_str_equal (op, "starts_with"))
    return g_str_has_prefix (own, other);
  if (g_str_equal (op, "ends_with"))
    return g_str_has_suffix (own, other);
  return g_str_equal (own, other);
}

/* `text` NULL: there is none. */
static gboolean
ask_text (Ask        *ask,
          const char *op,
          const char *text)
{
  JsonNode *value = json_object_get_member (ask->leaf, "value");
  gboolean not = strstr (op, "not_") == op || g_str_equal (op, "is_not");
  gboolean found = FALSE;

  if (value == NULL)
    return (text == NULL || *text == '\0') == g_str_equal (op, "empty");
  if (text == NULL)
    return not ;
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return compare_text (op, text, json_node_get_string (value)) != not ;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
    found |=
        compare_text (op, text, json_array_get_string_element (json_node_get_array (value), i));
  return found != not ;
}

/* ---- days of the calendar */

static gboolean
compare_days (Ask        *ask,
              const char *op,
              const char *text)
{
  JsonNode *value = json_object_get_member (ask->leaf, "value");
  gboolean is_text = json_node_get_value_type (value) == G_TYPE_STRING;
  int days = is_text ? 0 : (int) json_node_get_int (value);
  GDate own, today;
  int age, other;

  if (text == NULL)
    return g_str_equal (op, "not_within_days");
  rungs_naive_day_of (ask->now, ask->world->zone, &today);
  g_date_clear (&own, 1);
  g_date_set_parse (&own, text);
  if (is_text)
    {
      g_autofree char *part = g_strndup (json_node_get_string (value), 10);
      GDate day;

      g_date_clear (&day, 1);
      g_date_set_parse (&day, part);
      other = g_date_days_between (&own, &day);
      return g_str_equal (op, "before")  ? other > 0
             : g_str_equal (op, "since") ? other <= 0
                                         : other == 0;
    }
  age = g_date_days_between (&own, &today);
  if (g_str_has_prefix (op, "yearly"))
    return rungs_naive_comes_round (op, &own, &today, days);
  if (strstr (op, "within_days") != NULL)
    return (age >= 0 && age <= days) == g_str_equal (op, "within_days");
  if (g_str_equal (op, "over_days_ago"))
    return age > days;
  return g_str_equal (op, "in_days") ? age <= 0 && -age <= days : age == days;
}

static const char *
custom_value (Ask         *ask,
              const char  *key,
              const char **kind)
{
  const char *text = NULL;

  EACH (ask, "field", f)
  if (g_str_equal (TEXT (ask, "field", f, "key"), key))
    {
      *kind = TEXT (ask, "field", f, "kind");
      EACH (ask, "lead_value", i)
      if (NUMBER (ask, "lead_value", i, "lead") == ask->lead
          && NUMBER (ask, "lead_value", i, "field") == NUMBER (ask, "field", f, "id"))
        text = TEXT (ask, "lead_value", i, "value");
    }
  return text;
}

/* One by one: whether the choice is among those the lead has. */
static gboolean
has_choice (const char *text,
            const char *choice)
{
  g_auto (GStrv) has = g_strsplit (text ? text : "", ",", -1);

  return g_strv_contains ((const char *const *) has, choice);
}

static gboolean
ask_choices (Ask        *ask,
             const char *op,
             const char *text)
{
  JsonNode *value = json_object_get_member (ask->leaf, "value");
  JsonArray *wanted;
  guint n, found = 0;

  if (JSON_NODE_HOLDS_VALUE (value))
    return has_choice (text, json_node_get_string (value)) == g_str_equal (op, "has");
  wanted = json_node_get_array (value);
  n = json_array_get_length (wanted);
  for (guint i = 0; i < n; i++)
    found += has_choice (text, json_array_get_string_element (wanted, i));
  if (g_str_equal (op, "has_all"))
    return found == n;
  return (found > 0) == g_str_equal (op, "has_any");
}

static gboolean
ask_custom (Ask        *ask,
            const char *key,
            const char *op)
{
  const char *kind = "text";
  const char *text = custom_value (ask, key, &kind);

  if (strstr (op, "empty") != NULL)
    return (text != NULL) == g_str_equal (op, "not_empty");
  if (g_str_equal (kind, "several"))
    return ask_choices (ask, op, text);
  if (g_str_equal (kind, "number") || g_str_equal (kind, "money"))
    return rungs_naive_compare_numbers (ask, op, text != NULL,
                                        text ? g_ascii_strtod (text, NULL) : 0);
  if (g_str_equal (kind, "date"))
    return compare_days (ask, op, text);
  if (g_str_equal (kind, "yesno"))
    return ((g_strcmp0 (text, "yes") == 0) == json_object_get_boolean_member (ask->leaf, "value"))
           != g_str_equal (op, "is_not");
  return ask_text (ask, op, text);
}

static gboolean
ask_yesno (Ask        *ask,
           const char *op,
           gboolean    yes)
{
  return (yes == json_object_get_boolean_member (ask->leaf, "value")) != g_str_equal (op, "is_not");
}

static gboolean
ask_leaf (Ask *ask)
{
  const char *field = json_object_get_string_member (ask->leaf, "field");
  const char *op = json_object_get_string_member (ask->leaf, "op");
  guint lead = FIND (ask, "lead", ask->lead);
  static const char *const NUMBERS[] = { "score",         "touches",  "products",
                                         "owned_rung",    "orders",   "spent",
                                         "average_order", "messages", "events",
                                         "tasks",         "coupons",  "coupons_given",
                                         NULL };
  static const char *const DATES[] = { "created",     "updated",     "first_touch", "last_touch",
                                       "owned_since", "first_order", "last_order",  "last_message",
                                       "last_event",  "last_click",  "last_reply",  NULL };
  static const char *const TEXTS[] = { "email",    "first_name", "last_name", "company", "phone",
                                       "street",   "postcode",   "city",      "region",  "country",
                                       "language", "zone",       "notes",     NULL };

  if (g_str_has_prefix (field, "field:"))
    return ask_custom (ask, field + strlen ("field:"), op);
  if (g_strv_contains (NUMBERS, field))
    {
      double number = 0;
      gboolean has = rungs_naive_number_of (ask, field, &number);

      return rungs_naive_compare_numbers (ask, op, has, number);
    }
  if (g_strv_contains (DATES, field))
    {
      gint64 at = 0;
      gboolean has = rungs_naive_date_of (ask, field, &at);

      return rungs_naive_compare_dates (ask, op, has, at);
    }
  if (g_strv_contains (TEXTS, field))
    return ask_text (ask, op,
                     IS_NULL (ask, "lead", lead, field) ? NULL : TEXT (ask, "lead", lead, field));
  if (g_str_equal (field, "bounced"))
    return ask_yesno (ask, op, !IS_NULL (ask, "lead", lead, "bounced_at"));
  if (g_str_equal (field, "consent"))
    return ask_yesno (ask, op, g_str_equal (rungs_naive_consent_state (ask), "given"));
  if (g_str_equal (field, "consent_state"))
    return ask_text (ask, op, rungs_naive_consent_state (ask));
  if (g_str_equal (field, "lifecycle"))
    return ask_text (ask, op, rungs_naive_lifecycle (ask));
  if (g_str_equal (field, "next_offer"))
    return ask_text (ask, op, rungs_naive_next_offer (ask));
  return rungs_naive_ask_set (ask, field, op);
}

gboolean
rungs_naive_matches (RungsNaiveWorld *world,
                     JsonNode        *rule,
                     gint64           lead,
                     gint64           now)
{
  JsonObject *object = json_node_get_object (rule);
  Ask ask = { world, object, lead, now };
  const char *name;
  JsonArray *parts;
  guint yes = 0;

  if (json_object_has_member (object, "field"))
    return ask_leaf (&ask);
  name = json_object_has_member (object, "all")   ? "all"
         : json_object_has_member (object, "any") ? "any"
                                                  : "none";
  parts = json_object_get_array_member (object, name);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    yes += rungs_naive_matches (world, json_array_get_element (parts, i), lead, now);
  if (g_str_equal (name, "all"))
    return yes == json_array_get_length (parts);
  return g_str_equal (name, "any") ? yes > 0 : yes == 0;
}
