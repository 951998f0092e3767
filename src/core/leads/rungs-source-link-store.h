/* rungs-source-link-store.h: links of our own that lead somewhere, and tell which source whoever
 * follows them comes from: https://RELAY/r/CODE. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

#define RUNGS_SOURCE_LINK_DAYS 30
#define RUNGS_SOURCE_LINK_DAYS_MOST 400
#define RUNGS_SOURCE_CODE_MOST 64

typedef struct
{
  gint64 source;
  char *code;     /* (owned): 1 to 64 of A-Z, a-z, 0-9, - and _; of one source only */
  char *target;   /* (owned): where it leads */
  char *remember; /* (owned): "first", "last", "both", "": which source a form then tells of */
  gint64 days;    /* so long that is remembered */
} RungsSourceLink;

RungsSourceLink *rungs_source_link_new (gint64      source,
                                        const char *code,
                                        const char *target);
void rungs_source_link_free (RungsSourceLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSourceLink, rungs_source_link_free)

/* The link of its source from now on. Errors: INVALID (no code, no address, no such way to
 * remember), CONFLICT (another source has the code). */
gboolean rungs_source_link_save (RungsDb                *db,
                                 const RungsSourceLink  *link,
                                 GError                **error);

/* Errors: NOT_FOUND, it has none. */
gboolean rungs_source_link_remove (RungsDb  *db,
                                   gint64    source,
                                   GError  **error);

/* Returns: (transfer full) (element-type RungsSourceLink): those of sources in use, by code. */
GPtrArray *rungs_source_link_list (RungsDb  *db,
                                   GError  **error);

/* `source` (out): whose code that is, in use or not; 0: nobody's. */
gboolean rungs_source_find_by_code (RungsDb     *db,
                                    const char  *code,
                                    gint64      *source,
                                    GError     **error);

G_END_DECLS
