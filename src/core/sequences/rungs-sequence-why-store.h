/* rungs-sequence-why-store.h: why a lead is, or is not, in a sequence, and what it waits for.
 *
 * Whether a lead may enter is asked by the functions that ask it when one enters
 * (rungs-entrance.h), all of them, also those after the first that says no. */

#pragma once

#include "mail/rungs-outbox-why-store.h"
#include "sequences/rungs-enrolment-store.h"

G_BEGIN_DECLS

/* What is looked at of a lead who walks. */
#define RUNGS_WHY_SEQUENCE "sequence" /* whether the sequence is live: "paused" */
#define RUNGS_WHY_OWNS "owns"         /* whether the lead owns what it sells: "owned" */
#define RUNGS_WHY_STEP "step"         /* whether it waits where it stands: … */

/* … for a time, or for an event (RungsEnrolment.waits_for) at the longest until then. */
#define RUNGS_WHY_WAITS "waits"
#define RUNGS_WHY_WAITS_FOR "waits-for"

/* Of one who does not walk each question of entering is a line whose check, and whose reason where
 * it says no, is the text of its RungsEnrolAnswer. */

typedef struct
{
  RungsEnrolment *walk; /* (owned) (nullable): the walk under way, else the last one */
  GArray *lines;        /* (owned) (element-type RungsWhyLine): the deciding one first */
} RungsSequenceWhy;

void rungs_sequence_why_free (RungsSequenceWhy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSequenceWhy, rungs_sequence_why_free)

/* Errors: NOT_FOUND. */
RungsSequenceWhy *rungs_sequence_why (RungsDb  *db,
                                      gint64    lead,
                                      gint64    sequence,
                                      gint64    now,
                                      GError  **error);

G_END_DECLS
