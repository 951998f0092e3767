/* rungs-relay-house.h: what the parts of a relay share. Read this first.
 *
 * The main thread speaks with the network and keeps this; the thread of the file
 * (rungs-relay-file.h) alone reads and writes what must last. */

#pragma once

#include <libsoup/soup.h>

#include "base/rungs-clock.h"
#include "rungs-relay-file.h"
#include "rungs-relay-gate.h"
#include "rungs-relay-letter.h"
#include "rungs-relay-meter.h"
#include "rungs-relay-partners.h"
#include "rungs-relay-postman.h"
#include "rungs-relay-published.h"
#include "rungs-relay-store.h"
#include "rungs-relay-visits.h"

G_BEGIN_DECLS

/* How a relay is to be. */
typedef struct
{
  const char *folder;      /* where its file is */
  const char *address;     /* "0.0.0.0:8080", "[::]:443": where it is reached */
  const char *certificate; /* (nullable): PEM, with the chain; it is read again when it changes */
  const char *private_key; /* (nullable): PEM */
  gboolean is_behind_proxy; /* X-Forwarded-For of a proxy on this machine is believed */
  guint per_second;        /* requests of one address that are let in; 0: any number */
  gint64 room;             /* bytes that may wait for the desktop */
  RungsRelayLimits limits;
} RungsRelayOptions;

/* What has been done since the start. */
typedef struct
{
  guint64 stored;    /* deliveries */
  guint64 taken;     /* times the desktop has taken some */
  guint64 unknown;   /* requests for what is not there */
  guint64 too_large;
  guint64 too_many;  /* refused, as one address asks too often */
  guint64 full;      /* refused, as there is no room */
  guint64 failed;    /* refused, as the disk did not take it */
  guint64 forms;     /* submissions kept */
  guint64 proves;    /* of which one was asked to press a button first */
  guint64 suspects;  /* submissions kept whose trap was filled in */
  guint64 limited;   /* submissions refused, as of one address there were too many */
  guint64 clicks;
  guint64 unsubscribes;
  guint64 confirms;
  guint64 arrivals;  /* by links of sources */
  guint64 visits;    /* of pages */
  guint64 letters;   /* that ask to confirm an address, by ourselves */
} RungsRelayCounts;

typedef struct
{
  RungsRelayOptions options;
  RungsClock *clock;               /* (owned) */
  RungsRelayFile *file;            /* (owned) */
  char *uuid;                      /* (owned) */
  char *key;                       /* (owned): SHA-256 of the desktop's; "": it has none yet */
  GPtrArray *seals;                /* (owned): the key of what the relay itself signs */
  RungsRelayMeter *meter;          /* (owned) (nullable): of who asks; NULL: there is no limit */
  RungsRelayPublished *published;  /* (owned) */
  RungsRelayPartners *partners;    /* (owned): their private pages */
  RungsRelayLetters *letters;      /* (owned): what asks people to confirm their address */
  RungsRelayPostman *postman;      /* (owned) (nullable): while the relay runs */
  RungsRelayWaiting waiting;       /* for the desktop */
  RungsRelayCounts counts;
  gsize unwritten;                 /* bytes on their way to the disk */
  RungsRelayVisits *visits;        /* (owned): not kept yet */
  GQueue polls;                    /* of rungs-relay-desk-handler.c: requests that wait for a
                                    * delivery */
  gboolean is_closing;             /* the file takes no more work */
} RungsRelayHouse;

/* Whether nothing can be done any more; the message has been answered then. */
gboolean rungs_relay_house_is_closing (RungsRelayHouse   *self,
                                       SoupServerMessage *message);

/* Whether this address has not asked too often; else it has been answered. */
gboolean rungs_relay_house_may_ask (RungsRelayHouse   *self,
                                    SoupServerMessage *message);

/* Whether all that is sent is encrypted, by the relay or the proxy before it. */
gboolean rungs_relay_house_is_encrypted (const RungsRelayHouse *self);

/* By what one who asks is told from others: behind a proxy, what that says. */
char *rungs_relay_house_host_of (RungsRelayHouse   *self,
                                 SoupServerMessage *message);

/* Returns: (transfer full): the address itself, "" where it is not known. */
char *rungs_relay_house_address_of (RungsRelayHouse   *self,
                                    SoupServerMessage *message);

G_END_DECLS
