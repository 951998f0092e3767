/* rungs-sequence-facts.c: what the editor of a sequence shows of the file beside its draft. */

#include "rungs-sequence-facts.h"

#include "leads/rungs-business-store.h"
#include "sequences/rungs-graph-path.h"
#include "sequences/rungs-sequence-draft-store.h"

void
rungs_sequence_facts_free (RungsSequenceFacts *self)
{
  rungs_draft_facts_clear (&self->draft);
  g_clear_pointer (&self->sequence, rungs_sequence_free);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->names, rungs_step_names_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

/* What the file lacks of what the text needs; NULL on error. */
static GPtrArray *
check (RungsDb     *db,
       const char  *text,
       GError     **error)
{
  g_autoptr (GPtrArray) ignored = rungs_graph_problems_new ();
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = rungs_graph_parse_draft (text, ignored);

  return rungs_graph_check (graph, db, problems, error) ? g_steal_pointer (&problems) : NULL;
}

/* A sequence of which nothing was written yet. */
static char *
make_text (const char  *name,
           GError     **error)
{
  g_autofree char *quoted = rungs_graph_path_quote (name);

  return rungs_graph_path_set ("{\"steps\": {}}", NULL, "name", quoted, error);
}

static gboolean
load_texts (RungsSequenceFacts  *self,
            RungsDb             *db,
            GError             **error)
{
  g_autoptr (RungsSequenceDraft) draft = NULL;
  const RungsSequence *sequence = self->sequence;
  char *published = NULL;

  if (!rungs_sequence_draft_find (db, sequence->id, &draft, error))
    return FALSE;
  if (sequence->version != 0
      && (published = rungs_sequence_load_text (db, sequence->version, error)) == NULL)
    return FALSE;
  self->draft.published = published;
  self->draft.text = draft != NULL       ? g_strdup (draft->graph)
                     : published != NULL ? g_strdup (published)
                                         : make_text (sequence->name, error);
  return self->draft.text != NULL;
}

gpointer
rungs_sequence_facts_load (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (RungsSequenceFacts) self = g_new0 (RungsSequenceFacts, 1);
  gint64 id = *(gint64 *) data;

  self->sequence = rungs_sequence_load (db, id, error);
  if (self->sequence == NULL || !load_texts (self, db, error)
      || (self->draft.problems = check (db, self->draft.text, error)) == NULL
      || (self->counts = rungs_sequence_step_counts (db, id, error)) == NULL
      || (self->names = rungs_step_names_load (db, error)) == NULL
      || (self->zone = rungs_business_zone (db, error)) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

gpointer
rungs_sequence_facts_save (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const RungsDraftSaving *saving = data;

  if (!rungs_sequence_draft_save (db, saving->id, saving->text, g_get_real_time () / 1000,
                                  error))
    return NULL;
  return check (db, saving->text, error);
}
