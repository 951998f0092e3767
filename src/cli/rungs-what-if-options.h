/* rungs-what-if-options.h: what is supposed to be otherwise, as it is said on the command line. */

#pragma once

#include "insights/rungs-what-if.h"
#include "rungs-invocation.h"

G_BEGIN_DECLS

/* What the options --price, --cost, --refunds, --renewals, --conversion and --spend say, each
 * THING=VALUE, is put into `changes`. Errors: RUNGS_USAGE_ERROR; NOT_FOUND where there is no such
 * thing; INVALID where it cannot be changed so. */
gboolean rungs_what_if_options_read (RungsInvocation    *call,
                                     RungsDb            *db,
                                     const RungsWhatIf  *what_if,
                                     GArray             *changes,
                                     GError            **error);

/* The value of a change as those options take it: "49.00 EUR", "2.5 %". */
char *rungs_what_if_value_to_text (const RungsWhatIfChange *change);

/* The same of what a change is about: "KIT", "ppc:Spring ads", "ppc:Spring ads/direct>KIT". */
char *rungs_what_if_thing_to_text (const RungsWhatIfBasis  *basis,
                                   const RungsWhatIfChange *change);

#define RUNGS_WHAT_IF_OPTIONS                                                                      \
  RUNGS_OPTION ("price", N_ ("SKU=AMOUNT"), N_ ("What the product costs")),                        \
      RUNGS_OPTION ("cost", N_ ("SKU=AMOUNT"), N_ ("What it costs to deliver one")),               \
      RUNGS_OPTION ("refunds", N_ ("SKU=RATE"), N_ ("How much of the money is given back")),       \
      RUNGS_OPTION ("renewals", N_ ("SKU=RATE"),                                                   \
                    N_ ("How many payments are followed by another one")),                         \
      RUNGS_OPTION ("conversion", N_ ("FROM>TO=RATE"),                                             \
                    N_ ("How many of those who come to FROM buy TO")),                             \
      RUNGS_OPTION ("spend", N_ ("SOURCE=AMOUNT"), N_ ("What the source costs in a month"))

G_END_DECLS
