/* rungs-next-offer.c: the product to offer a lead now, with the reasons for and against each.
 *
 * The candidates are the arrows of the ladder that stand and leave from a product that the lead
 * owns at the time asked about (bought, or held by a bundle that was; not refunded whole, not
 * lapsed). A lead who owns nothing gets the arrows that leave from nothing. Each candidate is
 * asked, in this order:
 *
 *   1. Is the product it leads to still sold?
 *   2. Does the lead own it already, by itself or in a bundle, or everything that is in it?
 *   3. Are its days over? They count from when the lead came to own the product it leaves from, or,
 *      of an arrow from nothing, from when the lead became known.
 *   4. Does the lead meet its condition?
 *   5. A downsell is what is left when the dearer product was not wanted: it waits while a next or
 *      upsell from the same product can still lead to a sale, that is, while its product is owned,
 *      or nothing but its days is against it and no sequence has tried in vain.
 *
 * Every answer is a reason, for or against; the first against decides that the candidate is out.
 * Those that nothing is against come in the order of their arrows: smaller priority, then next
 * before upsell before cross before downsell, then the dearer product (the higher rung, then the
 * price), then the older arrow. Of them, those that a sequence has tried to sell in vain come after
 * the ones that nobody has tried. The first is the next offer; the others lost to it, and say so.
 * That the lead cannot be written to, or is being written to about it just now, decides nothing: an
 * offer can be made on the telephone. */

#include "ladder/rungs-next-offer.h"

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "ladder/rungs-next-offer-store.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "segments/rungs-rule.h"

typedef struct
{
  const char *text;
  RungsReasonSide side;
} Code;

static const Code CODES[] = {
  [RUNGS_REASON_OWNS_FROM] = { "owns-from", RUNGS_REASON_FOR },
  [RUNGS_REASON_OWNS_NOTHING] = { "owns-nothing", RUNGS_REASON_FOR },
  [RUNGS_REASON_WAITED] = { "waited", RUNGS_REASON_FOR },
  [RUNGS_REASON_CONDITION_MET] = { "condition-met", RUNGS_REASON_FOR },
  [RUNGS_REASON_IN_SEQUENCE] = { "in-sequence", RUNGS_REASON_FOR },
  [RUNGS_REASON_FIRST] = { "first", RUNGS_REASON_FOR },
  [RUNGS_REASON_RETIRED] = { "retired", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_OWNED] = { "owned", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_OWNED_IN_BUNDLE] = { "owned-in-bundle", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_PARTS_OWNED] = { "parts-owned", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_WAITING] = { "waiting", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_CONDITION_NOT_MET] = { "condition-not-met", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_CONDITION_BROKEN] = { "condition-broken", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_NOT_DECLINED] = { "not-declined", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_DECLINED] = { "declined", RUNGS_REASON_BESIDE },
  [RUNGS_REASON_OUTRANKED] = { "outranked", RUNGS_REASON_AGAINST },
  [RUNGS_REASON_NO_CONSENT] = { "no-consent", RUNGS_REASON_BESIDE },
};

/* What the questions are asked about. */
typedef struct
{
  RungsDb *db;
  RungsLead *lead;    /* (owned) */
  gint64 now;
  GPtrArray *owned;   /* (owned) (element-type RungsOwned) */
  GPtrArray *arrows;  /* (owned) (element-type RungsArrow) */
  GPtrArray *pitches; /* (owned) (element-type RungsPitch) */
  gboolean consented;
} Question;

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

void
rungs_reason_free (RungsReason *self)
{
  g_free (self->text);
  g_free (self);
}

static void
candidate_free (gpointer data)
{
  RungsCandidate *candidate = data;

  g_free (candidate->name);
  g_ptr_array_unref (candidate->reasons);
  g_free (candidate);
}

void
rungs_next_offer_free (RungsNextOffer *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->candidates);
  g_free (self);
}

