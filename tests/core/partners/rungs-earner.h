/* rungs-earner.h: partners who earn something without a sale; the rest is as of sales
 * (rungs-sale-case.h). */

#pragma once

#include "partners/rungs-payout-store.h"
#include "rungs-fixture.h"

G_BEGIN_DECLS

/* A partner in a programme of its own, with these terms from the beginning on. */
gint64 rungs_earner_add (RungsFixture *fixture,
                         RungsDb      *db,
                         const char   *name,
                         const char   *json);

/* The lead follows a link of the partner now. */
void rungs_earner_click (RungsFixture *fixture,
                         RungsDb      *db,
                         gint64        lead,
                         gint64        partner);

/* A new lead who comes by the partner now, and what that sets off. */
gint64 rungs_earner_arrive (RungsFixture *fixture,
                            RungsDb      *db,
                            const char   *email,
                            gint64        partner);

void rungs_earner_mark (RungsFixture     *fixture,
                        RungsDb          *db,
                        gint64            payout,
                        gint64            partner,
                        RungsPayoutState  state);

/* A bonus, in cents. */
gint64 rungs_earner_give (RungsFixture *fixture,
                          RungsDb      *db,
                          gint64        partner,
                          gint64        minor);

G_END_DECLS
