/* rungs-billing-form.c: asks since when you write the invoices of a partner, and with which VAT.
 *
 * What fits the countries is suggested, and why is said; who opens the form for the first time
 * finds it chosen. What an invoice would lack is told for the VAT that is chosen. */

#include "rungs-billing-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "rungs-billing-load.h"
#include "rungs-billing-words.h"
#include "rungs-page-opening.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

/* The form while it is open. */
typedef struct
{
  RungsForm *form;       /* (unowned): holds this */
  RungsPage *page;       /* (owned) */
  RungsBilling *billing; /* (owned) as it was */
  RungsValueRow *day;
  RungsChoiceRow *vat;
  RungsValueRow *rate;
  GtkWidget *take; /* (nullable): nothing is suggested */
  AdwActionRow *missing;
} BillingForm;

static void
billing_form_free (gpointer data)
{
  BillingForm *self = data;

  g_object_unref (self->page);
  rungs_billing_free (self->billing);
  g_free (self);
}

/* ---- what is in it */

static RungsVatCase
vat_of (BillingForm *self)
{
  RungsVatCase vat = RUNGS_VAT_NONE;

  rungs_vat_case_from_text (rungs_choice_row_get_value (self->vat), &vat);
  return vat;
}

static gboolean
read_rate (BillingForm *self,
           gint64      *rate)
{
  g_autofree char *text = rungs_value_row_dup_text (self->rate);

  *rate = 0;
  return vat_of (self) != RUNGS_VAT_RATE
         || (rungs_rate_parse (text, rate, NULL) && *rate > 0 && *rate <= 10000);
}

static gboolean
read_day (BillingForm *self,
          char        *day,
          gsize        size)
{
  g_autofree char *text = rungs_value_row_dup_text (self->day);
  gint64 at;

  g_strlcpy (day, text, size);
  return strlen (text) == 10 && rungs_time_parse (text, NULL, &at, NULL);
}

static void
show_vat (BillingForm *self)
{
  RungsVatCase vat = vat_of (self);
  guint lacks = self->billing->lacks[vat];
  g_autofree char *words = rungs_self_billing_dup_lacks (lacks);
  gint64 rate;
  gboolean same = read_rate (self, &rate) && vat == self->billing->suggested.vat
                  && rate == self->billing->suggested.rate;

  gtk_widget_set_visible (GTK_WIDGET (self->rate), vat == RUNGS_VAT_RATE);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), lacks != 0);
  adw_action_row_set_subtitle (self->missing, words);
  if (self->take != NULL)
    gtk_widget_set_sensitive (self->take, !same);
}

static void
set_vat (BillingForm            *self,
         const RungsSelfBilling *billing)
{
  g_autofree char *rate = billing->rate > 0 ? rungs_rate_format (billing->rate) : g_strdup ("");

  rungs_value_row_set_text (self->rate, rate);
  rungs_choice_row_set_value (self->vat, rungs_vat_cases ()[billing->vat]);
  show_vat (self);
}

static void
take_clicked_cb (BillingForm *self)
{
  set_vat (self, &self->billing->suggested);
}

/* ---- storing it */

static gboolean
check (BillingForm      *self,
       RungsSelfBilling *billing)
{
  gboolean day = read_day (self, billing->agreed_on, sizeof billing->agreed_on);
  gboolean rate = read_rate (self, &billing->rate);

  billing->vat = vat_of (self);
  rungs_value_row_mark (self->day, day ? NULL : _ ("A day is written as 2026-03-02"));
  rungs_value_row_mark (self->rate, rate ? NULL : _ ("A rate such as 19 %"));
  if (!day || !rate)
    gtk_widget_grab_focus (GTK_WIDGET (day ? self->rate : self->day));
  return day && rate;
}

static void
agreed_cb (RungsForm   *form,
           BillingForm *self)
{
  RungsBillingChange change = { .partner = self->billing->partner };

  if (check (self, &change.billing))
    rungs_form_save (form, rungs_page_get_store (self->page), rungs_billing_store,
                     g_memdup2 (&change, sizeof change), g_free,
                     _ ("This Could Not Be Saved"), NULL);
}

static void
saved_cb (RungsForm   *form,
          gint64       id,
          BillingForm *self)
{
  RungsBillingChange before = { self->billing->partner, self->billing->billing };

  rungs_page_offer_undo (self->page, _ ("You write the invoices of this partner"),
                         &(RungsPageWork){ .func = rungs_billing_store,
                                           .data = g_memdup2 (&before, sizeof before),
                                           .data_free = g_free,
                                           .result_free = g_free,
                                           .done = _ ("Undone"),
                                           .failed = _ ("This Could Not Be Undone") });
}

