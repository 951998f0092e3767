/* rungs-opt-in-words.c: what a form says by itself. */

#include "web/rungs-opt-in-words.h"

#include <string.h>

static const RungsOptInWords WORDS[] = {
  { "en", "required", "Please choose", "Leave this empty",
    "This could not be sent. Please try again." },
  { "da", "skal udfyldes", "Vælg venligst", "Lad dette stå tomt",
    "Det kunne ikke sendes. Prøv igen." },
  { "de", "Pflichtfeld", "Bitte wählen", "Bitte leer lassen",
    "Das konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal." },
  { "es", "obligatorio", "Elija una opción", "Deje esto vacío",
    "No se pudo enviar. Inténtelo de nuevo." },
  { "fr", "obligatoire", "Veuillez choisir", "Laissez ce champ vide",
    "L’envoi a échoué. Veuillez réessayer." },
  { "it", "obbligatorio", "Scegliere", "Lasciare vuoto", "Invio non riuscito. Riprovare." },
  { "nl", "verplicht", "Maak een keuze", "Laat dit leeg",
    "Verzenden is niet gelukt. Probeer het opnieuw." },
  { "pl", "wymagane", "Proszę wybrać", "Pozostaw puste",
    "Nie udało się wysłać. Spróbuj ponownie." },
  { "pt", "obrigatório", "Escolha uma opção", "Deixe vazio",
    "Não foi possível enviar. Tente novamente." },
  { "sv", "obligatoriskt", "Välj", "Lämna tomt", "Det gick inte att skicka. Försök igen." },
};

const RungsOptInWords *
rungs_opt_in_words (const char *language)
{
  gsize length = language != NULL ? strcspn (language, "-_") : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (length == strlen (WORDS[i].language)
        && g_ascii_strncasecmp (language, WORDS[i].language, length) == 0)
      return &WORDS[i];
  return &WORDS[0];
}
