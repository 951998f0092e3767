/* rungs-coupon-detail.c: all that is known of one coupon: its terms, what it did, who used it and
 * whom it was given to. */

#include "rungs-coupon-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ladder/rungs-coupon-given-store.h"
#include "ladder/rungs-coupon-use-store.h"
#include "rungs-coupon-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"

/* So many of the newest are shown. */
#define SHOWN 20

struct _RungsCouponDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *code;
  GtkLabel *state;
  GtkLabel *name;
  GtkWidget *facts;
  GtkButton *retire;
  GtkWidget *used_title;
  GtkListBox *used;
  GtkWidget *given_title;
  GtkListBox *given;
};

typedef enum
{
  FACT_DISCOUNT,
  FACT_SOURCE,
  FACT_PRODUCT,
  FACT_DAYS,
  FACT_MOST,
  FACT_MOST_PER_LEAD,
  FACT_USES,
  FACT_PAID,
  FACT_AGAINST,
  FACT_GIVEN,
} FactKey;

G_DEFINE_FINAL_TYPE (RungsCouponDetail, rungs_coupon_detail, GTK_TYPE_WIDGET)

/* ---- on threads of the store */

void
rungs_coupon_details_free (RungsCouponDetails *self)
{
  if (self == NULL)
    return;
  rungs_coupon_row_free (self->row);
  g_clear_pointer (&self->given, g_ptr_array_unref);
  g_clear_pointer (&self->uses, g_ptr_array_unref);
  g_free (self);
}

gpointer
rungs_coupon_details_load (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (RungsCouponDetails) details = g_new0 (RungsCouponDetails, 1);
  gint64 id = *(gint64 *) data;

  details->row = rungs_coupon_row_load (db, id, rungs_display_now (), error);
  details->given
      = details->row ? rungs_coupon_given_list (db, 0, id, SHOWN, error) : NULL;
  details->uses = details->given ? rungs_coupon_uses_of_coupon (db, id, SHOWN, error) : NULL;
  return details->uses != NULL ? g_steal_pointer (&details) : NULL;
}

/* ---- the class */

static void
rungs_coupon_detail_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_COUPON_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_coupon_detail_parent_class)->dispose (object);
}

static void
rungs_coupon_detail_class_init (RungsCouponDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_coupon_detail_dispose;

  g_type_ensure (RUNGS_TYPE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-coupon-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, code);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, state);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, name);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, retire);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, used_title);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, used);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, given_title);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponDetail, given);
}

static void
rungs_coupon_detail_init (RungsCouponDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- showing */

static char *
paid_words (const RungsCouponRow *row)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < row->paid->len; i++)
    {
      g_autofree char *money = rungs_display_money (g_array_index (row->paid, RungsMoney, i));

      g_string_append_printf (words, "%s%s", i > 0 ? " + " : "", money);
    }
  return g_strdup (words->str);
}

/* NULL for 0. */
static char *
count_words (gint64 count)
{
  return count > 0 ? rungs_display_number (count) : NULL;
}

static char *
uses_words (const RungsCouponRow *row)
{
  g_autofree char *orders = rungs_display_number (row->uses);
  g_autofree char *leads = rungs_display_number (row->leads);

  return g_strdup_printf (ngettext ("%s, of %s lead", "%s, of %s leads", row->leads), orders,
                          leads);
}

