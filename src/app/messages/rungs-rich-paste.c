/* rungs-rich-paste.c: formatted text on the clipboard. */

#include "rungs-rich-paste.h"

#include <string.h>

#include "mail/rungs-html-clean.h"
#include "mail/rungs-rich.h"

#define MARKDOWN "text/markdown"
#define HTML "text/html"

/* What is asked of the clipboard. */
typedef struct
{
  GWeakRef widget;
  void (*pasted) (GtkWidget  *widget,
                  const char *markdown);
  GOutputStream *bytes; /* (owned): what came of a format */
  const char *format;
} Paste;

static void
paste_free (Paste *paste)
{
  g_weak_ref_clear (&paste->widget);
  g_object_unref (paste->bytes);
  g_free (paste);
}

void
rungs_rich_paste_offer (GtkWidget  *widget,
                        const char *markdown)
{
  g_autoptr (GBytes) bytes = g_bytes_new (markdown, strlen (markdown));
  GdkContentProvider *formats[]
    = { gdk_content_provider_new_for_bytes (MARKDOWN, bytes),
        gdk_content_provider_new_typed (G_TYPE_STRING, markdown) };
  g_autoptr (GdkContentProvider) all
    = gdk_content_provider_new_union (formats, G_N_ELEMENTS (formats));

  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), all);
}

char *
rungs_rich_paste_from_text (const char *text)
{
  g_auto (GStrv) lines = g_regex_split_simple ("\r\n|\n|\r", text, 0, 0);
  g_autoptr (GPtrArray) paragraphs
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rich_paragraph_free);

  for (char **line = lines; *line != NULL; line++)
    {
      RungsRichParagraph *paragraph = rungs_rich_paragraph_new (RUNGS_RICH_PLAIN);

      rungs_rich_paragraph_append (paragraph, *line, -1, 0, NULL);
      g_ptr_array_add (paragraphs, paragraph);
    }
  return rungs_rich_write (paragraphs);
}

static void
tell (Paste      *paste,
      const char *markdown)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&paste->widget);

  if (widget != NULL && *markdown != '\0')
    paste->pasted (widget, markdown);
}

static void
text_read_cb (GObject      *clipboard,
              GAsyncResult *result,
              gpointer      data)
{
  Paste *paste = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  g_autofree char *markdown = text != NULL ? rungs_rich_paste_from_text (text) : NULL;

  if (markdown != NULL)
    tell (paste, markdown);
  paste_free (paste);
}

static void
bytes_read_cb (GObject      *bytes,
               GAsyncResult *result,
               gpointer      data)
{
  Paste *paste = data;
  g_autofree char *text = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (bytes), result, NULL) >= 0)
    {
      GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (bytes);

      text = g_utf8_make_valid (g_memory_output_stream_get_data (memory),
                                (gssize) g_memory_output_stream_get_data_size (memory));
      if (g_strcmp0 (paste->format, HTML) == 0)
        {
          g_autofree char *markdown = rungs_html_to_markdown (text, FALSE);

          tell (paste, markdown);
        }
      else
        {
          tell (paste, text);
        }
    }
  paste_free (paste);
}

static void
format_read_cb (GObject      *clipboard,
                GAsyncResult *result,
                gpointer      data)
{
  Paste *paste = data;
  g_autoptr (GInputStream) stream
    = gdk_clipboard_read_finish (GDK_CLIPBOARD (clipboard), result, &paste->format, NULL);

  if (stream == NULL)
    {
      gdk_clipboard_read_text_async (GDK_CLIPBOARD (clipboard), NULL, text_read_cb, paste);
      return;
    }
  g_output_stream_splice_async (paste->bytes, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, bytes_read_cb, paste);
}

void
rungs_rich_paste_fetch (GtkWidget *widget,
                        void (*pasted) (GtkWidget  *widget,
                                        const char *markdown))
{
  static const char *const FORMATS[] = { MARKDOWN, HTML, NULL };
  Paste *paste = g_new0 (Paste, 1);

  g_weak_ref_init (&paste->widget, widget);
  paste->pasted = pasted;
  paste->bytes = g_memory_output_stream_new_resizable ();
  gdk_clipboard_read_async (gtk_widget_get_clipboard (widget), (const char **) FORMATS,
                            G_PRIORITY_DEFAULT, NULL, format_read_cb, paste);
}
