/* rungs-ladder-load.c: what the ladder page shows and does, for the threads of the store. */

#include "rungs-ladder-load.h"

#include "ladder/rungs-exchange-store.h"
#include "leads/rungs-business-store.h"

void
rungs_ladder_free (RungsLadder *self)
{
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->figures, g_hash_table_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_free (self->business);
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

static gboolean
is_offered (const RungsLadder *self,
            gint64             from,
            gint64             to,
            RungsOfferKind     kind)
{
  for (guint i = 0; i < self->offers->len; i++)
    {
      const RungsOffer *offer = g_ptr_array_index (self->offers, i);

      if (offer->from_product == from && offer->to_product == to && offer->kind == kind)
        return TRUE;
    }
  return FALSE;
}

const RungsProduct *
rungs_ladder_find_target (const RungsLadder *self,
                          gint64             from,
                          RungsOfferKind     kind)
{
  const RungsProduct *origin = rungs_ladder_find (self, from);
  gint64 rung = origin != NULL ? origin->rung : 0;
  const RungsProduct *best = NULL;
  gint64 best_away = G_MAXINT64;

  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *other = g_ptr_array_index (self->products, i);
      gint64 up = kind == RUNGS_OFFER_DOWNSELL ? rung - other->rung : other->rung - rung;
      /* those of the other side come behind all of this one */
      gint64 away = up > 0 && other->rung > 0 ? up : G_MAXINT32 - up;

      if (other->id == from || other->retired_at != 0
          || is_offered (self, from, other->id, kind) || away >= best_away)
        continue;
      best = other;
      best_away = away;
    }
  return best;
}

gpointer
rungs_ladder_load (RungsDb       *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (RungsLadder) ladder = g_new0 (RungsLadder, 1);
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (RungsProductStanding) standing = NULL;
  gint64 now = g_get_real_time () / 1000;

  if (business == NULL || !rungs_exchange_load (db, NULL, &exchange, error))
    return NULL;
  ladder->business = g_strdup (business->name);
  g_strlcpy (ladder->currency, business->currency, sizeof ladder->currency);
  ladder->products = rungs_product_list (db, error);
  if (ladder->products == NULL)
    return NULL;
  ladder->offers = rungs_offer_list (db, error);
  if (ladder->offers == NULL)
    return NULL;
  standing = rungs_product_standing_load (db, now, exchange, error);
  if (standing == NULL)
    return NULL;
  ladder->figures = rungs_product_standing_ref_figures (standing);
  ladder->faults = rungs_ladder_find_faults_of (db, standing, now, error);
  return ladder->faults ? g_steal_pointer (&ladder) : NULL;
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