static void
question_free (Question *self)
{
  g_clear_pointer (&self->lead, rungs_lead_free);
  g_clear_pointer (&self->owned, g_ptr_array_unref);
  g_clear_pointer (&self->arrows, g_ptr_array_unref);
  g_clear_pointer (&self->pitches, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static GPtrArray *
load_arrows (RungsDb   *db,
             GPtrArray *owned,
             GError   **error)
{
  g_autofree gint64 *products = g_new0 (gint64, owned->len);

  for (guint i = 0; i < owned->len; i++)
    products[i] = ((RungsOwned *) owned->pdata[i])->product;
  return rungs_arrows_from (db, products, owned->len, error);
}

static Question *
question_new (RungsDb *db,
              gint64   lead,
              gint64   now,
              GError **error)
{
  g_autoptr (Question) self = g_new0 (Question, 1);
  RungsConsentState consent;

  self->db = db;
  self->now = now;
  self->lead = rungs_lead_load (db, lead, error);
  if (self->lead == NULL
      || !rungs_consent_state (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, &consent,
                               error))
    return NULL;
  self->consented = consent == RUNGS_CONSENT_GIVEN;
  self->owned = rungs_ownership_list (db, lead, now, error);
  self->arrows = self->owned ? load_arrows (db, self->owned, error) : NULL;
  self->pitches = self->arrows ? rungs_pitches_to (db, lead, error) : NULL;
  return self->pitches ? g_steal_pointer (&self) : NULL;
}

static const RungsOwned *
find_owned (const Question *self,
            gint64          product)
{
  for (guint i = 0; i < self->owned->len; i++)
    if (((RungsOwned *) self->owned->pdata[i])->product == product)
      return self->owned->pdata[i];
  return NULL;
}

static const RungsPitch *
find_pitch (const Question *self,
            gint64          product)
{
  for (guint i = 0; i < self->pitches->len; i++)
    if (((RungsPitch *) self->pitches->pdata[i])->product == product)
      return self->pitches->pdata[i];
  return NULL;
}

static gboolean
was_declined (const Question *self,
              gint64          product)
{
  const RungsPitch *pitch = find_pitch (self, product);

  return pitch != NULL && pitch->declined_at != 0;
}

static RungsReason *
add_reason (RungsCandidate  *candidate,
            RungsReasonCode  code,
            gint64           ref,
            gint64           at,
            const char      *text)
{
  RungsReason *reason = g_new0 (RungsReason, 1);

  reason->code = code;
  reason->ref = ref;
  reason->at = at;
  reason->text = g_strdup (text ? text : "");
  g_ptr_array_add (candidate->reasons, reason);
  return reason;
}

/* The first reason against; NULL where there is none. */
static RungsReason *
first_against (const RungsCandidate *candidate)
{
  for (guint i = 0; i < candidate->reasons->len; i++)
    {
      RungsReason *reason = candidate->reasons->pdata[i];

      if (CODES[reason->code].side == RUNGS_REASON_AGAINST)
        return reason;
    }
  return NULL;
}

/* Where the arrow leaves from. Returns: since when the lead stands there. */
static gint64
ask_from (const Question   *self,
          const RungsArrow *arrow,
          RungsCandidate   *candidate)
{
  const RungsOwned *from = find_owned (self, arrow->from_product);

  if (from == NULL)
    {
      add_reason (candidate, RUNGS_REASON_OWNS_NOTHING, 0, self->lead->created_at, NULL);
      return self->lead->created_at;
    }
  add_reason (candidate, RUNGS_REASON_OWNS_FROM, from->product, from->since, from->name);
  return from->since;
}

/* Whether the product is a bundle of which the lead owns every part. */
static gboolean
owns_parts (const Question *self,
            gint64          product,
            gboolean       *owns,
            GError        **error)
{
  g_autoptr (GArray) parts = rungs_product_held (self->db, product, error);

  if (parts == NULL)
    return FALSE;
  *owns = parts->len > 0;
  for (guint i = 0; i < parts->len; i++)
    if (find_owned (self, g_array_index (parts, gint64, i)) == NULL)
      *owns = FALSE;
  return TRUE;
}

static gboolean
ask_owned (const Question   *self,
           const RungsArrow *arrow,
           RungsCandidate   *candidate,
           GError          **error)
{
  const RungsOwned *owned = find_owned (self, arrow->to_product);
  gboolean all_parts = FALSE;

  if (owned != NULL && owned->direct)
    add_reason (candidate, RUNGS_REASON_OWNED, owned->product, owned->since, NULL);
  else if (owned != NULL)
    add_reason (candidate, RUNGS_REASON_OWNED_IN_BUNDLE, owned->through, owned->since,
                owned->through_name);
  else if (!owns_parts (self, arrow->to_product, &all_parts, error))
    return FALSE;
  if (all_parts)
    add_reason (candidate, RUNGS_REASON_PARTS_OWNED, arrow->to_product, 0, NULL);
  return TRUE;
}

static void
ask_days (const Question   *self,
          const RungsArrow *arrow,
          gint64            since,
          RungsCandidate   *candidate)
{
  gint64 until;
  RungsReason *reason;

  if (arrow->after_days == 0)
    return;
  if (__builtin_mul_overflow (arrow->after_days, RUNGS_DAY, &until)
      || __builtin_add_overflow (until, since, &until))
    until = G_MAXINT64;
  if (until <= self->now)
    {
      reason = add_reason (candidate, RUNGS_REASON_WAITED, 0, until, NULL);
      reason->number = arrow->after_days;
      return;
    }
  reason = add_reason (candidate, RUNGS_REASON_WAITING, 0, until, NULL);
  reason->number = (until - self->now - 1) / RUNGS_DAY + 1;
}

static gboolean
ask_condition (const Question   *self,
               const RungsArrow *arrow,
               RungsCandidate   *candidate,
               GError          **error)
{
  g_autoptr (RungsRule) rule = NULL;
  g_autoptr (GError) fault = NULL;
  g_autofree char *words = NULL;
  gboolean met;

  if (arrow->condition == NULL)
    return TRUE;
  rule = rungs_rule_parse (arrow->condition, &fault);
  if (rule == NULL
      || !rungs_rule_matches (self->db, rule, self->lead->id, self->now, &met, &fault))
    {
      /* one rule that is wrong keeps one product back, not all of them */
      if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID))
        {
          add_reason (candidate, RUNGS_REASON_CONDITION_BROKEN, 0, 0, fault->message);
          return TRUE;
        }
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  words = rungs_rule_describe (rule);
  add_reason (candidate, met ? RUNGS_REASON_CONDITION_MET : RUNGS_REASON_CONDITION_NOT_MET, 0, 0,
              words);
  return TRUE;
}

static void
ask_sequences (const Question   *self,
               const RungsArrow *arrow,
               RungsCandidate   *candidate)
{
  const RungsPitch *pitch = find_pitch (self, arrow->to_product);

  if (pitch != NULL && pitch->sequence != 0)
    add_reason (candidate, RUNGS_REASON_IN_SEQUENCE, pitch->sequence, 0, pitch->name);
  else if (pitch != NULL && pitch->declined_at != 0)
    add_reason (candidate, RUNGS_REASON_DECLINED, 0, pitch->declined_at, NULL);
}

static RungsCandidate *
candidate_new (const RungsArrow *arrow)
{
  RungsCandidate *candidate = g_new0 (RungsCandidate, 1);

  candidate->offer = arrow->offer;
  candidate->kind = arrow->kind;
  candidate->product = arrow->to_product;
  candidate->name = g_strdup (arrow->to_name);
  candidate->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_reason_free);
  return candidate;
}

