/* rungs-watched-store.h: the segments that are watched, and who came to each and went; for
 * rungs-segments-follow-store.c and rungs-segments-turn-store.c.
 *
 * The leads that something may have changed the answer about are "dirty": rows of the temporary
 * table segment_dirty, which is there after rungs_watched_make_tables(). */

#pragma once

#include "db/rungs-db.h"
#include "segments/rungs-rule.h"

G_BEGIN_DECLS

/* A watched segment with its rule, resolved, and the statements that ask it about a few. */
typedef struct
{
  gint64 id;
  gint64 looked_at;
  RungsRule *rule;  /* (owned) */
  const char *came; /* interned */
  const char *went; /* interned */
} RungsWatched;

/* `segment` 0: all that are watched, which the connection keeps. Returns: (transfer full)
 * (element-type RungsWatched). A segment whose rule cannot be understood, which only another
 * program can have written, is left out. */
GPtrArray *rungs_watched_load (RungsDb  *db,
                               gint64    segment,
                               GError  **error);

/* Runs a constant statement that has no parameters, such as one about the temporary tables. */
gboolean rungs_watched_run (RungsDb     *db,
                            const char  *sql,
                            GError     **error);

/* Makes the temporary tables; nobody is dirty then. */
gboolean rungs_watched_make_tables (RungsDb  *db,
                                    GError  **error);
gboolean rungs_watched_clear_dirty (RungsDb  *db,
                                    GError  **error);
gboolean rungs_watched_count_dirty (RungsDb  *db,
                                    gint64   *dirty,
                                    GError  **error);

/* Asks the rule about those who are dirty, of whom there are so many (G_MAXINT64: about all), and
 * writes down who came and went. */
gboolean rungs_watched_compare (RungsDb       *db,
                                RungsWatched  *watched,
                                gint64         dirty,
                                gint64         now,
                                GError       **error);

/* Writes down that what time changes has been followed until `now`. */
gboolean rungs_watched_look (RungsDb       *db,
                             RungsWatched  *watched,
                             gint64         now,
                             GError       **error);

G_END_DECLS
