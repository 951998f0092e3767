/* rungs-invoice-form.c: writes the invoice of a payment, or all of a payout, after showing them.
 *
 * As an invoice is never changed, number and amounts of each that would be written are seen before;
 * then it is asked for where the papers go, and only then they are made, all or none, if they are
 * still what was seen. Those that are there already are written onto paper again. */

#include "rungs-invoice-form.h"

#include <glib/gi18n.h>

#include "compat/rungs-file-chooser.h"
#include "partners/rungs-paper.h"
#include "partners/rungs-self-invoice-store.h"
#include "rungs-billing-words.h"
#include "rungs-invoice-load.h"
#include "rungs-payee-load.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

/* So many rows are shown; the sum counts all. */
#define SHOWN 200

/* The form while it is open. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  gint64 payout;
  gint64 partner;  /* 0: all */
  RungsChoiceRow *format;
  AdwComboRow *which; /* of one that was taken back */
  GtkLabel *sum;
  GtkLabel *new_title;
  GtkListBox *new_list;
  GtkLabel *there_title;
  GtkListBox *there_list;
  GtkLabel *hindered_title;
  GtkListBox *hindered_list;
  GPtrArray *plans;          /* (owned) (nullable) what is seen */
  GCancellable *cancellable; /* (owned) (nullable): of what is being read */
} InvoiceForm;

static void
invoice_form_free (gpointer data)
{
  InvoiceForm *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_object_unref (self->page);
  g_free (self);
}

static InvoiceForm *
form_of (gpointer form)
{
  return g_object_get_data (form, "rungs-invoice");
}

static gboolean
is_pdf (InvoiceForm *self)
{
  return g_str_equal (rungs_choice_row_get_value (self->format), "pdf");
}

/* ---- what is seen */

static char *
dup_why_not (const RungsSelfInvoicePlan *plan)
{
  g_autofree char *lacks = rungs_self_billing_dup_lacks (plan->lacks);

  switch (plan->state)
    {
    case RUNGS_SELF_INVOICE_NOT_PAID:
      return g_strdup (_ ("The payment did not arrive"));
    case RUNGS_SELF_INVOICE_NOT_AGREED:
      return g_strdup (_ ("Has not agreed that you write the invoices"));
    case RUNGS_SELF_INVOICE_LACKS:
      return g_strdup_printf (_ ("Missing: %s"), lacks);
    case RUNGS_SELF_INVOICE_NEW:
    case RUNGS_SELF_INVOICE_THERE:
    default:
      return NULL;
    }
}

/* "SB-7 · VAT 19 % · 10.00 net, 1.90 VAT · taken back by SB-9" */
static char *
dup_facts (const RungsSelfInvoicePlan *plan)
{
  g_autofree char *number = rungs_self_invoice_dup_number (plan->number);
  g_autofree char *by = rungs_self_invoice_dup_number (plan->cancelled_by);
  g_autofree char *how = rungs_billing_dup_vat (&plan->billing);
  g_autofree char *net = rungs_display_money (rungs_money (plan->net, plan->currency));
  g_autofree char *vat = rungs_display_money (rungs_money (plan->vat, plan->currency));
  g_autoptr (GString) words = g_string_new (number);

  g_string_append_printf (words, " · %s", how);
  if (plan->billing.vat == RUNGS_VAT_RATE)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("%s net, %s VAT"), net, vat);
    }
  if (plan->cancelled_by != 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("taken back by %s"), by);
    }
  return g_strdup (words->str);
}

/* Where what is missing can be said. */
static void
partner_clicked_cb (GtkButton   *button,
                    InvoiceForm *self)
{
  g_autoptr (RungsPage) page = g_object_ref (self->page);
  g_autofree char *target = g_strdup (g_object_get_data (G_OBJECT (button), "target"));

  gtk_window_destroy (GTK_WINDOW (self->form));
  rungs_page_show_target (page, target);
}

static GtkWidget *
new_way (InvoiceForm                *self,
         const RungsSelfInvoicePlan *plan)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");
  char *target = g_strdup_printf ("partners:%" G_GINT64_FORMAT, plan->partner);
  g_autofree char *words = g_strdup_printf (_ ("Show %s"), plan->name);

  g_object_set_data_full (G_OBJECT (button), "target", target, g_free);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (partner_clicked_cb), self);
  return button;
}

