/* rungs-offer-figure-store.c: how often each offer led on: what the ranking of offers rests on.
 *
 * A case of an offer is a lead who came to own what it leaves from, by an order of it or of a
 * bundle that holds it, whatever became of that order, and had not ordered what it leads to before
 * or at that moment; a hit is a case who ordered that later. Of an offer to leads who own nothing
 * every lead is a case, and a hit is who had it in the first order. So the ladder map counts too.
 * Refunds do not count against an offer: that it led on is one thing, that the product did not
 * please another.
 *
 * All offers are counted in one reading of the orders: a second for a million of them. So the
 * figures are kept, and counted anew at most once an hour, where there were
 * orders since. */

#include "ladder/rungs-offer-figure-store.h"

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-holdings-store.h"
#include "ladder/rungs-offer-ladder-store.h"

#define COUNT_EVERY RUNGS_HOUR

static const char SQL_LEADS[] = "SELECT count (*) FROM lead";

static const char SQL_KEEP[]
    = "INSERT INTO offer_figure (offer, cases, hits, counted_at)"
      " SELECT o.id, :cases, :hits, :now FROM offer o WHERE o.id = :offer"
      " ON CONFLICT (offer) DO UPDATE"
      "   SET cases = excluded.cases, hits = excluded.hits, counted_at = excluded.counted_at";

static const char SQL_CURSOR[]
    = "INSERT INTO cursor (name, event)"
      " VALUES ('offer-figures', :event)"
      " ON CONFLICT (name) DO UPDATE SET event = excluded.event";

static const char SQL_NEWEST[] = "SELECT coalesce (max (v.id), 0) FROM event v";

static const char SQL_TELL[]
    = "INSERT INTO name_change (kind, thing, before) VALUES ('offer', 0, '')";

static const char SQL_DUE[]
    = "SELECT CASE"
      "  WHEN EXISTS (SELECT 1 FROM offer o WHERE o.retired_at IS NULL"
      "                  AND o.id NOT IN (SELECT f.offer FROM offer_figure f)) THEN 0"
      "  WHEN EXISTS (SELECT 1 FROM event v WHERE +v.kind IN ('order.placed', 'import.done',"
      "                  'import.undone') AND v.id > (SELECT max (c.event, :looked) FROM cursor c"
      "                                                WHERE c.name = 'offer-figures'))"
      "  THEN (SELECT max (f.counted_at) + :every FROM offer_figure f) END";

typedef struct
{
  gint64 offer;
  gint64 cases;
  gint64 hits;
} Figure;

/* When a lead first ordered each product of the ladder, by itself or in a bundle. */
typedef struct
{
  gint64 first_order; /* of anything; G_MAXINT64: never */
  gint64 *first;      /* (owned), by place; G_MAXINT64: never */
} Orders;

static void
orders_clear (Orders *self)
{
  g_free (self->first);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Orders, orders_clear)

static void
take_place (Orders *self,
            int     place,
            gint64  at)
{
  self->first_order = MIN (self->first_order, at);
  self->first[place] = MIN (self->first[place], at);
}

static void
take_orders (Orders                 *self,
             const RungsOfferLadder *ladder,
             const RungsHoldings    *holdings,
             gint64                  lead)
{
  self->first_order = G_MAXINT64;
  for (guint i = 0; i < ladder->products->len; i++)
    self->first[i] = G_MAXINT64;
  for (const RungsHolding *line = rungs_holdings_first (holdings, lead); line != NULL;
       line = rungs_holdings_next (holdings, line))
    {
      int place = rungs_offer_ladder_find (ladder, line->product);
      const GArray *parts = rungs_offer_ladder_get_product (ladder, place)->parts;

      take_place (self, place, line->at);
      for (guint i = 0; i < parts->len; i++)
        take_place (self, g_array_index (parts, int, i), line->at);
    }
}

static void
count_lead (const Orders           *orders,
            const RungsOfferLadder *ladder,
            GArray                 *figures)
{
  for (guint i = 0; i < figures->len; i++)
    {
      Figure *figure = &g_array_index (figures, Figure, i);
      const RungsArrow *arrow = rungs_offer_ladder_get_arrow (ladder, i);

      if (arrow->from_product == 0)
        {
          figure->hits += orders->first[arrow->to] == orders->first_order;
          continue;
        }
      if (orders->first[arrow->from] == G_MAXINT64
          || orders->first[arrow->to] <= orders->first[arrow->from])
        continue;
      figure->cases++;
      figure->hits += orders->first[arrow->to] != G_MAXINT64;
    }
}

