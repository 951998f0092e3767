/* rungs-sender-lines.c: the connections of a sender, a thread each.
 *
 * A line connects before it asks for a claim: what goes wrong until then, a crash too, leaves no
 * message in doubt. It takes a claim, composes the message from a reading connection of its own,
 * hands it over by its transport, and lays the result down; then it waits for the next claim. It
 * never writes to the file.
 *
 * The first line connects before the others do, so that a wrong password is tried once
 * and not by all. */

#include "engine/rungs-sender-lines.h"

#include "base/rungs-error.h"
#include "base/rungs-plain-words.h"
#include "db/rungs-db.h"
#include "mail/rungs-composer.h"

typedef struct
{
  RungsSenderLines *lines; /* (unowned) */
  GThread *thread;

  /* Of its thread alone. */
  RungsDb *db;               /* (owned) (nullable) */
  RungsComposer *composer;   /* (owned) */
  RungsTransport *transport; /* (owned) */
} Line;

struct _RungsSenderLines
{
  RungsSenderRoute *route; /* (owned) */
  RungsClock *clock;       /* (owned) */
  GCancellable *abort;     /* (owned) */
  Line *line;              /* (array length=n) (owned) */
  guint n;

  GMutex lock; /* of what follows */
  GCond done;
  GCond given;
  GQueue claims;   /* (element-type RungsOutboxClaim) */
  GArray *results; /* (element-type RungsOutboxResult) */
  RungsSenderLinesCount count;
  gboolean first_tried;
  gboolean first_in; /* the first line could connect */
  gboolean woken;    /* or something is new */
  gboolean ending;
  GError *error;
};

static void
fail (RungsSenderLines *self,
      GError           *error)
{
  g_mutex_lock (&self->lock);
  if (self->error == NULL)
    self->error = g_error_copy (error);
  g_mutex_unlock (&self->lock);
}

/* What was claimed, handed over. */
static void
send_claim (Line                   *line,
            const RungsOutboxClaim *claim,
            RungsOutboxResult      *result)
{
  RungsSenderLines *self = line->lines;
  RungsEnvelope envelope
      = { rungs_sender_route_get_from (self->route), claim->email, claim->message_id,
          claim->again };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = NULL;

  message = rungs_composer_compose (line->composer, line->db, claim,
                                    rungs_sender_route_get_account (self->route),
                                    rungs_clock_now (self->clock), &error);
  if (message != NULL)
    {
      rungs_transport_send (line->transport, &envelope, message, self->abort, &result->delivery);
      return;
    }

  result->no_text = g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID)
                    || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  result->delivery.outcome = RUNGS_DELIVERY_CANCELLED;
  result->delivery.reply = g_strdup (error->message);
  if (!result->no_text)
    fail (self, error);
}

/* Returns: (transfer full) (nullable): the next claim; NULL at the end. */
static RungsOutboxClaim *
take_claim (RungsSenderLines *self)
{
  RungsOutboxClaim *claim;

  g_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->claims) && !self->ending)
    g_cond_wait (&self->given, &self->lock);
  claim = self->ending ? NULL : g_queue_pop_head (&self->claims);
  g_mutex_unlock (&self->lock);
  return claim;
}

/* `free`: the line can take the next claim at once; else it connects anew. */
static void
lay_down (RungsSenderLines        *self,
          const RungsOutboxResult *result,
          gboolean                 free)
{
  g_mutex_lock (&self->lock);
  g_array_append_vals (self->results, result, 1);
  if (free)
    self->count.free++;
  else
    self->count.connecting++;
  g_cond_signal (&self->done);
  g_mutex_unlock (&self->lock);
}

/* Connects where there is no connection. FALSE: the line is out. */
static gboolean
make_ready (Line *line)
{
  RungsSenderLines *self = line->lines;
  RungsOutboxResult result = { 0 };
  gboolean ready;

  rungs_transport_connect (line->transport, self->abort, &result.delivery);
  ready = line->db != NULL && result.delivery.outcome == RUNGS_DELIVERY_ACCEPTED;
  g_mutex_lock (&self->lock);
  self->count.connecting--;
  if (ready)
    self->count.free++;
  else
    g_array_append_vals (self->results, &result, 1);
  self->first_in |= ready;
  self->first_tried = TRUE;
  self->woken = TRUE;
  g_cond_signal (&self->done);
  g_cond_broadcast (&self->given);
  g_mutex_unlock (&self->lock);
  if (ready)
    rungs_delivery_clear (&result.delivery);
  return ready;
}

/* Whether it is worth trying to connect: waits until the first line has. */
static gboolean
may_try (Line *line)
{
  RungsSenderLines *self = line->lines;
  gboolean may;

  g_mutex_lock (&self->lock);
  while (line != &self->line[0] && !self->first_tried && !self->ending)
    g_cond_wait (&self->given, &self->lock);
  may = line == &self->line[0] || (self->first_in && !self->ending);
  if (!may)
    {
      self->count.connecting--;
      self->woken = TRUE;
      g_cond_signal (&self->done);
    }
  g_mutex_unlock (&self->lock);
  return may;
}

