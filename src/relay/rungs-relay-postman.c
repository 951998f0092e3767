/* rungs-relay-postman.c: hands letters over to the owner's mail server. */

#include "rungs-relay-postman.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-json-members.h"
#include "rungs-relay-letter-store.h"
#include "rungs-relay-store.h"
#include "smtp/rungs-smtp-transport.h"
#include "wire/rungs-raw-delivery.h"
#include "wire/rungs-relay-protocol.h"

/* Where the file cannot be read, or the server is away, so long nothing is tried. */
#define REST (1 * RUNGS_MINUTE)

/* So long a connection is kept for the next letter. */
#define IDLE (10 * RUNGS_SECOND)

static const gint64 WAITS[] = {
  1 * RUNGS_MINUTE, 5 * RUNGS_MINUTE, 15 * RUNGS_MINUTE, 30 * RUNGS_MINUTE,
};

struct _RungsRelayPostman
{
  RungsRelayFile *file;       /* (unowned) */
  RungsClock *clock;          /* (unowned) */
  RungsRelayWrittenFunc func;
  gpointer data;
  GThread *thread;            /* (owned) */
  GCancellable *cancellable;  /* (owned): it is to end */

  GMutex lock; /* of what follows */
  GCond woken;
  RungsRelayMail *mail; /* (owned) (nullable) */
  gboolean has_news;
  gboolean closing;

  /* Of the thread. */
  GMainContext *context;     /* (owned) */
  RungsRelayMail *used;      /* (owned) (nullable): whose `transport` this is */
  RungsTransport *transport; /* (owned) (nullable) */
};

/* ---- waiting */

static void
hang_up (RungsRelayPostman *self)
{
  g_clear_object (&self->transport);
  g_clear_pointer (&self->used, rungs_relay_mail_unref);
}

/* FALSE: it is to end. `until`: milliseconds since 1970. */
static gboolean
rest (RungsRelayPostman *self,
      gint64             until)
{
  gint64 left = MIN (until - rungs_clock_now (self->clock), RUNGS_HOUR);
  gint64 end = g_get_monotonic_time () + left * 1000;
  gint64 idle = g_get_monotonic_time () + IDLE * 1000;
  gboolean goes_on;

  g_mutex_lock (&self->lock);
  while (!self->closing && !self->has_news && g_get_monotonic_time () < end)
    {
      gboolean waits = self->transport != NULL && idle < end;

      if (!g_cond_wait_until (&self->woken, &self->lock, waits ? idle : end) && waits)
        {
          g_mutex_unlock (&self->lock);
          hang_up (self);
          g_mutex_lock (&self->lock);
        }
    }
  self->has_news = FALSE;
  goes_on = !self->closing;
  g_mutex_unlock (&self->lock);
  return goes_on;
}

/* ---- the file, waited for */

typedef struct
{
  RungsRelayPostman *self;
  RungsRelayLetter *letter; /* (owned) (nullable) */
  gint64 due_at;
  GBytes *raw; /* (owned) (nullable) */
  gint64 at;
  RungsDbFunc func;
  GAsyncResult *result; /* (owned) (nullable) */
} Job;

static gboolean
do_job (RungsDb *db,
        gpointer data,
        GError **error)
{
  Job *job = data;

  return job->func (db, job, error);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Job *job = data;

  job->result = g_object_ref (result);
}

