/* rungs-term.c: the program's own words (states, kinds, reasons) in the user's language. */

#include "rungs-term.h"

#include <glib/gi18n.h>
#include <string.h>

/* The words as they stand in the file and in JSON, and what people read. */
static const struct
{
  const char *word;
  const char *text;
} TERMS[] = {
  { "customers", N_ ("current customers") },
  { "ppc", N_ ("pay-per-click") },
  { "other", N_ ("other marketing") },
  { "seo", N_ ("SEO and social") },
  { "jv", N_ ("joint venture") },
  { "affiliate", N_ ("affiliate") },
};

const char *
rungs_term (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (TERMS); i++)
    if (strcmp (TERMS[i].word, word) == 0)
      return _ (TERMS[i].text);
  return word;
}
