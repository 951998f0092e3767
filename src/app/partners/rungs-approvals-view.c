/* rungs-approvals-view.c: commissions that wait for somebody to approve them.
 *
 * One is approved at once, as its amount is seen; of several the sum is shown first. Both are
 * undone by putting them back. */

#include "rungs-approvals-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-approvals-ask.h"
#include "rungs-approvals-rows.h"
#include "rungs-partner-pick.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-wrap-box.h"

struct _RungsApprovalsView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  GtkWidget *partner_box;
  GtkDropDown *filter;
  GtkLabel *name;
  GtkLabel *amount;
  GtkWidget *facts;
  GMenuModel *row_menu;

  RungsPickButton *partners;
  gint64 partner; /* that is chosen; 0: all */
};

G_DEFINE_FINAL_TYPE (RungsApprovalsView, rungs_approvals_view, RUNGS_TYPE_PAGE_VIEW)

enum
{
  FACT_STATE,
  FACT_HELD,
  FACT_LEAD,
  FACT_WHAT,
  FACT_AT,
  FACT_ORDER,
};

static RungsPage *
page_of (RungsApprovalsView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- the list */

static gboolean
is_waiting_shown (RungsApprovalsView *self)
{
  return gtk_drop_down_get_selected (self->filter) == RUNGS_APPROVALS_WAITING;
}

static RungsApprovalQuery
query_of (RungsApprovalsView *self)
{
  return (RungsApprovalQuery){ .filter = gtk_drop_down_get_selected (self->filter),
                               .partner = self->partner };
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsApprovalQuery query = query_of (data);

  return g_memdup2 (&query, sizeof query);
}

static void
show_what_can_be_done (RungsApprovalsView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean waiting = is_waiting_shown (self);
  gboolean some = rungs_browser_get_n_selected (self->browser) > 0;

  gtk_widget_action_set_enabled (widget, "approvals.approve", waiting && some);
  gtk_widget_action_set_enabled (widget, "approvals.approve-all",
                                 waiting && rungs_browser_get_n_rows (self->browser) > 0);
  gtk_widget_action_set_enabled (widget, "approvals.hold", !waiting && some);
  gtk_widget_action_set_enabled (widget, "approvals.show-partner",
                                 rungs_page_view_get_details (RUNGS_PAGE_VIEW (self)) != NULL);
}

static void
filter_chosen_cb (RungsApprovalsView *self)
{
  if (page_of (self) == NULL)
    return;
  rungs_browser_requery (self->browser, self->partner != 0 || !is_waiting_shown (self));
  show_what_can_be_done (self);
}

static void
choose_partner (RungsApprovalsView *self,
                const char         *value)
{
  self->partner = g_ascii_strtoll (value, NULL, 10);
  rungs_pick_button_set_value (self->partners, value);
  filter_chosen_cb (self);
}

static void
partner_picked_cb (RungsApprovalsView *self,
                   const char         *value)
{
  choose_partner (self, value);
}

/* ---- the selected row */

static void
show_row (RungsApprovalsView     *self,
          const RungsApprovalRow *row)
{
  gboolean held = row->hold_until > rungs_display_now ();
  g_autofree char *amount = rungs_display_money (row->amount);
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  gtk_label_set_label (self->name, row->name);
  gtk_label_set_label (self->amount, amount);
  rungs_facts_add (facts, FACT_STATE, _ ("State"),
                   g_strdup (row->approved_at == 0 ? _ ("Waits for somebody to approve it")
                             : held                ? _ ("Approved, and still held")
                                                   : _ ("May be paid")));
  rungs_facts_add (facts, FACT_HELD, _ ("Held until"),
                   held ? rungs_display_day (row->hold_until) : NULL);
  rungs_facts_add (facts, FACT_LEAD, _ ("Lead"), g_strdup (row->lead));
  rungs_facts_add (facts, FACT_WHAT, _ ("For"), g_strdup (row->what));
  rungs_facts_add (facts, FACT_AT, _ ("Since"), rungs_display_time (row->at));
  rungs_facts_add (facts, FACT_ORDER, _ ("Order"),
                   row->order != 0 ? rungs_display_number (row->order) : NULL);
  rungs_facts_show (self->facts, facts);
}

static void
show_details (RungsPageView *view)
{
  RungsApprovalsView *self = RUNGS_APPROVALS_VIEW (view);
  const RungsApprovalRow *row = rungs_page_view_get_details (view);

  show_what_can_be_done (self);
  if (row != NULL)
    show_row (self, row);
}

/* ---- what can be done */

/* `lines` (nullable): all that is shown. Takes it. */
static void
plan_for (RungsApprovalsView *self,
          GArray             *lines,
          gboolean            approve)
{
  RungsApprovalsPlan *plan = g_new0 (RungsApprovalsPlan, 1);

  plan->query = query_of (self);
  plan->lines = lines;
  plan->approve = approve;
  rungs_approvals_ask (page_of (self), plan);
}

static void
work_on_selected (RungsApprovalsView *self,
                  gboolean            approve)
{
  GArray *lines = rungs_browser_get_selected (self->browser);

  if (lines->len == 1)
    rungs_approvals_do (page_of (self), lines, approve);
  else
    plan_for (self, lines, approve);
}

static void
approve_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  work_on_selected (RUNGS_APPROVALS_VIEW (widget), TRUE);
}

