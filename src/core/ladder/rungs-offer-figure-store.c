/* rungs-offer-figure-store.c: how often each offer led on: what the ranking of offers rests on.
 *
 * A case of an offer is a lead who came to own what it leaves from, by an order of it or of a
 * bundle that holds it, whatever became of that order; a hit is a case who ordered what it leads to
 * later than first that. Of an offer to leads who own nothing every lead is a case, and a hit is
 * who had it in the first order. Refunds do not count against an offer: that it led on is one
 * thing, that the product did not please another.
 *
 * All offers are counted in one reading of the orders, lead by lead: a second for some hundred
 * thousand orders. So the figures are kept, and counted anew at most once an hour, where there were
 * orders since. */

#include "ladder/rungs-offer-figure-store.h"

#include "base/rungs-clock.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-offer-ladder-store.h"

#define COUNT_EVERY RUNGS_HOUR

static const char SQL_OFFERS[]
    = "SELECT o.id, coalesce (o.from_product, 0), o.to_product FROM offer o"
      " WHERE o.retired_at IS NULL ORDER BY o.id";

static const char SQL_LEADS[] = "SELECT count (*) FROM lead";

static const char SQL_HIGHEST_PRODUCT[] = "SELECT coalesce (max (p.id), 0) FROM product p";

static const char SQL_ORDERS[]
    = "SELECT o.lead, o.at, h.part FROM sales_order o"
      "  CROSS JOIN order_line n ON n.sales_order = o.id"
      "  CROSS JOIN product_holds h ON h.whole = n.product"
      " WHERE +o.at <= :now"
      " ORDER BY o.lead";

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
      "                  'import.undone') AND v.id > (SELECT c.event FROM cursor c"
      "                                                WHERE c.name = 'offer-figures'))"
      "  THEN (SELECT max (f.counted_at) + :every FROM offer_figure f) END";

typedef struct
{
  gint64 offer;
  gint64 from; /* 0: from nothing */
  gint64 to;
  gint64 cases;
  gint64 hits;
} Figure;

/* When the lead that is being read first and last ordered a product. */
typedef struct
{
  gint64 lead; /* 0: nobody is */
  gint64 first_order;
  gint64 highest; /* product */
  gint64 *first;  /* (owned), by product */
  gint64 *last;   /* (owned), by product; G_MININT64: never */
} Reading;

static void
reading_clear (Reading *self)
{
  g_free (self->first);
  g_free (self->last);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
begin_lead (Reading *self,
            gint64   lead)
{
  self->lead = lead;
  self->first_order = G_MAXINT64;
  for (gint64 i = 0; i <= self->highest; i++)
    {
      self->first[i] = G_MAXINT64;
      self->last[i] = G_MININT64;
    }
}

static void
take_line (Reading *self,
           gint64   at,
           gint64   product)
{
  self->first_order = MIN (self->first_order, at);
  self->first[product] = MIN (self->first[product], at);
  self->last[product] = MAX (self->last[product], at);
}

static void
count_lead (const Reading *self,
            GArray        *figures)
{
  for (guint i = 0; self->lead != 0 && i < figures->len; i++)
    {
      Figure *figure = &g_array_index (figures, Figure, i);

      if (figure->from == 0)
        {
          figure->hits += self->first[figure->to] == self->first_order;
          continue;
        }
      if (self->first[figure->from] == G_MAXINT64)
        continue;
      figure->cases++;
      figure->hits += self->last[figure->to] > self->first[figure->from];
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

static GArray *
load_offers (RungsDb *db,
             GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_OFFERS, error);
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (Figure));
  gint64 leads = 0;

  if (query == NULL || !read_number (db, SQL_LEADS, &leads, error))
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Figure figure = { .offer = rungs_statement_get_int64 (query, 0),
                        .from = rungs_statement_get_int64 (query, 1),
                        .to = rungs_statement_get_int64 (query, 2) };

      figure.cases = figure.from == 0 ? leads : 0;
      g_array_append_val (figures, figure);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&figures) : NULL;
}

static gboolean
read_orders (RungsDb *db,
             GArray  *figures,
             gint64   now,
             GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ORDERS, error);
  g_auto (Reading) reading = { 0 };

  if (query == NULL || !read_number (db, SQL_HIGHEST_PRODUCT, &reading.highest, error))
    return FALSE;
  reading.first = g_new (gint64, (gsize) reading.highest + 1);
  reading.last = g_new (gint64, (gsize) reading.highest + 1);
  rungs_statement_bind_int64 (query, ":now", now);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 lead = rungs_statement_get_int64 (query, 0);

      if (lead != reading.lead)
        {
          count_lead (&reading, figures);
          begin_lead (&reading, lead);
        }
      take_line (&reading, rungs_statement_get_int64 (query, 1),
                 rungs_statement_get_int64 (query, 2));
    }
  count_lead (&reading, figures);
  return rungs_statement_done (query, error);
}

RungsOfferFigures *
rungs_offer_figures_read (RungsDb *db,
                          gint64   now,
                          GError **error)
{
  g_autoptr (RungsOfferFigures) self = g_new0 (RungsOfferFigures, 1);

  self->at = now;
  if (!read_number (db, SQL_NEWEST, &self->event, error)
      || !(self->figures = load_offers (db, error))
      || (self->figures->len > 0 && !read_orders (db, self->figures, now, error)))
    return NULL;
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
                              gint64  *due,
                              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUE, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":every", COUNT_EVERY);
  if (rungs_statement_step (query, error) == RUNGS_ROW)
    *due = rungs_statement_is_null (query, 0) ? G_MAXINT64 : rungs_statement_get_int64 (query, 0);
  return rungs_statement_done (query, error);
}
