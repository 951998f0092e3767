/* rungs-footer-words.c: what stands under a message, in the language of its reader. */

#include "mail/rungs-footer-words.h"

#include <string.h>

static const struct
{
  const char *language;
  const char *unsubscribe;
} WORDS[] = {
  { "cs", "Odhlásit odběr" },
  { "da", "Afmeld" },
  { "de", "Abmelden" },
  { "es", "Darse de baja" },
  { "fi", "Peruuta tilaus" },
  { "fr", "Se désabonner" },
  { "hu", "Leiratkozás" },
  { "it", "Annulla l’iscrizione" },
  { "nb", "Meld deg av" },
  { "nl", "Afmelden" },
  { "no", "Meld deg av" },
  { "pl", "Wypisz się" },
  { "pt", "Cancelar subscrição" },
  { "ro", "Dezabonare" },
  { "sk", "Odhlásiť odber" },
  { "sl", "Odjava" },
  { "sv", "Avsluta prenumerationen" },
};

const char *
rungs_footer_unsubscribe (const char *language)
{
  gsize length = language != NULL ? strcspn (language, "-_") : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (length == strlen (WORDS[i].language)
        && g_ascii_strncasecmp (language, WORDS[i].language, length) == 0)
      return WORDS[i].unsubscribe;
  return "Unsubscribe";
}