static void
hold_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  work_on_selected (RUNGS_APPROVALS_VIEW (widget), FALSE);
}

static void
approve_all_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  plan_for (RUNGS_APPROVALS_VIEW (widget), NULL, TRUE);
}

static void
show_approved_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  gtk_drop_down_set_selected (RUNGS_APPROVALS_VIEW (widget)->filter, RUNGS_APPROVALS_GIVEN);
}

static void
show_partner_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  const RungsApprovalRow *row = rungs_page_view_get_details (RUNGS_PAGE_VIEW (widget));
  g_autofree char *target = NULL;

  if (row == NULL)
    return;
  target = g_strdup_printf ("partners:%" G_GINT64_FORMAT, row->partner);
  rungs_page_show_target (page_of (RUNGS_APPROVALS_VIEW (widget)), target);
}

static void
activated_cb (RungsApprovalsView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "approvals.show-partner", NULL);
}

/* ---- the view */

static void
set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "approvals",
                             .source = rungs_approvals_rows_get_source (),
                             .make_query = make_query,
                             .load = rungs_approvals_load_details,
                             .details_free = (GDestroyNotify) rungs_approval_row_free };

  rows.columns = rungs_approvals_rows_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_APPROVALS_VIEW (view)->browser, &rows);
}

static void
refresh (RungsPageView *view)
{
  RungsApprovalsView *self = RUNGS_APPROVALS_VIEW (view);

  RUNGS_PAGE_VIEW_CLASS (rungs_approvals_view_parent_class)->refresh (view);
  rungs_partner_pick_refresh (self->partners, page_of (self), self->partner);
}

static char *
dup_summary (RungsPageView *view)
{
  RungsApprovalsView *self = RUNGS_APPROVALS_VIEW (view);
  guint n = rungs_browser_get_n_rows (self->browser);
  g_autofree char *number = rungs_display_number (n);

  if (n == 0)
    return NULL;
  return is_waiting_shown (self)
             ? g_strdup_printf (ngettext ("%s commission waits", "%s commissions wait", n), number)
             : g_strdup_printf (ngettext ("%s commission", "%s commissions", n), number);
}

static void
show_target (RungsPageView *view,
             const char    *rest)
{
  RungsApprovalsView *self = RUNGS_APPROVALS_VIEW (view);

  gtk_drop_down_set_selected (self->filter, RUNGS_APPROVALS_WAITING);
  choose_partner (self, g_str_has_prefix (rest, "partner:") ? rest + strlen ("partner:") : "0");
}

static void
rungs_approvals_view_class_init (RungsApprovalsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->set_up = set_up;
  view_class->refresh = refresh;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;
  view_class->show_details = show_details;

  gtk_widget_class_install_action (widget_class, "approvals.approve", NULL, approve_action);
  gtk_widget_class_install_action (widget_class, "approvals.approve-all", NULL,
                                   approve_all_action);
  gtk_widget_class_install_action (widget_class, "approvals.hold", NULL, hold_action);
  gtk_widget_class_install_action (widget_class, "approvals.show-approved", NULL,
                                   show_approved_action);
  gtk_widget_class_install_action (widget_class, "approvals.show-partner", NULL,
                                   show_partner_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_ROWS);
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/partners/rungs-approvals-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsApprovalsView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsApprovalsView, partner_box);
  gtk_widget_class_bind_template_child (widget_class, RungsApprovalsView, filter);
  gtk_widget_class_bind_template_child (widget_class, RungsApprovalsView, name);
  gtk_widget_class_bind_template_child (widget_class, RungsApprovalsView, amount);
  gtk_widget_class_bind_template_child (widget_class, RungsApprovalsView, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsApprovalsView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_what_can_be_done);
}

static void
rungs_approvals_view_init (RungsApprovalsView *self)
{
  GtkWidget *partners = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  partners = rungs_partner_pick_new ();
  self->partners = RUNGS_PICK_BUTTON (partners);
  g_signal_connect_object (partners, "picked", G_CALLBACK (partner_picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->partner_box), partners);
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_details (RUNGS_PAGE_VIEW (self));
}
