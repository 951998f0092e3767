/* rungs-payouts-view.c: who was paid what, and what is to be paid next. */

#include "rungs-payouts-view.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "partners/rungs-self-invoice-store.h"
#include "rungs-invoice-form.h"
#include "rungs-invoice-list.h"
#include "rungs-payee-form.h"
#include "rungs-payment-form.h"
#include "rungs-payout-detail.h"
#include "rungs-payout-form.h"
#include "rungs-payout-rows.h"
#include "rungs-statement-save.h"
#include "rungs-statements-save.h"
#include "rungs-yearly-totals.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"

struct _RungsPayoutsView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  GtkDropDown *filter;
  RungsPayoutDetail *detail;
  GMenuModel *row_menu;
};

G_DEFINE_FINAL_TYPE (RungsPayoutsView, rungs_payouts_view, RUNGS_TYPE_PAGE_VIEW)

static RungsPage *
page_of (RungsPayoutsView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- the list */

static gboolean
is_narrowed (RungsPayoutsView *self)
{
  return gtk_drop_down_get_selected (self->filter) != 0;
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  gboolean open = is_narrowed (data);

  return g_memdup2 (&open, sizeof open);
}

static void
filter_chosen_cb (RungsPayoutsView *self)
{
  if (page_of (self) != NULL)
    rungs_browser_requery (self->browser, is_narrowed (self));
}

/* ---- the details of the selected row */

static RungsPayoutDetails *
details_of (RungsPayoutsView *self)
{
  return rungs_page_view_get_details (RUNGS_PAGE_VIEW (self));
}

static void
show_details (RungsPageView *view)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (view);
  RungsPayoutDetails *details = details_of (self);
  const gint64 *counts = details != NULL ? details->row->counts : NULL;
  gboolean on_way = counts != NULL && counts[RUNGS_PAYOUT_PAYABLE] > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "payouts.file", on_way);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "payouts.all-paid", on_way);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "payouts.statements", details != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "payouts.invoices", details != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "payouts.reverse",
                                 counts != NULL && (on_way || counts[RUNGS_PAYOUT_PAID] > 0));
  rungs_payout_detail_show (self->detail, details);
}

/* ---- what can be done: each is asked for, as nothing of it can be undone */

/* What is done when the question is answered. */
typedef struct
{
  RungsPage *page; /* (owned) */
  RungsStoreFunc func;
  gpointer data;    /* (owned) */
  const char *done; /* translated */
} Asked;

static void
answered_cb (gboolean agreed,
             gpointer data)
{
  Asked *asked = data;

  if (agreed)
    rungs_page_do (asked->page,
                   &(RungsPageWork){ .func = asked->func,
                                     .data = g_steal_pointer (&asked->data),
                                     .data_free = g_free,
                                     .done = asked->done,
                                     .failed = _ ("The Payout Could Not Be Changed") },
                   NULL);
  g_free (asked->data);
  g_object_unref (asked->page);
  g_free (asked);
}

static Asked *
asked_new (RungsPayoutsView *self,
           RungsStoreFunc    func,
           gpointer          data,
           const char       *done)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->page = g_object_ref (page_of (self));
  asked->func = func;
  asked->data = data;
  asked->done = done;
  return asked;
}

static const RungsPayoutLine *
line_of (RungsPayoutsView *self,
         gint64            partner)
{
  RungsPayoutDetails *details = details_of (self);

  for (guint i = 0; details != NULL && i < details->lines->len; i++)
    if (((const RungsPayoutLine *) details->lines->pdata[i])->item.partner == partner)
      return details->lines->pdata[i];
  return NULL;
}

static RungsPayoutMark *
mark_new (RungsPayoutsView *self,
          gint64            partner,
          RungsPayoutState  state)
{
  RungsPayoutMark *mark = g_new0 (RungsPayoutMark, 1);

  mark->payout = details_of (self)->row->payout->id;
  mark->partner = partner;
  mark->state = state;
  return mark;
}

static const struct
{
  const char *action;
  RungsPayoutState state;
  const char *heading;
  const char *body; /* with name and amount */
  const char *agree;
  const char *done;
} MARKS[] = {
  { "payouts.paid", RUNGS_PAYOUT_PAID, N_ ("Paid?"),
    N_ ("%s has been paid %s. Rungs moves no money: it notes that you did."),
    N_ ("Mark as _Paid"), N_ ("Marked as paid") },
  { "payouts.failed", RUNGS_PAYOUT_FAILED, N_ ("Failed?"),
    N_ ("%s could not be paid %s. It may be paid again, by the next payout."),
    N_ ("Mark as _Failed"), N_ ("Marked as failed; it may be paid again") },
  { "payouts.returned", RUNGS_PAYOUT_RETURNED, N_ ("Come Back?"),
    N_ ("What %s was paid, %s, has come back to you. It may be paid again, by the next payout."),
    N_ ("Mark as _Come Back"), N_ ("Marked as come back; it may be paid again") },
};

