/* rungs-invoice-list.c: all invoices in the name of partners, to be seen and exported. */

#include "rungs-invoice-list.h"

#include <glib/gi18n.h>

#include "partners/rungs-self-invoice-store.h"
#include "rungs-billing-words.h"
#include "rungs-invoice-form.h"
#include "rungs-invoice-load.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-file-save.h"
#include "widgets/rungs-form.h"

/* So many rows are shown; what else there is, the search finds. */
#define SHOWN 100

#define WIDTH 580
#define HEIGHT 580

typedef struct
{
  RungsPage *page; /* (owned) */
  RungsForm *form; /* (unowned): holds this */
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkLabel *note;
  RungsInvoices *invoices;   /* (owned) (nullable): not read yet */
  GCancellable *cancellable; /* (owned) */
} InvoiceList;

static void
invoice_list_free (InvoiceList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  rungs_invoices_free (self->invoices);
  g_object_unref (self->page);
  g_free (self);
}

/* ---- the rows */

static void
add_other (GString    *words,
           const char *format,
           gint64      number)
{
  g_autofree char *text = rungs_self_invoice_dup_number (number);

  if (number == 0)
    return;
  g_string_append (words, " · ");
  g_string_append_printf (words, format, text);
}

/* "2 May 2026 · payout 1 · VAT 19 % · 10.00 net, 1.90 VAT · taken back by SB-9" */
static char *
dup_facts (const RungsSelfInvoice *invoice)
{
  RungsSelfBilling billing = { .vat = invoice->treatment, .rate = invoice->rate };
  g_autofree char *day = rungs_display_day (invoice->made_at);
  g_autofree char *payout = rungs_display_number (invoice->payout);
  g_autofree char *how = rungs_billing_dup_vat (&billing);
  g_autofree char *net = rungs_display_money (rungs_money (invoice->net, invoice->currency));
  g_autofree char *vat = rungs_display_money (rungs_money (invoice->vat, invoice->currency));
  g_autoptr (GString) words = g_string_new (day);

  g_string_append (words, " · ");
  g_string_append_printf (words, _ ("payout %s"), payout);
  g_string_append_printf (words, " · %s", how);
  if (invoice->treatment == RUNGS_VAT_RATE)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("%s net, %s VAT"), net, vat);
    }
  add_other (words, _ ("takes back %s"), invoice->cancels);
  add_other (words, _ ("taken back by %s"), invoice->cancelled_by);
  return g_strdup (words->str);
}

static void
write_clicked_cb (GtkButton   *button,
                  InvoiceList *self)
{
  const gint64 *item = g_object_get_data (G_OBJECT (button), "payment");

  rungs_invoice_form_open (self->page, GTK_WINDOW (self->form), item[0], item[1]);
}

static GtkWidget *
new_button (InvoiceList            *self,
            const RungsSelfInvoice *invoice,
            const char             *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-save-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Write %s…"), title);
  gint64 item[] = { invoice->payout, invoice->partner };

  g_object_set_data_full (G_OBJECT (button), "payment", g_memdup2 (item, sizeof item), g_free);
  gtk_widget_set_tooltip_text (button, _ ("Write it as PDF or page"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (write_clicked_cb), self);
  return button;
}

static void
add_row (InvoiceList            *self,
         const RungsSelfInvoice *invoice)
{
  g_autofree char *number = rungs_self_invoice_dup_number (invoice->number);
  g_autofree char *title = g_strdup_printf ("%s · %s", number, invoice->name);
  g_autofree char *facts = dup_facts (invoice);
  gint64 total = invoice->net + invoice->vat;
  g_autofree char *money = rungs_display_money (rungs_money (total, invoice->currency));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (money);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, invoice, title));
  gtk_list_box_append (self->list, row);
}

static gboolean
fits (const RungsSelfInvoice *invoice,
      const char             *words)
{
  g_autofree char *number = rungs_self_invoice_dup_number (invoice->number);

  return *words == '\0' || g_str_match_string (words, invoice->name, TRUE)
         || g_ascii_strcasecmp (words, number) == 0;
}

