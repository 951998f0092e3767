/* rungs-broadcast-load.h: what the window shows of broadcasts and does with them, for the threads
 * of the store. */

#pragma once

#include "db/rungs-store.h"
#include "insights/rungs-broadcast-results-store.h"
#include "mail/rungs-broadcast-check.h"
#include "mail/rungs-broadcast-store.h"

G_BEGIN_DECLS

/* A row of the list. */
typedef struct
{
  RungsBroadcast *broadcast; /* (owned) */
  RungsBroadcastProgress progress;
} RungsBroadcastRow;

void rungs_broadcast_row_free (RungsBroadcastRow *self);

RungsBroadcastRow *rungs_broadcast_row_load (RungsDb  *db,
                                             gint64    id,
                                             GError  **error);

/* All that is shown of one. */
typedef struct
{
  RungsBroadcastRow *row;         /* (owned) */
  char *audience;                 /* (owned) its rule in words */
  GPtrArray *reasons;             /* (owned) (element-type RungsBroadcastReason) */
  GPtrArray *findings;            /* (owned) (nullable) (element-type RungsFinding): of a draft */
  RungsBroadcastResults *results; /* (owned) (nullable): once its audience is fixed */
} RungsBroadcastDetails;

void rungs_broadcast_details_free (RungsBroadcastDetails *self);

/* RungsStoreFuncs; `data` is a gint64 *, the id. */
gpointer rungs_broadcast_details_load (RungsDb       *db,
                                       gpointer       data,
                                       GCancellable  *cancellable,
                                       GError       **error);

/* Returns: a RungsChecked (rungs-check-list.h): what is found before it is sent. */
gpointer rungs_broadcast_checked_load (RungsDb       *db,
                                       gpointer       data,
                                       GCancellable  *cancellable,
                                       GError       **error);

/* They return a gint64 *, the id. */
gpointer rungs_broadcast_do_send (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);
gpointer rungs_broadcast_do_unsend (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gpointer rungs_broadcast_do_pause (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);
gpointer rungs_broadcast_do_resume (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gpointer rungs_broadcast_do_cancel (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gpointer rungs_broadcast_do_remove (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* `data` is a RungsBroadcast; one whose id is 0 is added. */
gpointer rungs_broadcast_do_save (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* `data` is a gint64[2]: the id, and the number of the subject. */
gpointer rungs_broadcast_do_choose (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
