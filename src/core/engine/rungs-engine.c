/* rungs-engine.c: what runs by itself.
 *
 * Shift by shift (rungs-shift.c) it works until nothing is due. Then it is known when something
 * will be: a real clock is waited for, a pretended one is set to it. While it waits, a wake (the
 * window wrote something) or a commit of another program begins the next round early.
 *
 * On the window's thread nothing happens but signals. The engine's thread opens the file, takes the
 * lease, works, and after trouble closes it all and begins anew in a minute. */

#include "engine/rungs-engine.h"

#include "base/rungs-error.h"
#include "engine/rungs-notice-round.h"
#include "engine/rungs-provider-round.h"
#include "engine/rungs-pull-round.h"
#include "engine/rungs-relay-round.h"
#include "engine/rungs-shift.h"
#include "engine/rungs-watch.h"

#define LOOK_EVERY_MS 1000
#define AGAIN_AFTER_MS 60000

struct _RungsEngine
{
  GObject parent_instance;

  char *path;
  RungsClock *clock;
  char *program;
  GMainContext *context;
  GThread *thread;           /* (nullable): of rungs_engine_start() */
  GCancellable *cancellable; /* (nullable): ends the thread */

  GMutex lock; /* of what follows */
  GCond changed;
  gboolean woken;
  gboolean agreed;
  RungsEngineState state;
  char *message; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsEngine, rungs_engine, G_TYPE_OBJECT)

enum
{
  CHANGED,
  WORKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rungs_engine_finalize (GObject *object)
{
  RungsEngine *self = RUNGS_ENGINE (object);

  g_assert (self->thread == NULL);
  g_free (self->path);
  g_object_unref (self->clock);
  g_free (self->program);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->message);
  G_OBJECT_CLASS (rungs_engine_parent_class)->finalize (object);
}

