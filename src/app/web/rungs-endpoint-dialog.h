/* rungs-endpoint-dialog.h: adds or edits an endpoint, and puts its secret into the keyring. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* `endpoint` 0: a new one, of the provider `provider` (nullable: to be chosen). */
void rungs_endpoint_dialog_open (RungsPage  *page,
                                 gint64      endpoint,
                                 const char *provider);

G_END_DECLS
