/* rungs-provider-dialog.c: asks for something that a provider sent: pasted, or out of a file. */

#include "rungs-provider-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/rungs-file-chooser.h"
#include "rungs-provider-window.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  GtkTextBuffer *text;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->page);
  g_free (self);
}

/* What was pasted is a delivery that was saved as a file, else the body of a request. */
static RungsRawDelivery *
read_delivery (GBytes *bytes,
               gint64  now)
{
  gsize length = 0, used = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  RungsRawDelivery *raw = length > 0
                              ? rungs_raw_delivery_from_bytes (text, length, &used, NULL)
                              : NULL;
  gsize space = 0;

  if (raw != NULL)
    return raw;
  raw = rungs_raw_delivery_new ("POST", "/in/sample", "", now);
  rungs_raw_delivery_set_body (raw, bytes);
  while (space < length && g_ascii_isspace (text[space]))
    space++;
  rungs_raw_delivery_add_header (raw, "Content-Type",
                                 space < length && strchr ("{[", text[space]) != NULL
                                     ? "application/json"
                                     : "application/x-www-form-urlencoded");
  return raw;
}

static void
go_on (Dialog *self,
       GBytes *bytes)
{
  g_autoptr (RungsPage) page = g_object_ref (self->page);

  gtk_window_destroy (GTK_WINDOW (self->form)); /* and with it `self` */
  rungs_provider_window_open (page, read_delivery (bytes, g_get_real_time () / 1000));
}

static void
pasted_cb (RungsForm *form,
           Dialog    *self)
{
  char *text = rungs_form_dup_lines (self->text);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  if (g_bytes_get_size (bytes) > 0)
    go_on (self, bytes);
}

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  Dialog *self = g_object_get_data (G_OBJECT (form), "rungs-provider-dialog");
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;
  g_autoptr (GBytes) bytes = NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (form)))
    return;
  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    {
      rungs_error_tell (GTK_WIDGET (form), _ ("The File Could Not Be Read"), error);
      return;
    }
  bytes = g_bytes_new_take (contents, length);
  go_on (self, bytes);
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL)
    g_file_load_contents_async (file, NULL, file_read_cb, g_object_ref (form));
}

static void
open_file_cb (Dialog *self)
{
  rungs_file_chooser_open_async (GTK_WINDOW (self->form), _ ("Open a Delivery"), _ ("Deliveries"),
                                 "*.delivery *.json *.txt", NULL, file_chosen_cb,
                                 g_object_ref (self->form));
}

void
rungs_provider_dialog_open (RungsPage *page)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Open a File…"));

  self->form = rungs_form_new (parent, _ ("What the Provider Sent"), _ ("_Next"));
  self->page = g_object_ref (page);
  g_object_set_data_full (G_OBJECT (self->form), "rungs-provider-dialog", self, dialog_free);
  rungs_form_set_text (self->form,
                       _ ("Paste something that it sent, or an example out of its documentation: "
                          "JSON, or the fields of a form. Better still is a delivery that came in: "
                          "it has its headers."));
  self->text = rungs_form_add_lines (self->form, _ ("What It Sent"), NULL);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 12);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (open_file_cb), self);
  rungs_form_add_widget (self->form, button);
  g_signal_connect (self->form, "agreed", G_CALLBACK (pasted_cb), self);
  gtk_window_present (GTK_WINDOW (self->form));
}