static void
show_facts (RungsCouponDetail    *self,
            const RungsCouponRow *row)
{
  const RungsCoupon *coupon = row->coupon;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_DISCOUNT, _ ("Discount"), g_strdup (coupon->discount));
  rungs_facts_add (facts, FACT_SOURCE, _ ("Source"),
                   rungs_coupon_source_words (coupon->source, coupon->source_kind,
                                              coupon->source_name, coupon->path));
  rungs_facts_add (facts, FACT_PRODUCT, _ ("Product"), g_strdup (coupon->product_name));
  rungs_facts_add (facts, FACT_DAYS, _ ("Valid"), rungs_coupon_days_words (coupon));
  rungs_facts_add (facts, FACT_MOST, _ ("Orders at most"), count_words (coupon->most_uses));
  rungs_facts_add (facts, FACT_MOST_PER_LEAD, _ ("Orders of one lead at most"),
                   count_words (coupon->most_per_lead));
  rungs_facts_add (facts, FACT_USES, _ ("Orders"), uses_words (row));
  rungs_facts_add (facts, FACT_PAID, _ ("Paid"), paid_words (row));
  rungs_facts_add (facts, FACT_AGAINST, _ ("Orders it was not meant for"),
                   count_words (row->against));
  rungs_facts_add (facts, FACT_GIVEN, _ ("Given"), count_words (row->given));
  rungs_facts_show (self->facts, facts);
}

static void
empty (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
add_row (GtkListBox *list,
         gint64      lead,
         const char *title,
         const char *subtitle,
         const char *amount)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "coupons.show-lead");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", lead);
  if (amount != NULL)
    {
      GtkWidget *label = gtk_label_new (amount);

      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  gtk_list_box_append (list, row);
}

static char *
use_words (const RungsCouponUse *use)
{
  const char *against = rungs_coupon_against_words (use->against);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *day = rungs_display_day (use->at);

  g_string_append (words, day);
  if (!use->stands)
    g_string_append_printf (words, " · %s", _ ("Given back"));
  if (against != NULL)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("accepted although %s"), against);
    }
  return g_strdup (words->str);
}

static void
show_uses (RungsCouponDetail *self,
           GPtrArray         *uses)
{
  empty (self->used);
  for (guint i = 0; i < uses->len; i++)
    {
      const RungsCouponUse *use = g_ptr_array_index (uses, i);
      g_autofree char *words = use_words (use);
      g_autofree char *paid = rungs_display_money (use->paid);

      add_row (self->used, use->lead, use->lead_name, words, paid);
    }
  gtk_widget_set_visible (self->used_title, uses->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->used), uses->len > 0);
}

static char *
given_words (const RungsCouponGiven *given)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *day = rungs_display_day (given->at);

  g_string_append_printf (words, "%s · %s", day, rungs_coupon_how_words (given->how));
  if (*given->who != '\0')
    g_string_append_printf (words, " · %s", given->who);
  if (*given->note != '\0')
    g_string_append_printf (words, " · %s", given->note);
  if (given->used_at != 0)
    {
      g_autofree char *used = rungs_display_day (given->used_at);

      g_string_append (words, " · ");
      g_string_append_printf (words, _ ("used on %s"), used);
    }
  return g_strdup (words->str);
}

static void
show_given (RungsCouponDetail *self,
            GPtrArray         *list)
{
  empty (self->given);
  for (guint i = 0; i < list->len; i++)
    {
      const RungsCouponGiven *given = g_ptr_array_index (list, i);
      g_autofree char *words = given_words (given);

      add_row (self->given, given->lead, given->lead_name, words, NULL);
    }
  gtk_widget_set_visible (self->given_title, list->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->given), list->len > 0);
}

void
rungs_coupon_detail_show (RungsCouponDetail        *self,
                          const RungsCouponDetails *details)
{
  const RungsCouponRow *row = details->row;

  g_return_if_fail (RUNGS_IS_COUPON_DETAIL (self));

  gtk_label_set_label (self->code, row->coupon->code);
  gtk_label_set_label (self->state, rungs_coupon_state_words (row->verdict));
  gtk_widget_set_visible (GTK_WIDGET (self->state), row->verdict != RUNGS_COUPON_FITS);
  gtk_label_set_label (self->name, row->coupon->name);
  gtk_widget_set_visible (GTK_WIDGET (self->name), *row->coupon->name != '\0');
  gtk_button_set_label (self->retire, row->coupon->retired_at == 0 ? _ ("_Give Up")
                                                                   : _ ("_Accept Again"));
  show_facts (self, row);
  show_uses (self, details->uses);
  show_given (self, details->given);
}
