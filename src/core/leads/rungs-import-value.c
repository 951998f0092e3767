/* rungs-import-value.c: what the words in an exported row mean. */

#include "leads/rungs-import-value.h"

#include <string.h>

#define WORD_MAX 40
#define TAG_MAX 100

static const char *const YES[] = { "1",  "yes", "y", "true", "t",   "on", "x",
                                   "ja", "j",   "wahr", "oui", "si", NULL };
static const char *const NO[] = {
  "0", "no", "n", "false", "f", "off", "nein", "falsch", "non", NULL
};

static const struct
{
  const char *word;
  RungsImportStatus status;
} WORDS[] = {
  { "subscribed", RUNGS_STATUS_SUBSCRIBED },
  { "subscriber", RUNGS_STATUS_SUBSCRIBED },
  { "active", RUNGS_STATUS_SUBSCRIBED },
  { "confirmed", RUNGS_STATUS_SUBSCRIBED },
  { "optin", RUNGS_STATUS_SUBSCRIBED },
  { "optedin", RUNGS_STATUS_SUBSCRIBED },
  { "doubleoptin", RUNGS_STATUS_SUBSCRIBED },
  { "aktiv", RUNGS_STATUS_SUBSCRIBED },
  { "angemeldet", RUNGS_STATUS_SUBSCRIBED },
  { "abonniert", RUNGS_STATUS_SUBSCRIBED },
  { "bestaetigt", RUNGS_STATUS_SUBSCRIBED },
  { "nonsubscribed", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "notsubscribed", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "neversubscribed", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "unconfirmed", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "notconfirmed", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "pending", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "inactive", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "transactional", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "unbestaetigt", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "inaktiv", RUNGS_STATUS_NOT_SUBSCRIBED },
  { "unsubscribed", RUNGS_STATUS_UNSUBSCRIBED },
  { "unsubscribe", RUNGS_STATUS_UNSUBSCRIBED },
  { "optout", RUNGS_STATUS_UNSUBSCRIBED },
  { "optedout", RUNGS_STATUS_UNSUBSCRIBED },
  { "blacklisted", RUNGS_STATUS_UNSUBSCRIBED },
  { "blocklisted", RUNGS_STATUS_UNSUBSCRIBED },
  { "blocked", RUNGS_STATUS_UNSUBSCRIBED },
  { "suppressed", RUNGS_STATUS_UNSUBSCRIBED },
  { "excluded", RUNGS_STATUS_UNSUBSCRIBED },
  { "cancelled", RUNGS_STATUS_UNSUBSCRIBED },
  { "canceled", RUNGS_STATUS_UNSUBSCRIBED },
  { "abgemeldet", RUNGS_STATUS_UNSUBSCRIBED },
  { "abbestellt", RUNGS_STATUS_UNSUBSCRIBED },
  { "gesperrt", RUNGS_STATUS_UNSUBSCRIBED },
  { "bounced", RUNGS_STATUS_BOUNCED },
  { "bounce", RUNGS_STATUS_BOUNCED },
  { "hardbounced", RUNGS_STATUS_BOUNCED },
  { "hardbounce", RUNGS_STATUS_BOUNCED },
  { "cleaned", RUNGS_STATUS_BOUNCED },
  { "invalid", RUNGS_STATUS_BOUNCED },
  { "unzustellbar", RUNGS_STATUS_BOUNCED },
  { "complained", RUNGS_STATUS_COMPLAINED },
  { "complaint", RUNGS_STATUS_COMPLAINED },
  { "spam", RUNGS_STATUS_COMPLAINED },
  { "spamreport", RUNGS_STATUS_COMPLAINED },
  { "markedasspam", RUNGS_STATUS_COMPLAINED },
};

/* The letters and digits of a text, in lower case; ä becomes ae. */
static void
fold (const char *text,
      char        word[WORD_MAX + 1])
{
  gsize length = 0;

  for (; *text != '\0' && length < WORD_MAX; text++)
    {
      if (g_ascii_isalnum (*text))
        word[length++] = g_ascii_tolower (*text);
      else if (strncmp (text, "ä", 2) == 0 && length < WORD_MAX - 1)
        {
          word[length++] = 'a';
          word[length++] = 'e';
        }
    }
  word[length] = '\0';
}

RungsImportStatus
rungs_import_status_parse (const char *text)
{
  char word[WORD_MAX + 1];

  g_return_val_if_fail (text != NULL, RUNGS_STATUS_UNKNOWN);

  fold (text, word);
  if (*word == '\0')
    return RUNGS_STATUS_UNKNOWN;
  if (g_strv_contains (YES, word))
    return RUNGS_STATUS_SUBSCRIBED;
  if (g_strv_contains (NO, word))
    return RUNGS_STATUS_NOT_SUBSCRIBED;
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (word, WORDS[i].word) == 0)
      return WORDS[i].status;
  return RUNGS_STATUS_UNKNOWN;
}

