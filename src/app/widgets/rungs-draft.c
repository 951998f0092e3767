/* rungs-draft.c: a text that is being written.
 *
 * One write is on its way at a time: what is done meanwhile is kept by the next one, which takes
 * the text as it is then. A write that failed is tried again with the next edit. */

#include "rungs-draft.h"

/* Pauses in typing that are no pauses. */
#define MERGE_US G_USEC_PER_SEC

typedef struct _Edit Edit;

typedef struct
{
  RungsStore *store;         /* (owned) */
  gint64 id;
  RungsDraftFacts *facts;    /* (owned) (nullable): as read last */
  char *text;                /* (owned) (nullable) */
  char *saved;               /* (owned) (nullable): the text that is in the file */
  GPtrArray *checked;        /* (owned) (nullable): what the file found in that */
  GPtrArray *problems;       /* (owned) (nullable): of the text */
  RungsHistory *history;     /* (owned) */
  Edit *open;                /* (unowned) (nullable): the last one, while it may grow */
  gint64 opened_at;          /* when it grew last, in microseconds */
  GCancellable *cancellable; /* (owned): of what is read */
  gboolean saving;
  guint edits;               /* how many there were */
  guint read_after;          /* how many of them the file that is read has; G_MAXUINT: not all */
} RungsDraftPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RungsDraft, rungs_draft, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define PRIVATE(self) ((RungsDraftPrivate *) rungs_draft_get_instance_private (self))

void
rungs_draft_facts_clear (RungsDraftFacts *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->published, g_free);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
}

static void
free_facts (RungsDraft *self)
{
  g_clear_pointer (&PRIVATE (self)->facts, RUNGS_DRAFT_GET_CLASS (self)->facts_free);
}

static void
read_text (RungsDraft *self)
{
  RungsDraftPrivate *private = PRIVATE (self);

  g_clear_pointer (&private->problems, g_ptr_array_unref);
  private->problems
    = RUNGS_DRAFT_GET_CLASS (self)->read (self, private->text, private->checked);
}

/* The file has `text` now, and found that in it; both are taken. */
static void
take_saved (RungsDraft *self,
            char       *text,
            GPtrArray  *checked)
{
  RungsDraftPrivate *private = PRIVATE (self);

  g_free (private->saved);
  private->saved = text;
  g_clear_pointer (&private->checked, g_ptr_array_unref);
  private->checked = checked;
  read_text (self);
}

/* ---- keeping */

static RungsDraftSaving *
saving_new (RungsDraft *self)
{
  RungsDraftSaving *saving = g_new0 (RungsDraftSaving, 1);

  saving->id = PRIVATE (self)->id;
  saving->text = g_strdup (PRIVATE (self)->text);
  return saving;
}

static void
saving_free (RungsDraftSaving *saving)
{
  g_free (saving->text);
  g_free (saving);
}

/* A write on its way. */
typedef struct
{
  RungsDraft *draft;        /* (owned) */
  char *text;               /* (owned) (nullable): that is written */
  GAsyncReadyCallback done; /* itself, for the next one */
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->draft);
  g_free (writing->text);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

