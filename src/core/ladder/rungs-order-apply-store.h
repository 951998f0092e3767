/* rungs-order-apply-store.h: stores the orders of an import.
 *
 * Everything but refunds and the dates of subscriptions is done for all orders at once: a new
 * lead's id, and a new order's, is a base and the number it has in the temporary tables. */

#pragma once

#include "ladder/rungs-order-import.h"
#include "ladder/rungs-order-shape.h"
#include "ladder/rungs-order-stage-store.h"
#include "leads/rungs-import-script.h"

G_BEGIN_DECLS

/* What there is to do. All is lent. */
typedef struct
{
  RungsImportScript script; /* with now, wording, heading, file, origin and shop */
  RungsOrderStage *stage;   /* matched */
  RungsOrderProducts *products;
  const RungsOrderShape *shape;
  const RungsOrderImportOptions *options;
  RungsOrderImportResult *result; /* what the rows are is set; gets the rest */
} RungsOrderApply;

/* About how many steps it takes. */
#define RUNGS_ORDER_APPLY_STEPS 17

/* Finds the leads that are there, and counts what would be new. */
gboolean rungs_order_apply_rehearse (RungsOrderApply  *self,
                                     GError          **error);

/* Stores all. In a write transaction. */
gboolean rungs_order_apply (RungsOrderApply  *self,
                            GError          **error);

G_END_DECLS
