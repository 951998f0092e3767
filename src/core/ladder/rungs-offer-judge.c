/* rungs-offer-judge.c: which offer a lead is made, from what is known of the lead and the ladder.
 *
 * The candidates are the arrows of the ladder that stand and leave from a product that the lead
 * owns at the time asked about (bought, or held by a bundle that was; not refunded whole, not
 * lapsed). A lead who owns nothing gets the arrows that leave from nothing. Each candidate is
 * asked, in this order:
 *
 *   1. Is the product it leads to still sold?
 *   2. Is the offer made at that time: after its beginning, before its end?
 *   3. Does the lead own it already, by itself or in a bundle, or everything that is in it?
 *   4. Are its days over? They count from when the lead came to own the product it leaves from, or,
 *      of an arrow from nothing, from when the lead became known.
 *   5. Does the lead meet its condition?
 *   6. Has the lead refused it as often as its cap says? A refusal is a walk through a sequence
 *      that sells the product and ended without a sale.
 *   7. A downsell is what is left when the dearer product was not wanted: it waits while a next or
 *      upsell from the same product can still lead to a sale, that is, while its product is owned,
 *      or nothing but its days or its beginning is against it and no sequence has tried in vain.
 *   8. An offer that is another's fallback waits until that one cannot be made any more: refused to
 *      its cap (without a cap: once), past its end, its condition not met, or its product no longer
 *      sold. It waits for good where the lead owns what that one leads to. Of several that have the
 *      same fallback, one is enough.
 *
 * Every answer is a reason, for or against; the first against decides that the candidate is out.
 * Those that nothing is against come in the order of their arrows, which stands at the head of
 * rungs-arrow.c: by priority, then by what each may be expected to bring, then the older arrow. Of
 * them, those that a sequence has tried to sell in vain come after the ones that nobody has tried.
 * The first is the next offer; the others lost to it. That the lead cannot be written to, or is
 * being written to about it just now, decides nothing: an offer can be made on the telephone. */

#include "ladder/rungs-offer-judge.h"

#include "base/rungs-clock.h"

#define BIT(code) (1u << (code))

typedef struct
{
  const char *text;
  RungsReasonSide side;
} Code;

static const Code CODES[] = {
  [RUNGS_REASON_OWNS_FROM] = { "owns-from", RUNGS_REASON_FOR },
  [RUNGS_REASON_OWNS_NOTHING] = { "owns-nothing", RUNGS_REASON_FOR },
  [RUNGS_REASON_RETIRED] = { "retired", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_NOT_YET] = { "not-yet", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_EXPIRED] = { "expired", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_OWNED] = { "owned", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_OWNED_IN_BUNDLE] = { "owned-in-bundle", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_PARTS_OWNED] = { "parts-owned", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_WAITED] = { "waited", RUNGS_REASON_FOR },
  [RUNGS_REASON_WAITING] = { "waiting", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_CONDITION_MET] = { "condition-met", RUNGS_REASON_FOR },
  [RUNGS_REASON_CONDITION_NOT_MET] = { "condition-not-met", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_CONDITION_BROKEN] = { "condition-broken", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_CAPPED] = { "capped", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_IN_SEQUENCE] = { "in-sequence", RUNGS_REASON_FOR },
  [RUNGS_REASON_DECLINED] = { "declined", RUNGS_REASON_BESIDE },
  [RUNGS_REASON_NOT_DECLINED] = { "not-declined", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_STANDS_IN] = { "stands-in", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_EXPECTED] = { "expected", RUNGS_REASON_BESIDE },
  [RUNGS_REASON_FIRST] = { "first", RUNGS_REASON_FOR },
  [RUNGS_REASON_OUTRANKED] = { "outranked", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_NO_CONSENT] = { "no-consent", RUNGS_REASON_BESIDE },
};

static const guint32 AGAINST
    = BIT (RUNGS_REASON_RETIRED) | BIT (RUNGS_REASON_NOT_YET) | BIT (RUNGS_REASON_EXPIRED)
      | BIT (RUNGS_REASON_OWNED) | BIT (RUNGS_REASON_OWNED_IN_BUNDLE)
      | BIT (RUNGS_REASON_PARTS_OWNED) | BIT (RUNGS_REASON_WAITING)
      | BIT (RUNGS_REASON_CONDITION_NOT_MET) | BIT (RUNGS_REASON_CONDITION_BROKEN)
      | BIT (RUNGS_REASON_CAPPED) | BIT (RUNGS_REASON_NOT_DECLINED)
      | BIT (RUNGS_REASON_STANDS_IN) | BIT (RUNGS_REASON_OUTRANKED);

static const guint32 HAS = BIT (RUNGS_REASON_OWNED) | BIT (RUNGS_REASON_OWNED_IN_BUNDLE);

/* What time alone takes away. */
static const guint32 EARLY = BIT (RUNGS_REASON_WAITING) | BIT (RUNGS_REASON_NOT_YET);

