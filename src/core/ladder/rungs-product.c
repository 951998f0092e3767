/* rungs-product.c: a thing sold. */

#include "ladder/rungs-product.h"

RungsProduct *
rungs_product_new (void)
{
  RungsProduct *self = g_new0 (RungsProduct, 1);

  self->sku = g_strdup ("");
  self->name = g_strdup ("");
  self->delivery = g_strdup ("");
  return self;
}

void
rungs_product_free (RungsProduct *self)
{
  g_free (self->sku);
  g_free (self->name);
  g_free (self->delivery);
  g_free (self);
}
