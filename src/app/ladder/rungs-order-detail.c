/* rungs-order-detail.c: all that is known of one order: its lines with what they brought about, and
 * what was given back on them. */

#include "rungs-order-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "partners/rungs-partner-words.h"
#include "rungs-order-rows.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"

struct _RungsOrderDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *amount;
  GtkLabel *state;
  GtkButton *lead;
  GtkWidget *give_back;
  GtkWidget *credit;
  GtkWidget *facts;
  GtkListBox *lines;
  GtkWidget *refunds_title;
  GtkListBox *refunds;
};

typedef enum
{
  FACT_DATE,
  FACT_TOLD,
  FACT_REFUNDED,
  FACT_COUPON,
  FACT_ORIGIN,
  FACT_NUMBER,
  FACT_CREDITED,
  FACT_EARNS,
} FactKey;

G_DEFINE_FINAL_TYPE (RungsOrderDetail, rungs_order_detail, GTK_TYPE_WIDGET)

static void
rungs_order_detail_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_ORDER_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_order_detail_parent_class)->dispose (object);
}

static void
rungs_order_detail_class_init (RungsOrderDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_order_detail_dispose;

  g_type_ensure (RUNGS_TYPE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-order-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, amount);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, state);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, lead);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, give_back);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, credit);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, lines);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, refunds_title);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderDetail, refunds);
}

static void
rungs_order_detail_init (RungsOrderDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
empty (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static GtkWidget *
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
  return row;
}

/* What the line brought about: why the lead owns the product now, or does not. */
static char *
line_words (const RungsOrderLine *line,
            const char           *currency,
            gint64                lapse)
{
  g_autofree char *back = rungs_display_money (rungs_money (line->refunded, currency));
  g_autofree char *paid = line->paid_until ? rungs_display_day (line->paid_until) : NULL;
  g_autofree char *ended = lapse ? rungs_display_day (lapse) : NULL;

  if (line->refunded > 0 && line->refunded >= line->amount)
    return g_strdup (_ ("Given back whole: not owned by this order"));
  if (lapse != 0 && lapse <= rungs_display_now ())
    return g_strdup_printf (_ ("Paid until %s; lapsed on %s"), paid, ended);
  if (paid != NULL)
    return line->refunded > 0
               ? g_strdup_printf (_ ("Owned, paid until %s; %s given back"), paid, back)
               : g_strdup_printf (_ ("Owned, paid until %s"), paid);
  return line->refunded > 0 ? g_strdup_printf (_ ("Owned; %s given back"), back)
                            : g_strdup (_ ("Owned"));
}

/* What of the line is tax, and what was taken off before, as far as it is known: "€19.00 of it is
 * tax", "€10.00 was taken off before", a row each; "". */
static char *
tax_words (const RungsOrderLine *line,
           const char           *currency)
{
  g_autofree char *tax = rungs_display_money (rungs_money (line->tax, currency));
  g_autofree char *discount = rungs_display_money (rungs_money (line->discount, currency));
  g_autoptr (GString) words = g_string_new (NULL);

  if (line->tax == 0)
    g_string_append (words, _ ("No tax in it"));
  else if (line->tax != RUNGS_TAX_UNKNOWN)
    g_string_append_printf (words, _ ("%s of it is tax"), tax);
  if (line->discount > 0)
    {
      g_string_append (words, words->len > 0 ? "\n" : "");
      g_string_append_printf (words, _ ("%s was taken off before"), discount);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
subtitle_of (const RungsOrderLine *line,
             const char           *currency,
             gint64                lapse)
{
  g_autofree char *words = line_words (line, currency, lapse);
  g_autofree char *tax = tax_words (line, currency);

  return *tax != '\0' ? g_strconcat (words, "\n", tax, NULL) : g_steal_pointer (&words);
}

static void
show_lines (RungsOrderDetail        *self,
            const RungsOrderDetails *details)
{
  const RungsOrder *order = details->order;

  empty (self->lines);
  for (guint i = 0; i < order->lines->len; i++)
    {
      const RungsOrderLine *line = g_ptr_array_index (order->lines, i);
      g_autofree char *words
          = subtitle_of (line, order->currency, g_array_index (details->lapses, gint64, i));
      g_autofree char *amount = rungs_display_money (rungs_money (line->amount, order->currency));
      g_autofree char *title
          = line->quantity > 1
                ? g_strdup_printf ("%s × %" G_GINT64_FORMAT, line->name, line->quantity)
                : g_strdup (line->name);
      GtkWidget *row = add_row (self->lines, title, words, amount);

      if (order->lines->len > 1 && line->refunded < line->amount)
        {
          GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");

          gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
          gtk_widget_add_css_class (button, "flat");
          gtk_widget_set_tooltip_text (button, _ ("Give Back…"));
          gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                          GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Give Back…"), -1);
          gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "orders.refund");
          gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", line->id);
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
        }
    }
}

static void
show_refunds (RungsOrderDetail *self,
              GPtrArray        *refunds)
{
  empty (self->refunds);
  for (guint i = 0; i < refunds->len; i++)
    {
      const RungsRefund *refund = g_ptr_array_index (refunds, i);
      g_autofree char *day = rungs_display_day (refund->at);
      g_autofree char *amount = rungs_display_money (refund->amount);

      add_row (self->refunds, day, refund->reason, amount);
    }
  gtk_widget_set_visible (self->refunds_title, refunds->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->refunds), refunds->len > 0);
}

/* Of what each is a share: "Jo earns €5.00: 5 % of €100.00". NULL where nobody earns. */
static char *
dup_earns (GPtrArray *earns)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < earns->len; i++)
    {
      g_autofree char *each = rungs_partner_told_words (g_ptr_array_index (earns, i));

      g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "", each);
    }
  return earns->len > 0 ? g_strdup (words->str) : NULL;
}

