/* rungs-web-apply.h: does what deliveries say. */

#pragma once

#include "web/rungs-web-delivery-store.h"

G_BEGIN_DECLS

/* Lends what deliveries are checked with: to be called without a transaction.
 *
 * `secrets`: those of the endpoint. Returns: (transfer full) (nullable): NULL-terminated; NULL with
 * AUTH where the keyring does not give them. `certificate`: what stands at that address, in PEM.
 * Returns: (transfer full) (nullable): NULL with an error where it cannot be fetched. Both may be
 * NULL: then nothing is known. */
typedef struct
{
  char **(*secrets) (const RungsWebEndpoint  *endpoint,
                     gpointer                 data,
                     GError                 **error);
  char *(*certificate) (const char  *address,
                        gpointer     data,
                        GError     **error);
  gpointer data;
} RungsWebKeys;

typedef struct
{
  guint limit;    /* (in) of how many to look at; 0: all */
  guint looked;   /* at so many */
  gint64 applied;
  gint64 ignored;
  gint64 quarantined;
  gint64 waiting; /* for their orders, or the network */
} RungsWebResult;

/* Looks at those that wait, each in a transaction of its own, until none is left that can be ended;
 * what one order brings, those that waited for it bring too. Outside of a transaction. Errors:
 * BUSY, DAMAGED, FAILED: the rest waits. */
gboolean rungs_web_apply_all (RungsDb             *db,
                              const RungsWebKeys  *keys,
                              gint64               now,
                              RungsWebResult      *result,
                              GError             **error);

G_END_DECLS
