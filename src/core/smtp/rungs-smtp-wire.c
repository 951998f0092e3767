/* rungs-smtp-wire.c: the bytes between us and a mail server, in the clear or by TLS.
 *
 * Reading and writing never block in the stream, only in waiting for its socket: so the time that
 * they may take is kept to exactly, and cancelling leaves the stream as it was. */

#include "smtp/rungs-smtp-wire.h"

#include <glib/gi18n.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "base/rungs-error.h"
#include "smtp/rungs-trusted-file.h"

#define PIECE 16384 /* as much as a record of TLS holds */

struct _RungsSmtpWire
{
  GSocketConnection *connection; /* (owned) what it all began with */
  GSocket *socket;               /* (unowned) */
  GIOStream *stream;             /* (owned) the connection, or TLS over it */
  RungsSmtpReplyReader *reader;  /* (owned) */
  GTlsCertificateFlags faults;   /* of the server's certificate */
};

static guint
seconds_until (gint64 deadline)
{
  gint64 left = deadline - g_get_monotonic_time ();

  return left <= G_USEC_PER_SEC ? 1 : (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

RungsSmtpWire *
rungs_smtp_wire_open (const RungsSmtpSettings *settings,
                      gint64                   deadline,
                      GCancellable            *cancellable,
                      GError                 **error)
{
  g_autofree char *host = g_strdup (settings->host);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  RungsSmtpWire *self;

  if (*host == '[' && g_str_has_suffix (host, "]"))
    {
      host[strlen (host) - 1] = '\0';
      memmove (host, host + 1, strlen (host));
    }
  address = g_network_address_new (host, (guint16) rungs_smtp_settings_get_port (settings));
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, seconds_until (deadline));
  connection = g_socket_client_connect (client, address, cancellable, error);
  if (connection == NULL)
    return NULL;

  self = g_new0 (RungsSmtpWire, 1);
  self->socket = g_socket_connection_get_socket (connection);
  self->stream = g_object_ref (G_IO_STREAM (connection));
  self->connection = g_steal_pointer (&connection);
  self->reader = rungs_smtp_reply_reader_new ();
  g_socket_set_timeout (self->socket, 0);
  g_socket_set_keepalive (self->socket, TRUE);
  g_socket_set_option (self->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  return self;
}

void
rungs_smtp_wire_free (RungsSmtpWire *self)
{
  if (self == NULL)
    return;

  g_socket_close (self->socket, NULL);
  g_object_unref (self->stream);
  g_object_unref (self->connection);
  rungs_smtp_reply_reader_free (self->reader);
  g_free (self);
}

/* ---- TLS */

static gboolean
certificate_refused_cb (GTlsConnection      *tls,
                        GTlsCertificate     *certificate,
                        GTlsCertificateFlags faults,
                        gpointer             user_data)
{
  RungsSmtpWire *self = user_data;

  self->faults = faults;
  return FALSE;
}

static const char *
describe_faults (GTlsCertificateFlags faults)
{
  if (faults & G_TLS_CERTIFICATE_EXPIRED)
    return _ ("it has expired");
  if (faults & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _ ("it is not valid yet");
  if (faults & G_TLS_CERTIFICATE_REVOKED)
    return _ ("it was called back");
  if (faults & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _ ("it is for a server of another name");
  if (faults & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _ ("nobody whom this computer trusts vouches for it");
  return _ ("it is not safe enough");
}

/* Takes `cause`. A line that broke is none of the server's doing. */
static gboolean
fail_tls (RungsSmtpWire *self,
          GError        *cause,
          GError       **error)
{
  g_autoptr (GError) owned = cause;

  if (self->faults != 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                 _ ("The mail server's certificate cannot be trusted: %s"),
                 describe_faults (self->faults));
  else if (owned->domain == G_TLS_ERROR && owned->code != G_TLS_ERROR_EOF)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                 _ ("A safe connection to the mail server cannot be made: %s"), owned->message);
  else
    g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

static gboolean
trust (GIOStream  *tls,
       const char *ca_file,
       GError    **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;

  if (ca_file == NULL || *ca_file == '\0')
    return TRUE;
  trusted = rungs_trusted_file_open (ca_file, &cause);
  if (trusted == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                   _ ("A safe connection to the mail server cannot be made: %s"), cause->message);
      return FALSE;
    }
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), trusted);
  return TRUE;
}

static gboolean
shake_hands (RungsSmtpWire *self,
             GIOStream     *tls,
             gint64         deadline,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GError) cause = NULL;
  gulong handler = g_signal_connect (tls, "accept-certificate",
                                     G_CALLBACK (certificate_refused_cb), self);
  gboolean done;

  g_socket_set_timeout (self->socket, seconds_until (deadline));
  done = g_tls_connection_handshake (G_TLS_CONNECTION (tls), cancellable, &cause);
  g_socket_set_timeout (self->socket, 0);
  g_signal_handler_disconnect (tls, handler);
  if (!done)
    return fail_tls (self, g_steal_pointer (&cause), error);
  if (g_tls_connection_get_protocol_version (G_TLS_CONNECTION (tls))
      >= G_TLS_PROTOCOL_VERSION_TLS_1_2)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
               _ ("A safe connection to the mail server cannot be made: %s"),
               _ ("it only knows encryption that is no longer safe"));
  return FALSE;
}

