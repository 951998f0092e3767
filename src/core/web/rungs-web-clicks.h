/* rungs-web-clicks.h: links of messages that were followed, at /l/TOKEN, and whether by a person.
 *
 * Scanners of mail follow links before the reader sees them, previews fetch them, browsers load
 * them ahead. A request is a machine's, and becomes mail.scanned, where
 *
 *   head      it asks for no page, but for its headers: nobody clicks so
 *   prefetch  it says so: Sec-Purpose or Purpose: prefetch, X-Moz: prefetch, X-Purpose: preview
 *             (Fetch, "Sec-Purpose header")
 *   agent     it says by its name that it is a program (wire/rungs-machine-agent.h)
 *   soon      it came within RUNGS_WEB_CLICK_SOON of the sending: nobody gets, opens, reads and
 *             clicks so fast
 *   burst     three links of the message were followed within RUNGS_WEB_CLICK_BURST around it, or
 *             two within a second: as those do who try all links
 *   same      who asks, by address and name, was found to be a machine for this message in the
 *             minutes before or after it
 *
 * The first four are known at once. Of all else it is said after RUNGS_WEB_CLICK_BURST, when what
 * came with it is there, and it becomes mail.clicked where nothing speaks against a person. Each
 * link of a message is followed once by a person, and once by machines: more of the same are no
 * news. (What the bounds are taken from: docs/links.md.) */

#pragma once

#include "web/rungs-web-lead-store.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* Milliseconds. */
#define RUNGS_WEB_CLICK_SOON 10000
#define RUNGS_WEB_CLICK_BURST 5000

/* Writes it down: for rungs-web-own.c. Errors: INVALID, the link is none of ours. */
gboolean rungs_web_click_apply (RungsWebWork            *work,
                                const RungsRawDelivery  *raw,
                                GError                 **error);

/* Says of those of which it was not said yet and can be by now. In a write transaction. */
gboolean rungs_web_clicks_judge (RungsDb  *db,
                                 gint64    now,
                                 GError  **error);

/* `at` (out): when the next one can be judged; G_MAXINT64: there is none. */
gboolean rungs_web_clicks_next (RungsDb  *db,
                                gint64   *at,
                                GError  **error);

/* Returns: (nullable): why a request is a machine's, as above: "head", "prefetch" or "agent". */
const char *rungs_web_machine_find (const RungsRawDelivery *raw);

G_END_DECLS
