/* rungs-broadcast-store.h: reads and writes broadcasts, and how far each has got. All that writes
 * is called in a write transaction. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-broadcast.h"

G_BEGIN_DECLS

/* Stores a draft: a new one where its id is 0, else that one. Errors: INVALID (no name; a rule that
 * is wrong; one subject, or more than four, or one that cannot be merged; a share out of its
 * bounds; several subjects without a share to try them on), CONFLICT (the name is taken; it is no
 * draft any more), NOT_FOUND (also of the message or product). */
gboolean rungs_broadcast_save (RungsDb         *db,
                               RungsBroadcast  *broadcast,
                               gint64           now,
                               GError         **error);

/* Errors: NOT_FOUND; CONFLICT where it is no draft: what was sent is kept. */
gboolean rungs_broadcast_remove (RungsDb  *db,
                                 gint64    broadcast,
                                 GError  **error);

/* Errors: NOT_FOUND. */
RungsBroadcast *rungs_broadcast_load (RungsDb  *db,
                                      gint64    id,
                                      GError  **error);
RungsBroadcast *rungs_broadcast_load_by_name (RungsDb     *db,
                                              const char  *name,
                                              GError     **error);

/* The name of the broadcast that a message of the outbox belongs to; NULL without an error where it
 * belongs to none. FALSE where the file cannot be read. */
gboolean rungs_broadcast_name_of_mail (RungsDb  *db,
                                       gint64    outbox,
                                       char    **name,
                                       GError  **error);

/* Returns: (transfer full) (element-type RungsBroadcast): all, the newest first. */
GPtrArray *rungs_broadcast_list (RungsDb  *db,
                                 GError  **error);

/* How far it has got, in leads. */
typedef struct
{
  gint64 audience;   /* for whom the rule held */
  gint64 left_out;   /* of them: see rungs_broadcast_reasons() */
  gint64 held;       /* get nothing, to measure against */
  gint64 waiting;    /* get it yet: not in the outbox, or waiting there */
  gint64 sent;
  gint64 withheld;   /* a check said no when it was to leave */
  gint64 failed;
  gint64 doubt;
  gint64 bounced;    /* of those sent or failed: the address does not exist */
  gint64 complained;
} RungsBroadcastProgress;

gboolean rungs_broadcast_progress (RungsDb                 *db,
                                   gint64                   broadcast,
                                   RungsBroadcastProgress  *progress,
                                   GError                 **error);

/* Why leads did not get it, and how many each. */
typedef struct
{
  char *reason;   /* (owned) one of mail/rungs-outbox.h */
  gboolean later; /* it was found out when the message was to leave */
  gint64 leads;
} RungsBroadcastReason;

void rungs_broadcast_reason_free (RungsBroadcastReason *self);

/* Returns: (transfer full) (element-type RungsBroadcastReason): the commonest first. */
GPtrArray *rungs_broadcast_reasons (RungsDb  *db,
                                    gint64    broadcast,
                                    GError  **error);

/* Broadcasts that wait for a person: paused by themselves, or with subjects that are too close.
 * Returns: (transfer full) (element-type RungsBroadcast): the longest first. */
GPtrArray *rungs_broadcast_list_asking (RungsDb  *db,
                                        GError  **error);

G_END_DECLS
