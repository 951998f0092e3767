/* rungs-offer-words.c: what speaks for and against an offer, in the user's words. */

#include "ladder/rungs-offer-words.h"

#include <glib/gi18n.h>

#include "ladder/rungs-reason-words.h"
#include "widgets/rungs-display.h"

char *
rungs_conversion_words (gint64 millionths)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_snprintf (number, sizeof number, "%.1f", (double) millionths / 10000);
  /* Translators: a share, such as "3.1 %". */
  return g_strdup_printf (_ ("%s %%"), number);
}

static char *
day_words (gint64   instant,
           gpointer data)
{
  return rungs_display_day (instant);
}

static char *
text_words (const char *text)
{
  return g_strdup (text);
}

static const RungsReasonForms FORMS = {
  .day = day_words,
  .number = rungs_display_number,
  .money = rungs_display_money,
  .estimate = rungs_display_estimate,
  .share = rungs_conversion_words,
  .text = text_words,
};

char *
rungs_expectation_words (const RungsExpectation *expected)
{
  return rungs_expectation_to_words (expected, &FORMS);
}

char *
rungs_expectation_sentence (const RungsExpectation *expected)
{
  return rungs_expectation_to_sentence (expected, &FORMS);
}

char *
rungs_reason_words (const RungsReason *reason)
{
  return rungs_reason_to_words (reason, &FORMS);
}
