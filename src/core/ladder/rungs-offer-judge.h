/* rungs-offer-judge.h: which offer a lead is made, from what is known of the lead and the ladder.
 *
 * How it is chosen stands at the head of rungs-offer-judge.c. It is the one place where it is
 * decided, whether one lead is asked about or all are. */

#pragma once

#include "ladder/rungs-offer-facts-store.h"

G_BEGIN_DECLS

/**
 * RungsReasonCode:
 * @RUNGS_REASON_OWNS_FROM: for: the lead owns `text` (product `ref`), since `at`
 * @RUNGS_REASON_OWNS_NOTHING: for: the lead owns nothing yet
 * @RUNGS_REASON_RETIRED: against: the product is no longer sold
 * @RUNGS_REASON_NOT_YET: against: the offer is made from `at` on
 * @RUNGS_REASON_EXPIRED: against: the offer was made until `at`
 * @RUNGS_REASON_OWNED: against: the lead owns it, since `at`
 * @RUNGS_REASON_OWNED_IN_BUNDLE: against: the lead owns it in the bundle `text` (product `ref`)
 * @RUNGS_REASON_PARTS_OWNED: against: the lead owns everything that is in it
 * @RUNGS_REASON_WAITED: for: the delay of `number` days is over
 * @RUNGS_REASON_WAITING: against: `number` more days, until `at`
 * @RUNGS_REASON_CONDITION_MET: for: the lead meets the offer's condition, `text` in words
 * @RUNGS_REASON_CONDITION_NOT_MET: against: the lead does not meet the condition, `text`
 * @RUNGS_REASON_CONDITION_BROKEN: against: the condition cannot be asked: `text` says why
 * @RUNGS_REASON_CAPPED: against: sequences have tried to sell it `number` times in vain
 * @RUNGS_REASON_IN_SEQUENCE: for: the sequence `text` (`ref`) is selling it to the lead now
 * @RUNGS_REASON_DECLINED: beside: it comes behind others, for a sequence that sells it ended at
 *   `at` without a sale
 * @RUNGS_REASON_NOT_DECLINED: against: a downsell waits while `text` (product `ref`) may yet be
 *   bought
 * @RUNGS_REASON_STANDS_IN: against: it is made in the place of `text` (product `ref`), which can
 *   still be offered
 * @RUNGS_REASON_EXPECTED: beside: what it may be expected to bring: `expected`
 * @RUNGS_REASON_FIRST: for: none that can be offered comes before it
 * @RUNGS_REASON_OUTRANKED: against: `text` (product `ref`) comes first, by `number`, a RungsRank
 * @RUNGS_REASON_NO_CONSENT: beside: the lead has not agreed to marketing by e-mail
 */
typedef enum
{
  RUNGS_REASON_OWNS_FROM,
  RUNGS_REASON_OWNS_NOTHING,
  RUNGS_REASON_RETIRED,
  RUNGS_REASON_NOT_YET,
  RUNGS_REASON_EXPIRED,
  RUNGS_REASON_OWNED,
  RUNGS_REASON_OWNED_IN_BUNDLE,
  RUNGS_REASON_PARTS_OWNED,
  RUNGS_REASON_WAITED,
  RUNGS_REASON_WAITING,
  RUNGS_REASON_CONDITION_MET,
  RUNGS_REASON_CONDITION_NOT_MET,
  RUNGS_REASON_CONDITION_BROKEN,
  RUNGS_REASON_CAPPED,
  RUNGS_REASON_IN_SEQUENCE,
  RUNGS_REASON_DECLINED,
  RUNGS_REASON_NOT_DECLINED,
  RUNGS_REASON_STANDS_IN,
  RUNGS_REASON_EXPECTED,
  RUNGS_REASON_FIRST,
  RUNGS_REASON_OUTRANKED,
  RUNGS_REASON_NO_CONSENT,
} RungsReasonCode;

#define RUNGS_N_REASONS (RUNGS_REASON_NO_CONSENT + 1)

/* The code as --json and logs name it: "owns-from", … */
const char *rungs_reason_code_to_text (RungsReasonCode code);

/**
 * RungsReasonSide:
 * @RUNGS_REASON_FOR: speaks for the offer
 * @RUNGS_REASON_AGAINST: the offer cannot be made while it holds
 * @RUNGS_REASON_BESIDE: good to know, decides nothing by itself
 */
typedef enum
{
  RUNGS_REASON_FOR,
  RUNGS_REASON_AGAINST,
  RUNGS_REASON_BESIDE,
} RungsReasonSide;

RungsReasonSide rungs_reason_code_get_side (RungsReasonCode code);

/* What was found about one arrow. */
typedef struct
{
  gboolean candidate; /* it leaves from where the lead stands; FALSE: the rest says nothing */
  guint32 said;       /* a bit for each reason, 1 << RungsReasonCode */
  gint64 since;       /* since when the lead stands there */
  gint64 until;       /* until when its days last */
  int dearer;         /* the arrow for which a downsell waits; -1: none */
  int instead_of;     /* the arrow in whose place it is made, and which still can be; -1: none */
} RungsVerdict;

gboolean rungs_verdict_says (const RungsVerdict *self,
                             RungsReasonCode     code);

/* Whether something is against it. */
gboolean rungs_verdict_is_against (const RungsVerdict *self);

/* Fills in a verdict for each arrow of the ladder. Returns: the arrow to follow; -1: none. */
int rungs_offer_judge (const RungsOfferLadder *ladder,
                       const RungsOfferFacts  *facts,
                       RungsVerdict           *verdicts);

/* Whether a sequence has tried in vain to sell what the arrow leads to. */
gboolean rungs_offer_was_declined (const RungsArrow       *arrow,
                                   const RungsOfferFacts  *facts);

G_END_DECLS
