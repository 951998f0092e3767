/* rungs-import-start.c: begins imports for the page of leads. */

#include "rungs-import-start.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "compat/rungs-file-chooser.h"
#include "compat/rungs-question.h"
#include "ladder/rungs-order-import-start.h"
#include "ladder/rungs-order-reader.h"
#include "rungs-import-job.h"
#include "rungs-import-window.h"
#include "rungs-imports-window.h"
#include "widgets/rungs-error-words.h"

#define PATTERNS "*.csv *.CSV *.tsv *.txt *.xlsx *.XLSX *.xlsm *.ods *.ODS *.vcf *.VCF"

static GtkWindow *
window_of (RungsPage *page)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
}

static void
show_run_cb (RungsPage *page,
             gint64     run)
{
  g_autofree char *target = g_strdup_printf ("import:%" G_GINT64_FORMAT, run);

  rungs_page_show_target (page, target);
}

static RungsImportWindow *
open_window (RungsPage  *page,
             const char *path)
{
  RungsImportWindow *window
    = rungs_import_window_new (window_of (page), rungs_page_get_store (page), path);

  g_signal_connect_object (window, "show-run", G_CALLBACK (show_run_cb), page, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* ---- a file of orders among the files of leads */

/* What a file is that was given to be imported. */
typedef struct
{
  RungsPage *page; /* (owned) */
  char *path;      /* (owned) */
} Given;

static void
given_free (Given *given)
{
  g_object_unref (given->page);
  g_free (given->path);
  g_free (given);
}

static void
answered_cb (gboolean agreed,
             gpointer data)
{
  Given *given = data;

  if (window_of (given->page) != NULL && agreed)
    rungs_order_import_file (given->page, given->path);
  else if (window_of (given->page) != NULL)
    open_window (given->page, given->path);
  given_free (given);
}

/* On a thread: how the export of orders is called that it is; NULL: none. */
static void
recognise (GTask        *task,
           gpointer      source,
           gpointer      path,
           GCancellable *cancellable)
{
  char *words = NULL;

  rungs_order_file_is_known (path, &words);
  g_task_return_pointer (task, words, g_free);
}

static void
recognised_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autofree char *path = data;
  RungsPage *page = RUNGS_PAGE (source);
  g_autofree char *words = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *body = NULL;
  Given *given;

  if (window_of (page) == NULL)
    return;
  if (words == NULL)
    {
      open_window (page, path);
      return;
    }
  given = g_new0 (Given, 1);
  given->page = g_object_ref (page);
  given->path = g_steal_pointer (&path);
  body = g_strdup_printf (_ ("This file is “%s”. As orders it brings the leads and what they "
                             "bought; otherwise only the leads."),
                          words);
  rungs_question_ask (GTK_WIDGET (page), _ ("Import It as Orders?"), body, _ ("As _Orders"),
                      RUNGS_QUESTION_PLAIN, answered_cb, given);
}

void
rungs_import_file (RungsPage  *page,
                   const char *path)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RUNGS_IS_PAGE (page));
  g_return_if_fail (path != NULL);

  if (rungs_page_get_store (page) == NULL)
    return;
  task = g_task_new (page, NULL, recognised_cb, g_strdup (path));
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, recognise);
}

/* What is asked for. */
typedef struct
{
  RungsPage *page; /* (owned) */
  RungsImportFileFunc import;
} Choice;

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autofree Choice *choice = data;
  g_autoptr (RungsPage) page = choice->page;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL && g_file_peek_path (file) != NULL && window_of (page) != NULL)
    choice->import (page, g_file_peek_path (file));
}

void
rungs_import_choose_for (RungsPage           *page,
                         const char          *title,
                         const char          *files,
                         const char          *patterns,
                         RungsImportFileFunc  import)
{
  Choice *choice;

  g_return_if_fail (RUNGS_IS_PAGE (page) && import != NULL);

  if (rungs_page_get_store (page) == NULL)
    return;
  choice = g_new (Choice, 1);
  choice->page = g_object_ref (page);
  choice->import = import;
  rungs_file_chooser_open_async (window_of (page), title, files, patterns, NULL, file_chosen_cb,
                                 choice);
}

void
rungs_import_choose (RungsPage *page)
{
  rungs_import_choose_for (page, _ ("Import Leads"), _ ("Tables of leads"), PATTERNS,
                           rungs_import_file);
}

void
rungs_import_list (RungsPage *page)
{
  RungsImportsWindow *imports;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  if (rungs_page_get_store (page) == NULL)
    return;
  imports = rungs_imports_window_new (window_of (page), rungs_page_get_store (page),
                                      rungs_import_job_get_kind ());
  g_signal_connect_object (imports, "show-run", G_CALLBACK (show_run_cb), page, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (imports));
}

/* ---- rows of a table, from the clipboard */

/* The file that held pasted rows goes when they have been imported. */
static void
remove_pasted (gpointer data)
{
  g_autofree char *path = data;
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_rmdir (folder);
}

/* On a thread: the rows, which may be many, are written to a file of their own. */
static void
write_pasted (GTask        *task,
              gpointer      source,
              gpointer      text,
              GCancellable *cancellable)
{
  GError *error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("rungs-XXXXXX", &error);
  g_autofree char *path = folder ? g_build_filename (folder, _ ("pasted rows.csv"), NULL) : NULL;

  if (path != NULL && g_file_set_contents (path, text, -1, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&path), remove_pasted);
      return;
    }
  if (folder != NULL)
    g_rmdir (folder);
  g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  RungsPage *page = RUNGS_PAGE (source);
  g_autoptr (GError) error = NULL;
  char *path = g_task_propagate_pointer (G_TASK (result), &error);

  if (window_of (page) == NULL)
    g_clear_pointer (&path, remove_pasted);
  else if (path == NULL)
    rungs_error_tell (GTK_WIDGET (page), _ ("The Rows Could Not Be Pasted"), error);
  else
    g_object_set_data_full (G_OBJECT (open_window (page, path)), "rungs-pasted", path,
                            remove_pasted);
}

/* Takes `text`. */
static void
import_pasted (RungsPage *page,
               char      *text)
{
  g_autoptr (GTask) task = g_task_new (page, NULL, written_cb, NULL);

  g_task_set_task_data (task, text, g_free);
  g_task_run_in_thread (task, write_pasted);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsPage) page = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (window_of (page) == NULL)
    return;
  if (text == NULL || strchr (text, '\n') == NULL)
    rungs_page_notify (page, _ ("Copy rows of a table, with their headings, to paste them here."));
  else
    import_pasted (page, g_steal_pointer (&text));
}

void
rungs_import_paste (RungsPage *page)
{
  g_return_if_fail (RUNGS_IS_PAGE (page));

  if (rungs_page_get_store (page) != NULL)
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (page)), NULL, pasted_cb,
                                   g_object_ref (page));
}
