/* rungs-mapping-load.c: what the window of a mapping reads and writes. */

#include "rungs-mapping-load.h"

#include "leads/rungs-field-store.h"
#include "web/rungs-web-trial.h"

RungsMappingFacts *
rungs_mapping_facts_new (gint64 endpoint,
                         gint64 delivery)
{
  RungsMappingFacts *self = g_new0 (RungsMappingFacts, 1);

  self->id = endpoint;
  self->delivery = delivery;
  return self;
}

void
rungs_mapping_facts_free (RungsMappingFacts *self)
{
  g_clear_pointer (&self->endpoint, rungs_web_endpoint_free);
  g_clear_pointer (&self->raw, rungs_raw_delivery_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

/* The newest that came, else the sample of its provider. */
static gboolean
find_raw (RungsDb            *db,
          RungsMappingFacts  *facts,
          GError            **error)
{
  RungsWebQuery query = { .state = -1, .endpoint = facts->id, .limit = 1 };
  g_autoptr (GArray) ids = facts->delivery == 0 ? rungs_web_delivery_find (db, &query, error)
                                                : NULL;
  g_autoptr (RungsProvider) provider = NULL;
  JsonObject *receive;

  if (facts->delivery == 0 && ids == NULL)
    return FALSE;
  if (ids != NULL && ids->len > 0)
    facts->delivery = g_array_index (ids, gint64, 0);
  if (facts->delivery != 0)
    {
      facts->raw = rungs_web_delivery_load_raw (db, facts->delivery, error);
      return facts->raw != NULL;
    }
  provider = rungs_provider_load (facts->endpoint->provider, error);
  if (provider == NULL)
    return FALSE;
  receive = rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE);
  facts->raw = receive != NULL ? rungs_web_sample_new (receive, 0, facts->endpoint->path,
                                                       g_get_real_time () / 1000)
                               : NULL;
  if (facts->raw == NULL)
    facts->raw = rungs_raw_delivery_new ("POST", facts->endpoint->path, "",
                                         g_get_real_time () / 1000);
  return TRUE;
}

gpointer
rungs_mapping_load (RungsDb       *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  RungsMappingFacts *facts = data;

  facts->endpoint = rungs_web_endpoint_load (db, facts->id, error);
  if (facts->endpoint == NULL || !find_raw (db, facts, error))
    return NULL;
  facts->fields = rungs_field_list_in_use (db, error);
  return facts->fields != NULL ? facts : NULL;
}

/* ---- questions */

static RungsRawDelivery *
copy_raw (const RungsRawDelivery *raw)
{
  RungsRawDelivery *copy
      = rungs_raw_delivery_new (raw->method, raw->path, raw->address, raw->received_at);

  for (guint i = 0; i < raw->headers->len; i++)
    {
      const RungsRawHeader *header = raw->headers->pdata[i];

      rungs_raw_delivery_add_header (copy, header->name, header->value);
    }
  rungs_raw_delivery_set_body (copy, raw->body);
  return copy;
}

RungsMappingQuestion *
rungs_mapping_question_new (const RungsWebEndpoint *endpoint,
                            const RungsRawDelivery *raw,
                            RungsProvider          *provider)
{
  RungsMappingQuestion *self = g_new0 (RungsMappingQuestion, 1);

  self->endpoint = rungs_web_endpoint_copy (endpoint);
  self->raw = copy_raw (raw);
  self->provider = provider != NULL ? rungs_provider_ref (provider) : NULL;
  return self;
}

void
rungs_mapping_question_free (RungsMappingQuestion *self)
{
  rungs_web_endpoint_free (self->endpoint);
  rungs_raw_delivery_free (self->raw);
  g_clear_pointer (&self->provider, rungs_provider_unref);
  g_free (self);
}

gpointer
rungs_mapping_ask (RungsDb       *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const RungsMappingQuestion *question = data;

  return rungs_web_rehearse (db, question->raw, question->endpoint, question->provider,
                             g_get_real_time () / 1000, error);
}

gpointer
rungs_mapping_store (RungsDb       *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  const RungsMappingQuestion *question = data;
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_load (db, question->endpoint->id, error);

  if (endpoint == NULL)
    return NULL;
  g_free (endpoint->mapping);
  endpoint->mapping = g_strdup (question->endpoint->mapping);
  rungs_web_endpoint_save (db, endpoint, error);
  return NULL;
}