/* Works until the end, or until there is no connection to be had. */
static void
work (Line *line)
{
  RungsSenderLines *self = line->lines;
  gboolean ready = may_try (line) && make_ready (line);
  RungsOutboxClaim *claim;

  while (ready && (claim = take_claim (self)) != NULL)
    {
      RungsOutboxResult result = { .id = claim->id };

      send_claim (line, claim, &result);
      ready = result.no_text || result.delivery.outcome == RUNGS_DELIVERY_ACCEPTED;
      rungs_outbox_claim_free (claim);
      lay_down (self, &result, ready);
      if (!ready)
        ready = make_ready (line);
    }
}

static gpointer
run_line (gpointer data)
{
  Line *line = data;
  RungsSenderLines *self = line->lines;
  g_autoptr (RungsPlainWords) plain = rungs_plain_words_new ();
  g_autoptr (GError) error = NULL;

  line->db = rungs_db_open (rungs_sender_route_get_path (self->route), RUNGS_DB_READ, &error);
  if (line->db == NULL)
    fail (self, error);
  line->composer = rungs_composer_new ();
  line->transport = rungs_sender_route_new_transport (self->route);

  work (line);

  g_object_unref (line->transport);
  rungs_composer_free (line->composer);
  g_clear_pointer (&line->db, rungs_db_close);
  return NULL;
}

RungsSenderLines *
rungs_sender_lines_new (RungsSenderRoute *route,
                        RungsClock       *clock,
                        guint             n)
{
  RungsSenderLines *self;

  g_return_val_if_fail (route != NULL, NULL);
  g_return_val_if_fail (n > 0, NULL);

  self = g_new0 (RungsSenderLines, 1);
  self->route = rungs_sender_route_ref (route);
  self->clock = g_object_ref (clock);
  self->abort = g_cancellable_new ();
  self->results = g_array_new (FALSE, FALSE, sizeof (RungsOutboxResult));
  g_mutex_init (&self->lock);
  g_cond_init (&self->done);
  g_cond_init (&self->given);
  self->count.connecting = self->n = n;
  self->line = g_new0 (Line, n);
  for (guint i = 0; i < n; i++)
    {
      self->line[i].lines = self;
      self->line[i].thread = g_thread_new ("mail-line", run_line, &self->line[i]);
    }
  return self;
}

void
rungs_sender_lines_free (RungsSenderLines *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->ending = TRUE;
  if (self->count.busy == 0)
    g_cancellable_cancel (self->abort);
  g_cond_broadcast (&self->given);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->n; i++)
    g_thread_join (self->line[i].thread);

  g_queue_clear_full (&self->claims, (GDestroyNotify) rungs_outbox_claim_free);
  for (guint i = 0; i < self->results->len; i++)
    rungs_delivery_clear (&g_array_index (self->results, RungsOutboxResult, i).delivery);
  g_array_unref (self->results);
  g_free (self->line);
  g_object_unref (self->abort);
  rungs_sender_route_unref (self->route);
  g_object_unref (self->clock);
  g_clear_error (&self->error);
  g_cond_clear (&self->done);
  g_cond_clear (&self->given);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
rungs_sender_lines_give (RungsSenderLines *self,
                         RungsOutboxClaim *claim)
{
  g_return_if_fail (self != NULL && claim != NULL);

  g_mutex_lock (&self->lock);
  g_assert (self->count.free > 0);
  self->count.free--;
  self->count.busy++;
  g_queue_push_tail (&self->claims, claim);
  g_cond_signal (&self->given);
  g_mutex_unlock (&self->lock);
}

guint
rungs_sender_lines_collect (RungsSenderLines *self,
                            gint64            milliseconds,
                            GArray           *results)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  gboolean waits = TRUE;
  guint free;

  g_return_val_if_fail (self != NULL && results != NULL, 0);

  g_mutex_lock (&self->lock);
  while (waits && self->results->len == 0 && !self->woken)
    waits = g_cond_wait_until (&self->done, &self->lock, end);
  g_array_append_vals (results, self->results->data, self->results->len);
  for (guint i = 0; i < self->results->len; i++)
    self->count.busy -= g_array_index (self->results, RungsOutboxResult, i).id != 0;
  g_array_set_size (self->results, 0);
  self->woken = FALSE;
  free = self->count.free;
  g_mutex_unlock (&self->lock);
  return free;
}

RungsSenderLinesCount
rungs_sender_lines_count (RungsSenderLines *self)
{
  RungsSenderLinesCount count = { 0 };

  g_return_val_if_fail (self != NULL, count);

  g_mutex_lock (&self->lock);
  count = self->count;
  count.results = self->results->len;
  g_mutex_unlock (&self->lock);
  return count;
}

void
rungs_sender_lines_wake (RungsSenderLines *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->woken = TRUE;
  g_cond_signal (&self->done);
  g_mutex_unlock (&self->lock);
}

void
rungs_sender_lines_abort (RungsSenderLines *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->abort);
}

const GError *
rungs_sender_lines_get_error (RungsSenderLines *self)
{
  const GError *error;

  g_return_val_if_fail (self != NULL, NULL);

  g_mutex_lock (&self->lock);
  error = self->error;
  g_mutex_unlock (&self->lock);
  return error;
}
