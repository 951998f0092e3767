/* rungs-smtp-extensions.c: what a mail server says it can do, in its reply to EHLO. */

#include "smtp/rungs-smtp-extensions.h"

#include <string.h>

static gboolean
is (const char *word,
    const char *wanted)
{
  return g_ascii_strcasecmp (word, wanted) == 0;
}

static void
parse_ways_to_sign_in (RungsSmtpExtensions *self,
                       char               **words)
{
  for (; *words != NULL; words++)
    {
      self->auth_plain |= is (*words, "PLAIN");
      self->auth_login |= is (*words, "LOGIN");
      self->auth_xoauth2 |= is (*words, "XOAUTH2");
    }
}

/* "AUTH=PLAIN LOGIN" is how some said it before there was a standard. */
static void
parse_extension (RungsSmtpExtensions *self,
                 const char          *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, " =", -1);

  if (words[0] == NULL)
    return;
  self->starttls |= is (words[0], "STARTTLS");
  self->pipelining |= is (words[0], "PIPELINING");
  self->chunking |= is (words[0], "CHUNKING");
  self->eight_bit |= is (words[0], "8BITMIME");
  self->utf8 |= is (words[0], "SMTPUTF8");
  if (is (words[0], "SIZE"))
    {
      self->size = TRUE;
      self->most_bytes = words[1] != NULL ? g_ascii_strtoull (words[1], NULL, 10) : 0;
    }
  if (is (words[0], "AUTH"))
    parse_ways_to_sign_in (self, words + 1);
}

void
rungs_smtp_extensions_parse (RungsSmtpExtensions *self,
                             const char          *reply)
{
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (self != NULL && reply != NULL);

  *self = (RungsSmtpExtensions){ 0 };
  lines = g_strsplit (reply, "\r\n", -1);
  for (guint i = 1; i < g_strv_length (lines); i++)
    if (strlen (lines[i]) > 4)
      parse_extension (self, lines[i] + 4);
}
