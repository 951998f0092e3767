/* rungs-random-ladder.h: offers between the products of a random world, by chance. */

#pragma once

#include "rungs-random-world.h"

G_BEGIN_DECLS

/* Makes offers, with all that can be said of one, and has sequences sell. After
 * rungs_random_world(). In a write transaction. */
void rungs_random_ladder (RungsFixture *self);

/* Changes something about the ladder; nothing tells of it but what the file notes by itself. In a
 * write transaction. */
void rungs_random_ladder_change (RungsFixture *self);

G_END_DECLS