/* Asks a candidate everything but what depends on the others. */
static gboolean
ask (const Question   *self,
     const RungsArrow *arrow,
     RungsCandidate   *candidate,
     GError          **error)
{
  gint64 since = ask_from (self, arrow, candidate);

  if (arrow->retired)
    add_reason (candidate, RUNGS_REASON_RETIRED, arrow->to_product, 0, NULL);
  if (!ask_owned (self, arrow, candidate, error))
    return FALSE;
  ask_days (self, arrow, since, candidate);
  if (!ask_condition (self, arrow, candidate, error))
    return FALSE;
  ask_sequences (self, arrow, candidate);
  return TRUE;
}

/* Whether a dearer offer from the same product may still lead to a sale, so that a downsell
 * waits. */
static gboolean
holds_back (const Question       *self,
            const RungsCandidate *dearer)
{
  const RungsReason *against = first_against (dearer);

  if (against == NULL || against->code == RUNGS_REASON_WAITING)
    return !was_declined (self, dearer->product);
  return against->code == RUNGS_REASON_OWNED || against->code == RUNGS_REASON_OWNED_IN_BUNDLE;
}

/* Question 5, of each downsell; the candidates still stand in the order of their arrows. */
static void
ask_downsells (const Question *self,
               GPtrArray      *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const RungsArrow *arrow = self->arrows->pdata[i];
      RungsCandidate *candidate = candidates->pdata[i];

      if (arrow->kind != RUNGS_OFFER_DOWNSELL)
        continue;
      for (guint j = 0; j < candidates->len; j++)
        {
          const RungsArrow *other = self->arrows->pdata[j];
          const RungsCandidate *dearer = candidates->pdata[j];

          if (other->kind == RUNGS_OFFER_DOWNSELL || other->kind == RUNGS_OFFER_CROSS
              || other->from_product != arrow->from_product || !holds_back (self, dearer))
            continue;
          add_reason (candidate, RUNGS_REASON_NOT_DECLINED, dearer->product, 0, dearer->name);
          break;
        }
    }
}

