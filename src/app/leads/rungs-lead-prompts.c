/* rungs-lead-prompts.c: the small forms of one lead: a consent, money back. */

#include "rungs-lead-prompts.h"

#include <glib/gi18n.h>

#include "rungs-lead-work.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

/* An open form about one lead. */
typedef struct
{
  RungsStore *store; /* (owned) */
  gint64 lead;
  gint64 order;      /* of a refund */
  RungsMoney left;
  AdwEntryRow *amount;
  AdwEntryRow *entry;
} Prompt;

static void
prompt_gone_cb (gpointer  data,
                GObject  *form)
{
  Prompt *self = data;

  g_object_unref (self->store);
  g_free (self);
}

static Prompt *
prompt_new (RungsForm  *form,
            RungsStore *store,
            gint64      lead,
            GCallback   agreed)
{
  Prompt *self = g_new0 (Prompt, 1);

  self->store = g_object_ref (store);
  self->lead = lead;
  g_object_weak_ref (G_OBJECT (form), prompt_gone_cb, self);
  g_signal_connect (form, "agreed", agreed, self);
  return self;
}

static RungsForm *
form_over (GtkWidget  *parent,
           const char *title,
           const char *agree)
{
  return rungs_form_new (GTK_WINDOW (gtk_widget_get_root (parent)), title, agree);
}

static void
save (RungsForm      *form,
      Prompt         *self,
      RungsStoreFunc  func,
      RungsLeadWork  *work,
      const char     *failure,
      AdwEntryRow    *field)
{
  rungs_form_save (form, self->store, func, work, (GDestroyNotify) rungs_lead_work_free, failure,
                   field);
}

/* ---- consent */

static void
consent_agreed_cb (RungsForm *form,
                   Prompt    *self)
{
  g_autofree char *words = rungs_form_dup_entry (self->entry);

  rungs_error_mark_row (self->entry, *words ? NULL : _ ("Write down what was agreed to"));
  if (*words != '\0')
    save (form, self, rungs_lead_work_consent, rungs_lead_work_new_for_one (self->lead, 0, words),
          _ ("The Consent Could Not Be Stored"), self->entry);
}

void
rungs_lead_prompt_consent (GtkWidget  *parent,
                           RungsStore *store,
                           gint64      lead)
{
  RungsForm *form = form_over (parent, _ ("Agreed to Marketing"), _ ("_Store"));
  Prompt *self = prompt_new (form, store, lead, G_CALLBACK (consent_agreed_cb));

  rungs_form_set_text (
    form, _ ("Only if this person said yes. Write down to which words, and where: that is"
             " your proof."));
  self->entry = rungs_form_add_entry (form, _ ("What was agreed to, and where"), NULL);
  gtk_window_present (GTK_WINDOW (form));
}

static void
withdrawal_agreed_cb (RungsForm *form,
                      Prompt    *self)
{
  g_autofree char *words = rungs_form_dup_entry (self->entry);

  save (form, self, rungs_lead_work_withdraw,
        rungs_lead_work_new_for_one (self->lead, 0, *words ? words : "by hand"),
        _ ("It Could Not Be Stored"), self->entry);
}

void
rungs_lead_prompt_withdrawal (GtkWidget  *parent,
                              RungsStore *store,
                              gint64      lead)
{
  RungsForm *form = form_over (parent, _ ("No More Marketing"), _ ("_Store"));
  Prompt *self = prompt_new (form, store, lead, G_CALLBACK (withdrawal_agreed_cb));

  rungs_form_set_text (
    form, _ ("No more marketing messages are sent to this person, from this moment on."));
  self->entry = rungs_form_add_entry (form, _ ("Where the person said so"), NULL);
  gtk_window_present (GTK_WINDOW (form));
}

/* ---- money back */

static void
refund_agreed_cb (RungsForm *form,
                  Prompt    *self)
{
  g_autofree char *amount = rungs_form_dup_entry (self->amount);
  g_autofree char *reason = rungs_form_dup_entry (self->entry);
  RungsMoney money = self->left;
  gboolean good = rungs_money_parse (amount, self->left.currency, &money, NULL)
                  && g_str_equal (money.currency, self->left.currency) && money.minor > 0;
  RungsLeadWork *work;

  if (!good)
    rungs_error_mark_row (self->amount, _ ("Write an amount such as 49.00"));
  else if (money.minor > self->left.minor)
    rungs_error_mark_row (self->amount, _ ("This is more than was paid"));
  else
    {
      rungs_error_mark_row (self->amount, NULL);
      work = rungs_lead_work_new_for_one (self->lead, self->order, reason);
      work->amount = money.minor;
      save (form, self, rungs_lead_work_refund, work, _ ("The Refund Could Not Be Stored"),
            self->amount);
    }
}

void
rungs_lead_prompt_refund (GtkWidget        *parent,
                          RungsStore       *store,
                          const RungsOrder *order)
{
  RungsForm *form = form_over (parent, _ ("Give Money Back"), _ ("_Store"));
  Prompt *self = prompt_new (form, store, order->lead, G_CALLBACK (refund_agreed_cb));
  RungsMoney total = rungs_order_total (order);
  RungsMoney refunded = rungs_order_refunded (order);
  g_autofree char *left = NULL;
  g_autofree char *title = NULL;

  self->order = order->id;
  self->left = rungs_money (total.minor - refunded.minor, total.currency);
  left = rungs_money_format_amount (self->left);
  title = g_strdup_printf (_ ("Amount in %s"), total.currency);
  rungs_form_set_text (form,
                       _ ("This only writes down that the money went back; pay it back where it was"
                          " paid. What is refunded whole is owned no more."));
  self->amount = rungs_form_add_entry (form, title, left);
  self->entry = rungs_form_add_entry (form, _ ("Why"), NULL);
  gtk_window_present (GTK_WINDOW (form));
}
