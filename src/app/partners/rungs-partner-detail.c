/* rungs-partner-detail.c: all that is known of one partner: what is owed, by which ways leads come,
 * what was sold and why it is the partner's, and what the book says. */

#include "rungs-partner-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ladder/rungs-ladder-words.h"
#include "leads/rungs-lead-timeline.h"
#include "mail/rungs-language-names.h"
#include "rungs-award-rows.h"
#include "rungs-billing-row.h"
#include "rungs-partner-documents.h"
#include "rungs-partner-flags.h"
#include "rungs-partner-page-row.h"
#include "rungs-partner-sales.h"
#include "rungs-partner-words.h"
#include "rungs-payee-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"

struct _RungsPartnerDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *name;
  GtkLabel *status;
  RungsPartnerFlags *flags;
  GtkWidget *facts;
  RungsPayeeRow *payee;
  RungsBillingRow *billing;
  RungsPartnerPageRow *page_row;
  GtkWidget *owed_title;
  GtkWidget *owed;
  GtkWidget *talk_section;
  GtkWidget *talk;
  GtkWidget *no_talk;
  GtkWidget *touches_section;
  GtkLabel *n_touches;
  GtkListBox *touches;
  GtkWidget *sales_title;
  GtkListBox *sales;
  GtkWidget *awards_title;
  GtkListBox *awards;
  RungsPartnerDocuments *documents;
  GtkWidget *words_title;
  GtkListBox *words;
  GtkWidget *entries_title;
  GtkListBox *entries;
  GtkWidget *payouts_title;
  GtkListBox *payouts;
};

G_DEFINE_FINAL_TYPE (RungsPartnerDetail, rungs_partner_detail, GTK_TYPE_WIDGET)

enum
{
  FACT_KIND,
  FACT_PROGRAMME,
  FACT_RECRUITER,
  FACT_RECRUITS,
  FACT_LEAD,
  FACT_SOURCE,
  FACT_LINK,
  FACT_COUPONS,
  FACT_EMAIL,
  FACT_PHONE,
  FACT_COUNTRY,
  FACT_LANGUAGE,
  FACT_CURRENCY,
  FACT_MANAGER,
  FACT_NOTE,
};

static void
rungs_partner_detail_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_PARTNER_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_partner_detail_parent_class)->dispose (object);
}

static void
rungs_partner_detail_class_init (RungsPartnerDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_partner_detail_dispose;
  g_type_ensure (RUNGS_TYPE_BILLING_ROW);
  g_type_ensure (RUNGS_TYPE_PARTNER_DOCUMENTS);
  g_type_ensure (RUNGS_TYPE_PARTNER_FLAGS);
  g_type_ensure (RUNGS_TYPE_PARTNER_PAGE_ROW);
  g_type_ensure (RUNGS_TYPE_PAYEE_ROW);
  g_type_ensure (RUNGS_TYPE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/partners/rungs-partner-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, name);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, status);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, flags);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, payee);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, billing);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, page_row);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, owed_title);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, owed);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, talk_section);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, talk);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, no_talk);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, touches_section);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, n_touches);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, touches);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, sales_title);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, sales);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, awards_title);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, awards);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, documents);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, words_title);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, words);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, entries_title);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, entries);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, payouts_title);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnerDetail, payouts);
}

