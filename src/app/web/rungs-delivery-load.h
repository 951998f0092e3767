/* rungs-delivery-load.h: what is shown and done of deliveries, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "web/rungs-web-content.h"
#include "web/rungs-web-deed.h"
#include "web/rungs-web-list-store.h"

G_BEGIN_DECLS

/* All that is known of one. */
typedef struct
{
  RungsWebDelivery *delivery; /* (owned) */
  RungsWebEndpoint *endpoint; /* (owned) (nullable) */
  char *provider;             /* (owned) what it calls itself; "" */
  RungsRawDelivery *raw;      /* (owned) (nullable): NULL where its bytes are gone */
  RungsWebContent *content;   /* (owned) (nullable): of `raw` */
  GPtrArray *deeds;           /* (owned) (nullable): (element-type RungsWebDeed) what it says */
  GPtrArray *values;          /* (owned) (element-type RungsWebValue): what it wrote */
  char *consent;              /* (owned) "" where it proves none */
} RungsDeliveryDetails;

void rungs_delivery_details_free (RungsDeliveryDetails *self);

/* `data` is a gint64 *, the id. Returns: a RungsDeliveryDetails. */
gpointer rungs_delivery_load_details (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

/* What somebody said to be nothing, with what that takes to be taken back. */
typedef struct
{
  gint64 id;
  char *reason; /* (owned) */
} RungsDismissed;

/* `data` is a GArray of ids; those that are not in quarantine are left alone. Returns: (transfer
 * full) (element-type RungsDismissed): a GPtrArray of those that are nothing now. */
gpointer rungs_delivery_do_dismiss (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* `data` is what the above returned. */
gpointer rungs_delivery_undo_dismiss (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
