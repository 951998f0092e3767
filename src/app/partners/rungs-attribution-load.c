/* rungs-attribution-load.c: by which rules orders are credited, and what other ones would do, for
 * the threads of the store. */

#include "rungs-attribution-load.h"

#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "widgets/rungs-display.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define EXAMPLES 8

/* ---- what there is */

void
rungs_attribution_now_free (gpointer data)
{
  RungsAttributionNow *self = data;

  g_clear_pointer (&self->rules, g_array_unref);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_free (self);
}

gpointer
rungs_attribution_load_now (RungsDb      *db,
                            gpointer      data,
                            GCancellable *cancellable,
                            GError      **error)
{
  RungsAttributionNow *now = data;

  now->rules = rungs_attribution_rules_load (db, rungs_display_now (), error);
  now->versions = now->rules != NULL ? rungs_attribution_version_list (db, error) : NULL;
  return now->versions != NULL ? now : NULL;
}

/* ---- what other rules would have done */

static void
example_free (gpointer data)
{
  RungsAttributionExample *self = data;

  g_clear_pointer (&self->order, rungs_order_row_free);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

void
rungs_attribution_outcome_free (gpointer data)
{
  RungsAttributionOutcome *self = data;

  if (self == NULL)
    return;
  g_clear_pointer (&self->examples, g_ptr_array_unref);
  g_free (self);
}

/* `name` (out) (nullable): of nobody NULL. */
static gboolean
load_name (RungsDb *db,
           gint64   id,
           char   **name,
           GError **error)
{
  g_autoptr (RungsPartner) partner = id != 0 ? rungs_partner_load (db, id, error) : NULL;

  *name = partner != NULL ? g_strdup (partner->name) : NULL;
  return id == 0 || partner != NULL;
}

static gboolean
add_example (RungsDb                      *db,
             const RungsAttributionChange *change,
             GPtrArray                    *examples,
             GError                      **error)
{
  RungsAttributionExample *example = g_new0 (RungsAttributionExample, 1);

  g_ptr_array_add (examples, example);
  example->order = rungs_order_row_load (db, change->order, error);
  return example->order != NULL && load_name (db, change->before, &example->before, error)
         && load_name (db, change->after, &example->after, error);
}

gpointer
rungs_attribution_load_outcome (RungsDb      *db,
                                gpointer      data,
                                GCancellable *cancellable,
                                GError      **error)
{
  gint64 now = rungs_display_now ();
  g_auto (RungsAttributionTrial) trial = { 0 };
  g_autoptr (GPtrArray) examples = g_ptr_array_new_with_free_func (example_free);
  RungsAttributionOutcome *outcome;

  if (!rungs_attribution_try (db, data, now - RUNGS_ATTRIBUTION_DAYS_TRIED * DAY, now + 1,
                              EXAMPLES, &trial, error))
    return NULL;
  for (guint i = 0; i < trial.changes->len; i++)
    if (!add_example (db, &g_array_index (trial.changes, RungsAttributionChange, i), examples,
                      error))
      return NULL;
  outcome = g_new0 (RungsAttributionOutcome, 1);
  outcome->orders = trial.orders;
  outcome->by_hand = trial.by_hand;
  outcome->changed = trial.changed;
  outcome->examples = g_steal_pointer (&examples);
  return outcome;
}

/* ---- new ones */

void
rungs_attribution_plan_free (gpointer data)
{
  RungsAttributionPlan *self = data;

  g_clear_pointer (&self->rules, g_array_unref);
  g_free (self->day);
  g_free (self);
}

gpointer
rungs_attribution_do_plan (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  const RungsAttributionPlan *plan = data;
  gint64 now = rungs_display_now (), from = now;
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);

  if (zone != NULL
      && (*plan->day == '\0' || rungs_time_parse (plan->day, zone, &from, error)))
    rungs_attribution_rules_set (db, from, plan->rules, now, error);
  return NULL;
}
