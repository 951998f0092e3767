/* rungs-naive-offer.c: what the next offer is, by going through all offers one by one.
 *
 * Written from what ladder/rungs-offer-judge.c and ladder/rungs-arrow.c promise at their heads. */

#include "rungs-naive-ask.h"

#include <math.h>

#include "base/rungs-clock.h"

#define PRIOR_CASES 100

/* ---- what the lead owns, and refused */

/* The first moment from which the lead owns the product; G_MAXINT64: it is not owned. */
static gint64
owned_since (Ask    *ask,
             gint64  product)
{
  gint64 since = G_MAXINT64;

  EACH (ask, "order_line", i)
  {
    guint order = FIND (ask, "sales_order", NUMBER (ask, "order_line", i, "sales_order"));
    gint64 at = NUMBER (ask, "sales_order", order, "at");

    if (NUMBER (ask, "sales_order", order, "lead") == ask->lead && at <= ask->now
        && rungs_naive_is_owned (ask, i)
        && rungs_naive_holds (ask, NUMBER (ask, "order_line", i, "product"), product))
      since = MIN (since, at);
  }
  return since;
}

static gboolean
owns (Ask    *ask,
      gint64  product)
{
  return owned_since (ask, product) != G_MAXINT64;
}

static gboolean
owns_anything (Ask *ask)
{
  EACH (ask, "product", p)
  if (owns (ask, NUMBER (ask, "product", p, "id")))
    return TRUE;
  return FALSE;
}

static gboolean
owns_all_parts (Ask    *ask,
                gint64  bundle)
{
  guint parts = 0;

  EACH (ask, "product_holds", i)
  {
    gint64 part = NUMBER (ask, "product_holds", i, "part");

    if (NUMBER (ask, "product_holds", i, "whole") != bundle || part == bundle)
      continue;
    if (!owns (ask, part))
      return FALSE;
    parts++;
  }
  return parts > 0;
}

static gboolean
is_refusal (Ask   *ask,
            guint  walk)
{
  const char *outcome = TEXT (ask, "enrolment", walk, "outcome");

  return g_str_equal (outcome, "finished") || g_str_equal (outcome, "exit")
         || g_str_equal (outcome, "goal");
}

/* How often sequences tried to sell it in vain. `declined` (out): whether the last one did, and
 * none tries now. */
static gint64
refusals (Ask      *ask,
          gint64    product,
          gboolean *declined)
{
  gint64 count = 0;
  gint64 newest = -1;
  gboolean walking = FALSE;

  *declined = FALSE;
  EACH (ask, "enrolment", i)
  {
    guint sequence = FIND (ask, "sequence", NUMBER (ask, "enrolment", i, "sequence"));

    if (NUMBER (ask, "enrolment", i, "lead") != ask->lead
        || NUMBER (ask, "sequence", sequence, "sells") != product)
      continue;
    if (IS_NULL (ask, "enrolment", i, "outcome"))
      {
        walking = TRUE;
        continue;
      }
    count += is_refusal (ask, i);
    if (NUMBER (ask, "enrolment", i, "id") > newest)
      {
        newest = NUMBER (ask, "enrolment", i, "id");
        *declined = is_refusal (ask, i);
      }
  }
  *declined = *declined && !walking;
  return count;
}

/* ---- one offer */

static gint64
target (Ask   *ask,
        guint  offer)
{
  return NUMBER (ask, "offer", offer, "to_product");
}

static gboolean
is_retired (Ask   *ask,
            guint  offer)
{
  return !IS_NULL (ask, "product", FIND (ask, "product", target (ask, offer)), "retired_at");
}

static gboolean
has_begun (Ask   *ask,
           guint  offer)
{
  return IS_NULL (ask, "offer", offer, "valid_from")
         || NUMBER (ask, "offer", offer, "valid_from") <= ask->now;
}

