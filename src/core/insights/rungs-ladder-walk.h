/* rungs-ladder-walk.h: to which places of the ladder map one lead came, and when; for
 * rungs-ladder-figures.c and its neighbours. What all of it means stands in
 * rungs-ladder-figures.h. */

#pragma once

#include "insights/rungs-ladder-history-store.h"

G_BEGIN_DECLS

/* Of a place to which the lead never came. */
#define RUNGS_LADDER_NEVER G_MAXINT64

typedef struct
{
  const RungsLadderCatalogue *catalogue; /* (unowned) */
  const RungsLadderQuestion *question;   /* (unowned) */
  const RungsLadderDeeds *deeds;         /* (unowned) of the lead */
  gint64 *came;                          /* (owned) by number of place: when; or NEVER */
  GArray *places;                        /* (owned) (element-type guint) to which it came at all */
  guint first_product;                   /* its number; the products are the last places */
  int path;                              /* of its first touch, or RUNGS_LADDER_NO_PATH */
  gint64 front_at;                       /* of its first order that cost something; or NEVER */
  gint64 front_order;
} RungsLadderWalk;

RungsLadderWalk *rungs_ladder_walk_new (const RungsLadderCatalogue *catalogue,
                                        const RungsLadderQuestion  *question);
void rungs_ladder_walk_free (RungsLadderWalk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderWalk, rungs_ladder_walk_free)

/* Makes it the walk of the lead with those deeds. */
void rungs_ladder_walk_follow (RungsLadderWalk        *self,
                               const RungsLadderDeeds *deeds);

/* Whether the moment lies in the period that is asked about. */
static inline gboolean
rungs_ladder_walk_asks_about (const RungsLadderWalk *self,
                              gint64                 at)
{
  return at >= self->question->from && at < self->question->until;
}

/* Whether the lead came to the place in the period. */
static inline gboolean
rungs_ladder_walk_came (const RungsLadderWalk *self,
                        guint                  place)
{
  return self->came[place] != RUNGS_LADDER_NEVER
         && rungs_ladder_walk_asks_about (self, self->came[place]);
}

static inline gboolean
rungs_ladder_walk_is_product (const RungsLadderWalk *self,
                              guint                  place)
{
  return place >= self->first_product;
}

/* Whether the lead, of which it is known that it came to `from` in the period, is none of the cases
 * of the arrow; and whether it is one of the hits. */
static inline gboolean
rungs_ladder_walk_was_before (const RungsLadderWalk *self,
                              guint                  from,
                              guint                  to)
{
  return self->came[to] < self->came[from]
         || (self->came[to] == self->came[from] && rungs_ladder_walk_is_product (self, from)
             && rungs_ladder_walk_is_product (self, to));
}

static inline gboolean
rungs_ladder_walk_went_on (const RungsLadderWalk *self,
                           guint                  from,
                           guint                  to)
{
  return self->came[to] != RUNGS_LADDER_NEVER && !rungs_ladder_walk_was_before (self, from, to);
}

/* Whether the line is of the lead's first order that cost something. */
static inline gboolean
rungs_ladder_walk_is_front (const RungsLadderWalk *self,
                            const RungsLadderLine *line)
{
  return self->front_at != RUNGS_LADDER_NEVER && line->order == self->front_order;
}

/* Whether by the line the lead owns what its product holds now. */
static inline gboolean
rungs_ladder_walk_owns_by (const RungsLadderWalk *self,
                           const RungsLadderLine *line)
{
  return !line->whole && line->paid_until > self->question->now;
}

G_END_DECLS
