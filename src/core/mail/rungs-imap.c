/* rungs-imap.c: reads a mailbox without changing anything in it.
 *
 * Only what is needed is here: sign in, open (EXAMINE), list, read (PEEK). */

#include "mail/rungs-imap.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-imap-line.h"
#include "smtp/rungs-trusted-file.h"

#define MOST_LINES 100000
#define USUAL_CONNECT_TIMEOUT 30
#define USUAL_REPLY_TIMEOUT 60

struct _RungsImap
{
  GSocketConnection *socket; /* (owned) what it all began with */
  GIOStream *stream;         /* (owned) the same, or TLS over it */
  GBufferedInputStream *in;  /* (owned) */
  GOutputStream *out;        /* (unowned) */
  guint last_tag;
  guint32 mails; /* in the folder when it was opened */
  gboolean offers_plain;
  gboolean offers_starttls;
  gboolean refuses_login;
  const char *surrender; /* what is said to a server that wants more than it was given */
};

/* Looks at an untagged line of a reply. */
typedef void (*LineFunc) (const RungsImapLine *line, gpointer data);

/* ---- bytes */

static void
use_stream (RungsImap *self,
            GIOStream *stream)
{
  g_clear_object (&self->in);
  g_set_object (&self->stream, stream);
  self->in = G_BUFFERED_INPUT_STREAM (
    g_buffered_input_stream_new_sized (g_io_stream_get_input_stream (stream), 16384));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->in), FALSE);
  self->out = g_io_stream_get_output_stream (stream);
}

static gboolean
write_text (RungsImap    *self,
            const char   *text,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_output_stream_write_all (self->out, text, strlen (text), NULL, cancellable, &cause))
    return TRUE;
  return rungs_imap_fail_network (g_steal_pointer (&cause), error);
}

/* ---- commands */

/* Whether the text begins with the word. */
static gboolean
begins (const char *text,
        const char *word)
{
  gsize length = strlen (word);

  return g_ascii_strncasecmp (text, word, length) == 0
         && (text[length] == ' ' || text[length] == '\0');
}

/* "A0001 NO [CODE] words": what the server says about the command as a whole. */
static gboolean
judge_end (const char *status,
           gboolean    signs_in,
           GError    **error)
{
  g_autofree char *words = NULL;

  if (begins (status, "OK"))
    return TRUE;
  if (!begins (status, "NO") && !begins (status, "BAD"))
    return rungs_imap_fail_odd (error);
  words = g_utf8_make_valid (strchr (status, ' ') ? strchr (status, ' ') + 1 : status, -1);
  g_set_error (error, RUNGS_ERROR, signs_in ? RUNGS_ERROR_AUTH : RUNGS_ERROR_FAILED,
               signs_in ? _ ("the mailbox's server does not let Rungs in: %s")
                        : _ ("the mailbox's server refuses: %s"),
               words);
  return FALSE;
}

/* Reads until the line that answers `tag`; `continuation` (nullable) is said where the server asks
 * for more. */
static gboolean
read_reply (RungsImap    *self,
            const char   *tag,
            const char   *continuation,
            gboolean      signs_in,
            LineFunc      look,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  for (guint i = 0; i < MOST_LINES; i++)
    {
      g_auto (RungsImapLine) line = { 0 };

      if (!rungs_imap_line_read (self->in, &line, cancellable, error))
        return FALSE;
      if (begins (line.text->str, tag))
        return judge_end (line.text->str + strlen (tag) + 1, signs_in, error);
      if (*line.text->str == '+')
        {
          if (continuation == NULL || !write_text (self, continuation, cancellable, error))
            return continuation == NULL ? rungs_imap_fail_odd (error) : FALSE;
          continuation = signs_in ? self->surrender : NULL; /* it wants more: that is a refusal */
        }
      else if (begins (line.text->str, "* BYE"))
        return judge_end (g_str_has_prefix (line.text->str, "* BYE ") ? "NO it says goodbye" : "NO",
                          signs_in, error);
      else if (g_str_has_prefix (line.text->str, "* ") && look != NULL)
        look (&line, data);
    }
  return rungs_imap_fail_odd (error);
}

static gboolean
command (RungsImap    *self,
         const char   *text,
         LineFunc      look,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  g_autofree char *tag = g_strdup_printf ("A%04u", ++self->last_tag);
  g_autofree char *line = g_strdup_printf ("%s %s\r\n", tag, text);

  return write_text (self, line, cancellable, error)
         && read_reply (self, tag, NULL, FALSE, look, data, cancellable, error);
}

