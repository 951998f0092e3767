/* rungs-smtp-transport.c: hands messages to a mail server, by libcurl.
 *
 * libcurl tells only that something failed, not what the server said to which command. So what is
 * said is followed through its debug callback (our commands) and its header callback (the replies),
 * and where in the message we are through its read callback: it asks for more only after the last
 * bytes are on their way, and sends the final dot when there is no more. The exchange then judges.
 *
 * libcurl closes the connection after a refused recipient; the next message opens a new one. */

#include "mail/rungs-smtp-transport.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "mail/rungs-smtp-exchange.h"
#include "mail/rungs-smtp-safety.h"
#include "mail/rungs-smtp-trouble.h"

#define CONNECT_TIMEOUT 30
#define REPLY_TIMEOUT 300
#define FINAL_TIMEOUT 600
#define GOODBYE_TIMEOUT 2L
#define CANCEL_GRACE (3 * G_USEC_PER_SEC)

struct _RungsSmtpTransport
{
  RungsTransport parent_instance;

  RungsSmtpSettings *settings; /* (owned) */
  CURL *curl;                  /* (owned) (nullable) */
  char trouble[CURL_ERROR_SIZE];
  guint connections;
  gboolean connected; /* as far as we know */

  /* Of the message that is being handed over. */
  RungsSmtpExchange *exchange; /* (owned) */
  GCancellable *cancellable;   /* (unowned) (nullable) */
  const char *message;         /* (unowned) */
  gsize size;
  gsize given;          /* bytes that libcurl has taken */
  gint64 moved_at;      /* when something last moved, monotonic µs */
  gint64 cancelled_at;  /* 0: it was not */
  gboolean timed_out;
};

G_DEFINE_FINAL_TYPE (RungsSmtpTransport, rungs_smtp_transport, RUNGS_TYPE_TRANSPORT)

static void
init_curl (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      curl_global_init (CURL_GLOBAL_ALL);
      g_once_init_leave (&done, 1);
    }
}

/* ---- what libcurl asks and tells */

static size_t
message_read_cb (char  *buffer,
                 size_t size,
                 size_t n,
                 void  *user_data)
{
  RungsSmtpTransport *self = user_data;
  size_t length = MIN (size * n, self->size - self->given);
  RungsSmtpPhase phase = length > 0 ? RUNGS_SMTP_PHASE_BODY : RUNGS_SMTP_PHASE_END;

  if (self->exchange->phase != phase)
    rungs_smtp_exchange_enter (self->exchange, phase);
  memcpy (buffer, self->message + self->given, length);
  self->given += length;
  self->moved_at = g_get_monotonic_time ();
  return length;
}

static size_t
reply_received_cb (char  *line,
                   size_t size,
                   size_t n,
                   void  *user_data)
{
  RungsSmtpTransport *self = user_data;

  rungs_smtp_exchange_received (self->exchange, line, size * n);
  self->moved_at = g_get_monotonic_time ();
  return size * n;
}

/* Sees every command, passwords too: what is not the beginning of a command is not looked at. */
static int
command_sent_cb (CURL          *curl,
                 curl_infotype  type,
                 char          *data,
                 size_t         size,
                 void          *user_data)
{
  RungsSmtpTransport *self = user_data;

  if (type == CURLINFO_HEADER_OUT)
    {
      rungs_smtp_exchange_sent (self->exchange, data, size);
      self->moved_at = g_get_monotonic_time ();
    }
  return 0;
}

static gint64
get_patience (RungsSmtpTransport *self)
{
  guint seconds;

  if (self->exchange->phase == RUNGS_SMTP_PHASE_END)
    seconds = self->settings->final_timeout ? self->settings->final_timeout : FINAL_TIMEOUT;
  else
    seconds = self->settings->reply_timeout ? self->settings->reply_timeout : REPLY_TIMEOUT;
  return (gint64) seconds * G_USEC_PER_SEC;
}

/* Called by libcurl often while something moves, and about once a second while nothing does. */
static int
progress_made_cb (void      *user_data,
                  curl_off_t to_receive,
                  curl_off_t received,
                  curl_off_t to_send,
                  curl_off_t sent)
{
  RungsSmtpTransport *self = user_data;
  gint64 now = g_get_monotonic_time ();

  if (self->exchange->quitting)
    return now - self->moved_at > GOODBYE_TIMEOUT * G_USEC_PER_SEC;
  if (now - self->moved_at > get_patience (self))
    {
      self->timed_out = TRUE;
      return 1;
    }
  if (!g_cancellable_is_cancelled (self->cancellable))
    return 0;
  if (self->cancelled_at == 0)
    self->cancelled_at = now;
  return self->exchange->phase < RUNGS_SMTP_PHASE_END || now - self->cancelled_at >= CANCEL_GRACE;
}

