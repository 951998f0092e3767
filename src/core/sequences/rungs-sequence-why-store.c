/* rungs-sequence-why-store.c: why a lead is, or is not, in a sequence, and what it waits for. */

#include "sequences/rungs-sequence-why-store.h"

#include "ladder/rungs-ownership-store.h"
#include "sequences/rungs-entrance.h"

void
rungs_sequence_why_free (RungsSequenceWhy *self)
{
  if (self == NULL)
    return;
  rungs_enrolment_free (self->walk);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self);
}

static void
add_line (RungsSequenceWhy *self,
          const char       *check,
          const char       *reason,
          gint64            until)
{
  RungsWhyLine line = { check, reason, until, FALSE, NULL };

  g_array_append_val (self->lines, line);
}

/* The walk under way comes first in the list, else the one that began last. */
static gboolean
find_walk (RungsSequenceWhy *self,
           RungsDb          *db,
           gint64            lead,
           gint64            sequence,
           GError          **error)
{
  g_autoptr (GPtrArray) walks = rungs_enrolment_list_of_lead (db, lead, error);

  for (guint i = 0; walks != NULL && i < walks->len && self->walk == NULL; i++)
    if (((RungsEnrolment *) g_ptr_array_index (walks, i))->sequence == sequence)
      self->walk = g_ptr_array_steal_index (walks, i);
  return walks != NULL;
}

/* What keeps a lead who walks from going on: the questions of a walk, in their order. */
static gboolean
explain_walk (RungsSequenceWhy     *self,
              RungsDb              *db,
              const RungsEntrance  *entrance,
              gint64                now,
              GError              **error)
{
  const RungsEnrolment *walk = self->walk;
  gboolean owns = FALSE;

  if (entrance->sells != 0
      && !rungs_ownership_has (db, walk->lead, entrance->sells, now, &owns, error))
    return FALSE;
  add_line (self, RUNGS_WHY_SEQUENCE,
            entrance->state != RUNGS_SEQUENCE_LIVE ? RUNGS_OUTBOX_PAUSED : NULL, 0);
  add_line (self, RUNGS_WHY_STEP,
            walk->due_at <= now       ? NULL
            : walk->waits_for != NULL ? RUNGS_WHY_WAITS_FOR
                                      : RUNGS_WHY_WAITS,
            walk->due_at > now ? walk->due_at : 0);
  add_line (self, RUNGS_WHY_OWNS, owns ? RUNGS_OUTBOX_OWNED : NULL, 0);
  return TRUE;
}

static gboolean
explain_entering (RungsSequenceWhy  *self,
                  RungsDb           *db,
                  RungsEntrance     *entrance,
                  gint64             lead,
                  gint64             now,
                  GError           **error)
{
  for (guint i = 0; i < RUNGS_ENTRANCE_QUESTIONS; i++)
    {
      RungsEnrolAnswer question = rungs_entrance_question (i);
      const char *text = rungs_enrol_answer_to_text (question);
      gboolean no = FALSE;

      if (!rungs_entrance_ask_one (entrance, db, lead, question, now, &no, error))
        return FALSE;
      add_line (self, text, no ? text : NULL, 0);
    }
  return TRUE;
}

static void
decide (RungsSequenceWhy *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      RungsWhyLine *line = &g_array_index (self->lines, RungsWhyLine, i);

      if (line->reason == NULL)
        continue;
      line->decides = TRUE;
      rungs_why_lines_order (self->lines);
      return;
    }
}

RungsSequenceWhy *
rungs_sequence_why (RungsDb  *db,
                    gint64    lead,
                    gint64    sequence,
                    gint64    now,
                    GError  **error)
{
  g_autoptr (RungsSequenceWhy) self = g_new0 (RungsSequenceWhy, 1);
  g_autoptr (RungsEntrance) entrance = NULL;
  gboolean explained;

  g_return_val_if_fail (db != NULL, NULL);

  self->lines = g_array_new (FALSE, FALSE, sizeof (RungsWhyLine));
  entrance = rungs_entrance_load (db, sequence, error);
  if (entrance == NULL || !find_walk (self, db, lead, sequence, error))
    return NULL;
  explained = self->walk != NULL && self->walk->outcome == NULL
                ? explain_walk (self, db, entrance, now, error)
                : explain_entering (self, db, entrance, lead, now, error);
  if (!explained)
    return NULL;
  decide (self);
  return g_steal_pointer (&self);
}