/* `body`, and that invoices are taken back: the one of `line`, or all of the payout. */
static char *
dup_with_invoices (RungsPayoutsView      *self,
                   const char            *body,
                   const RungsPayoutLine *line)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;
  GPtrArray *lines = details_of (self)->lines;

  for (guint i = 0; i < lines->len; i++)
    {
      const RungsPayoutLine *each = lines->pdata[i];

      if ((line == NULL || each == line) && each->invoice != 0 && each->cancelled_by == 0)
        g_ptr_array_add (numbers, rungs_self_invoice_dup_number (each->invoice));
    }
  if (numbers->len == 0)
    return g_strdup (body);
  if (numbers->len > 5)
    {
      g_autofree char *n = rungs_display_number (numbers->len);

      return g_strdup_printf (_ ("%s\n\n%s invoices are taken back, each by a further one."), body,
                              n);
    }
  g_ptr_array_add (numbers, NULL);
  all = g_strjoinv (", ", (char **) numbers->pdata);
  return g_strdup_printf (ngettext ("%s\n\nInvoice %s is taken back by a further one.",
                                    "%s\n\nInvoices %s are taken back, each by a further one.",
                                    numbers->len - 1),
                          body, all);
}

static void
mark_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (widget);
  const RungsPayoutLine *line = line_of (self, g_variant_get_int64 (parameter));
  g_autofree char *money = NULL;
  g_autofree char *what = NULL;
  g_autofree char *body = NULL;
  guint i = 0;

  if (line == NULL)
    return;
  while (!g_str_equal (MARKS[i].action, name))
    i++;
  money = rungs_display_money (
      rungs_money (line->amount, details_of (self)->row->payout->currency));
  what = g_strdup_printf (_ (MARKS[i].body), line->name, money);
  body = MARKS[i].state == RUNGS_PAYOUT_PAID ? g_strdup (what)
                                             : dup_with_invoices (self, what, line);
  rungs_question_ask (
      widget, _ (MARKS[i].heading), body, _ (MARKS[i].agree),
      MARKS[i].state == RUNGS_PAYOUT_PAID ? RUNGS_QUESTION_PLAIN : RUNGS_QUESTION_DESTRUCTIVE,
      answered_cb,
      asked_new (self, rungs_payout_do_mark,
                 mark_new (self, line->item.partner, MARKS[i].state), _ (MARKS[i].done)));
}

static void
all_paid_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (widget);
  RungsPayoutDetails *details = details_of (self);
  g_autofree char *number = NULL;
  g_autofree char *body = NULL;
  gint64 n;

  if (details == NULL)
    return;
  n = details->row->counts[RUNGS_PAYOUT_PAYABLE];
  number = rungs_display_number (n);
  body = g_strdup_printf (
      ngettext ("%s payment is on its way. Rungs moves no money: it notes that you paid.",
                "%s payments are on their way. Rungs moves no money: it notes that you paid them.",
                (gulong) n),
      number);
  rungs_question_ask (widget, _ ("All Paid?"), body, _ ("Mark as _Paid"), RUNGS_QUESTION_PLAIN,
                      answered_cb,
                      asked_new (self, rungs_payout_do_mark, mark_new (self, 0, RUNGS_PAYOUT_PAID),
                                 _ ("Marked as paid")));
}

static void
reverse_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (widget);
  RungsPayoutDetails *details = details_of (self);
  const RungsPayout *payout;
  g_autofree char *money = NULL;
  g_autofree char *what = NULL;
  g_autofree char *body = NULL;

  if (details == NULL)
    return;
  payout = details->row->payout;
  money = rungs_display_money (rungs_money (payout->amount, payout->currency));
  what = g_strdup_printf (_ ("%s may be paid again afterwards: what is on its way counts as "
                             "failed, what was paid as come back. The ledger keeps both."),
                          money);
  body = dup_with_invoices (self, what, NULL);
  rungs_question_ask (widget, _ ("Reverse the Whole Payout?"), body, _ ("_Reverse"),
                      RUNGS_QUESTION_DESTRUCTIVE, answered_cb,
                      asked_new (self, rungs_payout_do_reverse,
                                 g_memdup2 (&payout->id, sizeof payout->id),
                                 _ ("The payout was reversed")));
}

static void
partner_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  g_autofree char *target
      = g_strdup_printf ("partners:%" G_GINT64_FORMAT, g_variant_get_int64 (parameter));

  rungs_page_show_target (page_of (RUNGS_PAYOUTS_VIEW (widget)), target);
}

