/* rungs-smtp-client.c: speaks to one mail server by one connection (RFC 5321).
 *
 * Each wait for a reply takes a round trip, and that, not the machine, is what a mailer has too
 * little of. So nothing is waited for that need not be:
 *
 *   PIPELINING             MAIL, RCPT and DATA go out together, then, since DATA's reply decides
 *                          whether it may, the message: two round trips
 *   PIPELINING, CHUNKING   MAIL, RCPT and the message, by BDAT, go out together: one round trip
 *   neither                one thing after the other: four
 *
 * What was said and not answered yet waits in a queue, and each reply is one to its first line.
 * A refusal ends the message, but the replies to what was said after it still come: they are read
 * and belong to nobody (rungs_smtp_client_recover()).
 *
 * In doubt is a message only from the moment when its last byte is out: until then a server must
 * not have it. With BDAT that is before MAIL is answered, so a message whose connection may be gone
 * without our knowing (nothing was heard for a while), and one so large that it would be a waste if
 * the recipient is refused, wait for these replies. */

#include "smtp/rungs-smtp-client.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "smtp/rungs-smtp-extensions.h"
#include "smtp/rungs-smtp-safety.h"
#include "smtp/rungs-smtp-sign-in.h"
#include "smtp/rungs-smtp-wire.h"

#define CONNECT_TIMEOUT 30
#define REPLY_TIMEOUT 300
#define FINAL_TIMEOUT 600
#define GOODBYE_TIMEOUT (2 * G_USEC_PER_SEC)
#define CANCEL_GRACE (3 * G_USEC_PER_SEC)
#define SURE_FOR (5 * G_USEC_PER_SEC)
#define UNASKED_MOST (256 * 1024)
#define SIGN_IN_LINES 4

struct _RungsSmtpClient
{
  const RungsSmtpSettings *settings; /* (unowned) */
  RungsSmtpExchange *exchange;       /* (unowned) */
  RungsSmtpWire *wire;               /* (owned) (nullable) */
  RungsSmtpExtensions offered;
  gint64 connect_by; /* while connecting: all of it must be done by then; monotonic µs; else 0 */
  gint64 heard_at;   /* the last reply, monotonic µs */
  gboolean unsettled; /* the server must be told to forget what it refused */

  GByteArray *out; /* (owned): what is said next */
  GQueue said;     /* (element-type char*): whose replies did not come yet */
  gboolean is_out; /* the whole message is */
};

RungsSmtpClient *
rungs_smtp_client_new (const RungsSmtpSettings *settings,
                       RungsSmtpExchange       *exchange)
{
  RungsSmtpClient *self = g_new0 (RungsSmtpClient, 1);

  self->settings = settings;
  self->exchange = exchange;
  self->out = g_byte_array_new ();
  g_queue_init (&self->said);
  return self;
}

void
rungs_smtp_client_hang_up (RungsSmtpClient *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->wire, rungs_smtp_wire_free);
  g_queue_clear_full (&self->said, g_free);
  g_byte_array_set_size (self->out, 0);
  self->unsettled = FALSE;
}

void
rungs_smtp_client_free (RungsSmtpClient *self)
{
  if (self == NULL)
    return;

  rungs_smtp_client_hang_up (self);
  g_byte_array_unref (self->out);
  g_free (self);
}

static gboolean
fail (int         code,
      const char *words,
      GError    **error)
{
  g_set_error_literal (error, RUNGS_ERROR, code, words);
  return FALSE;
}

/* ---- replies */

static gint64
get_patience (RungsSmtpClient *self)
{
  guint seconds;

  if (self->exchange->phase == RUNGS_SMTP_PHASE_END)
    seconds = self->settings->final_timeout ? self->settings->final_timeout : FINAL_TIMEOUT;
  else
    seconds = self->settings->reply_timeout ? self->settings->reply_timeout : REPLY_TIMEOUT;
  return (gint64) seconds * G_USEC_PER_SEC;
}

static void
note (RungsSmtpClient *self,
      const char      *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *whole = g_strconcat (*line, "\r\n", NULL);

      rungs_smtp_exchange_received (self->exchange, whole, strlen (whole));
    }
}

/* Once the message is out, stopping does not save us from having sent it: the server has a little
 * time left to answer for it. */
static gboolean
read_reply (RungsSmtpClient *self,
            RungsSmtpReply  *reply,
            GCancellable    *cancellable,
            GError         **error)
{
  gint64 now = g_get_monotonic_time ();
  gint64 deadline = self->connect_by != 0 ? self->connect_by : now + get_patience (self);
  g_autoptr (GError) cause = NULL;
  gboolean done = rungs_smtp_wire_read (self->wire, reply, deadline, cancellable, &cause);

  if (!done && self->is_out && rungs_error_is_cancelled (cause))
    {
      deadline = MIN (deadline, g_get_monotonic_time () + CANCEL_GRACE);
      done = rungs_smtp_wire_read (self->wire, reply, deadline, NULL, NULL);
    }
  if (!done)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  self->heard_at = g_get_monotonic_time ();
  note (self, reply->text->str);
  return TRUE;
}

