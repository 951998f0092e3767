/* rungs-web-list-store.h: finds the deliveries that a browser shows, and what they brought. */

#pragma once

#include "web/rungs-web-delivery-store.h"

G_BEGIN_DECLS

typedef struct
{
  int state;       /* a RungsWebState; below 0: any */
  gint64 endpoint; /* 0: any */
  char *words;     /* (owned) (nullable) */
  gboolean rising; /* the oldest first */
  guint limit;     /* 0: all */
} RungsWebQuery;

RungsWebQuery *rungs_web_query_copy (const RungsWebQuery *self);
void rungs_web_query_free (RungsWebQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebQuery, rungs_web_query_free)

/* The ids of those that are found, in the order in which they were taken. Words are looked for in
 * the lead, the endpoint's name, the kind, the reason and the provider's number; of those that
 * wait for a person, in what was sent as well. */
GArray *rungs_web_delivery_find (RungsDb              *db,
                                 const RungsWebQuery  *query,
                                 GError              **error);

/* What a delivery wrote into a field of its lead. */
typedef struct
{
  char *field; /* (owned) a column of lead, or "field:KEY" */
  char *value; /* (owned) */
} RungsWebValue;

/* Returns: (transfer full) (element-type RungsWebValue). */
GPtrArray *rungs_web_delivery_values (RungsDb  *db,
                                      gint64    delivery,
                                      GError  **error);

/* The words that its lead agreed to by it. Returns: (transfer full): "" where it proves no consent;
 * NULL on error. */
char *rungs_web_delivery_dup_consent (RungsDb  *db,
                                      gint64    delivery,
                                      GError  **error);

/* How much has come to an endpoint. */
typedef struct
{
  gint64 endpoint;
  gint64 all;
  gint64 quarantined;
  gint64 last_at; /* when the last one was received; 0: none */
} RungsWebTally;

/* Returns: (transfer full) (element-type RungsWebTally): of the endpoints to which something
 * came. */
GPtrArray *rungs_web_delivery_tally (RungsDb  *db,
                                     GError  **error);

/* Puts one that somebody said is nothing back into quarantine, with the reason that it had. In a
 * write transaction. Errors: NOT_FOUND; CONFLICT where it is not ignored. */
gboolean rungs_web_delivery_take_back (RungsDb     *db,
                                       gint64       id,
                                       const char  *reason,
                                       GError     **error);

/* Finds the newest one at that path with `mark` in its headers. `id` (out): 0: there is none. */
gboolean rungs_web_delivery_find_marked (RungsDb     *db,
                                         const char  *path,
                                         const char  *mark,
                                         gint64      *id,
                                         GError     **error);

/* Forgets a delivery that did nothing. In a write transaction. */
gboolean rungs_web_delivery_forget (RungsDb  *db,
                                    gint64    id,
                                    GError  **error);

G_END_DECLS
