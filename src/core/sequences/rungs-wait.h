/* rungs-wait.h: when a step that waits has waited long enough. */

#pragma once

#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

/* What a wait is counted from. */
typedef struct
{
  gint64 due_at; /* when the walk was due: the last wait ended then, by plan */
  gint64 now;    /* when it really goes on */
  GTimeZone *lead_zone;
  GTimeZone *business_zone;
  GDate date;             /* of a wait for a date of the lead: that date, which is valid */
  gboolean after_time;    /* it comes straight from a wait for a time of day or a yearly date */
  gboolean after_date;    /* the walk comes from a wait for a date, and has not waited since */
  gboolean after_message; /* a message was planned on this walk */
} RungsWaitFrom;

/* The instant at which the lead goes on from the step (of a wait for an event: at which the
 * time-out ends).
 *
 * A program that is not always open comes late, and lateness must neither add up nor be made good
 * by several messages at once. So minutes and hours count from the plan where the walk is at most
 * ten minutes late, else from now; days and times of day count from the plan where it is at most
 * twelve hours late: a message a day at nine stays one a day at nine for an owner who opens the
 * program at ten. Where that would be over already and a message has just been planned, it counts
 * from now. A date is the same however late it is, and may be over. */
gint64 rungs_wait_end (RungsGraphStep       *step,
                       const RungsWaitFrom  *from);

/* Whether the step waits for a date, of the calendar or of the lead. */
gboolean rungs_wait_is_for_date (const RungsGraphStep *step);

G_END_DECLS