static void
add_row (InvoiceForm                *self,
         GtkListBox                 *list,
         const RungsSelfInvoicePlan *plan)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *money = rungs_display_money (rungs_money (plan->paid, plan->currency));
  g_autofree char *why_not = dup_why_not (plan);
  g_autofree char *words = why_not != NULL ? g_strdup (why_not) : dup_facts (plan);
  GtkWidget *label = gtk_label_new (money);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), plan->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  if (plan->state == RUNGS_SELF_INVOICE_NOT_AGREED || plan->state == RUNGS_SELF_INVOICE_LACKS)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_way (self, plan));
  gtk_list_box_append (list, row);
}

static gboolean
is_hindered (const RungsSelfInvoicePlan *plan)
{
  return plan->state != RUNGS_SELF_INVOICE_NEW && plan->state != RUNGS_SELF_INVOICE_THERE;
}

/* Returns: how many there are. */
static guint
fill_list (InvoiceForm           *self,
           GtkLabel              *title,
           GtkListBox            *list,
           RungsSelfInvoiceState  state)
{
  GtkWidget *row;
  guint n = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  for (guint i = 0; self->plans != NULL && i < self->plans->len; i++)
    {
      const RungsSelfInvoicePlan *plan = self->plans->pdata[i];

      if ((plan->state == state || (is_hindered (plan) && state == RUNGS_SELF_INVOICE_LACKS))
          && n++ < SHOWN)
        add_row (self, list, plan);
    }
  gtk_widget_set_visible (GTK_WIDGET (title), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (list), n > 0);
  return n;
}

static char *
dup_sum (InvoiceForm *self)
{
  gint64 net, vat;
  guint n = rungs_self_invoice_plan_sum (self->plans, &net, &vat);
  const RungsSelfInvoicePlan *any = self->plans->pdata[0];
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *nets = rungs_display_money (rungs_money (net, any->currency));
  g_autofree char *vats = rungs_display_money (rungs_money (vat, any->currency));
  g_autofree char *total = rungs_display_money (rungs_money (net + vat, any->currency));

  return g_strdup_printf (ngettext ("%s invoice: %s net, %s VAT, %s in all",
                                    "%s invoices: %s net, %s VAT, %s in all", n),
                          number, nets, vats, total);
}

/* The one that takes it back, or the one that was. */
static void
show_which (InvoiceForm *self)
{
  const RungsSelfInvoicePlan *plan = self->plans->pdata[0];
  g_autofree char *number = rungs_self_invoice_dup_number (plan->number);
  g_autofree char *by = rungs_self_invoice_dup_number (plan->cancelled_by);
  const char *const labels[] = { by, number, NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);
  gboolean both = self->partner != 0 && plan->cancelled_by != 0;

  if (both)
    adw_combo_row_set_model (self->which, G_LIST_MODEL (list));
  gtk_widget_set_visible (GTK_WIDGET (self->which), both);
}

