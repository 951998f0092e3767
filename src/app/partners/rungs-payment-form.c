/* rungs-payment-form.c: writes a payout as a file for the bank, PayPal, Wise or anybody.
 *
 * Above stands what is asked for, below it who would be in the file, and who cannot be and why. The
 * button can only be clicked while all that is shown can be paid so. */

#include "rungs-payment-form.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"
#include "rungs-payee-form.h"
#include "rungs-payee-load.h"
#include "rungs-payee-words.h"
#include "rungs-payment-load.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-file-save.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

/* So many rows are shown; the sum counts all. */
#define SHOWN 200

static const struct
{
  const char *words;
  const char *file; /* with the number of the payout */
  RungsPayWay way;  /* who is paid so is in it; UNSAID: by any */
} FORMATS[] = {
  [RUNGS_PAYMENT_SEPA] = { N_ ("SEPA (your bank)"), "payout-%s.xml", RUNGS_PAY_BANK },
  [RUNGS_PAYMENT_PAYPAL] = { N_ ("PayPal"), "payout-%s-paypal.csv", RUNGS_PAY_PAYPAL },
  [RUNGS_PAYMENT_WISE] = { N_ ("Wise"), "payout-%s-wise.csv", RUNGS_PAY_WISE },
  [RUNGS_PAYMENT_CSV] = { N_ ("A table (CSV)"), "payout-%s.csv", RUNGS_PAY_UNSAID },
};

/* The form while it is open. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  gint64 payout;
  RungsChoiceRow *format;
  RungsValueRow *day;
  AdwActionRow *payer;
  GtkWidget *others_row;
  GtkSwitch *others;
  GtkWidget *comma_row;
  GtkSwitch *comma;
  GtkLabel *sum;
  GtkLabel *hindered_title;
  GtkListBox *hindered;
  GtkLabel *paid_title;
  GtkListBox *paid;
  RungsSealKey *key;         /* (owned) (nullable): nothing is sealed in the file */
  GCancellable *cancellable; /* (owned) (nullable): of the preview that is being read */
} PaymentForm;

static void
payment_form_free (gpointer data)
{
  PaymentForm *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  rungs_seal_key_free (self->key);
  g_object_unref (self->page);
  g_free (self);
}

static PaymentForm *
form_of (GObject *form)
{
  return g_object_get_data (form, "rungs-payment");
}

/* ---- what is asked for */

static RungsPaymentFormat
format_of (PaymentForm *self)
{
  const char *value = rungs_choice_row_get_value (self->format);
  guint format = 0;

  while (!g_str_equal (rungs_payment_formats ()[format], value))
    format++;
  return format;
}

static RungsPaymentOrder *
order_new (PaymentForm *self)
{
  RungsPaymentFormat format = format_of (self);
  g_autofree char *day
      = format == RUNGS_PAYMENT_SEPA ? rungs_value_row_dup_text (self->day) : g_strdup ("");
  RungsPaymentRequest request = { .payout = self->payout,
                                  .format = format,
                                  .fitting = gtk_switch_get_active (self->others),
                                  .by_comma = gtk_switch_get_active (self->comma) };

  return rungs_payment_order_new (&request, day, self->key);
}

/* ---- the preview */

static void
empty (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
add_payment (GtkListBox         *list,
             const RungsPayment *payment,
             const char         *currency)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *money = rungs_display_money (rungs_money (payment->amount, currency));
  g_autofree char *words = payment->hindrance != NULL ? g_strdup (payment->hindrance)
                                                      : rungs_payee_dup_short (payment->payee);
  GtkWidget *label = gtk_label_new (money);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), payment->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (list, row);
}

/* Returns: how many there are. */
static guint
fill_list (GtkLabel               *title,
           GtkListBox             *list,
           const RungsPaymentFile *file,
           gboolean                hindered)
{
  guint n = 0;

  empty (list);
  for (guint i = 0; file != NULL && i < file->payments->len; i++)
    {
      const RungsPayment *payment = file->payments->pdata[i];

      if ((payment->hindrance != NULL) == hindered && n++ < SHOWN)
        add_payment (list, payment, file->currency);
    }
  gtk_widget_set_visible (GTK_WIDGET (title), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (list), n > 0);
  return n;
}