/* ---- papers and files */

static void
file_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (widget);

  if (details_of (self) != NULL)
    rungs_payment_form_open (page_of (self), details_of (self));
}

static void
account_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  rungs_payee_form_open_own (page_of (RUNGS_PAYOUTS_VIEW (widget)),
                             GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
totals_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_yearly_totals_open (page_of (RUNGS_PAYOUTS_VIEW (widget)));
}

static void
statement_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (widget);
  const RungsPayoutLine *line = line_of (self, g_variant_get_int64 (parameter));

  if (line != NULL)
    rungs_statement_save (page_of (self), details_of (self)->row->payout->id, line->item.partner,
                          line->name, g_str_equal (name, "payouts.statement-pdf"));
}

static void
invoice_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (widget);

  if (details_of (self) != NULL)
    rungs_invoice_form_open (page_of (self), GTK_WINDOW (gtk_widget_get_root (widget)),
                             details_of (self)->row->payout->id,
                             parameter != NULL ? g_variant_get_int64 (parameter) : 0);
}

static void
invoice_list_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  rungs_invoice_list_open (page_of (RUNGS_PAYOUTS_VIEW (widget)));
}

static void
statements_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (widget);
  RungsPayoutDetails *details = details_of (self);
  GArray *partners;

  if (details == NULL)
    return;
  partners = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < details->lines->len; i++)
    g_array_append_val (partners,
                        ((const RungsPayoutLine *) details->lines->pdata[i])->item.partner);
  rungs_statements_save (page_of (self), details->row->payout->id, partners);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_payout_form_open (page_of (RUNGS_PAYOUTS_VIEW (widget)));
}

/* ---- the view */

static void
set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "payouts",
                             .source = rungs_payout_rows_get_source (),
                             .make_query = make_query,
                             .load = rungs_payout_load_details,
                             .details_free = (GDestroyNotify) rungs_payout_details_free };

  rows.columns = rungs_payout_rows_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_PAYOUTS_VIEW (view)->browser, &rows);
}

static void
search (RungsPageView *view)
{
  filter_chosen_cb (RUNGS_PAYOUTS_VIEW (view));
}

static void
main_action (RungsPageView *view)
{
  rungs_payout_form_open (rungs_page_view_get_page (view));
}

static char *
dup_summary (RungsPageView *view)
{
  guint n = rungs_browser_get_n_rows (RUNGS_PAYOUTS_VIEW (view)->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s payout", "%s payouts", n), number) : NULL;
}

static void
show_target (RungsPageView *view,
             const char    *rest)
{
  RungsPayoutsView *self = RUNGS_PAYOUTS_VIEW (view);

  gtk_drop_down_set_selected (self->filter, 0);
  rungs_browser_select (self->browser, g_ascii_strtoll (rest, NULL, 10));
}

static void
rungs_payouts_view_class_init (RungsPayoutsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->main_action_label = N_ ("_New Payout…");
  view_class->set_up = set_up;
  view_class->search = search;
  view_class->main_action = main_action;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;
  view_class->show_details = show_details;

  gtk_widget_class_install_action (widget_class, "payouts.new", NULL, new_action);
  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++)
    gtk_widget_class_install_action (widget_class, MARKS[i].action, "x", mark_action);
  gtk_widget_class_install_action (widget_class, "payouts.file", NULL, file_action);
  gtk_widget_class_install_action (widget_class, "payouts.account", NULL, account_action);
  gtk_widget_class_install_action (widget_class, "payouts.totals", NULL, totals_action);
  gtk_widget_class_install_action (widget_class, "payouts.statement-pdf", "x", statement_action);
  gtk_widget_class_install_action (widget_class, "payouts.statement-page", "x", statement_action);
  gtk_widget_class_install_action (widget_class, "payouts.invoice", "x", invoice_action);
  gtk_widget_class_install_action (widget_class, "payouts.invoices", NULL, invoice_action);
  gtk_widget_class_install_action (widget_class, "payouts.invoice-list", NULL,
                                   invoice_list_action);
  gtk_widget_class_install_action (widget_class, "payouts.statements", NULL, statements_action);
  gtk_widget_class_install_action (widget_class, "payouts.all-paid", NULL, all_paid_action);
  gtk_widget_class_install_action (widget_class, "payouts.reverse", NULL, reverse_action);
  gtk_widget_class_install_action (widget_class, "payouts.partner", "x", partner_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_PAYOUT_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/partners/rungs-payouts-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutsView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutsView, filter);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutsView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsPayoutsView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, filter_chosen_cb);
}

static void
rungs_payouts_view_init (RungsPayoutsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_details (RUNGS_PAGE_VIEW (self));
}
