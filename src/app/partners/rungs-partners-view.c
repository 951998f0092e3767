/* rungs-partners-view.c: who brings leads and sales for a commission, and what they are owed. */

#include "rungs-partners-view.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "rungs-award-form.h"
#include "rungs-award-rows.h"
#include "rungs-credit-form.h"
#include "rungs-partner-bulk.h"
#include "rungs-partner-detail.h"
#include "rungs-partner-dialog.h"
#include "rungs-partner-rows.h"
#include "rungs-payee-form.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"

struct _RungsPartnersView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  GtkDropDown *filter;
  RungsPartnerDetail *detail;
  GMenuModel *row_menu;
};

G_DEFINE_FINAL_TYPE (RungsPartnersView, rungs_partners_view, RUNGS_TYPE_PAGE_VIEW)

static RungsPage *
page_of (RungsPartnersView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- the list */

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsPartnersView *self = data;
  RungsPartnerQuery *query = g_new0 (RungsPartnerQuery, 1);

  query->filter = gtk_drop_down_get_selected (self->filter);
  query->words = g_strdup (rungs_page_get_search_text (page_of (self)));
  query->sort = rungs_partner_rows_get_sort (rungs_browser_get_sort (browser, &query->descending));
  return query;
}

static gboolean
is_narrowed (RungsPartnersView *self)
{
  return gtk_drop_down_get_selected (self->filter) != RUNGS_PARTNERS_ALL
         || *rungs_page_get_search_text (page_of (self)) != '\0';
}

static void
filter_chosen_cb (RungsPartnersView *self)
{
  if (page_of (self) != NULL)
    rungs_browser_requery (self->browser, is_narrowed (self));
}

/* ---- the details of the selected row */

static RungsPartnerDetails *
details_of (RungsPartnersView *self)
{
  return rungs_page_view_get_details (RUNGS_PAGE_VIEW (self));
}

static const RungsPartner *
partner_of (RungsPartnersView *self)
{
  RungsPartnerDetails *details = details_of (self);

  return details != NULL ? details->row->partner : NULL;
}

static void
enable_sayings (GtkWidget          *widget,
                const RungsPartner *partner)
{
  int status = partner != NULL ? (int) partner->status : -1;

  gtk_widget_action_set_enabled (widget, "partners.accept", status == RUNGS_PARTNER_APPLIED);
  gtk_widget_action_set_enabled (widget, "partners.pause", status == RUNGS_PARTNER_ACTIVE);
  gtk_widget_action_set_enabled (widget, "partners.resume", status == RUNGS_PARTNER_PAUSED);
  gtk_widget_action_set_enabled (widget, "partners.take-back", status == RUNGS_PARTNER_ENDED);
  gtk_widget_action_set_enabled (widget, "partners.end",
                                 partner != NULL && status != RUNGS_PARTNER_ENDED);
}

static void
show_details (RungsPageView *view)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (view);
  const RungsPartner *partner = partner_of (self);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "partners.edit", partner != NULL);
  gtk_widget_action_set_enabled (widget, "partners.payout-details", partner != NULL);
  gtk_widget_action_set_enabled (widget, "partners.give-bonus", partner != NULL);
  gtk_widget_action_set_enabled (widget, "partners.copy-link",
                                 partner != NULL && details_of (self)->link != NULL);
  enable_sayings (widget, partner);
  gtk_widget_action_set_enabled (widget, "partners.open-lead",
                                 partner != NULL && partner->lead != 0);
  gtk_widget_action_set_enabled (widget, "partners.show-leads", partner != NULL);
  if (partner != NULL)
    rungs_partner_detail_show (self->detail, details_of (self));
}

/* ---- what can be done */

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_partner_dialog_open (page_of (RUNGS_PARTNERS_VIEW (widget)), 0);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (widget);
  const RungsPartner *partner = partner_of (self);

  if (partner != NULL)
    rungs_partner_dialog_open (page_of (self), partner->id);
}

static void
activated_cb (RungsPartnersView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "partners.edit", NULL);
}

static void
payout_details_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (widget);
  const RungsPartner *partner = partner_of (self);

  if (partner != NULL)
    rungs_payee_form_open (page_of (self), GTK_WINDOW (gtk_widget_get_root (widget)), partner->id,
                           partner->name);
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (widget);
  RungsPartnerDetails *details = details_of (self);

  if (details == NULL || details->link == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), details->link);
  rungs_page_notify (page_of (self), _ ("The link is in the clipboard"));
}

static void
open_lead_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  const RungsPartner *partner = partner_of (RUNGS_PARTNERS_VIEW (widget));
  g_autofree char *target = NULL;

  if (partner == NULL || partner->lead == 0)
    return;
  target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, partner->lead);
  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads", target);
}