/* ---- signing in */

static void
look_at_capability (const RungsImapLine *line,
                    gpointer    data)
{
  RungsImap *self = data;
  g_auto (GStrv) words = NULL;

  if (!begins (line->text->str + 2, "CAPABILITY"))
    return;
  words = g_strsplit (line->text->str, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      self->offers_plain |= g_ascii_strcasecmp (words[i], "AUTH=PLAIN") == 0;
      self->offers_starttls |= g_ascii_strcasecmp (words[i], "STARTTLS") == 0;
      self->refuses_login |= g_ascii_strcasecmp (words[i], "LOGINDISABLED") == 0;
    }
}

/* What is offered before TLS does not count after it. */
static gboolean
ask_capability (RungsImap    *self,
                GCancellable *cancellable,
                GError      **error)
{
  self->offers_plain = self->offers_starttls = self->refuses_login = FALSE;
  return command (self, "CAPABILITY", look_at_capability, self, cancellable, error);
}

static gboolean
wrap_in_tls (RungsImap               *self,
             const RungsSmtpSettings *settings,
             GCancellable            *cancellable,
             GError                 **error)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (settings->host, 0);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GIOStream) tls
    = g_tls_client_connection_new (G_IO_STREAM (self->socket), identity, &cause);

  if (tls != NULL && settings->ca_file != NULL && *settings->ca_file != '\0')
    {
      g_autoptr (GTlsDatabase) trusted = rungs_trusted_file_open (settings->ca_file, &cause);

      if (trusted != NULL)
        g_tls_connection_set_database (G_TLS_CONNECTION (tls), trusted);
    }
  if (cause == NULL
      && g_tls_connection_handshake (G_TLS_CONNECTION (tls), cancellable, &cause))
    {
      use_stream (self, tls);
      return TRUE;
    }
  return rungs_imap_fail_network (g_steal_pointer (&cause), error);
}

/* What was said before TLS began, and not read, was said by nobody knows whom. */
static gboolean
start_tls (RungsImap               *self,
           const RungsSmtpSettings *settings,
           GCancellable            *cancellable,
           GError                 **error)
{
  if (!ask_capability (self, cancellable, error))
    return FALSE;
  if (!self->offers_starttls)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                           _ ("the mailbox's server offers no encryption, and without it no"
                              " password is sent"));
      return FALSE;
    }
  if (!command (self, "STARTTLS", NULL, NULL, cancellable, error))
    return FALSE;
  if (g_buffered_input_stream_get_available (self->in) > 0)
    return rungs_imap_fail_odd (error);
  return wrap_in_tls (self, settings, cancellable, error);
}

static char *
encode_plain (const RungsSmtpSettings *settings)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *encoded = NULL;

  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_append (bytes, (const guint8 *) settings->username,
                       (guint) strlen (settings->username) + 1);
  g_byte_array_append (bytes, (const guint8 *) settings->password,
                       (guint) strlen (settings->password));
  encoded = g_base64_encode (bytes->data, bytes->len);
  return g_strconcat (encoded, "\r\n", NULL);
}

/* RFC 7628 is what this became; Google and Microsoft still ask for it in this form. */
static char *
encode_xoauth2 (const RungsSmtpSettings *settings)
{
  g_autofree char *plain = g_strdup_printf ("user=%s\001auth=Bearer %s\001\001",
                                            settings->username, settings->password);
  g_autofree char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));

  return g_strconcat (encoded, "\r\n", NULL);
}

static gboolean
authenticate (RungsImap    *self,
              const char   *mechanism,
              const char   *response,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree char *tag = g_strdup_printf ("A%04u", ++self->last_tag);
  g_autofree char *line = g_strdup_printf ("%s AUTHENTICATE %s\r\n", tag, mechanism);

  return write_text (self, line, cancellable, error)
         && read_reply (self, tag, response, TRUE, NULL, NULL, cancellable, error);
}

static gboolean
log_in (RungsImap               *self,
        const RungsSmtpSettings *settings,
        GCancellable            *cancellable,
        GError                 **error)
{
  g_autofree char *username = rungs_imap_dup_quoted (settings->username, error);
  g_autofree char *password = username ? rungs_imap_dup_quoted (settings->password, NULL) : NULL;
  g_autofree char *tag = g_strdup_printf ("A%04u", ++self->last_tag);
  g_autofree char *line = NULL;

  if (username == NULL)
    return FALSE;
  if (password == NULL || self->refuses_login)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                           _ ("the mailbox's server offers no way to sign in that Rungs knows"));
      return FALSE;
    }
  line = g_strdup_printf ("%s LOGIN %s %s\r\n", tag, username, password);
  return write_text (self, line, cancellable, error)
         && read_reply (self, tag, NULL, TRUE, NULL, NULL, cancellable, error);
}