/* ---- setting up */

static void
set_tls (RungsSmtpTransport *self)
{
  CURL *curl = self->curl;

  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    (long) (self->settings->security == RUNGS_SMTP_CLEAR ? CURLUSESSL_NONE
                                                                         : CURLUSESSL_ALL));
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (self->settings->ca_file != NULL && *self->settings->ca_file != '\0')
    {
      curl_easy_setopt (curl, CURLOPT_CAINFO, self->settings->ca_file);
      curl_easy_setopt (curl, CURLOPT_CAPATH, NULL);
    }
}

static void
set_sign_in (RungsSmtpTransport *self)
{
  static const char *const OPTIONS[] = {
    [RUNGS_SMTP_AUTH_AUTO] = "AUTH=PLAIN;AUTH=LOGIN",
    [RUNGS_SMTP_AUTH_PLAIN] = "AUTH=PLAIN",
    [RUNGS_SMTP_AUTH_LOGIN] = "AUTH=LOGIN",
    [RUNGS_SMTP_AUTH_XOAUTH2] = "AUTH=XOAUTH2",
  };
  const RungsSmtpSettings *settings = self->settings;

  if (settings->auth == RUNGS_SMTP_AUTH_NONE)
    return;

  curl_easy_setopt (self->curl, CURLOPT_LOGIN_OPTIONS, OPTIONS[settings->auth]);
  curl_easy_setopt (self->curl, CURLOPT_USERNAME, settings->username ? settings->username : "");
  if (settings->auth == RUNGS_SMTP_AUTH_XOAUTH2)
    curl_easy_setopt (self->curl, CURLOPT_XOAUTH2_BEARER, settings->password);
  else
    curl_easy_setopt (self->curl, CURLOPT_PASSWORD, settings->password);
}

static void
set_callbacks (RungsSmtpTransport *self)
{
  CURL *curl = self->curl;

  curl_easy_setopt (curl, CURLOPT_READFUNCTION, message_read_cb);
  curl_easy_setopt (curl, CURLOPT_READDATA, self);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, reply_received_cb);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, command_sent_cb);
  curl_easy_setopt (curl, CURLOPT_DEBUGDATA, self);
  curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, progress_made_cb);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, self);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, self->trouble);
}

/* smtp://HOST:PORT/EHLO-NAME */
static char *
make_url (const RungsSmtpSettings *settings)
{
  const char *name = settings->ehlo_name != NULL && *settings->ehlo_name != '\0'
                       ? settings->ehlo_name
                       : "localhost";
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  gboolean is_ipv6 = strchr (settings->host, ':') != NULL && settings->host[0] != '[';

  return g_strdup_printf ("%s://%s%s%s:%u/%s",
                          settings->security == RUNGS_SMTP_TLS ? "smtps" : "smtp",
                          is_ipv6 ? "[" : "", settings->host, is_ipv6 ? "]" : "",
                          rungs_smtp_settings_get_port (settings), escaped);
}

