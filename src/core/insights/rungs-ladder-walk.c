/* rungs-ladder-walk.c: to which places of the ladder map one lead came, and when. */

#include "insights/rungs-ladder-walk.h"

RungsLadderWalk *
rungs_ladder_walk_new (const RungsLadderCatalogue *catalogue,
                       const RungsLadderQuestion  *question)
{
  RungsLadderWalk *self = g_new0 (RungsLadderWalk, 1);

  self->catalogue = catalogue;
  self->question = question;
  self->first_product = rungs_ladder_catalogue_product (catalogue, 0);
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
      const RungsLadderTouch *touch = rungs_ladder_deeds_get_touch (self->deeds, i);
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
  guint n;
  const guint *parts = rungs_ladder_catalogue_get_parts (self->catalogue, line->product, &n);

  for (guint i = 0; i < n; i++)
    come (self, self->first_product + parts[i], line->at);
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
    follow_line (self, rungs_ladder_deeds_get_line (deeds, i));
  for (guint i = 0; i < deeds->enrolments->len; i++)
    {
      const RungsLadderEnrolment *enrolment = rungs_ladder_deeds_get_enrolment (deeds, i);

      come (self, rungs_ladder_catalogue_sequence (self->catalogue, enrolment->sequence),
            enrolment->at);
    }
}
