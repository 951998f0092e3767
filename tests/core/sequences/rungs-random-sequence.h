/* rungs-random-sequence.h: sequences of steps of all kinds, by chance. */

#pragma once

#include "rungs-fixture.h"

G_BEGIN_DECLS

/* Adds a sequence "S0", "S1", … by its number, and starts it. Leads enter it by one of the tags
 * "t0" to "t2", and reach its goal by "t0" to "t7"; it sends messages of "M0", "M1", …, of which
 * there must be so many, and may sell "BOOK". Graphs with steps that cannot be reached are refused:
 * another one is tried. */
void rungs_random_sequence_add (RungsFixture *fixture,
                                GRand        *rand,
                                int           number,
                                int           messages);

G_END_DECLS