/* Those that were tried in vain behind those that were not; otherwise the order stays. */
static GPtrArray *
rank (const Question *self,
      GPtrArray      *candidates)
{
  GPtrArray *ranked = g_ptr_array_new_with_free_func (candidate_free);

  for (int declined = FALSE; declined <= TRUE; declined++)
    for (guint i = 0; i < candidates->len; i++)
      {
        RungsCandidate *candidate = candidates->pdata[i];

        if (was_declined (self, candidate->product) == declined)
          g_ptr_array_add (ranked, candidate);
      }
  return ranked;
}

/* Says of each candidate what decided. */
static void
decide (const Question *self,
        RungsNextOffer *offer)
{
  for (guint i = 0; i < offer->candidates->len; i++)
    {
      RungsCandidate *candidate = offer->candidates->pdata[i];
      RungsReason *deciding = first_against (candidate);

      if (deciding == NULL && offer->product != 0)
        deciding = add_reason (candidate, RUNGS_REASON_OUTRANKED, offer->product, 0, offer->name);
      else if (deciding == NULL)
        {
          deciding = add_reason (candidate, RUNGS_REASON_FIRST, 0, 0, NULL);
          candidate->chosen = TRUE;
          offer->product = candidate->product;
          offer->offer = candidate->offer;
          offer->name = g_strdup (candidate->name);
        }
      deciding->deciding = TRUE;
      if (!self->consented && candidate->chosen)
        add_reason (candidate, RUNGS_REASON_NO_CONSENT, 0, 0, NULL);
    }
}

RungsNextOffer *
rungs_next_offer (RungsDb *db,
                  gint64   lead,
                  gint64   now,
                  GError **error)
{
  g_autoptr (Question) question = question_new (db, lead, now, error);
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (candidate_free);
  RungsNextOffer *offer;

  if (question == NULL)
    return NULL;
  for (guint i = 0; i < question->arrows->len; i++)
    {
      const RungsArrow *arrow = question->arrows->pdata[i];

      g_ptr_array_add (candidates, candidate_new (arrow));
      if (!ask (question, arrow, candidates->pdata[i], error))
        return NULL;
    }
  ask_downsells (question, candidates);

  offer = g_new0 (RungsNextOffer, 1);
  offer->candidates = rank (question, candidates);
  g_ptr_array_set_free_func (candidates, NULL);
  decide (question, offer);
  return offer;
}
