/* rungs-ledger-detail.c: an entry of the book, and why it is there. */

#include "rungs-ledger-detail.h"

#include <glib/gi18n.h>

#include "base/rungs-rate.h"
#include "rungs-partner-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"

struct _RungsLedgerDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *title;
  GtkLabel *amount;
  GtkLabel *moves;
  GtkWidget *why;
  GtkWidget *accounts;
  GtkWidget *proof;
};

G_DEFINE_FINAL_TYPE (RungsLedgerDetail, rungs_ledger_detail, GTK_TYPE_WIDGET)

enum
{
  FACT_PARTNER,
  FACT_WORDS,
  FACT_ORDER,
  FACT_PRODUCTS,
  FACT_BUYER,
  FACT_BASE,
  FACT_RATE,
  FACT_EXCHANGE,
  FACT_TERMS,
  FACT_TOUCH,
  FACT_PAYOUT,
  FACT_REVERSES,
  FACT_AT,
  FACT_BOOKED,
  FACT_HASH,
};

static void
rungs_ledger_detail_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_LEDGER_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_ledger_detail_parent_class)->dispose (object);
}

static void
rungs_ledger_detail_class_init (RungsLedgerDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_ledger_detail_dispose;
  g_type_ensure (RUNGS_TYPE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/partners/rungs-ledger-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerDetail, title);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerDetail, amount);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerDetail, moves);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerDetail, why);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerDetail, accounts);
  gtk_widget_class_bind_template_child (widget_class, RungsLedgerDetail, proof);
}

static void
rungs_ledger_detail_init (RungsLedgerDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- why */

static char *
number_or_null (gint64 number)
{
  return number != 0 ? rungs_display_number (number) : NULL;
}

static char *
terms_words (const RungsLedgerDetails *details)
{
  g_autofree char *day = NULL;

  if (details->programme == NULL)
    return NULL;
  if (details->terms_from <= 0)
    return g_strdup (details->programme);
  day = rungs_display_day (details->terms_from);
  return g_strdup_printf (_ ("%s, since %s"), details->programme, day);
}

static char *
order_words (const RungsLedgerDetails *details)
{
  gint64 id = details->row->entry->order;
  g_autofree char *number = number_or_null (id);
  g_autofree char *day = details->order != NULL ? rungs_display_day (details->order->at) : NULL;

  if (id == 0)
    return NULL;
  return day != NULL ? g_strdup_printf ("%s · %s", number, day)
                     : g_strdup_printf (_ ("%s, which is gone"), number);
}

/* "1 USD = 0.92 EUR, since 20 Nov". */
static char *
exchange_words (const RungsLedgerEntry *entry)
{
  g_autofree char *statement = NULL;
  g_autofree char *day = NULL;

  if (entry->exchange.rate == 0)
    return NULL;
  statement = rungs_exchange_rate_dup_statement (&entry->exchange);
  day = rungs_display_calendar_day (entry->exchange.day);
  /* Translators: a rate of two currencies, and its day: "1 USD = 0.92 EUR, of 20 November 2026" */
  return g_strdup_printf (_ ("%s, of %s"), statement, day);
}

static void
show_why (RungsLedgerDetail        *self,
          const RungsLedgerDetails *details)
{
  const RungsLedgerEntry *entry = details->row->entry;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_PARTNER, _ ("Partner"), g_strdup (details->row->partner));
  rungs_facts_add (facts, FACT_WORDS, _ ("Why"), rungs_partner_entry_why (entry));
  rungs_facts_add (facts, FACT_ORDER, _ ("Order"), order_words (details));
  if (details->order != NULL)
    {
      rungs_facts_add (facts, FACT_PRODUCTS, _ ("Products"), g_strdup (details->order->products));
      rungs_facts_add (facts, FACT_BUYER, _ ("Lead"), g_strdup (details->order->lead_name));
    }
  rungs_facts_add (facts, FACT_BASE, _ ("Base"),
                   entry->base != RUNGS_LEDGER_NO_BASE
                       ? rungs_display_money (rungs_money (
                             entry->base, rungs_ledger_entry_get_base_currency (entry)))
                       : NULL);
  rungs_facts_add (facts, FACT_RATE, _ ("Rate"),
                   entry->rate != RUNGS_LEDGER_NO_RATE ? rungs_rate_format (entry->rate) : NULL);
  rungs_facts_add (facts, FACT_EXCHANGE, _ ("Rate of exchange"), exchange_words (entry));
  rungs_facts_add (facts, FACT_TERMS, _ ("Terms"), terms_words (details));
  rungs_facts_add (facts, FACT_TOUCH, _ ("Touch"), number_or_null (entry->touch));
  rungs_facts_add (facts, FACT_PAYOUT, _ ("Payout"), number_or_null (entry->payout));
  rungs_facts_add (facts, FACT_REVERSES, _ ("Takes back entry"), number_or_null (entry->reverses));
  rungs_facts_show (self->why, facts);
}

/* ---- what it moves, and that it is what it was */

static void
show_accounts (RungsLedgerDetail        *self,
               const RungsLedgerDetails *details)
{
  const RungsLedgerEntry *entry = details->row->entry;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  for (guint i = 0; i < entry->postings->len; i++)
    {
      const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, i);
      gint64 put = rungs_partner_amount (posting->state, posting->amount);
      gint64 sum = rungs_partner_amount (posting->state, posting->balance);
      g_autofree char *amount
          = rungs_display_money (rungs_money (ABS (put), entry->currency));
      g_autofree char *balance = rungs_display_money (rungs_money (sum, entry->currency));

      /* Translators: an amount, and what an account comes to: "+ €12.00, then €50.00" */
      rungs_facts_add (facts, i, rungs_partner_state_words (posting->state),
                       g_strdup_printf (_ ("%s %s, then %s"), put < 0 ? "−" : "+", amount,
                                        balance));
    }
  rungs_facts_show (self->accounts, facts);
}

static char *
hash_words (const guint8 *hash)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < RUNGS_LEDGER_HASH_BYTES; i++)
    g_string_append_printf (words, i % 4 == 3 ? "%02x " : "%02x", hash[i]);
  return g_strchomp (g_string_free (words, FALSE));
}

static void
show_proof (RungsLedgerDetail        *self,
            const RungsLedgerDetails *details)
{
  const RungsLedgerEntry *entry = details->row->entry;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_AT, _ ("Happened"), rungs_display_time (entry->at));
  rungs_facts_add (facts, FACT_BOOKED, _ ("Booked"), rungs_display_time (entry->booked_at));
  rungs_facts_add (facts, FACT_HASH, _ ("Hash"), hash_words (entry->hash));
  rungs_facts_show (self->proof, facts);
}

void
rungs_ledger_detail_show (RungsLedgerDetail        *self,
                          const RungsLedgerDetails *details)
{
  const RungsLedgerRow *row = details->row;
  g_autofree char *number = rungs_display_number (row->entry->id);
  g_autofree char *title
      = g_strdup_printf ("%s · %s", number, rungs_partner_entry_words (row->entry->kind));
  g_autofree char *moves = g_strdup_printf ("%s → %s", rungs_partner_state_words (row->from),
                                            rungs_partner_state_words (row->into));
  g_autofree char *amount
      = rungs_display_money (rungs_money (row->amount, row->entry->currency));

  g_return_if_fail (RUNGS_IS_LEDGER_DETAIL (self));

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->amount, amount);
  gtk_label_set_label (self->moves, moves);
  show_why (self, details);
  show_accounts (self, details);
  show_proof (self, details);
}
