/* rungs-web-endpoint-store.h: where deliveries come in, one for each form, shop or mail account. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* A row of the table `web_endpoint`. */
typedef struct
{
  gint64 id;
  char *uuid;     /* (owned) names its secrets in the keyring */
  char *name;     /* (owned) */
  char *provider; /* (owned) the key of a provider */
  char *path;     /* (owned) */
  gint64 source;  /* 0: none */
  char *form;     /* (owned) */
  char *wording;  /* (owned) */
  gint64 product; /* 0: none */
  char *shop;     /* (owned) */
  char *verify;   /* (owned) (nullable) JSON */
  char *mapping;  /* (owned) JSON */
  char *handshake; /* (owned) the word with which its provider asks whether it is ours; "" */
  gint64 created_at;
  gint64 retired_at; /* 0: in use */
} RungsWebEndpoint;

RungsWebEndpoint *rungs_web_endpoint_new (const char *name,
                                          const char *provider);
RungsWebEndpoint *rungs_web_endpoint_copy (const RungsWebEndpoint *self);
void rungs_web_endpoint_free (RungsWebEndpoint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebEndpoint, rungs_web_endpoint_free)

/* Stores a new one; makes its uuid, a word for the handshake where its provider wants one, and a
 * path that nobody can guess: "/in/PROVIDER-…" of 130 random bits. Returns: its id; 0 on error:
 * INVALID (no name; a provider that sends nothing; a mapping or way of signing that is none),
 * NOT_FOUND (no such provider), CONFLICT (the name is taken). */
gint64 rungs_web_endpoint_add (RungsDb           *db,
                               RungsWebEndpoint  *endpoint,
                               gint64             now,
                               GError           **error);

/* Stores all but uuid, path, provider and created_at. Errors: as above. */
gboolean rungs_web_endpoint_save (RungsDb                 *db,
                                  const RungsWebEndpoint  *endpoint,
                                  GError                 **error);

/* `at` 0 takes it into use again. */
gboolean rungs_web_endpoint_retire (RungsDb  *db,
                                    gint64    id,
                                    gint64    at,
                                    GError  **error);

/* Errors: NOT_FOUND. */
RungsWebEndpoint *rungs_web_endpoint_load (RungsDb  *db,
                                           gint64    id,
                                           GError  **error);
RungsWebEndpoint *rungs_web_endpoint_load_by_name (RungsDb     *db,
                                                   const char  *name,
                                                   GError     **error);

/* `id` (out): of the one at that path; 0: none. */
gboolean rungs_web_endpoint_find (RungsDb     *db,
                                  const char  *path,
                                  gint64      *id,
                                  GError     **error);

/* Returns: (transfer full) (element-type RungsWebEndpoint): all, by name, the retired ones last. */
GPtrArray *rungs_web_endpoint_list (RungsDb  *db,
                                    GError  **error);

/* Adds what the relay is told of them (wire/rungs-relay-protocol.h): "endpoints". */
gboolean rungs_web_endpoints_publish (RungsDb      *db,
                                      JsonBuilder  *builder,
                                      GError      **error);

G_END_DECLS
