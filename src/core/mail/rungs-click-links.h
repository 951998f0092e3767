/* rungs-click-links.h: gives the links of what a lead reads other addresses, in both parts. */

#pragma once

#include "mail/rungs-message-body.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): where a link to `target` is to lead; NULL: it stays. */
typedef char *(*RungsClickLink) (const char *target,
                                 gpointer    data);

/* A link whose own words are an address stays: mail programs warn of a link that leads elsewhere
 * than it says. In the plain text those links change that did so in the HTML. */
void rungs_click_links_replace (RungsMessageContent *content,
                                RungsClickLink       link,
                                gpointer             data);

G_END_DECLS