static gboolean
sign_in (RungsImap               *self,
         const RungsSmtpSettings *settings,
         GCancellable            *cancellable,
         GError                 **error)
{
  g_autofree char *response = NULL;

  if (!ask_capability (self, cancellable, error))
    return FALSE;
  if (settings->auth == RUNGS_SMTP_AUTH_XOAUTH2)
    {
      response = encode_xoauth2 (settings);
      self->surrender = "\r\n"; /* by which it says in words why it refuses */
      return authenticate (self, "XOAUTH2", response, cancellable, error);
    }
  if (!self->offers_plain)
    return log_in (self, settings, cancellable, error);
  response = encode_plain (settings);
  return authenticate (self, "PLAIN", response, cancellable, error);
}

/* ---- the connection */

static gboolean
read_greeting (RungsImap    *self,
               GCancellable *cancellable,
               GError      **error)
{
  g_auto (RungsImapLine) line = { 0 };

  if (!rungs_imap_line_read (self->in, &line, cancellable, error))
    return FALSE;
  if (begins (line.text->str, "* BYE"))
    return judge_end ("NO it says goodbye", FALSE, error);
  return begins (line.text->str, "* OK") || rungs_imap_fail_odd (error);
}

static guint
get_port (const RungsSmtpSettings *settings)
{
  if (settings->port != 0)
    return settings->port;
  return settings->security == RUNGS_SMTP_TLS ? 993 : 143;
}

static gboolean
may_sign_in (const RungsSmtpSettings *settings,
             GError                 **error)
{
  if (settings->security != RUNGS_SMTP_CLEAR || rungs_smtp_settings_is_loopback (settings))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                       _ ("without encryption a password is sent to this machine only"));
  return FALSE;
}

static gboolean
connect_to (RungsImap               *self,
            const RungsSmtpSettings *settings,
            GCancellable            *cancellable,
            GError                 **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) cause = NULL;

  g_socket_client_set_timeout (client, settings->connect_timeout ?: USUAL_CONNECT_TIMEOUT);
  self->socket = g_socket_client_connect_to_host (client, settings->host,
                                                  (guint16) get_port (settings), cancellable,
                                                  &cause);
  if (self->socket == NULL)
    return rungs_imap_fail_network (g_steal_pointer (&cause), error);
  g_socket_set_timeout (g_socket_connection_get_socket (self->socket),
                        settings->reply_timeout ?: USUAL_REPLY_TIMEOUT);
  use_stream (self, G_IO_STREAM (self->socket));
  return TRUE;
}