static void
set_up (RungsSmtpTransport *self)
{
  const RungsSmtpSettings *settings = self->settings;
  g_autofree char *url = make_url (settings);
  guint connect = settings->connect_timeout ? settings->connect_timeout : CONNECT_TIMEOUT;
  guint final = settings->final_timeout ? settings->final_timeout : FINAL_TIMEOUT;

  init_curl ();
  self->curl = curl_easy_init ();
  curl_easy_setopt (self->curl, CURLOPT_URL, url);
  curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (self->curl, CURLOPT_PROXY, "");
  curl_easy_setopt (self->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (self->curl, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (self->curl, CURLOPT_MAXCONNECTS, 1L);
  curl_easy_setopt (self->curl, CURLOPT_CONNECTTIMEOUT, (long) connect);
  /* Our own patience is shorter; libcurl's usual two minutes would cut off the final reply. */
  curl_easy_setopt (self->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long) final + 60);
  set_tls (self);
  set_sign_in (self);
  set_callbacks (self);
}

/* ---- one message */

/* A server can repeat in its refusal what it was told. */
static void
hide_password (RungsSmtpTransport *self,
               RungsDelivery      *delivery)
{
  const char *password = self->settings->password;

  if (password != NULL && *password != '\0' && strstr (delivery->reply, password) != NULL)
    {
      g_free (delivery->reply);
      delivery->reply = g_strdup (_ ("The mail server refused; its words are left out because they "
                                  "repeat the password."));
    }
}

/* Closes the connection without waiting for anything. libcurl would keep one whose last reply is
 * still to come, and take that for the reply to the next message's first command. */
static void
hang_up (RungsSmtpTransport *self)
{
  curl_socket_t socket = CURL_SOCKET_BAD;

  curl_easy_getinfo (self->curl, CURLINFO_ACTIVESOCKET, &socket);
  if (socket != CURL_SOCKET_BAD)
    shutdown (socket, SHUT_RDWR);
  g_clear_pointer (&self->curl, curl_easy_cleanup);
}

/* Performs what is set up, and judges how it ended. Returns how many connections it opened. */
static long
perform (RungsSmtpTransport *self,
         RungsDelivery      *delivery)
{
  g_autofree char *words = NULL;
  RungsSmtpBreak broke;
  CURLcode result;
  long opened = 0;

  rungs_smtp_exchange_begin (self->exchange);
  *self->trouble = '\0';
  self->given = 0;
  self->timed_out = FALSE;
  self->moved_at = g_get_monotonic_time ();

  result = curl_easy_perform (self->curl);
  curl_easy_getinfo (self->curl, CURLINFO_NUM_CONNECTS, &opened);
  self->connections += (guint) opened;

  broke = self->timed_out ? RUNGS_SMTP_BREAK_TIME
                          : rungs_smtp_trouble_classify (self->curl, result, self->exchange->phase,
                                                         self->cancelled_at != 0);
  if (result != CURLE_OK)
    words = rungs_smtp_trouble_tell (broke, result, self->exchange->phase,
                                     *self->trouble != '\0' ? self->trouble
                                                            : curl_easy_strerror (result));
  rungs_smtp_exchange_judge (self->exchange, broke, words, delivery);
  hide_password (self, delivery);
  self->connected = result == CURLE_OK;
  if (result != CURLE_OK && delivery->code == 0)
    hang_up (self);
  return opened;
}

/* Returns whether it was a connection of an earlier message that turned out to be gone. */
static gboolean
send_once (RungsSmtpTransport *self,
           const char         *from,
           struct curl_slist  *recipients,
           RungsDelivery      *delivery)
{
  long opened;

  if (self->curl == NULL)
    set_up (self);
  curl_easy_setopt (self->curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (self->curl, CURLOPT_MAIL_RCPT, recipients);
  opened = perform (self, delivery);
  return opened == 0 && delivery->outcome == RUNGS_DELIVERY_TEMPORARY
         && self->exchange->phase <= RUNGS_SMTP_PHASE_MAIL
         && (delivery->code == 0 || delivery->code == 421);
}

static void
hand_over (RungsSmtpTransport  *self,
           const RungsEnvelope *envelope,
           RungsDelivery       *delivery)
{
  g_autofree char *from = g_strdup_printf ("<%s>", envelope->from);
  g_autofree char *to = g_strdup_printf ("<%s>", envelope->to);
  struct curl_slist *recipients = curl_slist_append (NULL, to);

  if (send_once (self, from, recipients, delivery))
    {
      rungs_delivery_clear (delivery);
      send_once (self, from, recipients, delivery);
    }
  if (self->curl != NULL)
    curl_easy_setopt (self->curl, CURLOPT_MAIL_RCPT, NULL);
  curl_slist_free_all (recipients);
}

static void
refuse (RungsDelivery        *delivery,
        RungsDeliveryOutcome  outcome,
        const char           *why)
{
  delivery->outcome = outcome;
  delivery->reply = g_strdup (why);
}

static void
rungs_smtp_transport_send (RungsTransport      *transport,
                           const RungsEnvelope *envelope,
                           GBytes              *message,
                           GCancellable        *cancellable,
                           RungsDelivery       *delivery)
{
  RungsSmtpTransport *self = RUNGS_SMTP_TRANSPORT (transport);
  g_autoptr (GBytes) clean = NULL;
  const char *fault = rungs_smtp_settings_find_fault (self->settings);

  if (g_cancellable_is_cancelled (cancellable))
    return refuse (delivery, RUNGS_DELIVERY_CANCELLED, _ ("Sending was stopped."));
  if (fault != NULL)
    return refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE, fault);
  if (!rungs_smtp_is_safe_address (envelope->from))
    return refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE,
                   _ ("The sender's address is not one."));
  if (!rungs_smtp_is_safe_address (envelope->to))
    {
      delivery->address_is_bad = TRUE;
      return refuse (delivery, RUNGS_DELIVERY_PERMANENT, _ ("The recipient's address is not one."));
    }

  clean = rungs_smtp_with_line_ends (message);
  self->message = g_bytes_get_data (clean, &self->size);
  self->cancellable = cancellable;
  self->cancelled_at = 0;
  hand_over (self, envelope, delivery);
  self->message = NULL;
  self->cancellable = NULL;
}

