/* rungs-partners-page.c: partners, what they earn, the book of it, and payouts. */

#include "rungs-partners-page.h"

#include <glib/gi18n.h>

#include "partners/rungs-approval-store.h"
#include "rungs-approvals-view.h"
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
  { "approvals", N_ ("To Approve"), "object-select-symbolic", rungs_approvals_view_get_type },
  { "payouts", N_ ("Payouts"), "rungs-task-symbolic", rungs_payouts_view_get_type },
};

/* ---- the badge: how many commissions wait for approval */

static gpointer
load_waiting (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  gint64 n;

  return rungs_approval_count_waiting (db, &n, error) ? g_memdup2 (&n, sizeof n) : NULL;
}

static void
waiting_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (n != NULL)
    rungs_page_set_badge (page, (guint) *n);
  else
    rungs_page_notify_error (page, error);
}

static void
rungs_partners_page_refresh_badge (RungsPage *page)
{
  rungs_store_read_async (rungs_page_get_store (page), load_waiting, NULL, NULL, g_free, NULL,
                          waiting_loaded_cb, g_object_ref (page));
}

/* ---- the page */

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
          "award", "journal", "payout", "payout_item", "payment_detail", "partner_page",
          "self_billing", "self_invoice", "business",
          "coupon", "source_link", "refund", "partner_flag", "partner_flag_decision",
          "partner_lead", "touch",
          "partner_status", "partner_document", NULL };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rungs_partners_page_constructed;
  RUNGS_PAGE_CLASS (klass)->tables = tables;
  RUNGS_PAGE_CLASS (klass)->refresh_badge = rungs_partners_page_refresh_badge;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/partners/rungs-partners-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsPartnersPage, stack);
}

static void
rungs_partners_page_init (RungsPartnersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
