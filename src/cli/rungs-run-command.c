/* rungs-run-command.c: engine and outbox: what the open window does by itself. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "engine/rungs-engine.h"
#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-interrupt.h"
#include "rungs-run-progress.h"

/* So often it is looked whether the other program has ended. */
#define LOOK_EVERY_MS 1000

static const RungsColumn COLUMNS[] = {
  { "steps", N_ ("Leads walked on"), RUNGS_COLUMN_NUMBER, NULL },
  { "sent", N_ ("Messages sent"), RUNGS_COLUMN_NUMBER, NULL },
  { "withheld", N_ ("Withheld"), RUNGS_COLUMN_COUNT, NULL },
  { "failed", N_ ("Failed"), RUNGS_COLUMN_COUNT, NULL },
  { "retried", N_ ("To be tried again"), RUNGS_COLUMN_COUNT, NULL },
  { "doubtful", N_ ("In doubt"), RUNGS_COLUMN_COUNT, NULL },
  { "until", N_ ("Until"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static JsonObject *
report_to_row (const RungsEngineReport *report,
               gint64                   now)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "steps", report->steps);
  rungs_row_set_number (row, "sent", report->sent);
  rungs_row_set_number (row, "withheld", report->withheld);
  rungs_row_set_number (row, "failed", report->failed);
  rungs_row_set_number (row, "retried", report->retried);
  rungs_row_set_number (row, "doubtful", report->doubtful);
  rungs_row_set_text (row, "trouble", report->trouble);
  rungs_row_set_time (row, "until", now);
  return row;
}

/* Until when: 0 for as long as something is due. */
static gboolean
read_until (RungsInvocation  *call,
            gint64           *until,
            GError          **error)
{
  *until = G_MAXINT64;
  if (rungs_invocation_has (call, "once") && rungs_invocation_has (call, "until"))
    return rungs_invocation_refuse (call, "until", _ ("no --once beside it"), error);
  if (rungs_invocation_has (call, "once"))
    *until = 0;
  else if (rungs_clock_is_pretended (rungs_invocation_get_clock (call)))
    *until = rungs_invocation_get_now (call);
  return rungs_invocation_get_time (call, "until", until, error);
}

/* Trouble with sending is told, and is a failure, though the rest was done. */
static gboolean
put_report (RungsInvocation          *call,
            const RungsEngineReport  *report,
            GError                  **error)
{
  rungs_column_show (call, COLUMNS, report_to_row (report, rungs_invocation_get_now (call)));
  if (report->trouble == NULL || !rungs_output_flush (rungs_invocation_get_output (call), error))
    return report->trouble == NULL;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("Sending has stopped: %s"),
               report->trouble);
  return FALSE;
}

/* As rungs_engine_run(); with --wait, as soon as no other program runs it any more. */
static gboolean
run_in_turn (RungsInvocation    *call,
             RungsEngine        *engine,
             gint64              until,
             GCancellable       *cancellable,
             RungsEngineReport  *report,
             GError            **error)
{
  gboolean waits = rungs_invocation_has (call, "wait");
  g_autoptr (GError) refused = NULL;

  while (!rungs_engine_run (engine, until, cancellable, report, &refused))
    {
      GPollFD cancelled = { .fd = -1 };

      if (!waits || !g_error_matches (refused, RUNGS_ERROR, RUNGS_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&refused));
          return FALSE;
        }
      g_clear_error (&refused);
      g_cancellable_make_pollfd (cancellable, &cancelled);
      g_poll (&cancelled, 1, LOOK_EVERY_MS);
      g_cancellable_release_fd (cancellable);
      if (g_cancellable_is_cancelled (cancellable))
        return TRUE;
    }
  return TRUE;
}

static gboolean
run (RungsInvocation  *call,
     RungsDb          *db,
     GError          **error)
{
  g_autoptr (RungsInterrupt) interrupt = rungs_interrupt_new ();
  g_autoptr (RungsEngine) engine =
      rungs_engine_new (rungs_db_get_path (db), rungs_invocation_get_clock (call), "rungsctl");
  g_autoptr (RungsRunProgress) progress = NULL;
  g_auto (RungsEngineReport) report = { 0 };
  gint64 until;
  gboolean done;

  if (!read_until (call, &until, error))
    return FALSE;
  if (rungs_invocation_has (call, "overdue"))
    rungs_engine_agree (engine);
  progress = rungs_run_progress_new (rungs_db_get_path (db));
  done = run_in_turn (call, engine, until, rungs_interrupt_get_cancellable (interrupt), &report,
                      error);
  g_clear_pointer (&progress, rungs_run_progress_free);
  return done && put_report (call, &report, error);
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_FLAG ("once", N_ ("Only what is due now, and what follows from it")),
  RUNGS_OPTION ("until",
                N_ ("TIME"),
                N_ ("Stop then; with --now, live through the time until then")),
  RUNGS_FLAG ("wait", N_ ("Where another program does it, wait until that one ends")),
  RUNGS_FLAG ("overdue",
              N_ ("Also send what is overdue in a file that lay long, or comes from elsewhere")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_RUN_COMMANDS[] = {
  { "run", "", N_ ("Walk the sequences and send what is due, until it is stopped"),
    RUNGS_COMMAND_HOLDS, run, OPTIONS,
    N_ ("It does what the open window does by itself; only one program does so at a time. Ctrl+C\n"
        "stops it after the messages under way. With --now and --until the clock jumps from one\n"
        "due time to the next. As a service of the session (systemctl --user enable --now rungs)\n"
        "it works on a machine that is always on."),
    "{steps, sent, withheld, failed, retried, doubtful, trouble, until}" },
  { NULL },
};
