/* rungs-holiday-store.h: the days on which no marketing leaves. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-holiday.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type RungsHoliday): in order, from the day `from` on ("…":
 * YYYY-MM-DD; NULL: all). */
GPtrArray *rungs_holiday_list (RungsDb     *db,
                               const char  *from,
                               GError     **error);

/* Returns: (transfer full) (element-type guint guint): those days as a set of their numbers
 * (g_date_get_julian()); NULL on error. */
GHashTable *rungs_holiday_load_set (RungsDb     *db,
                                    const char  *from,
                                    GError     **error);

/* Adds the day; one that is there already gets the name. `added` (nullable) is FALSE then. Errors:
 * INVALID (no day). */
gboolean rungs_holiday_add (RungsDb     *db,
                            const char  *day,
                            const char  *name,
                            gboolean    *added,
                            GError     **error);

/* Adds those of a country in a year (rungs_holidays_of_country()); days that are there keep their
 * names. `added` counts the others. Errors: INVALID (unknown country, or no such year). */
gboolean rungs_holiday_add_country (RungsDb     *db,
                                    const char  *code,
                                    int          year,
                                    gint64      *added,
                                    GError     **error);

/* Errors: NOT_FOUND. */
gboolean rungs_holiday_remove (RungsDb     *db,
                               const char  *day,
                               GError     **error);

G_END_DECLS