/* ---- the form */

static void
add_suggestion (BillingForm *self)
{
  const RungsBilling *billing = self->billing;
  g_autofree char *vat = rungs_billing_dup_vat (&billing->suggested);
  g_autofree char *why = rungs_billing_dup_why (billing);
  g_autofree char *title = billing->known ? g_strdup_printf (_ ("Suggested: %s"), vat)
                                          : g_strdup (_ ("Nothing can be suggested"));
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle (row, why);
  adw_action_row_set_subtitle_lines (row, 0);
  if (billing->known)
    {
      self->take = gtk_button_new_with_mnemonic (_ ("_Take It"));
      gtk_widget_set_valign (self->take, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (self->take, "clicked", G_CALLBACK (take_clicked_cb), self);
      adw_action_row_add_suffix (row, self->take);
    }
  rungs_form_add_widget (self->form, GTK_WIDGET (row));
}

static void
add_fields (BillingForm *self)
{
  self->day = rungs_value_row_new (_ ("Agreed on"), _ ("From that day on they can be written"),
                                   NULL, NULL);
  rungs_value_row_set_width (self->day, 10);
  rungs_value_row_add_calendar (self->day, NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->day));
  self->vat = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("VAT"), NULL);
  for (guint vat = 0; vat < RUNGS_VAT_N_CASES; vat++)
    rungs_choice_row_add (self->vat, rungs_vat_cases ()[vat], rungs_vat_case_words (vat));
  rungs_form_add_widget (self->form, GTK_WIDGET (self->vat));
  self->rate = rungs_value_row_new (_ ("Rate"), _ ("Contained in what is paid"), "19 %", NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->rate));
}

static void
add_missing (BillingForm *self)
{
  self->missing = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->missing), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->missing),
                                 _ ("An invoice would lack"));
  adw_action_row_set_subtitle_lines (self->missing, 0);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->missing));
}

static void
fill (BillingForm *self)
{
  const RungsBilling *billing = self->billing;
  gboolean is_new = *billing->billing.agreed_on == '\0';

  rungs_value_row_set_text (self->day, is_new ? billing->today : billing->billing.agreed_on);
  set_vat (self, is_new && billing->known ? &billing->suggested : &billing->billing);
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  BillingForm *self = g_new0 (BillingForm, 1);
  g_autofree char *title = NULL;

  self->page = g_object_ref (page);
  self->billing = facts;
  title = g_strdup_printf (_ ("Invoices of %s"), self->billing->name);
  self->form = rungs_form_new (parent, title, _ ("_Save"));
  rungs_form_set_text (self->form,
                       _ ("Where a partner has agreed to it, you write the invoice of what it is "
                          "paid (self-billing). You decide which VAT is on it; what is suggested "
                          "is no tax advice."));
  add_fields (self);
  add_suggestion (self);
  add_missing (self);
  fill (self);
  g_signal_connect_swapped (self->vat, "notify::value", G_CALLBACK (show_vat), self);
  g_signal_connect_swapped (self->rate, "changed", G_CALLBACK (show_vat), self);
  for (guint i = 0; i < 2; i++)
    g_signal_connect_object (i == 0 ? self->day : self->rate, "agreed",
                             G_CALLBACK (rungs_form_agree), self->form, G_CONNECT_SWAPPED);
  rungs_form_set_first (self->form, GTK_WIDGET (self->day));
  gtk_window_set_default_size (GTK_WINDOW (self->form), 520, -1);
  rungs_form_open (self->form, self, billing_form_free, G_CALLBACK (agreed_cb),
                   G_CALLBACK (saved_cb));
}

/* What is read before the form opens is read into what was asked for. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  RungsBilling *asked = data;
  g_autoptr (RungsBilling) read = rungs_billing_read (db, asked->partner, error);

  if (read == NULL)
    return NULL;
  *asked = *read;
  read->name = NULL;
  read->theirs = NULL;
  return asked;
}

void
rungs_billing_form_open (RungsPage *page,
                         gint64     partner)
{
  RungsBilling *asked;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  asked = g_new0 (RungsBilling, 1);
  asked->partner = partner;
  rungs_page_open_with (page, load, asked, (GDestroyNotify) rungs_billing_free, show);
}
