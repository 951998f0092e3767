/* rungs-ladder-undrawn.c: ways that leads went on the ladder map, and that are not drawn. */

#include "insights/rungs-ladder-undrawn.h"

typedef struct
{
  RungsLadderArrow arrow;
  gint64 hits;
} Found;

typedef struct
{
  RungsLadderFigures *figures;
  const GArray *drawn;
  GCancellable *cancellable;
  GArray *found; /* (owned) (element-type Found) */
} Search;

/* Whether one comes from `from` to `to`; `seen` are the arrows that were gone along. */
static gboolean
leads_to (const Search     *self,
          RungsLadderPlace  from,
          RungsLadderPlace  to,
          gboolean         *seen)
{
  for (guint i = 0; i < self->drawn->len; i++)
    {
      const RungsLadderArrow *arrow = &g_array_index (self->drawn, RungsLadderArrow, i);

      if (seen[i] || !rungs_ladder_place_equal (arrow->from, from))
        continue;
      seen[i] = TRUE;
      if (rungs_ladder_place_equal (arrow->to, to) || leads_to (self, arrow->to, to, seen))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_drawn (const Search     *self,
          RungsLadderPlace  from,
          RungsLadderPlace  to)
{
  g_autofree gboolean *seen = g_new0 (gboolean, self->drawn->len);

  return leads_to (self, from, to, seen);
}

static void
ask (Search           *self,
     RungsLadderPlace  from,
     RungsLadderPlace  to)
{
  g_autoptr (RungsLadderFlow) flow = NULL;
  Found found = { { from, to }, 0 };

  if (g_cancellable_is_cancelled (self->cancellable) || is_drawn (self, from, to))
    return;
  flow = rungs_ladder_figures_flow (self->figures, from, to);
  if (flow == NULL || flow->all.hits < RUNGS_LADDER_WAY)
    return;
  found.hits = flow->all.hits;
  g_array_append_val (self->found, found);
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *left = a, *right = b;

  return (left->hits < right->hits) - (left->hits > right->hits);
}

static void
ask_sources (Search       *self,
             const gint64 *products,
             guint         n_products)
{
  static const RungsPath PATHS[] = { RUNGS_PATH_DIRECT, RUNGS_PATH_PHONE, RUNGS_PATH_IN_PERSON };

  for (gint64 kind = 0; kind < RUNGS_SOURCE_KINDS; kind++)
    {
      ask (self, rungs_ladder_place (RUNGS_LADDER_KIND, kind),
           rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0));
      for (guint i = 0; i < G_N_ELEMENTS (PATHS); i++)
        for (guint j = 0; j < n_products; j++)
          ask (self, rungs_ladder_place_by_path (RUNGS_LADDER_KIND, kind, PATHS[i]),
               rungs_ladder_place (RUNGS_LADDER_PRODUCT, products[j]));
    }
}

static void
ask_products (Search       *self,
              const gint64 *products,
              guint         n_products)
{
  for (guint i = 0; i < n_products; i++)
    for (guint j = 0; j < n_products; j++)
      if (i != j)
        ask (self, rungs_ladder_place (RUNGS_LADDER_PRODUCT, products[i]),
             rungs_ladder_place (RUNGS_LADDER_PRODUCT, products[j]));
}

GArray *
rungs_ladder_undrawn (RungsLadderFigures *figures,
                      const GArray       *drawn,
                      const gint64       *products,
                      guint               n_products,
                      GCancellable       *cancellable)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  Search self = { figures, drawn, cancellable, found };
  GArray *arrows = g_array_new (FALSE, FALSE, sizeof (RungsLadderArrow));

  g_return_val_if_fail (figures != NULL && drawn != NULL, arrows);

  ask_sources (&self, products, n_products);
  ask_products (&self, products, n_products);
  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    g_array_append_val (arrows, g_array_index (found, Found, i).arrow);
  return arrows;
}
