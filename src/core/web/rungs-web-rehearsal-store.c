/* rungs-web-rehearsal-store.c: what would come of a delivery, without it. */

#include "web/rungs-web-rehearsal-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "web/rungs-web-deed.h"
#include "web/rungs-web-form.h"

static const char SQL_LAST_LEAD[] = "SELECT coalesce (max (id), 0) FROM lead";

typedef struct
{
  RungsWebRehearsal *rehearsal;
  gint64 last_lead; /* before */
} Looking;

static void
place_free (gpointer data)
{
  RungsWebPlace *self = data;

  g_free (self->key);
  g_free (self->label);
  g_free (self->value);
  g_free (self->place);
  g_free (self);
}

void
rungs_web_rehearsal_free (RungsWebRehearsal *self)
{
  g_free (self->reason);
  g_free (self->kind);
  g_free (self->lead_name);
  g_free (self->consent);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->deeds, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

static void
add_place (RungsWebRehearsal    *self,
           RungsWebWork         *work,
           const RungsWebAnswer *answer)
{
  RungsWebPlace *place = g_new0 (RungsWebPlace, 1);

  place->key = g_strdup (answer->key);
  place->label = g_strdup (answer->label);
  place->value = g_strdup (answer->value);
  place->place = rungs_web_form_dup_place (work, answer, &place->said);
  g_ptr_array_add (self->answers, place);
}

/* What cannot be read has no answers: why, the state says. */
static void
read_answers (RungsWebRehearsal      *self,
              RungsDb                *db,
              const RungsRawDelivery *raw,
              const RungsWebEndpoint *endpoint,
              RungsProvider          *provider)
{
  JsonObject *receive = rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE);
  g_autoptr (RungsWebReader) reader
      = receive != NULL ? rungs_web_reader_new (receive, raw, NULL) : NULL;
  RungsWebWork work = { .db = db, .endpoint = endpoint, .seller = "", .origin = "" };

  if (reader != NULL)
    self->deeds = rungs_web_deeds_read (receive, reader, raw->received_at, NULL);
  if (self->deeds == NULL)
    self->deeds = g_ptr_array_new ();
  for (guint i = 0; self->answers->len == 0 && i < self->deeds->len; i++)
    {
      const RungsWebDeed *deed = self->deeds->pdata[i];

      for (guint k = 0; deed->answers != NULL && k < deed->answers->len; k++)
        add_place (self, &work, deed->answers->pdata[k]);
    }
}

static gboolean
look (RungsDb   *db,
      gint64     id,
      gpointer   data,
      GError   **error)
{
  Looking *looking = data;
  RungsWebRehearsal *self = looking->rehearsal;
  g_autoptr (RungsWebDelivery) delivery = rungs_web_delivery_load (db, id, error);

  if (delivery == NULL)
    return FALSE;
  self->state = delivery->state;
  self->reason = g_steal_pointer (&delivery->reason);
  self->kind = g_steal_pointer (&delivery->kind);
  self->lead_name = g_steal_pointer (&delivery->lead_name);
  self->is_new = delivery->lead > looking->last_lead;
  self->values = rungs_web_delivery_values (db, id, error);
  self->consent = self->values != NULL ? rungs_web_delivery_dup_consent (db, id, error) : NULL;
  return self->consent != NULL;
}

static RungsWebRehearsal *
rehearse (RungsDb                 *db,
          const RungsRawDelivery  *raw,
          const RungsWebEndpoint  *endpoint,
          RungsProvider           *provider,
          gint64                   now,
          GError                 **error)
{
  g_autoptr (RungsWebRehearsal) self = g_new0 (RungsWebRehearsal, 1);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LAST_LEAD, error);
  Looking looking = { self, 0 };

  if (query == NULL || !rungs_statement_get_number (query, 0, &looking.last_lead, error))
    return NULL;
  self->answers = g_ptr_array_new_with_free_func (place_free);
  read_answers (self, db, raw, endpoint, provider);
  return rungs_web_apply_rehearse (db, raw, endpoint, provider, now, look, &looking, error)
             ? g_steal_pointer (&self)
             : NULL;
}

RungsWebRehearsal *
rungs_web_rehearse (RungsDb                 *db,
                    const RungsRawDelivery  *raw,
                    const RungsWebEndpoint  *endpoint,
                    RungsProvider           *provider,
                    gint64                   now,
                    GError                 **error)
{
  g_autoptr (RungsProvider) own = NULL;

  g_return_val_if_fail (raw != NULL && endpoint != NULL, NULL);

  if (provider != NULL)
    return rehearse (db, raw, endpoint, provider, now, error);
  own = rungs_provider_load (endpoint->provider, error);
  return own != NULL ? rehearse (db, raw, endpoint, own, now, error) : NULL;
}
