/* rungs-offer-reason.c: what speaks for and against an offer, in words. */

#include "rungs-offer-reason.h"

#include "base/rungs-time.h"
#include "ladder/rungs-reason-words.h"
#include "rungs-text-width.h"

static char *
share_to_words (gint64 millionths)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT " %%",
                          (millionths + 500) / 10000, (millionths + 500) % 10000 / 1000);
}

static char *
number_to_words (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
day_to_words (gint64   instant,
              gpointer zone)
{
  return rungs_time_format_day (instant, zone);
}

static RungsReasonForms
forms_in (GTimeZone *zone)
{
  return (RungsReasonForms) {
    .day = day_to_words,
    .number = number_to_words,
    .money = rungs_money_format,
    .estimate = rungs_money_format_estimate,
    .share = share_to_words,
    .text = rungs_text_dup_line,
    .data = zone,
  };
}

char *
rungs_offer_expectation_to_words (const RungsExpectation *expected)
{
  const RungsReasonForms forms = forms_in (NULL);

  return rungs_expectation_to_words (expected, &forms);
}

char *
rungs_offer_reason_to_words (const RungsReason *reason,
                             GTimeZone         *zone)
{
  const RungsReasonForms forms = forms_in (zone);

  return rungs_reason_to_words (reason, &forms);
}
