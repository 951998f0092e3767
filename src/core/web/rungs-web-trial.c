/* rungs-web-trial.c: sends a sample of an endpoint's provider the whole way. */

#include "web/rungs-web-trial.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "mail/rungs-http-exchange.h"
#include "web/rungs-web-deed.h"
#include "web/rungs-web-list-store.h"
#include "web/rungs-web-rehearsal-store.h"
#include "web/rungs-web-relay.h"
#include "wire/rungs-signature-make.h"
#include "wire/rungs-wire-json.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define PAUSE_US (200 * 1000)
#define ANSWER_MOST (64 * 1024)

typedef struct
{
  RungsDb *db;
  const RungsWebKeys *keys;
  const char *relay_key;
  RungsClock *clock;
  RungsWebTrialTold told;
  gpointer data;
  GCancellable *cancellable;

  RungsWebEndpoint *endpoint; /* (owned) */
  RungsProvider *provider;    /* (owned) */
  RungsWebRelay *relay;       /* (owned) (nullable) */
  RungsRawDelivery *raw;      /* (owned) */
  char *mark;                 /* (owned) what it is found by */
  gint64 delivery;            /* 0: not there yet */
} Trial;

static void
trial_clear (Trial *self)
{
  g_clear_pointer (&self->endpoint, rungs_web_endpoint_free);
  g_clear_pointer (&self->provider, rungs_provider_unref);
  g_clear_pointer (&self->relay, rungs_web_relay_free);
  g_clear_pointer (&self->raw, rungs_raw_delivery_free);
  g_free (self->mark);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

const char *
rungs_web_trial_step_to_text (RungsWebTrialStep step)
{
  static const char *const STEPS[RUNGS_WEB_TRIAL_STEPS]
      = { "sent", "kept", "verified", "applied", "undone" };

  g_return_val_if_fail (step < RUNGS_WEB_TRIAL_STEPS, "");

  return STEPS[step];
}

static gboolean
tell (Trial             *self,
      RungsWebTrialStep  step,
      gboolean           well,
      const char        *words)
{
  self->told (step, well, words, self->data);
  return well;
}

/* ---- the sample */

static JsonObject *
get_receive (const Trial *self)
{
  return rungs_provider_get_section (self->provider, RUNGS_PROVIDER_RECEIVE);
}

static gboolean
sign (Trial   *self,
      GError **error)
{
  g_autoptr (JsonNode) own = self->endpoint->verify != NULL
                                 ? json_from_string (self->endpoint->verify, NULL)
                                 : NULL;
  JsonObject *verify = own != NULL ? json_node_get_object (own)
                                   : rungs_wire_json_object (get_receive (self), "verify");
  g_auto (GStrv) secrets = NULL;

  if (verify == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("The provider's file does not say how it is signed."));
      return FALSE;
    }
  if (rungs_signature_needs_secret (verify) && rungs_signature_can_make (verify))
    {
      secrets = self->keys->secrets != NULL
                    ? self->keys->secrets (self->endpoint, self->keys->data, error)
                    : NULL;
      if (secrets == NULL || secrets[0] == NULL)
        {
          if (error != NULL && *error == NULL)
            g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                                 _ ("The secret that it is checked with is missing, or is none."));
          return FALSE;
        }
    }
  return rungs_signature_make (verify, self->raw, secrets != NULL ? secrets[0] : "",
                               rungs_clock_now (self->clock), error);
}

static gboolean
prepare (Trial   *self,
         gint64   endpoint,
         GError **error)
{
  self->endpoint = rungs_web_endpoint_load (self->db, endpoint, error);
  if (self->endpoint == NULL)
    return FALSE;
  self->provider = rungs_provider_load (self->endpoint->provider, error);
  if (self->provider == NULL)
    return FALSE;
  self->raw = get_receive (self) != NULL
                  ? rungs_web_sample_new (get_receive (self), 0, self->endpoint->path,
                                          rungs_clock_now (self->clock))
                  : NULL;
  if (self->raw == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                           _ ("The provider's file has no sample that could be sent."));
      return FALSE;
    }
  self->mark = g_uuid_string_random ();
  rungs_raw_delivery_add_header (self->raw, RUNGS_WEB_TRIAL_HEADER, self->mark);
  self->relay = rungs_web_relay_load (self->db, NULL);
  return TRUE;
}

