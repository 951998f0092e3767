/* rungs-next-offer.h: the product to offer a lead now, with the reasons for and against each.
 *
 * How it is chosen stands at the head of rungs-next-offer.c. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-offer-store.h"

G_BEGIN_DECLS

/**
 * RungsReasonCode:
 * @RUNGS_REASON_OWNS_FROM: for: the lead owns `text` (product `ref`), since `at`
 * @RUNGS_REASON_OWNS_NOTHING: for: the lead owns nothing yet
 * @RUNGS_REASON_WAITED: for: the delay of `number` days is over
 * @RUNGS_REASON_CONDITION_MET: for: the lead meets the offer's condition, `text` in words
 * @RUNGS_REASON_IN_SEQUENCE: for: the sequence `text` (`ref`) is selling it to the lead now
 * @RUNGS_REASON_FIRST: for: none that can be offered comes before it
 * @RUNGS_REASON_RETIRED: against: the product is no longer sold
 * @RUNGS_REASON_OWNED: against: the lead owns it, since `at`
 * @RUNGS_REASON_OWNED_IN_BUNDLE: against: the lead owns it in the bundle `text` (product `ref`)
 * @RUNGS_REASON_PARTS_OWNED: against: the lead owns everything that is in it
 * @RUNGS_REASON_WAITING: against: `number` more days, until `at`
 * @RUNGS_REASON_CONDITION_NOT_MET: against: the lead does not meet the condition, `text`
 * @RUNGS_REASON_CONDITION_BROKEN: against: the condition cannot be asked: `text` says why
 * @RUNGS_REASON_NOT_DECLINED: against: a downsell waits while `text` (product `ref`) may yet be
 *   bought
 * @RUNGS_REASON_DECLINED: beside: it comes behind others, for a sequence that sells it ended at
 *   `at` without a sale
 * @RUNGS_REASON_OUTRANKED: against: `text` (product `ref`) comes first: by priority, kind or price
 * @RUNGS_REASON_NO_CONSENT: beside: the lead has not agreed to marketing by e-mail
 */
typedef enum
{
  RUNGS_REASON_OWNS_FROM,
  RUNGS_REASON_OWNS_NOTHING,
  RUNGS_REASON_WAITED,
  RUNGS_REASON_CONDITION_MET,
  RUNGS_REASON_IN_SEQUENCE,
  RUNGS_REASON_FIRST,
  RUNGS_REASON_RETIRED,
  RUNGS_REASON_OWNED,
  RUNGS_REASON_OWNED_IN_BUNDLE,
  RUNGS_REASON_PARTS_OWNED,
  RUNGS_REASON_WAITING,
  RUNGS_REASON_CONDITION_NOT_MET,
  RUNGS_REASON_CONDITION_BROKEN,
  RUNGS_REASON_NOT_DECLINED,
  RUNGS_REASON_DECLINED,
  RUNGS_REASON_OUTRANKED,
  RUNGS_REASON_NO_CONSENT,
} RungsReasonCode;

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

typedef struct
{
  RungsReasonCode code;
  gboolean deciding; /* the one that made the candidate win or lose */
  gint64 ref;        /* 0: none; see the code */
  gint64 at;         /* an instant; 0: none */
  gint64 number;
  char *text; /* (owned) a name, or a rule; never NULL */
} RungsReason;

void rungs_reason_free (RungsReason *self);

/* An arrow that leaves from what the lead owns. */
typedef struct
{
  gint64 offer;
  RungsOfferKind kind;
  gint64 product;
  char *name; /* (owned) of the product */
  gboolean chosen;
  GPtrArray *reasons; /* (owned) (element-type RungsReason) in the order in which they were asked */
} RungsCandidate;

typedef struct
{
  gint64 product; /* 0: nothing to offer now */
  gint64 offer;
  char *name;            /* (owned) (nullable) of the product */
  GPtrArray *candidates; /* (owned) (element-type RungsCandidate) the first comes first */
} RungsNextOffer;

void rungs_next_offer_free (RungsNextOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNextOffer, rungs_next_offer_free)

/* What to offer the lead at `now`. Errors: NOT_FOUND (no such lead). */
RungsNextOffer *rungs_next_offer (RungsDb  *db,
                                  gint64    lead,
                                  gint64    now,
                                  GError  **error);

G_END_DECLS