static gboolean
read_number (RungsDb    *db,
             const char *sql,
             gint64     *number,
             GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

/* A figure for each arrow of the ladder, in its order. */
static GArray *
figures_new (const RungsOfferLadder *ladder,
             gint64                  leads)
{
  GArray *figures = g_array_new (FALSE, TRUE, sizeof (Figure));

  for (guint i = 0; i < ladder->arrows->len; i++)
    {
      const RungsArrow *arrow = rungs_offer_ladder_get_arrow (ladder, i);
      Figure figure = { .offer = arrow->offer, .cases = arrow->from_product == 0 ? leads : 0 };

      g_array_append_val (figures, figure);
    }
  return figures;
}

static void
count (const RungsOfferLadder *ladder,
       const RungsHoldings    *holdings,
       GArray                 *figures)
{
  g_auto (Orders) orders = { 0 };

  orders.first = g_new (gint64, ladder->products->len);
  for (gint64 lead = 1; lead <= rungs_holdings_get_highest (holdings); lead++)
    if (rungs_holdings_first (holdings, lead) != NULL)
      {
        take_orders (&orders, ladder, holdings, lead);
        count_lead (&orders, ladder, figures);
      }
}

RungsOfferFigures *
rungs_offer_figures_read (RungsDb *db,
                          gint64   now,
                          GError **error)
{
  g_autoptr (RungsOfferLadder) ladder = rungs_offer_ladder_load (db, now, error);
  g_autoptr (RungsHoldings) holdings = NULL;
  g_autoptr (RungsOfferFigures) self = g_new0 (RungsOfferFigures, 1);
  gint64 leads = 0;

  self->at = now;
  if (ladder == NULL || !read_number (db, SQL_NEWEST, &self->event, error)
      || !read_number (db, SQL_LEADS, &leads, error)
      || !(holdings = rungs_holdings_read (db, now, TRUE, error)))
    return NULL;
  self->figures = figures_new (ladder, leads);
  count (ladder, holdings, self->figures);
  return g_steal_pointer (&self);
}

void
rungs_offer_figures_free (RungsOfferFigures *self)
{
  g_clear_pointer (&self->figures, g_array_unref);
  g_free (self);
}

static gboolean
keep_figures (RungsDb                 *db,
              const RungsOfferFigures *self,
              GError                 **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_KEEP, error);

  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < self->figures->len; i++)
    {
      const Figure *figure = &g_array_index (self->figures, Figure, i);

      rungs_statement_bind_int64 (insert, ":offer", figure->offer);
      rungs_statement_bind_int64 (insert, ":cases", figure->cases);
      rungs_statement_bind_int64 (insert, ":hits", figure->hits);
      rungs_statement_bind_int64 (insert, ":now", self->at);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
move_cursor (RungsDb *db,
             gint64   event,
             GError **error)
{
  g_autoptr (RungsStatement) move = rungs_db_prepare (db, SQL_CURSOR, error);

  if (move == NULL)
    return FALSE;
  rungs_statement_bind_int64 (move, ":event", event);
  return rungs_statement_run (move, error);
}

/* Whether the offers are tried in another order than before. */
static gboolean
is_another_order (const RungsOfferLadder *before,
                  const RungsOfferLadder *after)
{
  for (guint i = 0; i < after->arrows->len; i++)
    if (rungs_offer_ladder_get_arrow (before, i)->offer
        != rungs_offer_ladder_get_arrow (after, i)->offer)
      return TRUE;
  return FALSE;
}

/* Has whoever follows the next offer look again, where that is needed. */
static gboolean
tell (RungsDb                 *db,
      const RungsOfferLadder  *before,
      gint64                   now,
      GError                 **error)
{
  g_autoptr (RungsOfferLadder) after = rungs_offer_ladder_load (db, now, error);
  g_autoptr (RungsStatement) insert = NULL;

  if (after == NULL || !is_another_order (before, after))
    return after != NULL;
  insert = rungs_db_prepare (db, SQL_TELL, error);
  return insert != NULL && rungs_statement_run (insert, error);
}

gboolean
rungs_offer_figures_keep (RungsDb                 *db,
                          const RungsOfferFigures *self,
                          GError                 **error)
{
  g_autoptr (RungsOfferLadder) before = rungs_offer_ladder_load (db, self->at, error);

  return before != NULL && keep_figures (db, self, error) && move_cursor (db, self->event, error)
         && tell (db, before, self->at, error);
}

gboolean
rungs_offer_figures_count (RungsDb *db,
                           gint64   now,
                           GError **error)
{
  g_autoptr (RungsOfferFigures) figures = rungs_offer_figures_read (db, now, error);

  return figures != NULL && rungs_offer_figures_keep (db, figures, error);
}

gboolean
rungs_offer_figures_next_due (RungsDb *db,
                              gint64  *looked,
                              gint64  *due,
                              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUE, error);
  gint64 newest;

  g_return_val_if_fail (looked != NULL && due != NULL, FALSE);

  if (query == NULL || !read_number (db, SQL_NEWEST, &newest, error))
    return FALSE;
  rungs_statement_bind_int64 (query, ":every", COUNT_EVERY);
  rungs_statement_bind_int64 (query, ":looked", *looked);
  if (rungs_statement_step (query, error) == RUNGS_ROW)
    *due = rungs_statement_is_null (query, 0) ? G_MAXINT64 : rungs_statement_get_int64 (query, 0);
  if (!rungs_statement_done (query, error))
    return FALSE;
  if (*due == G_MAXINT64)
    *looked = newest;
  return TRUE;
}
