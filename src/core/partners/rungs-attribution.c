/* rungs-attribution.c: which partner an order is credited to, and why. */

#include "partners/rungs-attribution.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "base/rungs-json-members.h"
#include "base/rungs-names.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define USUAL_DAYS 30

static const struct
{
  const char *name;
  gboolean has_days;
} KINDS[] = {
  [RUNGS_ATTRIBUTION_COUPON] = { "coupon", FALSE },
  [RUNGS_ATTRIBUTION_PHONE] = { "phone", TRUE },
  [RUNGS_ATTRIBUTION_LAST_CLICK] = { "last-click", TRUE },
  [RUNGS_ATTRIBUTION_FIRST_CLICK] = { "first-click", TRUE },
  [RUNGS_ATTRIBUTION_FIRST_SALE] = { "first-sale", FALSE },
  [RUNGS_ATTRIBUTION_JV_FIRST] = { "jv-first", TRUE },
  [RUNGS_ATTRIBUTION_KNOWN_BEFORE] = { "known-before", FALSE },
  [RUNGS_ATTRIBUTION_OURS_LAST] = { "ours-last", TRUE },
  [RUNGS_ATTRIBUTION_CUSTOMERS] = { "customers", FALSE },
};

gboolean
rungs_attribution_kind_has_days (RungsAttributionKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (KINDS), FALSE);

  return KINDS[kind].has_days;
}

char *
rungs_attribution_rule_to_text (const RungsAttributionRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  return rule->days > 0 ? g_strdup_printf ("%s %u", KINDS[rule->kind].name, rule->days)
                        : g_strdup (KINDS[rule->kind].name);
}

/* ---- rules */

static gboolean
find_kind (const char           *name,
           RungsAttributionKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (KINDS[i].name, name) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
has_rule (GArray               *rules,
          RungsAttributionKind  kind)
{
  for (guint i = 0; i < rules->len; i++)
    if (g_array_index (rules, RungsAttributionRule, i).kind == kind)
      return TRUE;
  return FALSE;
}

static gboolean
refuse_rule (guint    place,
             GError **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("rule %u says nothing about who is credited, or says what one above it says"),
               place + 1);
  return FALSE;
}

static gboolean
read_rule (JsonNode *node,
           GArray   *rules,
           GError  **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  RungsAttributionRule rule = { 0 };
  gint64 days;

  if (object == NULL || !find_kind (rungs_foreign_json_get_text (object, "rule"), &rule.kind)
      || has_rule (rules, rule.kind))
    return refuse_rule (rules->len, error);
  days = rungs_foreign_json_get_number (object, "days", 0);
  if (days < 0 || days > RUNGS_ATTRIBUTION_DAYS_MOST || (days > 0 && !KINDS[rule.kind].has_days))
    return refuse_rule (rules->len, error);
  rule.days = (guint) days;
  g_array_append_val (rules, rule);
  return TRUE;
}

GArray *
rungs_attribution_rules_parse (const char *json,
                               GError    **error)
{
  g_autoptr (GArray) rules = g_array_new (FALSE, FALSE, sizeof (RungsAttributionRule));
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;

  g_return_val_if_fail (json != NULL, NULL);

  root = rungs_foreign_json_is_safe (json, strlen (json)) ? json_from_string (json, NULL) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("these are no rules about who is credited"));
      return NULL;
    }
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_rule (json_array_get_element (array, i), rules, error))
      return NULL;
  return g_steal_pointer (&rules);
}

char *
rungs_attribution_rules_to_json (GArray *rules)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (rules != NULL, NULL);

  json_builder_begin_array (builder);
  for (guint i = 0; i < rules->len; i++)
    {
      const RungsAttributionRule *rule = &g_array_index (rules, RungsAttributionRule, i);

      json_builder_begin_object (builder);
      rungs_json_add_text (builder, "rule", KINDS[rule->kind].name);
      if (rule->days > 0)
        rungs_json_add_number (builder, "days", rule->days);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return rungs_json_dup (builder);
}

static const char *const VERDICTS[] = { "passes", "narrows", "credits", "nobody" };

const char *
rungs_attribution_verdict_to_text (RungsAttributionVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (VERDICTS), NULL);

  return VERDICTS[verdict];
}

char *
rungs_attribution_lines_to_json (GArray *lines)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (lines != NULL, NULL);

  json_builder_begin_array (builder);
  for (guint i = 0; i < lines->len; i++)
    {
      const RungsAttributionLine *line = &g_array_index (lines, RungsAttributionLine, i);

      json_builder_begin_object (builder);
      rungs_json_add_text (builder, "rule", KINDS[line->rule.kind].name);
      rungs_json_add_number (builder, "days", line->rule.days);
      rungs_json_add_text (builder, "verdict", VERDICTS[line->verdict]);
      rungs_json_add_number (builder, "touch", line->touch);
      rungs_json_add_number (builder, "partner", line->partner);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return rungs_json_dup (builder);
}