static void
show_leads_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  const RungsPartner *partner = partner_of (RUNGS_PARTNERS_VIEW (widget));
  g_autofree char *target = NULL;

  if (partner == NULL)
    return;
  target = g_strdup_printf ("source:%" G_GINT64_FORMAT, partner->source);
  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads", target);
}

static void
credit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_credit_form_open (page_of (RUNGS_PARTNERS_VIEW (widget)),
                          g_variant_get_int64 (parameter));
}

/* What is said of a partner by an action; %s is its name. */
static const struct
{
  const char *action;
  RungsPartnerStatus status;
  const char *done;
} SAYINGS[] = {
  { "partners.accept", RUNGS_PARTNER_ACTIVE, N_ ("“%s” is a partner, and earns from now on") },
  { "partners.resume", RUNGS_PARTNER_ACTIVE, N_ ("“%s” earns again from now on") },
  { "partners.take-back", RUNGS_PARTNER_ACTIVE, N_ ("“%s” earns again from now on") },
  { "partners.pause", RUNGS_PARTNER_PAUSED,
    N_ ("“%s” is paused and earns nothing from now on; what was earned is paid as ever") },
  { "partners.end", RUNGS_PARTNER_ENDED, N_ ("“%s” earns nothing more; what was earned stays") },
};

static RungsPageWork
work_on (const RungsPartner *partner,
         RungsPartnerStatus  status,
         RungsStoreFunc      func,
         const char         *done,
         const char         *failed)
{
  return (RungsPageWork){ .func = func,
                          .data = rungs_partner_saying_new (partner->id, status),
                          .data_free = g_free,
                          .done = done,
                          .failed = failed };
}

static void
say_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (widget);
  const RungsPartner *partner = partner_of (self);
  g_autofree char *done = NULL;
  RungsPageWork work, undo;
  guint i = 0;

  while (!g_str_equal (SAYINGS[i].action, name))
    i++;
  if (partner == NULL)
    return;
  done = g_strdup_printf (_ (SAYINGS[i].done), partner->name);
  work = work_on (partner, SAYINGS[i].status, rungs_partner_do_set_status, done,
                  _ ("The Partner Could Not Be Changed"));
  undo = work_on (partner, SAYINGS[i].status, rungs_partner_undo_set_status,
                  _ ("The partner is as before"), _ ("It Could Not Be Undone"));
  rungs_page_do (page_of (self), &work, &undo);
}

/* ---- what is done to all that are selected */

static const struct
{
  const char *action;
  void (*func) (RungsPage *page,
                GArray    *partners);
} BULK[] = {
  { "partners.bulk-programme", rungs_partner_bulk_programme },
  { "partners.bulk-manager", rungs_partner_bulk_manager },
  { "partners.bulk-tag", rungs_partner_bulk_tag },
  { "partners.bulk-untag", rungs_partner_bulk_untag },
  { "partners.bulk-sequence", rungs_partner_bulk_sequence },
  { "partners.bulk-approve", rungs_partner_bulk_approve },
  { "partners.bulk-payout", rungs_partner_bulk_payout },
  { "partners.bulk-export", rungs_partner_bulk_export },
};

static void
bulk_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (widget);

  for (guint i = 0; i < G_N_ELEMENTS (BULK); i++)
    if (g_str_equal (BULK[i].action, name))
      BULK[i].func (page_of (self), rungs_browser_get_selected (self->browser));
}

static void
selection_changed_cb (RungsPartnersView *self)
{
  gboolean any = rungs_browser_get_n_selected (self->browser) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (BULK); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), BULK[i].action, any);
}

/* ---- what it earned without a sale */

static void
give_bonus_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (widget);
  const RungsPartnerDetails *details = details_of (self);

  if (details != NULL)
    rungs_award_form_open_bonus (page_of (self), details);
}

static void
award_take_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (widget);
  const RungsPartnerAward *award
      = rungs_award_rows_find (details_of (self), g_variant_get_int64 (parameter));

  if (award != NULL)
    rungs_award_form_open_take (page_of (self), award);
}

static void
award_approve_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  gint64 id = g_variant_get_int64 (parameter);
  RungsPageWork approve = { .func = rungs_partner_do_approve,
                            .data = g_memdup2 (&id, sizeof id),
                            .data_free = g_free,
                            .done = _ ("It is approved"),
                            .failed = _ ("It Could Not Be Approved") };
  RungsPageWork undo = { .func = rungs_partner_undo_approve,
                         .data = g_memdup2 (&id, sizeof id),
                         .data_free = g_free,
                         .done = _ ("It waits for approval again"),
                         .failed = _ ("It Could Not Be Undone") };

  rungs_page_do (page_of (RUNGS_PARTNERS_VIEW (widget)), &approve, &undo);
}