/* FALSE: nothing was done; the log says why. */
static gboolean
work (Job        *job,
      RungsDbFunc func)
{
  g_autoptr (GError) failure = NULL;
  gboolean done;

  job->func = func;
  rungs_relay_file_work_async (job->self->file, do_job, job, done_cb);
  while (job->result == NULL)
    g_main_context_iteration (job->self->context, TRUE);
  done = rungs_relay_file_work_finish (job->result, &failure);
  g_clear_object (&job->result);
  if (!done)
    g_warning ("a letter could not be worked on: %s", failure->message);
  return done;
}

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->letter, rungs_relay_letter_free);
  g_clear_pointer (&job->raw, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* May be called twice, where the first transaction did not succeed. */
static gboolean
load_first (RungsDb *db,
            gpointer data,
            GError **error)
{
  Job *job = data;

  g_clear_pointer (&job->letter, rungs_relay_letter_free);
  return rungs_relay_letter_load_first (db, &job->letter, error);
}

static gboolean
load_lost (RungsDb *db,
           gpointer data,
           GError **error)
{
  Job *job = data;

  g_clear_pointer (&job->letter, rungs_relay_letter_free);
  return rungs_relay_letter_load_lost (db, &job->letter, error);
}

static gboolean
set_out (RungsDb *db,
         gpointer data,
         GError **error)
{
  Job *job = data;

  return rungs_relay_letter_set_out (db, job->letter->id, error);
}

static gboolean
postpone (RungsDb *db,
          gpointer data,
          GError **error)
{
  Job *job = data;

  return rungs_relay_letter_postpone (db, job->letter->id, job->due_at, error);
}

static gboolean
write_settled (RungsDb *db,
               gpointer data,
               GError **error)
{
  Job *job = data;

  return rungs_relay_letter_forget (db, job->letter->id, error)
         && rungs_relay_delivery_put (db, job->raw, job->at, error);
}

/* ---- what became of a letter */

typedef struct
{
  RungsRelayWrittenFunc func;
  gpointer data;
  gint64 at;
  gsize size;
} Written;

static gboolean
tell_written (gpointer data)
{
  const Written *written = data;

  written->func (written->at, written->size, written->data);
  return G_SOURCE_REMOVE;
}

static GBytes *
make_body (const RungsRelayLetter *letter,
           const char             *outcome,
           const char             *reply)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "once", letter->once);
  rungs_json_add_text (builder, "outcome", outcome);
  rungs_json_add_text (builder, "message_id", letter->message_id);
  rungs_json_add_text (builder, "to", letter->recipient);
  rungs_json_add_text (builder, "reply", reply);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

/* Whether it is written down. What a server may have must not be tried again, so nothing else is
 * done before. */
static gboolean
settle (Job        *job,
        const char *outcome,
        const char *reply)
{
  RungsRelayPostman *self = job->self;
  g_autoptr (RungsRawDelivery) raw = NULL;
  g_autoptr (GBytes) body = make_body (job->letter, outcome, reply);
  Written *written;
  gboolean is_done;

  job->at = rungs_clock_now (self->clock);
  raw = rungs_raw_delivery_new ("POST", RUNGS_RELAY_LETTER, "", job->at);
  rungs_raw_delivery_set_body (raw, body);
  job->raw = rungs_raw_delivery_to_bytes (raw);
  while (!(is_done = work (job, write_settled)) && rest (self, job->at + REST))
    continue;
  if (!is_done)
    return FALSE;
  written = g_new (Written, 1);
  *written = (Written){ self->func, self->data, job->at, g_bytes_get_size (job->raw) };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, tell_written, written, g_free);
  return TRUE;
}

/* It is not with a server any more. What is not written down would be held for out until the relay
 * is started again. */
static void
put_off (Job    *job,
         gint64  due_at)
{
  RungsRelayPostman *self = job->self;

  job->due_at = due_at;
  while (!work (job, postpone) && rest (self, rungs_clock_now (self->clock) + REST))
    continue;
}

/* It has not been accepted, and may be later. */
static void
try_later (Job        *job,
           const char *reply)
{
  gint64 now = rungs_clock_now (job->self->clock);
  gint64 tries = MIN (job->letter->tries, (gint64) G_N_ELEMENTS (WAITS) - 1);
  gint64 due_at = now + WAITS[tries];

  if (due_at > job->letter->made_at + RUNGS_RELAY_LETTER_HOURS * RUNGS_HOUR)
    settle (job, "failed", reply);
  else
    put_off (job, due_at);
}

static void
conclude (Job                 *job,
          const RungsDelivery *delivery)
{
  switch (delivery->outcome)
    {
    case RUNGS_DELIVERY_ACCEPTED:
      settle (job, "sent", delivery->reply);
      break;
    case RUNGS_DELIVERY_IN_DOUBT:
      settle (job, "doubt", delivery->reply);
      break;
    case RUNGS_DELIVERY_TEMPORARY:
      try_later (job, delivery->reply);
      break;
    case RUNGS_DELIVERY_CANCELLED:
      put_off (job, job->letter->due_at);
      break;
    case RUNGS_DELIVERY_PERMANENT:
    case RUNGS_DELIVERY_ACCOUNT_TROUBLE:
    default:
      settle (job, "failed", delivery->reply);
    }
}

/* ---- handing over */

