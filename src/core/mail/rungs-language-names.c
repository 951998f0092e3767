/* rungs-language-names.c: languages as their speakers call them. */

#include "mail/rungs-language-names.h"

static const RungsLanguageName NAMES[] = {
  { "cs", "Čeština" },    { "da", "Dansk" },      { "de", "Deutsch" },  { "en", "English" },
  { "es", "Español" },    { "fr", "Français" },   { "it", "Italiano" }, { "hu", "Magyar" },
  { "nl", "Nederlands" }, { "nb", "Norsk" },      { "pl", "Polski" },   { "pt", "Português" },
  { "ro", "Română" },     { "sk", "Slovenčina" }, { "sl", "Slovenščina" }, { "fi", "Suomi" },
  { "sv", "Svenska" },
};

const RungsLanguageName *
rungs_language_names (gsize *n)
{
  *n = G_N_ELEMENTS (NAMES);
  return NAMES;
}

const char *
rungs_language_name (const char *tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_str_equal (NAMES[i].tag, tag))
      return NAMES[i].name;
  return NULL;
}
