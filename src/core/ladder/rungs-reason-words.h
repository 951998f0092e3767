/* rungs-reason-words.h: what speaks for and against an offer, in words, for the window and for the
 * command line. */

#pragma once

#include "ladder/rungs-next-offer.h"

G_BEGIN_DECLS

/**
 * RungsReasonForms:
 * @day: an instant, as its day
 * @number: a count
 * @money: an amount that was agreed: a price, a margin
 * @estimate: an amount that may be expected
 * @share: millionths: "3.1 %"
 * @text: a name, or a rule, as it may be shown
 *
 * How the one who shows the words writes what stands in them. All return new text.
 */
typedef struct
{
  char *(*day) (gint64   instant,
                gpointer data);
  char *(*number) (gint64 number);
  char *(*money) (RungsMoney money);
  char *(*estimate) (RungsMoney money);
  char *(*share) (gint64 millionths);
  char *(*text) (const char *text);
  gpointer data; /* for @day */
} RungsReasonForms;

/* A reason for or against an offer, as the middle of a sentence about the lead. */
char *rungs_reason_to_words (const RungsReason      *reason,
                             const RungsReasonForms *forms);

/* What an offer may be expected to bring: "€12.40: 3.1 % of €400.00, from 214 cases"; of what has
 * no margin how many take it: "57.2 % take it, from 2,000 cases". */
char *rungs_expectation_to_words (const RungsExpectation *expected,
                                  const RungsReasonForms *forms);

/* The same after "expected margin", where there is one. */
char *rungs_expectation_to_sentence (const RungsExpectation *expected,
                                     const RungsReasonForms *forms);

G_END_DECLS
