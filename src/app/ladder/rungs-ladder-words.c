/* rungs-ladder-words.c: how the figures of the ladder map are said. */

#include "rungs-ladder-words.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"

#define NONE "–"

/* "3.2 %". */
static char *
percent (double share)
{
  return g_strdup_printf (_ ("%.1f %%"), share * 100);
}

static double
seen_share (const RungsLadderShare *share)
{
  return (double) share->hits / (double) share->cases;
}

char *
rungs_ladder_words_leads (gint64 leads)
{
  g_autofree char *number = rungs_display_number (leads);

  return g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) leads), number);
}

char *
rungs_ladder_words_monies (GArray *monies)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_val_if_fail (monies != NULL, NULL);

  for (guint i = 0; i < monies->len; i++)
    {
      g_autofree char *amount = rungs_display_money (g_array_index (monies, RungsMoney, i));

      g_string_append_printf (words, "%s%s", i > 0 ? " + " : "", amount);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : g_strdup (NONE);
}

char *
rungs_ladder_words_told (GArray *monies,
                         GArray *converted)
{
  g_autofree char *words = rungs_ladder_words_monies (monies);

  g_return_val_if_fail (converted != NULL, NULL);

  return converted->len > 0 ? g_strconcat ("≈ ", words, NULL) : g_steal_pointer (&words);
}

char *
rungs_ladder_words_converted (GArray *converted)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (converted != NULL, NULL);

  if (converted->len == 0)
    return NULL;
  words = rungs_ladder_words_monies (converted);
  return g_strdup_printf (_ ("Of it at your rates: %s"), words);
}

/* "3 orders", "1 cost", "3 orders and 1 cost". */
static char *
apart_words (gint64 orders,
             gint64 costs)
{
  g_autofree char *n_orders = rungs_display_number (orders);
  g_autofree char *n_costs = rungs_display_number (costs);
  g_autofree char *of_orders
    = g_strdup_printf (ngettext ("%s order", "%s orders", (gulong) orders), n_orders);
  g_autofree char *of_costs
    = g_strdup_printf (ngettext ("%s cost", "%s costs", (gulong) costs), n_costs);

  if (costs == 0)
    return g_steal_pointer (&of_orders);
  if (orders == 0)
    return g_steal_pointer (&of_costs);
  /* Translators: "3 orders and 1 cost" */
  return g_strdup_printf (_ ("%s and %s"), of_orders, of_costs);
}

char *
rungs_ladder_words_report (RungsLadderFigures *figures)
{
  const char *currency;
  GArray *apart;
  g_autofree char *words = NULL;
  gint64 orders = 0, costs = 0;

  g_return_val_if_fail (figures != NULL, NULL);

  currency = rungs_ladder_figures_get_currency (figures);
  apart = rungs_ladder_figures_get_apart (figures);
  if (*currency == '\0')
    return NULL;
  for (guint i = 0; i < apart->len; i++)
    {
      orders += g_array_index (apart, RungsLadderApart, i).orders;
      costs += g_array_index (apart, RungsLadderApart, i).costs;
    }
  if (apart->len == 0)
    return g_strdup_printf (_ ("in %s at your rates"), currency);
  words = apart_words (orders, costs);
  /* Translators: "in EUR at your rates, but for 3 orders without a rate" */
  return g_strdup_printf (_ ("in %s at your rates, but for %s without a rate"), currency, words);
}

