/* rungs-page-work.c: does what a page writes to the file, and says what came of it. */

#include "rungs-page-work.h"

#include "widgets/rungs-error-words.h"

/* A write under way. */
typedef struct
{
  RungsPage *page;     /* (owned) */
  char *done;          /* (owned) (nullable) */
  char *failed;        /* (owned) */
  GDestroyNotify result_free;
  RungsPageWork *undo; /* (owned) (nullable) */
} Doing;

static void
doing_free (Doing *self)
{
  g_object_unref (self->page);
  g_free (self->done);
  g_free (self->failed);
  g_clear_pointer (&self->undo, rungs_page_work_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doing, doing_free)

/* The strings of a work that is kept are its own. */
RungsPageWork *
rungs_page_work_new (const RungsPageWork *work)
{
  RungsPageWork *self = g_memdup2 (work, sizeof *work);

  self->done = g_strdup (work->done);
  self->failed = g_strdup (work->failed);
  return self;
}

void
rungs_page_work_free (RungsPageWork *self)
{
  if (self->data_free != NULL && self->data != NULL)
    self->data_free (self->data);
  g_free ((char *) self->done);
  g_free ((char *) self->failed);
  g_free (self);
}

static void
say_done (Doing *self)
{
  if (self->undo == NULL)
    {
      if (self->done != NULL)
        rungs_page_notify (self->page, self->done);
      return;
    }
  rungs_page_offer_undo (self->page, self->done, self->undo);
  self->undo->data = NULL;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Doing) self = data;
  g_autoptr (GError) error = NULL;
  gpointer returned = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (self->result_free != NULL && returned != NULL)
    self->result_free (returned);
  if (gtk_widget_get_root (GTK_WIDGET (self->page)) == NULL)
    return;
  if (error == NULL)
    {
      say_done (self);
      return;
    }
  rungs_error_tell (GTK_WIDGET (self->page), self->failed, error);
  rungs_page_queue_refresh (self->page);
}

void
rungs_page_do (RungsPage           *self,
               const RungsPageWork *work,
               const RungsPageWork *undo)
{
  Doing *doing = NULL;

  g_return_if_fail (RUNGS_IS_PAGE (self));
  g_return_if_fail (work != NULL && (work->failed != NULL || work->start != NULL));
  g_return_if_fail (undo == NULL || work->done != NULL);

  if (work->start != NULL)
    {
      work->start (self, work->data);
      return;
    }
  doing = g_new0 (Doing, 1);
  doing->page = g_object_ref (self);
  doing->done = g_strdup (work->done);
  doing->failed = g_strdup (work->failed);
  doing->result_free = work->result_free;
  doing->undo = undo != NULL ? rungs_page_work_new (undo) : NULL;
  rungs_store_write_async (rungs_page_get_store (self), work->func, work->data, work->data_free,
                           work->result_free, NULL, done_cb, doing);
}
