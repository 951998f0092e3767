/* rungs-ladder-history-store.c: what all leads did on the ladder, lead by lead, as a question asks
 * for it.
 *
 * The blocks that are kept (rungs-ladder-keep-store.h) are read one after the other; where some
 * lack between two of them, the leads of these are read from the tables. Where so many lack that
 * this takes longer than to read all tables from their beginning to their end, that is done, and
 * what is kept is not looked at.
 *
 * Wherever the rows of a lead come from, they are then taken up: what has not happened yet is left
 * out, and places get their numbers. */

#include "insights/rungs-ladder-history-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "insights/rungs-ladder-keep-store.h"
#include "insights/rungs-ladder-rows-store.h"
#include "segments/rungs-rule-leads-store.h"

/* A lead that is found by the indexes takes so many times as long as one of all. */
#define DEARER 4

static const char SQL_BLOCKS[] = "SELECT block, deeds FROM lead_deeds ORDER BY block";
static const char SQL_FIRST_SALE[] = "SELECT min (at) FROM sales_order";

struct _RungsLadderHistory
{
  RungsDb *db;                         /* (unowned) */
  const RungsLadderQuestion *question; /* (unowned) */
  RungsLadderCatalogue *catalogue;     /* (unowned) */
  RungsLeadSet *only;                  /* (owned) (nullable) */

  RungsLadderRows *rows; /* (owned) (nullable): of leads of whom nothing is kept */
  RungsStatement *kept;  /* (owned) (nullable): stands at the block that is read */
  gint64 block;          /* that one */
  gint64 done;           /* all blocks before it were read, from there or from the tables */
  gint64 blocks;         /* how many there are */
  const guint8 *next;    /* (nullable): what is still to be read of the block, lent by `kept` */
  const guint8 *end;
  gboolean failed;
};

/* ---- where the rows come from */

/* Lets the tables tell of those who lack before `block`. */
static gboolean
fill_gap (RungsLadderHistory  *self,
          gint64               block,
          GError             **error)
{
  self->rows = rungs_ladder_rows_load (self->db, self->done * RUNGS_LADDER_BLOCK,
                                       block * RUNGS_LADDER_BLOCK - 1, error);
  self->done = block;
  return self->rows != NULL;
}

/* Stands at the next block, or has none any more. */
static gboolean
step (RungsLadderHistory  *self,
      GError             **error)
{
  gsize size;

  switch (rungs_statement_step (self->kept, error))
    {
    case RUNGS_ROW:
      self->block = rungs_statement_get_int64 (self->kept, 0);
      self->next = rungs_statement_get_blob (self->kept, 1, &size);
      self->end = self->next + size;
      return TRUE;
    case RUNGS_DONE:
      g_clear_pointer (&self->kept, rungs_statement_free);
      self->block = MAX (self->blocks, self->done);
      return TRUE;
    case RUNGS_FAILED:
    default:
      return FALSE;
    }
}

/* The next lead in what was read from the tables. */
static gboolean
next_of_rows (RungsLadderHistory *self,
              RungsLadderDeeds   *deeds)
{
  if (self->rows != NULL && rungs_ladder_rows_next (self->rows, deeds))
    return TRUE;
  g_clear_pointer (&self->rows, rungs_ladder_rows_free);
  return FALSE;
}

static gboolean
read_kept (RungsLadderHistory  *self,
           RungsLadderDeeds    *deeds,
           GError             **error)
{
  if (rungs_ladder_deeds_read (deeds, self->block * RUNGS_LADDER_BLOCK, &self->next, self->end))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                       _ ("What is kept of touches and orders is damaged"));
  return FALSE;
}

/* The next lead as it is written down; RUNGS_DONE after the last. */
static RungsStep
next_lead (RungsLadderHistory  *self,
           RungsLadderDeeds    *deeds,
           GError             **error)
{
  while (!next_of_rows (self, deeds))
    {
      if (self->done < self->block)
        {
          if (!fill_gap (self, self->block, error))
            return RUNGS_FAILED;
        }
      else if (self->kept == NULL)
        return RUNGS_DONE;
      else if (self->next < self->end)
        return read_kept (self, deeds, error) ? RUNGS_ROW : RUNGS_FAILED;
      else
        {
          self->done = self->block + 1;
          if (!step (self, error))
            return RUNGS_FAILED;
        }
    }
  return RUNGS_ROW;
}

static gboolean
begin (RungsLadderHistory  *self,
       GError             **error)
{
  gint64 kept;

  if (!rungs_ladder_keep_count (self->db, &self->blocks, &kept, error))
    return FALSE;
  if ((self->blocks - kept) * DEARER >= self->blocks)
    return (self->rows = rungs_ladder_rows_load_all (self->db, error)) != NULL;
  self->kept = rungs_db_prepare (self->db, SQL_BLOCKS, error);
  return self->kept != NULL && step (self, error);
}

/* ---- taking up */

static gboolean
has_happened (const RungsLadderHistory *self,
              gint64                    at)
{
  return at <= self->question->now;
}