static void
show_facts (RungsOrderDetail        *self,
            const RungsOrderDetails *details)
{
  const RungsOrderRow *row = details->row;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_DATE, _ ("Date"), rungs_display_time (row->at));
  rungs_facts_add (facts, FACT_TOLD, _ ("At your rate of that day"),
                   *details->told.currency != '\0' ? rungs_display_money (details->told) : NULL);
  rungs_facts_add (facts, FACT_REFUNDED, _ ("Refunded"),
                   row->refunded.minor > 0 ? rungs_display_money (row->refunded) : NULL);
  rungs_facts_add (facts, FACT_COUPON, _ ("Coupon"), g_strdup (row->coupon));
  rungs_facts_add (facts, FACT_ORIGIN, _ ("Origin"), rungs_order_row_dup_origin (row));
  rungs_facts_add (facts, FACT_NUMBER, _ ("Number in the shop"), g_strdup (row->number));
  if (details->credited != NULL)
    rungs_facts_add (facts, FACT_CREDITED, _ ("Credited to"),
                     g_strdup (*details->credited != '\0' ? details->credited : _ ("Nobody")));
  rungs_facts_add (facts, FACT_EARNS, _ ("Commission"), dup_earns (details->earns));
  rungs_facts_show (self->facts, facts);
}

void
rungs_order_detail_show (RungsOrderDetail        *self,
                         const RungsOrderDetails *details)
{
  const RungsOrderRow *row = details->row;
  g_autofree char *amount = rungs_display_money (row->total);
  gboolean whole = row->refunded.minor > 0 && row->refunded.minor >= row->total.minor;

  g_return_if_fail (RUNGS_IS_ORDER_DETAIL (self));

  gtk_label_set_label (self->amount, amount);
  gtk_label_set_label (self->state, whole ? _ ("Given back") : _ ("Partly given back"));
  gtk_widget_set_visible (GTK_WIDGET (self->state), row->refunded.minor > 0);
  gtk_button_set_label (self->lead, row->lead_name);
  gtk_widget_set_visible (self->give_back, !whole);
  gtk_widget_set_visible (self->credit, details->credited != NULL);
  show_facts (self, details);
  show_lines (self, details);
  show_refunds (self, details->refunds);
}
