/* rungs-next-offer.c: the product to offer a lead now, with the reasons for and against each.
 *
 * What is decided stands in the verdicts of rungs-offer-judge.c; here it is put into reasons, with
 * the names, days and figures that they speak of. */

#include "ladder/rungs-next-offer.h"

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "ladder/rungs-next-offer-store.h"
#include "leads/rungs-consent-store.h"
#include "segments/rungs-rule.h"

/* What the reasons are made of. */
typedef struct
{
  RungsDb *db;
  const RungsOfferLadder *ladder;
  const RungsOfferFacts *facts;
  const RungsVerdict *verdicts;
  int chosen; /* -1: none */
  gboolean consented;
} Answer;

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

static const char *
name_of (const Answer *self,
         int           place)
{
  return rungs_offer_ladder_get_product (self->ladder, place)->name;
}

/* The reason speaks of the product in that place. */
static void
name_product (const Answer *self,
              RungsReason  *reason,
              int           place)
{
  if (place < 0)
    return;
  reason->ref = rungs_offer_ladder_get_product (self->ladder, place)->id;
  reason->text = g_strdup (name_of (self, place));
}

static void
name_arrow (const Answer *self,
            RungsReason  *reason,
            int           arrow)
{
  if (arrow >= 0)
    name_product (self, reason, rungs_offer_ladder_get_arrow (self->ladder, (guint) arrow)->to);
}

/* The words of its condition; a fault where it cannot be asked. */
static void
describe_condition (RungsReason      *reason,
                    const RungsArrow *arrow)
{
  g_autoptr (RungsRule) rule = NULL;

  if (arrow->fault == NULL)
    rule = rungs_rule_parse (arrow->condition, NULL);
  reason->text = rule != NULL ? rungs_rule_describe (rule) : g_strdup (arrow->fault);
}

static gboolean
name_sequence (const Answer *self,
               RungsReason  *reason,
               gint64        sequence,
               GError      **error)
{
  reason->ref = sequence;
  reason->text = rungs_sequence_dup_name_of (self->db, sequence, error);
  return reason->text != NULL;
}

static void
fill_owned (const Answer        *self,
            RungsReason         *reason,
            const RungsArrow    *arrow,
            const RungsStanding *standing)
{
  reason->at = standing->since;
  reason->ref = arrow->to_product;
  if (reason->code == RUNGS_REASON_OWNED_IN_BUNDLE)
    name_product (self, reason, rungs_offer_ladder_find (self->ladder, standing->through));
}

static void
fill_days (const Answer       *self,
           RungsReason        *reason,
           const RungsArrow   *arrow,
           const RungsVerdict *verdict)
{
  reason->at = verdict->until;
  reason->number = reason->code == RUNGS_REASON_WAITED
                       ? arrow->after_days
                       : (verdict->until - self->ladder->at - 1) / RUNGS_DAY + 1;
}

/* By what the chosen arrow comes first. */
static void
fill_outranked (const Answer     *self,
                RungsReason      *reason,
                const RungsArrow *arrow)
{
  const RungsArrow *chosen = rungs_offer_ladder_get_arrow (self->ladder, (guint) self->chosen);
  RungsRank by = RUNGS_RANK_AGE;

  rungs_arrow_compare (chosen, arrow, &by);
  if (rungs_offer_was_declined (arrow, self->facts)
      && !rungs_offer_was_declined (chosen, self->facts))
    by = RUNGS_RANK_UNTRIED;
  reason->number = by;
  name_arrow (self, reason, self->chosen);
}

/* Says what the code speaks of. */
static gboolean
fill (const Answer *self,
      RungsReason  *reason,
      guint         index,
      GError      **error)
{
  const RungsArrow *arrow = rungs_offer_ladder_get_arrow (self->ladder, index);
  const RungsVerdict *verdict = &self->verdicts[index];
  const RungsStanding *standing = &self->facts->standings[arrow->to];

  switch (reason->code)
    {
    case RUNGS_REASON_OWNS_FROM:
      name_product (self, reason, arrow->from);
      reason->at = verdict->since;
      return TRUE;
    case RUNGS_REASON_OWNS_NOTHING:
      reason->at = verdict->since;
      return TRUE;
    case RUNGS_REASON_RETIRED:
    case RUNGS_REASON_PARTS_OWNED:
      reason->ref = arrow->to_product;
      return TRUE;
    case RUNGS_REASON_NOT_YET:
      reason->at = arrow->valid_from;
      return TRUE;
    case RUNGS_REASON_EXPIRED:
      reason->at = arrow->valid_until;
      return TRUE;
    case RUNGS_REASON_OWNED:
    case RUNGS_REASON_OWNED_IN_BUNDLE:
      fill_owned (self, reason, arrow, standing);
      return TRUE;
    case RUNGS_REASON_WAITED:
    case RUNGS_REASON_WAITING:
      fill_days (self, reason, arrow, verdict);
      return TRUE;
    case RUNGS_REASON_CONDITION_MET:
    case RUNGS_REASON_CONDITION_NOT_MET:
    case RUNGS_REASON_CONDITION_BROKEN:
      describe_condition (reason, arrow);
      return TRUE;
    case RUNGS_REASON_CAPPED:
      reason->number = standing->refusals;
      return TRUE;
    case RUNGS_REASON_IN_SEQUENCE:
      return name_sequence (self, reason, standing->selling, error);
    case RUNGS_REASON_DECLINED:
      reason->at = standing->declined_at;
      return TRUE;
    case RUNGS_REASON_NOT_DECLINED:
      name_arrow (self, reason, verdict->dearer);
      return TRUE;
    case RUNGS_REASON_STANDS_IN:
      name_arrow (self, reason, verdict->instead_of);
      return TRUE;
    case RUNGS_REASON_EXPECTED:
      reason->expected = arrow->expected;
      return TRUE;
    case RUNGS_REASON_OUTRANKED:
      fill_outranked (self, reason, arrow);
      return TRUE;
    case RUNGS_REASON_FIRST:
    case RUNGS_REASON_NO_CONSENT:
    default:
      return TRUE;
    }
}