gboolean
rungs_import_flag_parse (const char *text)
{
  char word[WORD_MAX + 1];

  g_return_val_if_fail (text != NULL, FALSE);

  fold (text, word);
  return word[strspn (word, "0")] != '\0' && !g_strv_contains (NO, word);
}

RungsImportStatus
rungs_import_status_of_file (const char *file_name)
{
  g_return_val_if_fail (file_name != NULL, RUNGS_STATUS_UNKNOWN);

  if (g_str_has_prefix (file_name, "unsubscribed_"))
    return RUNGS_STATUS_UNSUBSCRIBED;
  if (g_str_has_prefix (file_name, "cleaned_"))
    return RUNGS_STATUS_BOUNCED;
  return g_str_has_prefix (file_name, "nonsubscribed_") ? RUNGS_STATUS_NOT_SUBSCRIBED
                                                        : RUNGS_STATUS_UNKNOWN;
}

static const char *
without_title (const char *name)
{
  static const char *const TITLES[] = { "Herr ", "Frau ", "Mr. ", "Mrs. ",
                                        "Ms. ",  "Mr ",   "Mrs ", "Ms " };

  for (gsize i = 0; i < G_N_ELEMENTS (TITLES); i++)
    if (g_ascii_strncasecmp (name, TITLES[i], strlen (TITLES[i])) == 0)
      return name + strlen (TITLES[i]);
  return name;
}

/* Whether a last name begins at this word, which is not its last: "van", "de la". */
static gboolean
is_particle (const char *word)
{
  static const char *const PARTICLES[] = { "van ",   "von ", "vom ", "zu ",  "zum ", "de ", "del ",
                                           "della ", "der ", "den ", "da ",  "di ",  "du ", "dos ",
                                           "la ",    "le ",  "ter ", "ten ", "bin ", "al ", "el " };

  for (gsize i = 0; i < G_N_ELEMENTS (PARTICLES); i++)
    if (g_str_has_prefix (word, PARTICLES[i]))
      return TRUE;
  return FALSE;
}

void
rungs_import_split_name (const char  *name,
                         char       **first_name,
                         char       **last_name)
{
  g_autofree char *copy = NULL;
  char *comma;
  char *last = NULL;

  g_return_if_fail (name != NULL && first_name != NULL && last_name != NULL);

  copy = g_strstrip (g_strdup (without_title (name)));
  comma = strchr (copy, ',');
  if (comma != NULL)
    {
      *comma = '\0';
      *first_name = g_strstrip (g_strdup (comma + 1));
      *last_name = g_strstrip (g_strdup (copy));
      return;
    }
  for (char *space = strchr (copy, ' '); space != NULL; space = strchr (space + 1, ' '))
    {
      last = space + 1;
      if (is_particle (last))
        break;
    }
  *last_name = g_strstrip (g_strdup (last != NULL ? last : ""));
  if (last != NULL)
    last[-1] = '\0';
  *first_name = g_strstrip (g_strdup (copy));
}

/* The bytes of the separator at `at`; 0 where there is none. */
static gsize
separator_length (const char *at)
{
  if (strncmp (at, ":::", 3) == 0)
    return 3;
  return *at != '\0' && strchr (",;|\n\r", *at) != NULL ? 1 : 0;
}

static void
trim_tag (GString *tag)
{
  gsize from = 0;

  while (from < tag->len && g_ascii_isspace (tag->str[from]))
    from++;
  g_string_erase (tag, 0, from);
  while (tag->len > 0 && g_ascii_isspace (tag->str[tag->len - 1]))
    g_string_truncate (tag, tag->len - 1);
  if (tag->len > TAG_MAX)
    {
      glong characters = g_utf8_strlen (tag->str, TAG_MAX);

      g_string_truncate (tag, g_utf8_offset_to_pointer (tag->str, characters) - tag->str);
    }
}

/* Copies a tag up to the separator after it. Between quotes a comma is no separator, but no part of
 * a tag either. */
static void
copy_tag (const char **at,
          GString     *tag)
{
  gboolean quoted = FALSE;

  g_string_truncate (tag, 0);
  while (**at != '\0' && (quoted || separator_length (*at) == 0))
    {
      if (**at == '"')
        quoted = !quoted;
      else if (separator_length (*at) == 0)
        g_string_append_c (tag, **at);
      (*at)++;
    }
  *at += separator_length (*at);
  trim_tag (tag);
}

gboolean
rungs_import_next_tag (const char **at,
                       GString     *tag)
{
  g_return_val_if_fail (at != NULL && *at != NULL && tag != NULL, FALSE);

  while (**at != '\0')
    {
      copy_tag (at, tag);
      if (tag->len > 0 && !g_str_has_prefix (tag->str, "* "))
        return TRUE;
    }
  return FALSE;
}
