/* rungs-delivery-load.c: what is shown and done of deliveries, for the threads of the store. */

#include "rungs-delivery-load.h"

#include "wire/rungs-provider.h"

void
rungs_delivery_details_free (RungsDeliveryDetails *self)
{
  g_clear_pointer (&self->delivery, rungs_web_delivery_free);
  g_clear_pointer (&self->endpoint, rungs_web_endpoint_free);
  g_clear_pointer (&self->raw, rungs_raw_delivery_free);
  g_clear_pointer (&self->content, rungs_web_content_free);
  g_clear_pointer (&self->deeds, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self->provider);
  g_free (self->consent);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsDeliveryDetails, rungs_delivery_details_free)

/* What cannot be read of it says nothing: why is the delivery's reason. */
static void
read_deeds (RungsDeliveryDetails *details)
{
  g_autoptr (RungsProvider) provider = rungs_provider_load (details->endpoint->provider, NULL);
  g_autoptr (RungsWebReader) reader = NULL;
  JsonObject *receive = NULL;

  if (provider == NULL)
    return;
  g_free (details->provider);
  details->provider = g_strdup (rungs_provider_get_name (provider));
  receive = rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE);
  if (receive != NULL && details->raw != NULL)
    reader = rungs_web_reader_new (receive, details->raw, NULL);
  if (reader != NULL)
    details->deeds = rungs_web_deeds_read (receive, reader, details->raw->received_at, NULL);
}

gpointer
rungs_delivery_load_details (RungsDb       *db,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error)
{
  gint64 id = *(gint64 *) data;
  g_autoptr (RungsDeliveryDetails) details = g_new0 (RungsDeliveryDetails, 1);

  details->provider = g_strdup ("");
  details->delivery = rungs_web_delivery_load (db, id, error);
  if (details->delivery == NULL)
    return NULL;
  details->values = rungs_web_delivery_values (db, id, error);
  if (details->values == NULL
      || (details->consent = rungs_web_delivery_dup_consent (db, id, error)) == NULL)
    return NULL;
  details->raw = rungs_web_delivery_load_raw (db, id, NULL);
  if (details->raw != NULL)
    details->content = rungs_web_content_new (details->raw);
  if (details->delivery->endpoint == 0)
    return g_steal_pointer (&details);
  details->endpoint = rungs_web_endpoint_load (db, details->delivery->endpoint, error);
  if (details->endpoint == NULL)
    return NULL;
  read_deeds (details);
  return g_steal_pointer (&details);
}

/* ---- nothing */

static void
dismissed_free (gpointer data)
{
  RungsDismissed *self = data;

  g_free (self->reason);
  g_free (self);
}

static gboolean
dismiss (RungsDb    *db,
         gint64      id,
         GPtrArray  *dismissed,
         GError    **error)
{
  g_autoptr (RungsWebDelivery) delivery = rungs_web_delivery_load (db, id, error);
  RungsDismissed *one;

  if (delivery == NULL)
    return FALSE;
  if (delivery->state != RUNGS_WEB_QUARANTINE)
    return TRUE;
  one = g_new0 (RungsDismissed, 1);
  one->id = id;
  one->reason = g_strdup (delivery->reason);
  g_ptr_array_add (dismissed, one);
  return rungs_web_delivery_dismiss (db, id, g_get_real_time () / 1000, error);
}

gpointer
rungs_delivery_do_dismiss (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  GArray *ids = data;
  g_autoptr (GPtrArray) dismissed = g_ptr_array_new_with_free_func (dismissed_free);

  for (guint i = 0; i < ids->len; i++)
    if (!dismiss (db, g_array_index (ids, gint64, i), dismissed, error))
      return NULL;
  return g_steal_pointer (&dismissed);
}

gpointer
rungs_delivery_undo_dismiss (RungsDb       *db,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error)
{
  GPtrArray *dismissed = data;

  for (guint i = 0; i < dismissed->len; i++)
    {
      const RungsDismissed *one = dismissed->pdata[i];

      if (!rungs_web_delivery_take_back (db, one->id, one->reason, error))
        return NULL;
    }
  return NULL;
}
