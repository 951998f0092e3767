/* rungs-rehearsal.h: what would leave, to whom and when, if nothing happened but time.
 *
 * The engine itself is run on a private copy of the file (db/rungs-db-copy.h) with a clock that
 * jumps from one due time to the next. Nothing is sent, no password is asked for, and neither the
 * file nor the practice folder is touched. Whatever the engine does by itself happens in the copy
 * too: walks of all live sequences, caps, windows, the limits of the account, segments and scores
 * that change as time passes. What people do does not: nobody buys, answers, clicks or
 * unsubscribes.
 *
 * A message that was composed is taken as sent. So what would leave is what then leaves, if nobody
 * does anything and no server refuses anything. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"
#include "mail/rungs-account-store.h"
#include "sequences/rungs-enrolment-store.h"

G_BEGIN_DECLS

#define RUNGS_REHEARSAL_DAYS 90
#define RUNGS_REHEARSAL_MOST_DAYS 366

/* What is rehearsed. */
typedef struct
{
  gint64 sequence; /* started in the copy, if it is not live; 0: all that are live */
  gboolean draft;  /* its draft, where it has one, is published in the copy first */
  gint64 from;     /* the instant at which it begins: now */
  guint days;      /* 1 to RUNGS_REHEARSAL_MOST_DAYS */
  GArray *enter;   /* (nullable) (element-type gint64): who is put into it at the beginning */
} RungsRehearsalPlan;

/* How far it has come: `at` is what the pretended clock shows, 0 while the file is copied, of which
 * `share` (0 to 1) is done. */
typedef struct
{
  gint64 at;
  double share;
  gint64 mails; /* that would have left by then */
} RungsRehearsalStage;

/* Called on the thread that rehearses. */
typedef void (*RungsRehearsalProgress) (const RungsRehearsalStage *stage,
                                        gpointer                   data);

/* A message that would leave. Texts belong to the rehearsal. */
typedef struct
{
  gint64 lead;
  const char *lead_name;     /* name, else address */
  const char *message;       /* its name */
  const char *sequence_name; /* (nullable) */
  const char *step;          /* id; "" */
  gboolean rehearsed;        /* it is of the sequence, or all are rehearsed */
  gint64 planned_at;
  gint64 left_at;
  gint64 account;            /* by which it would leave */
} RungsRehearsalMail;

/* A day of the business on which something would leave. */
typedef struct
{
  char day[11]; /* YYYY-MM-DD */
  gint64 begins_at;
  guint mails;  /* of what is rehearsed … */
  guint others; /* … and of all else */
  guint late;   /* of both: planned on a day before */
  gint64 limit; /* what the mail accounts may send on it; 0: there is no limit */
} RungsRehearsalDay;

/* A lead who would get more than one message on a day. */
typedef struct
{
  gint64 lead;
  const char *lead_name;
  char day[11];
  guint mails;
} RungsRehearsalCrowd;

/**
 * RungsRehearsalFallKind: how a lead falls out.
 * @RUNGS_REHEARSAL_REFUSED: it cannot enter: `reason` is a text of rungs_enrol_answer_to_text()
 * @RUNGS_REHEARSAL_ENDED: its walk is broken off: `reason` is the outcome, `why` the words of it
 * @RUNGS_REHEARSAL_WITHHELD: a message is held back: `reason` is one of mail/rungs-outbox.h
 */
typedef enum
{
  RUNGS_REHEARSAL_REFUSED,
  RUNGS_REHEARSAL_ENDED,
  RUNGS_REHEARSAL_WITHHELD,
} RungsRehearsalFallKind;

typedef struct
{
  RungsRehearsalFallKind kind;
  gint64 lead;
  const char *lead_name;
  const char *sequence_name; /* "" */
  const char *step;          /* "" */
  const char *message;       /* WITHHELD: its name; else "" */
  const char *reason;
  const char *why;           /* "" */
  gint64 at;
} RungsRehearsalFall;