static gboolean
take_up_touch (RungsLadderHistory *self,
               RungsLadderTouch   *touch)
{
  int source = rungs_ladder_catalogue_find (self->catalogue->sources, touch->source_id);

  touch->source = (guint) source;
  return source >= 0 && has_happened (self, touch->at);
}

static void
take_up_refunds (RungsLadderHistory     *self,
                 const RungsLadderDeeds *deeds,
                 RungsLadderLine        *line)
{
  gint64 all = 0;

  line->refunded = 0;
  for (guint i = 0; i < line->n_refunds; i++)
    {
      const RungsLadderRefund *refund = rungs_ladder_deeds_get_refund (deeds, line, i);

      all += refund->amount;
      line->refunded += has_happened (self, refund->at) ? refund->amount : 0;
    }
  line->whole = line->n_refunds > 0 && all >= line->amount;
}

static gboolean
take_up_line (RungsLadderHistory     *self,
              const RungsLadderDeeds *deeds,
              RungsLadderLine        *line)
{
  int product = rungs_ladder_catalogue_find (self->catalogue->products, line->product_id);

  if (product < 0 || !has_happened (self, line->at))
    return FALSE;
  line->product = (guint) product;
  line->currency = rungs_ladder_catalogue_currency (self->catalogue, line->code);
  if (line->paid_until != G_MAXINT64)
    line->paid_until += g_array_index (self->catalogue->graces, gint64, product);
  take_up_refunds (self, deeds, line);
  return TRUE;
}

static gboolean
take_up_enrolment (RungsLadderHistory   *self,
                   RungsLadderEnrolment *enrolment)
{
  int sequence
    = rungs_ladder_catalogue_find (self->catalogue->sequences, enrolment->sequence_id);

  enrolment->sequence = (guint) sequence;
  return sequence >= 0 && has_happened (self, enrolment->at);
}

/* Leaves those rows that are taken up, in their order. Returns: whether there are any. */
static gboolean
take_up (RungsLadderHistory *self,
         RungsLadderDeeds   *deeds)
{
  RungsLadderTouch *touches = (RungsLadderTouch *) (gpointer) deeds->touches->data;
  RungsLadderLine *lines = (RungsLadderLine *) (gpointer) deeds->lines->data;
  RungsLadderEnrolment *enrolments
    = (RungsLadderEnrolment *) (gpointer) deeds->enrolments->data;
  guint n_touches = 0, n_lines = 0, n_enrolments = 0;

  for (guint i = 0; i < deeds->touches->len; i++)
    if (take_up_touch (self, &touches[i]))
      touches[n_touches++] = touches[i];
  for (guint i = 0; i < deeds->lines->len; i++)
    if (take_up_line (self, deeds, &lines[i]))
      lines[n_lines++] = lines[i];
  for (guint i = 0; i < deeds->enrolments->len; i++)
    if (take_up_enrolment (self, &enrolments[i]))
      enrolments[n_enrolments++] = enrolments[i];
  g_array_set_size (deeds->touches, n_touches);
  g_array_set_size (deeds->lines, n_lines);
  g_array_set_size (deeds->enrolments, n_enrolments);
  return n_touches + n_lines + n_enrolments > 0;
}

/* ---- all */

RungsLadderHistory *
rungs_ladder_history_new (RungsDb                    *db,
                          const RungsLadderQuestion  *question,
                          RungsLadderCatalogue       *catalogue,
                          GError                    **error)
{
  g_autoptr (RungsLadderHistory) self = g_new0 (RungsLadderHistory, 1);

  self->db = db;
  self->question = question;
  self->catalogue = catalogue;
  if (question->segment != NULL)
    {
      self->only = rungs_rule_find_leads (db, question->segment, question->now, error);
      if (self->only == NULL)
        return NULL;
    }
  return begin (self, error) ? g_steal_pointer (&self) : NULL;
}

void
rungs_ladder_history_free (RungsLadderHistory *self)
{
  g_clear_pointer (&self->rows, rungs_ladder_rows_free);
  g_clear_pointer (&self->kept, rungs_statement_free);
  g_clear_pointer (&self->only, rungs_lead_set_unref);
  g_free (self);
}

gboolean
rungs_ladder_history_next (RungsLadderHistory  *self,
                           RungsLadderDeeds    *deeds,
                           GError             **error)
{
  RungsStep found;

  g_return_val_if_fail (self != NULL && deeds != NULL, FALSE);

  while ((found = next_lead (self, deeds, error)) == RUNGS_ROW)
    if ((self->only == NULL || rungs_lead_set_has (self->only, deeds->lead))
        && take_up (self, deeds))
      return TRUE;
  self->failed = found == RUNGS_FAILED;
  return FALSE;
}

gboolean
rungs_ladder_history_done (const RungsLadderHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->failed;
}

gboolean
rungs_ladder_history_first_sale (RungsDb  *db,
                                 gint64   *at,
                                 GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIRST_SALE, error);

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  *at = rungs_statement_is_null (query, 0) ? G_MAXINT64 : rungs_statement_get_int64 (query, 0);
  return TRUE;
}