/* Whether the reply, which was noted, is of the class that is hoped for. */
static gboolean
check_class (RungsSmtpClient *self,
             int              class,
             GError         **error)
{
  if (self->exchange->code / 100 == class)
    return TRUE;
  if (self->exchange->code >= 400)
    return fail (RUNGS_ERROR_FAILED, _ ("it refuses"), error);
  return fail (RUNGS_ERROR_INVALID, _ ("it answers what it was not asked"), error);
}

/* Says one line by itself and reads its reply. */
static gboolean
ask (RungsSmtpClient *self,
     const char      *line,
     RungsSmtpReply  *reply,
     GCancellable    *cancellable,
     GError         **error)
{
  return rungs_smtp_wire_write (self->wire, (const guint8 *) line, strlen (line),
                                get_patience (self), cancellable, error)
         && read_reply (self, reply, cancellable, error);
}

static gboolean
command (RungsSmtpClient *self,
         const char      *line,
         RungsSmtpReply  *reply,
         GCancellable    *cancellable,
         GError         **error)
{
  rungs_smtp_exchange_sent (self->exchange, line, strlen (line));
  return ask (self, line, reply, cancellable, error);
}

/* ---- being let in */

/* What is offered before TLS does not count after it. A server that knows no EHLO knows HELO. */
static gboolean
say_hello (RungsSmtpClient *self,
           GCancellable    *cancellable,
           GError         **error)
{
  const char *name = self->settings->ehlo_name;
  const char *us = name != NULL && rungs_smtp_is_safe_address (name) ? name : "localhost";
  g_autofree char *ehlo = g_strdup_printf ("EHLO %s\r\n", us);
  g_autofree char *helo = g_strdup_printf ("HELO %s\r\n", us);
  g_auto (RungsSmtpReply) reply = { 0 };

  self->offered = (RungsSmtpExtensions){ 0 };
  if (!command (self, ehlo, &reply, cancellable, error))
    return FALSE;
  if (reply.code / 100 == 2)
    rungs_smtp_extensions_parse (&self->offered, reply.text->str);
  if (reply.code / 100 != 5 || self->settings->security == RUNGS_SMTP_STARTTLS)
    return check_class (self, 2, error);
  rungs_smtp_reply_clear (&reply);
  return command (self, helo, &reply, cancellable, error) && check_class (self, 2, error);
}

static gboolean
start_tls (RungsSmtpClient *self,
           GCancellable    *cancellable,
           GError         **error)
{
  g_auto (RungsSmtpReply) reply = { 0 };

  if (!self->offered.starttls)
    return fail (RUNGS_ERROR_AUTH,
                 _ ("The mail server does not offer encryption, and without it nothing is sent."),
                 error);
  return command (self, "STARTTLS\r\n", &reply, cancellable, error) && check_class (self, 2, error)
         && rungs_smtp_wire_start_tls (self->wire, self->settings, self->connect_by, cancellable,
                                       error)
         && say_hello (self, cancellable, error);
}

static gboolean
sign_in (RungsSmtpClient *self,
         GCancellable    *cancellable,
         GError         **error)
{
  const char *way = rungs_smtp_sign_in_choose (self->settings->auth, &self->offered);
  int code = 334;

  if (self->settings->auth == RUNGS_SMTP_AUTH_NONE)
    return TRUE;
  if (way == NULL)
    return fail (RUNGS_ERROR_AUTH,
                 _ ("The mail server offers no way to sign in that Rungs knows."), error);
  for (guint n = 0; n < SIGN_IN_LINES && code == 334; n++)
    {
      char *line = rungs_smtp_sign_in_dup_line (self->settings, way, n);
      g_auto (RungsSmtpReply) reply = { 0 };
      gboolean answered;

      rungs_smtp_exchange_enter (self->exchange, RUNGS_SMTP_PHASE_AUTH);
      answered = ask (self, line, &reply, cancellable, error);
      rungs_smtp_sign_in_wipe (line);
      if (!answered)
        return FALSE;
      code = reply.code;
    }
  return check_class (self, 2, error);
}

static gboolean
be_let_in (RungsSmtpClient *self,
           GCancellable    *cancellable,
           GError         **error)
{
  g_auto (RungsSmtpReply) greeting = { 0 };
  RungsSmtpSecurity security = self->settings->security;

  if (security == RUNGS_SMTP_TLS
      && !rungs_smtp_wire_start_tls (self->wire, self->settings, self->connect_by, cancellable,
                                     error))
    return FALSE;
  return read_reply (self, &greeting, cancellable, error) && check_class (self, 2, error)
         && say_hello (self, cancellable, error)
         && (security != RUNGS_SMTP_STARTTLS || start_tls (self, cancellable, error))
         && sign_in (self, cancellable, error);
}