static gboolean
has_ended (Ask   *ask,
           guint  offer)
{
  return !IS_NULL (ask, "offer", offer, "valid_until")
         && NUMBER (ask, "offer", offer, "valid_until") <= ask->now;
}

static gboolean
days_are_over (Ask   *ask,
               guint  offer)
{
  gint64 days = NUMBER (ask, "offer", offer, "after_days");
  gint64 since = IS_NULL (ask, "offer", offer, "from_product")
                     ? NUMBER (ask, "lead", FIND (ask, "lead", ask->lead), "created_at")
                     : owned_since (ask, NUMBER (ask, "offer", offer, "from_product"));

  return days == 0 || since + days * RUNGS_DAY <= ask->now;
}

static gboolean
meets_condition (Ask   *ask,
                 guint  offer)
{
  g_autoptr (JsonNode) rule = NULL;

  if (IS_NULL (ask, "offer", offer, "condition"))
    return TRUE;
  rule = json_from_string (TEXT (ask, "offer", offer, "condition"), NULL);
  return rungs_naive_matches (ask->world, rule, ask->lead, ask->now);
}

static gboolean
is_capped (Ask   *ask,
           guint  offer)
{
  gboolean declined;

  return !IS_NULL (ask, "offer", offer, "cap")
         && refusals (ask, target (ask, offer), &declined) >= NUMBER (ask, "offer", offer, "cap");
}

static gboolean
is_same_start (Ask   *ask,
               guint  a,
               guint  b)
{
  return NUMBER (ask, "offer", a, "from_product") == NUMBER (ask, "offer", b, "from_product");
}

/* Whether the offer is left to its fallback. */
static gboolean
is_over (Ask   *ask,
         guint  offer)
{
  gboolean declined;
  gint64 cap = IS_NULL (ask, "offer", offer, "cap") ? 1 : NUMBER (ask, "offer", offer, "cap");

  if (owns (ask, target (ask, offer)) || owns_all_parts (ask, target (ask, offer)))
    return FALSE;
  return is_retired (ask, offer) || has_ended (ask, offer) || !meets_condition (ask, offer)
         || refusals (ask, target (ask, offer), &declined) >= cap;
}

static gboolean
only_stands_in (Ask   *ask,
                guint  offer)
{
  gboolean waits = FALSE;

  EACH (ask, "offer", i)
  if (IS_NULL (ask, "offer", i, "retired_at")
      && NUMBER (ask, "offer", i, "fallback") == NUMBER (ask, "offer", offer, "id")
      && is_same_start (ask, i, offer))
    {
      if (is_over (ask, i))
        return FALSE;
      waits = TRUE;
    }
  return waits;
}

/* Whether a downsell waits for it. */
static gboolean
may_still_sell (Ask   *ask,
                guint  offer)
{
  gboolean declined;

  refusals (ask, target (ask, offer), &declined);
  if (owns (ask, target (ask, offer)))
    return TRUE;
  return !is_retired (ask, offer) && !has_ended (ask, offer)
         && !owns_all_parts (ask, target (ask, offer)) && meets_condition (ask, offer)
         && !is_capped (ask, offer) && !only_stands_in (ask, offer) && !declined;
}

