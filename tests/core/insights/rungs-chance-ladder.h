/* rungs-chance-ladder.h: a business by chance, whose figures are held against naive counting. */

#pragma once

#include "rungs-fixture.h"

G_BEGIN_DECLS

/* Sources (1, 2, 5, 9, 11 and 12), products (2, 3, 5 and 8), sequences (1 and 4), and the partners
 * whose sources 9 and 11 are (1 and 2). */
void rungs_chance_add_catalogue (RungsFixture *f);

/* What was spent on some of the sources. */
void rungs_chance_add_spend (RungsFixture *f);

/* Entries of the book: commissions of the two partners, awards, what is taken back of them, and
 * what moves none of it; also of lines that are gone. */
void rungs_chance_add_commissions (RungsFixture *f);

/* Where a lead came from, what it bought, got back and walked through. */
void rungs_chance_add_history (RungsFixture *f,
                               gint64        lead);

G_END_DECLS