gboolean
rungs_smtp_client_connect (RungsSmtpClient *self,
                           GCancellable    *cancellable,
                           GError         **error)
{
  guint seconds = self->settings->connect_timeout ? self->settings->connect_timeout
                                                  : CONNECT_TIMEOUT;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);

  rungs_smtp_client_hang_up (self);
  self->is_out = FALSE;
  self->connect_by = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  self->wire = rungs_smtp_wire_open (self->settings, self->connect_by, cancellable, error);
  done = self->wire != NULL && be_let_in (self, cancellable, error);
  self->connect_by = 0;
  if (!done)
    rungs_smtp_client_hang_up (self);
  return done;
}

gboolean
rungs_smtp_client_is_connected (RungsSmtpClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->wire != NULL && !rungs_smtp_wire_is_quiet (self->wire))
    rungs_smtp_client_hang_up (self);
  return self->wire != NULL;
}

/* ---- a message */

/* Sends what was said. */
static gboolean
flush (RungsSmtpClient *self,
       GCancellable    *cancellable,
       GError         **error)
{
  if (rungs_smtp_wire_has_more (self->wire))
    return fail (RUNGS_ERROR_INVALID, _ ("it answers what it was not asked"), error);
  if (!rungs_smtp_wire_write (self->wire, self->out->data, self->out->len, get_patience (self),
                              cancellable, error))
    return FALSE;
  g_byte_array_set_size (self->out, 0);
  return TRUE;
}

/* Sends what was said, and reads the replies to it. */
static gboolean
settle (RungsSmtpClient *self,
        GCancellable    *cancellable,
        GError         **error)
{
  g_autofree char *line = NULL;

  if (!self->is_out && !flush (self, cancellable, error))
    return FALSE;
  while ((line = g_queue_pop_head (&self->said)) != NULL)
    {
      g_auto (RungsSmtpReply) reply = { 0 };

      rungs_smtp_exchange_sent (self->exchange, line, strlen (line));
      if (!read_reply (self, &reply, cancellable, error)
          || !check_class (self, strcmp (line, "DATA\r\n") == 0 ? 3 : 2, error))
        return FALSE;
      g_clear_pointer (&line, g_free);
    }
  return TRUE;
}

/* Says it, with others where the server allows that. Takes `line`. */
static gboolean
say (RungsSmtpClient *self,
     char            *line,
     GCancellable    *cancellable,
     GError         **error)
{
  g_byte_array_append (self->out, (const guint8 *) line, (guint) strlen (line));
  g_queue_push_tail (&self->said, line);
  return self->offered.pipelining || settle (self, cancellable, error);
}

static gboolean
is_ascii (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    if (data[i] >= 0x80)
      return FALSE;
  return TRUE;
}

static gboolean
needs_utf8 (const RungsEnvelope *envelope)
{
  return !g_str_is_ascii (envelope->from) || !g_str_is_ascii (envelope->to);
}

static char *
make_mail_line (RungsSmtpClient     *self,
                const RungsEnvelope *envelope,
                GBytes              *message)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "MAIL FROM:<%s>", envelope->from);
  if (self->offered.size)
    g_string_append_printf (line, " SIZE=%" G_GSIZE_FORMAT, g_bytes_get_size (message));
  if (self->offered.eight_bit && !is_ascii (message))
    g_string_append (line, " BODY=8BITMIME");
  if (needs_utf8 (envelope))
    g_string_append (line, " SMTPUTF8");
  g_string_append (line, "\r\n");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static gboolean
check_message (RungsSmtpClient     *self,
               const RungsEnvelope *envelope,
               GBytes              *message,
               GError             **error)
{
  if (needs_utf8 (envelope) && !self->offered.utf8)
    return fail (RUNGS_ERROR_CONFLICT,
                 _ ("The mail server cannot write to an address with such letters."), error);
  if (self->offered.most_bytes != 0 && g_bytes_get_size (message) > self->offered.most_bytes)
    return fail (RUNGS_ERROR_CONFLICT, _ ("The message is larger than the mail server takes."),
                 error);
  return TRUE;
}

/* Whether the message may go out before its recipient is accepted. */
static gboolean
may_go_unasked (RungsSmtpClient *self,
                GBytes          *message)
{
  return self->offered.pipelining && g_bytes_get_size (message) <= UNASKED_MOST
         && g_get_monotonic_time () - self->heard_at < SURE_FOR;
}

