/* rungs-statements-save.c: writes the statements of all who are in a payout into a folder.
 *
 * A few at a time are read, each time in a transaction of its own, so that the file is not held at
 * one moment for as long as ten thousand of them take. What one says does not depend on others. */

#include "rungs-statements-save.h"

#include <glib/gi18n.h>

#include "compat/rungs-file-chooser.h"
#include "partners/rungs-partner-statement.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-progress-view.h"

#define AT_ONCE 20

typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 payout;
  GArray *partners; /* (owned) (element-type gint64) */
  guint done;
  char *folder;              /* (owned) (nullable): NULL until it is chosen */
  RungsProgress *progress;   /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GtkWindow *window;         /* (owned) (nullable) */
  void (*next) (gpointer self);
} Saving;

static void
saving_free (Saving *self)
{
  if (self->window != NULL)
    gtk_window_destroy (self->window);
  g_clear_object (&self->window);
  g_object_unref (self->cancellable);
  rungs_progress_unref (self->progress);
  g_array_unref (self->partners);
  g_free (self->folder);
  g_object_unref (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static guint
part_of (const Saving *self)
{
  return MIN (AT_ONCE, self->partners->len - self->done);
}

/* On a reading thread. Returns: how many were written. */
static gpointer
save_part (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Saving *self = data;
  guint n = part_of (self);

  for (guint i = self->done; i < self->done + n; i++)
    {
      g_autoptr (RungsPartnerStatement) statement = rungs_partner_statement_save (
          db, self->payout, g_array_index (self->partners, gint64, i), g_get_language_names ()[0],
          TRUE, self->folder, TRUE, NULL, error);

      if (statement == NULL)
        return NULL;
    }
  return g_memdup2 (&n, sizeof n);
}

static void
tell (Saving *self)
{
  g_autofree char *number = rungs_display_number (self->done);
  g_autofree char *folder = g_path_get_basename (self->folder);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%s statement is in the folder “%s”",
                                   "%s statements are in the folder “%s”", self->done),
                         number, folder);

  rungs_page_notify (self->page, words);
}

static void
part_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *n = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  gboolean stopped = g_cancellable_is_cancelled (self->cancellable);

  self->done += n != NULL ? *n : 0;
  rungs_progress_set (self->progress, self->done, self->partners->len);
  if (gtk_widget_get_root (GTK_WIDGET (self->page)) == NULL)
    return;
  if (n != NULL && self->done < self->partners->len && !stopped)
    {
      Saving *going = g_steal_pointer (&self);

      going->next (going);
      return;
    }
  if (n == NULL)
    rungs_error_tell (GTK_WIDGET (self->page), _ ("The Statements Could Not Be Written"), error);
  if (self->done > 0)
    tell (self);
}

static void
next_part (gpointer data)
{
  Saving *self = data;

  rungs_store_read_async (rungs_page_get_store (self->page), save_part, self, NULL, g_free, NULL,
                          part_done_cb, self);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GFile) folder = rungs_file_chooser_finish (result);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));

  if (folder == NULL || root == NULL || (self->folder = g_file_get_path (folder)) == NULL)
    return;
  if (self->partners->len > AT_ONCE)
    {
      self->window = g_object_ref (rungs_progress_window_new (
          GTK_WINDOW (root), _ ("Writing Statements"), self->progress, self->cancellable));
      gtk_window_present (self->window);
    }
  next_part (g_steal_pointer (&self));
}

void
rungs_statements_save (RungsPage *page,
                       gint64     payout,
                       GArray    *partners)
{
  Saving *self;

  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  self = g_new0 (Saving, 1);
  self->page = g_object_ref (page);
  self->payout = payout;
  self->partners = partners;
  self->progress = rungs_progress_new ();
  self->cancellable = g_cancellable_new ();
  self->next = next_part;
  rungs_progress_set (self->progress, 0, partners->len);
  rungs_file_chooser_folder_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                   _ ("Folder for the Statements"), NULL, chosen_cb, self);
}