static void
show_plans (InvoiceForm *self)
{
  g_autofree char *sum = dup_sum (self);
  guint fresh = fill_list (self, self->new_title, self->new_list, RUNGS_SELF_INVOICE_NEW);
  guint there = fill_list (self, self->there_title, self->there_list, RUNGS_SELF_INVOICE_THERE);

  fill_list (self, self->hindered_title, self->hindered_list, RUNGS_SELF_INVOICE_LACKS);
  gtk_label_set_label (self->sum, fresh > 0 ? sum
                                  : there > 0
                                      ? _ ("All that can be written is; it goes onto paper again.")
                                      : _ ("Nothing can be written."));
  show_which (self);
  rungs_form_set_ready (self->form, fresh + there > 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *plans = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  InvoiceForm *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = form_of (form);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  self->plans = plans;
  if (plans != NULL)
    show_plans (self);
  else
    gtk_label_set_label (self->sum, error->message);
}

static void
ask (InvoiceForm *self)
{
  rungs_form_set_ready (self->form, FALSE);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (rungs_page_get_store (self->page), rungs_invoice_load_plan,
                          rungs_invoice_order_new (self->payout, self->partner, NULL),
                          (GDestroyNotify) rungs_invoice_order_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb,
                          g_object_ref (self->form));
}

/* ---- writing them */

/* What goes on after the form, or over it. */
typedef struct
{
  RungsForm *form;          /* (owned) */
  RungsPage *page;          /* (owned) */
  RungsInvoiceOrder *order; /* (owned) */
} Writing;

static void
writing_free (Writing *self)
{
  g_object_unref (self->form);
  g_object_unref (self->page);
  rungs_invoice_order_free (self->order);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static void
tell_failure (Writing      *self,
              const GError *error)
{
  gboolean open = gtk_widget_get_visible (GTK_WIDGET (self->form));

  rungs_payee_tell (open ? GTK_WIDGET (self->form) : GTK_WIDGET (self->page),
                    _ ("The Invoices Could Not Be Written"), error);
  if (open)
    ask (form_of (self->form));
}

static void
open_paper (Writing *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->order->path);
  g_autofree char *uri = g_file_get_uri (file);
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self->page));
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, NULL, NULL);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Writing) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *n = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *number = n != NULL ? rungs_display_number (*n) : NULL;
  g_autofree char *folder = g_path_get_basename (self->order->path);
  g_autofree char *words = NULL;

  if (n == NULL)
    {
      tell_failure (self, error);
      return;
    }
  words = self->order->number != 0
              ? g_strdup (_ ("The invoice is saved"))
              : g_strdup_printf (ngettext ("%s invoice is in the folder “%s”",
                                           "%s invoices are in the folder “%s”", *n),
                                 number, folder);
  rungs_page_notify (self->page, words);
  if (self->order->number != 0)
    open_paper (self);
  gtk_window_destroy (GTK_WINDOW (self->form));
}

static void
save_papers (Writing *self)
{
  rungs_store_read_async (rungs_page_get_store (self->page), rungs_invoice_save_papers,
                          self->order, NULL, g_free, NULL, saved_cb, self);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Writing) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *made = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (made == NULL)
    tell_failure (self, error);
  else
    save_papers (g_steal_pointer (&self));
}

static gboolean
is_any_new (GPtrArray *plans)
{
  gint64 net, vat;

  return rungs_self_invoice_plan_sum (plans, &net, &vat) > 0;
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Writing) self = data;
  g_autoptr (GError) error = NULL;

  if (!rungs_payee_key_finish (result, &self->order->key, &error))
    {
      tell_failure (self, error);
      return;
    }
  if (is_any_new (self->order->seen))
    {
      RungsInvoiceOrder *order = self->order;

      rungs_store_write_async (RUNGS_STORE (source), rungs_invoice_do_make, order, NULL, g_free,
                               NULL, made_cb, g_steal_pointer (&self));
    }
  else
    save_papers (g_steal_pointer (&self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Writing) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);
  RungsStore *store = rungs_page_get_store (self->page);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->form)))
    return;
  self->order->path = file != NULL ? g_file_get_path (file) : NULL;
  if (self->order->path == NULL)
    {
      rungs_form_set_ready (self->form, TRUE);
      return;
    }
  rungs_payee_key_async (store, TRUE, NULL, key_found_cb, g_steal_pointer (&self));
}

/* Of the one payment: what is chosen of it. */
static gint64
number_of (InvoiceForm *self)
{
  const RungsSelfInvoicePlan *plan = self->plans->pdata[0];

  return plan->cancelled_by != 0 && adw_combo_row_get_selected (self->which) == 0
             ? plan->cancelled_by
             : plan->number;
}

