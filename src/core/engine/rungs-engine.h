/* rungs-engine.h: what the open window does by itself, and `rungsctl run` on demand.
 *
 * Takes the lease, settles what a crash left claimed, then over and over: walks the due enrolments,
 * lets each mail account send what is due by it, makes the daily backup, and sleeps until something
 * is due or the file changes. All of it on threads of its own with connections of its own. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"

G_BEGIN_DECLS

/**
 * RungsEngineState:
 * @RUNGS_ENGINE_STOPPED: not started, or stopped
 * @RUNGS_ENGINE_RUNNING: walks and sends
 * @RUNGS_ENGINE_HELD: another program runs the engine of this file;
 *   it is taken over when that one ends
 * @RUNGS_ENGINE_ASKING: messages are overdue and the file comes from elsewhere or lay long: a
 *   person must agree, see rungs_engine_agree()
 * @RUNGS_ENGINE_TROUBLE: something failed; `message` says what; it is tried again in a minute
 */
typedef enum
{
  RUNGS_ENGINE_STOPPED = 1,
  RUNGS_ENGINE_RUNNING,
  RUNGS_ENGINE_HELD,
  RUNGS_ENGINE_ASKING,
  RUNGS_ENGINE_TROUBLE,
} RungsEngineState;

#define RUNGS_TYPE_ENGINE (rungs_engine_get_type ())

/**
 * RungsEngine::changed: the state or its message changed. Emitted on the thread that made the
 * engine. RungsEngine::worked: it wrote something; the store may want to know
 * (rungs_store_note_change()). Same thread.
 */
G_DECLARE_FINAL_TYPE (RungsEngine, rungs_engine, RUNGS, ENGINE, GObject)

/* `program` is "rungs" or "rungsctl": what other programs are told of who runs it. */
RungsEngine *rungs_engine_new (const char *path,
                               RungsClock *clock,
                               const char *program);

/* Runs it on a thread until rungs_engine_stop(), which waits for the messages under way. */
void rungs_engine_start (RungsEngine *self);
void rungs_engine_stop (RungsEngine *self);

/* Something was written that may be due now. From any thread. */
void rungs_engine_wake (RungsEngine *self);

/* A person agreed that overdue messages of this file leave from here. */
void rungs_engine_agree (RungsEngine *self);

RungsEngineState rungs_engine_get_state (RungsEngine *self);

/* Returns: (transfer full) (nullable): what is wrong or who holds it,
 * in plain English; NULL: nothing. */
char *rungs_engine_dup_message (RungsEngine *self);

/* What a run did. */
typedef struct
{
  gint64 steps;     /* enrolments walked on */
  gint64 sent;
  gint64 failed;    /* refused for good */
  gint64 retried;   /* refused for now */
  gint64 withheld;  /* a check said no */
  gint64 doubtful;
  char *trouble;    /* (owned) (nullable): why sending stopped, where it did */
} RungsEngineReport;

void rungs_engine_report_clear (RungsEngineReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsEngineReport, rungs_engine_report_clear)

/* Runs it here and now, on the calling thread, and returns when nothing is due any more (`until` =
 * 0), or when the clock has reached `until`: a pretended clock is set from one due time to the
 * next, a real one is waited for. Cancelling ends it after the messages under way, which is no
 * error. Errors: BUSY and CONFLICT as rungs_lease_take(); those of the file. */
gboolean rungs_engine_run (RungsEngine        *self,
                           gint64              until,
                           GCancellable       *cancellable,
                           RungsEngineReport  *report,
                           GError            **error);

G_END_DECLS
