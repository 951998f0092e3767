/* rungs-naive-products.h: how products stand, as the view of who owns what and the tables tell. */

#pragma once

#include "rungs-fixture.h"

G_BEGIN_DECLS

/* Asserts that rungs_product_standing_load() says the same of the products 2, 3, 5 and 8. */
void rungs_naive_compare_products (RungsFixture *self);

G_END_DECLS
