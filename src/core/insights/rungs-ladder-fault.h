/* rungs-ladder-fault.h: where the ladder does not hold together. */

#pragma once

#include "db/rungs-db.h"
#include "insights/rungs-product-figures.h"

G_BEGIN_DECLS

/**
 * RungsLadderFaultCode:
 * @RUNGS_LADDER_NO_WAY_IN: no offer and no way in leads to the product, and no live sequence sells
 *   it
 * @RUNGS_LADDER_NO_SEQUENCE: it costs something, offers or ways in lead to it, and no live sequence
 *   sells it
 * @RUNGS_LADDER_NO_NEXT: `number` leads own it, and no offer leaves it
 * @RUNGS_LADDER_OWNED_BY_ALL: all `number` leads who own it own what the offer leads to, too
 * @RUNGS_LADDER_NO_LONGER_SOLD: the offer leads to a product that is no longer sold
 * @RUNGS_LADDER_CYCLE: offers to buy something next, or something better, lead round in a circle:
 *   `text`
 * @RUNGS_LADDER_CHEAPER_RUNG: it costs less than the product of the rung below
 * @RUNGS_LADDER_CHEAPER_OFFER: the offer is to be a step up, and leads to something cheaper
 * @RUNGS_LADDER_NO_LETTER: it costs something, and no sales letter sells it
 * @RUNGS_LADDER_NO_DELIVERER: a person has to deliver it, and nobody is named
 * @RUNGS_LADDER_NOTHING_SENT: a download or a message delivers it, and there is none
 * @RUNGS_LADDER_OVER: the last day of the offer is past
 * @RUNGS_LADDER_REFUNDS: `number` of its `of` sales were given back: more than of other products,
 *   and more than chance explains
 */
typedef enum
{
  RUNGS_LADDER_NO_WAY_IN,
  RUNGS_LADDER_NO_SEQUENCE,
  RUNGS_LADDER_NO_NEXT,
  RUNGS_LADDER_OWNED_BY_ALL,
  RUNGS_LADDER_NO_LONGER_SOLD,
  RUNGS_LADDER_CYCLE,
  RUNGS_LADDER_CHEAPER_RUNG,
  RUNGS_LADDER_CHEAPER_OFFER,
  RUNGS_LADDER_NO_LETTER,
  RUNGS_LADDER_NO_DELIVERER,
  RUNGS_LADDER_NOTHING_SENT,
  RUNGS_LADDER_OVER,
  RUNGS_LADDER_REFUNDS,
} RungsLadderFaultCode;

/* The code as --json names it: "no-way-in", … */
const char *rungs_ladder_fault_code_to_text (RungsLadderFaultCode code);

typedef struct
{
  RungsLadderFaultCode code;
  gint64 product; /* that it is about; 0: leads who own nothing */
  gint64 offer;   /* 0: it is about the product itself */
  gint64 other;   /* the product that the offer leads to, or of the rung below; 0: none */
  gint64 number;
  gint64 of;
  char *text; /* (owned) the name of `other`, or the names of a circle; never NULL */
} RungsLadderFault;

void rungs_ladder_fault_free (RungsLadderFault *self);

/* A sentence for the user, in which the product is not named. */
char *rungs_ladder_fault_to_words (const RungsLadderFault *self);

/* Returns: (transfer full) (element-type RungsLadderFault): all faults of the ladder as it stands
 * at `now`, from its foot up; how each is found stands at the head of rungs-ladder-fault.c. */
GPtrArray *rungs_ladder_find_faults (RungsDb  *db,
                                     gint64    now,
                                     GError  **error);

/* The same, where it is known already how the products stand. */
GPtrArray *rungs_ladder_find_faults_of (RungsDb                    *db,
                                        const RungsProductStanding *standing,
                                        gint64                      now,
                                        GError                    **error);

G_END_DECLS
