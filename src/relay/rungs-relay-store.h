/* rungs-relay-store.h: what stands in the file of a relay: deliveries that wait for the desktop,
 * and a few settings. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* The tables of data/relay/schema. */
const RungsSchema *rungs_relay_schema (void);

/* Keeps a delivery in the form of wire/rungs-raw-delivery.h. */
gboolean rungs_relay_delivery_put (RungsDb  *db,
                                   GBytes   *raw,
                                   gint64    now,
                                   GError  **error);

/* Adds those after `after` to `answer` as the protocol frames them, the oldest first, until it
 * holds `most` bytes or more. */
gboolean rungs_relay_delivery_read (RungsDb     *db,
                                    gint64       after,
                                    gsize        most,
                                    GByteArray  *answer,
                                    GError     **error);

/* Forgets those up to and with `through`. */
gboolean rungs_relay_delivery_forget (RungsDb  *db,
                                      gint64    through,
                                      GError  **error);

/* What waits. */
typedef struct
{
  gint64 count;
  gint64 bytes;
  gint64 oldest_at; /* 0: nothing waits */
} RungsRelayWaiting;

gboolean rungs_relay_waiting_load (RungsDb            *db,
                                   RungsRelayWaiting  *waiting,
                                   GError            **error);

/* Returns: (transfer full) (nullable): NULL with NOT_FOUND where it was never set. */
char *rungs_relay_setting_load (RungsDb     *db,
                                const char  *name,
                                GError     **error);

/* `value` (nullable): NULL forgets it. */
gboolean rungs_relay_setting_save (RungsDb     *db,
                                   const char  *name,
                                   const char  *value,
                                   GError     **error);

G_END_DECLS