static gboolean
read_line (JsonObject           *object,
           RungsAttributionLine *line)
{
  line->rule.days = (guint) rungs_foreign_json_get_number (object, "days", 0);
  line->touch = rungs_foreign_json_get_number (object, "touch", 0);
  line->partner = rungs_foreign_json_get_number (object, "partner", 0);
  return rungs_names_find (VERDICTS, G_N_ELEMENTS (VERDICTS),
                           rungs_foreign_json_get_text (object, "verdict"), &line->verdict)
         && find_kind (rungs_foreign_json_get_text (object, "rule"), &line->rule.kind);
}

GArray *
rungs_attribution_lines_parse (const char *json)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (RungsAttributionLine));
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;

  g_return_val_if_fail (json != NULL, lines);

  root = json_from_string (json, NULL);
  array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      RungsAttributionLine line = { 0 };

      if (JSON_NODE_HOLDS_OBJECT (node) && read_line (json_node_get_object (node), &line))
        g_array_append_val (lines, line);
    }
  return lines;
}

GArray *
rungs_attribution_rules_usual (void)
{
  const RungsAttributionRule usual[] = {
    { RUNGS_ATTRIBUTION_COUPON, 0 },
    { RUNGS_ATTRIBUTION_LAST_CLICK, USUAL_DAYS },
  };
  GArray *rules = g_array_new (FALSE, FALSE, sizeof (RungsAttributionRule));

  return g_array_append_vals (rules, usual, G_N_ELEMENTS (usual));
}

/* ---- facts */

RungsAttributionFacts *
rungs_attribution_facts_new (gint64 at)
{
  RungsAttributionFacts *self = g_new0 (RungsAttributionFacts, 1);

  self->at = at;
  self->known_at = at;
  self->touches = g_array_new (FALSE, FALSE, sizeof (RungsAttributionTouch));
  self->coupons = g_array_new (FALSE, FALSE, sizeof (RungsAttributionTouch));
  return self;
}

void
rungs_attribution_facts_free (RungsAttributionFacts *self)
{
  g_array_unref (self->touches);
  g_array_unref (self->coupons);
  g_free (self);
}

void
rungs_attribution_clear (RungsAttribution *self)
{
  g_clear_pointer (&self->lines, g_array_unref);
}

/* ---- deciding */

typedef struct
{
  const RungsAttributionFacts *facts;
  gboolean jv_only;
} Asking;

static const RungsAttributionTouch *
get_touch (GArray *touches,
           guint   i)
{
  return &g_array_index (touches, RungsAttributionTouch, i);
}

static gboolean
is_within (const Asking                *asking,
           const RungsAttributionTouch *touch,
           guint                        days)
{
  gint64 before = asking->facts->at - touch->at;

  return before >= 0 && (days == 0 || before <= days * DAY);
}

static gboolean
earns (const Asking *asking,
       gboolean      is_jv,
       gboolean      is_idle)
{
  return (is_jv || !asking->jv_only) && !is_idle;
}

static gboolean
counts (const Asking                *asking,
        const RungsAttributionTouch *touch,
        guint                        days)
{
  return touch->partner != 0 && is_within (asking, touch, days)
         && earns (asking, touch->is_jv, touch->is_idle);
}

static void
credit (RungsAttributionLine        *line,
        const RungsAttributionTouch *touch)
{
  line->verdict = RUNGS_ATTRIBUTION_CREDITS;
  line->partner = touch->partner;
  line->touch = touch->id;
}

static void
ask_coupon (const Asking         *asking,
            RungsAttributionLine *line)
{
  GArray *coupons = asking->facts->coupons;

  for (guint i = 0; i < coupons->len && line->verdict == RUNGS_ATTRIBUTION_PASSES; i++)
    {
      const RungsAttributionTouch *coupon = get_touch (coupons, i);

      if (earns (asking, coupon->is_jv, coupon->is_idle))
        credit (line, coupon);
    }
}

/* The last one of them; `phone`: a call, else a click. */
static void
ask_last (const Asking         *asking,
          gboolean              phone,
          RungsAttributionLine *line)
{
  GArray *touches = asking->facts->touches;

  for (guint i = touches->len; i > 0 && line->verdict == RUNGS_ATTRIBUTION_PASSES; i--)
    {
      const RungsAttributionTouch *touch = get_touch (touches, i - 1);

      if (touch->is_phone == phone && counts (asking, touch, line->rule.days))
        credit (line, touch);
    }
}

static void
ask_first (const Asking         *asking,
           RungsAttributionLine *line)
{
  GArray *touches = asking->facts->touches;

  for (guint i = 0; i < touches->len && line->verdict == RUNGS_ATTRIBUTION_PASSES; i++)
    {
      const RungsAttributionTouch *touch = get_touch (touches, i);

      if (!touch->is_phone && counts (asking, touch, line->rule.days))
        credit (line, touch);
    }
}

