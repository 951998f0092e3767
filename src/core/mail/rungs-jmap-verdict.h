/* rungs-jmap-verdict.h: what a JMAP server's refusals mean for a message. Part of
 * rungs-jmap-transport.c. */

#pragma once

#include "mail/rungs-jmap.h"
#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

/* A request failed, or was refused as a whole, before the message could be accepted. */
void rungs_jmap_verdict_of_error (const GError  *error,
                                  RungsDelivery *delivery);

/* A call was refused (RFC 8620, 3.6.2), with that type and those words. */
void rungs_jmap_verdict_of_call (const char    *type,
                                 const GError  *error,
                                 RungsDelivery *delivery);

/* An object was not made (RFC 8620, 5.3; RFC 8621, 4.8 and 7.5). */
void rungs_jmap_verdict_of_object (JsonObject    *trouble,
                                   RungsDelivery *delivery);

G_END_DECLS
