/* rungs-price-words.c: a price as its reader writes it. */

#include "mail/rungs-price-words.h"

#include <string.h>

#define NBSP "\u00A0"

/* Tags are tried from the longest: "de-CH" before "de". */
static const struct
{
  const char *language;
  const char *point;
  const char *group;
  gboolean sign_first;
  const char *between; /* sign and amount; a code is always parted from it */
} LANGUAGES[] = {
  { "cs", ",", NBSP, FALSE, NBSP },       { "da", ",", ".", FALSE, NBSP },
  { "de", ",", ".", FALSE, NBSP },        { "de-AT", ",", ".", TRUE, NBSP },
  { "de-CH", ".", "’", TRUE, NBSP },      { "en", ".", ",", TRUE, "" },
  { "es", ",", ".", FALSE, NBSP },        { "fi", ",", NBSP, FALSE, NBSP },
  { "fr", ",", "\u202F", FALSE, NBSP },   { "hu", ",", NBSP, FALSE, NBSP },
  { "it", ",", ".", FALSE, NBSP },        { "nb", ",", NBSP, FALSE, NBSP },
  { "nl", ",", ".", TRUE, NBSP },         { "no", ",", NBSP, FALSE, NBSP },
  { "pl", ",", NBSP, FALSE, NBSP },       { "pt", ",", ".", TRUE, NBSP },
  { "pt-PT", ",", NBSP, FALSE, NBSP },    { "ro", ",", ".", FALSE, NBSP },
  { "sk", ",", NBSP, FALSE, NBSP },       { "sl", ",", ".", FALSE, NBSP },
  { "sv", ",", NBSP, FALSE, NBSP },
};

static const struct
{
  const char *currency;
  const char *sign;
} SIGNS[] = { { "EUR", "€" }, { "GBP", "£" }, { "JPY", "¥" }, { "USD", "$" } };

static const char *
find_sign (const char *currency)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNS); i++)
    if (strcmp (SIGNS[i].currency, currency) == 0)
      return SIGNS[i].sign;
  return NULL;
}

/* The index of the language whose tag is all of `language`, or its beginning; -1: none. */
static int
find_language (const char *language)
{
  int found = -1;
  gsize longest = 0;

  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (LANGUAGES); i++)
    {
      gsize length = strlen (LANGUAGES[i].language);
      gboolean begins = g_ascii_strncasecmp (language, LANGUAGES[i].language, length) == 0
                        && strchr ("-_", language[length]) != NULL;

      if (begins && length > longest)
        {
          found = i;
          longest = length;
        }
    }
  return found;
}

static void
append_grouped (GString    *out,
                const char *digits,
                gsize       n,
                const char *group)
{
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append (out, group);
      g_string_append_c (out, digits[i]);
    }
}

char *
rungs_price_words (RungsMoney  price,
                   const char *language)
{
  int i = find_language (language);
  const char *sign = find_sign (price.currency);
  g_autofree char *amount = rungs_money_format_amount (price);
  const char *digits = amount + (*amount == '-');
  gsize whole = strcspn (digits, ".");
  const char *between = NBSP;
  GString *words = g_string_new (*amount == '-' ? "-" : "");

  if (i < 0)
    {
      g_string_free (words, TRUE);
      return rungs_money_format (price);
    }
  if (sign != NULL)
    between = LANGUAGES[i].between;
  else
    sign = price.currency;
  if (LANGUAGES[i].sign_first)
    g_string_append_printf (words, "%s%s", sign, between);
  append_grouped (words, digits, whole, LANGUAGES[i].group);
  if (digits[whole] != '\0')
    g_string_append_printf (words, "%s%s", LANGUAGES[i].point, digits + whole + 1);
  if (!LANGUAGES[i].sign_first)
    g_string_append_printf (words, "%s%s", between, sign);
  return g_string_free (words, FALSE);
}
