/* rungs-publish.h: a draft becomes the version that leads walk, for those inside too.
 *
 * Leads stand at steps that wait, before the first step, or before a step where publishing put
 * them. They are taken in groups: those who walk the same version and stand at the same step. Each
 * group goes one of these ways (its default is the first that fits):
 *
 *   "keep"      those who walk an older version than the one in use go on walking that
 *   "continue"  the step is there, and waits: they stand where they stood, in the new version. If
 *               the wait was changed it counts from when they arrived; whoever has waited long
 *               enough by that goes on at once. A time of day is the next one from now. An event
 *               that is waited for must come from now on. If the step was removed and a new one
 *               that waits took its place, before the step that followed, they wait there instead,
 *               and the time they waited counts in the same way
 *   "go"        they go on at once: with the step itself where it waits no more; where it was
 *               removed, with the step that followed it, or if that is gone too with the next that
 *               is there. Where nothing follows, the walk is finished
 *   choose      the step was removed, and several steps can be what followed: the owner says which
 *
 * The owner can also let them wait "again" from now, "end" their walk, or "keep" them in the
 * version that they walk.
 *
 * Nobody gets again what the walk brought them before: a message or action that was done, or a
 * message that a new step sends again, is passed (rungs-sequences-advance.c).
 *
 * What is in the outbox and not claimed: messages of steps that are in the new version leave as
 * they were planned. Those of steps that are not, or that send nothing any more, are withheld
 * ("edited"), of leads who go over to the new version and of those whose walk has ended; those of
 * leads whose walk publishing ends are withheld too ("left"), unless it is finished.
 *
 * Undo: the version before is in use again. Whoever has not walked on since stands where they
 * stood, due when they were due, and what was withheld of theirs is planned again; whoever walked
 * on, or was waiting for an event that came, goes on in the version that they walk, as do those who
 * entered since. It can be done as long as the version is in use, however much time has passed, and
 * again for the publishing before. The first version can be taken back only before the sequence is
 * started. */

#pragma once

#include "db/rungs-db.h"
#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_PUBLISH_CONTINUE = 1,
  RUNGS_PUBLISH_AGAIN,
  RUNGS_PUBLISH_GO,
  RUNGS_PUBLISH_END,
  RUNGS_PUBLISH_KEEP,
} RungsPublishFate;

/* "continue", "again", "go", "end", "keep". */
const char *rungs_publish_fate_to_text (RungsPublishFate fate);

/* A way that a group can go. */
typedef struct
{
  RungsPublishFate fate;
  char *target;   /* (owned) (nullable): of "continue" and "again" where they wait, of "go" where
                   * they go on; NULL: the walk is finished */
  gint64 at_once; /* of "continue": how many have waited long enough */
} RungsPublishWay;

/* Where a group stands. */
typedef enum
{
  RUNGS_PUBLISH_AT,        /* at the step */
  RUNGS_PUBLISH_BEFORE,    /* before it: it is the next that they come to */
  RUNGS_PUBLISH_NOT_BEGUN, /* before the first step, and have walked none */
} RungsPublishPlace;

/* What became of the step. */
typedef enum
{
  RUNGS_PUBLISH_SAME,    /* it waits as it did */
  RUNGS_PUBLISH_CHANGED, /* it waits for another time, or something else */
  RUNGS_PUBLISH_NO_WAIT, /* it is there, and does not wait */
  RUNGS_PUBLISH_REMOVED,
} RungsPublishChange;

/* "same", "changed", "no-wait", "removed". */
const char *rungs_publish_change_to_text (RungsPublishChange change);

typedef struct
{
  gint64 version; /* that they walk */
  gint64 number;  /* of it */
  RungsGraph *graph; /* lent by the plan: of it */
  char *step;     /* (owned) */
  RungsPublishPlace place;
  gint64 leads;
  RungsPublishChange change;
  GPtrArray *ways; /* (owned) (element-type RungsPublishWay): those it can go */
  int chosen;      /* the one it goes; -1: the owner must choose */
} RungsPublishGroup;

