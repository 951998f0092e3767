/* rungs-order-import-start.c: begins imports of orders. */

#include "rungs-order-import-start.h"

#include <glib/gi18n.h>

#include "import/rungs-import-start.h"
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

void
rungs_order_import_choose (RungsPage *page)
{
  rungs_import_choose_for (page, _ ("Import Orders"), _ ("Tables of orders"), PATTERNS,
                           rungs_order_import_file);
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