static void
show_rows (InvoiceList *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GPtrArray *invoices = self->invoices != NULL ? self->invoices->invoices : NULL;
  guint found = 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; invoices != NULL && i < invoices->len; i++)
    if (fits (invoices->pdata[i], words) && found++ < SHOWN)
      add_row (self, invoices->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->list), found > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->note), found == 0 || found > SHOWN);
  if (found > SHOWN)
    {
      g_autofree char *number = rungs_display_number (found - SHOWN);
      g_autofree char *text = g_strdup_printf (_ ("%s more: search for a name"), number);

      gtk_label_set_label (self->note, text);
    }
  else if (*words != '\0')
    gtk_label_set_label (self->note, _ ("No invoice has that number or name."));
  else
    gtk_label_set_label (self->note, _ ("There are no invoices yet. A partner who has agreed to it "
                                        "gets one from the menu of a payment."));
}

/* ---- reading and exporting */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  RungsInvoices *invoices = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  InvoiceList *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_get_data (G_OBJECT (form), "rungs-invoices");
  if (invoices != NULL)
    {
      rungs_invoices_free (self->invoices);
      self->invoices = invoices;
      show_rows (self);
    }
  else
    gtk_label_set_label (self->note, error->message);
  rungs_form_set_ready (form, invoices != NULL && invoices->invoices->len > 0);
}

static void
ask (InvoiceList *self)
{
  rungs_store_read_async (rungs_page_get_store (self->page), rungs_invoices_load, NULL, NULL,
                          (GDestroyNotify) rungs_invoices_free, self->cancellable, read_cb,
                          g_object_ref (self->form));
}

static void
file_changed_cb (RungsForm  *form,
                 GHashTable *tables,
                 RungsStore *store)
{
  if (rungs_store_change_touches (tables, "self_invoice"))
    ask (g_object_get_data (G_OBJECT (form), "rungs-invoices"));
}

static void
exported_cb (GtkWidget *widget)
{
  InvoiceList *self = g_object_get_data (G_OBJECT (widget), "rungs-invoices");

  rungs_page_notify (self->page, _ ("The list of invoices is saved"));
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
agreed_cb (RungsForm   *form,
           InvoiceList *self)
{
  if (self->invoices != NULL)
    rungs_csv_save (GTK_WIDGET (form), _ ("Save the List of Invoices"), "invoices.csv",
                    g_strdup (self->invoices->csv), exported_cb);
}

/* ---- the window */

static void
fill (InvoiceList *self)
{
  rungs_form_set_text (self->form, _ ("Invoices that you wrote in the name of partners, and those "
                                      "that took one back, the newest first."));
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _ ("Search by name or number"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search by name or number"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (show_rows), self);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Invoices"), -1);
  self->note = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_label_set_xalign (self->note, 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self->note), 12);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->search));
  rungs_form_add_widget (self->form, GTK_WIDGET (self->list));
  rungs_form_add_widget (self->form, GTK_WIDGET (self->note));
}

void
rungs_invoice_list_open (RungsPage *page)
{
  InvoiceList *self;
  GtkRoot *root;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  root = gtk_widget_get_root (GTK_WIDGET (page));
  self = g_new0 (InvoiceList, 1);
  self->page = g_object_ref (page);
  self->cancellable = g_cancellable_new ();
  self->form = rungs_form_new (GTK_WINDOW (root), _ ("Invoices"), _ ("_Export…"));
  gtk_window_set_default_size (GTK_WINDOW (self->form), WIDTH, HEIGHT);
  fill (self);
  rungs_form_set_first (self->form, GTK_WIDGET (self->search));
  g_object_set_data_full (G_OBJECT (self->form), "rungs-invoices", self,
                          (GDestroyNotify) invoice_list_free);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect_object (rungs_page_get_store (page), "changed", G_CALLBACK (file_changed_cb),
                           self->form, G_CONNECT_SWAPPED);
  rungs_form_set_ready (self->form, FALSE);
  ask (self);
  gtk_window_present (GTK_WINDOW (self->form));
}