static void
rungs_engine_class_init (RungsEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_engine_finalize;

  signals[CHANGED] = g_signal_new ("changed", RUNGS_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[WORKED] = g_signal_new ("worked", RUNGS_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
rungs_engine_init (RungsEngine *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->context = g_main_context_ref_thread_default ();
  self->state = RUNGS_ENGINE_STOPPED;
}

RungsEngine *
rungs_engine_new (const char *path,
                  RungsClock *clock,
                  const char *program)
{
  RungsEngine *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (program != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_ENGINE, NULL);
  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  self->program = g_strdup (program);
  return self;
}

/* ---- signals, on the thread that made the engine */

typedef struct
{
  RungsEngine *engine;
  guint signal;
} Emission;

static gboolean
emit_cb (gpointer data)
{
  Emission *emission = data;

  g_signal_emit (emission->engine, signals[emission->signal], 0);
  return G_SOURCE_REMOVE;
}

static void
emission_free (gpointer data)
{
  Emission *emission = data;

  g_object_unref (emission->engine);
  g_free (emission);
}

static void
emit (RungsEngine *self,
      guint        signal)
{
  Emission *emission = g_new (Emission, 1);

  emission->engine = g_object_ref (self);
  emission->signal = signal;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, emit_cb, emission, emission_free);
}

static void
set_state (RungsEngine     *self,
           RungsEngineState state,
           const char      *message)
{
  gboolean same;

  g_mutex_lock (&self->lock);
  same = self->state == state && g_strcmp0 (self->message, message) == 0;
  self->state = state;
  g_free (self->message);
  self->message = g_strdup (message);
  g_mutex_unlock (&self->lock);
  if (!same)
    emit (self, CHANGED);
}

RungsEngineState
rungs_engine_get_state (RungsEngine *self)
{
  RungsEngineState state;

  g_return_val_if_fail (RUNGS_IS_ENGINE (self), RUNGS_ENGINE_STOPPED);

  g_mutex_lock (&self->lock);
  state = self->state;
  g_mutex_unlock (&self->lock);
  return state;
}

char *
rungs_engine_dup_message (RungsEngine *self)
{
  char *message;

  g_return_val_if_fail (RUNGS_IS_ENGINE (self), NULL);

  g_mutex_lock (&self->lock);
  message = g_strdup (self->message);
  g_mutex_unlock (&self->lock);
  return message;
}

/* ---- a shift */

static void
worked_cb (gpointer data)
{
  emit (data, WORKED);
}

/* On the thread of a sender. */
static void
ended_cb (gpointer data)
{
  rungs_engine_wake (data);
}

static RungsShift
new_shift (RungsEngine       *self,
           RungsEngineReport *report)
{
  return (RungsShift){
    .path = self->path,
    .clock = self->clock,
    .report = report,
    .worked = worked_cb,
    .ended = ended_cb,
    .worked_data = self,
  };
}

static gboolean
begin (RungsEngine *self,
       RungsShift  *shift,
       GError     **error)
{
  gboolean agreed;

  g_mutex_lock (&self->lock);
  agreed = self->agreed || rungs_clock_is_pretended (self->clock);
  g_mutex_unlock (&self->lock);
  return rungs_shift_begin (shift, self->program, agreed, error);
}

/* Sleeps up to `milliseconds`, or until it is woken or cancelled. */
static void
sleep_up_to (RungsEngine  *self,
             gint64        milliseconds,
             GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  g_mutex_lock (&self->lock);
  while (!self->woken && !g_cancellable_is_cancelled (cancellable)
         && g_cond_wait_until (&self->changed, &self->lock, end))
    continue;
  g_mutex_unlock (&self->lock);
}

/* Whether it was woken since the last call. */
static gboolean
take_wake (RungsEngine *self)
{
  gboolean woken;

  g_mutex_lock (&self->lock);
  woken = self->woken;
  self->woken = FALSE;
  g_mutex_unlock (&self->lock);
  return woken;
}

/* Waits until `due`, but a second at least, in looks of a second:
 * the clock may be put forward, another program may write. */
static void
wait_until (RungsEngine  *self,
            RungsShift   *shift,
            gint64        due,
            GCancellable *cancellable)
{
  gint64 version = rungs_db_get_data_version (shift->db);
  gint64 now = rungs_clock_now (self->clock);

  due = MAX (due, now + RUNGS_SECOND);
  while ((now = rungs_clock_now (self->clock)) < due && !g_cancellable_is_cancelled (cancellable))
    {
      if (take_wake (self) || version != rungs_db_get_data_version (shift->db)
          || ABS (now - shift->beat_at) >= RUNGS_MINUTE)
        break;
      sleep_up_to (self, MIN (due - now, LOOK_EVERY_MS), cancellable);
    }
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  rungs_engine_wake (data);
}

void
rungs_engine_report_clear (RungsEngineReport *report)
{
  g_clear_pointer (&report->trouble, g_free);
}

static gboolean
run_until (RungsEngine  *self,
           RungsShift   *shift,
           gint64        until,
           GCancellable *cancellable,
           GError      **error)
{
  RungsClock *clock = self->clock;
  gint64 next_at = G_MAXINT64;

  while (rungs_shift_work_off (shift, cancellable, &next_at, error))
    {
      gint64 now = rungs_clock_now (clock);

      if (g_cancellable_is_cancelled (cancellable) || until == 0 || now >= until)
        return TRUE;
      if (rungs_clock_is_pretended (clock))
        rungs_clock_set (clock, CLAMP (next_at, now + 1, until));
      else
        wait_until (self, shift, MIN (next_at, until), cancellable);
    }
  return FALSE;
}

/* What came back may keep a message from leaving, so it is read first. A pretended clock does not
 * ask real servers. */
static gboolean
look_into_mailboxes (RungsEngine  *self,
                     RungsShift   *shift,
                     GCancellable *cancellable,
                     GError      **error)
{
  RungsMailboxReport report = { 0 };
  gint64 next_at;

  return rungs_clock_is_pretended (self->clock)
         || rungs_returns_work_off (shift->db, self->clock, cancellable, &report, &next_at, error);
}

/* Staff are told once more at the end of a run that does not wait. */
static gboolean
tell_staff (RungsEngine   *self,
            RungsShift    *shift,
            GCancellable  *cancellable,
            GError       **error)
{
  guint sent;
  gint64 next_at;

  return rungs_clock_is_pretended (self->clock)
         || rungs_notice_round (shift->db, self->clock, cancellable, &sent, &next_at, error);
}

static gboolean
watch_returns (RungsWatch *watch,
               RungsDb    *db,
               gint64     *next_at,
               GError    **error)
{
  RungsMailboxReport report = { 0 };
  gboolean done = rungs_returns_work_off (db, rungs_watch_get_clock (watch),
                                          rungs_watch_get_cancellable (watch), &report, next_at,
                                          error);

  if (report.taken + report.unclear > 0)
    rungs_watch_tell (watch);
  return done;
}

/* What is looked at beside the shift, each with a thread of its own. */
typedef struct
{
  RungsWatch *returns; /* (owned) (nullable) */
  RungsWatch *relay;   /* (owned) (nullable) */
  RungsWatch *notices; /* (owned) (nullable) */
  RungsWatch *pull;    /* (owned) (nullable) */
} Watches;

static void
watches_start (Watches     *watches,
               RungsEngine *self)
{
  watches->returns = rungs_watch_start ("returns", self->path, self->clock, watch_returns,
                                        worked_cb, self);
  watches->relay = rungs_watch_start ("relay", self->path, self->clock, rungs_relay_watch,
                                      worked_cb, self);
  watches->notices = rungs_watch_start ("notices", self->path, self->clock, rungs_notice_watch,
                                        worked_cb, self);
  watches->pull = rungs_watch_start ("pull", self->path, self->clock, rungs_pull_watch, worked_cb,
                                     self);
}

static void
watches_stop (Watches *watches)
{
  g_clear_pointer (&watches->returns, rungs_watch_stop);
  g_clear_pointer (&watches->relay, rungs_watch_stop);
  g_clear_pointer (&watches->notices, rungs_watch_stop);
  g_clear_pointer (&watches->pull, rungs_watch_stop);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Watches, watches_stop)

gboolean
rungs_engine_run (RungsEngine       *self,
                  gint64             until,
                  GCancellable      *cancellable,
                  RungsEngineReport *report,
                  GError           **error)
{
  RungsShift shift = new_shift (self, report);
  g_auto (Watches) watches = { 0 };
  gulong id = 0;
  gboolean done;

  g_return_val_if_fail (RUNGS_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  *report = (RungsEngineReport) { 0 };
  shift.waits = until == 0 || rungs_clock_is_pretended (self->clock);
  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  done = begin (self, &shift, error) && look_into_mailboxes (self, &shift, cancellable, error);
  if (done && !shift.waits)
    watches_start (&watches, self);
  done = done && run_until (self, &shift, until, cancellable, error)
         && (!shift.waits || tell_staff (self, &shift, cancellable, error));
  watches_stop (&watches);
  rungs_shift_end (&shift);
  if (id != 0)
    g_cancellable_disconnect (cancellable, id);
  return done;
}

/* ---- the window's engine */

static void
tell_failure (RungsEngine *self,
              GError      *error)
{
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    set_state (self, RUNGS_ENGINE_HELD, error->message);
  else if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    set_state (self, RUNGS_ENGINE_ASKING, error->message);
  else
    set_state (self, RUNGS_ENGINE_TROUBLE, error->message);
}

/* One shift, until it is cancelled or fails. */
static void
work_shift (RungsEngine  *self,
            GCancellable *cancellable)
{
  g_auto (RungsEngineReport) report = { 0 };
  RungsShift shift = new_shift (self, &report);
  gint64 next_at = G_MAXINT64;
  g_autoptr (GError) error = NULL;

  if (begin (self, &shift, &error))
    {
      g_auto (Watches) watches = { 0 };

      watches_start (&watches, self);

      set_state (self, RUNGS_ENGINE_RUNNING, NULL);
      while (!g_cancellable_is_cancelled (cancellable)
             && rungs_shift_work_off (&shift, cancellable, &next_at, &error))
        {
          set_state (self, report.trouble ? RUNGS_ENGINE_TROUBLE : RUNGS_ENGINE_RUNNING,
                     report.trouble);
          wait_until (self, &shift, next_at, cancellable);
        }
    }
  rungs_shift_end (&shift);
  if (error != NULL)
    tell_failure (self, error);
}

static gpointer
run_in_thread (gpointer data)
{
  RungsEngine *self = data;

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      work_shift (self, self->cancellable);
      sleep_up_to (self,
                   rungs_engine_get_state (self) == RUNGS_ENGINE_HELD ? LOOK_EVERY_MS
                                                                     : AGAIN_AFTER_MS,
                   self->cancellable);
      take_wake (self);
    }
  return NULL;
}

void
rungs_engine_start (RungsEngine *self)
{
  g_return_if_fail (RUNGS_IS_ENGINE (self));

  if (self->thread != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->thread = g_thread_new ("engine", run_in_thread, self);
}

void
rungs_engine_stop (RungsEngine *self)
{
  g_return_if_fail (RUNGS_IS_ENGINE (self));

  if (self->thread == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  rungs_engine_wake (self);
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_object (&self->cancellable);
  set_state (self, RUNGS_ENGINE_STOPPED, NULL);
}

void
rungs_engine_wake (RungsEngine *self)
{
  g_return_if_fail (RUNGS_IS_ENGINE (self));

  g_mutex_lock (&self->lock);
  self->woken = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
rungs_engine_agree (RungsEngine *self)
{
  g_return_if_fail (RUNGS_IS_ENGINE (self));

  g_mutex_lock (&self->lock);
  self->agreed = TRUE;
  g_mutex_unlock (&self->lock);
  rungs_engine_wake (self);
}
