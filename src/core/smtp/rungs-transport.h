/* rungs-transport.h: a way out for messages. Read this first in smtp/, and to add another
 * one.
 *
 * A transport belongs to one thread and keeps at most one connection, which it uses again for the
 * next message. It never decides what happens to a message afterwards: it tells what became of it,
 * and the outbox acts on that. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RungsDeliveryOutcome:
 * @RUNGS_DELIVERY_ACCEPTED: the other side answers for the message from now on
 * @RUNGS_DELIVERY_TEMPORARY: not accepted; trying again later may help
 * @RUNGS_DELIVERY_PERMANENT: not accepted, and never will be as it is
 * @RUNGS_DELIVERY_IN_DOUBT: the whole message may have gone out and no answer came: it may have
 *   been accepted or not (RFC 1047)
 * @RUNGS_DELIVERY_ACCOUNT_TROUBLE: not accepted, for a reason that a person must mend and that
 *   every message would meet: a refused password, a bad certificate, a folder that cannot be
 *   written
 * @RUNGS_DELIVERY_CANCELLED: stopped by us before it could be accepted
 */
typedef enum
{
  RUNGS_DELIVERY_ACCEPTED,
  RUNGS_DELIVERY_TEMPORARY,
  RUNGS_DELIVERY_PERMANENT,
  RUNGS_DELIVERY_IN_DOUBT,
  RUNGS_DELIVERY_ACCOUNT_TROUBLE,
  RUNGS_DELIVERY_CANCELLED,
} RungsDeliveryOutcome;

/* What became of one message. */
typedef struct
{
  RungsDeliveryOutcome outcome;
  int code;                /* of the SMTP reply that decided; 0: there was none */
  gboolean address_is_bad; /* PERMANENT: it is the recipient's address that does not exist */
  gboolean server_is_away; /* TEMPORARY: the server, not the message; so would the next one */
  gint64 wait;             /* TEMPORARY: milliseconds that it asks us to wait; 0: not told */
  char *id;    /* (owned) (nullable): ACCEPTED: what the other side calls it, where it has a name of
                * its own for it: a Message-ID without < >, or what stands before its @ */
  char *reply; /* (owned): the server's last words, or ours; one line of UTF-8 */
} RungsDelivery;

/* Frees what the delivery holds and makes it empty. */
void rungs_delivery_clear (RungsDelivery *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsDelivery, rungs_delivery_clear)

/* "accepted", "in doubt", …: for logs and tests. */
const char *rungs_delivery_outcome_get_name (RungsDeliveryOutcome outcome);

/* Any bytes as one line of UTF-8 of at most `limit` bytes, without control characters. */
char *rungs_transport_clean_line (const char *bytes,
                                  gssize      length,
                                  gsize       limit);

/* Addresses as SMTP wants them (rungs_email_for_smtp()), without < >. */
typedef struct
{
  const char *from;
  const char *to;
  const char *message_id; /* without < > */
  gboolean again; /* it was tried before, under the same Message-ID */
} RungsEnvelope;

#define RUNGS_TYPE_TRANSPORT (rungs_transport_get_type ())

G_DECLARE_DERIVABLE_TYPE (RungsTransport, rungs_transport, RUNGS, TRANSPORT, GObject)

struct _RungsTransportClass
{
  GObjectClass parent_class;

  void (*send) (RungsTransport      *self,
                const RungsEnvelope *envelope,
                GBytes              *message,
                GCancellable        *cancellable,
                RungsDelivery       *delivery);
  void (*connect) (RungsTransport *self,
                   GCancellable   *cancellable,
                   RungsDelivery  *delivery);
  void (*disconnect) (RungsTransport *self);
  gboolean (*recall) (RungsTransport *self,
                      const char     *message_id,
                      GCancellable   *cancellable);
};

/* Makes the connection, with all that comes before the first message, where there is none; blocks.
 * `delivery` tells ACCEPTED where a message can be sent next, else why not,
 * as it would for a message. */
void rungs_transport_connect (RungsTransport *self,
                              GCancellable   *cancellable,
                              RungsDelivery  *delivery);

/* Hands over one message (RFC 5322, lines ending in CR LF) and blocks until it is known what became
 * of it; `delivery` is filled in every case. */
void rungs_transport_send (RungsTransport      *self,
                           const RungsEnvelope *envelope,
                           GBytes              *message,
                           GCancellable        *cancellable,
                           RungsDelivery       *delivery);

/* Whether the other side has a message with that Message-ID among what it has sent. FALSE: it has
 * not, or it cannot be asked. Blocks. */
gboolean rungs_transport_recall (RungsTransport *self,
                                 const char     *message_id,
                                 GCancellable   *cancellable);

/* Says goodbye to the server, if there is a connection; the next message opens another. */
void rungs_transport_disconnect (RungsTransport *self);

G_END_DECLS
