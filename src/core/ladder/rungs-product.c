/* rungs-product.c: a thing sold. */

#include "ladder/rungs-product.h"

#include "base/rungs-names.h"

static const char *const DELIVERIES[RUNGS_N_DELIVERY_KINDS]
  = { "none", "link", "message", "shipping", "appointment" };

const char *
rungs_delivery_kind_to_text (RungsDeliveryKind kind)
{
  g_return_val_if_fail (kind < RUNGS_N_DELIVERY_KINDS, DELIVERIES[0]);

  return DELIVERIES[kind];
}

gboolean
rungs_delivery_kind_from_text (const char        *text,
                               RungsDeliveryKind *kind)
{
  return rungs_names_find (DELIVERIES, RUNGS_N_DELIVERY_KINDS, text, kind);
}

gboolean
rungs_delivery_kind_needs_person (RungsDeliveryKind kind)
{
  return kind == RUNGS_DELIVERY_SHIPPING || kind == RUNGS_DELIVERY_APPOINTMENT;
}

gboolean
rungs_product_margin (const RungsProduct *self,
                      RungsMoney         *margin)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->cost < 0)
    return FALSE;
  *margin = rungs_money (self->price.minor - self->cost, self->price.currency);
  return TRUE;
}

RungsProduct *
rungs_product_new (void)
{
  RungsProduct *self = g_new0 (RungsProduct, 1);

  self->sku = g_strdup ("");
  self->name = g_strdup ("");
  self->cost = RUNGS_PRODUCT_UNSAID;
  self->delivery = g_strdup ("");
  self->delivery_link = g_strdup ("");
  self->delivery_by = g_strdup ("");
  self->affiliate_rate = RUNGS_PRODUCT_UNSAID;
  return self;
}

void
rungs_product_free (RungsProduct *self)
{
  g_free (self->sku);
  g_free (self->name);
  g_free (self->delivery);
  g_free (self->delivery_link);
  g_free (self->delivery_by);
  g_free (self);
}
