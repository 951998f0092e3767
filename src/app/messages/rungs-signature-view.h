/* rungs-signature-view.h: the signature of the business, as a block of a message shows it. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* `store` may be NULL. */
GtkWidget *rungs_signature_view_new (RungsStore *store);

G_END_DECLS
