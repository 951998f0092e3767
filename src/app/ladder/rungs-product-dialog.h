/* rungs-product-dialog.h: makes a product. */

#pragma once

#include <adwaita.h>

#include "rungs-ladder-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRODUCT_DIALOG (rungs_product_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RungsProductDialog, rungs_product_dialog, RUNGS, PRODUCT_DIALOG, AdwWindow)

/* `edit`, with what the form begins with, is taken. `ladder` is what it can be a bundle of. */
RungsProductDialog *rungs_product_dialog_new (GtkWindow         *parent,
                                              RungsStore        *store,
                                              RungsProductEdit  *edit,
                                              const RungsLadder *ladder);

G_END_DECLS
