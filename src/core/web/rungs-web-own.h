/* rungs-web-own.h: what comes in at our own paths: links of our messages, forms, visits of pages.
 *
 * The relay keeps these as it keeps what others send, and rungs-web-apply.c hands them on by
 * the first part of their path:
 *
 *   /c   an address is confirmed                    rungs-opt-in-apply.h
 *   /f   a form was filled in                       rungs-opt-in-apply.h
 *   /l   a link was followed                        rungs-web-clicks.h
 *   /m   the relay has asked to confirm an address   rungs-opt-in-asked.h
 *   /r   a link of a source was followed            rungs-web-sources.h
 *   /u   a lead says no                             rungs-web-unsubscribe.h
 *   /v   visits of pages, added up by the relay     rungs-web-visits.h
 *
 * What a function does, it does in the transaction of the delivery, and once: the same link may
 * come again, from the same reader or from a scanner. It believes nothing because the relay does:
 * links are verified here again. It may set in `work` who it is about (`lead`), what it is called
 * (`kind`), what tells it from others (`key`, owned), and, where there was nothing to be done, why
 * (`nothing`). FALSE with INVALID, NOT_FOUND
 * or CONFLICT puts the delivery into quarantine, with the words of the error. */

#pragma once

#include "web/rungs-web-lead-store.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

typedef gboolean (*RungsWebOwnFunc) (RungsWebWork            *work,
                                     const RungsRawDelivery  *raw,
                                     GError                 **error);

/* Returns: (nullable): what does what comes in there; NULL where the path is none of ours. */
RungsWebOwnFunc rungs_web_own_find (const char *path);

/* Returns: (transfer full): what of a path follows its first part, without "?": of "/l/abc?x" it
 * is "abc". */
char *rungs_web_own_dup_rest (const RungsRawDelivery *raw);

G_END_DECLS
