/* rungs-page-opening.c: a window of a page that opens when what it begins with was read. */

#include "rungs-page-opening.h"

typedef struct
{
  RungsPage *page; /* (owned) */
  gpointer facts;  /* (owned) (nullable): NULL once they are shown */
  GDestroyNotify facts_free;
  RungsPageShowFunc show;
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->page);
  if (self->facts != NULL)
    self->facts_free (self->facts);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (opening->page));

  if (rungs_store_read_finish (RUNGS_STORE (source), result, &error) == NULL)
    rungs_page_notify_error (opening->page, error);
  else if (root != NULL)
    opening->show (opening->page, GTK_WINDOW (root), g_steal_pointer (&opening->facts));
}

void
rungs_page_open_with (RungsPage         *page,
                      RungsStoreFunc     load,
                      gpointer           facts,
                      GDestroyNotify     facts_free,
                      RungsPageShowFunc  show)
{
  Opening *opening;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  opening = g_new0 (Opening, 1);
  opening->page = g_object_ref (page);
  opening->facts = facts;
  opening->facts_free = facts_free;
  opening->show = show;
  rungs_store_read_async (rungs_page_get_store (page), load, facts, NULL, NULL, NULL, loaded_cb,
                          opening);
}
