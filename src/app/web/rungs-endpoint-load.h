/* rungs-endpoint-load.h: what is shown and done of endpoints, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "web/rungs-web-list-store.h"

G_BEGIN_DECLS

/* One in the list. */
typedef struct
{
  RungsWebEndpoint *endpoint; /* (owned) */
  char *provider;             /* (owned) what it calls itself */
  char *source;               /* (owned) "": none */
  RungsWebTally tally;
} RungsEndpointRow;

void rungs_endpoint_row_free (RungsEndpointRow *self);

/* Returns: (transfer full): what a provider calls itself; its key where its file is gone. */
char *rungs_endpoint_provider_name (const char *key);

/* All that is known of one. */
typedef struct
{
  RungsEndpointRow *row; /* (owned) */
  char *address;         /* (owned) whole, where a relay is paired; else its path */
  gboolean is_reachable; /* a relay is paired */
  char *product;         /* (owned) "": none */
  gboolean can_be_asked; /* its provider's file says how */
  gboolean is_asked;     /* … and a person said that it is to be */
  gint64 asked_at;       /* 0: never */
  gint64 ask_next_at;    /* 0: never */
  char *ask_trouble;     /* (owned) (nullable) */
} RungsEndpointDetails;

void rungs_endpoint_details_free (RungsEndpointDetails *self);

/* `data` is a gint64 *, the id. Returns: a RungsEndpointDetails. */
gpointer rungs_endpoint_load_details (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

/* `data` is a gint64 *. Takes an endpoint out of use, or into it again. */
gpointer rungs_endpoint_do_retire (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);
gpointer rungs_endpoint_undo_retire (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

G_END_DECLS
