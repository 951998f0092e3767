/* rungs-links-view.c: links that tell which source somebody comes from. */

#include "rungs-links-view.h"

#include <glib/gi18n.h>

#include "import/rungs-import-words.h"
#include "rungs-link-dialog.h"
#include "rungs-link-rows.h"
#include "web/rungs-web-source-link-store.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-wrap-box.h"

struct _RungsLinksView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  GMenuModel *row_menu;
  GtkLabel *name;
  GtkLabel *address;
  GtkWidget *unreachable;
  GtkWidget *facts;
};

G_DEFINE_FINAL_TYPE (RungsLinksView, rungs_links_view, RUNGS_TYPE_PAGE_VIEW)

enum
{
  FACT_KIND,
  FACT_TARGET,
  FACT_REMEMBER,
  FACT_VISITS,
  FACT_MACHINES,
  FACT_LAST,
  FACT_LEADS,
};

static RungsPage *
page_of (RungsLinksView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- the list */

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  return g_strdup (rungs_page_get_search_text (page_of (data)));
}

/* ---- the details of the selected row */

static const RungsWebSourceLink *
link_of (RungsLinksView *self)
{
  return rungs_page_view_get_details (RUNGS_PAGE_VIEW (self));
}

static void
show_facts (RungsLinksView           *self,
            const RungsWebSourceLink *link)
{
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_KIND, _ ("Source"),
                   g_strdup (rungs_source_kind_words (link->kind)));
  rungs_facts_add (facts, FACT_TARGET, _ ("Leads to"), g_strdup (link->link->target));
  rungs_facts_add (facts, FACT_REMEMBER, _ ("Remembered"),
                   rungs_link_dup_remember (link->link->remember, link->link->days));
  rungs_facts_add (facts, FACT_VISITS, _ ("Followed"), rungs_display_number (link->visits));
  rungs_facts_add (facts, FACT_MACHINES, _ ("By machines"),
                   link->machines > 0 ? rungs_display_number (link->machines) : NULL);
  rungs_facts_add (facts, FACT_LAST, _ ("Last"),
                   *link->last_day != '\0' ? rungs_display_calendar_day (link->last_day) : NULL);
  rungs_facts_add (facts, FACT_LEADS, _ ("Leads"), rungs_display_number (link->leads));
  rungs_facts_show (self->facts, facts);
}

static void
show_details (RungsPageView *view)
{
  RungsLinksView *self = RUNGS_LINKS_VIEW (view);
  static const char *const ACTIONS[]
    = { "links.edit", "links.copy", "links.leads", "links.remove" };
  const RungsWebSourceLink *link = link_of (self);

  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), ACTIONS[i], link != NULL);
  if (link == NULL)
    return;
  gtk_label_set_label (self->name, link->name);
  gtk_label_set_label (self->address, link->address);
  gtk_widget_set_visible (self->unreachable, *link->address == '/');
  show_facts (self, link);
}

/* ---- what can be done */

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_link_dialog_open (page_of (RUNGS_LINKS_VIEW (widget)), 0);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsLinksView *self = RUNGS_LINKS_VIEW (widget);
  const RungsWebSourceLink *link = link_of (self);

  if (link != NULL)
    rungs_link_dialog_open (page_of (self), link->link->source);
}

static void
activated_cb (RungsLinksView *self,
              gint64          id)
{
  rungs_link_dialog_open (page_of (self), id);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsLinksView *self = RUNGS_LINKS_VIEW (widget);
  const RungsWebSourceLink *link = link_of (self);

  if (link == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link->address);
  rungs_page_notify (page_of (self),
                     *link->address != '/'
                       ? _ ("The address is in the clipboard")
                       : _ ("The path is in the clipboard; its beginning comes with a relay"));
}

static void
leads_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  const RungsWebSourceLink *link = link_of (RUNGS_LINKS_VIEW (widget));
  g_autofree char *target = NULL;

  if (link == NULL)
    return;
  target = g_strdup_printf ("source:%" G_GINT64_FORMAT, link->link->source);
  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads", target);
}

/* On the store's writing thread. */
static gpointer
remove_link (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return GINT_TO_POINTER (rungs_source_link_remove (db, *(gint64 *) data, error));
}

static gpointer
put_back (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return GINT_TO_POINTER (rungs_source_link_save (db, data, error));
}

static RungsSourceLink *
copy_link (const RungsSourceLink *link)
{
  RungsSourceLink *copy = rungs_source_link_new (link->source, link->code, link->target);

  g_free (copy->remember);
  copy->remember = g_strdup (link->remember);
  copy->days = link->days;
  return copy;
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsLinksView *self = RUNGS_LINKS_VIEW (widget);
  const RungsWebSourceLink *link = link_of (self);
  g_autofree char *done = NULL;

  if (link == NULL)
    return;
  done = g_strdup_printf (_ ("The link of “%s” leads nowhere any more"), link->name);
  rungs_page_do (page_of (self),
                 &(RungsPageWork) { .func = remove_link,
                                    .data = g_memdup2 (&link->link->source, sizeof (gint64)),
                                    .data_free = g_free,
                                    .done = done,
                                    .failed = _ ("The Link Could Not Be Removed") },
                 &(RungsPageWork) { .func = put_back,
                                    .data = copy_link (link->link),
                                    .data_free = (GDestroyNotify) rungs_source_link_free,
                                    .done = _ ("The link is there again"),
                                    .failed = _ ("It Could Not Be Undone") });
}

/* ---- the view */

/* On a thread of the store. */
static gpointer
load_details (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return rungs_web_source_link_load (db, *(gint64 *) data, error);
}

static void
set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "links",
                             .source = rungs_link_rows_get_source (),
                             .make_query = make_query,
                             .load = load_details,
                             .details_free = (GDestroyNotify) rungs_web_source_link_free };

  rows.columns = rungs_link_rows_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_LINKS_VIEW (view)->browser, &rows);
}

static void
main_action (RungsPageView *view)
{
  rungs_link_dialog_open (rungs_page_view_get_page (view), 0);
}

static char *
dup_summary (RungsPageView *view)
{
  guint n = rungs_browser_get_n_rows (RUNGS_LINKS_VIEW (view)->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s link", "%s links", n), number) : NULL;
}

static void
show_target (RungsPageView *view,
             const char   *rest)
{
  rungs_browser_select (RUNGS_LINKS_VIEW (view)->browser, g_ascii_strtoll (rest, NULL, 10));
}

static void
rungs_links_view_class_init (RungsLinksViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->main_action_label = N_ ("_New Link…");
  view_class->search_placeholder = N_ ("Search by source or address");
  view_class->set_up = set_up;
  view_class->main_action = main_action;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;
  view_class->show_details = show_details;

  gtk_widget_class_install_action (widget_class, "links.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "links.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "links.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "links.leads", NULL, leads_action);
  gtk_widget_class_install_action (widget_class, "links.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "links.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "links.remove", NULL);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_ROWS);
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-links-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLinksView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsLinksView, row_menu);
  gtk_widget_class_bind_template_child (widget_class, RungsLinksView, name);
  gtk_widget_class_bind_template_child (widget_class, RungsLinksView, address);
  gtk_widget_class_bind_template_child (widget_class, RungsLinksView, unreachable);
  gtk_widget_class_bind_template_child (widget_class, RungsLinksView, facts);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rungs_links_view_init (RungsLinksView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_details (RUNGS_PAGE_VIEW (self));
}
