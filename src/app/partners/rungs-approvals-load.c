/* rungs-approvals-load.c: commissions that are approved by hand, for the threads of the store. */

#include "rungs-approvals-load.h"

#include "widgets/rungs-display.h"

gpointer
rungs_approvals_load_details (RungsDb      *db,
                              gpointer      data,
                              GCancellable *cancellable,
                              GError      **error)
{
  return rungs_approval_row_load (db, *(gint64 *) data, error);
}

void
rungs_approvals_plan_free (gpointer data)
{
  RungsApprovalsPlan *self = data;

  g_clear_pointer (&self->partners, g_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->sums, g_array_unref);
  g_free (self);
}

gpointer
rungs_approvals_load_plan (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  RungsApprovalsPlan *plan = data;

  plan->query.partners = plan->partners;
  if (plan->lines == NULL)
    plan->lines = rungs_approval_find (db, &plan->query, error);
  plan->sums = plan->lines != NULL ? rungs_approval_sums (db, plan->lines, error) : NULL;
  return plan->sums != NULL ? plan : NULL;
}

gpointer
rungs_approvals_do_approve (RungsDb      *db,
                            gpointer      data,
                            GCancellable *cancellable,
                            GError      **error)
{
  rungs_approval_give (db, data, TRUE, rungs_display_now (), error);
  return NULL;
}

gpointer
rungs_approvals_do_hold (RungsDb      *db,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  rungs_approval_give (db, data, FALSE, rungs_display_now (), error);
  return NULL;
}
