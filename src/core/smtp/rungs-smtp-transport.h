/* rungs-smtp-transport.h: hands messages to a mail server (RFC 5321, 6409). */

#pragma once

#include "smtp/rungs-smtp-settings.h"
#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SMTP_TRANSPORT (rungs_smtp_transport_get_type ())

G_DECLARE_FINAL_TYPE (RungsSmtpTransport, rungs_smtp_transport, RUNGS, SMTP_TRANSPORT,
                      RungsTransport)

/* `settings` are copied. Nothing is connected before the first message.
 *
 * Cancelling is noticed at once; where the final dot has gone out, the server is
 * given three seconds more to answer for the message. */
RungsTransport *rungs_smtp_transport_new (const RungsSmtpSettings *settings);

/* How many connections it has opened so far. */
guint rungs_smtp_transport_get_connections (RungsSmtpTransport *self);

G_END_DECLS
