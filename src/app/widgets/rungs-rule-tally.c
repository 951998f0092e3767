/* rungs-rule-tally.c: for whom a rule holds, as it is asked while the rule is edited. */

#include "rungs-rule-tally.h"

#include "base/rungs-error.h"
#include "leads/rungs-lead-store.h"
#include "segments/rungs-rule.h"
#include "widgets/rungs-display.h"

#define SAMPLES 20

/* ---- the whole */

void
rungs_rule_tally_free (RungsRuleTally *self)
{
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_samples (RungsDb    *db,
              RungsRule  *rule,
              gint64      now,
              GPtrArray  *samples,
              GError    **error)
{
  g_autoptr (GArray) ids = rungs_rule_sample (db, rule, now, SAMPLES, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      RungsLead *lead = rungs_lead_load (db, g_array_index (ids, gint64, i), &failure);

      if (lead != NULL)
        {
          g_ptr_array_add (samples, lead);
        }
      else if (!g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return ids != NULL;
}

gpointer
rungs_rule_tally_load (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (RungsRule) rule = rungs_rule_parse (data, error);
  g_autoptr (RungsRuleTally) self = g_new0 (RungsRuleTally, 1);
  gint64 now = rungs_display_now ();

  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_free);
  if (rule == NULL || !rungs_rule_count (db, rule, now, &self->count, error)
      || !load_samples (db, rule, now, self->samples, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- each line */

RungsRuleLine *
rungs_rule_line_new (const char *rule)
{
  RungsRuleLine *self = g_new0 (RungsRuleLine, 1);

  self->rule = g_strdup (rule);
  self->count = -1;
  return self;
}

void
rungs_rule_line_free (RungsRuleLine *self)
{
  g_free (self->rule);
  g_free (self->fault);
  g_free (self);
}

/* The first of what is wrong, else of what is not there yet. Returns: (nullable). */
static char *
find_fault (RungsDb    *db,
            RungsRule  *rule,
            gboolean   *wrong,
            GError    **error)
{
  g_autoptr (GPtrArray) faults = rungs_rule_check (db, rule, FALSE, error);
  g_autoptr (GPtrArray) missing = NULL;

  *wrong = faults == NULL || faults->len > 0;
  if (faults == NULL)
    return NULL;
  if (faults->len > 0)
    return g_strdup (g_ptr_array_index (faults, 0));
  missing = rungs_rule_check (db, rule, TRUE, error);
  return missing != NULL && missing->len > 0 ? g_strdup (g_ptr_array_index (missing, 0)) : NULL;
}

static gboolean
answer_line (RungsDb        *db,
             RungsRuleLine  *line,
             gint64          now,
             GError        **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (RungsRule) rule = rungs_rule_parse (line->rule, &fault);
  g_autoptr (GError) failure = NULL;
  gboolean wrong = FALSE;

  if (rule == NULL)
    {
      line->fault = g_strdup (fault->message);
      return TRUE;
    }
  line->fault = find_fault (db, rule, &wrong, &failure);
  if (failure == NULL && !wrong)
    rungs_rule_count (db, rule, now, &line->count, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return failure == NULL;
}

gpointer
rungs_rule_lines_load (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  GPtrArray *asked = data;
  g_autoptr (GPtrArray) answers
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_line_free);
  gint64 now = rungs_display_now ();

  for (guint i = 0; i < asked->len; i++)
    {
      const RungsRuleLine *line = g_ptr_array_index (asked, i);
      RungsRuleLine *answer = rungs_rule_line_new (line->rule);

      g_ptr_array_add (answers, answer);
      if (!answer_line (db, answer, now, error))
        return NULL;
    }
  return g_steal_pointer (&answers);
}

/* ---- one lead */

void
rungs_rule_verdict_free (RungsRuleVerdict *self)
{
  g_free (self->name);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_free (self);
}

RungsRuleCase *
rungs_rule_case_new (const char *rule,
                     gint64      lead)
{
  RungsRuleCase *self = g_new0 (RungsRuleCase, 1);

  self->rule = g_strdup (rule);
  self->lead = lead;
  return self;
}

void
rungs_rule_case_free (RungsRuleCase *self)
{
  g_free (self->rule);
  g_free (self);
}

gpointer
rungs_rule_verdict_load (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  const RungsRuleCase *wanted = data;
  g_autoptr (RungsRule) rule = rungs_rule_parse (wanted->rule, error);
  g_autoptr (RungsLead) lead = rule ? rungs_lead_load (db, wanted->lead, error) : NULL;
  g_autoptr (RungsRuleVerdict) self = NULL;

  if (lead == NULL)
    return NULL;
  self = g_new0 (RungsRuleVerdict, 1);
  self->name = rungs_lead_dup_name (lead);
  self->reasons
    = rungs_rule_explain (db, rule, wanted->lead, rungs_display_now (), &self->holds, error);
  return self->reasons ? g_steal_pointer (&self) : NULL;
}