/* "2026-11-23" as days are written elsewhere. */
static char *
day_words (const char *day)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *noon = g_strconcat (day, "T12:00:00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (noon, utc);

  return rungs_display_day (g_date_time_to_unix (time) * 1000);
}

static char *
sum_words (PaymentForm            *self,
           const RungsPaymentFile *file)
{
  guint n = file->payments->len;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *money = rungs_display_money (rungs_money (file->amount, file->currency));
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, ngettext ("%s payment, %s", "%s payments, %s", n), number, money);
  if (format_of (self) == RUNGS_PAYMENT_SEPA)
    {
      g_autofree char *day = day_words (file->on);

      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("the bank pays on %s"), day);
    }
  if (file->left_out > 0)
    {
      g_autofree char *others = rungs_display_number (file->left_out);

      g_string_append (words, " · ");
      g_string_append_printf (words,
                              ngettext ("%s is paid in another way", "%s are paid in another way",
                                        file->left_out),
                              others);
    }
  return g_strdup (words->str);
}

static void
show_payer (PaymentForm            *self,
            const RungsPaymentFile *file)
{
  g_autofree char *account = rungs_payee_dup_masked (file->payer, RUNGS_PAYEE_IBAN);
  g_autofree char *words
      = *account != '\0' ? g_strdup_printf ("%s · %s", account, file->name)
                         : g_strdup (_ ("Not given yet: the bank has to know"));

  adw_action_row_set_subtitle (self->payer, words);
}

static gboolean
payer_is_there (PaymentForm            *self,
                const RungsPaymentFile *file)
{
  return format_of (self) != RUNGS_PAYMENT_SEPA
         || *rungs_payee_get (file->payer, RUNGS_PAYEE_IBAN) != '\0';
}

static void
show_file (PaymentForm            *self,
           const RungsPaymentFile *file)
{
  guint hindered = fill_list (self->hindered_title, self->hindered, file, TRUE);
  g_autofree char *number = rungs_display_number (hindered);
  g_autofree char *fault = g_strdup_printf (ngettext ("%s partner cannot be in this file",
                                                      "%s partners cannot be in this file",
                                                      hindered),
                                            number);
  g_autofree char *sum = sum_words (self, file);

  fill_list (self->paid_title, self->paid, file, FALSE);
  show_payer (self, file);
  gtk_label_set_label (self->hindered_title, fault);
  gtk_label_set_label (self->sum, sum);
  gtk_widget_set_visible (GTK_WIDGET (self->sum), hindered == 0);
  rungs_form_set_ready (self->form, hindered == 0 && payer_is_there (self, file));
}

/* What is asked for cannot be at all. */
static void
show_fault (PaymentForm  *self,
            const GError *error)
{
  g_autofree char *words = rungs_payee_is_lost (error) ? g_strdup (error->message)
                                                       : rungs_error_words (error);

  fill_list (self->hindered_title, self->hindered, NULL, TRUE);
  fill_list (self->paid_title, self->paid, NULL, FALSE);
  gtk_label_set_label (self->sum, words);
  gtk_widget_set_visible (GTK_WIDGET (self->sum), TRUE);
}

static void
previewed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPaymentFile) file
      = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  PaymentForm *self = form_of (G_OBJECT (form));

  if (file != NULL)
    show_file (self, file);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_fault (self, error);
}

/* Something else is asked for: until it is seen what that would be, nothing can be written. */
static void
ask (PaymentForm *self)
{
  RungsPaymentFormat format = format_of (self);

  gtk_widget_set_visible (GTK_WIDGET (self->day), format == RUNGS_PAYMENT_SEPA);
  gtk_widget_set_visible (GTK_WIDGET (self->payer), format == RUNGS_PAYMENT_SEPA);
  gtk_widget_set_visible (self->others_row, FORMATS[format].way != RUNGS_PAY_UNSAID);
  gtk_widget_set_visible (self->comma_row, format == RUNGS_PAYMENT_PAYPAL);
  rungs_form_set_ready (self->form, FALSE);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (rungs_page_get_store (self->page), rungs_payment_load_preview,
                          order_new (self), (GDestroyNotify) rungs_payment_order_free,
                          (GDestroyNotify) rungs_payment_file_free, self->cancellable,
                          previewed_cb, g_object_ref (self->form));
}