/* Begins to write the text as it is now. */
static void
write_text (RungsDraft          *self,
            GAsyncReadyCallback  done)
{
  RungsDraftPrivate *private = PRIVATE (self);
  Writing *writing = g_new0 (Writing, 1);

  writing->draft = g_object_ref (self);
  writing->text = g_strdup (private->text);
  writing->done = done;
  private->saving = TRUE;
  rungs_store_write_async (private->store, RUNGS_DRAFT_GET_CLASS (self)->save, saving_new (self),
                           (GDestroyNotify) saving_free, (GDestroyNotify) g_ptr_array_unref, NULL,
                           done, writing);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Writing) writing = data;
  RungsDraft *self = writing->draft;
  RungsDraftPrivate *private = PRIVATE (self);
  g_autoptr (GError) error = NULL;
  GPtrArray *checked = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  private->saving = FALSE;
  if (checked == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error, TRUE);
      return;
    }
  take_saved (self, g_steal_pointer (&writing->text), checked);
  if (!rungs_draft_is_saved (self))
    write_text (self, writing->done);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_text (RungsDraft *self,
          const char *text)
{
  RungsDraftPrivate *private = PRIVATE (self);
  g_autofree char *before = private->text;

  private->text = g_strdup (text);
  private->edits++;
  read_text (self);
  if (!private->saving)
    write_text (self, written_cb);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- undo */

struct _Edit
{
  RungsDraft *draft; /* (unowned): whose history it stands in */
  char *place;       /* (owned) (nullable) */
  char *before;      /* (owned) */
  char *after;       /* (owned) */
};

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  if (PRIVATE (edit->draft)->open == edit)
    PRIVATE (edit->draft)->open = NULL;
  g_free (edit->place);
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
  g_autoptr (GTask) task = g_task_new (edit->draft, NULL, callback, data);

  PRIVATE (edit->draft)->open = NULL;
  set_text (edit->draft, undo ? edit->before : edit->after);
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

/* Whether the edit that was the last one goes on. */
static gboolean
goes_on (RungsDraft *self,
         const char *place)
{
  const RungsDraftPrivate *private = PRIVATE (self);

  return private->open != NULL && place != NULL && g_strcmp0 (private->open->place, place) == 0
         && g_get_monotonic_time () - private->opened_at < MERGE_US;
}

static void
remember (RungsDraft *self,
          const char *label,
          const char *place,
          const char *text)
{
  RungsDraftPrivate *private = PRIVATE (self);
  Edit *edit;

  if (goes_on (self, place))
    {
      g_free (private->open->after);
      private->open->after = g_strdup (text);
    }
  else
    {
      edit = g_new0 (Edit, 1);
      edit->draft = self;
      edit->place = g_strdup (place);
      edit->before = g_strdup (private->text);
      edit->after = g_strdup (text);
      rungs_history_add (private->history, label, start_edit, finish_edit, edit, edit_free);
      private->open = edit;
    }
  private->opened_at = g_get_monotonic_time ();
}

gboolean
rungs_draft_edit (RungsDraft *self,
                  const char *label,
                  const char *place,
                  char       *text,
                  GError     *error)
{
  g_autofree char *taken = text;
  g_autoptr (GError) why = error;
  const char *before;

  g_return_val_if_fail (RUNGS_IS_DRAFT (self), FALSE);

  before = PRIVATE (self)->text;
  if (taken == NULL && why != NULL)
    g_signal_emit (self, signals[FAILED], 0, why, FALSE);
  if (taken == NULL || before == NULL || g_str_equal (taken, before))
    return FALSE;
  remember (self, label, place, taken);
  set_text (self, taken);
  return TRUE;
}

/* ---- reading */

/* Takes the text of the file, unless there is one here that was not in it when it was read. */
static void
take_facts (RungsDraft      *self,
            RungsDraftFacts *facts)
{
  RungsDraftPrivate *private = PRIVATE (self);
  gboolean same = g_strcmp0 (private->text, facts->text) == 0;

  free_facts (self);
  private->facts = facts;
  if (private->text != NULL && !same && private->read_after != private->edits)
    return;
  if (!same)
    {
      private->open = NULL;
      rungs_history_clear (private->history);
      g_free (private->text);
      private->text = g_strdup (facts->text);
    }
  take_saved (self, g_strdup (facts->text), g_ptr_array_ref (facts->problems));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsDraft) self = data;
  g_autoptr (GError) error = NULL;
  RungsDraftFacts *facts = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

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

void
rungs_draft_refresh (RungsDraft *self)
{
  RungsDraftPrivate *private = PRIVATE (self);
  const RungsDraftClass *klass;

  g_return_if_fail (RUNGS_IS_DRAFT (self));

  klass = RUNGS_DRAFT_GET_CLASS (self);
  g_cancellable_cancel (private->cancellable);
  g_clear_object (&private->cancellable);
  private->cancellable = g_cancellable_new ();
  private->read_after
    = private->saving || !rungs_draft_is_saved (self) ? G_MAXUINT : private->edits;
  rungs_store_read_async (private->store, klass->load,
                          g_memdup2 (&private->id, sizeof private->id), g_free, klass->facts_free,
                          private->cancellable, loaded_cb, g_object_ref (self));
}

/* ---- the class */

static void
rungs_draft_dispose (GObject *object)
{
  RungsDraftPrivate *private = PRIVATE (RUNGS_DRAFT (object));

  g_cancellable_cancel (private->cancellable);
  g_clear_object (&private->cancellable);
  if (private->history != NULL)
    rungs_history_clear (private->history);
  g_clear_object (&private->history);
  G_OBJECT_CLASS (rungs_draft_parent_class)->dispose (object);
}

static void
rungs_draft_finalize (GObject *object)
{
  RungsDraftPrivate *private = PRIVATE (RUNGS_DRAFT (object));

  free_facts (RUNGS_DRAFT (object));
  g_clear_pointer (&private->checked, g_ptr_array_unref);
  g_clear_pointer (&private->problems, g_ptr_array_unref);
  g_clear_object (&private->store);
  g_free (private->text);
  g_free (private->saved);
  G_OBJECT_CLASS (rungs_draft_parent_class)->finalize (object);
}

static void
rungs_draft_class_init (RungsDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_draft_dispose;
  object_class->finalize = rungs_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", RUNGS_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", RUNGS_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_ERROR, G_TYPE_BOOLEAN);
}

static void
rungs_draft_init (RungsDraft *self)
{
  PRIVATE (self)->history = rungs_history_new ();
}

gpointer
rungs_draft_new (GType       type,
                 RungsStore *store,
                 gint64      id)
{
  RungsDraft *self = g_object_new (type, NULL);

  PRIVATE (self)->store = g_object_ref (store);
  PRIVATE (self)->id = id;
  return self;
}

RungsStore *
rungs_draft_get_store (RungsDraft *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT (self), NULL);

  return PRIVATE (self)->store;
}

gint64
rungs_draft_get_id (RungsDraft *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT (self), 0);

  return PRIVATE (self)->id;
}

gpointer
rungs_draft_get_facts (RungsDraft *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT (self), NULL);

  return PRIVATE (self)->facts;
}

const char *
rungs_draft_get_text (RungsDraft *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT (self), NULL);

  return PRIVATE (self)->text;
}

GPtrArray *
rungs_draft_get_problems (RungsDraft *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT (self), NULL);

  return PRIVATE (self)->problems;
}

RungsHistory *
rungs_draft_get_history (RungsDraft *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT (self), NULL);

  return PRIVATE (self)->history;
}

gboolean
rungs_draft_is_saved (RungsDraft *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT (self), FALSE);

  return g_strcmp0 (PRIVATE (self)->text, PRIVATE (self)->saved) == 0;
}

gboolean
rungs_draft_is_unpublished (RungsDraft *self)
{
  const RungsDraftPrivate *private = PRIVATE (self);

  g_return_val_if_fail (RUNGS_IS_DRAFT (self), FALSE);

  return private->facts != NULL && g_strcmp0 (private->text, private->facts->published) != 0;
}
