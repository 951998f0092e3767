/* rungs-map-arrows.c: which arrows of the ladder map are shown. */

#include "rungs-map-arrows.h"

#include <glib/gi18n.h>

#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-way-store.h"
#include "rungs-term.h"
#include "sequences/rungs-sequence-store.h"

/* All things that arrows join. */
typedef struct
{
  GPtrArray *arrows;
  GPtrArray *sources;
  GPtrArray *sequences;
  GPtrArray *products;
  RungsLadderFigures *figures;
} Drawing;

void
rungs_map_arrow_free (RungsMapArrow *self)
{
  g_free (self->from.name);
  g_free (self->to.name);
  g_free (self);
}

static const char *
name_of_thing (const Drawing    *self,
               RungsLadderPlace  place)
{
  for (guint i = 0; place.kind == RUNGS_LADDER_SOURCE && i < self->sources->len; i++)
    if (((RungsSource *) self->sources->pdata[i])->id == place.id)
      return ((RungsSource *) self->sources->pdata[i])->name;
  for (guint i = 0; place.kind == RUNGS_LADDER_SEQUENCE && i < self->sequences->len; i++)
    if (((RungsSequence *) self->sequences->pdata[i])->id == place.id)
      return ((RungsSequence *) self->sequences->pdata[i])->name;
  for (guint i = 0; place.kind == RUNGS_LADDER_PRODUCT && i < self->products->len; i++)
    if (((RungsProduct *) self->products->pdata[i])->id == place.id)
      return ((RungsProduct *) self->products->pdata[i])->name;
  if (place.kind == RUNGS_LADDER_KIND)
    return rungs_term (rungs_source_kind_to_text ((RungsSourceKind) place.id));
  return place.kind == RUNGS_LADDER_OPT_IN ? rungs_term ("opt-in") : "";
}

static void
add (Drawing          *self,
     RungsLadderPlace  from,
     RungsLadderPlace  to)
{
  RungsMapArrow *arrow;

  for (guint i = 0; i < self->arrows->len; i++)
    {
      arrow = self->arrows->pdata[i];
      if (rungs_ladder_place_equal (arrow->from.place, from)
          && rungs_ladder_place_equal (arrow->to.place, to))
        return;
    }
  arrow = g_new0 (RungsMapArrow, 1);
  arrow->from = (RungsMapPlace) { from, g_strdup (name_of_thing (self, from)) };
  arrow->to = (RungsMapPlace) { to, g_strdup (name_of_thing (self, to)) };
  g_ptr_array_add (self->arrows, arrow);
}

/* Where leads went along it. */
static void
add_walked (Drawing          *self,
            RungsLadderPlace  from,
            RungsLadderPlace  to)
{
  g_autoptr (RungsLadderFlow) flow = rungs_ladder_figures_flow (self->figures, from, to);

  if (flow != NULL && flow->all.hits > 0)
    add (self, from, to);
}

static void
add_way (Drawing        *self,
         const RungsWay *way)
{
  RungsLadderPlace from = rungs_ladder_place_by_path (
    way->source != 0 ? RUNGS_LADDER_SOURCE : RUNGS_LADDER_KIND,
    way->source != 0 ? way->source : (gint64) way->kind, way->path);

  if (way->sequence != 0)
    add (self, from, rungs_ladder_place (RUNGS_LADDER_SEQUENCE, way->sequence));
  else if (way->sells != 0)
    add (self, from, rungs_ladder_place (RUNGS_LADDER_PRODUCT, way->sells));
  else
    add (self, rungs_ladder_place (from.kind, from.id),
         rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0));
}

static void
add_source (Drawing           *self,
            const RungsSource *source)
{
  add_walked (self, rungs_ladder_place (RUNGS_LADDER_SOURCE, source->id),
              rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0));
  for (int path = RUNGS_PATH_DIRECT; path <= RUNGS_PATH_IN_PERSON; path++)
    for (guint i = 0; i < self->products->len; i++)
      add_walked (
        self, rungs_ladder_place_by_path (RUNGS_LADDER_SOURCE, source->id, (RungsPath) path),
        rungs_ladder_place (RUNGS_LADDER_PRODUCT, ((RungsProduct *) self->products->pdata[i])->id));
}

static void
add_sequence (Drawing             *self,
              const RungsSequence *sequence)
{
  RungsLadderPlace place = rungs_ladder_place (RUNGS_LADDER_SEQUENCE, sequence->id);

  add (self, rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0), place);
  if (sequence->sells != 0)
    add (self, place, rungs_ladder_place (RUNGS_LADDER_PRODUCT, sequence->sells));
}

static void
add_offer (Drawing          *self,
           const RungsOffer *offer)
{
  if (offer->retired_at == 0 && offer->from_product != 0)
    add (self, rungs_ladder_place (RUNGS_LADDER_PRODUCT, offer->from_product),
         rungs_ladder_place (RUNGS_LADDER_PRODUCT, offer->to_product));
}

GPtrArray *
rungs_map_arrows (RungsDb             *db,
                  RungsLadderFigures  *figures,
                  GError             **error)
{
  g_autoptr (GPtrArray) ways = rungs_way_list (db, 0, error);
  g_autoptr (GPtrArray) sources = ways != NULL ? rungs_source_list (db, error) : NULL;
  g_autoptr (GPtrArray) sequences = sources != NULL ? rungs_sequence_list (db, error) : NULL;
  g_autoptr (GPtrArray) products = sequences != NULL ? rungs_product_list (db, error) : NULL;
  g_autoptr (GPtrArray) offers = products != NULL ? rungs_offer_list (db, error) : NULL;
  g_autoptr (GPtrArray) arrows
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_map_arrow_free);
  Drawing drawing = { arrows, sources, sequences, products, figures };

  if (offers == NULL)
    return NULL;
  for (guint i = 0; i < ways->len; i++)
    add_way (&drawing, ways->pdata[i]);
  for (guint i = 0; i < sources->len; i++)
    add_source (&drawing, sources->pdata[i]);
  for (guint i = 0; i < sequences->len; i++)
    add_sequence (&drawing, sequences->pdata[i]);
  for (guint i = 0; i < offers->len; i++)
    add_offer (&drawing, offers->pdata[i]);
  return g_steal_pointer (&arrows);
}
