/* rungs-sequence-facts.c: what the editor of a sequence shows of the file beside its draft. */

#include "rungs-sequence-facts.h"

#include "leads/rungs-business-store.h"
#include "sequences/rungs-graph-path.h"
#include "sequences/rungs-sequence-draft-store.h"

void
rungs_sequence_facts_free (RungsSequenceFacts *self)
{
  g_clear_pointer (&self->sequence, rungs_sequence_free);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->names, rungs_step_names_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->published);
  g_free (self->draft);
  g_free (self->text);
  g_free (self);
}

void
rungs_sequence_saving_free (RungsSequenceSaving *self)
{
  g_free (self->text);
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

  if (!rungs_sequence_draft_find (db, self->sequence->id, &draft, error))
    return FALSE;
  if (self->sequence->version != 0
      && (self->published = rungs_sequence_load_text (db, self->sequence->version, error)) == NULL)
    return FALSE;
  if (draft != NULL)
    self->draft = g_strdup (draft->graph);
  self->text = self->draft != NULL       ? g_strdup (self->draft)
               : self->published != NULL ? g_strdup (self->published)
                                         : make_text (self->sequence->name, error);
  return self->text != NULL;
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
      || (self->problems = check (db, self->text, error)) == NULL
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
  const RungsSequenceSaving *saving = data;

  if (!rungs_sequence_draft_save (db, saving->sequence, saving->text, g_get_real_time () / 1000,
                                  error))
    return NULL;
  return check (db, saving->text, error);
}