/* What leaves the offer to its fallback. */
static const guint32 OVER
    = BIT (RUNGS_REASON_RETIRED) | BIT (RUNGS_REASON_EXPIRED)
      | BIT (RUNGS_REASON_CONDITION_NOT_MET) | BIT (RUNGS_REASON_CONDITION_BROKEN);

const char *
rungs_reason_code_to_text (RungsReasonCode code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (CODES), "");

  return CODES[code].text;
}

RungsReasonSide
rungs_reason_code_get_side (RungsReasonCode code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (CODES), RUNGS_REASON_BESIDE);

  return CODES[code].side;
}

gboolean
rungs_verdict_says (const RungsVerdict *self,
                    RungsReasonCode     code)
{
  return (self->said & BIT (code)) != 0;
}

gboolean
rungs_verdict_is_against (const RungsVerdict *self)
{
  return (self->said & AGAINST) != 0;
}

static const RungsStanding *
standing_of (const RungsArrow      *arrow,
             const RungsOfferFacts *facts)
{
  return &facts->standings[arrow->to];
}

gboolean
rungs_offer_was_declined (const RungsArrow      *arrow,
                          const RungsOfferFacts *facts)
{
  return standing_of (arrow, facts)->declined_at != 0;
}

/* Whether it leaves from where the lead stands, and since when the lead stands there. */
static void
ask_from (const RungsArrow      *arrow,
          const RungsOfferFacts *facts,
          RungsVerdict          *verdict)
{
  gboolean nothing = arrow->from_product == 0;

  verdict->dearer = -1;
  verdict->instead_of = -1;
  verdict->said = BIT (nothing ? RUNGS_REASON_OWNS_NOTHING : RUNGS_REASON_OWNS_FROM);
  verdict->candidate
      = nothing ? facts->owns_nothing : arrow->from >= 0 && facts->standings[arrow->from].owned;
  if (verdict->candidate)
    verdict->since = nothing ? facts->created_at : facts->standings[arrow->from].since;
}

static void
ask_offer (const RungsOfferLadder *ladder,
           const RungsArrow       *arrow,
           RungsVerdict           *verdict)
{
  if (rungs_offer_ladder_get_product (ladder, arrow->to)->retired)
    verdict->said |= BIT (RUNGS_REASON_RETIRED);
  if (arrow->valid_from != 0 && ladder->at < arrow->valid_from)
    verdict->said |= BIT (RUNGS_REASON_NOT_YET);
  if (arrow->valid_until != 0 && ladder->at >= arrow->valid_until)
    verdict->said |= BIT (RUNGS_REASON_EXPIRED);
}

/* Whether the product is a bundle of which the lead owns every part. */
static gboolean
owns_parts (const RungsOfferLadder *ladder,
            const RungsArrow       *arrow,
            const RungsOfferFacts  *facts)
{
  const GArray *parts = rungs_offer_ladder_get_product (ladder, arrow->to)->parts;

  for (guint i = 0; i < parts->len; i++)
    if (!facts->standings[g_array_index (parts, int, i)].owned)
      return FALSE;
  return parts->len > 0;
}

static void
ask_owned (const RungsOfferLadder *ladder,
           const RungsArrow       *arrow,
           const RungsOfferFacts  *facts,
           RungsVerdict           *verdict)
{
  const RungsStanding *standing = standing_of (arrow, facts);

  if (standing->owned)
    verdict->said
        |= BIT (standing->through == 0 ? RUNGS_REASON_OWNED : RUNGS_REASON_OWNED_IN_BUNDLE);
  else if (owns_parts (ladder, arrow, facts))
    verdict->said |= BIT (RUNGS_REASON_PARTS_OWNED);
}

static void
ask_days (const RungsOfferLadder *ladder,
          const RungsArrow       *arrow,
          RungsVerdict           *verdict)
{
  if (arrow->after_days == 0)
    return;
  if (__builtin_mul_overflow (arrow->after_days, RUNGS_DAY, &verdict->until)
      || __builtin_add_overflow (verdict->until, verdict->since, &verdict->until))
    verdict->until = G_MAXINT64;
  verdict->said
      |= BIT (verdict->until <= ladder->at ? RUNGS_REASON_WAITED : RUNGS_REASON_WAITING);
}

static void
ask_condition (const RungsArrow *arrow,
               gboolean          met,
               RungsVerdict     *verdict)
{
  if (arrow->condition == NULL)
    return;
  verdict->said |= BIT (arrow->fault != NULL ? RUNGS_REASON_CONDITION_BROKEN
                        : met                ? RUNGS_REASON_CONDITION_MET
                                             : RUNGS_REASON_CONDITION_NOT_MET);
}

static void
ask_walks (const RungsArrow      *arrow,
           const RungsOfferFacts *facts,
           RungsVerdict          *verdict)
{
  const RungsStanding *standing = standing_of (arrow, facts);

  if (arrow->cap > 0 && standing->refusals >= arrow->cap)
    verdict->said |= BIT (RUNGS_REASON_CAPPED);
  if (standing->selling != 0)
    verdict->said |= BIT (RUNGS_REASON_IN_SEQUENCE);
  else if (standing->declined_at != 0)
    verdict->said |= BIT (RUNGS_REASON_DECLINED);
}

