/* rungs-touch-store.h: each arrival of a lead from a source, by a path. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-source-store.h"

G_BEGIN_DECLS

/**
 * RungsPath:
 * @RUNGS_PATH_OPT_IN: gave an address, then was written to: the relationship path
 * @RUNGS_PATH_DIRECT: straight to a sales letter
 */
typedef enum
{
  RUNGS_PATH_OPT_IN,
  RUNGS_PATH_DIRECT,
  RUNGS_PATH_PHONE,
  RUNGS_PATH_IN_PERSON,
} RungsPath;

/* "opt-in", "direct", "phone", "in person". */
const char *rungs_path_to_text (RungsPath path);
gboolean rungs_path_from_text (const char *text,
                               RungsPath  *path);

typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 source;
  RungsSourceKind source_kind;
  char *source_name; /* (owned) */
  RungsPath path;
  gint64 at;
  char *detail; /* (owned) page, coupon, number: what told us */
  gint64 run;   /* the import that wrote it; 0: none */
  gint64 letter; /* the sales letter it led to; 0: none, or it is not known */
} RungsTouch;

void rungs_touch_free (RungsTouch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTouch, rungs_touch_free)

/* Adds the event touch.made. `detail` may be NULL. Returns: the id; 0 on error. */
gint64 rungs_touch_add (RungsDb     *db,
                        gint64       lead,
                        gint64       source,
                        RungsPath    path,
                        gint64       at,
                        const char  *detail,
                        GError     **error);

/* `known` (out): whether the lead has one of that source at that instant. */
gboolean rungs_touch_is_known (RungsDb   *db,
                               gint64     lead,
                               gint64     source,
                               gint64     at,
                               gboolean  *known,
                               GError   **error);

/* Says to which sales letter the touch led; 0: to none. Errors: NOT_FOUND, CONFLICT (no such
 * letter). */
gboolean rungs_touch_set_letter (RungsDb  *db,
                                 gint64    touch,
                                 gint64    letter,
                                 GError  **error);

/* Returns: (transfer full) (element-type RungsTouch): those of a lead, the first one first. */
GPtrArray *rungs_touch_list (RungsDb  *db,
                             gint64    lead,
                             GError  **error);

/* Returns: (transfer full) (element-type RungsTouch): the newest of a source, up to `limit`. */
GPtrArray *rungs_touch_list_of_source (RungsDb  *db,
                                       gint64    source,
                                       guint     limit,
                                       GError  **error);

/* `n` (out): how many a source has. */
gboolean rungs_touch_count_of_source (RungsDb  *db,
                                      gint64    source,
                                      gint64   *n,
                                      GError  **error);

G_END_DECLS