/* libcurl connects only to do something, so it says NOOP.
 * A server that does not know NOOP has let us in all the same. */
static void
say_noop (RungsSmtpTransport *self,
          RungsDelivery      *delivery)
{
  if (self->curl == NULL)
    set_up (self);
  curl_easy_setopt (self->curl, CURLOPT_UPLOAD, 0L);
  curl_easy_setopt (self->curl, CURLOPT_NOBODY, 1L);
  curl_easy_setopt (self->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
  perform (self, delivery);
  if (self->exchange->phase == RUNGS_SMTP_PHASE_NOOP && self->exchange->code != 0
      && self->exchange->code / 100 != 4)
    {
      self->connected = TRUE;
      delivery->outcome = RUNGS_DELIVERY_ACCEPTED;
    }
  if (self->curl == NULL)
    return;
  curl_easy_setopt (self->curl, CURLOPT_CUSTOMREQUEST, NULL);
  curl_easy_setopt (self->curl, CURLOPT_NOBODY, 0L);
  curl_easy_setopt (self->curl, CURLOPT_UPLOAD, 1L);
}

static void
rungs_smtp_transport_connect (RungsTransport *transport,
                              GCancellable   *cancellable,
                              RungsDelivery  *delivery)
{
  RungsSmtpTransport *self = RUNGS_SMTP_TRANSPORT (transport);
  const char *fault = rungs_smtp_settings_find_fault (self->settings);

  if (self->connected)
    return;
  if (g_cancellable_is_cancelled (cancellable))
    return refuse (delivery, RUNGS_DELIVERY_CANCELLED, _ ("Sending was stopped."));
  if (fault != NULL)
    return refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE, fault);

  self->cancellable = cancellable;
  self->cancelled_at = 0;
  say_noop (self, delivery);
  self->cancellable = NULL;
}

static void
rungs_smtp_transport_disconnect (RungsTransport *transport)
{
  RungsSmtpTransport *self = RUNGS_SMTP_TRANSPORT (transport);

  if (self->curl != NULL)
    curl_easy_setopt (self->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, GOODBYE_TIMEOUT);
  g_clear_pointer (&self->curl, curl_easy_cleanup);
  self->connected = FALSE;
}

static void
rungs_smtp_transport_finalize (GObject *object)
{
  RungsSmtpTransport *self = RUNGS_SMTP_TRANSPORT (object);

  rungs_smtp_transport_disconnect (RUNGS_TRANSPORT (self));
  rungs_smtp_settings_free (self->settings);
  rungs_smtp_exchange_free (self->exchange);
  G_OBJECT_CLASS (rungs_smtp_transport_parent_class)->finalize (object);
}

static void
rungs_smtp_transport_class_init (RungsSmtpTransportClass *class)
{
  G_OBJECT_CLASS (class)->finalize = rungs_smtp_transport_finalize;
  RUNGS_TRANSPORT_CLASS (class)->send = rungs_smtp_transport_send;
  RUNGS_TRANSPORT_CLASS (class)->connect = rungs_smtp_transport_connect;
  RUNGS_TRANSPORT_CLASS (class)->disconnect = rungs_smtp_transport_disconnect;
}

static void
rungs_smtp_transport_init (RungsSmtpTransport *self)
{
  self->exchange = rungs_smtp_exchange_new ();
}

RungsTransport *
rungs_smtp_transport_new (const RungsSmtpSettings *settings)
{
  RungsSmtpTransport *self;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_SMTP_TRANSPORT, NULL);
  self->settings = rungs_smtp_settings_copy (settings);
  return RUNGS_TRANSPORT (self);
}

guint
rungs_smtp_transport_get_connections (RungsSmtpTransport *self)
{
  g_return_val_if_fail (RUNGS_IS_SMTP_TRANSPORT (self), 0);

  return self->connections;
}
