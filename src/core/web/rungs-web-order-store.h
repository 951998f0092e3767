/* rungs-web-order-store.h: orders, money given back, and subscriptions that end: for
 * rungs-web-apply.c only. */

#pragma once

#include "web/rungs-web-lead-store.h"

G_BEGIN_DECLS

/* `order` (out): that has one of the references, whose lead the delivery is about then; 0: none. */
gboolean rungs_web_order_find (RungsWebWork  *work,
                               GPtrArray     *references,
                               gint64        *order,
                               GError       **error);

/* Errors: INVALID, NOT_FOUND; CONFLICT where a line names no product of ours. */
gboolean rungs_web_order_apply (RungsWebWork        *work,
                                const RungsWebDeed  *deed,
                                GError             **error);

/* `waits` (out): the order is not here yet; nothing was done. */
gboolean rungs_web_refund_apply (RungsWebWork        *work,
                                 const RungsWebDeed  *deed,
                                 gboolean            *waits,
                                 GError             **error);

gboolean rungs_web_lapse_apply (RungsWebWork        *work,
                                const RungsWebDeed  *deed,
                                GError             **error);

G_END_DECLS
