/* rungs-partner-flag.h: what is out of the ordinary with orders that a partner is credited with,
 * for a person to look at. The program decides nothing, and no money moves by it.
 *
 *   self-referral  the buyer is the partner's own lead, or has its e-mail address or its telephone
 *                  number
 *   household      the buyer lives where the partner does (same postal address), has its last name
 *                  and postcode, or its telephone number with another name
 *   coupon         buyers used a coupon of the partner, and most had no visit from it before, or
 *                  came from elsewhere right before the order: the code is known to others
 *   refunds        a larger share of the orders was given back than of all other orders
 *   clicks         orders follow clicks within seconds, or at times unlike those of the others:
 *                  clicks that were made at the checkout, or by nobody
 *
 * Shares are held against chance (rungs-odds.h): a flag is one where chance alone would bring it
 * about less than once in a thousand times, and never of fewer than ten cases. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_PARTNER_FLAG_SELF,
  RUNGS_PARTNER_FLAG_HOUSEHOLD,
  RUNGS_PARTNER_FLAG_COUPON,
  RUNGS_PARTNER_FLAG_REFUNDS,
  RUNGS_PARTNER_FLAG_CLICKS,
} RungsPartnerFlagKind;

#define RUNGS_PARTNER_FLAG_N_KINDS (RUNGS_PARTNER_FLAG_CLICKS + 1)

/* "self-referral", "household", "coupon", "refunds", "clicks". */
const char *rungs_partner_flag_kind_to_text (RungsPartnerFlagKind kind);
gboolean rungs_partner_flag_kind_from_text (const char           *text,
                                            RungsPartnerFlagKind *kind);

/* "Self-referral", "Leaked coupon" …, in the user's language. */
const char *rungs_partner_flag_kind_words (RungsPartnerFlagKind kind);

/* What an order was found by. */
typedef enum
{
  RUNGS_PARTNER_FLAG_BY_FIGURES, /* it is one of many */
  RUNGS_PARTNER_FLAG_BY_LEAD,    /* the buyer is the lead that the partner is */
  RUNGS_PARTNER_FLAG_BY_EMAIL,
  RUNGS_PARTNER_FLAG_BY_PHONE,
  RUNGS_PARTNER_FLAG_BY_ADDRESS,
  RUNGS_PARTNER_FLAG_BY_NAME,  /* last name and postcode */
  RUNGS_PARTNER_FLAG_BY_OTHER, /* telephone number, with another name */
} RungsPartnerFlagReason;

#define RUNGS_PARTNER_FLAG_N_REASONS (RUNGS_PARTNER_FLAG_BY_OTHER + 1)

/* "", "lead", "email", "phone", "address", "name", "phone-other-name". */
const char *rungs_partner_flag_reason_to_text (RungsPartnerFlagReason reason);

/* "the same postal address" …; "" of BY_FIGURES. */
const char *rungs_partner_flag_reason_words (RungsPartnerFlagReason reason);

/* An order that a flag is about. */
typedef struct
{
  gint64 order;
  gint64 lead;
  gint64 at;   /* when it became one: of refunds that of the refund, else that of the order */
  gint64 span; /* from the click to the order, milliseconds; of other kinds 0 */
  RungsPartnerFlagReason why;
} RungsPartnerFlagCase;

typedef enum
{
  RUNGS_PARTNER_FLAG_FINE,
  RUNGS_PARTNER_FLAG_NOT_FINE,
} RungsPartnerFlagVerdict;

/* "fine", "not-fine". */
const char *rungs_partner_flag_verdict_to_text (RungsPartnerFlagVerdict verdict);
gboolean rungs_partner_flag_verdict_from_text (const char              *text,
                                               RungsPartnerFlagVerdict *verdict);

/* What a person said, and about what. */
typedef struct
{
  RungsPartnerFlagVerdict verdict;
  char *note;      /* (owned) */
  gint64 cases;    /* that it was about … */
  gint64 until;    /* … the newest of which became one then */
  gint64 at;
} RungsPartnerFlagDecision;

void rungs_partner_flag_decision_free (RungsPartnerFlagDecision *self);

/* Figures that a kind does not have are 0. */
typedef struct
{
  gint64 partner;
  RungsPartnerFlagKind kind;
  GArray *cases;       /* (owned) (element-type RungsPartnerFlagCase) the newest first */
  gint64 of;           /* orders that were looked at; of coupons buyers */
  gint64 others;       /* of refunds and clicks: as many of the others … */
  gint64 others_of;    /* … are of these */
  gint64 unvisited;    /* of coupons: buyers without a visit from the partner */
  gint64 elsewhere;    /* of coupons: buyers who came from another source right before */
  char *sources;       /* (owned) (nullable) of coupons: those, "Deals (18), Search (3)" */
  gint64 soon;         /* of clicks: orders within RUNGS_PARTNER_FLAG_SOON */
  gint64 half;         /* of clicks: half of the orders came within this, milliseconds … */
  gint64 others_half;  /* … and of the others; -1: there are none */
  double chance;       /* that it is one, between 0 and 1; 0 where no chance is in it */
  RungsPartnerFlagDecision *decision; /* (owned) (nullable) the newest one */
} RungsPartnerFlag;

RungsPartnerFlag *rungs_partner_flag_new (gint64               partner,
                                          RungsPartnerFlagKind kind);
void rungs_partner_flag_free (RungsPartnerFlag *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerFlag, rungs_partner_flag_free)

/* When the oldest and the newest of its orders became one; 0: it has none. */
gint64 rungs_partner_flag_since (const RungsPartnerFlag *self);
gint64 rungs_partner_flag_until (const RungsPartnerFlag *self);

/* Whether a person is to look at it: nobody has decided of it, or the evidence has grown since. Of
 * self-referrals and households it has where there is a buyer who was not among them then; of the
 * others where at least half as many orders have come to it as it was about then, and five at
 * least. */
gboolean rungs_partner_flag_waits (const RungsPartnerFlag *self);

/* Returns: (transfer full): the evidence, as people read it, with all numbers; names no buyer. */
char *rungs_partner_flag_dup_words (const RungsPartnerFlag *self);

/* ---- what is out of the ordinary */

#define RUNGS_PARTNER_FLAG_SOON (10 * 1000)

/* `chance` (out): that chance alone brings it about. */

/* Of refunds: also half as many again as of the others, and three at least. */
gboolean rungs_partner_flag_is_refunded (gint64  hits,
                                         gint64  n,
                                         gint64  other_hits,
                                         gint64  other_n,
                                         double *chance);

/* Of a coupon: more buyers than would be so if it were one of two each time. */
gboolean rungs_partner_flag_is_leaked (gint64  hits,
                                       gint64  n,
                                       double *chance);

/* Of orders within seconds: more than one of twenty, and more than of the others where there are
 * ten of those. */
gboolean rungs_partner_flag_is_soon (gint64  hits,
                                     gint64  n,
                                     gint64  other_hits,
                                     gint64  other_n,
                                     double *chance);

/* Of the times between click and order (element-type gint64), of twenty orders on, held against
 * fifty others at least: where they are not only unlike theirs, but also at least three of ten lie
 * otherwise. Sorts both. */
gboolean rungs_partner_flag_is_apart (GArray *spans,
                                      GArray *other_spans,
                                      double *chance);

G_END_DECLS