RungsImap *
rungs_imap_open (const RungsSmtpSettings *settings,
                 GCancellable            *cancellable,
                 GError                 **error)
{
  g_autoptr (RungsImap) self = g_new0 (RungsImap, 1);

  g_return_val_if_fail (settings != NULL, NULL);
  g_return_val_if_fail (settings->username != NULL && settings->password != NULL, NULL);

  self->surrender = "*\r\n";
  if (!may_sign_in (settings, error) || !connect_to (self, settings, cancellable, error)
      || (settings->security == RUNGS_SMTP_TLS
          && !wrap_in_tls (self, settings, cancellable, error))
      || !read_greeting (self, cancellable, error)
      || (settings->security == RUNGS_SMTP_STARTTLS
          && !start_tls (self, settings, cancellable, error))
      || !sign_in (self, settings, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rungs_imap_close (RungsImap *self)
{
  if (self == NULL)
    return;
  if (self->out != NULL)
    g_output_stream_write_all (self->out, "Z LOGOUT\r\n", 10, NULL, NULL, NULL);
  if (self->stream != NULL)
    g_io_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->in);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_free (self);
}

/* ---- folders and mails */

/* The number behind `word`; 0 where it is not there. */
static guint32
find_number (const char *text,
             const char *word)
{
  const char *found = strstr (text, word);
  guint64 number = found ? g_ascii_strtoull (found + strlen (word), NULL, 10) : 0;

  return number <= G_MAXUINT32 ? (guint32) number : 0;
}

static void
look_at_folder (const RungsImapLine *line,
                gpointer    data)
{
  RungsImapFolder *opened = data;
  const char *text = line->text->str + 2;
  char *rest = NULL;
  guint64 number = g_ascii_strtoull (text, &rest, 10);

  if (begins (text, "OK") && strstr (text, "[UIDVALIDITY ") != NULL)
    opened->validity = find_number (text, "[UIDVALIDITY ");
  else if (rest != text && begins (rest, " EXISTS"))
    opened->mails = (guint32) MIN (number, G_MAXUINT32);
}

gboolean
rungs_imap_examine (RungsImap       *self,
                    const char      *folder,
                    RungsImapFolder *opened,
                    GCancellable    *cancellable,
                    GError         **error)
{
  g_autofree char *name = rungs_imap_dup_folder (folder);
  g_autofree char *quoted = rungs_imap_dup_quoted (name, error);
  g_autofree char *text = quoted ? g_strconcat ("EXAMINE ", quoted, NULL) : NULL;

  g_return_val_if_fail (opened != NULL, FALSE);

  *opened = (RungsImapFolder){ 0 };
  if (text == NULL || !command (self, text, look_at_folder, opened, cancellable, error))
    return FALSE;
  self->mails = opened->mails;
  return opened->validity != 0 || rungs_imap_fail_odd (error);
}

static void
look_at_search (const RungsImapLine *line,
                gpointer    data)
{
  GArray *uids = data;
  g_auto (GStrv) words = NULL;

  if (!begins (line->text->str + 2, "SEARCH"))
    return;
  words = g_strsplit (line->text->str, " ", -1);
  for (guint i = 2; words[i] != NULL; i++)
    {
      guint64 uid = g_ascii_strtoull (words[i], NULL, 10);
      guint32 number = (guint32) uid;

      if (uid > 0 && uid <= G_MAXUINT32)
        g_array_append_val (uids, number);
    }
}

static int
compare_uids (gconstpointer a,
              gconstpointer b)
{
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

/* A folder of a million mails is asked for a stretch at a time: its UIDs do not fit a line. */
#define STRETCH 5000

static gboolean
list_stretch (RungsImap    *self,
              guint32       first,
              guint32       last,
              GArray       *uids,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree char *text = g_strdup_printf ("UID SEARCH UID %u:%u", first, last);

  return command (self, text, look_at_search, uids, cancellable, error);
}

static void
look_at_uid (const RungsImapLine *line,
             gpointer    data)
{
  guint32 *newest = data;

  *newest = MAX (*newest, find_number (line->text->str, "UID "));
}

GArray *
rungs_imap_list_from (RungsImap    *self,
                      guint32       first,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 newest = 0;

  if (self->mails > 0
      && !command (self, "UID FETCH * (UID)", look_at_uid, &newest, cancellable, error))
    return NULL;
  for (guint64 from = MAX (first, 1); from <= newest; from += STRETCH)
    if (!list_stretch (self, (guint32) from, (guint32) MIN (from + STRETCH - 1, newest), uids,
                       cancellable, error))
      return NULL;
  g_array_sort (uids, compare_uids);
  return g_steal_pointer (&uids);
}

typedef struct
{
  guint32 uid;
  GBytes *bytes; /* (owned) (nullable) */
} Wanted;

static void
look_at_mail (const RungsImapLine *line,
              gpointer    data)
{
  Wanted *wanted = data;

  if (strstr (line->text->str, " FETCH (") == NULL
      || find_number (line->text->str, "UID ") != wanted->uid || line->literals->len == 0)
    return;
  g_clear_pointer (&wanted->bytes, g_bytes_unref);
  wanted->bytes = g_bytes_ref (line->literals->pdata[0]);
}

static GBytes *
read_part (RungsImap    *self,
           guint32       uid,
           const char   *part,
           GCancellable *cancellable,
           GError      **error)
{
  g_autofree char *text = g_strdup_printf ("UID FETCH %u (UID %s)", uid, part);
  Wanted wanted = { .uid = uid };

  if (command (self, text, look_at_mail, &wanted, cancellable, error))
    return wanted.bytes ? wanted.bytes : g_bytes_new_static ("", 0);
  g_clear_pointer (&wanted.bytes, g_bytes_unref);
  return NULL;
}

GBytes *
rungs_imap_read_headers (RungsImap    *self,
                         guint32       uid,
                         GCancellable *cancellable,
                         GError      **error)
{
  return read_part (self, uid, "BODY.PEEK[HEADER]", cancellable, error);
}

GBytes *
rungs_imap_read_mail (RungsImap    *self,
                      guint32       uid,
                      gsize         limit,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autofree char *part = g_strdup_printf ("BODY.PEEK[]<0.%" G_GSIZE_FORMAT ">", limit);

  return read_part (self, uid, part, cancellable, error);
}
