/* rungs-batch-actions.c: what action steps do. */

#include <json-glib/json-glib.h>

#include "base/rungs-json-members.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "sequences/rungs-batch.h"
#include "sequences/rungs-entrance.h"

static gboolean
change_tag (RungsBatch      *batch,
            RungsWalk       *walk,
            RungsGraphStep  *step,
            GError         **error)
{
  gint64 tag = 0;

  if (step->act == RUNGS_GRAPH_ADD_TAG)
    {
      tag = rungs_tag_ensure (batch->db, step->name, error);
      return tag != 0 && rungs_lead_add_tag (batch->db, walk->lead, tag, batch->now, error);
    }
  return rungs_tag_find (batch->db, step->name, &tag, error)
         && (tag == 0 || rungs_lead_remove_tag (batch->db, walk->lead, tag, batch->now, error));
}

static gboolean
ask_for_task (RungsBatch      *batch,
              RungsWalk       *walk,
              RungsGraphStep  *step,
              GError         **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *detail = NULL;

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "title", step->name);
  rungs_json_add_number (builder, "days", step->number);
  json_builder_end_object (builder);
  detail = rungs_json_dup (builder);
  return rungs_event_add (batch->db, walk->lead, RUNGS_EVENT_TASK_ASKED, batch->now, 0, detail,
                          error)
         != 0;
}

/* The entrance of the sequence of that name; `entrance` is NULL where there is none. */
static gboolean
get_entrance (RungsBatch     *batch,
              const char     *name,
              RungsEntrance **entrance,
              GError        **error)
{
  gint64 id = 0;

  *entrance = g_hash_table_lookup (batch->entrances, name);
  if (*entrance != NULL)
    return TRUE;
  if (!rungs_sequence_find (batch->db, name, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;
  *entrance = rungs_entrance_load (batch->db, id, error);
  if (*entrance == NULL)
    return FALSE;
  g_hash_table_insert (batch->entrances, (*entrance)->name, *entrance);
  return TRUE;
}

static gboolean
start_other (RungsBatch      *batch,
             RungsWalk       *walk,
             RungsGraphStep  *step,
             const char     **result,
             GError         **error)
{
  RungsEntrance *entrance = NULL;
  RungsEnrolAnswer answer = RUNGS_ENROL_OK;
  g_autofree char *why = g_strdup_printf ("enrolment:%" G_GINT64_FORMAT, walk->id);

  *result = "no-such-sequence";
  if (!get_entrance (batch, step->name, &entrance, error))
    return FALSE;
  if (entrance == NULL)
    return TRUE;
  if (!rungs_entrance_enter (entrance, batch->db, walk->lead, TRUE, why, batch->now, &answer,
                             error))
    return FALSE;
  *result = rungs_enrol_answer_to_text (answer);
  return TRUE;
}

static gboolean
stop_other (RungsBatch      *batch,
            RungsWalk       *walk,
            RungsGraphStep  *step,
            const char     **result,
            GError         **error)
{
  g_autofree char *why = g_strdup_printf ("enrolment:%" G_GINT64_FORMAT, walk->id);
  gint64 sequence = 0;
  gint64 stopped = 0;

  *result = "no-such-sequence";
  if (!rungs_sequence_find (batch->db, step->name, &sequence, error))
    return FALSE;
  if (sequence == 0)
    return TRUE;
  *result = "done";
  return rungs_enrolment_stop (batch->db, walk->lead, sequence, why, batch->now, &stopped, error);
}

gboolean
rungs_batch_act (RungsBatch      *batch,
                 RungsWalk       *walk,
                 RungsGraphStep  *step,
                 const char     **result,
                 GError         **error)
{
  *result = "done";
  switch (step->act)
    {
    case RUNGS_GRAPH_ADD_TAG:
    case RUNGS_GRAPH_REMOVE_TAG:
      return change_tag (batch, walk, step, error);
    case RUNGS_GRAPH_SET_FIELD:
      return rungs_lead_set_text (batch->db, walk->lead, step->name, step->value, batch->now,
                                  error);
    case RUNGS_GRAPH_ADD_SCORE:
      return rungs_lead_add_score (batch->db, walk->lead, step->number, "sequence", batch->now,
                                   error);
    case RUNGS_GRAPH_TASK:
      return ask_for_task (batch, walk, step, error);
    case RUNGS_GRAPH_START:
      return start_other (batch, walk, step, result, error);
    case RUNGS_GRAPH_STOP:
    default:
      return stop_other (batch, walk, step, result, error);
    }
}
