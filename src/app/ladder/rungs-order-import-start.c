/* rungs-order-import-start.c: begins imports of orders. */

#include "rungs-order-import-start.h"

#include <glib/gi18n.h>

#include "compat/rungs-file-chooser.h"
#include "import/rungs-imports-window.h"
#include "rungs-order-import-job.h"
#include "rungs-order-import-window.h"

#define PATTERNS "*.csv *.CSV *.tsv *.txt *.xlsx *.XLSX *.ods *.ODS"

static GtkWindow *
window_of (RungsPage *page)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
}

void
rungs_order_import_file (RungsPage  *page,
                         const char *path)
{
  g_return_if_fail (RUNGS_IS_PAGE (page) && path != NULL);

  if (rungs_page_get_store (page) != NULL)
    gtk_window_present (GTK_WINDOW (rungs_order_import_window_new (
        window_of (page), rungs_page_get_store (page), path)));
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsPage) page = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL && g_file_peek_path (file) != NULL && window_of (page) != NULL)
    rungs_order_import_file (page, g_file_peek_path (file));
}

void
rungs_order_import_choose (RungsPage *page)
{
  g_return_if_fail (RUNGS_IS_PAGE (page));

  if (rungs_page_get_store (page) != NULL)
    rungs_file_chooser_open_async (window_of (page), _ ("Import Orders"), _ ("Tables of orders"),
                                   PATTERNS, NULL, file_chosen_cb, g_object_ref (page));
}

void
rungs_order_import_list_open (RungsPage *page)
{
  g_return_if_fail (RUNGS_IS_PAGE (page));

  if (rungs_page_get_store (page) != NULL)
    gtk_window_present (GTK_WINDOW (
        rungs_imports_window_new (window_of (page), rungs_page_get_store (page),
                                  rungs_order_import_job_get_kind ())));
}
