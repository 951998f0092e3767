/* rungs-what-if-change.h: what is supposed to be otherwise: a price, a conversion, a spend, … */

#pragma once

#include "base/rungs-money.h"
#include "insights/rungs-ladder-place.h"

G_BEGIN_DECLS

/**
 * RungsWhatIfKind: what a change is of, and what its value is.
 * @RUNGS_WHAT_IF_PRICE: of a product: minor units
 * @RUNGS_WHAT_IF_COST: of delivering one: minor units
 * @RUNGS_WHAT_IF_REFUNDS: share of the money for a product that is given back: basis points
 * @RUNGS_WHAT_IF_RENEWALS: share of the payments for a subscription that another one follows: basis
 *   points
 * @RUNGS_WHAT_IF_CONVERSION: share of those who come to the beginning of an arrow who go by it:
 *   basis points
 * @RUNGS_WHAT_IF_SPEND: of a source, in a month: minor units
 */
typedef enum
{
  RUNGS_WHAT_IF_PRICE,
  RUNGS_WHAT_IF_COST,
  RUNGS_WHAT_IF_REFUNDS,
  RUNGS_WHAT_IF_RENEWALS,
  RUNGS_WHAT_IF_CONVERSION,
  RUNGS_WHAT_IF_SPEND,
} RungsWhatIfKind;

#define RUNGS_WHAT_IF_KINDS (RUNGS_WHAT_IF_SPEND + 1)

/* No value is larger than this many minor units. */
#define RUNGS_WHAT_IF_MOST G_GINT64_CONSTANT (1000000000000)

/* "price", "cost", "refunds", "renewals", "conversion", "spend". */
const char *rungs_what_if_kind_to_text (RungsWhatIfKind kind);
gboolean rungs_what_if_kind_from_text (const char      *text,
                                       RungsWhatIfKind *kind);

/* Whether its values are money. */
gboolean rungs_what_if_kind_is_money (RungsWhatIfKind kind);

typedef struct
{
  RungsWhatIfKind kind;
  RungsLadderPlace at; /* the product or source; of a conversion, where the arrow begins */
  RungsLadderPlace to; /* of a conversion, where it ends; else as `at` */
  gint64 value;
  char currency[4]; /* of money; else "" */
} RungsWhatIfChange;

/* Of a product or a source; of an arrow. The value is 0. */
RungsWhatIfChange rungs_what_if_change (RungsWhatIfKind  kind,
                                        RungsLadderPlace at);
RungsWhatIfChange rungs_what_if_change_of_arrow (RungsLadderPlace from,
                                                 RungsLadderPlace to);

/* Whether both are about the same thing. */
gboolean rungs_what_if_change_is_about (const RungsWhatIfChange *self,
                                        const RungsWhatIfChange *other);

/* Changes are an array (element-type RungsWhatIfChange) that has one of each thing at most. */
GArray *rungs_what_if_changes_new (void);
GArray *rungs_what_if_changes_copy (GArray *changes);

/* Returns: (transfer none) (nullable): the change about what `about` is about. */
const RungsWhatIfChange *rungs_what_if_changes_find (GArray                  *changes,
                                                     const RungsWhatIfChange *about);

/* In place of the one about the same thing, if there is one; at the end otherwise. */
void rungs_what_if_changes_set (GArray                  *changes,
                                const RungsWhatIfChange *change);

/* FALSE where there was none. */
gboolean rungs_what_if_changes_unset (GArray                  *changes,
                                      const RungsWhatIfChange *about);

/* Whether they say the same, in the same order. */
gboolean rungs_what_if_changes_equal (GArray *a,
                                      GArray *b);

/* [{"change": "price", "at": "product:3", "minor": 4900, "currency": "EUR"},
 *  {"change": "conversion", "at": "source:2/direct", "to": "product:3", "basis_points": 250}, …] */
char *rungs_what_if_changes_to_json (GArray *changes);

/* Errors: INVALID. */
GArray *rungs_what_if_changes_from_json (const char  *json,
                                         GError     **error);

G_END_DECLS
