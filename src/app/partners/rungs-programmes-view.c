/* rungs-programmes-view.c: what partners earn by which sale. */

#include "rungs-programmes-view.h"

#include <glib/gi18n.h>

#include "rungs-programme-detail.h"
#include "rungs-programme-form.h"
#include "rungs-programme-rows.h"
#include "rungs-row-details.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"

struct _RungsProgrammesView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  RungsProgrammeDetail *detail;
  GMenuModel *row_menu;

  RungsRowDetails *details; /* (owned) (nullable): a RungsProgrammeRow */
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
  return self->details != NULL ? rungs_row_details_get (self->details) : NULL;
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  return g_strdup (rungs_page_get_search_text (page_of (data)));
}

static void
n_rows_changed_cb (RungsProgrammesView *self)
{
  rungs_page_view_summary_changed (RUNGS_PAGE_VIEW (self));
}

static void
show_details (RungsProgrammesView *self)
{
  const RungsProgrammeRow *row = row_of (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "programmes.terms", row != NULL);
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
activated_cb (RungsProgrammesView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "programmes.terms", NULL);
}

/* ---- the view */

static void
set_up (RungsPageView *view)
{
  RungsProgrammesView *self = RUNGS_PROGRAMMES_VIEW (view);
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_programme_rows_get_columns (&n);

  rungs_browser_set_up (self->browser, "programmes", rungs_page_view_get_store (view),
                        rungs_programme_rows_get_source (), columns, n, make_query, self);
  self->details
      = rungs_row_details_new (page_of (self), self->browser, rungs_programme_load_details,
                               (GDestroyNotify) rungs_programme_row_free);
  g_signal_connect_object (self->details, "changed", G_CALLBACK (show_details), self,
                           G_CONNECT_SWAPPED);
}

static void
refresh (RungsPageView *view)
{
  RungsProgrammesView *self = RUNGS_PROGRAMMES_VIEW (view);

  if (page_of (self) == NULL)
    return;
  rungs_browser_refresh (self->browser);
  rungs_row_details_refresh (self->details);
}

static void
search (RungsPageView *view)
{
  RungsProgrammesView *self = RUNGS_PROGRAMMES_VIEW (view);

  rungs_browser_requery (self->browser, *rungs_page_get_search_text (page_of (self)) != '\0');
}

static void
main_action (RungsPageView *view)
{
  rungs_programme_form_open (rungs_page_view_get_page (view), 0);
}

static gboolean
focus_content (RungsPageView *view)
{
  return rungs_browser_focus (RUNGS_PROGRAMMES_VIEW (view)->browser);
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
rungs_programmes_view_dispose (GObject *object)
{
  g_clear_object (&RUNGS_PROGRAMMES_VIEW (object)->details);
  G_OBJECT_CLASS (rungs_programmes_view_parent_class)->dispose (object);
}

static void
rungs_programmes_view_class_init (RungsProgrammesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_programmes_view_dispose;
  view_class->main_action_label = N_ ("_New Programme…");
  view_class->search_placeholder = N_ ("Search by name");
  view_class->set_up = set_up;
  view_class->refresh = refresh;
  view_class->search = search;
  view_class->main_action = main_action;
  view_class->focus_content = focus_content;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;

  gtk_widget_class_install_action (widget_class, "programmes.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "programmes.terms", NULL, terms_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_PROGRAMME_DETAIL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/partners/rungs-programmes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammesView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammesView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammesView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
}

static void
rungs_programmes_view_init (RungsProgrammesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_details (self);
}
