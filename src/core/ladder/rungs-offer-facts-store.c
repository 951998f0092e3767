/* rungs-offer-facts-store.c: what the next offer must know about a lead; of one lead, or of one
 * after the other.
 *
 * Of one lead it is a few looks. Of all, the leads and the walks through sequences that sell are
 * read side by side in the order of the leads, by indexes that have it, and what is owned
 * beforehand. So all leads cost one reading of their rows. Conditions are asked about all leads at
 * once, each a set of leads, or about the one lead and only where the arrow can be followed. */

#include "ladder/rungs-offer-facts-store.h"

#include <string.h>

#include "ladder/rungs-holdings-store.h"
#include "leads/rungs-lead-set.h"
#include "segments/rungs-rule-leads-store.h"
#include "segments/rungs-rule.h"

#define SQL_LEADS "SELECT l.id, l.created_at FROM lead l "
/* A walk that was stopped by hand, or broke, says nothing about what the lead wanted. */
#define SQL_WALKS                                                                                  \
  "SELECT e.lead, s.sells, e.id, s.id, e.outcome IS NULL,"                                         \
  "       CASE WHEN e.outcome IN ('finished', 'exit', 'goal') THEN e.ended_at END"                 \
  "  FROM enrolment e CROSS JOIN sequence s ON s.id = e.sequence"                                  \
  " WHERE s.sells IS NOT NULL "

static const char SQL_LEAD_ONE[] = SQL_LEADS "WHERE l.id = :lead";
static const char SQL_LEAD_ALL[] = SQL_LEADS "ORDER BY l.id";
static const char SQL_OWNED[]
    = "SELECT w.product, w.since, CASE WHEN w.direct THEN 0 ELSE"
      "         (SELECT n.product FROM order_line n WHERE n.id = w.order_line) END"
      "  FROM owned w"
      " WHERE w.lead = :lead AND +w.since <= :at AND (w.paid_until IS NULL OR w.paid_until > :at)";
static const char SQL_WALKS_ONE[] = SQL_WALKS "AND e.lead = :lead";
static const char SQL_WALKS_ALL[] = SQL_WALKS "ORDER BY e.lead";

/* Rows of some lead, of which the first that was not taken yet stands ready. */
typedef struct
{
  RungsStatement *query; /* (owned) */
  RungsStep step;
} Rows;

struct _RungsOfferFactsReader
{
  RungsDb *db;
  const RungsOfferLadder *ladder;
  gint64 one; /* the lead asked about; 0: all */
  RungsStatement *leads; /* (owned) */
  RungsHoldings *holdings; /* (owned) (nullable): what is owned, where all are asked about */
  RungsStatement *owned;   /* (owned) (nullable): the same of the one */
  Rows walks;
  RungsRule **rules;   /* (owned): the condition of each arrow; NULL: none that can be asked */
  RungsLeadSet **sets; /* (owned): who meets it, where all are asked about */
};

RungsOfferFacts *
rungs_offer_facts_new (const RungsOfferLadder *ladder)
{
  RungsOfferFacts *self = g_new0 (RungsOfferFacts, 1);

  self->standings = g_new0 (RungsStanding, ladder->products->len);
  self->met = g_new0 (gboolean, ladder->arrows->len);
  return self;
}

void
rungs_offer_facts_free (RungsOfferFacts *self)
{
  g_free (self->standings);
  g_free (self->met);
  g_free (self);
}

void
rungs_offer_facts_reader_free (RungsOfferFactsReader *self)
{
  for (guint i = 0; i < self->ladder->arrows->len; i++)
    {
      g_clear_pointer (&self->rules[i], rungs_rule_free);
      g_clear_pointer (&self->sets[i], rungs_lead_set_unref);
    }
  g_clear_pointer (&self->leads, rungs_statement_free);
  g_clear_pointer (&self->owned, rungs_statement_free);
  g_clear_pointer (&self->holdings, rungs_holdings_free);
  g_clear_pointer (&self->walks.query, rungs_statement_free);
  g_free (self->rules);
  g_free (self->sets);
  g_free (self);
}

static gboolean
begin_owned (RungsOfferFactsReader *self,
             GError               **error)
{
  if (self->one == 0)
    {
      self->holdings = rungs_holdings_read (self->db, self->ladder->at, FALSE, error);
      return self->holdings != NULL;
    }
  self->owned = rungs_db_prepare (self->db, SQL_OWNED, error);
  return self->owned != NULL;
}

