/* rungs-browser-drag.c: drags the selected rows of a browser somewhere else. */

#include "rungs-browser-drag.h"

#include <glib/gi18n.h>

#include "widgets/rungs-browser-cells.h"

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            RungsBrowser  *browser)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  GtkSelectionModel *selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  g_autoptr (GArray) ids = NULL;
  guint position = 0;

  if (!rungs_browser_cells_find_position (gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT), &position)
      || !gtk_selection_model_is_selected (selection, position))
    return NULL;
  ids = rungs_browser_get_selected (browser);
  return gdk_content_provider_new_typed (G_TYPE_ARRAY, ids);
}

static void
begun_cb (GtkDragSource *source,
          GdkDrag       *drag,
          RungsBrowser  *browser)
{
  guint n = rungs_browser_get_n_selected (browser);
  g_autofree char *words = g_strdup_printf (ngettext ("%'u row", "%'u rows", n), n);
  GtkWidget *label = gtk_label_new (words);

  gtk_widget_add_css_class (label, "dragged-rows");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
  gdk_drag_set_hotspot (drag, -12, -12);
}

GtkEventController *
rungs_browser_drag_new (RungsBrowser *browser)
{
  GtkDragSource *source = gtk_drag_source_new ();

  /* before the table, which would begin to draw a rubber band */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), browser);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begun_cb), browser);
  return GTK_EVENT_CONTROLLER (source);
}
