/* rungs-web-source-link-store.h: links that tell a source (leads/rungs-source-link-store.h), with
 * where they are reached and what came by them. */

#pragma once

#include "leads/rungs-source-link-store.h"
#include "leads/rungs-source-store.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSourceLink *link; /* (owned) */
  RungsSourceKind kind;  /* of the source */
  char *name;            /* (owned): of the source */
  char *address;         /* (owned): "https://relay.example/r/sue"; "/r/sue" without a relay */
  gint64 visits;         /* how often people followed it */
  gint64 machines;       /* and machines */
  char *last_day;        /* (owned): when people did last, "2026-03-02"; "" */
  gint64 leads;          /* with a touch of the source */
} RungsWebSourceLink;

void rungs_web_source_link_free (RungsWebSourceLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebSourceLink, rungs_web_source_link_free)

/* Returns: (transfer full) (element-type RungsWebSourceLink): those of sources in use, by code. */
GPtrArray *rungs_web_source_link_list (RungsDb  *db,
                                       GError  **error);

/* Returns: (transfer full): the link of a source. Errors: NOT_FOUND, it has none. */
RungsWebSourceLink *rungs_web_source_link_load (RungsDb  *db,
                                                gint64    source,
                                                GError  **error);

G_END_DECLS