static RungsStatement *
prepare (RungsOfferFactsReader *self,
         const char            *one,
         const char            *all,
         GError               **error)
{
  RungsStatement *query = rungs_db_prepare (self->db, self->one != 0 ? one : all, error);

  if (query == NULL)
    return NULL;
  rungs_statement_offer_int64 (query, ":lead", self->one);
  rungs_statement_offer_int64 (query, ":at", self->ladder->at);
  return query;
}

static gboolean
begin_rows (Rows           *rows,
            RungsStatement *query,
            GError        **error)
{
  rows->query = query;
  if (query == NULL)
    return FALSE;
  rows->step = rungs_statement_step (query, error);
  return rows->step != RUNGS_FAILED;
}

/* The conditions that can be asked; who meets each, where all leads are asked about. */
static gboolean
read_conditions (RungsOfferFactsReader *self,
                 GError               **error)
{
  self->rules = g_new0 (RungsRule *, self->ladder->arrows->len);
  self->sets = g_new0 (RungsLeadSet *, self->ladder->arrows->len);
  for (guint i = 0; i < self->ladder->arrows->len; i++)
    {
      const RungsArrow *arrow = rungs_offer_ladder_get_arrow (self->ladder, i);

      if (arrow->condition == NULL || arrow->fault != NULL)
        continue;
      self->rules[i] = rungs_rule_parse (arrow->condition, error);
      if (self->rules[i] == NULL)
        return FALSE;
      if (self->one == 0)
        self->sets[i] = rungs_rule_find_leads (self->db, self->rules[i], self->ladder->at, error);
      if (self->one == 0 && self->sets[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

RungsOfferFactsReader *
rungs_offer_facts_read (RungsDb                 *db,
                        const RungsOfferLadder  *ladder,
                        gint64                   lead,
                        GError                 **error)
{
  g_autoptr (RungsOfferFactsReader) self = g_new0 (RungsOfferFactsReader, 1);

  self->db = db;
  self->ladder = ladder;
  self->one = lead;
  if (!read_conditions (self, error)
      || !(self->leads = prepare (self, SQL_LEAD_ONE, SQL_LEAD_ALL, error))
      || !begin_owned (self, error)
      || !begin_rows (&self->walks, prepare (self, SQL_WALKS_ONE, SQL_WALKS_ALL, error), error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Goes to the row of that lead or the next one after it. Whether it is of that lead. */
static gboolean
is_at (Rows    *rows,
       gint64   lead,
       GError **error)
{
  while (rows->step == RUNGS_ROW && rungs_statement_get_int64 (rows->query, 0) < lead)
    rows->step = rungs_statement_step (rows->query, error);
  return rows->step == RUNGS_ROW && rungs_statement_get_int64 (rows->query, 0) == lead;
}

static RungsStanding *
get_standing (RungsOfferFactsReader *self,
              RungsOfferFacts       *facts,
              gint64                 product)
{
  int place = rungs_offer_ladder_find (self->ladder, product);

  return place >= 0 ? &facts->standings[place] : NULL;
}

/* The same product, ordered again or also in a bundle, is owned from the first on, and by itself
 * where one of them says so. `through` 0: ordered by itself. */
static void
take_product (RungsStanding *standing,
              gint64         since,
              gint64         through)
{
  if (through == 0 || !standing->owned || (standing->through != 0 && since < standing->since))
    standing->through = through;
  standing->since = standing->owned ? MIN (standing->since, since) : since;
  standing->owned = TRUE;
}

/* What was ordered, and what it holds. */
static void
take_holding (RungsOfferFactsReader *self,
              RungsOfferFacts       *facts,
              const RungsHolding    *holding)
{
  int place = rungs_offer_ladder_find (self->ladder, holding->product);
  const GArray *parts;

  if (place < 0)
    return;
  facts->owns_nothing = FALSE;
  take_product (&facts->standings[place], holding->at, 0);
  parts = rungs_offer_ladder_get_product (self->ladder, place)->parts;
  for (guint i = 0; i < parts->len; i++)
    take_product (&facts->standings[g_array_index (parts, int, i)], holding->at, holding->product);
}

static gboolean
take_owned (RungsOfferFactsReader *self,
            RungsOfferFacts       *facts,
            GError               **error)
{
  RungsStatement *row = self->owned;

  if (self->holdings != NULL)
    {
      for (const RungsHolding *holding = rungs_holdings_first (self->holdings, facts->lead);
           holding != NULL; holding = rungs_holdings_next (self->holdings, holding))
        take_holding (self, facts, holding);
      return TRUE;
    }
  rungs_statement_bind_int64 (row, ":lead", facts->lead);
  rungs_statement_bind_int64 (row, ":at", self->ladder->at);
  while (rungs_statement_step (row, error) == RUNGS_ROW)
    {
      RungsStanding *standing = get_standing (self, facts, rungs_statement_get_int64 (row, 0));

      if (standing == NULL)
        continue;
      take_product (standing, rungs_statement_get_int64 (row, 1),
                    rungs_statement_get_int64 (row, 2));
      facts->owns_nothing = FALSE;
    }
  return rungs_statement_done (row, error);
}

/* Of the walks that ended the newest tells whether the lead declined; one under way undoes that. */
static void
take_walk (RungsOfferFactsReader *self,
           RungsOfferFacts       *facts)
{
  RungsStatement *row = self->walks.query;
  RungsStanding *standing = get_standing (self, facts, rungs_statement_get_int64 (row, 1));
  gint64 walk = rungs_statement_get_int64 (row, 2);
  gint64 ended_at = rungs_statement_get_int64 (row, 5);

  if (standing == NULL)
    return;
  if (rungs_statement_get_int64 (row, 4) != 0)
    {
      standing->selling = rungs_statement_get_int64 (row, 3);
      return;
    }
  standing->refusals += !rungs_statement_is_null (row, 5);
  if (walk > standing->last_walk)
    {
      standing->last_walk = walk;
      standing->declined_at = ended_at;
    }
}

static gboolean
take_walks (RungsOfferFactsReader *self,
            RungsOfferFacts       *facts,
            GError               **error)
{
  while (is_at (&self->walks, facts->lead, error))
    {
      take_walk (self, facts);
      self->walks.step = rungs_statement_step (self->walks.query, error);
    }
  return self->walks.step != RUNGS_FAILED;
}

/* Whether the lead can follow the arrow, if not now. */
static gboolean
leaves_from (const RungsArrow      *arrow,
             const RungsOfferFacts *facts)
{
  return arrow->from_product == 0 ? facts->owns_nothing
                                  : arrow->from >= 0 && facts->standings[arrow->from].owned;
}

static gboolean
take_conditions (RungsOfferFactsReader *self,
                 RungsOfferFacts       *facts,
                 GError               **error)
{
  for (guint i = 0; i < self->ladder->arrows->len; i++)
    {
      const RungsArrow *arrow = rungs_offer_ladder_get_arrow (self->ladder, i);

      facts->met[i] = arrow->condition == NULL;
      if (self->sets[i] != NULL)
        facts->met[i] = rungs_lead_set_has (self->sets[i], facts->lead);
      else if (self->rules[i] != NULL && leaves_from (arrow, facts)
               && !rungs_rule_matches (self->db, self->rules[i], facts->lead, self->ladder->at,
                                       &facts->met[i], error))
        return FALSE;
    }
  return TRUE;
}

/* A product that sells while it was declined before is not declined. */
static void
settle_walks (RungsOfferFactsReader *self,
              RungsOfferFacts       *facts)
{
  for (guint i = 0; i < self->ladder->products->len; i++)
    if (facts->standings[i].selling != 0)
      facts->standings[i].declined_at = 0;
}

RungsStep
rungs_offer_facts_next (RungsOfferFactsReader *self,
                        RungsOfferFacts       *facts,
                        GError               **error)
{
  RungsStep step = rungs_statement_step (self->leads, error);

  if (step != RUNGS_ROW)
    return step;
  memset (facts->standings, 0, self->ladder->products->len * sizeof (RungsStanding));
  facts->lead = rungs_statement_get_int64 (self->leads, 0);
  facts->created_at = rungs_statement_get_int64 (self->leads, 1);
  facts->owns_nothing = TRUE;
  if (!take_owned (self, facts, error) || !take_walks (self, facts, error)
      || !take_conditions (self, facts, error))
    return RUNGS_FAILED;
  settle_walks (self, facts);
  return RUNGS_ROW;
}
