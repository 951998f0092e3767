/* rungs-product-dialog.h: makes or edits a product. */

#pragma once

#include <adwaita.h>

#include "rungs-ladder-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRODUCT_DIALOG (rungs_product_dialog_get_type ())

/**
 * RungsProductDialog::retire: the product `id` (int64) is to be given up; the dialog has closed.
 */
G_DECLARE_FINAL_TYPE (RungsProductDialog, rungs_product_dialog, RUNGS, PRODUCT_DIALOG, AdwWindow)

/* `edit` is taken; its product has the id 0 where it is to be made.
 * `ladder` is what it can be a bundle of; copied. */
RungsProductDialog *rungs_product_dialog_new (GtkWindow         *parent,
                                              RungsStore        *store,
                                              RungsProductEdit  *edit,
                                              const RungsLadder *ladder);

G_END_DECLS
