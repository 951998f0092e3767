/* rungs-lead-check.c: what the columns of a lead can hold, told beside their fields. */

#include "rungs-lead-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-language-tag.h"
#include "base/rungs-time.h"
#include "leads/rungs-phone-number.h"

/* Those of Europe, and those that most people speak elsewhere. */
static const struct
{
  const char *tag;
  const char *name;
} LANGUAGES[] = {
  { "ar", N_ ("Arabic") },
  { "bg", N_ ("Bulgarian") },
  { "bn", N_ ("Bengali") },
  { "ca", N_ ("Catalan") },
  { "cs", N_ ("Czech") },
  { "da", N_ ("Danish") },
  { "de", N_ ("German") },
  { "de-AT", N_ ("German, Austria") },
  { "de-CH", N_ ("German, Switzerland") },
  { "el", N_ ("Greek") },
  { "en", N_ ("English") },
  { "en-GB", N_ ("English, United Kingdom") },
  { "en-US", N_ ("English, United States") },
  { "es", N_ ("Spanish") },
  { "es-MX", N_ ("Spanish, Mexico") },
  { "et", N_ ("Estonian") },
  { "fa", N_ ("Persian") },
  { "fi", N_ ("Finnish") },
  { "fr", N_ ("French") },
  { "fr-CA", N_ ("French, Canada") },
  { "ga", N_ ("Irish") },
  { "he", N_ ("Hebrew") },
  { "hi", N_ ("Hindi") },
  { "hr", N_ ("Croatian") },
  { "hu", N_ ("Hungarian") },
  { "id", N_ ("Indonesian") },
  { "is", N_ ("Icelandic") },
  { "it", N_ ("Italian") },
  { "ja", N_ ("Japanese") },
  { "ko", N_ ("Korean") },
  { "lt", N_ ("Lithuanian") },
  { "lv", N_ ("Latvian") },
  { "nb", N_ ("Norwegian") },
  { "nl", N_ ("Dutch") },
  { "pl", N_ ("Polish") },
  { "pt", N_ ("Portuguese") },
  { "pt-BR", N_ ("Portuguese, Brazil") },
  { "ro", N_ ("Romanian") },
  { "ru", N_ ("Russian") },
  { "sk", N_ ("Slovak") },
  { "sl", N_ ("Slovenian") },
  { "sr", N_ ("Serbian") },
  { "sv", N_ ("Swedish") },
  { "th", N_ ("Thai") },
  { "tr", N_ ("Turkish") },
  { "uk", N_ ("Ukrainian") },
  { "vi", N_ ("Vietnamese") },
  { "zh", N_ ("Chinese") },
};

const char *
rungs_lead_check_fault (const char *column,
                        const char *text)
{
  g_return_val_if_fail (column != NULL && text != NULL, NULL);

  if (*text == '\0')
    return NULL;
  if (strcmp (column, "email") == 0)
    {
      g_autofree char *key = rungs_email_key (text, NULL);

      return key == NULL ? _ ("This is no e-mail address") : NULL;
    }
  if (strcmp (column, "phone") == 0 && !rungs_phone_is_plausible (text))
    return _ ("This does not look like a telephone number");
  if (strcmp (column, "language") == 0 && !rungs_language_tag_is_valid (text))
    return _ ("This does not look like a language; write one such as de or pt-BR");
  if (strcmp (column, "zone") == 0 && !rungs_time_zone_is_known (text))
    return _ ("There is no such time zone; write one such as Europe/Berlin");
  return NULL;
}

static char *
language_words (const char *tag,
                const char *name)
{
  /* Translators: the name of a language and its tag: "German (de)". */
  return g_strdup_printf (_ ("%s (%s)"), name, tag);
}

char *
rungs_lead_check_language_words (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    if (g_ascii_strcasecmp (LANGUAGES[i].tag, tag) == 0)
      return language_words (tag, _ (LANGUAGES[i].name));
  return g_strdup (tag);
}

static int
compare_picks (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate ((*(const RungsPick *const *) a)->label,
                         (*(const RungsPick *const *) b)->label);
}

GtkWidget *
rungs_lead_check_new_languages (const char *tag)
{
  GtkWidget *button = rungs_pick_button_new (_ ("Choose a language"), "");
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    {
      g_autofree char *words = language_words (LANGUAGES[i].tag, _ (LANGUAGES[i].name));

      g_ptr_array_add (picks, rungs_pick_new (LANGUAGES[i].tag, words, NULL));
    }
  g_ptr_array_sort (picks, compare_picks);
  rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (button), picks);
  rungs_pick_button_set_value (RUNGS_PICK_BUTTON (button), tag);
  rungs_pick_button_set_icon (RUNGS_PICK_BUTTON (button), "pan-down-symbolic",
                              _ ("Choose a language"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}
