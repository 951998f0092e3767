/* rungs-publish-check.h: the check list before leads walk a draft: each message that it sends. */

#pragma once

#include "mail/rungs-broadcast-check.h"
#include "sequences/rungs-publish.h"

G_BEGIN_DECLS

/* What stands against sending the messages of the draft, each told of once. Whom it is about is
 * counted among those who are in the sequence now. Asks nothing of the network. Returns:
 * (transfer full) (element-type RungsFinding): what blocks first. */
GPtrArray *rungs_publish_findings (RungsDb                 *db,
                                   const RungsPublishPlan  *plan,
                                   gint64                   now,
                                   GError                 **error);

G_END_DECLS