gboolean
rungs_smtp_wire_start_tls (RungsSmtpWire           *self,
                           const RungsSmtpSettings *settings,
                           gint64                   deadline,
                           GCancellable            *cancellable,
                           GError                 **error)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (settings->host, 0);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GIOStream) tls = NULL;

  g_return_val_if_fail (self != NULL && self->stream == G_IO_STREAM (self->connection), FALSE);

  if (rungs_smtp_wire_has_more (self))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                   _ ("A safe connection to the mail server cannot be made: %s"),
                   _ ("somebody speaks in its name before it is encrypted"));
      return FALSE;
    }
  tls = g_tls_client_connection_new (self->stream, identity, &cause);
  if (tls == NULL)
    return fail_tls (self, g_steal_pointer (&cause), error);
  if (!trust (tls, settings->ca_file, error)
      || !shake_hands (self, tls, deadline, cancellable, error))
    return FALSE;
  g_set_object (&self->stream, tls);
  return TRUE;
}

/* ---- bytes */

static gboolean
wait_for (RungsSmtpWire *self,
          GIOCondition   condition,
          gint64         deadline,
          GCancellable  *cancellable,
          GError       **error)
{
  gint64 left = deadline - g_get_monotonic_time ();

  if (left > 0)
    return g_socket_condition_timed_wait (self->socket, condition, left, cancellable, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "timed out");
  return FALSE;
}

gboolean
rungs_smtp_wire_write (RungsSmtpWire *self,
                       const guint8  *bytes,
                       gsize          length,
                       gint64         patience,
                       GCancellable  *cancellable,
                       GError       **error)
{
  GPollableOutputStream *out;
  gsize done = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
  while (done < length)
    {
      g_autoptr (GError) cause = NULL;
      gssize n = g_pollable_output_stream_write_nonblocking (
          out, bytes + done, MIN (length - done, PIECE), NULL, &cause);

      if (n >= 0)
        done += (gsize) n;
      else if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      else if (!wait_for (self, G_IO_OUT, g_get_monotonic_time () + patience, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* What has come, into the reader. Returns whether something had: else G_IO_ERROR WOULD_BLOCK. */
static gboolean
receive (RungsSmtpWire *self,
         GError       **error)
{
  GPollableInputStream *in
    = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  guint8 bytes[4096];
  gssize n = g_pollable_input_stream_read_nonblocking (in, bytes, sizeof bytes, NULL, error);

  if (n > 0)
    rungs_smtp_reply_reader_feed (self->reader, bytes, (gsize) n);
  else if (n == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                         _ ("it has closed the connection"));
  return n > 0;
}

gboolean
rungs_smtp_wire_read (RungsSmtpWire  *self,
                      RungsSmtpReply *reply,
                      gint64          deadline,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_return_val_if_fail (self != NULL && reply != NULL, FALSE);

  for (;;)
    {
      g_autoptr (GError) cause = NULL;

      if (rungs_smtp_reply_reader_next (self->reader, reply, &cause))
        return TRUE;
      if (cause == NULL && receive (self, &cause))
        continue;
      if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (!wait_for (self, G_IO_IN, deadline, cancellable, error))
        return FALSE;
    }
}

gboolean
rungs_smtp_wire_has_more (RungsSmtpWire *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return rungs_smtp_reply_reader_has_more (self->reader);
}

gboolean
rungs_smtp_wire_is_quiet (RungsSmtpWire *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  return !rungs_smtp_wire_has_more (self) && !receive (self, &error)
         && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

void
rungs_smtp_wire_close (RungsSmtpWire *self,
                       gint64         deadline)
{
  g_return_if_fail (self != NULL);

  g_socket_set_timeout (self->socket, seconds_until (deadline));
  g_io_stream_close (self->stream, NULL, NULL);
}
