/* rungs-outlook-row.c: a product that could be offered to people now. */

#include "ladder/rungs-outlook-row.h"

#include <glib/gi18n.h>

#include "ladder/rungs-offer-words.h"
#include "ladder/rungs-product-row.h"
#include "widgets/rungs-display.h"

char *
rungs_outlook_people_words (gint64 people,
                            gint64 consented)
{
  g_autofree char *number = rungs_display_number (people);
  g_autofree char *agreed = rungs_display_number (consented);
  g_autofree char *leads
    = g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) people), number);

  if (consented == people)
    return g_strdup_printf (ngettext ("%s, who has agreed to e-mail",
                                      "%s, who have all agreed to e-mail", (gulong) people), leads);
  /* Translators: "867 leads, of whom 854 have agreed to e-mail". */
  return g_strdup_printf (ngettext ("%s, of whom %s has agreed to e-mail",
                                    "%s, of whom %s have agreed to e-mail", (gulong) consented),
                          leads, agreed);
}

char *
rungs_outlook_range_words (RungsMoney low,
                           RungsMoney high)
{
  g_autofree char *least = rungs_display_estimate (low);
  g_autofree char *most = rungs_display_estimate (high);

  /* Translators: two amounts. */
  return g_strdup_printf (_ ("%s to %s"), least, most);
}

static GtkWidget *
new_label (const char *text,
           const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_halign (label, GTK_ALIGN_END);
  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* What may be expected of all of them, and how far that may lie from the truth. */
static GtkWidget *
new_amount (const RungsOutlookProduct *product)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *expected = rungs_display_estimate (product->expected);
  g_autofree char *range = rungs_outlook_range_words (product->low, product->high);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), new_label (expected, "heading"));
  if (product->high.minor != product->low.minor)
    gtk_box_append (GTK_BOX (box), new_label (range, "dim-label"));
  gtk_widget_set_tooltip_text (
    box, _ ("What may be expected if all of them are made the offer: people × conversion × margin;"
            " and how far the conversion may lie from the truth"));
  return box;
}

static void
append_action (GMenu      *menu,
               const char *label,
               const char *action,
               GVariant   *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GtkWidget *
new_menu (const RungsOutlookProduct *product)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *name = g_strdup_printf (_ ("What to do with those who are offered %s next"),
                                           product->name);

  append_action (menu, _ ("Show These _Leads"), "offers.show-leads",
                 g_variant_new_int64 (product->product));
  append_action (menu, _ ("Save as _Segment…"), "offers.save-segment",
                 g_variant_new_string (product->sku));
  append_action (menu, _ ("Start a Se_quence…"), "offers.start-sequence",
                 g_variant_new_int64 (product->product));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (button, name);
  return button;
}

/* "Upsell after the guide" */
static char *
offer_title (const RungsOutlookOffer *offer)
{
  const char *kind = rungs_offer_kind_words (offer->kind);

  if (offer->from_name == NULL)
    /* Translators: %s is a kind of offer: "Next offer, to those who own nothing". */
    return g_strdup_printf (_ ("%s, to those who own nothing"), kind);
  /* Translators: a kind of offer and a product: "Upsell, after the guide". */
  return g_strdup_printf (_ ("%s, after %s"), kind, offer->from_name);
}

static GtkWidget *
new_offer (const RungsOutlookOffer *offer)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = offer_title (offer);
  g_autofree char *people = rungs_outlook_people_words (offer->people, offer->consented);
  g_autofree char *each = rungs_expectation_words (&offer->expected);
  g_autofree char *words = offer->expected.margin.minor != 0
                             ? g_strdup_printf (_ ("%s\nExpected margin of each %s"), people, each)
                             : g_strdup_printf ("%s\n%s", people, each);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

GtkWidget *
rungs_outlook_row_new (const RungsOutlookProduct *product)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *people = rungs_outlook_people_words (product->people, product->consented);

  gtk_widget_set_name (row, product->sku);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), product->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), people);
  /* an expander row puts its actions from the arrow outwards */
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), new_menu (product));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), new_amount (product));
  for (guint i = 0; i < product->offers->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              new_offer (g_ptr_array_index (product->offers, i)));
  return row;
}
