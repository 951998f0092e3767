/* rungs-payout-detail.c: a payout, and what became of each payment in it. */

#include "rungs-payout-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "partners/rungs-self-invoice-store.h"
#include "rungs-partner-words.h"
#include "rungs-payee-words.h"
#include "rungs-payout-rows.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-row-menu.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-wrap-box.h"

/* So many rows are shown; what else there is, the search finds. */
#define SHOWN 100

struct _RungsPayoutDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *title;
  GtkLabel *amount;
  GtkWidget *facts;
  GtkSearchEntry *search;
  GtkListBox *lines;
  GtkLabel *more;

  RungsPayoutDetails *details; /* (unowned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsPayoutDetail, rungs_payout_detail, GTK_TYPE_WIDGET)

enum
{
  FACT_STATE,
  FACT_MADE,
  FACT_FROM,
  FACT_UNTIL,
  FACT_PARTNERS,
};

/* ---- the payments */

static GMenu *
menu_of (const RungsPayoutLine *line)
{
  GMenu *menu = g_menu_new ();

  if (line->item.state == RUNGS_PAYOUT_PAYABLE)
    {
      rungs_row_menu_append (menu, _ ("Mark as _Paid…"), "payouts.paid", line->item.partner);
      rungs_row_menu_append (menu, _ ("Mark as _Failed…"), "payouts.failed", line->item.partner);
    }
  else if (line->item.state == RUNGS_PAYOUT_PAID)
    rungs_row_menu_append (menu, _ ("Mark as _Come Back…"), "payouts.returned",
                           line->item.partner);
  rungs_row_menu_append (menu, _ ("Statement as P_DF…"), "payouts.statement-pdf",
                         line->item.partner);
  rungs_row_menu_append (menu, _ ("Statement as Pa_ge…"), "payouts.statement-page",
                         line->item.partner);
  rungs_row_menu_append (menu, _ ("_Invoice…"), "payouts.invoice", line->item.partner);
  rungs_row_menu_append (menu, _ ("Show the P_artner"), "payouts.partner", line->item.partner);
  return menu;
}

static void
add_invoice (GString               *words,
             const RungsPayoutLine *line)
{
  g_autofree char *number = rungs_self_invoice_dup_number (line->invoice);
  g_autofree char *by = rungs_self_invoice_dup_number (line->cancelled_by);

  if (line->invoice == 0)
    return;
  g_string_append (words, " · ");
  if (line->cancelled_by != 0)
    g_string_append_printf (words, _ ("invoice %s, taken back by %s"), number, by);
  else
    g_string_append_printf (words, _ ("invoice %s"), number);
}

static char *
words_of (const RungsPayoutLine *line,
          const char            *currency)
{
  g_autoptr (GString) words = g_string_new (rungs_partner_payment_words (line->item.state));

  if (line->item.ended_at != 0)
    {
      g_autofree char *day = rungs_display_day (line->item.ended_at);

      g_string_append_printf (words, " · %s", day);
    }
  if (line->item.state == RUNGS_PAYOUT_PAYABLE)
    g_string_append_printf (words, " · %s", rungs_payee_way_words (line->way));
  if (line->item.set_off != 0)
    {
      g_autofree char *approved = rungs_display_money (rungs_money (line->item.approved, currency));
      g_autofree char *set_off = rungs_display_money (rungs_money (line->item.set_off, currency));

      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("%s less %s that had to be given back"), approved, set_off);
    }
  add_invoice (words, line);
  return g_strdup (words->str);
}

static void
add_line (RungsPayoutDetail     *self,
          const RungsPayoutLine *line,
          const char            *currency)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *money = rungs_display_money (rungs_money (line->amount, currency));
  g_autofree char *words = words_of (line, currency);
  g_autoptr (GMenu) menu = menu_of (line);
  GtkWidget *label = gtk_label_new (money);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), rungs_row_menu_button_new (menu, line->name));
  gtk_list_box_append (self->lines, row);
}

static void
show_lines (RungsPayoutDetail *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  guint found = 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_list_box_remove (self->lines, row);
  for (guint i = 0; self->details != NULL && i < self->details->lines->len; i++)
    {
      const RungsPayoutLine *line = self->details->lines->pdata[i];

      if (*words != '\0' && !g_str_match_string (words, line->name, TRUE))
        continue;
      if (found++ < SHOWN)
        add_line (self, line, self->details->row->payout->currency);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->lines), found > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), found > SHOWN);
  if (found > SHOWN)
    {
      g_autofree char *number = rungs_display_number (found - SHOWN);
      g_autofree char *text = g_strdup_printf (_ ("%s more: search for a name"), number);

      gtk_label_set_label (self->more, text);
    }
}

/* ---- the whole */

static void
show_facts (RungsPayoutDetail *self)
{
  const RungsPayoutRow *row = self->details->row;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_STATE, _ ("State"), rungs_payout_row_words (row));
  rungs_facts_add (facts, FACT_MADE, _ ("Made"), rungs_display_time (row->payout->made_at));
  rungs_facts_add (facts, FACT_FROM, _ ("Orders from"),
                   row->payout->from != 0 ? rungs_display_day (row->payout->from) : NULL);
  rungs_facts_add (facts, FACT_UNTIL, _ ("Orders until"), rungs_display_day (row->payout->until));
  rungs_facts_add (facts, FACT_PARTNERS, _ ("Partners"),
                   rungs_display_number (row->payout->partners));
  rungs_facts_show (self->facts, facts);
}

static void
rungs_payout_detail_dispose (GObject *object)
{
  RUNGS_PAYOUT_DETAIL (object)->details = NULL;
  g_clear_pointer (&RUNGS_PAYOUT_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_payout_detail_parent_class)->dispose (object);
}

static void
rungs_payout_detail_class_init (RungsPayoutDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_payout_detail_dispose;
  g_type_ensure (RUNGS_TYPE_ROWS);
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/partners/rungs-payout-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutDetail, title);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutDetail, amount);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutDetail, search);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutDetail, lines);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutDetail, more);
  gtk_widget_class_bind_template_callback (widget_class, show_lines);
}

static void
rungs_payout_detail_init (RungsPayoutDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_payout_detail_show (RungsPayoutDetail  *self,
                          RungsPayoutDetails *details)
{
  const RungsPayout *payout;
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;
  g_autofree char *money = NULL;

  g_return_if_fail (RUNGS_IS_PAYOUT_DETAIL (self));

  self->details = details;
  if (details == NULL)
    return;
  payout = details->row->payout;
  number = rungs_display_number (payout->id);
  title = g_strdup_printf (_ ("Payout %s"), number);
  money = rungs_display_money (rungs_money (payout->amount, payout->currency));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->amount, money);
  gtk_widget_set_visible (GTK_WIDGET (self->search), details->lines->len > SHOWN);
  show_facts (self);
  show_lines (self);
}
