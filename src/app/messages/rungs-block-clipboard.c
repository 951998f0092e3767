/* rungs-block-clipboard.c: blocks of a message on the clipboard, as their JSON. */

#include "rungs-block-clipboard.h"

#include <string.h>

#define BLOCKS "application/x-rungs-blocks+json"

typedef struct
{
  GWeakRef widget;
  void (*pasted) (GtkWidget  *widget,
                  const char *json);
  GOutputStream *bytes; /* (owned) */
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_weak_ref_clear (&fetch->widget);
  g_object_unref (fetch->bytes);
  g_free (fetch);
}

void
rungs_block_clipboard_offer (GtkWidget        *widget,
                             const RungsBlock *block)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_new ();
  g_autofree char *json = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) content = NULL;

  g_return_if_fail (block != NULL);

  g_ptr_array_add (blocks, rungs_block_copy (block));
  json = rungs_blocks_to_json (blocks);
  bytes = g_bytes_new (json, strlen (json));
  content = gdk_content_provider_new_for_bytes (BLOCKS, bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
}

static void
bytes_read_cb (GObject      *bytes,
               GAsyncResult *result,
               gpointer      data)
{
  Fetch *fetch = data;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (bytes);
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&fetch->widget);

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (bytes), result, NULL) >= 0 && widget != NULL)
    {
      g_autofree char *json
        = g_utf8_make_valid (g_memory_output_stream_get_data (memory),
                             (gssize) g_memory_output_stream_get_data_size (memory));

      fetch->pasted (widget, json);
    }
  fetch_free (fetch);
}

static void
clipboard_read_cb (GObject      *clipboard,
                   GAsyncResult *result,
                   gpointer      data)
{
  Fetch *fetch = data;
  const char *format = NULL;
  g_autoptr (GInputStream) stream
    = gdk_clipboard_read_finish (GDK_CLIPBOARD (clipboard), result, &format, NULL);

  if (stream == NULL)
    {
      fetch_free (fetch);
      return;
    }
  g_output_stream_splice_async (fetch->bytes, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, bytes_read_cb, fetch);
}

void
rungs_block_clipboard_fetch (GtkWidget *widget,
                             void (*pasted) (GtkWidget  *widget,
                                             const char *json))
{
  static const char *const FORMATS[] = { BLOCKS, NULL };
  Fetch *fetch = g_new0 (Fetch, 1);

  g_weak_ref_init (&fetch->widget, widget);
  fetch->pasted = pasted;
  fetch->bytes = g_memory_output_stream_new_resizable ();
  gdk_clipboard_read_async (gtk_widget_get_clipboard (widget), (const char **) FORMATS,
                            G_PRIORITY_DEFAULT, NULL, clipboard_read_cb, fetch);
}
