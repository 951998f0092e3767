/* rungs-award-form.c: gives a partner a bonus, and takes back what it earned without a sale. */

#include "rungs-award-form.h"

#include <glib/gi18n.h>

#include "rungs-award-rows.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 partner;  /* who gets a bonus; 0: one is taken back … */
  gint64 award;    /* … this one */
  char currency[4];
  RungsForm *form;       /* (unowned): holds this */
  RungsValueRow *amount; /* (nullable): of a bonus */
  AdwEntryRow *why;
  AdwActionRow *booked;  /* (nullable): what it will be, of a bonus */
} Form;

static void
form_free (gpointer data)
{
  Form *self = data;

  g_object_unref (self->page);
  g_free (self);
}

/* ---- storing */

typedef struct
{
  gint64 partner;
  gint64 award;
  RungsMoney amount;
  char *why; /* (owned) */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_free (self->why);
  g_free (self);
}

/* On the store's writing thread. */
static gpointer
store_change (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Change *change = data;
  gint64 now = rungs_display_now (), id = change->award;

  if (change->partner == 0)
    return rungs_award_take_back (db, id, change->why, now, error) ? g_memdup2 (&id, sizeof id)
                                                                   : NULL;
  id = rungs_award_add_bonus (db, change->partner, change->amount, change->why, now, error);
  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Form      *self)
{
  rungs_page_notify (self->page, self->partner != 0
                                     ? _ ("The bonus may be paid by the next payout")
                                     : _ ("It was taken back; the ledger keeps both"));
}

static gboolean
read_amount (Form       *self,
             RungsMoney *amount)
{
  g_autofree char *text = NULL;

  if (self->amount == NULL)
    return TRUE;
  text = rungs_value_row_dup_text (self->amount);
  return rungs_money_parse (text, self->currency, amount, NULL) && amount->minor > 0;
}

static void
agreed_cb (RungsForm *form,
           Form      *self)
{
  Change *change = g_new0 (Change, 1);
  gboolean has_amount = read_amount (self, &change->amount);

  change->partner = self->partner;
  change->award = self->award;
  change->why = rungs_form_dup_entry (self->why);
  if (self->amount != NULL)
    rungs_value_row_mark (self->amount, has_amount ? NULL : _ ("an amount, such as 50"));
  rungs_error_mark_row (self->why, *change->why != '\0' ? NULL : _ ("this is needed"));
  if (!has_amount || *change->why == '\0')
    {
      change_free (change);
      return;
    }
  rungs_form_save (form, rungs_page_get_store (self->page), store_change, change, change_free,
                   _ ("It Could Not Be Booked"), self->why);
}

/* ---- the forms */

static void
show_booked (Form *self)
{
  RungsMoney amount = { 0 };
  g_autofree char *money = NULL;
  g_autofree char *words = NULL;

  if (read_amount (self, &amount))
    {
      money = rungs_display_money (amount);
      words = g_strdup_printf (_ ("%s: from expense to what may be paid, at once"), money);
    }
  adw_action_row_set_subtitle (self->booked, words != NULL ? words : _ ("Nothing yet"));
}

static Form *
form_new (RungsPage  *page,
          const char *title,
          const char *agree)
{
  Form *self = g_new0 (Form, 1);

  self->page = g_object_ref (page);
  self->form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), title, agree);
  return self;
}

static void
open_form (Form *self)
{
  rungs_form_open (self->form, self, form_free, G_CALLBACK (agreed_cb), G_CALLBACK (saved_cb));
}

void
rungs_award_form_open_bonus (RungsPage                 *page,
                             const RungsPartnerDetails *details)
{
  const RungsPartner *partner = details->row->partner;
  Form *self = form_new (page, _ ("Give Bonus"), _ ("_Give"));
  g_autofree char *text = g_strdup_printf (
      _ ("%s earns it without a sale. The ledger keeps it for ever; it can only be taken back."),
      partner->name);

  self->partner = partner->id;
  g_strlcpy (self->currency, details->bonus_currency, sizeof self->currency);
  rungs_form_set_text (self->form, text);
  self->why = rungs_form_add_entry (self->form, _ ("What For"), "");
  self->amount = rungs_value_row_new (_ ("Amount"), NULL, NULL, NULL);
  rungs_value_row_set_width (self->amount, 12);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->amount));
  self->booked = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->booked), _ ("Will Be Booked"));
  adw_action_row_set_subtitle_lines (self->booked, 0);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->booked));
  show_booked (self);
  g_signal_connect_swapped (self->amount, "changed", G_CALLBACK (show_booked), self);
  open_form (self);
}

void
rungs_award_form_open_take (RungsPage               *page,
                            const RungsPartnerAward *award)
{
  gboolean is_lead = award->award->kind == RUNGS_AWARD_LEAD;
  Form *self = form_new (page, is_lead ? _ ("Reject the Lead") : _ ("Take the Bonus Back"),
                         is_lead ? _ ("_Reject") : _ ("_Take Back"));
  g_autofree char *what = rungs_award_rows_words (award);
  g_autofree char *text = g_strdup_printf (
      award->award->paid > 0
          ? _ ("%s. It is in a payout: it will be carried over, and set off against what comes.")
          : _ ("%s. It will be taken back whole, by an entry of its own."),
      what);

  self->award = award->award->id;
  rungs_form_set_text (self->form, text);
  self->why = rungs_form_add_entry (self->form, _ ("Why"), "");
  open_form (self);
}