/* ---- details that are given meanwhile */

static void
key_found_again_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  PaymentForm *self = form_of (G_OBJECT (form));
  RungsSealKey *key;

  if (!rungs_payee_key_finish (result, &key, &error))
    {
      show_fault (self, error);
      return;
    }
  rungs_seal_key_free (self->key);
  self->key = key;
  ask (self);
}

static void
file_changed_cb (RungsForm  *form,
                 GHashTable *tables,
                 RungsStore *store)
{
  if (gtk_widget_get_visible (GTK_WIDGET (form))
      && (rungs_store_change_touches (tables, "payment_detail")
          || rungs_store_change_touches (tables, "payout_item")))
    rungs_payee_key_async (store, FALSE, NULL, key_found_again_cb, g_object_ref (form));
}

static void
account_clicked_cb (PaymentForm *self)
{
  rungs_payee_form_open_own (self->page, GTK_WINDOW (self->form));
}

/* ---- writing it */

static void
written_cb (GtkWidget *widget)
{
  PaymentForm *self = form_of (G_OBJECT (widget));
  GtkWidget *page = GTK_WIDGET (self->page);

  rungs_question_tell (page, _ ("The Payment File Is Written"),
                       _ ("It holds account numbers in plain text, and only you can read it. "
                          "Delete it when it was uploaded, and say then what became of the "
                          "payments."),
                       NULL);
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPaymentFile) file
      = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  PaymentForm *self = form_of (G_OBJECT (form));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->payout);
  g_auto (GStrv) parts = g_strsplit (FORMATS[format_of (self)].file, "%s", 2);
  g_autofree char *name = g_strjoinv (number, parts);

  if (!gtk_widget_get_visible (GTK_WIDGET (form)))
    return;
  rungs_form_set_ready (form, file != NULL);
  if (file == NULL)
    rungs_payee_tell (GTK_WIDGET (form), _ ("The Payment File Could Not Be Made"), error);
  else
    rungs_file_save (GTK_WIDGET (form),
                     &(RungsFileSave){
                         .title = _ ("Save the Payment File"),
                         .proposed = name,
                         .text = g_steal_pointer (&file->text),
                         .flags = G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                         .failed = _ ("The Payment File Could Not Be Written"),
                         .done = written_cb,
                     });
}

static void
agreed_cb (RungsForm   *form,
           PaymentForm *self)
{
  rungs_form_set_ready (form, FALSE);
  rungs_store_read_async (rungs_page_get_store (self->page), rungs_payment_load_file,
                          order_new (self), (GDestroyNotify) rungs_payment_order_free,
                          (GDestroyNotify) rungs_payment_file_free, NULL, made_cb,
                          g_object_ref (form));
}

/* ---- the form */

/* By which most of those who wait are paid. */
static RungsPaymentFormat
likely_format (const RungsPayoutDetails *details)
{
  guint counts[G_N_ELEMENTS (FORMATS)] = { 0 };
  RungsPaymentFormat best = RUNGS_PAYMENT_SEPA;

  for (guint i = 0; i < details->lines->len; i++)
    {
      const RungsPayoutLine *line = details->lines->pdata[i];

      for (guint format = 0; format < G_N_ELEMENTS (FORMATS); format++)
        if (line->item.state == RUNGS_PAYOUT_PAYABLE && line->way == FORMATS[format].way
            && line->way != RUNGS_PAY_UNSAID)
          counts[format]++;
    }
  for (guint format = 0; format < G_N_ELEMENTS (FORMATS); format++)
    if (counts[format] > counts[best])
      best = format;
  return best;
}

