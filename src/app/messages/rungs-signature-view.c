/* rungs-signature-view.c: the signature of the business, as a block of a message shows it. */

#include "rungs-signature-view.h"

#include <glib/gi18n.h>

GtkWidget *
rungs_signature_view_new (RungsStore *store)
{
  GtkWidget *label = gtk_label_new (_ ("The signature of the business stands here."));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}
