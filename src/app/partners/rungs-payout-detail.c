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

#define ROW "rungs-row"

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

/* What can be done with a payment, in the place of what could before. */
static void
fill_menu (GMenu                 *menu,
           const RungsPayoutLine *line)
{
  g_menu_remove_all (menu);
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

/* A payment as a row, which stays while the payment is shown: so does a menu that is open. */
typedef struct
{
  gint64 partner;
  RungsPayoutState state;
  GtkLabel *amount;
  GMenu *menu; /* (owned) */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_object_unref (row->menu);
  g_free (row);
}

static Row *
row_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), ROW);
}

static GtkWidget *
make_row (const RungsPayoutLine *line)
{
  GtkWidget *widget = adw_action_row_new ();
  GtkWidget *amount = gtk_label_new (NULL);
  Row *row = g_new0 (Row, 1);

  row->partner = line->item.partner;
  row->state = line->item.state;
  row->amount = GTK_LABEL (amount);
  row->menu = g_menu_new ();
  fill_menu (row->menu, line);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (widget), 0);
  gtk_widget_add_css_class (amount, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), amount);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget),
                             rungs_row_menu_button_new (row->menu, line->name));
  g_object_set_data_full (G_OBJECT (widget), ROW, row, row_free);
  return widget;
}

static void
show_line (GtkWidget             *widget,
           const RungsPayoutLine *line,
           const char            *currency)
{
  Row *row = row_of (widget);
  g_autofree char *money = rungs_display_money (rungs_money (line->amount, currency));
  g_autofree char *words = words_of (line, currency);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), line->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), words);
  gtk_label_set_label (row->amount, money);
  if (row->state != line->item.state)
    fill_menu (row->menu, line);
  row->state = line->item.state;
}

/* Puts the row of a line at a position, where that of another one may stand, or none. */
static void
place_line (RungsPayoutDetail     *self,
            GHashTable            *rows,
            const RungsPayoutLine *line,
            int                    position)
{
  GtkWidget *there
      = GTK_WIDGET (gtk_list_box_get_row_at_index (self->lines, position));
  GtkWidget *row = g_hash_table_lookup (rows, &line->item.partner);

  if (row == NULL)
    row = make_row (line);
  if (row != there)
    {
      g_object_ref_sink (row);
      if (gtk_widget_get_parent (row) != NULL)
        gtk_list_box_remove (self->lines, row);
      gtk_list_box_insert (self->lines, row, position);
      g_object_unref (row);
    }
  show_line (row, line, self->details->row->payout->currency);
}

/* Returns: (transfer container): the rows that there are, by the gint64 ids of their partners. */
static GHashTable *
index_rows (RungsPayoutDetail *self)
{
  GHashTable *rows = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->lines)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    g_hash_table_insert (rows, &row_of (row)->partner, row);
  return rows;
}

static void
show_lines (RungsPayoutDetail *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (GHashTable) rows = index_rows (self);
  guint found = 0;
  GtkListBoxRow *row;

  for (guint i = 0; self->details != NULL && i < self->details->lines->len; i++)
    {
      const RungsPayoutLine *line = self->details->lines->pdata[i];

      if (*words != '\0' && !g_str_match_string (words, line->name, TRUE))
        continue;
      if (found++ < SHOWN)
        place_line (self, rows, line, (int) found - 1);
    }
  while ((row = gtk_list_box_get_row_at_index (self->lines, (int) MIN (found, SHOWN))) != NULL)
    gtk_list_box_remove (self->lines, GTK_WIDGET (row));
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
