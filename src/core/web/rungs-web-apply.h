/* rungs-web-apply.h: does what deliveries say. */

#pragma once

#include "web/rungs-web-delivery-store.h"
#include "wire/rungs-blanks.h"
#include "wire/rungs-provider.h"

G_BEGIN_DECLS

/* Lends what deliveries are checked with: to be called without a transaction.
 *
 * `secrets`: those of the endpoint. Returns: (transfer full) (nullable): NULL-terminated; NULL
 * with AUTH where there are none, with LOCKED where the keyring does not give them now: then it
 * waits. `certificate`: what stands at that address, in PEM. Returns: (transfer full) (nullable):
 * NULL with an error where it cannot be fetched. `fetch`, `visit`: for web/rungs-web-before.h; the
 * answer in UTF-8. All may be NULL: then nothing is known. */
typedef struct
{
  char **(*secrets) (const RungsWebEndpoint  *endpoint,
                     gpointer                 data,
                     GError                 **error);
  char *(*certificate) (const char  *address,
                        gpointer     data,
                        GError     **error);
  char *(*fetch) (const RungsWebEndpoint  *endpoint,
                  JsonObject              *rule,
                  const RungsBlanks       *blanks,
                  gpointer                 data,
                  GError                 **error);
  gboolean (*visit) (const char  *address,
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

/* Looks at those that wait, some in a transaction, until none is left that can be ended; what one
 * order brings, those that waited for it bring too. Judges clicks then. Outside of a transaction.
 * Errors: BUSY, DAMAGED, FAILED: the rest waits. */
gboolean rungs_web_apply_all (RungsDb             *db,
                              const RungsWebKeys  *keys,
                              gint64               now,
                              RungsWebResult      *result,
                              GError             **error);

/* A delivery that has this header is one of our own (rungs-web-trial.h): where it is believed, what
 * it says is done and taken back at once. */
#define RUNGS_WEB_TRIAL_HEADER "X-Rungs-Trial"

/* Looks at what became of a delivery, before it is taken back. */
typedef gboolean (*RungsWebLookFunc) (RungsDb   *db,
                                      gint64     delivery,
                                      gpointer   data,
                                      GError   **error);

/* Does what `raw` says, as if it had come to `endpoint`, which need not be stored as it is, by what
 * `provider` says; it need not be signed, and may have come before. Calls `look`, and takes all of
 * it back. In a write transaction. */
gboolean rungs_web_apply_rehearse (RungsDb                 *db,
                                   const RungsRawDelivery  *raw,
                                   const RungsWebEndpoint  *endpoint,
                                   RungsProvider           *provider,
                                   gint64                   now,
                                   RungsWebLookFunc         look,
                                   gpointer                 data,
                                   GError                 **error);

G_END_DECLS
