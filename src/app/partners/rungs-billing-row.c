/* rungs-billing-row.c: who writes the invoices of a partner, and what is in the way of them. */

#include "rungs-billing-row.h"

#include <glib/gi18n.h>

#include "rungs-billing-form.h"
#include "rungs-billing-words.h"
#include "rungs-page.h"
#include "widgets/rungs-row-menu.h"

struct _RungsBillingRow
{
  AdwActionRow parent_instance;

  GtkWidget *agree;
  GtkWidget *menu;
  gint64 partner;
  RungsSelfBilling billing;
  guint lacks;
};

G_DEFINE_FINAL_TYPE (RungsBillingRow, rungs_billing_row, ADW_TYPE_ACTION_ROW)

static RungsPage *
page_of (RungsBillingRow *self)
{
  return RUNGS_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE));
}

/* ---- what can be done */

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsBillingRow *self = RUNGS_BILLING_ROW (widget);

  rungs_billing_form_open (page_of (self), self->partner);
}

static RungsBillingChange *
change_new (RungsBillingRow        *self,
            const RungsSelfBilling *billing)
{
  RungsBillingChange *change = g_new0 (RungsBillingChange, 1);

  change->partner = self->partner;
  if (billing != NULL)
    change->billing = *billing;
  return change;
}

static void
withdraw_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RungsBillingRow *self = RUNGS_BILLING_ROW (widget);
  RungsPageWork work = { .func = rungs_billing_store,
                         .data = change_new (self, NULL),
                         .data_free = g_free,
                         .result_free = g_free,
                         .done = _ ("The partner writes invoices again; those there are stay"),
                         .failed = _ ("This Could Not Be Changed") };
  RungsPageWork undo = { .func = rungs_billing_store,
                         .data = change_new (self, &self->billing),
                         .data_free = g_free,
                         .result_free = g_free,
                         .done = _ ("You write the invoices again"),
                         .failed = _ ("This Could Not Be Changed") };

  rungs_page_do (page_of (self), &work, &undo);
}

static void
settings_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  guint lacks = RUNGS_BILLING_ROW (widget)->lacks;
  const char *target = "business";

  if ((lacks & RUNGS_LACKS_BUSINESS_ADDRESS) != 0)
    target = "address";
  else if ((lacks & RUNGS_LACKS_BUSINESS_VAT_ID) != 0)
    target = "tax";
  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "settings", target);
}

/* ---- the row */

static GMenu *
make_menu (RungsBillingRow *self)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Change…"), "billing.edit");
  if ((self->lacks & ~RUNGS_LACKS_OF_BUSINESS) != 0)
    g_menu_append (menu, _ ("_Payout Details…"), "partners.payout-details");
  if ((self->lacks & RUNGS_LACKS_OF_BUSINESS) != 0)
    g_menu_append (menu, _ ("_Business Settings"), "billing.settings");
  g_menu_append (menu, _ ("_Withdraw"), "billing.withdraw");
  return menu;
}

static void
rungs_billing_row_class_init (RungsBillingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "billing.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "billing.withdraw", NULL, withdraw_action);
  gtk_widget_class_install_action (widget_class, "billing.settings", NULL, settings_action);
}

static void
rungs_billing_row_init (RungsBillingRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Invoices"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->agree = gtk_button_new_with_label (_ ("Write Them…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->agree), "billing.edit");
  gtk_widget_set_tooltip_text (self->agree,
                               _ ("The partner has agreed that you write the invoices "
                                  "(self-billing)"));
  gtk_widget_set_valign (self->agree, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->agree, "small-button");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->agree);
  self->menu = rungs_row_menu_button_new (NULL, _ ("Invoices"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->menu);
}

static char *
dup_words (const RungsBilling *billing)
{
  guint lacks = billing->lacks[billing->billing.vat];
  g_autofree char *day = rungs_billing_dup_day (billing->billing.agreed_on);
  g_autofree char *vat = rungs_billing_dup_vat (&billing->billing);
  g_autofree char *missing = rungs_self_billing_dup_lacks (lacks);
  g_autoptr (GString) words = g_string_new (NULL);

  if (*billing->billing.agreed_on == '\0')
    return g_strdup (_ ("The partner writes them"));
  g_string_append_printf (words, _ ("You write them, as agreed on %s"), day);
  g_string_append_printf (words, "\n%s", vat);
  if (lacks != 0)
    {
      g_string_append_c (words, '\n');
      g_string_append_printf (words, _ ("Cannot be written yet. Missing: %s"), missing);
    }
  return g_strdup (words->str);
}

void
rungs_billing_row_set (RungsBillingRow    *self,
                       const RungsBilling *billing)
{
  g_autofree char *words = NULL;
  g_autoptr (GMenu) menu = NULL;
  gboolean agreed;

  g_return_if_fail (RUNGS_IS_BILLING_ROW (self) && billing != NULL);

  agreed = *billing->billing.agreed_on != '\0';
  self->partner = billing->partner;
  self->billing = billing->billing;
  self->lacks = agreed ? billing->lacks[billing->billing.vat] : 0;
  words = dup_words (billing);
  menu = make_menu (self);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->agree, !agreed);
  gtk_widget_set_visible (self->menu, agreed);
}
