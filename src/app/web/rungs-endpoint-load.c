/* rungs-endpoint-load.c: what is shown and done of endpoints, for the threads of the store. */

#include "rungs-endpoint-load.h"

#include "engine/rungs-pull-round.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-source-store.h"
#include "web/rungs-web-relay-store.h"
#include "wire/rungs-provider.h"

void
rungs_endpoint_row_free (RungsEndpointRow *self)
{
  g_clear_pointer (&self->endpoint, rungs_web_endpoint_free);
  g_free (self->provider);
  g_free (self->source);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsEndpointRow, rungs_endpoint_row_free)

void
rungs_endpoint_details_free (RungsEndpointDetails *self)
{
  g_clear_pointer (&self->row, rungs_endpoint_row_free);
  g_free (self->address);
  g_free (self->product);
  g_free (self->ask_trouble);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsEndpointDetails, rungs_endpoint_details_free)

char *
rungs_endpoint_provider_name (const char *key)
{
  g_autoptr (RungsProvider) provider = rungs_provider_load (key, NULL);

  return g_strdup (provider != NULL ? rungs_provider_get_name (provider) : key);
}

static RungsEndpointRow *
load_row (RungsDb  *db,
          gint64    id,
          GError  **error)
{
  g_autoptr (RungsEndpointRow) row = g_new0 (RungsEndpointRow, 1);
  g_autoptr (RungsSource) source = NULL;
  g_autoptr (GPtrArray) tallies = rungs_web_delivery_tally (db, error);

  row->endpoint = rungs_web_endpoint_load (db, id, tallies != NULL ? error : NULL);
  if (tallies == NULL || row->endpoint == NULL)
    return NULL;
  row->provider = rungs_endpoint_provider_name (row->endpoint->provider);
  if (row->endpoint->source != 0)
    source = rungs_source_load (db, row->endpoint->source, NULL);
  row->source = g_strdup (source != NULL ? source->name : "");
  for (guint i = 0; i < tallies->len; i++)
    if (((RungsWebTally *) tallies->pdata[i])->endpoint == id)
      row->tally = *(RungsWebTally *) tallies->pdata[i];
  return g_steal_pointer (&row);
}

/* When its provider is asked, and how that went. */
static void
load_asking (RungsDb              *db,
             RungsEndpointDetails *details)
{
  const RungsWebEndpoint *endpoint = details->row->endpoint;
  g_autoptr (RungsProvider) provider = rungs_provider_load (endpoint->provider, NULL);
  g_autoptr (RungsWebPullPlan) plan = rungs_web_pull_plan_load (db, endpoint->id, NULL);
  g_auto (RungsWebPullState) state = { 0 };
  gint64 next_at = G_MAXINT64;

  details->can_be_asked
    = provider != NULL && rungs_provider_get_section (provider, RUNGS_PROVIDER_PULL) != NULL;
  details->is_asked = plan != NULL && plan->stopped_at == 0 && endpoint->retired_at == 0;
  if (!details->is_asked || !rungs_web_pull_state_load (db, endpoint->id, &state, NULL)
      || !rungs_pull_next_at (db, plan, state.looked_at, &next_at, NULL))
    return;
  details->asked_at = state.looked_at;
  details->ask_next_at = next_at != G_MAXINT64 ? next_at : 0;
  details->ask_trouble = g_steal_pointer (&state.trouble);
}

gpointer
rungs_endpoint_load_details (RungsDb       *db,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (RungsEndpointDetails) details = g_new0 (RungsEndpointDetails, 1);
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, NULL);
  g_autoptr (RungsProduct) product = NULL;

  details->row = load_row (db, *(gint64 *) data, error);
  if (details->row == NULL)
    return NULL;
  if (details->row->endpoint->product != 0)
    product = rungs_product_load (db, details->row->endpoint->product, NULL);
  details->product = g_strdup (product != NULL ? product->name : "");
  details->is_reachable = relay != NULL;
  details->address = g_strconcat (relay != NULL ? relay->address : "",
                                  details->row->endpoint->path, NULL);
  load_asking (db, details);
  return g_steal_pointer (&details);
}

gpointer
rungs_endpoint_do_retire (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  rungs_web_endpoint_retire (db, *(gint64 *) data, g_get_real_time () / 1000, error);
  return NULL;
}

gpointer
rungs_endpoint_undo_retire (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  rungs_web_endpoint_retire (db, *(gint64 *) data, 0, error);
  return NULL;
}
