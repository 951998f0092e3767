/* drop-source.c: a small window out of which a file can be dragged, as out of a file manager.
 *
 * usage: drop-source FILE */

#include <gtk/gtk.h>

static void
activate_cb (GtkApplication *application,
             const char     *path)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GSList files = { .data = file };
  g_autoptr (GdkContentProvider) content
    = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, &files);

  gtk_drag_source_set_content (source, content);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_title (GTK_WINDOW (window), "Files");
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 80);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkApplication) application
    = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  if (argc != 2)
    return 2;
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), argv[1]);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
