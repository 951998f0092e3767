/* rungs-ladder-walk.c: to which places of the ladder map one lead came, and when. */

#include "insights/rungs-ladder-walk.h"

RungsLadderWalk *
rungs_ladder_walk_new (const RungsLadderCatalogue *catalogue,
                       const RungsLadderQuestion  *question)
{
  RungsLadderWalk *self = g_new0 (RungsLadderWalk, 1);

  self->catalogue = catalogue;
  self->question = question;
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
  self->came = g_new (gint64, catalogue->n_places);
  for (guint i = 0; i < catalogue->n_places; i++)
    self->came[i] = RUNGS_LADDER_NEVER;
  return self;
}

void
rungs_ladder_walk_free (RungsLadderWalk *self)
{
  g_array_unref (self->places);
  g_free (self->came);
  g_free (self);
}

static void
come (RungsLadderWalk *self,
      guint            place,
      gint64           at)
{
  if (self->came[place] == RUNGS_LADDER_NEVER)
    g_array_append_val (self->places, place);
  self->came[place] = MIN (self->came[place], at);
}

static void
follow_touches (RungsLadderWalk *self)
{
  for (guint i = 0; i < self->deeds->touches->len; i++)
    {
      const RungsLadderTouch *touch = self->deeds->touches->pdata[i];
      guint kind = (guint) g_array_index (self->catalogue->source_kinds, gint64, touch->source);

      come (self, rungs_ladder_catalogue_kind (kind), touch->at);
      come (self, rungs_ladder_catalogue_kind (kind) + 1 + touch->path, touch->at);
      come (self, rungs_ladder_catalogue_source (touch->source), touch->at);
      come (self, rungs_ladder_catalogue_source (touch->source) + 1 + touch->path, touch->at);
      if (touch->path == RUNGS_PATH_OPT_IN)
        come (self, self->catalogue->opt_in, touch->at);
      if (i == 0)
        self->path = (int) touch->path;
    }
}

static void
follow_line (RungsLadderWalk       *self,
             const RungsLadderLine *line)
{
  for (guint part = 0; part < self->catalogue->products->len; part++)
    if (rungs_ladder_catalogue_holds (self->catalogue, line->product, part))
      come (self, rungs_ladder_catalogue_product (self->catalogue, part), line->at);
  if (line->amount > 0
      && (line->at < self->front_at
          || (line->at == self->front_at && line->order < self->front_order)))
    {
      self->front_at = line->at;
      self->front_order = line->order;
    }
}

void
rungs_ladder_walk_follow (RungsLadderWalk        *self,
                          const RungsLadderDeeds *deeds)
{
  for (guint i = 0; i < self->places->len; i++)
    self->came[g_array_index (self->places, guint, i)] = RUNGS_LADDER_NEVER;
  g_array_set_size (self->places, 0);
  self->deeds = deeds;
  self->path = RUNGS_LADDER_NO_PATH;
  self->front_at = RUNGS_LADDER_NEVER;
  self->front_order = 0;
  follow_touches (self);
  for (guint i = 0; i < deeds->lines->len; i++)
    follow_line (self, deeds->lines->pdata[i]);
  for (guint i = 0; i < deeds->enrolments->len; i++)
    {
      const RungsLadderEnrolment *enrolment = deeds->enrolments->pdata[i];

      come (self, rungs_ladder_catalogue_sequence (self->catalogue, enrolment->sequence),
            enrolment->at);
    }
}

gboolean
rungs_ladder_walk_asks_about (const RungsLadderWalk *self,
                              gint64                 at)
{
  return at >= self->question->from && at < self->question->until;
}

gboolean
rungs_ladder_walk_came (const RungsLadderWalk *self,
                        guint                  place)
{
  return self->came[place] != RUNGS_LADDER_NEVER
         && rungs_ladder_walk_asks_about (self, self->came[place]);
}

static gboolean
is_product (const RungsLadderWalk *self,
            guint                  place)
{
  return place >= rungs_ladder_catalogue_product (self->catalogue, 0);
}

gboolean
rungs_ladder_walk_was_before (const RungsLadderWalk *self,
                              guint                  from,
                              guint                  to)
{
  return self->came[to] < self->came[from]
         || (self->came[to] == self->came[from] && is_product (self, from)
             && is_product (self, to));
}

gboolean
rungs_ladder_walk_went_on (const RungsLadderWalk *self,
                           guint                  from,
                           guint                  to)
{
  return self->came[to] != RUNGS_LADDER_NEVER && !rungs_ladder_walk_was_before (self, from, to);
}

gboolean
rungs_ladder_walk_is_paid_on (const RungsLadderWalk *self,
                              const RungsLadderLine *line,
                              guint                  from,
                              guint                  to)
{
  guint first = rungs_ladder_catalogue_product (self->catalogue, 0);

  if (!is_product (self, to))
    return line->at >= self->came[to];
  return line->at >= self->came[from]
         && rungs_ladder_catalogue_holds (self->catalogue, line->product, to - first);
}

gboolean
rungs_ladder_walk_is_front (const RungsLadderWalk *self,
                            const RungsLadderLine *line)
{
  return self->front_at != RUNGS_LADDER_NEVER && line->order == self->front_order;
}

gboolean
rungs_ladder_walk_owns_by (const RungsLadderWalk *self,
                           const RungsLadderLine *line)
{
  return !line->whole && line->paid_until > self->question->now;
}
