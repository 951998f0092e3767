/* rungs-payout-form.c: makes a payout, after it was seen what it would be.
 *
 * Above stands what is asked for, below it who would be paid what, and who is left out and why. The
 * preview follows each change; the button can only be clicked while it shows what was asked for,
 * and what is made is what was seen, or nothing. */

#include "rungs-payout-form.h"

#include <glib/gi18n.h>

#include "leads/rungs-business-store.h"
#include "rungs-page-opening.h"
#include "rungs-payee-form.h"
#include "rungs-payee-words.h"
#include "rungs-payout-load.h"
#include "rungs-payout-ticks.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

/* The form while it is open. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  RungsChoiceRow *currency;
  RungsValueRow *from;
  RungsValueRow *until;
  RungsValueRow *minimum;
  AdwActionRow *payer;
  GtkLabel *sum;
  GtkLabel *unsaid;
  RungsPayoutTicks *paid;
  GtkLabel *left_out_title;
  RungsPayoutTicks *left_out;
  RungsPayoutPlan *plan;     /* (owned) (nullable): what is shown; NULL: it is not there yet */
  GCancellable *cancellable; /* (owned) (nullable): of the preview that is being read */
} Form;

static void
form_free (gpointer data)
{
  Form *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->plan, rungs_payout_plan_free);
  g_object_unref (self->page);
  g_free (self);
}

/* ---- who is ticked */

static gboolean
is_ticked (Form                  *self,
           const RungsPayoutLine *line)
{
  return rungs_payout_ticks_is_ticked (self->paid, line->item.partner);
}

static gint64
sum_of (Form  *self,
        guint *n)
{
  gint64 sum = 0;

  *n = 0;
  for (guint i = 0; i < self->plan->paid->len; i++)
    {
      const RungsPayoutLine *line = self->plan->paid->pdata[i];

      if (!is_ticked (self, line))
        continue;
      sum += line->amount;
      (*n)++;
    }
  return sum;
}

/* Returns: how many of them have not said how to be paid. */
static guint
count_unsaid (Form *self)
{
  guint n = 0;

  for (guint i = 0; i < self->plan->paid->len; i++)
    {
      const RungsPayoutLine *line = self->plan->paid->pdata[i];

      n += line->way == RUNGS_PAY_UNSAID && is_ticked (self, line);
    }
  return n;
}

/* In no file for the bank, PayPal or Wise is who has not said how to be paid. */
static void
show_unsaid (Form *self)
{
  guint n = count_unsaid (self);
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%s of them has not said how to be paid, and can be in no file "
                                   "for the bank: see Payout Details of the partner",
                                   "%s of them have not said how to be paid, and can be in no "
                                   "file for the bank: see Payout Details of the partners",
                                   n),
                         number);

  gtk_label_set_label (self->unsaid, words);
  gtk_widget_set_visible (GTK_WIDGET (self->unsaid), n > 0);
}

static void
show_sum (Form *self)
{
  guint n;
  gint64 sum = sum_of (self, &n);
  g_autofree char *money = rungs_display_money (rungs_money (sum, self->plan->currency));
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *words
      = n > 0 ? g_strdup_printf (ngettext ("%s partner is paid %s", "%s partners are paid %s", n),
                                 number, money)
              : g_strdup (_ ("Nobody is paid"));

  gtk_label_set_label (self->sum, words);
  show_unsaid (self);
  rungs_form_set_ready (self->form, n > 0);
}

/* ---- the preview */

/* Returns: (transfer full): what is set off, and by which way it is paid. */
static char *
paid_words (gconstpointer item,
            const char   *currency)
{
  const RungsPayoutLine *line = item;
  const char *way = rungs_payee_way_words (line->way);
  g_autofree char *approved = rungs_display_money (rungs_money (line->item.approved, currency));
  g_autofree char *set_off = rungs_display_money (rungs_money (line->item.set_off, currency));
  g_autofree char *less = NULL;

  if (line->item.set_off == 0)
    return g_strdup (way);
  less = g_strdup_printf (_ ("%s less %s that has to be given back"), approved, set_off);
  return g_strdup_printf ("%s · %s", way, less);
}

static char *
left_out_words (gconstpointer item,
                const char   *currency)
{
  switch (((const RungsPayoutLine *) item)->why)
    {
    case RUNGS_PAYOUT_TOO_LITTLE:
      return g_strdup (_ ("Less than the minimum: waits for the next payout"));
    case RUNGS_PAYOUT_GIVES_BACK:
      return g_strdup (_ ("Has to give back as much, or more"));
    case RUNGS_PAYOUT_LATER:
      return g_strdup (_ ("Of later orders"));
    case RUNGS_PAYOUT_OUTSIDE:
      return g_strdup (_ ("Of orders before or after these days"));
    case RUNGS_PAYOUT_HELD:
      return g_strdup (_ ("Held: may still be given back, or waits for approval"));
    case RUNGS_PAYOUT_IS_PAID:
    default:
      return NULL;
    }
}

