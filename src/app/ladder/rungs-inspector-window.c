/* rungs-inspector-window.c: a product, or an offer, in a window of its own, to be edited where it
 * stands. */

#include "rungs-inspector-window.h"

#include <glib/gi18n.h>

#include "rungs-offer-inspector.h"
#include "rungs-product-inspector.h"
#include "widgets/rungs-side-window.h"

static void
loaded_cb (GtkWindow      *window,
           RungsInspector *inspector)
{
  gtk_window_set_title (window, rungs_inspector_get_name (inspector));
  if (rungs_inspector_is_removed (inspector))
    gtk_window_close (window);
}

/* What was being entered is stored. */
static gboolean
close_cb (GtkWindow      *window,
          RungsInspector *inspector)
{
  rungs_inspector_set_thing (inspector, 0);
  return FALSE;
}

static void
present (GtkWindow      *parent,
         const char     *title,
         RungsInspector *inspector,
         gint64          thing)
{
  GtkWindow *window = rungs_side_window_new (parent, title, 520, 640, GTK_WIDGET (inspector));

  gtk_widget_set_vexpand (GTK_WIDGET (inspector), TRUE);
  /* its figures lead to pages of the window behind */
  if (G_IS_ACTION_GROUP (parent))
    gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (parent));
  g_signal_connect_object (inspector, "loaded", G_CALLBACK (loaded_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "close-request", G_CALLBACK (close_cb), inspector, 0);
  rungs_inspector_set_thing (inspector, thing);
  gtk_window_present (window);
}

void
rungs_product_window_present (GtkWindow         *parent,
                              RungsLadderWriter *writer,
                              gint64             product)
{
  present (parent, _ ("Product"), RUNGS_INSPECTOR (rungs_product_inspector_new (writer)), product);
}

void
rungs_offer_window_present (GtkWindow         *parent,
                            RungsLadderWriter *writer,
                            gint64             offer)
{
  present (parent, _ ("Offer"), RUNGS_INSPECTOR (rungs_offer_inspector_new (writer)), offer);
}
