/* rungs-score-explain-store.c: why a lead has its score, and what a rule would change. */

#include "leads/rungs-score-explain-store.h"

#include <math.h>

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-score-reader-store.h"
#include "leads/rungs-score-store.h"

static const char SQL_LOAD[] = "SELECT points, score FROM lead WHERE id = :id";

void
rungs_score_term_free (RungsScoreTerm *self)
{
  rungs_score_rule_free (self->rule);
  g_free (self);
}

void
rungs_score_reasons_free (RungsScoreReasons *self)
{
  g_ptr_array_unref (self->terms);
  g_free (self);
}

static gpointer
reasons_from_row (RungsStatement *row)
{
  RungsScoreReasons *self = g_new0 (RungsScoreReasons, 1);

  self->given = rungs_statement_get_int64 (row, 0);
  self->stored = rungs_statement_get_int64 (row, 1);
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_score_term_free);
  return self;
}

static RungsScoreTerm *
read_term (RungsScoreSum *sum,
           GPtrArray     *rules,
           guint          rule)
{
  RungsScoreTerm *term = g_new0 (RungsScoreTerm, 1);
  int last_day;

  term->rule = rungs_score_rule_copy (g_ptr_array_index (rules, rule));
  term->events = rungs_score_sum_count (sum, rule, &term->full, &last_day);
  term->points = rungs_score_sum_get_exact (sum, rule, rungs_score_sum_get_today (sum));
  term->last_at = term->events > 0 ? rungs_score_sum_day_start (sum, last_day) : 0;
  return term;
}

static void
add_up (RungsScoreReasons *self,
        RungsScoreSum     *sum,
        GPtrArray         *rules)
{
  int today = rungs_score_sum_get_today (sum);
  int next = rungs_score_sum_next (sum, today);

  for (guint i = 0; i < rules->len; i++)
    g_ptr_array_add (self->terms, read_term (sum, rules, i));
  self->score = self->given + rungs_score_sum_get (sum, today);
  self->rescore_at = next == RUNGS_SCORE_FOREVER ? 0 : rungs_score_sum_day_start (sum, next);
}

RungsScoreReasons *
rungs_score_explain (RungsDb  *db,
                     gint64    lead,
                     gint64    now,
                     GError  **error)
{
  g_autoptr (GPtrArray) rules = rungs_score_rule_list (db, error);
  g_autoptr (RungsScoreReader) reader = NULL;
  g_autoptr (RungsScoreReasons) self = NULL;

  if (rules == NULL || (reader = rungs_score_reader_new (db, rules, now, error)) == NULL)
    return NULL;
  self = rungs_record_load (db, SQL_LOAD, lead, reasons_from_row, "lead", error);
  if (self == NULL || !rungs_score_reader_open (reader, lead, lead, error)
      || !rungs_score_reader_read (reader, lead, error))
    return NULL;
  self->lead = lead;
  add_up (self, rungs_score_reader_get_sum (reader), rules);
  return g_steal_pointer (&self);
}

/* ---- what a rule would change */

/* What one rule makes of the events of each lead, in the order of leads. */
typedef struct
{
  GPtrArray *rules;         /* (owned): the one, or none */
  RungsScoreReader *reader; /* (owned) */
} Side;

static void
side_clear (Side *side)
{
  g_clear_pointer (&side->reader, rungs_score_reader_free);
  g_clear_pointer (&side->rules, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

/* `rule` (taken) (nullable) */
static gboolean
side_init (Side            *side,
           RungsDb         *db,
           RungsScoreRule  *rule,
           gint64           now,
           GError         **error)
{
  side->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_score_rule_free);
  if (rule != NULL)
    g_ptr_array_add (side->rules, rule);
  side->reader = rungs_score_reader_new (db, side->rules, now, error);
  return side->reader != NULL && rungs_score_reader_open (side->reader, 1, G_MAXINT64, error);
}

static gboolean
side_read (Side    *side,
           gint64   lead,
           gint64  *points,
           GError **error)
{
  RungsScoreSum *sum = rungs_score_reader_get_sum (side->reader);

  if (!rungs_score_reader_read (side->reader, lead, error))
    return FALSE;
  *points = rungs_score_sum_get (sum, rungs_score_sum_get_today (sum));
  return TRUE;
}

static void
compare (RungsScorePreview *preview,
         gint64             before,
         gint64             after)
{
  gint64 change = after - before;

  preview->before += before != 0;
  preview->after += after != 0;
  if (change == 0)
    return;
  preview->least = preview->leads == 0 ? change : MIN (preview->least, change);
  preview->most = preview->leads == 0 ? change : MAX (preview->most, change);
  preview->leads++;
  preview->sum += change;
}

/* The next lead that has events on one side or the other; 0: there is none. */
static gint64
next_lead (Side *a,
           Side *b)
{
  gint64 x = rungs_score_reader_peek (a->reader);
  gint64 y = rungs_score_reader_peek (b->reader);

  return x == 0 ? y : y == 0 ? x : MIN (x, y);
}

gboolean
rungs_score_preview (RungsDb *db,
                     gint64 id,
                     const RungsScoreRule *draft,
                     gint64 now,
                     RungsScorePreview *preview,
                     GError **error)
{
  g_auto (Side) before = { 0 };
  g_auto (Side) after = { 0 };
  RungsScoreRule *stored = NULL;
  gint64 lead;

  g_return_val_if_fail (preview != NULL, FALSE);

  *preview = (RungsScorePreview){ 0 };
  if ((draft != NULL && !rungs_score_rule_check (draft, error))
      || (id != 0 && (stored = rungs_score_rule_load (db, id, error)) == NULL)
      || !side_init (&before, db, stored, now, error)
      || !side_init (&after, db, draft ? rungs_score_rule_copy (draft) : NULL, now, error))
    return FALSE;
  while ((lead = next_lead (&before, &after)) != 0)
    {
      gint64 had, has;

      if (!side_read (&before, lead, &had, error) || !side_read (&after, lead, &has, error))
        return FALSE;
      compare (preview, had, has);
    }
  return TRUE;
}
