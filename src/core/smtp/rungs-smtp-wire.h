/* rungs-smtp-wire.h: the bytes between us and a mail server, in the clear or by TLS. */

#pragma once

#include "smtp/rungs-smtp-reply.h"
#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/* All times are monotonic, in µs. All functions block; they end at the deadline (G_IO_ERROR
 * TIMED_OUT) and at once when they are cancelled (CANCELLED), after which reading can go on. */
typedef struct _RungsSmtpWire RungsSmtpWire;

/* Returns: (transfer full) (nullable): a connection, in the clear. */
RungsSmtpWire *rungs_smtp_wire_open (const RungsSmtpSettings *settings,
                                     gint64                   deadline,
                                     GCancellable            *cancellable,
                                     GError                 **error);

/* Closes it as it is, without a word. */
void rungs_smtp_wire_free (RungsSmtpWire *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSmtpWire, rungs_smtp_wire_free)

/* Goes over to TLS 1.2 or later, with a certificate that is good for the host. Errors: AUTH, with
 * words for the owner of the account: there is no safe connection to be had; and what was said in
 * the clear without being asked for is such a reason, too, since nobody knows who said it. */
gboolean rungs_smtp_wire_start_tls (RungsSmtpWire           *self,
                                    const RungsSmtpSettings *settings,
                                    gint64                   deadline,
                                    GCancellable            *cancellable,
                                    GError                 **error);

/* Writes all. `patience`: how long nothing may move. On error the last of the bytes has not gone
 * out. */
gboolean rungs_smtp_wire_write (RungsSmtpWire *self,
                                const guint8  *bytes,
                                gsize          length,
                                gint64         patience,
                                GCancellable  *cancellable,
                                GError       **error);

/* Reads the next reply into `reply`, which is empty. Further errors: RUNGS_ERROR INVALID. */
gboolean rungs_smtp_wire_read (RungsSmtpWire  *self,
                               RungsSmtpReply *reply,
                               gint64          deadline,
                               GCancellable   *cancellable,
                               GError        **error);

/* Whether a reply, or a part of one, has come that nobody has read. */
gboolean rungs_smtp_wire_has_more (RungsSmtpWire *self);

/* Whether it is open and the server has said nothing, as it should be between two messages;
 * does not wait. */
gboolean rungs_smtp_wire_is_quiet (RungsSmtpWire *self);

/* Closes it as TLS wants it, by `deadline`. */
void rungs_smtp_wire_close (RungsSmtpWire *self,
                            gint64         deadline);

G_END_DECLS
