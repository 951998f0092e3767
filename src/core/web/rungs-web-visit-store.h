/* rungs-web-visit-store.h: how often pages were opened, by day, path, variant and source. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* So many visits of a kind; the texts are lent. */
typedef struct
{
  const char *day;     /* "2026-03-02" in the zone of the business */
  const char *path;    /* "/p/book" */
  const char *variant; /* "ppc", "email" or "" */
  const char *code;    /* of a source, or "" */
  gboolean machine;    /* these were no persons */
  gint64 n;
} RungsWebVisits;

/* Adds them. Where the day has `most` rows already, and this would be another one, as
 * "*". In a write transaction. */
gboolean rungs_web_visit_add (RungsDb               *db,
                              const RungsWebVisits  *visits,
                              guint                  most,
                              GError               **error);

/* What was opened in a time, or on a day of it. */
typedef struct
{
  char *day;     /* (owned): "" where all days are told together */
  char *path;    /* (owned) */
  char *variant; /* (owned) "" */
  char *code;    /* (owned) "" */
  gint64 visits;
  gint64 machines;
} RungsWebVisitRow;

void rungs_web_visit_row_free (RungsWebVisitRow *self);

/* Returns: (transfer full) (element-type RungsWebVisitRow): from the day `from` through the day
 * `through`, what was opened most first; `by_day`: each day apart, the newest first. */
GPtrArray *rungs_web_visit_list (RungsDb     *db,
                                 const char  *from,
                                 const char  *through,
                                 gboolean     by_day,
                                 GError     **error);

/* How often people opened the page of that path, in all. */
gboolean rungs_web_visit_sum (RungsDb     *db,
                              const char  *path,
                              gint64      *visits,
                              GError     **error);

/* `any` (out): whether anything was ever opened. */
gboolean rungs_web_visit_is_any (RungsDb   *db,
                                 gboolean  *any,
                                 GError   **error);

G_END_DECLS