static void
show_plan (Form *self)
{
  const RungsPayoutPlan *plan = self->plan;

  adw_action_row_set_subtitle (self->payer, plan->payer_there
                                                ? _ ("Your account is given")
                                                : _ ("Not given yet: files for the bank need it"));
  rungs_payout_ticks_show (self->paid, plan->paid, plan->currency, paid_words);
  rungs_payout_ticks_show (self->left_out, plan->left_out, plan->currency, left_out_words);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_title), plan->left_out->len > 0);
  show_sum (self);
}

/* Which of the days is wrong. */
static void
show_fault (Form             *self,
            RungsPayoutFault  fault)
{
  if (fault == RUNGS_PAYOUT_BAD_ORDER)
    rungs_value_row_mark (self->until, _ ("this is before the first day"));
  else
    rungs_value_row_mark (fault == RUNGS_PAYOUT_BAD_FROM ? self->from : self->until,
                          _ ("a day, such as 2026-11-30"));
}

static void
plan_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  RungsPayoutPlan *plan = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  Form *self = g_object_get_data (G_OBJECT (form), "rungs-payout");
  g_autoptr (RungsPayoutPlan) last = NULL;

  if (plan == NULL)
    {
      if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_label_set_label (self->sum, error->message);
      return;
    }
  if (self == NULL || plan->fault != RUNGS_PAYOUT_NO_FAULT)
    {
      if (self != NULL)
        show_fault (self, plan->fault);
      rungs_payout_plan_free (plan);
      return;
    }
  last = self->plan;
  self->plan = plan;
  show_plan (self);
}

/* Reads the minimum. */
static gboolean
take_minimum (Form            *self,
              RungsPayoutPlan *plan)
{
  g_autofree char *text = rungs_value_row_dup_text (self->minimum);
  RungsMoney money = { 0 };
  gboolean fits = *text == '\0'
                  || (rungs_money_parse (text, plan->currency, &money, NULL) && money.minor >= 0
                      && g_str_equal (money.currency, plan->currency));

  rungs_value_row_mark (self->minimum, fits ? NULL : _ ("an amount, such as 50"));
  plan->minimum = money.minor;
  return fits;
}

/* Something else is asked for: until it is seen what that would be, nothing can be made. */
static void
ask (Form *self)
{
  RungsPayoutPlan *plan = g_new0 (RungsPayoutPlan, 1);

  rungs_form_set_ready (self->form, FALSE);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rungs_value_row_mark (self->from, NULL);
  rungs_value_row_mark (self->until, NULL);
  plan->first_day = rungs_value_row_dup_text (self->from);
  plan->day = rungs_value_row_dup_text (self->until);
  g_strlcpy (plan->currency, rungs_choice_row_get_value (self->currency), sizeof plan->currency);
  if (!take_minimum (self, plan))
    {
      rungs_payout_plan_free (plan);
      return;
    }
  rungs_store_read_async (rungs_page_get_store (self->page), rungs_payout_load_plan, plan,
                          (GDestroyNotify) rungs_payout_plan_free,
                          (GDestroyNotify) rungs_payout_plan_free, self->cancellable,
                          plan_loaded_cb, g_object_ref (self->form));
}

/* ---- making it */

static void
agreed_cb (RungsForm *form,
           Form      *self)
{
  RungsPayoutOrder *order;
  guint n;

  if (self->plan == NULL)
    return;
  order = g_new0 (RungsPayoutOrder, 1);
  order->request = self->plan->request;
  order->request.partners = g_array_new (FALSE, FALSE, sizeof (gint64));
  order->amount = sum_of (self, &n);
  for (guint i = 0; i < self->plan->paid->len; i++)
    {
      const RungsPayoutLine *line = self->plan->paid->pdata[i];

      if (is_ticked (self, line))
        g_array_append_val (order->request.partners, line->item.partner);
    }
  rungs_form_save (form, rungs_page_get_store (self->page), rungs_payout_do_make, order,
                   (GDestroyNotify) rungs_payout_order_free, _ ("The Payout Could Not Be Made"),
                   NULL);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Form      *self)
{
  g_autofree char *target = g_strdup_printf ("payouts:%" G_GINT64_FORMAT, id);

  rungs_page_show_target (self->page, target);
  rungs_page_notify (self->page, _ ("The payout is made: pay, then say what became of it"));
}

/* ---- the form */

