/* rungs-smtp-client.h: speaks to one mail server by one connection (RFC 5321).
 * Part of rungs-smtp-transport.c. */

#pragma once

#include "smtp/rungs-smtp-exchange.h"
#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

typedef struct _RungsSmtpClient RungsSmtpClient;

/* What is said is noted in `exchange`. Both are borrowed and must live longer. */
RungsSmtpClient *rungs_smtp_client_new (const RungsSmtpSettings *settings,
                                        RungsSmtpExchange       *exchange);

/* Hangs up where there is a connection. */
void rungs_smtp_client_free (RungsSmtpClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSmtpClient, rungs_smtp_client_free)

/* Connects, goes over to TLS and signs in, as the settings say. Errors, here and below: what
 * rungs_smtp_trouble_classify() knows; where the server refused, the exchange has its reply. */
gboolean rungs_smtp_client_connect (RungsSmtpClient *self,
                                    GCancellable    *cancellable,
                                    GError         **error);

/* Whether there is a connection that the server has not closed; does not wait. */
gboolean rungs_smtp_client_is_connected (RungsSmtpClient *self);

/* Hands over a message whose lines all end in CR LF. Where it fails, the exchange is in the phase
 * that decides: END only if the message may have been accepted. Errors: also RUNGS_ERROR CONFLICT,
 * with words: the server cannot take this message, and was not asked. */
gboolean rungs_smtp_client_send (RungsSmtpClient     *self,
                                 const RungsEnvelope *envelope,
                                 GBytes              *message,
                                 GCancellable        *cancellable,
                                 GError             **error);

/* Brings the connection into order after a send that failed, or hangs up where that cannot be. */
void rungs_smtp_client_recover (RungsSmtpClient *self,
                                GCancellable    *cancellable);

/* Closes the connection as it is. */
void rungs_smtp_client_hang_up (RungsSmtpClient *self);

/* Says goodbye and closes it. */
void rungs_smtp_client_quit (RungsSmtpClient *self);

G_END_DECLS
