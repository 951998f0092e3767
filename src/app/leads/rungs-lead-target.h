/* rungs-lead-target.h: what other pages ask the leads page to show, as a rule. */

#pragma once

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* Whether the text names things whose leads can be shown: "tag:3", "source:3", "product:3" (who
 * owns it), "next-offer:3" (who is offered it next), "sequence:3", "import:3", "segment:3"; "new"
 * (that nobody has looked at yet); or a figure of the ladder, "ladder:…"
 * (insights/rungs-ladder-number.h). */
gboolean rungs_lead_target_is_known (const char *target);

/* A RungsStoreFunc that reads; `data` is such a text. Returns: (transfer full): a rule as JSON;
 * NULL with NOT_FOUND where there is no such thing any more. */
gpointer rungs_lead_target_load (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