static GtkSwitch *
add_switch (PaymentForm  *self,
            const char   *title,
            const char   *subtitle,
            GtkWidget   **row)
{
  GtkWidget *toggle = gtk_switch_new ();

  *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (*row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (*row), subtitle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (*row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (*row), toggle);
  rungs_form_add_widget (self->form, *row);
  g_signal_connect_swapped (toggle, "notify::active", G_CALLBACK (ask), self);
  return GTK_SWITCH (toggle);
}

static void
add_payer (PaymentForm *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Your _Account…"));

  self->payer = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->payer), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->payer), _ ("Paid From"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (account_clicked_cb), self);
  adw_action_row_add_suffix (self->payer, button);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->payer));
}

static GtkListBox *
add_list (PaymentForm  *self,
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
  return GTK_LIST_BOX (list);
}

static void
fill (PaymentForm        *self,
      RungsPaymentFormat  chosen)
{
  rungs_form_set_text (self->form,
                       _ ("For who waits for a payment of this payout. The file moves no money: "
                          "upload it where you pay, and say then what became of the payments."));
  self->format = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Format"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    rungs_choice_row_add (self->format, rungs_payment_formats ()[i], _ (FORMATS[i].words));
  rungs_choice_row_set_value (self->format, rungs_payment_formats ()[chosen]);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->format));
  self->day = rungs_value_row_new (_ ("To Be Paid On"),
                                   _ ("Empty: today, or the next day on which banks pay"), NULL,
                                   NULL);
  rungs_value_row_add_calendar (self->day, NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->day));
  add_payer (self);
  self->others = add_switch (self, _ ("Leave Out Others"), _ ("Who is paid in another way"),
                             &self->others_row);
  self->comma = add_switch (self, _ ("Decimal Comma"),
                            _ ("Where your account writes 5,45 and not 5.45"), &self->comma_row);
  rungs_form_add_group (self->form, NULL);
  self->sum = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->sum, 0);
  gtk_label_set_wrap (self->sum, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->sum), "heading");
  rungs_form_add_widget (self->form, GTK_WIDGET (self->sum));
  self->hindered = add_list (self, _ ("Cannot Be in the File"), &self->hindered_title);
  self->paid = add_list (self, _ ("In the File"), &self->paid_title);
}

typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 payout;
  RungsPaymentFormat format;
} Opening;

/* Takes the key. */
static void
show (const Opening *opening,
      GtkWindow     *parent,
      RungsSealKey  *key)
{
  PaymentForm *self = g_new0 (PaymentForm, 1);
  RungsStore *store = rungs_page_get_store (opening->page);

  self->page = g_object_ref (opening->page);
  self->payout = opening->payout;
  self->key = key;
  self->form = rungs_form_new (parent, _ ("Payment File"), _ ("_Save File…"));
  fill (self, opening->format);
  gtk_window_set_default_size (GTK_WINDOW (self->form), 560, 620);
  g_object_set_data_full (G_OBJECT (self->form), "rungs-payment", self, payment_form_free);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect_swapped (self->format, "notify::value", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->day, "changed", G_CALLBACK (ask), self);
  g_signal_connect_object (store, "changed", G_CALLBACK (file_changed_cb), self->form,
                           G_CONNECT_SWAPPED);
  ask (self);
  gtk_window_present (GTK_WINDOW (self->form));
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autofree Opening *opening = data;
  g_autoptr (RungsPage) page = opening->page;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  RungsSealKey *key = NULL;
  gboolean found = rungs_payee_key_finish (result, &key, &error);

  if (found && root != NULL)
    show (opening, GTK_WINDOW (root), key);
  else if (found)
    rungs_seal_key_free (key);
  else if (root != NULL)
    rungs_payee_tell (GTK_WIDGET (page), _ ("The Details Cannot Be Read"), error);
}

void
rungs_payment_form_open (RungsPage                *page,
                         const RungsPayoutDetails *details)
{
  Opening *opening;

  g_return_if_fail (RUNGS_IS_PAGE (page) && details != NULL);

  opening = g_new0 (Opening, 1);
  opening->page = g_object_ref (page);
  opening->payout = details->row->payout->id;
  opening->format = likely_format (details);
  rungs_payee_key_async (rungs_page_get_store (page), FALSE, NULL, key_found_cb, opening);
}
