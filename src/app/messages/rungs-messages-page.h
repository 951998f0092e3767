/* rungs-messages-page.h: what leads are sent: the outbox, the practice folder,
 * and the messages themselves. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MESSAGES_PAGE (rungs_messages_page_get_type ())

/* Its targets: "state:doubt" (or another state) shows those of the outbox, "practice" the practice
 * folder, "messages" the messages, "broadcasts" the broadcasts, "broadcast:7" that one. */
G_DECLARE_FINAL_TYPE (RungsMessagesPage, rungs_messages_page, RUNGS, MESSAGES_PAGE, RungsPage)

G_END_DECLS
