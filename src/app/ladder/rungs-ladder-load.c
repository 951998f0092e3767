/* rungs-ladder-load.c: what the ladder page shows and does, for the threads of the store. */

#include "rungs-ladder-load.h"

#include "leads/rungs-business-store.h"

void
rungs_ladder_free (RungsLadder *self)
{
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->figures, g_hash_table_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_free (self);
}

const RungsProduct *
rungs_ladder_find (const RungsLadder *self,
                   gint64             product)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *found = g_ptr_array_index (self->products, i);

      if (found->id == product)
        return found;
    }
  return NULL;
}

gpointer
rungs_ladder_load (RungsDb       *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (RungsLadder) ladder = g_new0 (RungsLadder, 1);
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  gint64 now = g_get_real_time () / 1000;

  if (business == NULL)
    return NULL;
  g_strlcpy (ladder->currency, business->currency, sizeof ladder->currency);
  ladder->products = rungs_product_list (db, error);
  if (ladder->products == NULL)
    return NULL;
  ladder->offers = rungs_offer_list (db, error);
  if (ladder->offers == NULL)
    return NULL;
  ladder->figures = rungs_product_figures (db, now, error);
  if (ladder->figures == NULL)
    return NULL;
  ladder->faults = rungs_ladder_find_faults (db, now, error);
  return ladder->faults ? g_steal_pointer (&ladder) : NULL;
}

RungsProductEdit *
rungs_product_edit_new (RungsProduct *product)
{
  RungsProductEdit *self = g_new0 (RungsProductEdit, 1);

  self->product = product;
  self->parts = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
rungs_product_edit_free (RungsProductEdit *self)
{
  g_clear_pointer (&self->product, rungs_product_free);
  g_array_unref (self->parts);
  g_free (self);
}

gpointer
rungs_product_edit_save (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  const RungsProductEdit *edit = data;
  const RungsProduct *product = edit->product;
  gint64 id = rungs_product_add (db, product, g_get_real_time () / 1000, error);

  if (id != 0)
    rungs_product_set_parts (db, id, (const gint64 *) (void *) edit->parts->data, edit->parts->len,
                             error);
  return NULL;
}

gpointer
rungs_offer_edit_save (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  RungsOffer *offer = data;

  if (offer->id == 0)
    rungs_offer_add (db, offer, g_get_real_time () / 1000, error);
  else
    rungs_offer_save (db, offer, error);
  return NULL;
}

gpointer
rungs_ladder_retire_offer (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  RungsRetirement *retirement = data;

  rungs_offer_retire (db, retirement->id, retirement->at, error);
  return NULL;
}