static void
ask_first_sale (const Asking         *asking,
                RungsAttributionLine *line)
{
  const RungsAttributionFacts *facts = asking->facts;

  if (facts->first_sale == 0
      || !earns (asking, facts->first_sale_is_jv, facts->first_sale_is_idle))
    return;
  line->verdict = RUNGS_ATTRIBUTION_CREDITS;
  line->partner = facts->first_sale;
}

static void
ask_jv_first (Asking               *asking,
              RungsAttributionLine *line)
{
  GArray *touches = asking->facts->touches;

  for (guint i = touches->len; i > 0; i--)
    {
      const RungsAttributionTouch *touch = get_touch (touches, i - 1);

      if (!touch->is_jv || !counts (asking, touch, line->rule.days))
        continue;
      line->verdict = RUNGS_ATTRIBUTION_NARROWS;
      line->partner = touch->partner;
      line->touch = touch->id;
      asking->jv_only = TRUE;
      return;
    }
}

/* The first touch of any partner, whether they earn by now or not. */
static const RungsAttributionTouch *
find_first_of_partners (const Asking *asking)
{
  GArray *touches = asking->facts->touches;

  for (guint i = 0; i < touches->len; i++)
    if (get_touch (touches, i)->partner != 0 && is_within (asking, get_touch (touches, i), 0))
      return get_touch (touches, i);
  return NULL;
}

/* Where no partner touched the buyer, a coupon can only have come with the order itself. */
static void
ask_known_before (const Asking         *asking,
                  RungsAttributionLine *line)
{
  const RungsAttributionTouch *first = find_first_of_partners (asking);

  if (asking->facts->known_at < (first != NULL ? first->at : asking->facts->at))
    line->verdict = RUNGS_ATTRIBUTION_CREDITS_NOBODY;
}

static void
ask_ours_last (const Asking         *asking,
               RungsAttributionLine *line)
{
  GArray *touches = asking->facts->touches;

  for (guint i = touches->len; i > 0; i--)
    {
      const RungsAttributionTouch *touch = get_touch (touches, i - 1);

      if (!is_within (asking, touch, line->rule.days))
        continue;
      line->touch = touch->id;
      if (touch->partner == 0)
        line->verdict = RUNGS_ATTRIBUTION_CREDITS_NOBODY;
      return;
    }
}

static void
ask (Asking               *asking,
     RungsAttributionLine *line)
{
  switch (line->rule.kind)
    {
    case RUNGS_ATTRIBUTION_COUPON:
      ask_coupon (asking, line);
      break;
    case RUNGS_ATTRIBUTION_PHONE:
      ask_last (asking, TRUE, line);
      break;
    case RUNGS_ATTRIBUTION_LAST_CLICK:
      ask_last (asking, FALSE, line);
      break;
    case RUNGS_ATTRIBUTION_FIRST_CLICK:
      ask_first (asking, line);
      break;
    case RUNGS_ATTRIBUTION_FIRST_SALE:
      ask_first_sale (asking, line);
      break;
    case RUNGS_ATTRIBUTION_JV_FIRST:
      ask_jv_first (asking, line);
      break;
    case RUNGS_ATTRIBUTION_KNOWN_BEFORE:
      ask_known_before (asking, line);
      break;
    case RUNGS_ATTRIBUTION_OURS_LAST:
      ask_ours_last (asking, line);
      break;
    case RUNGS_ATTRIBUTION_CUSTOMERS:
      if (asking->facts->orders_before > 0)
        line->verdict = RUNGS_ATTRIBUTION_CREDITS_NOBODY;
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
decides (const RungsAttributionLine *line)
{
  return line->verdict == RUNGS_ATTRIBUTION_CREDITS
         || line->verdict == RUNGS_ATTRIBUTION_CREDITS_NOBODY;
}

void
rungs_attribution_decide (GArray                      *rules,
                          const RungsAttributionFacts *facts,
                          RungsAttribution            *answer)
{
  Asking asking = { facts, FALSE };

  g_return_if_fail (rules != NULL && facts != NULL && answer != NULL);

  *answer = (RungsAttribution){ 0 };
  answer->lines = g_array_new (FALSE, FALSE, sizeof (RungsAttributionLine));
  for (guint i = 0; i < rules->len; i++)
    {
      RungsAttributionLine line = { .rule = g_array_index (rules, RungsAttributionRule, i) };

      ask (&asking, &line);
      g_array_append_val (answer->lines, line);
      if (!decides (&line))
        continue;
      answer->partner = line.partner;
      answer->touch = line.rule.kind != RUNGS_ATTRIBUTION_COUPON ? line.touch : 0;
      if (line.verdict == RUNGS_ATTRIBUTION_CREDITS_NOBODY)
        answer->touch = 0;
      return;
    }
}
