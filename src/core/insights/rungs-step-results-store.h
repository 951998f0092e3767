/* rungs-step-results-store.h: what the messages of a sequence's steps brought. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* For how many days after a message an order is held to come of it. */
#define RUNGS_STEP_RESULT_DAYS 7

typedef struct
{
  char *step;     /* (owned) */
  gint64 sent;    /* messages that were sent */
  gint64 clicked; /* of these, those in which a person followed a link */
  gint64 ordered; /* and those after which the lead ordered what the sequence sells, or anything
                   * where it sells nothing, within RUNGS_STEP_RESULT_DAYS. An order can come of
                   * several messages */
} RungsStepResult;

/* Over all versions of the sequence. Asks for every message that was sent: half a second for
 * 100,000. Returns: (transfer full) (element-type utf8 RungsStepResult): by step. */
GHashTable *rungs_step_results (RungsDb  *db,
                                gint64    sequence,
                                GError  **error);

G_END_DECLS