/* Whether there is an account; `transport` is to its server then. */
static gboolean
prepare (RungsRelayPostman *self)
{
  g_autoptr (RungsRelayMail) mail = NULL;

  g_mutex_lock (&self->lock);
  mail = self->mail != NULL ? rungs_relay_mail_ref (self->mail) : NULL;
  g_mutex_unlock (&self->lock);
  if (mail != NULL && mail == self->used)
    return TRUE;
  hang_up (self);
  if (mail == NULL)
    return FALSE;
  self->transport = rungs_smtp_transport_new (mail->settings);
  self->used = g_steal_pointer (&mail);
  return TRUE;
}

static void
hand_over (Job           *job,
           RungsDelivery *delivery)
{
  RungsRelayPostman *self = job->self;
  const RungsRelayLetter *letter = job->letter;
  const RungsEnvelope envelope = {
    .from = letter->sender,
    .to = letter->recipient,
    .message_id = letter->message_id,
    .again = letter->tries > 0,
  };

  rungs_transport_connect (self->transport, self->cancellable, delivery);
  if (delivery->outcome != RUNGS_DELIVERY_ACCEPTED)
    return;
  rungs_delivery_clear (delivery);
  if (work (job, set_out))
    rungs_transport_send (self->transport, &envelope, letter->bytes, self->cancellable, delivery);
  else
    *delivery = (RungsDelivery){ .outcome = RUNGS_DELIVERY_TEMPORARY,
                                 .server_is_away = TRUE,
                                 .reply = g_strdup ("the relay cannot write") };
}

/* Works on the letter that is due first. Returns: milliseconds since 1970, before which there is
 * nothing to do. */
static gint64
turn (RungsRelayPostman *self)
{
  g_auto (RungsDelivery) delivery = { 0 };
  g_auto (Job) job = { .self = self };
  gint64 now = rungs_clock_now (self->clock);
  gboolean is_away;

  if (!work (&job, load_first))
    return now + REST;
  if (job.letter == NULL)
    return G_MAXINT64;
  if (!prepare (self))
    {
      settle (&job, "failed", "the relay sends no more by itself");
      return now;
    }
  if (job.letter->due_at > now)
    return job.letter->due_at;
  hand_over (&job, &delivery);
  is_away = delivery.outcome == RUNGS_DELIVERY_TEMPORARY && delivery.server_is_away;
  conclude (&job, &delivery);
  return is_away ? now + REST : now;
}

/* Of those that a server was given when the relay died it is not known whether it has them. */
static gboolean
settle_lost (RungsRelayPostman *self)
{
  g_auto (Job) job = { .self = self };

  if (!work (&job, load_lost) || job.letter == NULL)
    return FALSE;
  return settle (&job, "doubt", "the relay died while it was sent");
}

/* ---- the thread */

static gpointer
go_round (gpointer data)
{
  RungsRelayPostman *self = data;

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  while (settle_lost (self))
    continue;
  while (rest (self, turn (self)))
    continue;
  hang_up (self);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  return NULL;
}

RungsRelayPostman *
rungs_relay_postman_new (RungsRelayFile       *file,
                         RungsClock           *clock,
                         RungsRelayMail       *mail,
                         RungsRelayWrittenFunc func,
                         gpointer              data)
{
  RungsRelayPostman *self = g_new0 (RungsRelayPostman, 1);

  g_return_val_if_fail (file != NULL && clock != NULL && func != NULL, NULL);

  self->file = file;
  self->clock = clock;
  self->mail = mail != NULL ? rungs_relay_mail_ref (mail) : NULL;
  self->func = func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->woken);
  self->thread = g_thread_new ("postman", go_round, self);
  return self;
}

/* `self->lock` is held. */
static void
tell_news (RungsRelayPostman *self)
{
  self->has_news = TRUE;
  g_cond_signal (&self->woken);
}

void
rungs_relay_postman_free (RungsRelayPostman *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  tell_news (self);
  g_mutex_unlock (&self->lock);
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_clear_pointer (&self->mail, rungs_relay_mail_unref);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->woken);
  g_free (self);
}

void
rungs_relay_postman_set_mail (RungsRelayPostman *self,
                              RungsRelayMail    *mail)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->mail, rungs_relay_mail_unref);
  self->mail = mail != NULL ? rungs_relay_mail_ref (mail) : NULL;
  tell_news (self);
  g_mutex_unlock (&self->lock);
}

void
rungs_relay_postman_wake (RungsRelayPostman *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  tell_news (self);
  g_mutex_unlock (&self->lock);
}
