/* rungs-partners-page.c: partners, what they earn, the book of it, and payouts. */

#include "rungs-partners-page.h"

#include <glib/gi18n.h>

#include "rungs-ledger-view.h"
#include "rungs-partners-view.h"
#include "rungs-payouts-view.h"
#include "rungs-programmes-view.h"

struct _RungsPartnersPage
{
  RungsViewsPage parent_instance;

  AdwViewStack *stack;
};

G_DEFINE_FINAL_TYPE (RungsPartnersPage, rungs_partners_page, RUNGS_TYPE_VIEWS_PAGE)

/* In the order of the switcher; the first is seen first. */
static const RungsViewKind VIEWS[] = {
  { "partners", N_ ("Partners"), "rungs-partners-symbolic", rungs_partners_view_get_type },
  { "programmes", N_ ("Programmes"), "text-x-generic-symbolic", rungs_programmes_view_get_type },
  { "ledger", N_ ("Ledger"), "view-list-bullet-symbolic", rungs_ledger_view_get_type },
  { "payouts", N_ ("Payouts"), "rungs-task-symbolic", rungs_payouts_view_get_type },
};

static void
rungs_partners_page_constructed (GObject *object)
{
  RungsPartnersPage *self = RUNGS_PARTNERS_PAGE (object);

  G_OBJECT_CLASS (rungs_partners_page_parent_class)->constructed (object);

  rungs_views_page_set_up (RUNGS_VIEWS_PAGE (self), self->stack, VIEWS, G_N_ELEMENTS (VIEWS));
}

static void
rungs_partners_page_class_init (RungsPartnersPageClass *klass)
{
  static const char *const tables[]
      = { "partner", "programme", "programme_terms", "programme_partner", "referral", "commission",
          "journal", "payout", "payout_item", "payment_detail", "partner_page", "coupon",
          "source_link", "refund", NULL };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rungs_partners_page_constructed;
  RUNGS_PAGE_CLASS (klass)->tables = tables;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/partners/rungs-partners-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsPartnersPage, stack);
}

static void
rungs_partners_page_init (RungsPartnersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
