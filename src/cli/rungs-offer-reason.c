/* rungs-offer-reason.c: what speaks for and against an offer, in words. */

#include "rungs-offer-reason.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "rungs-text-width.h"

/* What came first, and by what; %1$s is its name. */
static const char *
outranked_format (RungsRank by)
{
  switch (by)
    {
    case RUNGS_RANK_PRIORITY:
      return _ ("%1$s comes first: its priority says so");
    case RUNGS_RANK_MARGIN:
      return _ ("%1$s comes first: it may be expected to bring more");
    case RUNGS_RANK_CURRENCY:
      return _ ("%1$s comes first: this one is in a currency that cannot be compared");
    case RUNGS_RANK_KIND:
      return _ ("%1$s comes first: it is the kind of offer that is tried earlier");
    case RUNGS_RANK_RUNG:
      return _ ("%1$s comes first: it stands higher on the ladder");
    case RUNGS_RANK_UNTRIED:
      return _ ("%1$s comes first: no sequence has tried in vain to sell it");
    case RUNGS_RANK_AGE:
    default:
      return _ ("%1$s comes first: it is the older offer");
    }
}

/* What people read of a reason; %1$s is its text, %2$s its day, %3$s its number. */
static const char *
reason_format (const RungsReason *reason)
{
  switch (reason->code)
    {
    case RUNGS_REASON_OWNS_FROM:
      return _ ("owns %1$s since %2$s");
    case RUNGS_REASON_OWNS_NOTHING:
      return _ ("owns nothing yet");
    case RUNGS_REASON_WAITED:
      return _ ("the delay of %3$s days is over");
    case RUNGS_REASON_CONDITION_MET:
      return _ ("meets the condition: %1$s");
    case RUNGS_REASON_IN_SEQUENCE:
      return _ ("the sequence “%1$s” is selling it now");
    case RUNGS_REASON_FIRST:
      return _ ("nothing that can be offered comes before it");
    case RUNGS_REASON_RETIRED:
      return _ ("is no longer sold");
    case RUNGS_REASON_OWNED:
      return _ ("is owned already, since %2$s");
    case RUNGS_REASON_OWNED_IN_BUNDLE:
      return _ ("is owned already, in %1$s");
    case RUNGS_REASON_PARTS_OWNED:
      return _ ("everything in it is owned already");
    case RUNGS_REASON_WAITING:
      return _ ("waits %3$s more days, until %2$s");
    case RUNGS_REASON_CONDITION_NOT_MET:
      return _ ("does not meet the condition: %1$s");
    case RUNGS_REASON_CONDITION_BROKEN:
      return _ ("its condition cannot be asked: %1$s");
    case RUNGS_REASON_NOT_DECLINED:
      return _ ("waits until %1$s was not bought");
    case RUNGS_REASON_DECLINED:
      return _ ("weighs less: a sequence that sold it ended on %2$s without a sale");
    case RUNGS_REASON_NOT_YET:
      return _ ("is offered from %2$s on");
    case RUNGS_REASON_EXPIRED:
      return _ ("was offered until %2$s");
    case RUNGS_REASON_CAPPED:
      return _ ("was refused as often as it may be: %3$s times");
    case RUNGS_REASON_STANDS_IN:
      return _ ("stands in for %1$s, which can still be offered");
    case RUNGS_REASON_OUTRANKED:
      return outranked_format ((RungsRank) reason->number);
    case RUNGS_REASON_NO_CONSENT:
      return _ ("has not agreed to marketing by e-mail");
    default:
      return "%1$s";
    }
}

char *
rungs_offer_share_to_words (gint64 millionths)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT " %%",
                          (millionths + 500) / 10000, (millionths + 500) % 10000 / 1000);
}

char *
rungs_expectation_to_words (const RungsExpectation *expected)
{
  g_autofree char *value = rungs_money_format (expected->value);
  g_autofree char *margin = rungs_money_format (expected->margin);
  g_autofree char *share = rungs_offer_share_to_words (expected->conversion);
  g_autofree char *cases = g_strdup_printf ("%" G_GINT64_FORMAT, expected->cases);

  if (expected->margin.minor == 0 && expected->cases == 0)
    /* Translators: %s is a share: "1.0 % take it, …" */
    return g_strdup_printf (_ ("%s take it, as the ladder does; it has no cases of its own"),
                            share);
  if (expected->margin.minor == 0)
    return g_strdup_printf (ngettext ("%s take it, from %s case", "%s take it, from %s cases",
                                      (gulong) expected->cases),
                            share, cases);
  if (expected->cases == 0)
    /* Translators: money, a share, money: "0.40 EUR: 1.0 % of 40.00 EUR, …" */
    return g_strdup_printf (_ ("%s: %s of %s, as the ladder does; it has no cases of its own"),
                            value, share, margin);
  return g_strdup_printf (ngettext ("%s: %s of %s, from %s case", "%s: %s of %s, from %s cases",
                                    (gulong) expected->cases),
                          value, share, margin, cases);
}

/* Puts the text in the place of %1$s, and so on; the format is a translation, and trusted to
 * name these. */
char *
rungs_offer_reason_to_words (const RungsReason *reason,
                             GTimeZone         *zone)
{
  g_autofree char *day = reason->at != 0 ? rungs_time_format_day (reason->at, zone) : g_strdup ("");
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, reason->number);
  g_autofree char *text = rungs_text_dup_line (reason->text);
  const char *values[] = { text, day, number };
  GString *words;

  if (reason->code == RUNGS_REASON_EXPECTED)
    {
      g_autofree char *expected = rungs_expectation_to_words (&reason->expected);

      if (reason->expected.margin.minor == 0)
        return g_steal_pointer (&expected);
      return g_strdup_printf (_ ("expected margin %s"), expected);
    }
  words = g_string_new (NULL);
  for (const char *p = reason_format (reason); *p != '\0'; p++)
    if (p[0] == '%' && p[1] >= '1' && p[1] <= '3' && p[2] == '$' && p[3] == 's')
      {
        g_string_append (words, values[p[1] - '1']);
        p += 3;
      }
    else
      g_string_append_c (words, *p);
  return g_string_free (words, FALSE);
}
