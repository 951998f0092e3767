/* rungs-offer-opening.c: opens the dialog of an offer. */

#include "rungs-offer-opening.h"

#include <glib/gi18n.h>

#include "ladder/rungs-ladder-load.h"
#include "ladder/rungs-offer-dialog.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  RungsLadder *ladder; /* (owned) (nullable) */
  RungsOffer *offer;   /* (owned) (nullable) */
} Needed;

static void
needed_free (gpointer data)
{
  Needed *needed = data;

  g_clear_pointer (&needed->ladder, rungs_ladder_free);
  g_clear_pointer (&needed->offer, rungs_offer_free);
  g_free (needed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Needed, needed_free)

static gpointer
load_offer (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (Needed) needed = g_new0 (Needed, 1);

  needed->ladder = rungs_ladder_load (db, NULL, NULL, error);
  needed->offer
    = needed->ladder != NULL ? rungs_offer_load (db, *(gint64 *) data, error) : NULL;
  return needed->offer != NULL ? g_steal_pointer (&needed) : NULL;
}

static void
offer_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Needed) needed = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (page)) == NULL)
    return;
  if (needed == NULL)
    rungs_error_tell (GTK_WIDGET (page), _ ("The Offer Could Not Be Read"), error);
  else
    gtk_window_present (GTK_WINDOW (rungs_offer_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), rungs_page_get_store (page),
      g_steal_pointer (&needed->offer), needed->ladder)));
}

void
rungs_offer_open (RungsPage *page,
                         gint64     offer)
{
  rungs_store_read_async (rungs_page_get_store (page), load_offer,
                          g_memdup2 (&offer, sizeof offer), g_free, needed_free, NULL,
                          offer_loaded_cb, g_object_ref (page));
}
