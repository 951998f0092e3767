/* rungs-credit-load.c: crediting an order by hand, for the threads of the store. */

#include "rungs-credit-load.h"

#include "base/rungs-error.h"
#include "partners/rungs-partner-store.h"
#include "widgets/rungs-display.h"

void
rungs_credit_facts_free (gpointer data)
{
  RungsCreditFacts *self = data;

  g_clear_pointer (&self->order, rungs_order_row_free);
  g_clear_pointer (&self->referral, rungs_referral_free);
  g_clear_pointer (&self->partners, g_ptr_array_unref);
  g_free (self);
}

gpointer
rungs_credit_load_facts (RungsDb      *db,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  RungsCreditFacts *facts = data;
  g_autoptr (GError) undecided = NULL;

  facts->order = rungs_order_row_load (db, facts->id, error);
  facts->partners = facts->order != NULL ? rungs_partner_list (db, error) : NULL;
  if (facts->partners == NULL)
    return NULL;
  facts->referral = rungs_referral_load (db, facts->id, &undecided);
  if (undecided != NULL && !g_error_matches (undecided, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&undecided));
      return NULL;
    }
  return facts;
}

gpointer
rungs_credit_load_preview (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  const RungsCreditWish *wish = data;

  return rungs_credit_rehearse (db, wish->order, wish->partner, rungs_display_now (), error);
}

gpointer
rungs_credit_do (RungsDb      *db,
                 gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  const RungsCreditWish *wish = data;

  return rungs_credit_set (db, wish->order, wish->partner, rungs_display_now (), error)
             ? g_memdup2 (&wish->order, sizeof wish->order)
             : NULL;
}

gpointer
rungs_credit_undo (RungsDb      *db,
                   gpointer      data,
                   GCancellable *cancellable,
                   GError      **error)
{
  const RungsCreditFacts *facts = data;

  rungs_credit_put_back (db, facts->id, facts->referral, rungs_display_now (), error);
  return NULL;
}
