/* rungs-web-relay.h: takes what waits at the relay (wire/rungs-relay-protocol.h) into the file.
 *
 * A delivery and the cursor behind it are written in one transaction, and the relay is told
 * afterwards: whatever breaks off, each is in the file once. Blocks; on a worker thread, without a
 * transaction. Errors: NETWORK, AUTH (the relay does not know us, or is another one), INVALID (an
 * address that may not be asked, an answer that is none), those of the file, and
 * G_IO_ERROR_CANCELLED. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "web/rungs-web-relay-store.h"

G_BEGIN_DECLS

/* What a pairing brings. */
typedef struct
{
  char *uuid;    /* (owned) */
  char *address; /* (owned): as it is stored */
  char *key;     /* (owned): for the keyring */
} RungsWebPairing;

void rungs_web_pairing_clear (RungsWebPairing *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsWebPairing, rungs_web_pairing_clear)

/* Tells the relay at `address` ("relay.example", "https://relay.example/") the code that it shows.
 * `ca_file` may be "". Errors: as above; AUTH where the code is wrong. */
gboolean rungs_web_relay_pair (const char       *address,
                               const char       *ca_file,
                               const char       *code,
                               GCancellable     *cancellable,
                               RungsWebPairing  *pairing,
                               GError          **error);

/* What the relay says of itself. */
typedef struct
{
  gint64 waiting;
  gint64 bytes;
  gint64 oldest_at; /* 0: nothing waits */
  char *version;    /* (owned) */
  gboolean has_mail; /* it has an account by which it sends, and its password */
  gboolean has_partners; /* the private pages of partners stand there as they are */
} RungsWebRelayHealth;

void rungs_web_relay_health_clear (RungsWebRelayHealth *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsWebRelayHealth, rungs_web_relay_health_clear)

/* A connection with the relay; of one thread. */
typedef struct _RungsWebRelayLine RungsWebRelayLine;

RungsWebRelayLine *rungs_web_relay_line_new (const RungsWebRelay *relay,
                                             const char          *key);
void rungs_web_relay_line_free (RungsWebRelayLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebRelayLine, rungs_web_relay_line_free)

/* By what the relay is to send: rungs_web_relay_mail_dup(); "": by nothing; NULL: as it does. It is
 * told by the next rungs_web_relay_line_greet(). `mail` (transfer full) (nullable). */
void rungs_web_relay_line_set_mail (RungsWebRelayLine *self,
                                    char              *mail);

/* Asks how it is, and puts up our endpoints where it has others. */
gboolean rungs_web_relay_line_greet (RungsWebRelayLine    *self,
                                     RungsDb              *db,
                                     GCancellable         *cancellable,
                                     RungsWebRelayHealth  *health,
                                     GError              **error);

/* Takes all that waits; where there is nothing, waits so many seconds for the next one. `taken`
 * (out): how many. They are in the file, and not yet looked at. */
gboolean rungs_web_relay_line_take (RungsWebRelayLine  *self,
                                    RungsDb            *db,
                                    RungsClock         *clock,
                                    guint               wait,
                                    GCancellable       *cancellable,
                                    gint64             *taken,
                                    GError            **error);

G_END_DECLS
