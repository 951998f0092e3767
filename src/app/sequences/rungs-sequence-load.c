/* rungs-sequence-load.c: what the sequences page shows and does, for the threads of the store. */

#include "rungs-sequence-load.h"

#include "insights/rungs-step-results-store.h"
#include "sequences/rungs-enrolment-store.h"
#include "sequences/rungs-publish.h"
#include "sequences/rungs-sequence-draft-store.h"

#define WAITING_SHOWN 50

void
rungs_sequence_view_free (RungsSequenceView *self)
{
  g_clear_pointer (&self->graph, rungs_graph_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->names, rungs_step_names_free);
  g_clear_pointer (&self->sequence, rungs_sequence_free);
  g_free (self);
}

void
rungs_sequence_place_free (RungsSequencePlace *self)
{
  g_free (self->step);
  g_free (self);
}

gpointer
rungs_sequence_load_list (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return rungs_sequence_list (db, error);
}

static gboolean
load_draft (RungsDb            *db,
            RungsSequenceView  *view,
            GError            **error)
{
  g_autoptr (RungsSequenceDraft) draft = NULL;
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new (); /* told in the editor */

  if (!rungs_sequence_draft_find (db, view->sequence->id, &draft, error)
      || !rungs_publish_can_undo (db, view->sequence->id, &view->can_take_back, error))
    return FALSE;
  view->drafted_at = draft != NULL ? draft->updated_at : 0;
  if (draft != NULL && view->graph == NULL)
    view->graph = rungs_graph_parse_draft (draft->graph, problems);
  return TRUE;
}

gpointer
rungs_sequence_load_view (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (RungsSequenceView) view = g_new0 (RungsSequenceView, 1);
  gint64 id = *(gint64 *) data;

  view->sequence = rungs_sequence_load (db, id, error);
  if (view->sequence == NULL)
    return NULL;
  if (view->sequence->version != 0)
    {
      view->graph = rungs_sequence_load_graph (db, view->sequence->version, error);
      if (view->graph == NULL)
        return NULL;
    }
  view->counts = rungs_sequence_step_counts (db, id, error);
  if (view->counts == NULL)
    return NULL;
  if (!load_draft (db, view, error))
    return NULL;
  view->names = rungs_step_names_load (db, error);
  return view->names ? g_steal_pointer (&view) : NULL;
}

gpointer
rungs_sequence_load_results (RungsDb       *db,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error)
{
  return rungs_step_results (db, *(gint64 *) data, error);
}

gpointer
rungs_sequence_do_start (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  rungs_sequence_start (db, *(gint64 *) data, g_get_real_time () / 1000, error);
  return NULL;
}

gpointer
rungs_sequence_do_pause (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  rungs_sequence_pause (db, *(gint64 *) data, error);
  return NULL;
}

gpointer
rungs_sequence_do_add (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  gint64 id = rungs_sequence_add (db, data, g_get_real_time () / 1000, NULL, error);

  return id ? g_memdup2 (&id, sizeof id) : NULL;
}

gpointer
rungs_sequence_load_waiting (RungsDb       *db,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error)
{
  RungsSequencePlace *place = data;

  return rungs_enrolment_list_at_step (db, place->sequence, place->step, 0, WAITING_SHOWN, error);
}
