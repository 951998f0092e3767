/* rungs-random-world.h: leads with all that rules can ask about, and rules, by chance. */

#pragma once

#include <json-glib/json-glib.h>

#include "rungs-fixture.h"

G_BEGIN_DECLS

/* Fills the file. In a write transaction. All chance is g_test_rand_int()'s: a failure comes
 * back with the seed that the test prints. */
void rungs_random_world (RungsFixture *self,
                         guint         leads);

/* Something happens to the lead, with an event about it. In a write transaction. */
void rungs_random_change (RungsFixture *self,
                          gint64        lead);

/* A rule of at most `depth` levels of groups. Its segments may be about others only where
 * `segments` says so. */
JsonNode *rungs_random_rule (gint64   now,
                             guint    depth,
                             gboolean segments);

/* A number from `from` up to and without `to`; whether something with that many chances in a
 * hundred happens. */
int rungs_chance (int from,
                  int to);
gboolean rungs_happens (int percent);

G_END_DECLS