/* The end of a message; `line`, which is taken, is what the reply that decides answers. */
static gboolean
say_message (RungsSmtpClient *self,
             char            *line,
             GCancellable    *cancellable,
             GError         **error)
{
  g_queue_push_tail (&self->said, line);
  if (!flush (self, cancellable, error))
    return FALSE;
  self->is_out = TRUE;
  return settle (self, cancellable, error);
}

static gboolean
send_in_a_piece (RungsSmtpClient *self,
                 GBytes          *message,
                 GCancellable    *cancellable,
                 GError         **error)
{
  char *line = g_strdup_printf ("BDAT %" G_GSIZE_FORMAT " LAST\r\n", g_bytes_get_size (message));

  g_byte_array_append (self->out, (const guint8 *) line, (guint) strlen (line));
  g_byte_array_append (self->out, g_bytes_get_data (message, NULL),
                       (guint) g_bytes_get_size (message));
  return say_message (self, line, cancellable, error);
}

static gboolean
send_with_dots (RungsSmtpClient *self,
                GBytes          *message,
                GCancellable    *cancellable,
                GError         **error)
{
  if (!say (self, g_strdup ("DATA\r\n"), cancellable, error) || !settle (self, cancellable, error))
    return FALSE;
  rungs_smtp_exchange_enter (self->exchange, RUNGS_SMTP_PHASE_BODY);
  rungs_smtp_append_with_dots (self->out, message);
  return say_message (self, g_strdup (".\r\n"), cancellable, error);
}

static gboolean
say_all (RungsSmtpClient     *self,
         const RungsEnvelope *envelope,
         GBytes              *message,
         GCancellable        *cancellable,
         GError             **error)
{
  gboolean unasked = may_go_unasked (self, message);

  if (self->unsettled && !say (self, g_strdup ("RSET\r\n"), cancellable, error))
    return FALSE;
  if (!say (self, make_mail_line (self, envelope, message), cancellable, error)
      || !say (self, g_strdup_printf ("RCPT TO:<%s>\r\n", envelope->to), cancellable, error))
    return FALSE;
  if (!self->offered.chunking)
    return send_with_dots (self, message, cancellable, error);
  return (unasked || settle (self, cancellable, error))
         && send_in_a_piece (self, message, cancellable, error);
}

gboolean
rungs_smtp_client_send (RungsSmtpClient     *self,
                        const RungsEnvelope *envelope,
                        GBytes              *message,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_return_val_if_fail (self != NULL && self->wire != NULL, FALSE);

  self->is_out = FALSE;
  if (!check_message (self, envelope, message, error))
    return FALSE;
  if (say_all (self, envelope, message, cancellable, error))
    {
      self->unsettled = FALSE;
      return TRUE;
    }
  self->unsettled = TRUE;
  if (self->is_out && self->exchange->code < 400)
    rungs_smtp_exchange_enter (self->exchange, RUNGS_SMTP_PHASE_END);
  return FALSE;
}

/* ---- afterwards */

/* DATA was said together with what was refused: a server that lets it pass gets nothing, and the
 * end of it. */
static gboolean
end_data (RungsSmtpClient *self,
          gint64           deadline,
          GCancellable    *cancellable)
{
  g_auto (RungsSmtpReply) reply = { 0 };

  return rungs_smtp_wire_write (self->wire, (const guint8 *) ".\r\n", 3, GOODBYE_TIMEOUT,
                                cancellable, NULL)
         && rungs_smtp_wire_read (self->wire, &reply, deadline, cancellable, NULL);
}

void
rungs_smtp_client_recover (RungsSmtpClient *self,
                           GCancellable    *cancellable)
{
  gint64 deadline = g_get_monotonic_time () + get_patience (self);
  gboolean refused = self->exchange->code >= 400 && self->exchange->code != 421;

  g_return_if_fail (self != NULL);

  if (!refused && self->wire != NULL)
    rungs_smtp_client_hang_up (self);
  while (self->wire != NULL && !g_queue_is_empty (&self->said))
    {
      g_autofree char *line = g_queue_pop_head (&self->said);
      g_auto (RungsSmtpReply) reply = { 0 };

      if (!rungs_smtp_wire_read (self->wire, &reply, deadline, cancellable, NULL)
          || reply.code == 421
          || (reply.code == 354 && !end_data (self, deadline, cancellable)))
        rungs_smtp_client_hang_up (self);
    }
}

void
rungs_smtp_client_quit (RungsSmtpClient *self)
{
  g_auto (RungsSmtpReply) reply = { 0 };

  g_return_if_fail (self != NULL);

  if (self->wire == NULL)
    return;
  self->connect_by = g_get_monotonic_time () + GOODBYE_TIMEOUT;
  self->is_out = FALSE;
  if (command (self, "QUIT\r\n", &reply, NULL, NULL))
    rungs_smtp_wire_close (self->wire, self->connect_by);
  self->connect_by = 0;
  rungs_smtp_client_hang_up (self);
}
