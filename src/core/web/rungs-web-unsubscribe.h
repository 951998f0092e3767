/* rungs-web-unsubscribe.h: a POST at /u/TOKEN: a lead says no: for rungs-web-own.c.
 *
 * Mail programs post "List-Unsubscribe=One-Click" (RFC 8058), the relay's page posts what was
 * chosen there (RUNGS_WEB_CHOICE): no, or a pause (leads/rungs-quiet-store.h), or its end. All else
 * that was posted means no; who opens the address does nothing. It is the person's own word:
 * consent is withdrawn, with the delivery as its evidence, and the address gets nothing more. */

#pragma once

#include "web/rungs-web-lead-store.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

#define RUNGS_WEB_CHOICE "choice"
#define RUNGS_WEB_CHOICE_NO "no"
#define RUNGS_WEB_CHOICE_MONTH "30"
#define RUNGS_WEB_CHOICE_QUARTER "90"
#define RUNGS_WEB_CHOICE_BACK "back"

/* Errors: INVALID, the link is none of ours. */
gboolean rungs_web_unsubscribe_apply (RungsWebWork            *work,
                                      const RungsRawDelivery  *raw,
                                      GError                 **error);

G_END_DECLS
