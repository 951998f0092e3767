/* rungs-ladder-flows.c: counts what the arrows of the ladder map carry, lead by lead.
 *
 * For each place it is counted how many leads came to it in the period, for each arrow how many of
 * them had been at its end before and how many went there since; the cases of an arrow are the
 * former less the second. So an arrow costs something only where a lead went along it, and all
 * arrows there could be are counted at once, whichever are drawn. */

#include "insights/rungs-ladder-flows.h"

#include <string.h>

typedef struct
{
  gint64 before[RUNGS_LADDER_PATHS];
  gint64 hits[RUNGS_LADDER_PATHS];
  gint64 money[]; /* currencies * paths */
} Cell;

/* What a lead paid for a line: money of the arrows on which it came to the beginning until then. */
typedef struct
{
  gint64 at;     /* G_MAXINT64: of all arrows */
  gint64 amount; /* less what was given back */
  guint place;   /* of the sum in a cell */
} Payment;

struct _RungsLadderFlows
{
  const RungsLadderCatalogue *catalogue; /* (unowned) */
  gint64 *came;                          /* (owned) places * paths */
  Cell **cells;                          /* (owned) places * ends; NULL: nobody went there */
  guint n_ends;                          /* places at which arrows can end: the last ones */
  guint n_currencies;            /* of which the cells have sums */
  Payment *payments;             /* (owned) of the lead and the end that are taken */
  guint n_payments;
  guint room;   /* for so many */
  guint *begun; /* (owned) the places to which the lead came in the period */
  guint n_begun;
};

RungsLadderFlows *
rungs_ladder_flows_new (const RungsLadderCatalogue *catalogue)
{
  RungsLadderFlows *self = g_new0 (RungsLadderFlows, 1);

  self->catalogue = catalogue;
  self->n_ends = catalogue->n_places - catalogue->opt_in;
  self->begun = g_new (guint, catalogue->n_places);
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
  g_free (self->payments);
  g_free (self->begun);
  g_free (self);
}

/* Gives all cells sums of the currencies that were met since. */
static void
widen (RungsLadderFlows *self)
{
  guint n = self->catalogue->currencies->len;
  gsize before = sizeof (Cell) + sizeof (gint64) * RUNGS_LADDER_PATHS * self->n_currencies;
  gsize after = sizeof (Cell) + sizeof (gint64) * RUNGS_LADDER_PATHS * n;

  for (gsize i = 0; i < (gsize) self->catalogue->n_places * self->n_ends; i++)
    if (self->cells[i] != NULL)
      {
        self->cells[i] = g_realloc (self->cells[i], after);
        memset ((char *) self->cells[i] + before, 0, after - before);
      }
  self->n_currencies = n;
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

static void
add_payment (RungsLadderFlows      *self,
             const RungsLadderWalk *walk,
             gint64                 at,
             guint                  currency,
             gint64                 amount)
{
  self->payments[self->n_payments++] = (Payment) {
    .at = at,
    .amount = amount,
    .place = currency * RUNGS_LADDER_PATHS + (guint) walk->path,
  };
}

/* Finds what the lead paid that may be money of the arrows to `to`. */
static void
gather_payments (RungsLadderFlows      *self,
                 const RungsLadderWalk *walk,
                 const RungsLadderPaid *paid,
                 guint                  to)
{
  gboolean product = rungs_ladder_walk_is_product (walk, to);

  self->n_payments = 0;
  for (guint i = 0; i < walk->deeds->lines->len; i++)
    {
      const RungsLadderLine *line = rungs_ladder_deeds_get_line (walk->deeds, i);
      gint64 at = product ? line->at : G_MAXINT64;

      if (product ? !rungs_ladder_catalogue_holds (self->catalogue, line->product,
                                                   to - walk->first_product)
                  : line->at < walk->came[to])
        continue;
      add_payment (self, walk, at, paid[i].currency, paid[i].amount - paid[i].refunded);
      if (paid[i].converted)
        add_payment (self, walk, at, rungs_ladder_catalogue_told_otherwise (line->currency),
                     line->amount - line->refunded);
    }
}

static gboolean
take_arrow (RungsLadderFlows      *self,
            const RungsLadderWalk *walk,
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
  for (guint i = 0; i < self->n_payments; i++)
    {
      const Payment *payment = &self->payments[i];
      gint64 *sum = &cell->money[payment->place];

      if (payment->at >= walk->came[from] && __builtin_add_overflow (*sum, payment->amount, sum))
        return FALSE;
    }
  return TRUE;
}

/* Adds the lead to the arrows that end at `to`. */
static gboolean
take_end (RungsLadderFlows      *self,
          const RungsLadderWalk *walk,
          const RungsLadderPaid *paid,
          guint                  to)
{
  gather_payments (self, walk, paid, to);
  for (guint i = 0; i < self->n_begun; i++)
    if (self->begun[i] != to && !take_arrow (self, walk, self->begun[i], to))
      return FALSE;
  return TRUE;
}

/* Has room for the payments of so many lines: two of each that is told in another currency. */
static void
make_room (RungsLadderFlows *self,
           guint             n)
{
  if (2 * n > self->room)
    {
      self->room = 4 * n;
      self->payments = g_renew (Payment, self->payments, self->room);
    }
}

gboolean
rungs_ladder_flows_take (RungsLadderFlows      *self,
                         const RungsLadderWalk *walk,
                         const RungsLadderPaid *paid)
{
  const guint *places = (const guint *) (gpointer) walk->places->data;

  if (self->n_currencies < self->catalogue->currencies->len)
    widen (self);
  make_room (self, walk->deeds->lines->len);
  self->n_begun = 0;
  for (guint i = 0; i < walk->places->len; i++)
    if (rungs_ladder_walk_came (walk, places[i]))
      {
        self->came[(gsize) places[i] * RUNGS_LADDER_PATHS + (gsize) walk->path]++;
        self->begun[self->n_begun++] = places[i];
      }
  for (guint i = 0; i < walk->places->len && self->n_begun > 0; i++)
    if (places[i] >= self->catalogue->opt_in && !take_end (self, walk, paid, places[i]))
      return FALSE;
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
  guint n_currencies = self->catalogue->currencies->len;
  g_autofree gint64 *sums = g_new0 (gint64, n_currencies + 1);
  g_autofree gint64 *money = g_new0 (gint64, n_currencies + 1);
  gint64 cases = 0, hits = 0;

  for (int path = 0; path < RUNGS_LADDER_PATHS; path++)
    {
      gint64 came = rungs_ladder_flows_count (self, from, path) - (cell ? cell->before[path] : 0);

      for (guint i = 0; cell != NULL && i < self->n_currencies; i++)
        {
          money[i] = cell->money[i * RUNGS_LADDER_PATHS + (guint) path];
          sums[i] += money[i];
        }
      fill_share (&flow->by_path[path], came, cell ? cell->hits[path] : 0,
                  rungs_ladder_catalogue_monies (self->catalogue, money),
                  rungs_ladder_catalogue_converted (self->catalogue, money));
      cases += came;
      hits += flow->by_path[path].hits;
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
