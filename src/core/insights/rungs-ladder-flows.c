/* rungs-ladder-flows.c: counts what the arrows of the ladder map carry, lead by lead.
 *
 * For each place it is counted how many leads came to it in the period, for each arrow how many of
 * them had been at its end before and how many went there since; the cases of an arrow are the
 * former less the second. So an arrow costs something only where a lead went along it, and all
 * arrows there could be are counted at once, whichever are drawn. */

#include "insights/rungs-ladder-flows.h"

typedef struct
{
  gint64 before[RUNGS_LADDER_PATHS];
  gint64 hits[RUNGS_LADDER_PATHS];
  gint64 money[]; /* paths * currencies */
} Cell;

struct _RungsLadderFlows
{
  const RungsLadderCatalogue *catalogue; /* (unowned) */
  gint64 *came;                          /* (owned) places * paths */
  Cell **cells;                          /* (owned) places * ends; NULL: nobody went there */
  guint n_ends;                          /* places at which arrows can end: the last ones */
  guint n_currencies;
};

RungsLadderFlows *
rungs_ladder_flows_new (const RungsLadderCatalogue *catalogue)
{
  RungsLadderFlows *self = g_new0 (RungsLadderFlows, 1);

  self->catalogue = catalogue;
  self->n_ends = catalogue->n_places - catalogue->opt_in;
  self->n_currencies = catalogue->currencies->len;
  self->came = g_new0 (gint64, (gsize) catalogue->n_places * RUNGS_LADDER_PATHS);
  self->cells = g_new0 (Cell *, (gsize) catalogue->n_places * self->n_ends);
  return self;
}

void
rungs_ladder_flows_free (RungsLadderFlows *self)
{
  for (gsize i = 0; i < (gsize) self->catalogue->n_places * self->n_ends; i++)
    g_free (self->cells[i]);
  g_free (self->cells);
  g_free (self->came);
  g_free (self);
}

static Cell **
cell_at (const RungsLadderFlows *self,
         guint                   from,
         guint                   to)
{
  return &self->cells[(gsize) from * self->n_ends + (to - self->catalogue->opt_in)];
}

static Cell *
ensure_cell (RungsLadderFlows *self,
             guint             from,
             guint             to)
{
  Cell **cell = cell_at (self, from, to);

  if (*cell == NULL)
    *cell = g_malloc0 (sizeof (Cell)
                       + sizeof (gint64) * RUNGS_LADDER_PATHS * self->n_currencies);
  return *cell;
}

static gboolean
take_money (RungsLadderFlows      *self,
            const RungsLadderWalk *walk,
            const RungsLadderPaid *paid,
            guint                  from,
            guint                  to,
            Cell                  *cell)
{
  gint64 *money = &cell->money[(guint) walk->path * self->n_currencies];

  for (guint i = 0; i < walk->deeds->lines->len; i++)
    {
      const RungsLadderLine *line = walk->deeds->lines->pdata[i];
      gint64 *sum = &money[paid[i].currency];
      gint64 *otherwise = &money[rungs_ladder_catalogue_told_otherwise (line->currency)];

      if (!rungs_ladder_walk_is_paid_on (walk, line, from, to))
        continue;
      if (__builtin_add_overflow (*sum, paid[i].amount - paid[i].refunded, sum)
          || (paid[i].converted
              && __builtin_add_overflow (*otherwise, line->amount - line->refunded, otherwise)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_arrow (RungsLadderFlows      *self,
            const RungsLadderWalk *walk,
            const RungsLadderPaid *paid,
            guint                  from,
            guint                  to)
{
  Cell *cell = ensure_cell (self, from, to);

  if (rungs_ladder_walk_was_before (walk, from, to))
    {
      cell->before[walk->path]++;
      return TRUE;
    }
  cell->hits[walk->path]++;
  return take_money (self, walk, paid, from, to, cell);
}

gboolean
rungs_ladder_flows_take (RungsLadderFlows      *self,
                         const RungsLadderWalk *walk,
                         const RungsLadderPaid *paid)
{
  const guint *places = (const guint *) (gpointer) walk->places->data;

  for (guint i = 0; i < walk->places->len; i++)
    {
      if (!rungs_ladder_walk_came (walk, places[i]))
        continue;
      self->came[(gsize) places[i] * RUNGS_LADDER_PATHS + (gsize) walk->path]++;
      for (guint k = 0; k < walk->places->len; k++)
        if (places[k] >= self->catalogue->opt_in && k != i
            && !take_arrow (self, walk, paid, places[i], places[k]))
          return FALSE;
    }
  return TRUE;
}

gint64
rungs_ladder_flows_count (const RungsLadderFlows *self,
                          guint                   place,
                          int                     path)
{
  const gint64 *came = &self->came[(gsize) place * RUNGS_LADDER_PATHS];
  gint64 sum = 0;

  for (int i = 0; i < RUNGS_LADDER_PATHS; i++)
    sum += path == i || path == RUNGS_LADDER_ANY_PATH ? came[i] : 0;
  return sum;
}

static void
fill_share (RungsLadderShare *share,
            gint64            cases,
            gint64            hits,
            GArray           *money,
            GArray           *converted)
{
  share->cases = cases;
  share->hits = hits;
  share->too_few = cases < RUNGS_LADDER_FEW;
  share->share = rungs_wilson (hits, cases);
  share->money = money;
  share->converted = converted;
}

RungsLadderFlow *
rungs_ladder_flows_get (const RungsLadderFlows *self,
                        guint                   from,
                        guint                   to)
{
  const Cell *cell = *cell_at (self, from, to);
  RungsLadderFlow *flow = g_new0 (RungsLadderFlow, 1);
  g_autofree gint64 *sums = g_new0 (gint64, self->n_currencies + 1);
  gint64 cases = 0, hits = 0;

  for (int path = 0; path < RUNGS_LADDER_PATHS; path++)
    {
      gint64 came = rungs_ladder_flows_count (self, from, path) - (cell ? cell->before[path] : 0);
      const gint64 *money = cell ? &cell->money[(guint) path * self->n_currencies] : NULL;

      fill_share (&flow->by_path[path], came, cell ? cell->hits[path] : 0,
                  rungs_ladder_catalogue_monies (self->catalogue, money),
                  rungs_ladder_catalogue_converted (self->catalogue, money));
      cases += came;
      hits += flow->by_path[path].hits;
      for (guint i = 0; money != NULL && i < self->n_currencies; i++)
        sums[i] += money[i];
    }
  fill_share (&flow->all, cases, hits, rungs_ladder_catalogue_monies (self->catalogue, sums),
              rungs_ladder_catalogue_converted (self->catalogue, sums));
  return flow;
}

static void
share_clear (RungsLadderShare *share)
{
  g_array_unref (share->money);
  g_array_unref (share->converted);
}

void
rungs_ladder_flow_free (RungsLadderFlow *self)
{
  share_clear (&self->all);
  for (guint i = 0; i < RUNGS_LADDER_PATHS; i++)
    share_clear (&self->by_path[i]);
  g_free (self);
}