char *
rungs_ladder_words_apart (RungsLadderFigures *figures)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GArray *apart;

  g_return_val_if_fail (figures != NULL, NULL);

  apart = rungs_ladder_figures_get_apart (figures);
  for (guint i = 0; i < apart->len; i++)
    {
      const RungsLadderApart *one = &g_array_index (apart, RungsLadderApart, i);
      g_autofree char *what = apart_words (one->orders, one->costs);
      g_autofree char *day = rungs_display_calendar_day (one->first_day);

      g_string_append (words, words->len > 0 ? "\n" : "");
      if (*day != '\0')
        /* Translators: "3 orders in USD before 1 March 2026: without a rate." */
        g_string_append_printf (words, _ ("%s in %s before %s: without a rate."), what,
                                one->currency, day);
      else
        g_string_append_printf (words, _ ("%s in %s: without a rate."), what, one->currency);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/* ---- arrows */

char *
rungs_ladder_words_share (const RungsLadderShare *share)
{
  g_autofree char *cases = NULL;

  g_return_val_if_fail (share != NULL, NULL);

  cases = rungs_display_number (share->cases);
  if (share->cases == 0)
    return g_strdup (_ ("nobody yet"));
  if (share->too_few)
    return g_strdup_printf (_ ("too few to say (%s)"), cases);
  /* Translators: a share, from where to where it may lie, and of how many: "3.2 % (2.1–4.8 %) of
   * 1,204" */
  return g_strdup_printf (_ ("%.1f %% (%.1f–%.1f %%) of %s"), seen_share (share) * 100,
                          share->share.low * 100, share->share.high * 100, cases);
}

char *
rungs_ladder_words_share_short (const RungsLadderShare *share)
{
  g_autofree char *cases = NULL;
  g_autofree char *hits = NULL;

  g_return_val_if_fail (share != NULL, NULL);

  cases = rungs_display_number (share->cases);
  hits = rungs_display_number (share->hits);
  if (share->cases == 0)
    return g_strdup (NONE);
  /* Translators: so many of so many: "3 of 7" */
  return share->too_few ? g_strdup_printf (_ ("%s of %s"), hits, cases)
                        : g_strdup_printf (_ ("%s · %.1f %%"), hits, seen_share (share) * 100);
}

char *
rungs_ladder_words_interval (const RungsLadderShare *share)
{
  g_return_val_if_fail (share != NULL, NULL);

  if (share->cases == 0)
    return NULL;
  if (share->too_few)
    return g_strdup (_ ("too few"));
  /* Translators: from where to where a share may lie: "3.5–5.0 %" */
  return g_strdup_printf (_ ("%.1f–%.1f %%"), share->share.low * 100, share->share.high * 100);
}

static char *
share_sentence (const RungsLadderShare *share)
{
  g_autofree char *cases = rungs_display_number (share->cases);
  g_autofree char *hits = rungs_display_number (share->hits);
  g_autofree char *seen = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (share->cases == 0)
    return g_strdup (_ ("Nobody was there in this time to go on."));
  if (share->too_few)
    return g_strdup_printf (ngettext ("%s of %s lead went on: too few to tell a share.",
                                      "%s of %s leads went on: too few to tell a share.",
                                      (gulong) share->cases),
                            hits, cases);
  seen = percent (seen_share (share));
  low = percent (share->share.low);
  high = percent (share->share.high);
  return g_strdup_printf (_ ("%s of %s leads went on: %s, most likely between %s and %s."), hits,
                          cases, seen, low, high);
}

char *
rungs_ladder_words_share_long (const RungsLadderShare *share)
{
  g_autofree char *sentence = NULL;
  g_autofree char *money = NULL;
  g_autofree char *paid = NULL;
  g_autofree char *converted = NULL;

  g_return_val_if_fail (share != NULL, NULL);

  sentence = share_sentence (share);
  if (share->money->len == 0)
    return g_steal_pointer (&sentence);
  money = rungs_ladder_words_told (share->money, share->converted);
  paid = g_strdup_printf (_ ("They have paid %s."), money);
  converted = rungs_ladder_words_converted (share->converted);
  return g_strconcat (sentence, " ", paid, converted != NULL ? "\n" : NULL, converted, NULL);
}

const char *
rungs_ladder_words_path (int path)
{
  switch (path)
    {
    case RUNGS_PATH_OPT_IN:
      return _ ("Opt-in");
    case RUNGS_PATH_DIRECT:
      return _ ("Direct");
    case RUNGS_PATH_PHONE:
      return _ ("By phone");
    case RUNGS_PATH_IN_PERSON:
      return _ ("In person");
    default:
      return C_ ("path", "Not known");
    }
}

char *
rungs_ladder_words_paths (const RungsLadderFlow *flow)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_val_if_fail (flow != NULL, NULL);

  for (int path = 0; path < RUNGS_LADDER_PATHS; path++)
    {
      const RungsLadderShare *share = &flow->by_path[path];
      g_autofree char *of_path = rungs_ladder_words_share (share);
      g_autofree char *hits = rungs_display_number (share->hits);

      if (share->cases == 0)
        continue;
      g_string_append (words, words->len > 0 ? "\n" : "");
      /* Translators: a path, how many went on by it, and their share: "Direct: 3 – too few to say
       * (7)" */
      g_string_append_printf (words, _ ("%s: %s – %s"), rungs_ladder_words_path (path), hits,
                              of_path);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* ---- nodes */

static void
append (GString    *words,
        const char *more)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", more);
}

/* Appends what there is of `monies`, in the words of `format`, which has one %s. */
static void
append_monies (GString    *words,
               GArray     *monies,
               GArray     *converted,
               const char *format)
{
  g_autofree char *amount = NULL;
  g_autofree char *sentence = NULL;

  if (monies->len == 0)
    return;
  amount = rungs_ladder_words_told (monies, converted);
  sentence = g_strdup_printf (format, amount);
  append (words, sentence);
}

char *
rungs_ladder_words_cost_parts (const RungsLadderSourceFigures *source)
{
  g_autofree char *spent = NULL;
  g_autofree char *commission = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  if (!source->has_cost)
    return NULL;
  if (source->commission->len == 0)
    return g_strdup (_ ("all of it spent"));
  if (source->spend->len == 0)
    return g_strdup (_ ("all of it commissions"));
  spent = rungs_display_money (source->cost_spent);
  commission = rungs_display_money (source->cost_commission);
  return g_strdup_printf (_ ("%s spent, %s commissions"), spent, commission);
}

char *
rungs_ladder_words_costs (const RungsLadderSourceFigures *source)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_val_if_fail (source != NULL, NULL);

  append_monies (words, source->spend, source->spend_converted, _ ("%s spent"));
  append_monies (words, source->commission, source->commission_converted, _ ("%s commissions"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
rungs_ladder_words_source (const RungsLadderSourceFigures *source)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *leads = NULL;
  g_autofree char *costs = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  leads = rungs_ladder_words_leads (source->leads);
  costs = rungs_ladder_words_costs (source);
  append (words, leads);
  if (*costs != '\0')
    append (words, costs);
  if (source->has_cost)
    {
      g_autofree char *cost = rungs_display_money (source->cost);
      g_autofree char *parts = rungs_ladder_words_cost_parts (source);
      g_autofree char *each = source->commission->len > 0
                                ? g_strdup_printf (_ ("%s per lead: %s"), cost, parts)
                                : g_strdup_printf (_ ("%s each"), cost);

      g_string_append_printf (words, "%s%s", source->commission->len > 0 ? "\n" : " · ", each);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
rungs_ladder_words_income (const RungsLadderSourceFigures *source)
{
  g_autofree char *front = NULL;
  g_autofree char *back = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  front = rungs_ladder_words_told (source->front, source->front_converted);
  back = rungs_ladder_words_told (source->back, source->back_converted);
  return g_strdup_printf (_ ("%s at the front · %s at the back"), front, back);
}

char *
rungs_ladder_words_payback (const RungsLadderSourceFigures *source)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  if (!source->can_pay_back)
    return NULL;
  if (*source->paid_back == '\0')
    return g_strdup (_ ("Not paid back yet"));
  words = rungs_display_calendar_day (source->paid_back);
  return g_strdup_printf (_ ("Paid back on %s"), words);
}

/* What there is of it in that currency. */
static gint64
amount_in (GArray     *monies,
           const char *currency)
{
  for (guint i = 0; i < monies->len; i++)
    if (g_str_equal (g_array_index (monies, RungsMoney, i).currency, currency))
      return g_array_index (monies, RungsMoney, i).minor;
  return 0;
}

/* With its sign, also where it is a gain. */
static char *
signed_money (gint64      minor,
              const char *currency)
{
  g_autofree char *amount = rungs_display_money (rungs_money (ABS (minor), currency));

  return g_strconcat (minor < 0 ? "−" : minor > 0 ? "+" : "", amount, NULL);
}

gboolean
rungs_ladder_words_balance (const RungsLadderSourceFigures  *source,
                            char                           **front,
                            char                           **back)
{
  const RungsMoney *costs;
  g_autofree char *left = NULL;
  g_autofree char *earned = NULL;

  g_return_val_if_fail (source != NULL && front != NULL && back != NULL, FALSE);

  if (!source->can_pay_back)
    return FALSE;
  costs = &g_array_index (source->costs, RungsMoney, 0);
  left = signed_money (amount_in (source->front, costs->currency) - costs->minor, costs->currency);
  earned = signed_money (amount_in (source->back, costs->currency), costs->currency);
  *front = g_strdup_printf (_ ("%s at the front"), left);
  *back = g_strdup_printf (_ ("%s at the back"), earned);
  return TRUE;
}

static char *
refund_words (const RungsLadderShare *refunds)
{
  g_autofree char *hits = rungs_display_number (refunds->hits);
  g_autofree char *cases = rungs_display_number (refunds->cases);

  if (refunds->cases == 0 || (refunds->too_few && refunds->hits == 0))
    return NULL;
  if (refunds->too_few)
    return g_strdup_printf (ngettext ("%s of %s buyer got money back",
                                      "%s of %s buyers got money back", (gulong) refunds->cases),
                            hits, cases);
  return g_strdup_printf (_ ("%.1f %% of buyers got money back (%.1f–%.1f %%)"),
                          seen_share (refunds) * 100, refunds->share.low * 100,
                          refunds->share.high * 100);
}

char *
rungs_ladder_words_product (const RungsLadderProductFigures *product)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *revenue = NULL;
  g_autofree char *refunds = NULL;

  g_return_val_if_fail (product != NULL, NULL);

  revenue = rungs_ladder_words_told (product->revenue, product->revenue_converted);
  refunds = refund_words (&product->refunds);
  append (words, revenue);
  if (refunds != NULL)
    append (words, refunds);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
rungs_ladder_words_sequence (const RungsLadderSequenceFigures *sequence)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *walking = NULL;
  g_autofree char *finished = NULL;
  g_autofree char *bought = NULL;

  g_return_val_if_fail (sequence != NULL, NULL);

  walking = rungs_display_number (sequence->walking);
  finished = rungs_display_number (sequence->finished);
  bought = rungs_display_number (sequence->bought);
  g_string_append_printf (words, _ ("%s in it now · %s to the end · %s bought"), walking, finished,
                          bought);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
