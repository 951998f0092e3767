/* rungs-order-import-start.h: begins imports of orders. Nothing happens where the page has no
 * store. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Asks for a file, and imports it. */
void rungs_order_import_choose (RungsPage *page);

void rungs_order_import_file (RungsPage   *page,
                              const char  *path);

/* The imports there were, to be taken back. */
void rungs_order_import_list_open (RungsPage *page);

G_END_DECLS
