/* rungs-next-offer-store.c: what statements read of the next offer, and the names in its
 * reasons. */

#include "ladder/rungs-next-offer-store.h"

#include "db/rungs-db-table.h"
#include "db/rungs-statement.h"

static const char SQL_SEQUENCE[] = "SELECT s.name FROM sequence s WHERE s.id = :sequence";

struct _RungsNextOffers
{
  RungsOfferLadder *ladder;           /* (owned) */
  RungsOfferFacts *facts;        /* (owned) */
  RungsVerdict *verdicts;        /* (owned) */
  RungsOfferFactsReader *reader; /* (owned) */
};

RungsNextOffers *
rungs_next_offers_read (RungsDb *db,
                        gint64   lead,
                        gint64   now,
                        GError **error)
{
  g_autoptr (RungsNextOffers) self = g_new0 (RungsNextOffers, 1);

  self->ladder = rungs_offer_ladder_load (db, now, error);
  if (self->ladder == NULL)
    return NULL;
  self->facts = rungs_offer_facts_new (self->ladder);
  self->verdicts = g_new0 (RungsVerdict, self->ladder->arrows->len);
  self->reader = rungs_offer_facts_read (db, self->ladder, lead, error);
  return self->reader != NULL ? g_steal_pointer (&self) : NULL;
}

void
rungs_next_offers_free (RungsNextOffers *self)
{
  g_clear_pointer (&self->reader, rungs_offer_facts_reader_free);
  g_clear_pointer (&self->facts, rungs_offer_facts_free);
  g_clear_pointer (&self->ladder, rungs_offer_ladder_free);
  g_free (self->verdicts);
  g_free (self);
}

const RungsOfferLadder *
rungs_next_offers_get_ladder (RungsNextOffers *self)
{
  return self->ladder;
}

RungsStep
rungs_next_offers_next (RungsNextOffers *self,
                        gint64          *lead,
                        guint           *arrow,
                        GError         **error)
{
  RungsStep step;

  g_return_val_if_fail (self != NULL, RUNGS_FAILED);

  while ((step = rungs_offer_facts_next (self->reader, self->facts, error)) == RUNGS_ROW)
    {
      int chosen = rungs_offer_judge (self->ladder, self->facts, self->verdicts);

      if (chosen < 0)
        continue;
      *lead = self->facts->lead;
      *arrow = (guint) chosen;
      return RUNGS_ROW;
    }
  return step;
}

/* ---- the table */

static gpointer
begin (RungsDb *db,
       gint64   at,
       gint64   lead,
       GError **error)
{
  return rungs_next_offers_read (db, lead, at, error);
}

static RungsStep
next (gpointer reader,
      gint64  *values,
      GError **error)
{
  RungsNextOffers *self = reader;
  const RungsArrow *arrow;
  guint index = 0;
  RungsStep step = rungs_next_offers_next (self, &values[0], &index, error);

  if (step != RUNGS_ROW)
    return step;
  arrow = rungs_offer_ladder_get_arrow (self->ladder, index);
  values[1] = arrow->to_product;
  values[2] = arrow->offer;
  return step;
}

static void
end (gpointer reader)
{
  rungs_next_offers_free (reader);
}

static const RungsDbTable TABLE = { "next_offer", "lead, product, offer", 3, begin, next, end };

gboolean
rungs_next_offer_add_table (RungsDb *db,
                            GError **error)
{
  return rungs_db_add_table (db, &TABLE, error);
}

/* ---- names */

char *
rungs_sequence_dup_name_of (RungsDb *db,
                            gint64   sequence,
                            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SEQUENCE, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":sequence", sequence);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_FAILED)
    return NULL;
  return step == RUNGS_ROW ? rungs_statement_dup_text (query, 0) : g_strdup ("");
}
