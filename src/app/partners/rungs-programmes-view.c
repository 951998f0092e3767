/* rungs-programmes-view.c: what partners earn by which sale. */

#include "rungs-programmes-view.h"

#include <glib/gi18n.h>

#include "rungs-attribution-form.h"
#include "rungs-programme-detail.h"
#include "rungs-programme-form.h"
#include "rungs-programme-rows.h"
#include "rungs-programme-texts-form.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"

struct _RungsProgrammesView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  RungsProgrammeDetail *detail;
  GMenuModel *row_menu;
};

G_DEFINE_FINAL_TYPE (RungsProgrammesView, rungs_programmes_view, RUNGS_TYPE_PAGE_VIEW)

static RungsPage *
page_of (RungsProgrammesView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

static const RungsProgrammeRow *
row_of (RungsProgrammesView *self)
{
  return rungs_page_view_get_details (RUNGS_PAGE_VIEW (self));
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  return g_strdup (rungs_page_get_search_text (page_of (data)));
}

static void
show_details (RungsPageView *view)
{
  RungsProgrammesView *self = RUNGS_PROGRAMMES_VIEW (view);
  const RungsProgrammeRow *row = row_of (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "programmes.terms", row != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "programmes.retire",
                                 row != NULL && row->retired_at == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "programmes.unretire",
                                 row != NULL && row->retired_at != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "programmes.texts", row != NULL);
  if (row != NULL)
    rungs_programme_detail_show (self->detail, row);
}

/* ---- what can be done */

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_programme_form_open (page_of (RUNGS_PROGRAMMES_VIEW (widget)), 0);
}

static void
terms_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsProgrammesView *self = RUNGS_PROGRAMMES_VIEW (widget);
  const RungsProgrammeRow *row = row_of (self);

  if (row != NULL)
    rungs_programme_form_open (page_of (self), row->id);
}

static void
texts_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsProgrammesView *self = RUNGS_PROGRAMMES_VIEW (widget);
  const RungsProgrammeRow *row = row_of (self);

  if (row != NULL)
    rungs_programme_texts_form_open (page_of (self), row->id);
}

static void
credit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_attribution_form_open (page_of (RUNGS_PROGRAMMES_VIEW (widget)));
}

static RungsPageWork
work_on (const RungsProgrammeRow *row,
         RungsStoreFunc           func,
         const char              *done,
         const char              *failed)
{
  return (RungsPageWork){ .func = func,
                          .data = g_memdup2 (&row->id, sizeof row->id),
                          .data_free = g_free,
                          .done = done,
                          .failed = failed };
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsProgrammesView *self = RUNGS_PROGRAMMES_VIEW (widget);
  const RungsProgrammeRow *row = row_of (self);
  g_autofree char *done = NULL;
  RungsPageWork retire, undo;

  if (row == NULL)
    return;
  done = g_strdup_printf (_ ("Nobody joins “%s” any more; who is in it stays"), row->name);
  retire = work_on (row, rungs_programme_do_retire, done, _ ("The Programme Could Not Be Retired"));
  undo = work_on (row, rungs_programme_undo_retire, _ ("Partners may join again"),
                  _ ("It Could Not Be Undone"));
  rungs_page_do (page_of (self), &retire, &undo);
}

static void
unretire_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RungsProgrammesView *self = RUNGS_PROGRAMMES_VIEW (widget);
  const RungsProgrammeRow *row = row_of (self);
  RungsPageWork work;

  if (row == NULL)
    return;
  work = work_on (row, rungs_programme_undo_retire, _ ("Partners may join again"),
                  _ ("The Programme Could Not Be Brought Back"));
  rungs_page_do (page_of (self), &work, NULL);
}

static void
activated_cb (RungsProgrammesView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "programmes.terms", NULL);
}

/* ---- the view */

static void
set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "programmes",
                             .source = rungs_programme_rows_get_source (),
                             .make_query = make_query,
                             .load = rungs_programme_load_details,
                             .details_free = (GDestroyNotify) rungs_programme_row_free };

  rows.columns = rungs_programme_rows_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_PROGRAMMES_VIEW (view)->browser, &rows);
}

static void
main_action (RungsPageView *view)
{
  rungs_programme_form_open (rungs_page_view_get_page (view), 0);
}

static char *
dup_summary (RungsPageView *view)
{
  guint n = rungs_browser_get_n_rows (RUNGS_PROGRAMMES_VIEW (view)->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s programme", "%s programmes", n), number) : NULL;
}

static void
show_target (RungsPageView *view,
             const char    *rest)
{
  rungs_browser_select (RUNGS_PROGRAMMES_VIEW (view)->browser, g_ascii_strtoll (rest, NULL, 10));
}

static void
rungs_programmes_view_class_init (RungsProgrammesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->main_action_label = N_ ("_New Programme…");
  view_class->search_placeholder = N_ ("Search by name");
  view_class->set_up = set_up;
  view_class->main_action = main_action;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;
  view_class->show_details = show_details;

  gtk_widget_class_install_action (widget_class, "programmes.credit", NULL, credit_action);
  gtk_widget_class_install_action (widget_class, "programmes.retire", NULL, retire_action);
  gtk_widget_class_install_action (widget_class, "programmes.unretire", NULL, unretire_action);
  gtk_widget_class_install_action (widget_class, "programmes.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "programmes.terms", NULL, terms_action);
  gtk_widget_class_install_action (widget_class, "programmes.texts", NULL, texts_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_PROGRAMME_DETAIL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/partners/rungs-programmes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammesView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammesView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammesView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rungs_programmes_view_init (RungsProgrammesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_details (RUNGS_PAGE_VIEW (self));
}
