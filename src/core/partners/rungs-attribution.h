/* rungs-attribution.h: which partner an order is credited to, and why.
 *
 * The owner sorts rules; they are asked in their order, and the first that decides is the answer:
 *
 *   coupon           the partner whose coupon the order carries; of several the first
 *   phone DAYS       the partner whose number was called last
 *   last-click DAYS  the partner whose link was followed last
 *   first-click DAYS the partner whose link was followed first
 *   first-sale       the partner who was credited with the buyer's first order
 *   jv-first DAYS    does not decide: where a partner of a joint venture brought the buyer, no
 *                    affiliate counts in the rules below it
 *   known-before     nobody, where we knew the buyer before the first touch of any partner
 *   ours-last DAYS   nobody, where the last touch of all is our own
 *   customers        nobody, where the buyer has bought before
 *
 * DAYS are days of 24 hours before the order within which a touch counts; 0: ever. A touch at the
 * moment of the order counts, one after it does not. A partner who at the
 * order's time had applied only, was paused or had ended counts nowhere. Where no rule decides,
 * nobody is credited. docs/attribution.md has a table of cases. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_ATTRIBUTION_COUPON,
  RUNGS_ATTRIBUTION_PHONE,
  RUNGS_ATTRIBUTION_LAST_CLICK,
  RUNGS_ATTRIBUTION_FIRST_CLICK,
  RUNGS_ATTRIBUTION_FIRST_SALE,
  RUNGS_ATTRIBUTION_JV_FIRST,
  RUNGS_ATTRIBUTION_KNOWN_BEFORE,
  RUNGS_ATTRIBUTION_OURS_LAST,
  RUNGS_ATTRIBUTION_CUSTOMERS,
} RungsAttributionKind;

#define RUNGS_ATTRIBUTION_DAYS_MOST 36500

typedef struct
{
  RungsAttributionKind kind;
  guint days; /* 0: ever; of kinds without DAYS always */
} RungsAttributionRule;

/* Whether rules of that kind have DAYS. */
gboolean rungs_attribution_kind_has_days (RungsAttributionKind kind);

/* "last-click 30", as docs/attribution.md writes it. */
char *rungs_attribution_rule_to_text (const RungsAttributionRule *rule);

/* Reads [{"rule": "last-click", "days": 30}, …]. Returns: (transfer full) (element-type
 * RungsAttributionRule). Errors: INVALID, which says which rule is none, or comes twice. */
GArray *rungs_attribution_rules_parse (const char  *json,
                                       GError     **error);
char *rungs_attribution_rules_to_json (GArray *rules);

/* What a business begins with: a coupon, else the last link that was followed within 30 days. */
GArray *rungs_attribution_rules_usual (void);

/* ---- what is known of an order */

typedef struct
{
  gint64 id;
  gint64 at;
  gint64 partner; /* 0: from a source of our own */
  gboolean is_jv;
  gboolean is_phone;
  gboolean is_idle; /* the partner earned nothing at the order's time */
} RungsAttributionTouch;

typedef struct
{
  gint64 at;
  gint64 known_at;    /* since when we know the buyer, whatever told us */
  gint64 orders_before; /* of the buyer */
  gint64 first_sale;  /* the partner credited with the first of them; 0: nobody */
  gboolean first_sale_is_idle;
  gboolean first_sale_is_jv;
  GArray *touches;    /* (owned) (element-type RungsAttributionTouch) the oldest first */
  GArray *coupons;    /* (owned) (element-type RungsAttributionTouch) of partners, in the order of
                       * the order's text; `id` is that of the coupon */
} RungsAttributionFacts;

RungsAttributionFacts *rungs_attribution_facts_new (gint64 at);
void rungs_attribution_facts_free (RungsAttributionFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsAttributionFacts, rungs_attribution_facts_free)

/* ---- the answer */

/**
 * RungsAttributionVerdict:
 * @RUNGS_ATTRIBUTION_PASSES: says nothing; the next rule is asked
 * @RUNGS_ATTRIBUTION_NARROWS: affiliates do not count from here on
 * @RUNGS_ATTRIBUTION_CREDITS: the partner
 * @RUNGS_ATTRIBUTION_CREDITS_NOBODY: for a reason
 */
typedef enum
{
  RUNGS_ATTRIBUTION_PASSES,
  RUNGS_ATTRIBUTION_NARROWS,
  RUNGS_ATTRIBUTION_CREDITS,
  RUNGS_ATTRIBUTION_CREDITS_NOBODY,
} RungsAttributionVerdict;

/* "passes", "narrows", "credits", "nobody". */
const char *rungs_attribution_verdict_to_text (RungsAttributionVerdict verdict);

/* What a rule said. */
typedef struct
{
  RungsAttributionRule rule;
  RungsAttributionVerdict verdict;
  gint64 touch;   /* that it looked at (of coupon: the coupon); 0: none */
  gint64 partner; /* of the touch */
} RungsAttributionLine;

typedef struct
{
  gint64 partner; /* 0: nobody */
  gint64 touch;   /* by which; 0: none (a coupon, an earlier sale, nobody) */
  GArray *lines;  /* (owned) (element-type RungsAttributionLine) of each rule that was asked, the
                   * last one decided, or none did */
} RungsAttribution;

void rungs_attribution_clear (RungsAttribution *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsAttribution, rungs_attribution_clear)

/* What the rules said, to be kept: [{"rule": "last-click", "days": 30, "verdict": "credits",
 * "touch": 7, "partner": 3}, …]. Returns: (transfer full) (element-type RungsAttributionLine):
 * those that can be read. */
char *rungs_attribution_lines_to_json (GArray *lines);
GArray *rungs_attribution_lines_parse (const char *json);

void rungs_attribution_decide (GArray                      *rules,
                               const RungsAttributionFacts *facts,
                               RungsAttribution            *answer);

G_END_DECLS