static RungsPayoutTicks *
add_list (Form       *self,
          const char *name,
          gboolean    tickable)
{
  GtkWidget *list = rungs_payout_ticks_new (name, tickable);

  gtk_widget_set_visible (list, FALSE);
  rungs_form_add_widget (self->form, list);
  return RUNGS_PAYOUT_TICKS (list);
}

static GtkLabel *
add_title (Form       *self,
           const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_bottom (label, 12);
  rungs_form_add_widget (self->form, label);
  return GTK_LABEL (label);
}

static void
account_clicked_cb (Form *self)
{
  rungs_payee_form_open_own (self->page, GTK_WINDOW (self->form));
}

static void
add_payer (Form *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Your _Account…"));

  self->payer = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->payer), _ ("Paid From"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (account_clicked_cb), self);
  adw_action_row_add_suffix (self->payer, button);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->payer));
}

static void
fill (Form       *self,
      const char *currency)
{
  rungs_form_set_text (self->form,
                       _ ("What may be paid, less what has to be given back. Rungs moves no money: "
                          "it writes down what you pay."));
  self->from = rungs_value_row_new (
      _ ("Orders From"), _ ("Empty: from the first; what is of earlier ones waits"), NULL, NULL);
  rungs_value_row_add_calendar (self->from, NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->from));
  self->until = rungs_value_row_new (_ ("Orders Until"), _ ("Empty: all up to now"), NULL, NULL);
  rungs_value_row_add_calendar (self->until, NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->until));
  self->minimum = rungs_value_row_new (
      _ ("Minimum"), _ ("Who would get less waits for the next payout"), NULL, NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->minimum));
  self->currency = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Currency"), NULL);
  rungs_choice_row_add_currencies (self->currency);
  rungs_choice_row_set_value (self->currency, currency);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->currency));
  add_payer (self);
  rungs_form_add_group (self->form, NULL);
  self->sum = add_title (self, "");
  self->unsaid = add_title (self, "");
  gtk_widget_remove_css_class (GTK_WIDGET (self->unsaid), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->unsaid), "warning");
  gtk_widget_set_visible (GTK_WIDGET (self->unsaid), FALSE);
  self->paid = add_list (self, _ ("Who is paid"), TRUE);
  g_signal_connect_swapped (self->paid, "ticked", G_CALLBACK (show_sum), self);
  rungs_form_add_group (self->form, NULL);
  self->left_out_title = add_title (self, _ ("Left Out"));
  self->left_out = add_list (self, _ ("Left Out"), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_title), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->form), 560, 620);
}

static void
file_changed_cb (RungsForm  *form,
                 GHashTable *tables,
                 RungsStore *store)
{
  if (gtk_widget_get_visible (GTK_WIDGET (form))
      && rungs_store_change_touches (tables, "payment_detail"))
    ask (g_object_get_data (G_OBJECT (form), "rungs-payout"));
}

/* What is read before the form opens. */
typedef struct
{
  GArray *partners;  /* (owned) (nullable) (in) (element-type gint64): only these are ticked */
  char currency[4];
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_clear_pointer (&facts->partners, g_array_unref);
  g_free (facts);
}

static void
open_form (RungsPage *page,
           GtkWindow *parent,
           gpointer   data)
{
  Facts *facts = data;
  Form *self = g_new0 (Form, 1);

  self->page = g_object_ref (page);
  self->form = rungs_form_new (parent, _ ("New Payout"), _ ("_Make Payout"));
  g_object_set_data_full (G_OBJECT (self->form), "rungs-payout", self, form_free);
  fill (self, facts->currency);
  if (facts->partners != NULL)
    rungs_payout_ticks_set_only (self->paid, facts->partners);
  facts_free (facts);
  g_signal_connect_swapped (self->from, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->until, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->minimum, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->currency, "notify::value", G_CALLBACK (ask), self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_signal_connect_object (rungs_page_get_store (page), "changed", G_CALLBACK (file_changed_cb),
                           self->form, G_CONNECT_SWAPPED);
  ask (self);
  gtk_window_present (GTK_WINDOW (self->form));
}

static gpointer
load_currency (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  Facts *facts = data;

  if (business == NULL)
    return NULL;
  g_strlcpy (facts->currency, business->currency, sizeof facts->currency);
  return facts;
}

void
rungs_payout_form_open (RungsPage *page)
{
  g_return_if_fail (RUNGS_IS_PAGE (page));

  rungs_page_open_with (page, load_currency, g_new0 (Facts, 1), facts_free, open_form);
}

void
rungs_payout_form_open_for (RungsPage *page,
                            GArray    *partners)
{
  Facts *facts = NULL;

  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  facts = g_new0 (Facts, 1);
  facts->partners = partners;
  rungs_page_open_with (page, load_currency, facts, facts_free, open_form);
}
