/* rungs-sequence-document.c: a sequence that is being written.
 *
 * One write is on its way at a time: what is done meanwhile is kept by the next one, which takes
 * the text as it is then. A write that failed is tried again with the next edit. */

#include "rungs-sequence-document.h"

#include "rungs-sequence-load.h"

struct _RungsSequenceDocument
{
  GObject parent_instance;

  RungsStore *store;           /* (owned) */
  gint64 sequence;
  RungsSequenceFacts *facts;   /* (owned) (nullable): as read last */
  GHashTable *results;         /* (owned) (nullable) */
  gboolean counting;           /* the results were asked for */
  char *text;                  /* (owned) (nullable) */
  char *saved;                 /* (owned) (nullable): the text that is in the file */
  RungsGraph *graph;           /* (owned) (nullable): of the text */
  GPtrArray *problems;         /* (owned): of the text */
  GPtrArray *checked;          /* (owned): that part of them which the file tells */
  RungsHistory *history;       /* (owned) */
  GCancellable *cancellable;   /* (owned): of what is read */
  gboolean saving;
  guint edits;                 /* how many there were */
  guint read_after;            /* how many of them the file that is read has; G_MAXUINT: not all */
};

G_DEFINE_FINAL_TYPE (RungsSequenceDocument, rungs_sequence_document, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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
static void
read_text (RungsSequenceDocument *self)
{
  g_clear_pointer (&self->graph, rungs_graph_unref);
  g_ptr_array_set_size (self->problems, 0);
  self->graph = rungs_graph_parse_draft (self->text, self->problems);
  for (guint i = 0; i < self->checked->len; i++)
    {
      const RungsGraphProblem *problem = g_ptr_array_index (self->checked, i);

      if (problem->step == NULL || rungs_graph_find (self->graph, problem->step) != NULL)
        add_problem (self->problems, problem);
    }
}

static void
take_checked (RungsSequenceDocument *self,
              GPtrArray             *checked)
{
  g_ptr_array_unref (self->checked);
  self->checked = checked;
  read_text (self);
}

/* ---- keeping */

/* A write on its way. */
typedef struct
{
  RungsSequenceDocument *document; /* (owned) */
  char *text;                      /* (owned): that is written */
  GAsyncReadyCallback done;        /* itself, for the next one */
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->document);
  g_free (writing->text);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

/* Begins to write the text as it is now. */
static void
write_text (RungsSequenceDocument *self,
            GAsyncReadyCallback    done)
{
  RungsSequenceSaving *saving = g_new0 (RungsSequenceSaving, 1);
  Writing *writing = g_new0 (Writing, 1);

  saving->sequence = self->sequence;
  saving->text = g_strdup (self->text);
  writing->document = g_object_ref (self);
  writing->text = g_strdup (self->text);
  writing->done = done;
  self->saving = TRUE;
  rungs_store_write_async (self->store, rungs_sequence_facts_save, saving,
                           (GDestroyNotify) rungs_sequence_saving_free,
                           (GDestroyNotify) g_ptr_array_unref, NULL, done, writing);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Writing) writing = data;
  RungsSequenceDocument *self = writing->document;
  g_autoptr (GError) error = NULL;
  GPtrArray *checked = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  self->saving = FALSE;
  if (checked == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error, TRUE);
      return;
    }
  g_free (self->saved);
  self->saved = g_strdup (writing->text);
  take_checked (self, checked);
  if (!g_str_equal (self->text, self->saved))
    write_text (self, writing->done);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_text (RungsSequenceDocument *self,
          const char            *text)
{
  g_autofree char *before = self->text;

  self->text = g_strdup (text);
  self->edits++;
  read_text (self);
  if (!self->saving)
    write_text (self, written_cb);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- undo */

typedef struct
{
  RungsSequenceDocument *document; /* (unowned): whose history it stands in */
  char *before;                    /* (owned) */
  char *after;                     /* (owned) */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_free (edit->before);
  g_free (edit->after);
  g_free (edit);
}

static void
start_edit (gpointer            command,
            gboolean            undo,
            GAsyncReadyCallback callback,
            gpointer            data)
{
  Edit *edit = command;
  g_autoptr (GTask) task = g_task_new (edit->document, NULL, callback, data);

  set_text (edit->document, undo ? edit->before : edit->after);
  g_task_return_boolean (task, TRUE);
}

static gboolean
finish_edit (gpointer       command,
             GObject       *source,
             GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rungs_sequence_document_edit (RungsSequenceDocument *self,
                              const char            *label,
                              char                  *text,
                              GError                *error)
{
  g_autofree char *taken = text;
  g_autoptr (GError) why = error;
  Edit *edit;

  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), FALSE);

  if (taken == NULL && why != NULL)
    g_signal_emit (self, signals[FAILED], 0, why, FALSE);
  if (taken == NULL || self->text == NULL || g_str_equal (taken, self->text))
    return FALSE;
  edit = g_new0 (Edit, 1);
  edit->document = self;
  edit->before = g_strdup (self->text);
  edit->after = g_strdup (taken);
  rungs_history_add (self->history, label, start_edit, finish_edit, edit, edit_free);
  set_text (self, taken);
  return TRUE;
}

