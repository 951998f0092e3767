/* rungs-signature-view.c: the signature of the business, as a block of a message shows it. */

#include "rungs-signature-view.h"

#include <glib/gi18n.h>

#include "leads/rungs-business-store.h"
#include "widgets/rungs-error-words.h"

static gpointer
load_signature (RungsDb       *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  return business != NULL ? g_strdup (business->signature) : NULL;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GtkLabel) label = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *trouble = error != NULL ? rungs_error_words (error) : NULL;

  if (trouble != NULL)
    gtk_label_set_label (label, trouble);
  else if (text != NULL && *text != '\0')
    gtk_label_set_label (label, text);
}

GtkWidget *
rungs_signature_view_new (RungsStore *store)
{
  GtkWidget *label = gtk_label_new (_ ("The business has no signature yet: write it in Settings."));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  if (store != NULL)
    rungs_store_read_async (store, load_signature, NULL, NULL, g_free, NULL, loaded_cb,
                            g_object_ref (label));
  return label;
}
