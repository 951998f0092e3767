/* rungs-partner-sales.c: the orders that a partner is credited with, and why they are the
 * partner's. */

#include "rungs-partner-sales.h"

#include <glib/gi18n.h>

#include "rungs-partner-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-row-menu.h"
#include "widgets/rungs-why-popover.h"

#define SALE "rungs-sale"

/* What is kept with a row. */
typedef struct
{
  gint64 order;
  GtkLabel *amount;
  GtkWidget *why;
  RungsWhyPopover *popover;
} Row;

static Row *
row_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), SALE);
}

/* ---- why */

static void
show_why (const Row                 *row,
          const RungsPartnerDetails *details,
          const RungsPartnerSale    *sale)
{
  const RungsReferral *referral = sale->referral;
  g_autofree char *words
      = g_strdup_printf (referral->by_hand ? _ ("Credited to %s by hand") : _ ("Credited to %s"),
                         details->row->partner->name);

  rungs_why_popover_clear (row->popover);
  rungs_why_popover_set_decision (row->popover, words);
  for (guint i = 0; i < referral->saw->len; i++)
    {
      const RungsAttributionLine *line = &g_array_index (referral->saw, RungsAttributionLine, i);
      g_autofree char *saw
          = rungs_partner_saw_words (line, g_hash_table_lookup (details->names, &line->partner));
      gboolean decides = line->verdict == RUNGS_ATTRIBUTION_CREDITS;

      rungs_why_popover_add (row->popover, decides ? RUNGS_WHY_FOR : RUNGS_WHY_NEUTRAL, saw,
                             decides);
    }
  for (guint i = 0; i < sale->earns->len; i++)
    {
      g_autofree char *earns = rungs_partner_told_words (sale->earns->pdata[i]);

      rungs_why_popover_add (row->popover, RUNGS_WHY_NEUTRAL, earns, FALSE);
    }
}

/* ---- a row */

static GtkWidget *
new_menu_button (gint64 order)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) show = g_menu_item_new (_ ("Show the _Order"), NULL);
  g_autofree char *target = g_strdup_printf ("order:%" G_GINT64_FORMAT, order);

  rungs_row_menu_append (menu, _ ("_Credit to…"), "partners.credit", order);
  g_menu_item_set_action_and_target (show, "win.show-target", "(ss)", "ladder", target);
  g_menu_append_item (menu, show);
  return rungs_row_menu_button_new (menu, NULL);
}

static GtkListBoxRow *
new_row (gint64 order)
{
  GtkWidget *widget = adw_action_row_new ();
  AdwActionRow *action = ADW_ACTION_ROW (widget);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  Row *row = g_new0 (Row, 1);

  row->order = order;
  row->amount = GTK_LABEL (gtk_label_new (NULL));
  row->why = gtk_menu_button_new ();
  row->popover = rungs_why_popover_new (NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_action_row_set_subtitle_lines (action, 0);
  gtk_widget_add_css_class (GTK_WIDGET (row->amount), "numeric");
  gtk_label_set_xalign (row->amount, 1);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (row->why), _ ("Why?"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (row->why), GTK_WIDGET (row->popover));
  gtk_widget_add_css_class (row->why, "small-button");
  gtk_widget_set_valign (GTK_WIDGET (box), GTK_ALIGN_CENTER);
  gtk_box_append (box, GTK_WIDGET (row->amount));
  gtk_box_append (box, row->why);
  adw_action_row_add_suffix (action, GTK_WIDGET (box));
  adw_action_row_add_suffix (action, new_menu_button (order));
  g_object_set_data_full (G_OBJECT (widget), SALE, row, g_free);
  return GTK_LIST_BOX_ROW (widget);
}

static char *
sale_words (const RungsPartnerSale *sale)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *day = rungs_display_day (sale->referral->at);

  g_string_append (words, day);
  if (sale->order != NULL)
    {
      g_autofree char *total = rungs_display_money (sale->order->total);

      g_string_append_printf (words, " · %s · %s", sale->order->products, total);
      if (sale->order->refunded.minor != 0)
        {
          g_autofree char *refunded = rungs_display_money (sale->order->refunded);

          g_string_append (words, " · ");
          g_string_append_printf (words, _ ("%s given back"), refunded);
        }
    }
  return g_strdup (words->str);
}

static void
show_row (GtkListBoxRow             *widget,
          const RungsPartnerDetails *details,
          const RungsPartnerSale    *sale)
{
  const char *title = sale->order != NULL ? sale->order->lead_name : _ ("An order that is gone");
  const Row *row = row_of (widget);
  g_autofree char *words = sale_words (sale);
  g_autofree char *amount
      = *sale->commission.currency != '\0' ? rungs_display_money (sale->commission) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), words);
  gtk_label_set_label (row->amount, amount != NULL ? amount : "");
  gtk_widget_set_visible (GTK_WIDGET (row->amount), amount != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->why),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  show_why (row, details, sale);
}

/* ---- all of them */

static gboolean
has_order (GPtrArray *sales,
           gint64     order)
{
  for (guint i = 0; i < sales->len; i++)
    if (((const RungsPartnerSale *) sales->pdata[i])->referral->order == order)
      return TRUE;
  return FALSE;
}

static void
remove_gone (GtkListBox *list,
             GPtrArray  *sales)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list));

  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      if (!has_order (sales, row_of (GTK_LIST_BOX_ROW (row))->order))
        gtk_list_box_remove (list, row);
      row = next;
    }
}

/* Orders do not change places: what stands where another should is one that comes later. */
void
rungs_partner_sales_show (GtkListBox                *list,
                          const RungsPartnerDetails *details)
{
  GtkListBoxRow *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));

  remove_gone (list, details->sales);
  for (guint i = 0; i < details->sales->len; i++)
    {
      const RungsPartnerSale *sale = details->sales->pdata[i];

      row = gtk_list_box_get_row_at_index (list, (int) i);
      if (row == NULL || row_of (row)->order != sale->referral->order)
        {
          row = new_row (sale->referral->order);
          gtk_list_box_insert (list, GTK_WIDGET (row), (int) i);
        }
      show_row (row, details, sale);
    }
  while ((row = gtk_list_box_get_row_at_index (list, (int) details->sales->len)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}