/* A walk of a lead through what is rehearsed. */
typedef struct
{
  gint64 lead;
  const char *lead_name;
  const char *sequence_name;
  const char *step;    /* where it stands at the end, or stood last */
  const char *outcome; /* (nullable): NULL: it walks on; "finished", "goal", … */
  gint64 entered_at;
  gint64 ended_at;     /* 0: it walks on */
  guint mails;
} RungsRehearsalWalk;

typedef struct _RungsRehearsal RungsRehearsal;

/* Rehearses on the calling thread; `db` is only read. `progress` may be NULL. Errors: NOT_FOUND,
 * INVALID (the sequence cannot be started as it is; the message says why), G_IO_ERROR_CANCELLED,
 * and those of the file. */
RungsRehearsal *rungs_rehearsal_run (RungsDb                   *db,
                                     const RungsRehearsalPlan  *plan,
                                     RungsRehearsalProgress     progress,
                                     gpointer                   data,
                                     GCancellable              *cancellable,
                                     GError                   **error);

/* The last reference also removes the copy. From any thread. */
RungsRehearsal *rungs_rehearsal_ref (RungsRehearsal *self);
void rungs_rehearsal_unref (RungsRehearsal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRehearsal, rungs_rehearsal_unref)

gint64 rungs_rehearsal_get_from (RungsRehearsal *self);
gint64 rungs_rehearsal_get_until (RungsRehearsal *self);

/* The default account, by which leaves what no rule gives to another. That one is paused was
 * overlooked. */
const RungsAccount *rungs_rehearsal_get_account (RungsRehearsal *self);

/* Returns: (transfer none) (element-type gint64): for each day of the business from the first on
 * what the mail accounts in use may send together, as warm-ups rise; 0: there is no limit. */
GArray *rungs_rehearsal_get_limits (RungsRehearsal *self);

/* How many of those who were to enter got which RungsEnrolAnswer, by its number. */
const gint64 *rungs_rehearsal_get_answers (RungsRehearsal *self);

/* Each returns: (transfer none): (element-type RungsRehearsalMail) in the order in which they would
 * leave; (element-type RungsRehearsalDay, …Crowd, …Fall) by time; (element-type RungsRehearsalWalk)
 * by the lead's name. */
GArray *rungs_rehearsal_get_mails (RungsRehearsal *self);
GArray *rungs_rehearsal_get_days (RungsRehearsal *self);
GArray *rungs_rehearsal_get_crowds (RungsRehearsal *self);
GArray *rungs_rehearsal_get_falls (RungsRehearsal *self);
GArray *rungs_rehearsal_get_walks (RungsRehearsal *self);

/**
 * RungsRehearsalWayKind: what happened on the way of a lead.
 * @RUNGS_REHEARSAL_ENTERS: it enters the sequence
 * @RUNGS_REHEARSAL_COMES: it comes to a step; `text` is how that was left, "" where it waits there
 * @RUNGS_REHEARSAL_GETS: a message leaves; `text` is its name
 * @RUNGS_REHEARSAL_MISSES: a message is withheld; `text` is its name, `reason` why
 * @RUNGS_REHEARSAL_AWAITS: a message would leave after the end; `text` is its name
 * @RUNGS_REHEARSAL_LEAVES: the walk ends; `reason` is the outcome, `text` the words of it
 */
typedef enum
{
  RUNGS_REHEARSAL_ENTERS,
  RUNGS_REHEARSAL_COMES,
  RUNGS_REHEARSAL_GETS,
  RUNGS_REHEARSAL_MISSES,
  RUNGS_REHEARSAL_AWAITS,
  RUNGS_REHEARSAL_LEAVES,
} RungsRehearsalWayKind;

typedef struct
{
  RungsRehearsalWayKind kind;
  gint64 at;
  char *sequence_name; /* (owned): "" where it is of none */
  char *step;          /* (owned): "" */
  char *text;          /* (owned) */
  char *reason;        /* (owned): "" */
} RungsRehearsalWay;

/* Returns: (transfer full) (element-type RungsRehearsalWay): all that happens to the lead from the
 * beginning on, by time. From any thread, one at a time. */
GPtrArray *rungs_rehearsal_list_way (RungsRehearsal  *self,
                                     gint64           lead,
                                     GError         **error);

G_END_DECLS
