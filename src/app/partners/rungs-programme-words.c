/* rungs-programme-words.c: what a programme pays, in the user's words. */

#include "rungs-programme-words.h"

#include <glib/gi18n.h>

#include "base/rungs-rate.h"
#include "widgets/rungs-display.h"

const char *
rungs_programme_sale_words (RungsSaleKind sale)
{
  switch (sale)
    {
    case RUNGS_SALE_FIRST:
      return _ ("First orders");
    case RUNGS_SALE_LATER:
      return _ ("Later orders");
    case RUNGS_SALE_RENEWAL:
      return _ ("Renewals");
    case RUNGS_SALE_ANY:
    default:
      return _ ("All orders");
    }
}

/* "20 %, from 10 on 25 %, by month". */
static void
add_tiers (GString              *words,
           const RungsTermsRate *rate)
{
  for (guint i = 0; i < rate->tiers->len; i++)
    {
      const RungsTermsTier *tier = &g_array_index (rate->tiers, RungsTermsTier, i);
      g_autofree char *share = rungs_rate_format (tier->rate);
      g_autofree char *from = rate->of_orders ? rungs_display_number (tier->from)
                                              : rungs_money_format_amount (
                                                    rungs_money (tier->from, "EUR"));

      if (i > 0)
        g_string_append (words, ", ");
      if (tier->from == 0)
        g_string_append (words, share);
      else if (rate->of_orders)
        g_string_append_printf (words, _ ("from %s orders on %s"), from, share);
      else
        g_string_append_printf (words, _ ("from %s sold on %s"), from, share);
    }
  g_string_append_printf (words, ", %s", rate->by_month ? _ ("by month") : _ ("all in all"));
}

static void
add_pay (GString              *words,
         const RungsTermsRate *rate)
{
  g_autofree char *share = NULL;
  g_autofree char *fixed = NULL;

  switch (rate->pay)
    {
    case RUNGS_TERMS_OWN:
      g_string_append (words, _ ("The product's own rate"));
      break;
    case RUNGS_TERMS_FIXED:
      fixed = rungs_display_money (rate->fixed);
      g_string_append_printf (words, _ ("%s for each piece"), fixed);
      break;
    case RUNGS_TERMS_TIERS:
      add_tiers (words, rate);
      break;
    case RUNGS_TERMS_PROFIT:
      share = rungs_rate_format (rate->rate);
      g_string_append_printf (words, _ ("%s of the profit"), share);
      break;
    case RUNGS_TERMS_SHARE:
    default:
      share = rungs_rate_format (rate->rate);
      g_string_append (words, share);
    }
}

char *
rungs_programme_rate_words (const RungsTermsRate *rate,
                            GHashTable           *names)
{
  g_autoptr (GString) words = g_string_new (NULL);

  add_pay (words, rate);
  g_string_append_printf (words, " · %s", rungs_programme_sale_words (rate->sale));
  if (rate->months > 0)
    g_string_append_printf (words, ngettext (" for %u month", " for %u months",
                                             (gulong) rate->months),
                            (guint) rate->months);
  for (guint i = 0; i < rate->products->len; i++)
    {
      const char *name
          = g_hash_table_lookup (names, &g_array_index (rate->products, gint64, i));

      g_string_append_printf (words, "%s%s", i > 0 ? ", " : " · ", name != NULL ? name : "?");
    }
  if (rate->partners->len > 0)
    g_string_append_printf (words, ngettext (" · only %u partner", " · only %u partners",
                                             rate->partners->len),
                            rate->partners->len);
  return g_strdup (words->str);
}

/* "€2.00 for each lead who has confirmed the address · DE, AT · at most 500 in a month". */
static void
add_leads (GString               *words,
           const RungsTermsLeads *leads)
{
  g_autofree char *amount = rungs_display_money (leads->fixed);
  g_autofree char *countries = g_strjoinv (", ", leads->countries);
  g_autofree char *most = rungs_display_number (leads->most_by_month);

  if (words->len > 0)
    g_string_append_c (words, '\n');
  if (leads->when_confirmed)
    g_string_append_printf (words, _ ("%s for each lead who has confirmed the address"), amount);
  else
    g_string_append_printf (words, _ ("%s for each lead who has arrived"), amount);
  if (*countries != '\0')
    g_string_append_printf (words, " · %s", countries);
  if (leads->most_by_month > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("at most %s in a month"), most);
    }
}

char *
rungs_programme_rates_words (const RungsTerms *terms,
                             GHashTable       *names)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < terms->rates->len; i++)
    {
      g_autofree char *rate = rungs_programme_rate_words (terms->rates->pdata[i], names);

      g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "", rate);
    }
  if (terms->leads != NULL)
    add_leads (words, terms->leads);
  return g_strdup (words->len > 0 ? words->str : _ ("Nothing is paid"));
}

char *
rungs_programme_rest_words (const RungsTerms *terms)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *tax = rungs_rate_format (terms->tax);

  g_string_append_printf (words,
                          ngettext ("Held for %u day", "Held for %u days",
                                    (gulong) terms->hold_days),
                          (guint) terms->hold_days);
  g_string_append_printf (words, " · %s",
                          terms->by_hand ? _ ("approved by hand") : _ ("approved by rule"));
  if (terms->tax > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("%s of tax in the prices earns nothing"), tax);
    }
  if (terms->before_discount)
    g_string_append_printf (words, " · %s", _ ("of the price before the discount"));
  if (terms->second > 0)
    {
      g_autofree char *second = rungs_rate_format (terms->second);

      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("%s for whoever recruited the partner"), second);
    }
  return g_strdup (words->str);
}
