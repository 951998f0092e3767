/* rungs-file-save.c: something goes into a file that the user chooses. */

#include "rungs-file-save.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/rungs-file-chooser.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  GtkWidget *widget; /* (owned) */
  GBytes *bytes;     /* (owned) */
  GFileCreateFlags flags;
  const char *failed;
  void (*done) (GtkWidget *widget);
} Saving;

static void
saving_free (Saving *self)
{
  g_object_unref (self->widget);
  g_bytes_unref (self->bytes);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    rungs_error_tell (self->widget, self->failed, error);
  else
    self->done (self->widget);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Saving) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);
  GBytes *bytes = self->bytes;
  GFileCreateFlags flags = self->flags;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, flags, NULL, written_cb,
                                         g_steal_pointer (&self));
}

void
rungs_file_save (GtkWidget           *widget,
                 const RungsFileSave *what)
{
  Saving *self = g_new0 (Saving, 1);
  g_autofree char *name = g_strdelimit (g_strdup (what->proposed), "/", '-');

  self->widget = g_object_ref (widget);
  self->bytes
    = what->text != NULL ? g_bytes_new_take (what->text, strlen (what->text)) : what->bytes;
  self->flags = what->flags;
  self->failed = what->failed;
  self->done = what->done;
  rungs_file_chooser_save_async (GTK_WINDOW (gtk_widget_get_root (widget)), what->title, name, NULL,
                                 chosen_cb, self);
}

void
rungs_csv_save (GtkWidget  *widget,
                const char *title,
                const char *proposed,
                char       *csv,
                void      (*done) (GtkWidget *widget))
{
  rungs_file_save (widget, &(RungsFileSave) { .title = title,
                                              .proposed = proposed,
                                              .text = csv,
                                              .failed = _ ("The Table Could Not Be Written"),
                                              .done = done });
}