static gboolean
waits_for_dearer (Ask   *ask,
                  guint  offer)
{
  if (!g_str_equal (TEXT (ask, "offer", offer, "kind"), "downsell"))
    return FALSE;
  EACH (ask, "offer", i)
  {
    const char *kind = TEXT (ask, "offer", i, "kind");

    if (IS_NULL (ask, "offer", i, "retired_at") && is_same_start (ask, i, offer)
        && (g_str_equal (kind, "next") || g_str_equal (kind, "upsell"))
        && may_still_sell (ask, i))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_possible (Ask   *ask,
             guint  offer)
{
  gboolean from_nothing = IS_NULL (ask, "offer", offer, "from_product");

  if (!IS_NULL (ask, "offer", offer, "retired_at")
      || (from_nothing ? owns_anything (ask)
                       : !owns (ask, NUMBER (ask, "offer", offer, "from_product"))))
    return FALSE;
  return !is_retired (ask, offer) && has_begun (ask, offer) && !has_ended (ask, offer)
         && !owns (ask, target (ask, offer)) && !owns_all_parts (ask, target (ask, offer))
         && days_are_over (ask, offer) && meets_condition (ask, offer) && !is_capped (ask, offer)
         && !waits_for_dearer (ask, offer) && !only_stands_in (ask, offer);
}

/* ---- which comes first */

static double
figure (Ask        *ask,
        guint       offer,
        const char *column)
{
  EACH (ask, "offer_figure", i)
  if (NUMBER (ask, "offer_figure", i, "offer") == NUMBER (ask, "offer", offer, "id"))
    return (double) NUMBER (ask, "offer_figure", i, column);
  return 0;
}

/* In millionths, as it is kept. */
static double
conversion (Ask   *ask,
            guint  offer)
{
  double cases = 0;
  double hits = 0;
  double mean;

  EACH (ask, "offer", i)
  if (IS_NULL (ask, "offer", i, "retired_at")
      && IS_NULL (ask, "offer", i, "from_product") == IS_NULL (ask, "offer", offer, "from_product"))
    {
      cases += figure (ask, i, "cases");
      hits += figure (ask, i, "hits");
    }
  mean = cases > 0 ? nearbyint (hits * 1e6 / cases) : 10000;
  return nearbyint ((figure (ask, offer, "hits") * 1e6 + PRIOR_CASES * mean)
                    / (figure (ask, offer, "cases") + PRIOR_CASES));
}

static double
margin (Ask   *ask,
        guint  offer)
{
  guint product = FIND (ask, "product", target (ask, offer));
  double price = (double) NUMBER (ask, "product", product, "price");

  return price - (double) NUMBER (ask, "product", product, "cost")
         - nearbyint (price * (double) NUMBER (ask, "product", product, "affiliate_rate") / 10000);
}

static gboolean
is_in_own_currency (Ask   *ask,
                    guint  offer)
{
  return g_str_equal (TEXT (ask, "product", FIND (ask, "product", target (ask, offer)), "currency"),
                      ask->world->currency);
}

/* A list of numbers of which the first that differs decides: the smaller comes first. */
static gboolean
comes_before (Ask   *ask,
              guint  a,
              guint  b)
{
  static const char *const KINDS[] = { "next", "upsell", "cross", "downsell", NULL };
  const guint both[] = { a, b };
  double keys[2][6];

  for (guint i = 0; i < 2; i++)
    {
      guint offer = both[i];
      gboolean own = is_in_own_currency (ask, offer);
      gboolean declined;
      guint kind = 0;

      while (!g_str_equal (KINDS[kind], TEXT (ask, "offer", offer, "kind")))
        kind++;
      refusals (ask, target (ask, offer), &declined);
      keys[i][0] = declined;
      keys[i][1] = (double) NUMBER (ask, "offer", offer, "priority");
      keys[i][2] = !own;
      keys[i][3] = own ? -margin (ask, offer) * conversion (ask, offer) : kind;
      keys[i][4]
          = own ? 0
                : -(double) NUMBER (ask, "product", FIND (ask, "product", target (ask, offer)),
                                    "rung");
      keys[i][5] = (double) NUMBER (ask, "offer", offer, "id");
    }
  for (guint i = 0; i < 6; i++)
    if (keys[0][i] != keys[1][i])
      return keys[0][i] < keys[1][i];
  return FALSE;
}

const char *
rungs_naive_next_offer (Ask *ask)
{
  int first = -1;

  EACH (ask, "offer", i)
  if (is_possible (ask, i) && (first < 0 || comes_before (ask, i, (guint) first)))
    first = (int) i;
  return first < 0 ? NULL
                   : TEXT (ask, "product", FIND (ask, "product", target (ask, (guint) first)),
                           "sku");
}