/* An award that may be given again. */
typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 id;
} Again;

static void
again_answered_cb (gboolean agreed,
                   gpointer data)
{
  Again *again = data;

  if (agreed)
    rungs_page_do (again->page,
                   &(RungsPageWork){ .func = rungs_partner_do_give_again,
                                     .data = g_memdup2 (&again->id, sizeof again->id),
                                     .data_free = g_free,
                                     .done = _ ("It was booked again"),
                                     .failed = _ ("It Could Not Be Booked") },
                   NULL);
  g_object_unref (again->page);
  g_free (again);
}

static void
award_again_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (widget);
  const RungsPartnerAward *award
      = rungs_award_rows_find (details_of (self), g_variant_get_int64 (parameter));
  g_autofree char *words = award != NULL ? rungs_award_rows_words (award) : NULL;
  g_autofree char *body = NULL;
  Again *again;

  if (award == NULL)
    return;
  again = g_new0 (Again, 1);
  again->page = g_object_ref (page_of (self));
  again->id = award->award->id;
  body = g_strdup_printf (_ ("%s. The ledger gets a further entry."), words);
  rungs_question_ask (widget, _ ("Give It Again?"), body, _ ("_Give Again"), RUNGS_QUESTION_PLAIN,
                      again_answered_cb, again);
}

/* ---- the view */

static void
set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "partners",
                             .source = rungs_partner_rows_get_source (),
                             .make_query = make_query,
                             .load = rungs_partner_load_details,
                             .details_free = (GDestroyNotify) rungs_partner_details_free };

  rows.columns = rungs_partner_rows_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_PARTNERS_VIEW (view)->browser, &rows);
}

static void
search (RungsPageView *view)
{
  filter_chosen_cb (RUNGS_PARTNERS_VIEW (view));
}

static void
main_action (RungsPageView *view)
{
  rungs_partner_dialog_open (rungs_page_view_get_page (view), 0);
}

static char *
dup_summary (RungsPageView *view)
{
  guint n = rungs_browser_get_n_rows (RUNGS_PARTNERS_VIEW (view)->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s partner", "%s partners", n), number) : NULL;
}

static void
show_target (RungsPageView *view,
             const char    *rest)
{
  RungsPartnersView *self = RUNGS_PARTNERS_VIEW (view);

  if (g_str_equal (rest, "flagged"))
    {
      gtk_drop_down_set_selected (self->filter, RUNGS_PARTNERS_FLAGGED);
      return;
    }
  gtk_drop_down_set_selected (self->filter, RUNGS_PARTNERS_ALL);
  rungs_browser_select (self->browser, g_ascii_strtoll (rest, NULL, 10));
}

static void
rungs_partners_view_class_init (RungsPartnersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->main_action_label = N_ ("_New Partner…");
  view_class->search_placeholder = N_ ("Search by name, address, manager or note");
  view_class->set_up = set_up;
  view_class->search = search;
  view_class->main_action = main_action;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;
  view_class->show_details = show_details;

  gtk_widget_class_install_action (widget_class, "partners.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "partners.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "partners.payout-details", NULL,
                                   payout_details_action);
  gtk_widget_class_install_action (widget_class, "partners.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "partners.open-lead", NULL, open_lead_action);
  gtk_widget_class_install_action (widget_class, "partners.show-leads", NULL, show_leads_action);
  gtk_widget_class_install_action (widget_class, "partners.credit", "x", credit_action);
  gtk_widget_class_install_action (widget_class, "partners.give-bonus", NULL, give_bonus_action);
  gtk_widget_class_install_action (widget_class, "partners.award-take", "x", award_take_action);
  gtk_widget_class_install_action (widget_class, "partners.award-approve", "x",
                                   award_approve_action);
  gtk_widget_class_install_action (widget_class, "partners.award-again", "x", award_again_action);
  for (guint i = 0; i < G_N_ELEMENTS (SAYINGS); i++)
    gtk_widget_class_install_action (widget_class, SAYINGS[i].action, NULL, say_action);

  for (guint i = 0; i < G_N_ELEMENTS (BULK); i++)
    gtk_widget_class_install_action (widget_class, BULK[i].action, NULL, bulk_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK,
                                       "partners.bulk-tag", NULL);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_PARTNER_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/partners/rungs-partners-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsPartnersView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnersView, filter);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnersView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsPartnersView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
}

static void
rungs_partners_view_init (RungsPartnersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  selection_changed_cb (self);
  show_details (RUNGS_PAGE_VIEW (self));
}
