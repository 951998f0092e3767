/* rungs-delivery-detail.h: all that is known of one delivery. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-delivery-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_DELIVERY_DETAIL (rungs_delivery_detail_get_type ())

G_DECLARE_FINAL_TYPE (RungsDeliveryDetail, rungs_delivery_detail, RUNGS, DELIVERY_DETAIL, GtkWidget)

/* Its buttons activate actions of the view: "deliveries.replay" … */
void rungs_delivery_detail_show (RungsDeliveryDetail        *self,
                                 const RungsDeliveryDetails *details);

G_END_DECLS
