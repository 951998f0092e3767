/* rungs-smtp-sign-in.c: what is said to a mail server to be let in (RFC 4954). */

#include "smtp/rungs-smtp-sign-in.h"

#include <string.h>

const char *
rungs_smtp_sign_in_choose (RungsSmtpAuth              auth,
                           const RungsSmtpExtensions *offered)
{
  gboolean any = auth == RUNGS_SMTP_AUTH_AUTO;

  if (offered->auth_plain && (any || auth == RUNGS_SMTP_AUTH_PLAIN))
    return "PLAIN";
  if (offered->auth_login && (any || auth == RUNGS_SMTP_AUTH_LOGIN))
    return "LOGIN";
  if (offered->auth_xoauth2 && auth == RUNGS_SMTP_AUTH_XOAUTH2)
    return "XOAUTH2";
  return NULL;
}

void
rungs_smtp_sign_in_wipe (char *line)
{
  if (line != NULL)
    explicit_bzero (line, strlen (line));
  g_free (line);
}

static char *
encode (const char *bytes,
        gsize       length)
{
  return g_base64_encode ((const guchar *) bytes, length);
}

/* RFC 4616: nobody else's name, our name, the password. */
static char *
encode_plain (const RungsSmtpSettings *settings)
{
  const char *name = settings->username != NULL ? settings->username : "";
  gsize length = strlen (name) + strlen (settings->password) + 2;
  char *bytes = g_strdup_printf ("%c%s%c%s", 1, name, 1, settings->password);
  char *encoded;

  bytes[0] = bytes[strlen (name) + 1] = '\0';
  encoded = encode (bytes, length);
  explicit_bzero (bytes, length);
  g_free (bytes);
  return encoded;
}

/* As Google and Microsoft ask for it. */
static char *
encode_xoauth2 (const RungsSmtpSettings *settings)
{
  char *bytes = g_strdup_printf ("user=%s\001auth=Bearer %s\001\001",
                                 settings->username != NULL ? settings->username : "",
                                 settings->password);
  char *encoded = encode (bytes, strlen (bytes));

  rungs_smtp_sign_in_wipe (bytes);
  return encoded;
}

/* `prefix`, the encoded words, and the line's end. */
static char *
take_as_line (const char *prefix,
              char       *encoded)
{
  char *line = g_strconcat (prefix, encoded, "\r\n", NULL);

  rungs_smtp_sign_in_wipe (encoded);
  return line;
}

char *
rungs_smtp_sign_in_dup_line (const RungsSmtpSettings *settings,
                             const char              *way,
                             guint                    n)
{
  const char *name = settings->username != NULL ? settings->username : "";
  gboolean login = strcmp (way, "LOGIN") == 0;

  if (login && n == 0)
    return g_strdup ("AUTH LOGIN\r\n");
  if (login && n == 1)
    return take_as_line ("", encode (name, strlen (name)));
  if (login && n == 2)
    return take_as_line ("", encode (settings->password, strlen (settings->password)));
  if (n == 0 && strcmp (way, "PLAIN") == 0)
    return take_as_line ("AUTH PLAIN ", encode_plain (settings));
  if (n == 0)
    return take_as_line ("AUTH XOAUTH2 ", encode_xoauth2 (settings));
  /* A 334 to a refused token brings its reasons; the refusal itself follows the empty answer. */
  if (n == 1 && strcmp (way, "XOAUTH2") == 0)
    return g_strdup ("\r\n");
  return g_strdup ("*\r\n");
}

static gboolean
take_and_look_for (const char *text,
                   char       *secret)
{
  gboolean found = strstr (text, secret) != NULL;

  rungs_smtp_sign_in_wipe (secret);
  return found;
}

gboolean
rungs_smtp_sign_in_shows (const RungsSmtpSettings *settings,
                          const char              *text)
{
  const char *password = settings->password;

  if (password == NULL || *password == '\0')
    return FALSE;
  return strstr (text, password) != NULL
         || take_and_look_for (text, encode (password, strlen (password)))
         || take_and_look_for (text, encode_plain (settings))
         || take_and_look_for (text, encode_xoauth2 (settings));
}
