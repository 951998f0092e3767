/* rungs-sequence-document.c: a sequence that is being written. */

#include "rungs-sequence-document.h"

#include "rungs-sequence-load.h"

struct _RungsSequenceDocument
{
  RungsDraft parent_instance;

  RungsGraph *graph;   /* (owned) (nullable): of the text */
  GHashTable *results; /* (owned) (nullable) */
  gboolean counting;   /* the results were asked for */
};

G_DEFINE_FINAL_TYPE (RungsSequenceDocument, rungs_sequence_document, RUNGS_TYPE_DRAFT)

static void
add_problem (GPtrArray               *problems,
             const RungsGraphProblem *problem)
{
  RungsGraphProblem *copy = g_new0 (RungsGraphProblem, 1);

  copy->step = g_strdup (problem->step);
  copy->text = g_strdup (problem->text);
  copy->fatal = problem->fatal;
  copy->fault = problem->fault;
  copy->member = g_strdup (problem->member);
  g_ptr_array_add (problems, copy);
}

/* Reads the text. What the file told of a step is so as long as the step is there. */
static GPtrArray *
rungs_sequence_document_read (RungsDraft *draft,
                              const char *text,
                              GPtrArray  *checked)
{
  RungsSequenceDocument *self = RUNGS_SEQUENCE_DOCUMENT (draft);
  GPtrArray *problems = rungs_graph_problems_new ();

  g_clear_pointer (&self->graph, rungs_graph_unref);
  self->graph = rungs_graph_parse_draft (text, problems);
  for (guint i = 0; i < checked->len; i++)
    {
      const RungsGraphProblem *problem = g_ptr_array_index (checked, i);

      if (problem->step == NULL || rungs_graph_find (self->graph, problem->step) != NULL)
        add_problem (problems, problem);
    }
  return problems;
}

/* ---- results */

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsSequenceDocument) self = data;
  g_autoptr (GError) error = NULL;

  self->results = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (self->results != NULL && rungs_sequence_document_get_facts (self) != NULL)
    g_signal_emit_by_name (self, "changed");
}

void
rungs_sequence_document_count (RungsSequenceDocument *self)
{
  gint64 sequence;

  g_return_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self));

  if (self->counting)
    return;
  self->counting = TRUE;
  sequence = rungs_draft_get_id (RUNGS_DRAFT (self));
  rungs_store_read_async (rungs_draft_get_store (RUNGS_DRAFT (self)), rungs_sequence_load_results,
                          g_memdup2 (&sequence, sizeof sequence), g_free,
                          (GDestroyNotify) g_hash_table_unref, NULL, counted_cb,
                          g_object_ref (self));
}

/* ---- the class */

static void
rungs_sequence_document_finalize (GObject *object)
{
  RungsSequenceDocument *self = RUNGS_SEQUENCE_DOCUMENT (object);

  g_clear_pointer (&self->results, g_hash_table_unref);
  g_clear_pointer (&self->graph, rungs_graph_unref);
  G_OBJECT_CLASS (rungs_sequence_document_parent_class)->finalize (object);
}

static void
rungs_sequence_document_class_init (RungsSequenceDocumentClass *klass)
{
  RungsDraftClass *draft_class = RUNGS_DRAFT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_sequence_document_finalize;
  draft_class->load = rungs_sequence_facts_load;
  draft_class->facts_free = (GDestroyNotify) rungs_sequence_facts_free;
  draft_class->save = rungs_sequence_facts_save;
  draft_class->read = rungs_sequence_document_read;
}

static void
rungs_sequence_document_init (RungsSequenceDocument *self)
{
}

RungsSequenceDocument *
rungs_sequence_document_new (RungsStore *store,
                             gint64      sequence)
{
  return rungs_draft_new (RUNGS_TYPE_SEQUENCE_DOCUMENT, store, sequence);
}

RungsSequenceFacts *
rungs_sequence_document_get_facts (RungsSequenceDocument *self)
{
  return rungs_draft_get_facts (RUNGS_DRAFT (self));
}

RungsGraph *
rungs_sequence_document_get_graph (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), NULL);

  return self->graph;
}

GHashTable *
rungs_sequence_document_get_results (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), NULL);

  return self->results;
}
