/* rungs-file-chooser.c: asks for a file, with what this version of GTK has for it. */

#include "rungs-file-chooser.h"

#include <glib/gi18n.h>

#include "widgets/rungs-error-words.h"

static GtkFileFilter *
new_filter (const char *name,
            const char *patterns)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  g_auto (GStrv) each = g_strsplit (patterns, " ", -1);

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; each[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, each[i]);
  return filter;
}

#if GTK_CHECK_VERSION(4, 10, 0)

/* What failed is said over the window that asked; for it, as of one who changed their mind, no file
 * was chosen. */
static void
return_file (GTask  *task,
             GFile  *file,
             GError *error)
{
  if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
      && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    rungs_error_tell (g_task_get_source_object (task), _ ("A File Could Not Be Chosen"), error);
  g_task_return_pointer (task, file, g_object_unref);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  return_file (task, file, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  return_file (task, file, error);
}

static void
folder_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  return_file (task, file, error);
}

void
rungs_file_chooser_open_async (GtkWindow           *parent,
                               const char          *title,
                               const char          *kind,
                               const char          *patterns,
                               GFile               *start,
                               GAsyncReadyCallback  callback,
                               gpointer             data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) matching = new_filter (kind, patterns);
  g_autoptr (GtkFileFilter) all = new_filter (_ ("All Files"), "*");

  g_list_store_append (filters, matching);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_initial_folder (dialog, start);
  gtk_file_dialog_open (dialog, parent, NULL, opened_cb, g_task_new (parent, NULL, callback, data));
}

void
rungs_file_chooser_save_async (GtkWindow           *parent,
                               const char          *title,
                               const char          *name,
                               GFile               *start,
                               GAsyncReadyCallback  callback,
                               gpointer             data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_initial_folder (dialog, start);
  gtk_file_dialog_save (dialog, parent, NULL, saved_cb, g_task_new (parent, NULL, callback, data));
}

void
rungs_file_chooser_folder_async (GtkWindow           *parent,
                                 const char          *title,
                                 GFile               *start,
                                 GAsyncReadyCallback  callback,
                                 gpointer             data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_folder (dialog, start);
  gtk_file_dialog_select_folder (dialog, parent, NULL, folder_chosen_cb,
                                 g_task_new (parent, NULL, callback, data));
}

#else

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             GTask           *task)
{
  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)),
                           g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);

  g_object_unref (task);
  g_object_unref (dialog);
}

static void
ask (GtkWindow            *parent,
     GtkFileChooserNative *dialog,
     GFile                *start,
     GAsyncReadyCallback   callback,
     gpointer              data)
{
  GTask *task = g_task_new (parent, NULL, callback, data);

  if (start != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), start, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
rungs_file_chooser_open_async (GtkWindow           *parent,
                               const char          *title,
                               const char          *kind,
                               const char          *patterns,
                               GFile               *start,
                               GAsyncReadyCallback  callback,
                               gpointer             data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent,
                                                              GTK_FILE_CHOOSER_ACTION_OPEN,
                                                              NULL, NULL);
  g_autoptr (GtkFileFilter) matching = new_filter (kind, patterns);
  g_autoptr (GtkFileFilter) all = new_filter (_ ("All Files"), "*");

  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), matching);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  ask (parent, dialog, start, callback, data);
}

void
rungs_file_chooser_save_async (GtkWindow           *parent,
                               const char          *title,
                               const char          *name,
                               GFile               *start,
                               GAsyncReadyCallback  callback,
                               gpointer             data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent,
                                                              GTK_FILE_CHOOSER_ACTION_SAVE,
                                                              NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  ask (parent, dialog, start, callback, data);
}

void
rungs_file_chooser_folder_async (GtkWindow           *parent,
                                 const char          *title,
                                 GFile               *start,
                                 GAsyncReadyCallback  callback,
                                 gpointer             data)
{
  ask (parent,
       gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL,
                                    NULL),
       start, callback, data);
}

#endif

GFile *
rungs_file_chooser_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