/* Messages in the outbox whose step sends nothing in the new version. */
typedef struct
{
  gint64 version; /* that the leads walk or walked */
  char *step;     /* (owned): that planned them */
  char *stands;   /* (owned) (nullable): where their leads stand; NULL: the walk has ended */
  RungsPublishPlace place;
  gint64 messages;
} RungsPublishMail;

typedef struct
{
  gint64 sequence;
  char *name;        /* (owned): what it is called now */
  gint64 version;    /* in use; 0: none */
  gint64 number;     /* of it; 0: none */
  gint64 based_on;   /* number of the version that was in use when the draft began; 0: none */
  gint64 updated_at; /* when the draft was saved */
  char *draft;       /* (owned): its text */
  RungsGraph *graph; /* (owned) (nullable): of the draft; NULL: it cannot be read */
  GPtrArray *problems; /* (owned) (element-type RungsGraphProblem): of the draft */
  gboolean same;       /* the draft is what is in use */
  GPtrArray *groups;   /* (owned) (element-type RungsPublishGroup): of the version in use first, in
                        * the order of its steps; empty where the draft cannot be read */
  GPtrArray *mails;    /* (owned) (element-type RungsPublishMail) */
  GPtrArray *graphs;   /* (owned) (element-type RungsGraph): of the groups */
} RungsPublishPlan;

void rungs_publish_plan_free (RungsPublishPlan *self);

/* Returns: (transfer full): what rungs_publish_apply() needs of it, for another thread. */
RungsPublishPlan *rungs_publish_plan_copy (const RungsPublishPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPublishPlan, rungs_publish_plan_free)

/* What publishing the draft would do at `now`; writes nothing. Errors: NOT_FOUND where there is no
 * such sequence, or it has no draft. */
RungsPublishPlan *rungs_publish_plan_load (RungsDb  *db,
                                           gint64    sequence,
                                           gint64    now,
                                           GError  **error);

/* Lets all groups that stand at the step go that way: "continue", "again", "go", "go:STEP", "end"
 * or "keep". Errors: NOT_FOUND where nobody stands there, INVALID where they cannot go that way. */
gboolean rungs_publish_plan_choose (RungsPublishPlan  *self,
                                    const char        *step,
                                    const char        *way,
                                    GError           **error);

/* The way as rungs_publish_plan_choose() reads it. */
char *rungs_publish_way_to_text (const RungsPublishWay *way);

/* The way that the group goes; NULL where the owner must choose. */
RungsPublishWay *rungs_publish_group_get_way (const RungsPublishGroup *group);

/* How many messages are withheld because their step sends nothing any more. */
gint64 rungs_publish_plan_count_withheld (const RungsPublishPlan *self);

/* Whether it can be published. FALSE with the reasons, a line each, in words for the owner:
 * INVALID, or CONFLICT where there is nothing to publish. */
gboolean rungs_publish_plan_check (const RungsPublishPlan  *self,
                                   GError                 **error);

/* Publishes the draft, in the caller's transaction. The groups go the ways that were chosen in
 * `shown` (nullable: their defaults); leads who came to stand elsewhere meanwhile go the default.
 * Errors: NOT_FOUND; INVALID; CONFLICT where the draft, or the version in use, is not what was
 * shown, or nothing is to publish. */
gboolean rungs_publish_apply (RungsDb                 *db,
                              gint64                   sequence,
                              const RungsPublishPlan  *shown,
                              gint64                   now,
                              GError                 **error);

/* How many leads an undo put back, and how many had walked on. */
typedef struct
{
  gint64 back;
  gint64 gone;
  gint64 number; /* of the version that is in use again; 0: none is */
} RungsPublishUndone;

/* Takes back what was published last. Errors: NOT_FOUND where nothing was, CONFLICT where it cannot
 * be taken back, with the reason. */
gboolean rungs_publish_undo (RungsDb             *db,
                             gint64               sequence,
                             gint64               now,
                             RungsPublishUndone  *undone,
                             GError             **error);

/* Whether rungs_publish_undo() can be done. */
gboolean rungs_publish_can_undo (RungsDb   *db,
                                 gint64     sequence,
                                 gboolean  *can,
                                 GError   **error);

G_END_DECLS
