/* rungs-step-words.h: the steps of a sequence in the user's words. */

#pragma once

#include "insights/rungs-step-results-store.h"
#include "rungs-step-names.h"
#include "sequences/rungs-sequence-store.h"

G_BEGIN_DECLS

/* What kind of step it is: "Message", "Wait", "Condition", … */
const char *rungs_step_kind_words (const RungsGraphStep *step);

/* What it does: the message's name, "2 days", "until Mon or Tue, 09:00", … */
char *rungs_step_words (const RungsGraphStep *step,
                        RungsStepNames       *names);

/* What becomes of its message where the time was slept through: "Late: at once up to 12 hours".
 * NULL: it does not say. */
char *rungs_step_late_words (const RungsGraphStep *step);

/* When the messages of a sequence may leave: "Mon, Tue · 09:00–17:00 · the lead's time". */
char *rungs_sending_hours_words (const RungsSendingHours *hours);

/* What happens, for triggers, waits and goals: "gets the tag “vip”". */
char *rungs_graph_event_words (const RungsGraphEvent *event,
                               RungsStepNames        *names);

/* What can happen to a lead, to be picked. Returns: (transfer full) (element-type RungsPick) */
GPtrArray *rungs_event_kind_picks (void);

/* What the branch is called where the step has several: "yes", "in time", "50 %".
 * NULL: it needs no name. */
char *rungs_branch_words (const RungsGraphStep   *step,
                          const RungsGraphBranch *branch);

/* "Draft", "Live", "Paused"; and how an enrolment ended. */
const char *rungs_sequence_state_words (int state);

/* What happened at a step: "340 sent · 12 here now". */
char *rungs_step_count_words (const RungsSequenceStepCounts *counts);

/* What came of its message: "12 % clicked · 3 % ordered"; of few messages "3 of 7 clicked".
 * NULL: nothing did. */
char *rungs_step_result_words (const RungsStepResult *result);

/* The icon of that kind of step. */
const char *rungs_step_icon (RungsGraphKind kind);

G_END_DECLS
