/* rungs-ladder-writer.c: writes one change of the ladder after the other. */

#include "rungs-ladder-writer.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "widgets/rungs-error-words.h"

struct _RungsLadderWriter
{
  GObject parent_instance;

  RungsPage *page; /* (unowned) (nullable): it may hold the writer, by what stands in it */
  RungsLadderKeeper keeper;
  gpointer keeper_data;
  GPtrArray *rows; /* (owned): of the changes on their way, not owned; one may be there twice */
};

G_DEFINE_FINAL_TYPE (RungsLadderWriter, rungs_ladder_writer, G_TYPE_OBJECT)

enum
{
  WRITTEN,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- on the writing thread */

typedef struct
{
  RungsDbFunc func;
  gpointer data;
  GDestroyNotify data_free;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->data_free != NULL)
    work->data_free (work->data);
  g_free (work);
}

static gpointer
run (RungsDb       *db,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Work *work = data;

  return rungs_ladder_edit_do (db, work->func, work->data, error);
}

static gpointer
undo (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  rungs_ladder_edit_undo (db, data, error);
  return NULL;
}

/* ---- what came of it */

typedef struct
{
  RungsLadderWriter *writer; /* (owned) */
  AdwEntryRow *row;          /* (owned) (nullable) */
  char *label;               /* (owned) */
  char *failure;             /* (owned) */
} Waiting;

static void
waiting_free (Waiting *self)
{
  g_object_unref (self->writer);
  g_clear_object (&self->row);
  g_free (self->label);
  g_free (self->failure);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
tell (Waiting      *self,
      const GError *error)
{
  gboolean of_the_input = g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID)
                          || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);

  if (of_the_input && self->row != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->row)))
    rungs_error_mark_row (self->row, error->message);
  else if (self->writer->page != NULL)
    rungs_error_tell (GTK_WIDGET (self->writer->page), self->failure, error);
}

static void
keep (RungsLadderWriter *self,
      const char        *label,
      RungsLadderEdit   *edit)
{
  const RungsPageWork work = {
    .func = undo,
    .data = edit,
    .data_free = (GDestroyNotify) rungs_ladder_edit_free,
    .failed = _ ("It Could Not Be Undone"),
  };

  if (self->keeper != NULL)
    self->keeper (label, edit, self->keeper_data);
  else if (self->page != NULL)
    rungs_page_offer_undo (self->page, label, &work);
  else
    rungs_ladder_edit_free (edit);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Waiting) self = data;
  g_autoptr (GError) error = NULL;
  RungsLadderEdit *edit = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (self->row != NULL)
    g_ptr_array_remove_fast (self->writer->rows, self->row);
  if (error != NULL)
    tell (self, error);
  else if (self->row != NULL)
    rungs_error_mark_row (self->row, NULL);
  if (edit != NULL && !rungs_ladder_edit_is_empty (edit))
    {
      g_signal_emit (self->writer, signals[WRITTEN], 0, edit);
      keep (self->writer, self->label, g_steal_pointer (&edit));
    }
  g_clear_pointer (&edit, rungs_ladder_edit_free);
  g_signal_emit (self->writer, signals[ENDED], 0, error == NULL);
}

/* ---- the class */

static void
rungs_ladder_writer_dispose (GObject *object)
{
  g_clear_weak_pointer (&RUNGS_LADDER_WRITER (object)->page);
  G_OBJECT_CLASS (rungs_ladder_writer_parent_class)->dispose (object);
}

static void
rungs_ladder_writer_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_LADDER_WRITER (object)->rows);
  G_OBJECT_CLASS (rungs_ladder_writer_parent_class)->finalize (object);
}

static void
rungs_ladder_writer_class_init (RungsLadderWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_ladder_writer_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_ladder_writer_finalize;

  signals[WRITTEN] = g_signal_new ("written", RUNGS_TYPE_LADDER_WRITER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ENDED] = g_signal_new ("ended", RUNGS_TYPE_LADDER_WRITER, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
rungs_ladder_writer_init (RungsLadderWriter *self)
{
  self->rows = g_ptr_array_new ();
}

RungsLadderWriter *
rungs_ladder_writer_new (RungsPage *page)
{
  RungsLadderWriter *self = g_object_new (RUNGS_TYPE_LADDER_WRITER, NULL);

  g_set_weak_pointer (&self->page, page);
  return self;
}

RungsPage *
rungs_ladder_writer_get_page (RungsLadderWriter *self)
{
  g_return_val_if_fail (RUNGS_IS_LADDER_WRITER (self), NULL);

  return self->page;
}

void
rungs_ladder_writer_set_keeper (RungsLadderWriter *self,
                                RungsLadderKeeper  keeper,
                                gpointer           data)
{
  g_return_if_fail (RUNGS_IS_LADDER_WRITER (self));

  self->keeper = keeper;
  self->keeper_data = data;
}

gboolean
rungs_ladder_writer_is_writing (RungsLadderWriter *self,
                                AdwEntryRow       *row)
{
  g_return_val_if_fail (RUNGS_IS_LADDER_WRITER (self), FALSE);

  return g_ptr_array_find (self->rows, row, NULL);
}

void
rungs_ladder_writer_do (RungsLadderWriter *self,
                        RungsDbFunc        func,
                        gpointer           data,
                        GDestroyNotify     data_free,
                        const char        *label,
                        AdwEntryRow       *row,
                        const char        *failure)
{
  Waiting *waiting;
  Work *work = g_new0 (Work, 1);

  g_return_if_fail (RUNGS_IS_LADDER_WRITER (self));
  g_return_if_fail (label != NULL && failure != NULL);

  *work = (Work) { func, data, data_free };
  if (self->page == NULL)
    {
      work_free (work);
      return;
    }
  waiting = g_new0 (Waiting, 1);
  waiting->writer = g_object_ref (self);
  waiting->row = row != NULL ? g_object_ref (row) : NULL;
  if (row != NULL)
    g_ptr_array_add (self->rows, row);
  waiting->label = g_strdup (label);
  waiting->failure = g_strdup (failure);
  rungs_store_write_async (rungs_page_get_store (self->page), run, work, work_free,
                           (GDestroyNotify) rungs_ladder_edit_free, NULL, written_cb, waiting);
}
