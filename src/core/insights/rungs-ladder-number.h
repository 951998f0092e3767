/* rungs-ladder-number.h: the leads behind a figure of the ladder map. */

#pragma once

#include "insights/rungs-ladder-figures.h"
#include "leads/rungs-lead-set.h"

G_BEGIN_DECLS

/**
 * RungsLadderCount: what a figure counts, as rungs-ladder-figures.h defines it.
 * @RUNGS_LADDER_CAME: leads that came to the place in the period
 * @RUNGS_LADDER_NEW: of them, for whom it was the first touch of all (KIND, SOURCE)
 * @RUNGS_LADDER_FRONT: of them, with a front order (KIND, SOURCE)
 * @RUNGS_LADDER_BACK: of them, with a back order that cost something (KIND, SOURCE)
 * @RUNGS_LADDER_CASES: the cases of an arrow
 * @RUNGS_LADDER_HITS: of them, those who went on
 * @RUNGS_LADDER_MISSES: of them, those who did not
 * @RUNGS_LADDER_OWNERS: leads who own it now (PRODUCT)
 * @RUNGS_LADDER_BUYERS: leads that ordered it in the period (PRODUCT)
 * @RUNGS_LADDER_PAYERS: leads that paid for it in the period (PRODUCT)
 * @RUNGS_LADDER_REFUNDED: of them, who got back anything of it
 * @RUNGS_LADDER_WALKING: leads that are in it now (SEQUENCE)
 * @RUNGS_LADDER_FINISHED: leads that came to its end or its goal in the period (SEQUENCE)
 * @RUNGS_LADDER_BOUGHT: leads that left it in the period because they bought (SEQUENCE)
 */
typedef enum
{
  RUNGS_LADDER_CAME,
  RUNGS_LADDER_NEW,
  RUNGS_LADDER_FRONT,
  RUNGS_LADDER_BACK,
  RUNGS_LADDER_CASES,
  RUNGS_LADDER_HITS,
  RUNGS_LADDER_MISSES,
  RUNGS_LADDER_OWNERS,
  RUNGS_LADDER_BUYERS,
  RUNGS_LADDER_PAYERS,
  RUNGS_LADDER_REFUNDED,
  RUNGS_LADDER_WALKING,
  RUNGS_LADDER_FINISHED,
  RUNGS_LADDER_BOUGHT,
} RungsLadderCount;

/* One figure. */
typedef struct
{
  RungsLadderCount what;
  RungsLadderPlace place; /* of an arrow: where it begins */
  RungsLadderPlace to;    /* of an arrow: where it ends */
  int path; /* only leads with a first touch by it, or with none; RUNGS_LADDER_ANY_PATH: all */
} RungsLadderNumber;

/* A figure of a place; of an arrow. Of whatever first touch. */
RungsLadderNumber rungs_ladder_number_of_place (RungsLadderCount what,
                                                RungsLadderPlace place);
RungsLadderNumber rungs_ladder_number_of_arrow (RungsLadderCount what,
                                                RungsLadderPlace from,
                                                RungsLadderPlace to);

/* "hits:source:3/direct>product:5", "came:opt-in", "came:opt-in#direct" (of leads with a first
 * touch by that path). */
char *rungs_ladder_number_to_text (const RungsLadderNumber *self);
gboolean rungs_ladder_number_from_text (const char         *text,
                                        RungsLadderNumber  *number);

/* The leads behind it: as many as the figure says. Errors: NOT_FOUND where a place of it is not in
 * the file. Takes as long as rungs_ladder_figures_load(). */
RungsLeadSet *rungs_ladder_number_find (RungsDb                    *db,
                                        const RungsLadderQuestion  *question,
                                        const RungsLadderNumber    *number,
                                        GError                    **error);

/* The same, by id: those after `after` (0: from the first), `limit` at most. Returns: (transfer
 * full) (element-type gint64). */
GArray *rungs_ladder_number_list (RungsDb                    *db,
                                  const RungsLadderQuestion  *question,
                                  const RungsLadderNumber    *number,
                                  gint64                      after,
                                  guint                       limit,
                                  GError                    **error);

/* A rule (segments/rungs-rule.h, as JSON) that holds for these leads. What happens later changes
 * the answer where the language of rules can ask what the figure asks; elsewhere the rule names the
 * leads that are behind it now, and `lives` (nullable) is FALSE. */
char *rungs_ladder_number_dup_rule (RungsDb                    *db,
                                    const RungsLadderQuestion  *question,
                                    const RungsLadderNumber    *number,
                                    gboolean                   *lives,
                                    GError                    **error);

/* How the page Leads is asked to show them: "ladder:FROM..UNTIL:NUMBER", then a space and the JSON
 * of the segment's rule where only that is asked about. */
char *rungs_ladder_number_to_target (const RungsLadderNumber   *self,
                                     const RungsLadderQuestion *question);

/* The rule of such a text, as of `now`. Errors: INVALID where it is none. */
char *rungs_ladder_target_dup_rule (RungsDb     *db,
                                    const char  *target,
                                    gint64       now,
                                    GError     **error);

G_END_DECLS
