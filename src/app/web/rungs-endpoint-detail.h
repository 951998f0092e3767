/* rungs-endpoint-detail.h: all that is known of one endpoint. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-endpoint-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ENDPOINT_DETAIL (rungs_endpoint_detail_get_type ())

G_DECLARE_FINAL_TYPE (RungsEndpointDetail, rungs_endpoint_detail, RUNGS, ENDPOINT_DETAIL, GtkWidget)

/* Its buttons activate actions of the view: "endpoints.edit" … */
void rungs_endpoint_detail_show (RungsEndpointDetail        *self,
                                 const RungsEndpointDetails *details);

G_END_DECLS