static void
rungs_partner_detail_init (RungsPartnerDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- facts */

static void
show_facts (RungsPartnerDetail        *self,
            const RungsPartnerDetails *details)
{
  const RungsPartner *partner = details->row->partner;
  const char *language = rungs_language_name (partner->language);
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_KIND, _ ("Kind"),
                   g_strdup (rungs_partner_kind_words (partner->kind)));
  rungs_facts_add (facts, FACT_PROGRAMME, _ ("Programme"),
                   g_strdup (*details->row->programme != '\0' ? details->row->programme
                                                              : _ ("None: earns nothing yet")));
  rungs_facts_add (facts, FACT_RECRUITER, _ ("Recruited by"), g_strdup (details->recruiter));
  rungs_facts_add (facts, FACT_RECRUITS, _ ("Recruited"), g_strjoinv (", ", details->recruits));
  rungs_facts_add (facts, FACT_LEAD, _ ("Lead"),
                   details->lead != NULL ? rungs_lead_dup_name (details->lead) : NULL);
  rungs_facts_add (facts, FACT_SOURCE, _ ("Source"), g_strdup (details->source));
  rungs_facts_add (facts, FACT_LINK, _ ("Link"), g_strdup (details->link));
  rungs_facts_add (facts, FACT_COUPONS, _ ("Coupons"), g_strjoinv (", ", details->coupons));
  rungs_facts_add (facts, FACT_EMAIL, _ ("E-mail"), g_strdup (partner->email));
  rungs_facts_add (facts, FACT_PHONE, _ ("Telephone"), g_strdup (partner->phone));
  rungs_facts_add (facts, FACT_COUNTRY, _ ("Country"), g_strdup (partner->country));
  rungs_facts_add (facts, FACT_LANGUAGE, _ ("Language"),
                   g_strdup (language != NULL ? language : partner->language));
  rungs_facts_add (facts, FACT_CURRENCY, _ ("Currency"),
                   g_strdup (*partner->currency != '\0' ? partner->currency : _ ("As sold")));
  rungs_facts_add (facts, FACT_MANAGER, _ ("Looked after by"), g_strdup (partner->manager));
  rungs_facts_add (facts, FACT_NOTE, _ ("Note"), g_strdup (partner->note));
  rungs_facts_show (self->facts, facts);
}

static void
show_owed (RungsPartnerDetail        *self,
           const RungsPartnerDetails *details)
{
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  for (guint i = RUNGS_LEDGER_HELD; i < RUNGS_LEDGER_N_STATES; i++)
    rungs_facts_add (facts, i, rungs_partner_state_words (i),
                     rungs_partner_balance_words (details->row->balances, i));
  gtk_widget_set_visible (self->owed_title, facts->len > 0);
  rungs_facts_show (self->owed, facts);
}

/* ---- lists */

static void
empty (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
show_list (GtkWidget  *title,
           GtkListBox *list,
           guint       n)
{
  gtk_widget_set_visible (title, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (list), n > 0);
}

static void
add_row (GtkListBox *list,
         const char *title,
         const char *subtitle,
         const char *amount)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (amount);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (list, row);
}

/* ---- who was written to, and who came */

static void
show_talk (RungsPartnerDetail        *self,
           const RungsPartnerDetails *details)
{
  gtk_widget_set_visible (self->talk_section, details->talk != NULL);
  if (details->talk == NULL)
    return;
  rungs_lead_timeline_show_rows (self->talk, details->talk->rows);
  gtk_widget_set_visible (self->talk, details->talk->rows->len > 0);
  gtk_widget_set_visible (self->no_talk, details->talk->rows->len == 0);
}

static void
show_touches (RungsPartnerDetail        *self,
              const RungsPartnerDetails *details)
{
  g_autofree char *number = rungs_display_number (details->n_touches);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%s arrival", "%s arrivals", details->n_touches), number);

  empty (self->touches);
  gtk_label_set_label (self->n_touches, words);
  for (guint i = 0; i < details->touches->len; i++)
    {
      const RungsPartnerTouch *touch = details->touches->pdata[i];
      g_autofree char *day = rungs_display_moment (touch->touch->at, rungs_display_now ());
      g_autofree char *below
          = g_strdup_printf ("%s%s%s", day, *touch->touch->detail != '\0' ? " · " : "",
                             touch->touch->detail);

      add_row (self->touches, touch->lead, below, rungs_ladder_words_path (touch->touch->path));
    }
  gtk_widget_set_visible (self->touches_section, details->touches->len > 0);
}

/* ---- what was said of it */