/* Asks everything but what depends on other arrows. */
static void
ask (const RungsOfferLadder *ladder,
     guint                   index,
     const RungsOfferFacts  *facts,
     RungsVerdict           *verdict)
{
  const RungsArrow *arrow = rungs_offer_ladder_get_arrow (ladder, index);

  ask_from (arrow, facts, verdict);
  if (!verdict->candidate)
    return;
  ask_offer (ladder, arrow, verdict);
  ask_owned (ladder, arrow, facts, verdict);
  ask_days (ladder, arrow, verdict);
  ask_condition (arrow, facts->met[index], verdict);
  ask_walks (arrow, facts, verdict);
}

/* Whether a dearer offer from the same product may still lead to a sale. */
static gboolean
holds_back (const RungsArrow      *dearer,
            const RungsOfferFacts *facts,
            const RungsVerdict    *verdict)
{
  if ((verdict->said & HAS) != 0)
    return TRUE;
  return (verdict->said & AGAINST & ~EARLY) == 0 && !rungs_offer_was_declined (dearer, facts);
}

/* Whether it cannot be made any more, and is left to its fallback. */
static gboolean
is_over (const RungsArrow      *arrow,
         const RungsOfferFacts *facts,
         const RungsVerdict    *verdict)
{
  if ((verdict->said & (HAS | BIT (RUNGS_REASON_PARTS_OWNED))) != 0)
    return FALSE;
  return (verdict->said & OVER) != 0
         || standing_of (arrow, facts)->refusals >= MAX (arrow->cap, 1);
}

/* Question 7. */
static void
ask_downsell (const RungsOfferLadder *ladder,
              guint                   index,
              const RungsOfferFacts  *facts,
              RungsVerdict           *verdicts)
{
  const RungsArrow *arrow = rungs_offer_ladder_get_arrow (ladder, index);

  for (guint i = 0; i < ladder->arrows->len; i++)
    {
      const RungsArrow *dearer = rungs_offer_ladder_get_arrow (ladder, i);

      if (dearer->kind == RUNGS_OFFER_DOWNSELL || dearer->kind == RUNGS_OFFER_CROSS
          || dearer->from_product != arrow->from_product
          || !holds_back (dearer, facts, &verdicts[i]))
        continue;
      verdicts[index].said |= BIT (RUNGS_REASON_NOT_DECLINED);
      verdicts[index].dearer = (int) i;
      return;
    }
}

/* Question 8. */
static void
ask_fallback (const RungsOfferLadder *ladder,
              guint                   index,
              const RungsOfferFacts  *facts,
              RungsVerdict           *verdicts)
{
  const RungsArrow *arrow = rungs_offer_ladder_get_arrow (ladder, index);
  int waits_for = -1;

  for (guint i = 0; i < ladder->arrows->len; i++)
    {
      const RungsArrow *other = rungs_offer_ladder_get_arrow (ladder, i);

      if (other->fallback != arrow->offer || other->from_product != arrow->from_product)
        continue;
      if (is_over (other, facts, &verdicts[i]))
        return;
      waits_for = waits_for < 0 ? (int) i : waits_for;
    }
  if (waits_for < 0)
    return;
  verdicts[index].said |= BIT (RUNGS_REASON_STANDS_IN);
  verdicts[index].instead_of = waits_for;
}

/* A dearer offer that only stands in for another holds no downsell back: that other does, while it
 * can be made. So fallbacks come first. */
static void
ask_about_others (const RungsOfferLadder *ladder,
                  const RungsOfferFacts  *facts,
                  RungsVerdict           *verdicts)
{
  for (guint i = 0; i < ladder->arrows->len; i++)
    if (verdicts[i].candidate)
      ask_fallback (ladder, i, facts, verdicts);
  for (guint i = 0; i < ladder->arrows->len; i++)
    if (verdicts[i].candidate
        && rungs_offer_ladder_get_arrow (ladder, i)->kind == RUNGS_OFFER_DOWNSELL)
      ask_downsell (ladder, i, facts, verdicts);
}

int
rungs_offer_judge (const RungsOfferLadder *ladder,
                   const RungsOfferFacts  *facts,
                   RungsVerdict           *verdicts)
{
  int declined = -1;

  g_return_val_if_fail (ladder != NULL && facts != NULL, -1);

  for (guint i = 0; i < ladder->arrows->len; i++)
    ask (ladder, i, facts, &verdicts[i]);
  ask_about_others (ladder, facts, verdicts);
  for (guint i = 0; i < ladder->arrows->len; i++)
    {
      if (!verdicts[i].candidate || rungs_verdict_is_against (&verdicts[i]))
        continue;
      if (!rungs_offer_was_declined (rungs_offer_ladder_get_arrow (ladder, i), facts))
        return (int) i;
      declined = declined < 0 ? (int) i : declined;
    }
  return declined;
}
