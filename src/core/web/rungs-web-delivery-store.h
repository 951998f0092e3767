/* rungs-web-delivery-store.h: deliveries: kept raw before all else, then believed or not, read, and
 * done, each in one transaction.
 *
 *   - The same number of a provider at the same endpoint counts once, for ever.
 *   - Nothing depends on the order of arrival: money that is given back waits for its order, and of
 *     two forms of a person the one that was filled in later counts.
 *   - What cannot be believed or understood goes into quarantine, with the reason, and nothing
 *     of it is done. It is done once more (replayed) when the secret or the mapping was mended.
 *   - The raw bytes stay, until a person they are about is erased. */

#pragma once

#include "db/rungs-db.h"
#include "web/rungs-web-endpoint-store.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_WEB_WAITING,
  RUNGS_WEB_APPLIED,
  RUNGS_WEB_IGNORED,
  RUNGS_WEB_QUARANTINE,
} RungsWebState;

#define RUNGS_WEB_STATES (RUNGS_WEB_QUARANTINE + 1)

/* "waiting", "applied", "ignored", "quarantine". */
const char *rungs_web_state_to_text (RungsWebState state);
gboolean rungs_web_state_from_text (const char    *text,
                                    RungsWebState *state);

/* A row of the table `web_delivery`. */
typedef struct
{
  gint64 id;
  gint64 endpoint;     /* 0: nothing of ours is at its path */
  char *endpoint_name; /* (owned) "" */
  RungsWebState state;
  char *reason;        /* (owned) for people; "" */
  char *kind;          /* (owned) what the provider calls it; "" */
  gint64 lead;         /* 0: nobody, or several */
  char *lead_name;     /* (owned) or the address; "" */
  gint64 received_at;
  gint64 taken_at;
  gint64 ended_at;     /* 0: not yet */
  gboolean pulled;     /* we asked for it */
} RungsWebDelivery;

void rungs_web_delivery_free (RungsWebDelivery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebDelivery, rungs_web_delivery_free)

/* Keeps a delivery, and does nothing else with it. `origin` (nullable): what names it where it was
 * received; one of a name that is known is not kept twice. In a write transaction. Returns: its id;
 * 0 on error. */
gint64 rungs_web_delivery_take (RungsDb                 *db,
                                const RungsRawDelivery  *raw,
                                const char              *origin,
                                gint64                   now,
                                GError                 **error);

/* Errors: NOT_FOUND. */
RungsWebDelivery *rungs_web_delivery_load (RungsDb  *db,
                                           gint64    id,
                                           GError  **error);

/* Errors: NOT_FOUND, also where the bytes are gone. */
RungsRawDelivery *rungs_web_delivery_load_raw (RungsDb  *db,
                                               gint64    id,
                                               GError  **error);

/* Returns: (transfer full) (element-type RungsWebDelivery): up to `limit` in that state (below 0:
 * in any), of that endpoint (0: of any), the newest first. */
GPtrArray *rungs_web_delivery_list (RungsDb  *db,
                                    int       state,
                                    gint64    endpoint,
                                    guint     limit,
                                    GError  **error);

/* How many are in each state. */
gboolean rungs_web_delivery_count (RungsDb  *db,
                                   gint64    counts[RUNGS_WEB_STATES],
                                   GError  **error);

/* Lets one of the quarantine be looked at again. In a write transaction. Errors: NOT_FOUND;
 * CONFLICT where it is in none. */
gboolean rungs_web_delivery_replay (RungsDb  *db,
                                    gint64    id,
                                    GError  **error);

/* The same for all of them, of that endpoint (0: of any). */
gboolean rungs_web_delivery_replay_all (RungsDb  *db,
                                        gint64    endpoint,
                                        gint64   *count,
                                        GError  **error);

/* Says that one of the quarantine is nothing. Errors: as above. */
gboolean rungs_web_delivery_dismiss (RungsDb  *db,
                                     gint64    id,
                                     gint64    now,
                                     GError  **error);

/* ---- for rungs-web-apply.c */

/* Ids of those that are to be looked at, the oldest first, after `after`. */
GArray *rungs_web_delivery_due (RungsDb  *db,
                                gint64    after,
                                guint     limit,
                                GError  **error);

/* Ends one. `key` (nullable): what tells it from others. */
gboolean rungs_web_delivery_end (RungsDb        *db,
                                 gint64          id,
                                 RungsWebState   state,
                                 const char     *key,
                                 const char     *kind,
                                 gint64          lead,
                                 const char     *reason,
                                 gint64          now,
                                 GError        **error);

/* Stores the headers anew: one of ours was added. */
gboolean rungs_web_delivery_save_headers (RungsDb                 *db,
                                          gint64                   id,
                                          const RungsRawDelivery  *raw,
                                          GError                 **error);

/* Says of one that waits why it does. */
gboolean rungs_web_delivery_note (RungsDb     *db,
                                  gint64       id,
                                  const char  *reason,
                                  GError     **error);

/* `known` (out): whether another of the endpoint has that key. */
gboolean rungs_web_delivery_is_known (RungsDb     *db,
                                      gint64       endpoint,
                                      const char  *key,
                                      gboolean    *known,
                                      GError     **error);

/* Lets it wait until one of the orders is there. */
gboolean rungs_web_delivery_wait (RungsDb     *db,
                                  gint64       id,
                                  const char  *seller,
                                  GPtrArray   *references,
                                  GError     **error);

G_END_DECLS