static void
show_words (RungsPartnerDetail        *self,
            const RungsPartnerDetails *details)
{
  empty (self->words);
  for (guint i = 0; i < details->words->len; i++)
    {
      const RungsPartnerWord *word = details->words->pdata[i];
      g_autofree char *when = rungs_display_moment (word->said_at, rungs_display_now ());
      g_autofree char *below
          = g_strdup_printf ("%s%s%s", when, *word->why != '\0' ? " · " : "", word->why);

      add_row (self->words, rungs_partner_status_words (word->status), below, NULL);
    }
  show_list (self->words_title, self->words, details->words->len);
}

/* ---- the book, and what was paid */

/* What moves in the partner's accounts by an entry. */
static gint64
amount_of (const RungsLedgerEntry *entry,
           gint64                  partner)
{
  gint64 amount = 0;

  for (guint i = 0; i < entry->postings->len; i++)
    {
      const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, i);

      if (posting->partner == partner && posting->amount > 0)
        amount += posting->amount;
    }
  return amount;
}

static void
show_entries (RungsPartnerDetail        *self,
              const RungsPartnerDetails *details)
{
  empty (self->entries);
  for (guint i = 0; i < details->entries->len; i++)
    {
      const RungsLedgerEntry *entry = details->entries->pdata[i];
      g_autofree char *why = rungs_partner_entry_why (entry);
      g_autofree char *day = rungs_display_day (entry->at);
      g_autofree char *words = g_strdup_printf ("%s%s%s", day, *why != '\0' ? " · " : "", why);
      gint64 amount = amount_of (entry, details->row->partner->id);
      g_autofree char *money = rungs_display_money (rungs_money (amount, entry->currency));

      add_row (self->entries, rungs_partner_entry_words (entry->kind), words, money);
    }
  show_list (self->entries_title, self->entries, details->entries->len);
}

static void
show_payouts (RungsPartnerDetail        *self,
              const RungsPartnerDetails *details)
{
  empty (self->payouts);
  for (guint i = 0; i < details->payouts->len; i++)
    {
      const RungsPartnerPayout *payout = &g_array_index (details->payouts, RungsPartnerPayout, i);
      gint64 minor = payout->item.approved - payout->item.set_off;
      g_autofree char *money = rungs_display_money (rungs_money (minor, payout->currency));
      g_autofree char *day = rungs_display_day (payout->made_at);
      g_autofree char *number = rungs_display_number (payout->item.payout);
      g_autofree char *title = g_strdup_printf (_ ("Payout %s"), number);
      g_autofree char *words
          = g_strdup_printf ("%s · %s", day, rungs_partner_payment_words (payout->item.state));

      add_row (self->payouts, title, words, money);
    }
  show_list (self->payouts_title, self->payouts, details->payouts->len);
}

void
rungs_partner_detail_show (RungsPartnerDetail        *self,
                           const RungsPartnerDetails *details)
{
  const RungsPartner *partner = details->row->partner;

  g_return_if_fail (RUNGS_IS_PARTNER_DETAIL (self));

  gtk_label_set_label (self->name, partner->name);
  gtk_label_set_label (self->status, rungs_partner_status_words (partner->status));
  gtk_widget_set_visible (GTK_WIDGET (self->status), partner->status != RUNGS_PARTNER_ACTIVE);
  show_facts (self, details);
  rungs_payee_row_set (self->payee, partner, details->payee_there);
  rungs_billing_row_set (self->billing, details->billing);
  rungs_partner_page_row_set (self->page_row, partner, details->page);
  show_owed (self, details);
  rungs_partner_flags_show (self->flags, details->flags);
  show_talk (self, details);
  show_touches (self, details);
  rungs_partner_sales_show (self->sales, details);
  show_list (self->sales_title, self->sales, details->sales->len);
  rungs_award_rows_show (self->awards, details);
  show_list (self->awards_title, self->awards, details->awards->len);
  rungs_partner_documents_show (self->documents, partner->id, details->documents);
  show_words (self, details);
  show_entries (self, details);
  show_payouts (self, details);
}
