/* rungs-credit-form.c: the form that credits an order to a partner by hand.
 *
 * Whom is chosen from a list; what would be booked is worked out by the core, which books it and
 * takes it out again in one transaction. Until that is seen, nothing can be done. */

#include "rungs-credit-form.h"

#include <glib/gi18n.h>

#include "partners/rungs-partner-store.h"
#include "rungs-credit-load.h"
#include "rungs-page-opening.h"
#include "rungs-partner-words.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

#define NOBODY "0"

typedef struct
{
  RungsForm *form; /* owns this */
  RungsPage *page; /* (owned) */
  RungsCreditFacts *facts; /* (owned) (nullable): NULL once the offer to undo has them */

  RungsChoiceRow *partner;
  GtkLabel *sum;
  GtkListBox *entries;

  GCancellable *cancellable; /* (owned) (nullable): of what is being worked out */
} Form;

static void
form_free (gpointer data)
{
  Form *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->page);
  g_clear_pointer (&self->facts, rungs_credit_facts_free);
  g_free (self);
}

static RungsCreditWish *
wish_of (Form *self)
{
  RungsCreditWish *wish = g_new0 (RungsCreditWish, 1);

  wish->order = self->facts->id;
  wish->partner = g_ascii_strtoll (rungs_choice_row_get_value (self->partner), NULL, 10);
  return wish;
}

/* ---- what comes of it */

static const char *
name_of (Form   *self,
         gint64  partner)
{
  for (guint i = 0; i < self->facts->partners->len; i++)
    {
      const RungsPartner *one = self->facts->partners->pdata[i];

      if (one->id == partner)
        return one->name;
    }
  return "";
}

static void
add_posting (Form                   *self,
             const RungsLedgerEntry *entry,
             const RungsPosting     *posting)
{
  gint64 put = rungs_partner_amount (posting->state, posting->amount);
  g_autofree char *amount = rungs_display_money (rungs_money (ABS (put), entry->currency));
  g_autofree char *words = g_strdup_printf ("%s %s", put < 0 ? "−" : "+", amount);
  g_autofree char *why = rungs_partner_entry_why (entry);
  g_autofree char *subtitle
      = g_strdup_printf ("%s · %s%s%s", rungs_partner_entry_words (entry->kind),
                         rungs_partner_state_words (posting->state), *why != '\0' ? "\n" : "", why);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (words);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name_of (self, posting->partner));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->entries, row);
}

/* What partners have by it: what it costs says the same a second time. */
static void
show_entries (Form      *self,
              GPtrArray *entries)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->entries))) != NULL)
    gtk_list_box_remove (self->entries, row);
  for (guint i = 0; i < entries->len; i++)
    {
      const RungsLedgerEntry *entry = entries->pdata[i];

      for (guint k = 0; k < entry->postings->len; k++)
        {
          const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, k);

          if (posting->state != RUNGS_LEDGER_EXPENSE)
            add_posting (self, entry, posting);
        }
    }
  gtk_label_set_label (self->sum, _ ("Nothing is booked"));
  gtk_widget_set_visible (GTK_WIDGET (self->sum), entries->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->entries), entries->len > 0);
}

static void
preview_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  Form *self = g_object_get_data (G_OBJECT (form), "rungs-form-data");

  if (self == NULL || self->facts == NULL)
    return;
  if (entries != NULL)
    {
      show_entries (self, entries);
      rungs_form_set_ready (form, TRUE);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (GTK_WIDGET (form), _ ("The Order Cannot Be Credited"), error);
}

static void
ask (Form *self)
{
  rungs_form_set_ready (self->form, FALSE);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rungs_store_write_async (rungs_page_get_store (self->page), rungs_credit_load_preview,
                           wish_of (self), g_free, (GDestroyNotify) g_ptr_array_unref,
                           self->cancellable, preview_loaded_cb, g_object_ref (self->form));
}

/* ---- doing it */

static void
agreed_cb (RungsForm *form,
           Form      *self)
{
  rungs_form_save (form, rungs_page_get_store (self->page), rungs_credit_do, wish_of (self), g_free,
                   _ ("The Order Could Not Be Credited"), NULL);
}

static void
saved_cb (RungsForm *form,
          gint64     order,
          Form      *self)
{
  const char *value = rungs_choice_row_get_value (self->partner);
  gint64 partner = g_ascii_strtoll (value, NULL, 10);
  g_autofree char *done = partner != 0 ? g_strdup_printf (_ ("The order is credited to %s"),
                                                          name_of (self, partner))
                                       : g_strdup (_ ("The order is credited to nobody"));
  const RungsPageWork undo = { .func = rungs_credit_undo,
                               .data = g_steal_pointer (&self->facts),
                               .data_free = rungs_credit_facts_free,
                               .failed = _ ("It Could Not Be Undone") };

  rungs_page_offer_undo (self->page, done, &undo);
}

/* ---- the form */

static void
add_partners (Form *self)
{
  const RungsReferral *referral = self->facts->referral;
  g_autofree char *chosen
      = g_strdup_printf ("%" G_GINT64_FORMAT, referral != NULL ? referral->partner : 0);

  self->partner = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Credit To"), NULL);
  rungs_choice_row_add (self->partner, NOBODY, _ ("Nobody"));
  for (guint i = 0; i < self->facts->partners->len; i++)
    {
      const RungsPartner *partner = self->facts->partners->pdata[i];
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, partner->id);

      rungs_choice_row_add (self->partner, value, partner->name);
    }
  rungs_choice_row_set_value (self->partner, chosen);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->partner));
}

static void
add_preview (Form *self)
{
  GtkWidget *sum = gtk_label_new (NULL);
  GtkWidget *list = gtk_list_box_new ();

  rungs_form_add_group (self->form, _ ("What Comes of It in the Ledger"));
  gtk_label_set_xalign (GTK_LABEL (sum), 0);
  gtk_label_set_wrap (GTK_LABEL (sum), TRUE);
  self->sum = GTK_LABEL (sum);
  rungs_form_add_widget (self->form, sum);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_visible (list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What Comes of It in the Ledger"), -1);
  self->entries = GTK_LIST_BOX (list);
  rungs_form_add_widget (self->form, list);
}

static char *
about (const RungsOrderRow *order)
{
  g_autofree char *day = rungs_display_day (order->at);
  g_autofree char *total = rungs_display_money (order->total);

  return g_strdup_printf ("%s · %s · %s · %s", order->lead_name, day, order->products, total);
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  Form *self = g_new0 (Form, 1);
  g_autofree char *text = NULL;

  self->page = g_object_ref (page);
  self->facts = facts;
  text = about (self->facts->order);
  self->form = rungs_form_new (parent, _ ("Credit an Order"), _ ("_Credit"));
  rungs_form_set_text (self->form, text);
  add_partners (self);
  add_preview (self);
  g_signal_connect_swapped (self->partner, "notify::value", G_CALLBACK (ask), self);
  gtk_window_set_default_size (GTK_WINDOW (self->form), 520, 480);
  ask (self);
  rungs_form_open (self->form, self, form_free, G_CALLBACK (agreed_cb), G_CALLBACK (saved_cb));
}

void
rungs_credit_form_open (RungsPage *page,
                        gint64     order)
{
  RungsCreditFacts *facts = g_new0 (RungsCreditFacts, 1);

  g_return_if_fail (RUNGS_IS_PAGE (page));

  facts->id = order;
  rungs_page_open_with (page, rungs_credit_load_facts, facts, rungs_credit_facts_free, show);
}
