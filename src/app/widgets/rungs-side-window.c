/* rungs-side-window.c: something in a window of its own, over that which it belongs to. */

#include "rungs-side-window.h"

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

GtkWindow *
rungs_side_window_new (GtkWindow  *parent,
                       const char *title,
                       int         width,
                       int         height,
                       GtkWidget  *content)
{
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "transient-for", parent,
                                    "destroy-with-parent", TRUE, "default-width", width,
                                    "default-height", height, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (window), box);
  close_on_escape (window);
  return GTK_WINDOW (window);
}
