/* rungs-publish-private.h: what the files that publish a draft share. */

#pragma once

#include <json-glib/json-glib.h>

#include "sequences/rungs-publish.h"

G_BEGIN_DECLS

/* A version with the text of its steps. */
typedef struct
{
  RungsGraph *graph; /* lent */
  JsonObject *steps; /* lent */
} RungsPublishSide;

/* Finds out what became of the group's step, and the ways that its leads can go. `old` is of the
 * version that they walk, with NULL in it where that cannot be read; `in_use` is whether it is the
 * one in use. */
void rungs_publish_group_compare (RungsPublishGroup      *group,
                                  const RungsPublishSide *old,
                                  const RungsPublishSide *new,
                                  gboolean                in_use);

RungsPublishGroup *rungs_publish_group_new (void);

RungsPublishPlan *rungs_publish_plan_new (void);

/* When the leads of a group are due in the new version. */
typedef struct
{
  RungsGraphStep *step; /* lent: where they wait */
  gboolean again;       /* the time they waited does not count */
  gboolean same;        /* it waits as the step did at which they stood */
  gint64 now;
  RungsZones *zones;    /* lent */
} RungsPublishWait;

/* Of one of them: never before `now`, unless the wait is the same. */
gint64 rungs_publish_wait_due (RungsPublishWait *self,
                               gint64            due_at,
                               gint64            arrived_at,
                               gboolean          woken,
                               const char       *zone);

/* Whether the step looks at the lead when it is due, and lets it wait on if that says so. */
gboolean rungs_publish_step_looks (const RungsGraphStep *step);

/* Whether somebody who stands at the step and waits for nothing that could come has been woken: the
 * event has come. */
gboolean rungs_publish_step_wakes (const RungsGraphStep *step);

/* In SQL, of a row e of enrolment: whether publishing has put it elsewhere than it stood, or made
 * it due at another time. */
#define RUNGS_PUBLISH_STANDS_OTHERWISE                                                             \
  " (e.step <> (e.stood ->> '$[0].step') OR e.visit > (e.stood ->> '$[0].visit')"                  \
  "  OR e.in_front <> (e.stood ->> '$[0].in_front')"                                               \
  "  OR e.due_at IS NOT (e.stood ->> '$[0].due_at'))"

/* The messages that steps of the graph send, as a JSON array of the steps' ids. */
char *rungs_publish_message_steps (RungsGraph *graph);

G_END_DECLS
