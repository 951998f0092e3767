/* rungs-csv-save.c: a table goes into a file that the user chooses. */

#include "rungs-csv-save.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/rungs-file-chooser.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  GtkWidget *widget; /* (owned) */
  GBytes *bytes;     /* (owned) */
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
    rungs_error_tell (self->widget, _ ("The Table Could Not Be Written"), error);
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

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         written_cb, g_steal_pointer (&self));
}

void
rungs_csv_save (GtkWidget  *widget,
                const char *title,
                const char *proposed,
                char       *csv,
                void      (*done) (GtkWidget *widget))
{
  Saving *self = g_new0 (Saving, 1);
  g_autofree char *name = g_strdelimit (g_strdup (proposed), "/", '-');

  self->widget = g_object_ref (widget);
  self->bytes = g_bytes_new_take (csv, strlen (csv));
  self->done = done;
  rungs_file_chooser_save_async (GTK_WINDOW (gtk_widget_get_root (widget)), title, name, NULL,
                                 chosen_cb, self);
}
