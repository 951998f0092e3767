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
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "transient-for", parent,
                                    "destroy-with-parent", TRUE, "default-width", 520,
                                    "default-height", 640, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (inspector), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (inspector));
  adw_window_set_content (ADW_WINDOW (window), box);
  add_escape (window);
  /* its figures lead to pages of the window behind */
  if (G_IS_ACTION_GROUP (parent))
    gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (parent));
  g_signal_connect_object (inspector, "loaded", G_CALLBACK (loaded_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "close-request", G_CALLBACK (close_cb), inspector, 0);
  rungs_inspector_set_thing (inspector, thing);
  gtk_window_present (GTK_WINDOW (window));
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
