/* rungs-canvas-clipboard.c: copy, cut, paste and duplicate: the canvas carries the JSON, the host
 * makes and reads it. */

#include "rungs-canvas-private.h"

#include <string.h>

/* What a host's JSON can be at most; more is not given to it. */
#define MOST (4 << 20)

static const char *const mime_types[]
  = { "application/json", "text/plain;charset=utf-8", "text/plain", NULL };

/* Returns: (transfer full) (nullable) */
static char *
ask_copy (RungsCanvas *self)
{
  char *json = NULL;

  if (g_hash_table_size (self->selected) > 0)
    g_signal_emit_by_name (self, "copy", &json);
  if (json == NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
  return json;
}

static gboolean
copy (RungsCanvas *self)
{
  g_autofree char *json = ask_copy (self);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) both = NULL;
  GdkContentProvider *providers[2];

  if (json == NULL)
    return FALSE;
  bytes = g_bytes_new (json, strlen (json));
  providers[0] = gdk_content_provider_new_for_bytes (mime_types[0], bytes);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, json);
  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), both);
  return TRUE;
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsCanvas) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gssize size = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  g_autofree char *text = NULL;

  if (size > 0 && size < MOST)
    {
      bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
      text = g_strndup (g_bytes_get_data (bytes, NULL), (gsize) size);
    }
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    g_signal_emit_by_name (self, "paste", text);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsCanvas) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
    = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (stream == NULL)
    gtk_widget_error_bell (GTK_WIDGET (self)); /* there is no text */
  else
    g_output_stream_splice_async (
      memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
      G_PRIORITY_DEFAULT, NULL, spliced_cb, g_object_ref (self));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  copy (RUNGS_CANVAS (widget));
}

static void
cut_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  if (copy (RUNGS_CANVAS (widget)))
    gtk_widget_activate_action (widget, "canvas.delete", NULL);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gdk_clipboard_read_async (gtk_widget_get_clipboard (widget), (const char **) mime_types,
                            G_PRIORITY_DEFAULT, NULL, read_cb, g_object_ref (widget));
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autofree char *json = ask_copy (RUNGS_CANVAS (widget));

  if (json != NULL)
    g_signal_emit_by_name (widget, "paste", json);
}

void
rungs_canvas_clipboard_class_init (GtkWidgetClass *klass)
{
  static const struct
  {
    guint key;
    const char *action;
    void (*activate) (GtkWidget *, const char *, GVariant *);
  } keys[] = { { GDK_KEY_c, "canvas.copy", copy_action },
               { GDK_KEY_x, "canvas.cut", cut_action },
               { GDK_KEY_v, "canvas.paste", paste_action },
               { GDK_KEY_d, "canvas.duplicate", duplicate_action } };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_install_action (klass, keys[i].action, NULL, keys[i].activate);
      gtk_widget_class_add_binding_action (klass, keys[i].key, GDK_CONTROL_MASK, keys[i].action,
                                           NULL);
    }
}
