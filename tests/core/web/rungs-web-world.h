/* rungs-web-world.h: a business with an endpoint for each provider, and the samples of all. */

#pragma once

#include "rungs-fixture.h"
#include "web/rungs-web-apply.h"
#include "wire/rungs-provider.h"

G_BEGIN_DECLS

/* Adds the products BOOK and CLUB (a subscription), a source, and an endpoint of each provider that
 * sends something, named by its key, at which the path is enough. In a write transaction. */
void rungs_web_world_make (RungsFixture *fixture,
                           RungsDb      *db);

/* Returns: (transfer full) (element-type RungsRawDelivery): the samples of a provider, in their
 * order, as they come in at its endpoint. */
GPtrArray *rungs_web_world_samples (RungsDb    *db,
                                    const char *provider);

/* A body at an endpoint. */
RungsRawDelivery *rungs_web_world_delivery (RungsDb    *db,
                                            const char *endpoint,
                                            const char *type,
                                            const char *body);

/* Takes it. Returns: its id. */
gint64 rungs_web_world_take (RungsFixture           *fixture,
                             const RungsRawDelivery *raw);

/* Takes and applies. Returns: what became of it. */
RungsWebState rungs_web_world_receive (RungsFixture           *fixture,
                                       const RungsRawDelivery *raw);

/* Returns: (transfer full): leads, orders, refunds, consents, touches and who gets nothing more, in
 * words that do not tell in which order they came. */
char *rungs_web_world_dump (RungsDb *db);

G_END_DECLS
