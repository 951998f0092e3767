/* rungs-naive-rule.h: says of one lead whether a rule holds, by reading all there is and looking.
 *
 * It is written only for the tests, from what the language promises and not from how it is
 * compiled: plain loops in C over all rows of all tables, no SQL but SELECT *. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsNaiveWorld RungsNaiveWorld;

/* All that the file holds. */
RungsNaiveWorld *rungs_naive_world_load (RungsDb *db);
void rungs_naive_world_free (RungsNaiveWorld *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNaiveWorld, rungs_naive_world_free)

/* Whether the rule holds for the lead at `now`, in the zone of the business. */
gboolean rungs_naive_matches (RungsNaiveWorld *world,
                              JsonNode        *rule,
                              gint64           lead,
                              gint64           now);

G_END_DECLS
