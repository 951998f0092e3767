/* rungs-bulk.c: long work of a page that is done part by part.
 *
 * A part is made as large as takes about a tenth of a second, so that Cancel is obeyed at once and
 * nobody waits long for the file. */

#include "rungs-bulk.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-progress-view.h"

#define FIRST_PART 100
#define SMALLEST_PART 20
#define LARGEST_PART 5000
#define QUICK_US (60 * 1000)
#define SLOW_US (200 * 1000)

/* Work under way, or that can be done. */
typedef struct
{
  RungsPage *page; /* (owned) (nullable) until it is begun */
  const RungsBulkKind *kind;
  gpointer data;   /* (owned) */
  guint n;
  guint done;
  guint part;      /* how many things are in the next one */
  gint64 begun_at; /* the part; monotonic, microseconds */
  void (*next) (gpointer self);

  RungsProgress *progress;   /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  GtkWindow *window;         /* (owned) (nullable): not where one part does it */
} Bulk;

static Bulk *
bulk_new (const RungsBulkKind *kind,
          gpointer             data,
          guint                n)
{
  Bulk *self = g_new0 (Bulk, 1);

  self->kind = kind;
  self->data = data;
  self->n = n;
  self->part = FIRST_PART;
  return self;
}

static void
bulk_free (gpointer data)
{
  Bulk *self = data;

  if (self->window != NULL)
    gtk_window_destroy (self->window);
  g_clear_object (&self->window);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, rungs_progress_unref);
  if (self->data != NULL)
    self->kind->data_free (self->data);
  g_clear_object (&self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bulk, bulk_free)

/* On the thread of the store. */
static gpointer
do_part (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const Bulk *self = data;

  return self->kind->part (db, self->data, self->done, MIN (self->part, self->n - self->done),
                           error);
}

/* Takes `data`, which is a Bulk. */
static void
start_again (RungsPage *page,
             gpointer   data)
{
  Bulk *self = data;

  rungs_bulk_start (page, self->kind, g_steal_pointer (&self->data), self->n);
  bulk_free (self);
}

static void
tell_problems (Bulk *self)
{
  g_autofree char *problems
      = self->kind->problems != NULL ? self->kind->problems (self->data) : NULL;

  if (problems != NULL)
    rungs_question_tell (GTK_WIDGET (self->page), _ (self->kind->problems_heading), problems,
                         problems);
}

/* Says what was done, and offers to take it back. */
static void
tell (Bulk *self)
{
  gboolean stopped = self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
  g_autofree char *words = self->kind->words (self->data);
  /* Translators: long work was cancelled; what was done until then. */
  g_autofree char *told
    = stopped ? g_strdup_printf (_ ("Stopped. %s"), words) : g_strdup (words);
  guint n = 0;
  gpointer data = self->kind->offer ? self->kind->offer (self->data, &n) : NULL;
  RungsPageWork undo = { .start = start_again, .data_free = bulk_free };

  if (data == NULL)
    {
      rungs_page_notify (self->page, told);
      return;
    }
  undo.data = bulk_new (self->kind->undo, data, n);
  rungs_page_offer_undo (self->page, told, &undo);
}

static void
adapt (Bulk *self)
{
  gint64 took = g_get_monotonic_time () - self->begun_at;

  if (took < QUICK_US)
    self->part = MIN (self->part * 2, LARGEST_PART);
  else if (took > SLOW_US)
    self->part = MAX (self->part / 2, SMALLEST_PART);
}

static void
part_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Bulk) self = data;
  g_autoptr (GError) error = NULL;
  gpointer found = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (found != NULL)
    {
      self->done += MIN (self->part, self->n - self->done);
      self->kind->keep (self->data, found);
      rungs_progress_set (self->progress, self->done, self->n);
      adapt (self);
    }
  if (gtk_widget_get_root (GTK_WIDGET (self->page)) == NULL)
    return;
  if (error == NULL && self->done < self->n && !g_cancellable_is_cancelled (self->cancellable))
    {
      Bulk *going = g_steal_pointer (&self);

      going->next (going);
      return;
    }
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self->page), _ (self->kind->failed), error);
  if (error == NULL || self->done > 0)
    {
      tell_problems (self);
      tell (self);
    }
  rungs_page_queue_refresh (self->page);
}

static void
next_part (gpointer data)
{
  Bulk *self = data;

  self->begun_at = g_get_monotonic_time ();
  rungs_store_write_async (rungs_page_get_store (self->page), do_part, self, NULL,
                           self->kind->found_free, NULL, part_done_cb, self);
}

static void
open_window (Bulk *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));

  self->window = g_object_ref (rungs_progress_window_new (
    GTK_WINDOW (root), _ (self->kind->title), self->progress, self->cancellable));
  gtk_window_present (self->window);
}

void
rungs_bulk_start (RungsPage           *page,
                  const RungsBulkKind *kind,
                  gpointer             data,
                  guint                n)
{
  Bulk *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));
  g_return_if_fail (kind != NULL && data != NULL);

  self = bulk_new (kind, data, n);
  self->page = g_object_ref (page);
  self->next = next_part;
  self->progress = rungs_progress_new ();
  self->cancellable = g_cancellable_new ();
  rungs_progress_set (self->progress, 0, n);
  if (n > FIRST_PART)
    open_window (self);
  next_part (self);
}
