/* rungs-inspector-window.c: a product, or an offer, in a window of its own, to be edited where it
 * stands. */

#include "rungs-inspector-window.h"

#include <glib/gi18n.h>

#include "rungs-offer-inspector.h"
#include "rungs-product-inspector.h"

static gboolean
escape_cb (GtkWidget *window,
           GVariant  *arguments,
           gpointer   data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
}

/* `loaded_cb` and `close_cb` get the window and the inspector. */
static GtkWindow *
window_new (GtkWindow  *parent,
            const char *title,
            GtkWidget  *inspector,
            GCallback   loaded_cb,
            GCallback   close_cb)
{
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "transient-for", parent,
                                    "destroy-with-parent", TRUE, "default-width", 520,
                                    "default-height", 640, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_set_vexpand (inspector, TRUE);
  gtk_box_append (GTK_BOX (box), inspector);
  adw_window_set_content (ADW_WINDOW (window), box);
  add_escape (window);
  /* its figures lead to pages of the window behind */
  if (G_IS_ACTION_GROUP (parent))
    gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (parent));
  g_signal_connect_object (inspector, "loaded", loaded_cb, window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "close-request", close_cb, inspector, 0);
  return GTK_WINDOW (window);
}

/* ---- a product */

static void
product_loaded_cb (GtkWindow             *window,
                   RungsProductInspector *inspector)
{
  gtk_window_set_title (window, rungs_product_inspector_get_name (inspector));
}

/* What was being entered is stored. */
static gboolean
product_close_cb (GtkWindow             *window,
                  RungsProductInspector *inspector)
{
  rungs_product_inspector_set_product (inspector, 0);
  return FALSE;
}

void
rungs_product_window_present (GtkWindow         *parent,
                              RungsLadderWriter *writer,
                              gint64             product)
{
  RungsProductInspector *inspector = rungs_product_inspector_new (writer);
  GtkWindow *window = window_new (parent, _ ("Product"), GTK_WIDGET (inspector),
                                  G_CALLBACK (product_loaded_cb), G_CALLBACK (product_close_cb));

  rungs_product_inspector_set_product (inspector, product);
  gtk_window_present (window);
}

/* ---- an offer */

static void
offer_loaded_cb (GtkWindow           *window,
                 RungsOfferInspector *inspector)
{
  gtk_window_set_title (window, rungs_offer_inspector_get_name (inspector));
  if (rungs_offer_inspector_is_removed (inspector))
    gtk_window_close (window);
}

static gboolean
offer_close_cb (GtkWindow           *window,
                RungsOfferInspector *inspector)
{
  rungs_offer_inspector_set_offer (inspector, 0);
  return FALSE;
}

void
rungs_offer_window_present (GtkWindow         *parent,
                            RungsLadderWriter *writer,
                            gint64             offer)
{
  RungsOfferInspector *inspector = rungs_offer_inspector_new (writer);
  GtkWindow *window = window_new (parent, _ ("Offer"), GTK_WIDGET (inspector),
                                  G_CALLBACK (offer_loaded_cb), G_CALLBACK (offer_close_cb));

  rungs_offer_inspector_set_offer (inspector, offer);
  gtk_window_present (window);
}
