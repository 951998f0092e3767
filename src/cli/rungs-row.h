/* rungs-row.h: one thing that a command shows, as the JSON object that --json prints.
 *
 * Keys are lower case with underscores and stay as they are from release to release; keys may be
 * added. Money is {"minor": 4900, "currency": "EUR"}, an instant is RFC 3339 in UTC, what is not
 * there is null. */

#pragma once

#include <json-glib/json-glib.h>

#include "base/rungs-money.h"

G_BEGIN_DECLS

JsonObject *rungs_row_new (void);

/* NULL becomes null. */
void rungs_row_set_text (JsonObject *row,
                         const char *key,
                         const char *text);
void rungs_row_set_number (JsonObject *row,
                           const char *key,
                           gint64      number);

/* An id or an instant: 0 becomes null. */
void rungs_row_set_id (JsonObject *row,
                       const char *key,
                       gint64      id);
void rungs_row_set_time (JsonObject *row,
                         const char *key,
                         gint64      instant);
void rungs_row_set_flag (JsonObject *row,
                         const char *key,
                         gboolean    flag);
void rungs_row_set_money (JsonObject *row,
                          const char *key,
                          RungsMoney  money);

/* An array of money, one for each currency. */
void rungs_row_set_monies (JsonObject *row,
                           const char *key,
                           GArray     *monies);

/* Makes an empty array under `key`. Returns: (transfer none). */
JsonArray *rungs_row_set_array (JsonObject *row,
                                const char *key);

/* A JSON text as it stands in the file; as a string where it is none. */
void rungs_row_set_json (JsonObject *row,
                         const char *key,
                         const char *json);

G_END_DECLS
