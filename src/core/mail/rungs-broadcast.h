/* rungs-broadcast.h: one message to many, once.
 *
 *   draft ──send──► scheduled ──due──► sending ──► done
 *                       │                │  ▲
 *                       │             paused ─┤  a person lets it go on
 *                       └──────────────┴──► cancelled
 *
 * A broadcast that was sent leaves after its grace, so that it can still be cancelled. Then its
 * audience is fixed: whoever its rule holds for. Of them are left out who has no address that can
 * be written to, who has not agreed (marketing), and who owns what it sells; the hold-out share of
 * the others gets nothing, to measure against. All others get it: where several subjects are tried,
 * first a share gets one of them each, and the rest gets the subject that won. Who is where is
 * decided by chance.
 *
 * The messages go into the outbox in small batches, shortly before they are due; what the claim
 * checks of every message is checked of these too. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Subjects that can be tried against each other. */
#define RUNGS_BROADCAST_SUBJECTS 4

/* It begins later than this after its time only when a person says so. */
#define RUNGS_BROADCAST_LATE (12 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef enum
{
  RUNGS_BROADCAST_DRAFT,
  RUNGS_BROADCAST_SCHEDULED,
  RUNGS_BROADCAST_SENDING,
  RUNGS_BROADCAST_PAUSED,
  RUNGS_BROADCAST_DONE,
  RUNGS_BROADCAST_CANCELLED,
} RungsBroadcastState;

/* "draft", "scheduled", "sending", "paused", "done", "cancelled". */
const char *rungs_broadcast_state_to_text (RungsBroadcastState state);
gboolean rungs_broadcast_state_from_text (const char          *text,
                                          RungsBroadcastState *state);

/**
 * RungsBroadcastGoal: what the message is for, and the best subject has most of.
 * @RUNGS_BROADCAST_FOR_CLICKS: leads who followed a link; machines do not count
 * @RUNGS_BROADCAST_FOR_ORDERS: leads who ordered what it sells (of none: anything)
 */
typedef enum
{
  RUNGS_BROADCAST_FOR_CLICKS,
  RUNGS_BROADCAST_FOR_ORDERS,
} RungsBroadcastGoal;

/* "clicks", "orders". */
const char *rungs_broadcast_goal_to_text (RungsBroadcastGoal goal);
gboolean rungs_broadcast_goal_from_text (const char         *text,
                                         RungsBroadcastGoal *goal);

/**
 * RungsBroadcastPause: why it stands still.
 * @RUNGS_BROADCAST_NOT_PAUSED: it does not
 * @RUNGS_BROADCAST_BY_HAND: a person said so
 * @RUNGS_BROADCAST_BOUNCES: too many addresses do not exist
 * @RUNGS_BROADCAST_COMPLAINTS: too many complained
 * @RUNGS_BROADCAST_BEGAN_LATE: the program did not run when it was due
 * @RUNGS_BROADCAST_BAD_RULE: its rule names what is gone
 */
typedef enum
{
  RUNGS_BROADCAST_NOT_PAUSED,
  RUNGS_BROADCAST_BY_HAND,
  RUNGS_BROADCAST_BOUNCES,
  RUNGS_BROADCAST_COMPLAINTS,
  RUNGS_BROADCAST_BEGAN_LATE,
  RUNGS_BROADCAST_BAD_RULE,
} RungsBroadcastPause;

/* "", "by hand", "bounces", "complaints", "late", "rule". */
const char *rungs_broadcast_pause_to_text (RungsBroadcastPause pause);

typedef struct
{
  gint64 id;
  char *name;             /* (owned) unique in the file */
  gint64 message;
  gint64 sells;           /* product; 0: none */
  char *rule;             /* (owned) JSON: whom it is for */
  GPtrArray *subjects;    /* (owned) (element-type utf8): 2 to 4 that are tried, or none */
  gint64 start_at;        /* not before; 0: as soon as it is sent */
  int morning;            /* minute of each lead's own day; -1: all at once */
  int spread_minutes;     /* over which it is spread */
  int grace_minutes;      /* before anything leaves */
  int held_share;         /* basis points of the audience that get nothing, 0 to 5000 */
  int test_share;         /* of the others: that try the subjects; 10000: there is no rest */
  int test_minutes;       /* from the last message of the test to its end */
  RungsBroadcastGoal goal;
  int window_days;        /* an order within so many days after the message counts for it */
  int bounce_share;       /* basis points; above it pauses … */
  int complaint_share;
  int judged_from;        /* … of at least so many that were sent */

  RungsBroadcastState state; /* what follows is not stored by rungs_broadcast_save() */
  gint64 due_at;          /* when its audience is, or was to be, fixed; 0: not sent yet */
  gint64 fixed_at;        /* 0: not yet */
  gint64 test_until;      /* 0: there is no test, or it is not known yet */
  gint64 undecided_at;    /* the subjects are too close: a person must choose; 0: not */
  int winner;             /* number of a subject, from 1; 0: none yet */
  gboolean chosen;        /* by a person */
  gint64 winner_at;
  RungsBroadcastPause pause;
  gint64 paused_at;
  gint64 paused_hits;     /* so many … */
  gint64 paused_of;       /* … of so many */
  gint64 ended_at;        /* 0: not yet */
  gint64 created_at;
  gint64 updated_at;

  /* Read along; not stored. */
  char *message_name;     /* (owned) */
  char *message_purpose;  /* (owned) */
  gboolean marketing;
  char *product_name;     /* (owned) "" where it sells none */
  char *product_sku;      /* (owned) as above */
} RungsBroadcast;

/* A draft to everybody, with the usual values. */
RungsBroadcast *rungs_broadcast_new (void);
RungsBroadcast *rungs_broadcast_copy (const RungsBroadcast *self);
void rungs_broadcast_free (RungsBroadcast *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBroadcast, rungs_broadcast_free)

/* Sets one of its texts to a copy of `value`. */
void rungs_broadcast_set (char       **text,
                          const char  *value);

/* Whether several subjects are tried, and a rest waits for the one that wins. */
gboolean rungs_broadcast_tests (const RungsBroadcast *self);
gboolean rungs_broadcast_has_rest (const RungsBroadcast *self);

/* Returns: (transfer full) (nullable): a sentence: why it stands still, with the figures; NULL
 * where it does not. */
char *rungs_broadcast_dup_pause_words (const RungsBroadcast *self);

/* When a lead whose day is that of `zone` gets it, where nothing may leave before `from`: the
 * beginning of its morning, where it has one, and its place (millionths) in the hours over which it
 * is spread. The first morning is that of the day on which start_at is for the business. */
gint64 rungs_broadcast_due_of (const RungsBroadcast *self,
                               GTimeZone            *zone,
                               GTimeZone            *business,
                               gint64                place,
                               gint64                from);

/* When the audience of one that is sent at `now` is to be fixed: after its grace, not before its
 * time; where each lead gets it in its own morning, before the first morning anywhere. */
gint64 rungs_broadcast_begin_of (const RungsBroadcast *self,
                                 GTimeZone            *business,
                                 gint64                now);

G_END_DECLS