static void
agreed_cb (RungsForm   *form,
           InvoiceForm *self)
{
  Writing *writing = g_new0 (Writing, 1);
  GtkWindow *window = GTK_WINDOW (form);

  writing->form = g_object_ref (form);
  writing->page = g_object_ref (self->page);
  writing->order = rungs_invoice_order_new (self->payout, self->partner, self->plans);
  writing->order->pdf = is_pdf (self);
  rungs_form_set_ready (form, FALSE);
  if (self->partner == 0)
    rungs_file_chooser_folder_async (window, _ ("Folder for the Invoices"), NULL, chosen_cb,
                                     writing);
  else
    {
      const RungsSelfInvoicePlan *plan = self->plans->pdata[0];
      g_autofree char *number = rungs_self_invoice_dup_number (number_of (self));
      g_autofree char *name
          = rungs_paper_dup_file_name (number, plan->name, writing->order->pdf);

      writing->order->number = number_of (self);
      rungs_file_chooser_save_async (window, _ ("Save the Invoice"), name, NULL, chosen_cb,
                                     writing);
    }
}

/* ---- the form */

static GtkListBox *
add_list (InvoiceForm  *self,
          const char   *name,
          GtkLabel    **title)
{
  GtkWidget *list = gtk_list_box_new ();

  rungs_form_add_group (self->form, NULL);
  *title = GTK_LABEL (gtk_label_new (name));
  gtk_widget_add_css_class (GTK_WIDGET (*title), "heading");
  gtk_label_set_xalign (*title, 0);
  gtk_widget_set_margin_bottom (GTK_WIDGET (*title), 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  rungs_form_add_widget (self->form, GTK_WIDGET (*title));
  rungs_form_add_widget (self->form, list);
  gtk_widget_set_visible (GTK_WIDGET (*title), FALSE);
  gtk_widget_set_visible (list, FALSE);
  return GTK_LIST_BOX (list);
}

static void
fill (InvoiceForm *self)
{
  const char *const none[] = { NULL };

  rungs_form_set_text (self->form,
                       _ ("An invoice is never changed, and keeps its number for ever. Where the "
                          "payment fails or comes back, a further one takes it back."));
  self->format = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Format"), NULL);
  rungs_choice_row_add (self->format, "pdf", _ ("PDF"));
  rungs_choice_row_add (self->format, "page", _ ("Page (HTML)"));
  rungs_choice_row_set_value (self->format, "pdf");
  rungs_form_add_widget (self->form, GTK_WIDGET (self->format));
  self->which = rungs_form_add_choice (self->form, _ ("Which"), none);
  gtk_widget_set_visible (GTK_WIDGET (self->which), FALSE);
  rungs_form_add_group (self->form, NULL);
  self->sum = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->sum, 0);
  gtk_label_set_wrap (self->sum, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->sum), "heading");
  rungs_form_add_widget (self->form, GTK_WIDGET (self->sum));
  self->new_list = add_list (self, _ ("Will Be Written"), &self->new_title);
  self->hindered_list = add_list (self, _ ("Cannot Be Written"), &self->hindered_title);
  self->there_list = add_list (self, _ ("Are Written"), &self->there_title);
}

/* What is seen follows what is changed elsewhere. */
static void
file_changed_cb (RungsForm  *form,
                 GHashTable *tables,
                 RungsStore *store)
{
  if (gtk_widget_get_visible (GTK_WIDGET (form))
      && (rungs_store_change_touches (tables, "payment_detail")
          || rungs_store_change_touches (tables, "self_billing")
          || rungs_store_change_touches (tables, "business")
          || rungs_store_change_touches (tables, "payout_item")))
    ask (form_of (form));
}

void
rungs_invoice_form_open (RungsPage *page,
                         GtkWindow *parent,
                         gint64     payout,
                         gint64     partner)
{
  InvoiceForm *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self = g_new0 (InvoiceForm, 1);
  self->page = g_object_ref (page);
  self->payout = payout;
  self->partner = partner;
  self->form = rungs_form_new (parent, partner != 0 ? _ ("Invoice") : _ ("All Invoices"),
                               _ ("_Write…"));
  fill (self);
  gtk_window_set_default_size (GTK_WINDOW (self->form), 560, partner != 0 ? 460 : 620);
  g_object_set_data_full (G_OBJECT (self->form), "rungs-invoice", self, invoice_form_free);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect_object (rungs_page_get_store (page), "changed", G_CALLBACK (file_changed_cb),
                           self->form, G_CONNECT_SWAPPED);
  ask (self);
  gtk_window_present (GTK_WINDOW (self->form));
}
