/* rungs-reason-words.c: what speaks for and against an offer, in words. */

#include "ladder/rungs-reason-words.h"

#include <glib/gi18n.h>

/* What came first, and by what; %1 is its name. */
static const char *
outranked_sentence (RungsRank by)
{
  switch (by)
    {
    case RUNGS_RANK_PRIORITY:
      return _ ("%1 comes first: its priority says so");
    case RUNGS_RANK_MARGIN:
      return _ ("%1 comes first: it may be expected to bring more");
    case RUNGS_RANK_CURRENCY:
      return _ ("%1 comes first: this one is in a currency that cannot be compared");
    case RUNGS_RANK_KIND:
      return _ ("%1 comes first: it is the kind of offer that is tried earlier");
    case RUNGS_RANK_RUNG:
      return _ ("%1 comes first: it stands higher on the ladder");
    case RUNGS_RANK_UNTRIED:
      return _ ("%1 comes first: no sequence has tried in vain to sell it");
    case RUNGS_RANK_AGE:
    default:
      return _ ("%1 comes first: it is the older offer");
    }
}

/* With places for the text (%1), the day (%2) and the number (%3). */
static const char *
reason_sentence (const RungsReason *reason)
{
  switch (reason->code)
    {
    case RUNGS_REASON_OWNS_FROM:
      return _ ("owns %1 since %2");
    case RUNGS_REASON_OWNS_NOTHING:
      return _ ("owns nothing yet");
    case RUNGS_REASON_WAITED:
      return _ ("the wait of %3 days is over");
    case RUNGS_REASON_CONDITION_MET:
      return _ ("meets the condition: %1");
    case RUNGS_REASON_IN_SEQUENCE:
      return _ ("the sequence “%1” is selling it now");
    case RUNGS_REASON_FIRST:
      return _ ("nothing that can be offered comes before it");
    case RUNGS_REASON_RETIRED:
      return _ ("is no longer sold");
    case RUNGS_REASON_OWNED:
      return _ ("is owned since %2");
    case RUNGS_REASON_OWNED_IN_BUNDLE:
      return _ ("is owned as part of %1");
    case RUNGS_REASON_PARTS_OWNED:
      return _ ("everything in it is owned");
    case RUNGS_REASON_WAITING:
      return _ ("%3 more days to wait, until %2");
    case RUNGS_REASON_CONDITION_NOT_MET:
      return _ ("does not meet the condition: %1");
    case RUNGS_REASON_CONDITION_BROKEN:
      return _ ("its condition cannot be asked: %1");
    case RUNGS_REASON_NOT_DECLINED:
      return _ ("waits while %1 may yet be bought");
    case RUNGS_REASON_DECLINED:
      return _ ("comes behind others: a sequence that sold it ended on %2 without a sale");
    case RUNGS_REASON_NOT_YET:
      return _ ("is offered from %2 on");
    case RUNGS_REASON_EXPIRED:
      return _ ("was offered until %2");
    case RUNGS_REASON_CAPPED:
      return _ ("was refused as often as it may be: %3 times");
    case RUNGS_REASON_STANDS_IN:
      return _ ("stands in for %1, which can still be offered");
    case RUNGS_REASON_OUTRANKED:
      return outranked_sentence ((RungsRank) reason->number);
    case RUNGS_REASON_NO_CONSENT:
      return _ ("has not agreed to marketing by e-mail, so nothing is sent");
    default:
      return "%1";
    }
}

char *
rungs_expectation_to_words (const RungsExpectation *expected,
                            const RungsReasonForms *forms)
{
  g_autofree char *value = forms->estimate (expected->value);
  g_autofree char *margin = forms->money (expected->margin);
  g_autofree char *share = forms->share (expected->conversion);
  g_autofree char *cases = forms->number (expected->cases);

  if (expected->margin.minor == 0 && expected->cases == 0)
    /* Translators: %s is a share: "1.0 % take it, …" */
    return g_strdup_printf (_ ("%s take it, as the ladder does; it has no cases of its own"),
                            share);
  if (expected->margin.minor == 0)
    return g_strdup_printf (ngettext ("%s take it, from %s case", "%s take it, from %s cases",
                                      (gulong) expected->cases),
                            share, cases);
  if (expected->cases == 0)
    /* Translators: money, a share, money: "€0.40: 1.0 % of €40.00, …" */
    return g_strdup_printf (_ ("%s: %s of %s, as the ladder does; it has no cases of its own"),
                            value, share, margin);
  return g_strdup_printf (ngettext ("%s: %s of %s, from %s case", "%s: %s of %s, from %s cases",
                                    (gulong) expected->cases),
                          value, share, margin, cases);
}

char *
rungs_expectation_to_sentence (const RungsExpectation *expected,
                               const RungsReasonForms *forms)
{
  g_autofree char *words = rungs_expectation_to_words (expected, forms);

  if (expected->margin.minor == 0)
    return g_steal_pointer (&words);
  return g_strdup_printf (_ ("expected margin %s"), words);
}

char *
rungs_reason_to_words (const RungsReason      *reason,
                       const RungsReasonForms *forms)
{
  g_autofree char *text = forms->text (reason->text);
  g_autofree char *day
    = reason->at != 0 ? forms->day (reason->at, forms->data) : g_strdup ("");
  g_autofree char *number = forms->number (reason->number);
  const char *values[] = { text, day, number };
  g_autoptr (GString) words = g_string_new (NULL);

  if (reason->code == RUNGS_REASON_EXPECTED)
    return rungs_expectation_to_sentence (&reason->expected, forms);
  for (const char *c = reason_sentence (reason); *c != '\0'; c++)
    if (c[0] == '%' && c[1] >= '1' && c[1] <= '3')
      g_string_append (words, values[*++c - '1']);
    else
      g_string_append_c (words, *c);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