/* ---- reading */

/* Takes the text of the file, unless there is one here that was not in it when it was read. */
static void
take_facts (RungsSequenceDocument *self,
            RungsSequenceFacts    *facts)
{
  GPtrArray *checked = g_ptr_array_ref (facts->problems);
  gboolean same = self->text != NULL && g_str_equal (self->text, facts->text);

  g_clear_pointer (&self->facts, rungs_sequence_facts_free);
  self->facts = facts;
  if (self->text != NULL && !same && self->read_after != self->edits)
    {
      g_ptr_array_unref (checked);
      return;
    }
  if (!same)
    {
      rungs_history_clear (self->history);
      g_free (self->text);
      self->text = g_strdup (facts->text);
    }
  g_free (self->saved);
  self->saved = g_strdup (self->text);
  take_checked (self, checked);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsSequenceDocument) self = data;
  g_autoptr (GError) error = NULL;
  RungsSequenceFacts *facts = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (facts == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error, FALSE);
      return;
    }
  take_facts (self, facts);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsSequenceDocument) self = data;
  g_autoptr (GError) error = NULL;

  self->results = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (self->results != NULL && self->facts != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Once: that takes a while where many were sent, and the cards say the rest. */
static void
start_counting (RungsSequenceDocument *self)
{
  if (self->counting)
    return;
  self->counting = TRUE;
  rungs_store_read_async (self->store, rungs_sequence_load_results,
                          g_memdup2 (&self->sequence, sizeof self->sequence), g_free,
                          (GDestroyNotify) g_hash_table_unref, NULL, counted_cb,
                          g_object_ref (self));
}

void
rungs_sequence_document_refresh (RungsSequenceDocument *self)
{
  g_return_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->read_after
    = self->saving || !rungs_sequence_document_is_saved (self) ? G_MAXUINT : self->edits;
  rungs_store_read_async (self->store, rungs_sequence_facts_load,
                          g_memdup2 (&self->sequence, sizeof self->sequence), g_free,
                          (GDestroyNotify) rungs_sequence_facts_free, self->cancellable, loaded_cb,
                          g_object_ref (self));
  start_counting (self);
}

/* ---- the class */

static void
rungs_sequence_document_dispose (GObject *object)
{
  RungsSequenceDocument *self = RUNGS_SEQUENCE_DOCUMENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (rungs_sequence_document_parent_class)->dispose (object);
}

static void
rungs_sequence_document_finalize (GObject *object)
{
  RungsSequenceDocument *self = RUNGS_SEQUENCE_DOCUMENT (object);

  g_clear_pointer (&self->facts, rungs_sequence_facts_free);
  g_clear_pointer (&self->results, g_hash_table_unref);
  g_clear_pointer (&self->graph, rungs_graph_unref);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->checked);
  g_object_unref (self->store);
  g_free (self->text);
  g_free (self->saved);
  G_OBJECT_CLASS (rungs_sequence_document_parent_class)->finalize (object);
}

static void
rungs_sequence_document_class_init (RungsSequenceDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_sequence_document_dispose;
  object_class->finalize = rungs_sequence_document_finalize;
  signals[CHANGED] = g_signal_new ("changed", RUNGS_TYPE_SEQUENCE_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", RUNGS_TYPE_SEQUENCE_DOCUMENT, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ERROR, G_TYPE_BOOLEAN);
}

static void
rungs_sequence_document_init (RungsSequenceDocument *self)
{
  self->problems = rungs_graph_problems_new ();
  self->checked = rungs_graph_problems_new ();
  self->history = rungs_history_new ();
}

RungsSequenceDocument *
rungs_sequence_document_new (RungsStore *store,
                             gint64      sequence)
{
  RungsSequenceDocument *self = g_object_new (RUNGS_TYPE_SEQUENCE_DOCUMENT, NULL);

  self->store = g_object_ref (store);
  self->sequence = sequence;
  return self;
}

gint64
rungs_sequence_document_get_sequence (RungsSequenceDocument *self)
{
  return self->sequence;
}

RungsSequenceFacts *
rungs_sequence_document_get_facts (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), NULL);

  return self->facts;
}

GHashTable *
rungs_sequence_document_get_results (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), NULL);

  return self->results;
}

const char *
rungs_sequence_document_get_text (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), NULL);

  return self->text;
}

RungsGraph *
rungs_sequence_document_get_graph (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), NULL);

  return self->graph;
}

GPtrArray *
rungs_sequence_document_get_problems (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), NULL);

  return self->problems;
}

RungsHistory *
rungs_sequence_document_get_history (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), NULL);

  return self->history;
}

gboolean
rungs_sequence_document_is_saved (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), FALSE);

  return g_strcmp0 (self->text, self->saved) == 0;
}

gboolean
rungs_sequence_document_is_unpublished (RungsSequenceDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_DOCUMENT (self), FALSE);

  return self->facts != NULL && g_strcmp0 (self->text, self->facts->published) != 0;
}