/* ---- sending */

static gboolean
take (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  Trial *self = data;

  self->delivery
      = rungs_web_delivery_take (db, self->raw, NULL, rungs_clock_now (self->clock), error);
  return self->delivery != 0;
}

static gboolean
post (Trial   *self,
      GError **error)
{
  g_autoptr (RungsHttpLine) line
      = rungs_http_line_new (*self->relay->ca_file != '\0' ? self->relay->ca_file : NULL);
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("POST");
  g_auto (RungsHttpAnswer) answer = { 0 };

  question->address = g_strconcat (self->relay->address, self->raw->path, NULL);
  question->body = g_bytes_ref (self->raw->body);
  question->most = ANSWER_MOST;
  question->patience = 20;
  for (guint i = 0; i < self->raw->headers->len; i++)
    {
      const RungsRawHeader *header = self->raw->headers->pdata[i];

      rungs_http_question_add_header (question, header->name, header->value);
    }
  if (!rungs_http_line_ask (line, question, self->cancellable, &answer, error))
    return FALSE;
  if (answer.status / 100 == 2)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
               _ ("The relay did not take it: it answered with HTTP %u."), answer.status);
  return FALSE;
}

/* Straight into the file where there is no relay. */
static gboolean
send_it (Trial   *self,
         GError **error)
{
  g_autofree char *words = NULL;
  g_autoptr (GError) fault = NULL;

  if (!sign (self, &fault))
    return tell (self, RUNGS_WEB_TRIAL_SENT, FALSE, fault->message);
  if (self->relay == NULL)
    return rungs_db_write (self->db, take, self, error)
           && tell (self, RUNGS_WEB_TRIAL_SENT, TRUE,
                    _ ("There is no relay: it was put straight into your file."));
  if (!post (self, &fault))
    return tell (self, RUNGS_WEB_TRIAL_SENT, FALSE, fault->message);
  words = g_strdup_printf (_ ("It was sent to %s%s."), self->relay->address, self->raw->path);
  return tell (self, RUNGS_WEB_TRIAL_SENT, TRUE, words);
}

/* ---- arriving */

static gboolean
find (Trial   *self,
      GError **error)
{
  return self->delivery != 0
         || rungs_web_delivery_find_marked (self->db, self->raw->path, self->mark, &self->delivery,
                                            error);
}

/* The engine of the window may take it before us: where it is taken is all the same. */
static gboolean
keep (Trial   *self,
      GError **error)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;
  g_autoptr (RungsWebRelayLine) line
      = self->relay != NULL && self->relay_key != NULL
            ? rungs_web_relay_line_new (self->relay, self->relay_key)
            : NULL;
  g_autoptr (GError) fault = NULL;

  while (find (self, error) && self->delivery == 0 && g_get_monotonic_time () < until)
    {
      gint64 taken = 0;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      g_clear_error (&fault);
      if (line == NULL
          || !rungs_web_relay_line_take (line, self->db, self->clock, 1, self->cancellable, &taken,
                                         &fault))
        g_usleep (PAUSE_US);
    }
  if (error != NULL && *error != NULL)
    return FALSE;
  if (self->delivery == 0)
    return tell (self, RUNGS_WEB_TRIAL_KEPT, FALSE,
                 fault != NULL ? fault->message
                               : _ ("It was not there after half a minute."));
  return tell (self, RUNGS_WEB_TRIAL_KEPT, TRUE, _ ("It is in your file, byte for byte."));
}

/* ---- what became of it */

typedef struct
{
  Trial *trial;
  RungsWebRehearsal *rehearsal; /* (owned) (nullable) */
} Rehearsing;

static gboolean
rehearse (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  Rehearsing *rehearsing = data;
  Trial *self = rehearsing->trial;

  rehearsing->rehearsal = rungs_web_rehearse (db, self->raw, self->endpoint, self->provider,
                                              rungs_clock_now (self->clock), error);
  return rehearsing->rehearsal != NULL;
}

/* Until it is looked at, by us or by the engine. */
static RungsWebDelivery *
wait_for_end (Trial   *self,
              GError **error)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      RungsWebResult result = { 0 };
      g_autoptr (RungsWebDelivery) delivery
          = rungs_web_delivery_load (self->db, self->delivery, error);

      if (delivery == NULL || delivery->state != RUNGS_WEB_WAITING
          || g_get_monotonic_time () > until)
        return g_steal_pointer (&delivery);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
          || !rungs_web_apply_all (self->db, self->keys, rungs_clock_now (self->clock), &result,
                                   error))
        return NULL;
      if (result.applied + result.ignored + result.quarantined == 0)
        g_usleep (PAUSE_US);
    }
}

