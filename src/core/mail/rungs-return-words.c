/* rungs-return-words.c: what the words of returned mails say. */

#include "mail/rungs-return-words.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "mail/rungs-mime-header.h"

/* In lower case. Words that also stand in refusals for another reason are not among them. */
static const char *const NOBODY[] = {
  "account disabled",       "account has been disabled",  "account is disabled",
  "address not found",      "address unknown",            "couldn't find any host named",
  "does not exist",         "doesn't exist",              "host or domain name not found",
  "invalid mailbox",        "invalid recipient",          "mailbox not found",
  "no longer exists",       "no mailbox here",            "no such mailbox",
  "no such recipient",      "no such user",               "not a valid mailbox",
  "recipient not found",    "recipient unknown",          "unknown address",
  "unknown recipient",      "unknown user",               "unrouteable address",
  "unrouteable mail domain", "user not found",            "user unknown",
};

/* As subjects begin, in lower case. */
static const char *const ABSENCES[] = {
  "abwesend",           "abwesenheit",       "absence du bureau",  "auto reply",
  "auto-reply",         "automaattinen",     "automatic reply",    "automatische antwort",
  "automatisch antwoord", "autoreply",       "autosvar",           "ausser haus",
  "außer haus",         "fuera de la oficina", "fuori sede",       "nicht im büro",
  "odpowiedź automatyczna", "out of office", "out of the office",  "réponse automatique",
  "resposta automática", "respuesta automática", "risposta automatica",
};

static const char *const BOUNCES[] = {
  "delivery failure",     "delivery notification",  "delivery status notification",
  "failure notice",       "mail delivery failed",   "mail delivery failure",
  "mail system error",    "message not delivered",  "returned mail",
  "undeliverable",        "undelivered mail",       "unzustellbar",
  "non recapitabile",     "non remis",              "no se puede entregar",
  "rejected:",            "warning: message",       "mail could not be delivered",
};

/* All that stands in the mail, but for blanks and full stops; in lower case. */
static const char *const NOS[] = {
  "unsubscribe", "unsubscribe me", "please unsubscribe", "please unsubscribe me", "stop", "remove",
  "remove me",   "please remove me", "abmelden", "abbestellen", "bitte abmelden", "austragen",
  "bitte austragen", "désabonner", "se désabonner", "me désabonner", "désinscrire",
  "désinscription", "darme de baja", "baja", "cancellami", "disiscrivimi", "uitschrijven",
  "afmelden", "avregistrera", "avmeld", "wypisz",
};

/* As lines begin that a signature or what is quoted follows; in lower case. */
static const char *const QUOTES[] = {
  "-----original message", "-----ursprüngliche nachricht", "________________________________",
  "-------- original message", "-------- forwarded message", "-------- ursprüngliche nachricht",
};

static gboolean
has_one (const char        *text,
         const char *const *words,
         gsize              n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
begins_with_one (const char        *text,
                 const char *const *words,
                 gsize              n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_str_has_prefix (text, words[i]))
      return TRUE;
  return FALSE;
}

gboolean
rungs_return_words_say_nobody (const char *words)
{
  g_autofree char *lower = g_utf8_strdown (words, -1);

  return has_one (lower, NOBODY, G_N_ELEMENTS (NOBODY));
}

gboolean
rungs_return_subject_is_absence (const char *subject)
{
  g_autofree char *lower = g_utf8_strdown (subject, -1);

  return begins_with_one (lower, ABSENCES, G_N_ELEMENTS (ABSENCES));
}

gboolean
rungs_return_subject_is_bounce (const char *subject)
{
  g_autofree char *lower = g_utf8_strdown (subject, -1);

  return begins_with_one (lower, BOUNCES, G_N_ELEMENTS (BOUNCES));
}

gboolean
rungs_return_words_are_no (const char *words)
{
  g_autofree char *lower = g_utf8_strdown (words, -1);

  g_strdelimit (lower, ".!", ' ');
  g_strstrip (lower);
  for (gsize i = 0; i < G_N_ELEMENTS (NOS); i++)
    if (g_str_equal (lower, NOS[i]))
      return TRUE;
  return FALSE;
}

/* "On 3 May 2026, Orla wrote:", in whatever language: a line that ends in a colon, with what is
 * quoted below it. */
static gboolean
introduces_quote (const char *line,
                  const char *next)
{
  return next != NULL && g_str_has_suffix (line, ":") && *next == '>';
}

static gboolean
ends_words (const char *line,
            const char *next)
{
  g_autofree char *lower = g_utf8_strdown (line, -1);

  return g_str_equal (line, "--") || begins_with_one (lower, QUOTES, G_N_ELEMENTS (QUOTES))
         || introduces_quote (line, next);
}

/* The next line after `line` with something in it. */
static const char *
find_next (char *const *lines,
           guint        line)
{
  for (line++; lines[line] != NULL; line++)
    if (*lines[line] != '\0')
      return lines[line];
  return NULL;
}

char *
rungs_return_words_of_person (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);
  for (guint i = 0; lines[i] != NULL && words->len < RUNGS_RETURN_WORDS * 4; i++)
    {
      if (ends_words (lines[i], find_next (lines, i)))
        break;
      if (*lines[i] == '\0' || *lines[i] == '>')
        continue;
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", lines[i]);
    }
  return rungs_mime_clean_line (words->str, RUNGS_RETURN_WORDS);
}

char *
rungs_return_words_of_server (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\r\n", -1);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL && words->len < RUNGS_RETURN_WORDS * 4; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", parts[i]);
  return rungs_mime_clean_line (words->str, RUNGS_RETURN_WORDS);
}

/* ---- HTML */

static gboolean
is_block (const xmlNode *node)
{
  static const char *const BLOCKS[] = { "br", "div", "p", "tr", "li", "blockquote", "h1", "h2" };

  for (gsize i = 0; i < G_N_ELEMENTS (BLOCKS); i++)
    if (xmlStrcasecmp (node->name, BAD_CAST BLOCKS[i]) == 0)
      return TRUE;
  return FALSE;
}

/* What is not for reading, or quotes what is answered. */
static gboolean
is_left_out (const xmlNode *node)
{
  static const char *const LEFT_OUT[] = { "style", "script", "head", "title", "blockquote" };

  for (gsize i = 0; i < G_N_ELEMENTS (LEFT_OUT); i++)
    if (xmlStrcasecmp (node->name, BAD_CAST LEFT_OUT[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
append_text (GString       *text,
             const xmlNode *node)
{
  g_auto (GStrv) words = g_strsplit_set ((const char *) node->content, " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (text, "%s ", words[i]);
}

/* The node that follows in the order of reading; NULL: none. */
static const xmlNode *
go_on (const xmlNode *node,
       gboolean       inside)
{
  if (inside && node->children != NULL)
    return node->children;
  while (node != NULL && node->next == NULL)
    node = node->parent;
  return node ? node->next : NULL;
}

char *
rungs_return_words_of_html (const char *html)
{
  g_autoptr (GString) text = g_string_new (NULL);
  htmlDocPtr document = htmlReadMemory (html, (int) strlen (html), NULL, "UTF-8",
                                        HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                                          | HTML_PARSE_NONET);
  const xmlNode *node = document ? xmlDocGetRootElement (document) : NULL;

  while (node != NULL)
    {
      gboolean inside = node->type == XML_ELEMENT_NODE && !is_left_out (node);

      if (node->type == XML_TEXT_NODE && node->content != NULL)
        append_text (text, node);
      else if (inside && is_block (node))
        g_string_append_c (text, '\n');
      node = go_on (node, inside);
    }
  if (document != NULL)
    xmlFreeDoc (document);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