/* Whether the reason is given for that arrow: what was found, and how it stands to the others. */
static gboolean
is_said (const Answer    *self,
         guint            index,
         RungsReasonCode  code)
{
  gboolean chosen = (int) index == self->chosen;
  gboolean possible = !rungs_verdict_is_against (&self->verdicts[index]);

  switch (code)
    {
    case RUNGS_REASON_EXPECTED:
      return possible;
    case RUNGS_REASON_FIRST:
      return chosen;
    case RUNGS_REASON_OUTRANKED:
      return possible && !chosen;
    case RUNGS_REASON_NO_CONSENT:
      return chosen && !self->consented;
    default:
      return rungs_verdict_says (&self->verdicts[index], code);
    }
}

/* The first reason against decides; of the arrow that won, that it is the first. */
static gboolean
add_reasons (const Answer   *self,
             guint           index,
             RungsCandidate *candidate,
             GError        **error)
{
  gboolean decided = FALSE;

  for (RungsReasonCode code = 0; code < RUNGS_N_REASONS; code++)
    {
      RungsReason *reason;

      if (!is_said (self, index, code))
        continue;
      reason = g_new0 (RungsReason, 1);
      reason->code = code;
      g_ptr_array_add (candidate->reasons, reason);
      if (!fill (self, reason, index, error))
        return FALSE;
      reason->text = reason->text ? reason->text : g_strdup ("");
      reason->deciding
          = !decided
            && (code == RUNGS_REASON_FIRST
                || rungs_reason_code_get_side (code) == RUNGS_REASON_AGAINST);
      decided |= reason->deciding;
    }
  return TRUE;
}

static RungsCandidate *
candidate_new (const Answer *self,
               guint         index)
{
  const RungsArrow *arrow = rungs_offer_ladder_get_arrow (self->ladder, index);
  RungsCandidate *candidate = g_new0 (RungsCandidate, 1);

  candidate->offer = arrow->offer;
  candidate->kind = arrow->kind;
  candidate->product = arrow->to_product;
  candidate->name = g_strdup (name_of (self, arrow->to));
  candidate->chosen = (int) index == self->chosen;
  candidate->expected = arrow->expected;
  candidate->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_reason_free);
  return candidate;
}

/* Those that were tried in vain stand behind those that were not. */
static gboolean
add_candidates (const Answer   *self,
                RungsNextOffer *offer,
                GError        **error)
{
  for (int declined = FALSE; declined <= TRUE; declined++)
    for (guint i = 0; i < self->ladder->arrows->len; i++)
      {
        const RungsArrow *arrow = rungs_offer_ladder_get_arrow (self->ladder, i);
        RungsCandidate *candidate;

        if (!self->verdicts[i].candidate
            || rungs_offer_was_declined (arrow, self->facts) != declined)
          continue;
        candidate = candidate_new (self, i);
        g_ptr_array_add (offer->candidates, candidate);
        if (!add_reasons (self, i, candidate, error))
          return FALSE;
      }
  return TRUE;
}

static RungsNextOffer *
next_offer_new (const Answer *self,
                GError      **error)
{
  g_autoptr (RungsNextOffer) offer = g_new0 (RungsNextOffer, 1);

  offer->candidates = g_ptr_array_new_with_free_func (candidate_free);
  if (self->chosen >= 0)
    {
      const RungsArrow *arrow = rungs_offer_ladder_get_arrow (self->ladder, (guint) self->chosen);

      offer->product = arrow->to_product;
      offer->offer = arrow->offer;
      offer->name = g_strdup (name_of (self, arrow->to));
    }
  return add_candidates (self, offer, error) ? g_steal_pointer (&offer) : NULL;
}

/* FALSE with NOT_FOUND where there is no such lead. */
static gboolean
read_facts (RungsDb                 *db,
            const RungsOfferLadder  *ladder,
            gint64                   lead,
            RungsOfferFacts         *facts,
            GError                 **error)
{
  g_autoptr (RungsOfferFactsReader) reader = rungs_offer_facts_read (db, ladder, lead, error);
  RungsStep step = reader ? rungs_offer_facts_next (reader, facts, error) : RUNGS_FAILED;

  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, "there is no lead %" G_GINT64_FORMAT,
                 lead);
  return step == RUNGS_ROW;
}

RungsNextOffer *
rungs_next_offer (RungsDb *db,
                  gint64   lead,
                  gint64   now,
                  GError **error)
{
  g_autoptr (RungsOfferLadder) ladder = rungs_offer_ladder_load (db, now, error);
  g_autoptr (RungsOfferFacts) facts = ladder ? rungs_offer_facts_new (ladder) : NULL;
  g_autofree RungsVerdict *verdicts = NULL;
  RungsConsentState consent;
  Answer answer = { .db = db, .ladder = ladder, .facts = facts };

  if (ladder == NULL || !read_facts (db, ladder, lead, facts, error)
      || !rungs_consent_state (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, &consent,
                               error))
    return NULL;
  verdicts = g_new0 (RungsVerdict, ladder->arrows->len);
  answer.verdicts = verdicts;
  answer.chosen = rungs_offer_judge (ladder, facts, verdicts);
  answer.consented = consent == RUNGS_CONSENT_GIVEN;
  return next_offer_new (&answer, error);
}