static char *
dup_done_words (const RungsWebRehearsal *rehearsal)
{
  if (*rehearsal->lead_name == '\0')
    return g_strdup (_ ("What it says could be done."));
  return rehearsal->is_new
             ? g_strdup_printf (_ ("“%s” became a new lead."), rehearsal->lead_name)
             : g_strdup_printf (_ ("“%s” was found among your leads."), rehearsal->lead_name);
}

/* Whether the sample is of something that need not be there: nobody has the product, the order or
 * the message of a sample. */
static gboolean
is_of_others (const RungsWebRehearsal *rehearsal)
{
  for (guint i = 0; i < rehearsal->deeds->len; i++)
    if (((const RungsWebDeed *) rehearsal->deeds->pdata[i])->kind != RUNGS_WEB_FORM)
      return TRUE;
  return FALSE;
}

/* It cannot be told from its state alone which step failed: what comes of it unsigned tells. */
static gboolean
judge (Trial                   *self,
       const RungsWebDelivery  *delivery,
       const RungsWebRehearsal *rehearsal)
{
  gboolean is_done = delivery->state == RUNGS_WEB_IGNORED;
  gboolean believed = is_done || g_strcmp0 (delivery->reason, rehearsal->reason) == 0;
  g_autofree char *words = NULL;

  if (!tell (self, RUNGS_WEB_TRIAL_VERIFIED, believed,
             believed ? _ ("Its signature is right.") : delivery->reason))
    return FALSE;
  if (is_done)
    {
      words = dup_done_words (rehearsal);
      return tell (self, RUNGS_WEB_TRIAL_APPLIED, TRUE, words);
    }
  if (!is_of_others (rehearsal))
    return tell (self, RUNGS_WEB_TRIAL_APPLIED, FALSE, delivery->reason);
  words = g_strdup_printf (_ ("It was understood, but the sample is of something that you do not"
                              " have: %s"),
                           delivery->reason);
  return tell (self, RUNGS_WEB_TRIAL_APPLIED, TRUE, words);
}

static gboolean
end (Trial     *self,
     gboolean  *well,
     GError   **error)
{
  Rehearsing rehearsing = { self, NULL };
  g_autoptr (RungsWebDelivery) delivery = wait_for_end (self, error);
  g_autoptr (RungsWebRehearsal) rehearsal = NULL;

  if (delivery == NULL || !rungs_db_write (self->db, rehearse, &rehearsing, error))
    return FALSE;
  rehearsal = rehearsing.rehearsal;
  *well = judge (self, delivery, rehearsal);
  return TRUE;
}

static gboolean
forget (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  return rungs_web_delivery_forget (db, ((Trial *) data)->delivery, error);
}

gboolean
rungs_web_trial (RungsDb             *db,
                 gint64               endpoint,
                 const RungsWebKeys  *keys,
                 const char          *relay_key,
                 RungsClock          *clock,
                 RungsWebTrialTold    told,
                 gpointer             data,
                 GCancellable        *cancellable,
                 gboolean            *well,
                 GError             **error)
{
  g_auto (Trial) self = { .db = db, .keys = keys, .relay_key = relay_key, .clock = clock,
                          .told = told, .data = data, .cancellable = cancellable };
  g_autoptr (GError) fault = NULL;
  gboolean ended;

  g_return_val_if_fail (keys != NULL && told != NULL && well != NULL, FALSE);

  *well = FALSE;
  if (!prepare (&self, endpoint, error))
    return FALSE;
  if (!send_it (&self, &fault) || !keep (&self, &fault))
    {
      if (fault != NULL)
        g_propagate_error (error, g_steal_pointer (&fault));
      return error == NULL || *error == NULL;
    }
  ended = end (&self, well, error);
  if (!rungs_db_write (db, forget, &self, ended ? error : NULL))
    return FALSE;
  tell (&self, RUNGS_WEB_TRIAL_UNDONE, TRUE, _ ("Nothing of it is left."));
  return ended;
}
