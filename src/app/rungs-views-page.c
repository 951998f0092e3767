/* rungs-views-page.c: a page of several views, one of which is seen. */

#include "rungs-views-page.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwViewStack *stack; /* (nullable): of the template */
} RungsViewsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RungsViewsPage, rungs_views_page, RUNGS_TYPE_PAGE)

static AdwViewStack *
stack_of (gpointer page)
{
  RungsViewsPagePrivate *private = rungs_views_page_get_instance_private (page);

  return private->stack;
}

static RungsPageView *
view_of (gpointer page)
{
  return RUNGS_PAGE_VIEW (adw_view_stack_get_visible_child (stack_of (page)));
}

static void
show_summary (RungsPage *page)
{
  g_autofree char *summary = NULL;

  if (rungs_page_get_store (page) == NULL)
    return;
  summary = rungs_page_view_dup_summary (view_of (page));
  rungs_page_set_subtitle (page, summary);
  rungs_page_settle_focus (page);
}

static void
summary_changed_cb (RungsPage     *page,
                    RungsPageView *view)
{
  if (view == view_of (page))
    show_summary (page);
}

/* Another view is seen: it may be old, and may have been searched for other words. */
static void
view_changed_cb (RungsPage *page)
{
  RungsPageViewClass *klass = NULL;

  if (adw_view_stack_get_visible_child (stack_of (page)) == NULL)
    return;
  klass = RUNGS_PAGE_VIEW_GET_CLASS (view_of (page));
  rungs_page_set_main_action_label (page, klass->main_action_label != NULL
                                              ? _ (klass->main_action_label)
                                              : NULL);
  g_object_set (page, "search-placeholder",
                klass->search_placeholder != NULL ? _ (klass->search_placeholder) : "", NULL);
  rungs_page_set_search_shown (page, klass->search_placeholder != NULL);
  if (rungs_page_get_store (page) == NULL)
    return;
  rungs_page_view_refresh (view_of (page));
  rungs_page_view_search (view_of (page));
  show_summary (page);
}

/* ---- the page */

static void
rungs_views_page_refresh (RungsPage *page)
{
  rungs_page_view_refresh (view_of (page));
}

static void
rungs_views_page_search (RungsPage  *page,
                         const char *text)
{
  if (rungs_page_get_store (page) != NULL)
    rungs_page_view_search (view_of (page));
}

static gboolean
rungs_views_page_focus_content (RungsPage *page)
{
  return rungs_page_view_focus_content (view_of (page));
}

static void
rungs_views_page_main_action (RungsPage *page)
{
  if (rungs_page_get_store (page) != NULL)
    rungs_page_view_do_main_action (view_of (page));
}

static void
rungs_views_page_show_target (RungsPage  *page,
                              const char *target)
{
  AdwViewStack *stack = stack_of (page);
  g_auto (GStrv) parts = g_strsplit (target, ":", 2);
  GtkWidget *view
      = parts[0] != NULL ? adw_view_stack_get_child_by_name (stack, parts[0]) : NULL;

  if (view == NULL)
    return;
  adw_view_stack_set_visible_child (stack, view);
  if (parts[1] == NULL)
    return;
  rungs_page_set_search_text (page, "");
  rungs_page_view_show_target (RUNGS_PAGE_VIEW (view), parts[1]);
}

/* The first of them that has something: all are asked, those that are not seen, too. */
static char *
rungs_views_page_dup_unsaved (RungsPage *page)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (stack_of (page));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pages));
  char *unsaved = NULL;

  for (guint i = 0; i < n && unsaved == NULL; i++)
    {
      g_autoptr (AdwViewStackPage) one = g_list_model_get_item (G_LIST_MODEL (pages), i);

      unsaved = rungs_page_view_dup_unsaved (
          RUNGS_PAGE_VIEW (adw_view_stack_page_get_child (one)));
    }
  return unsaved;
}

static void
rungs_views_page_class_init (RungsViewsPageClass *klass)
{
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  page_class->main_action = rungs_views_page_main_action;
  page_class->search = rungs_views_page_search;
  page_class->focus_content = rungs_views_page_focus_content;
  page_class->refresh = rungs_views_page_refresh;
  page_class->show_target = rungs_views_page_show_target;
  page_class->dup_unsaved = rungs_views_page_dup_unsaved;
}

static void
rungs_views_page_init (RungsViewsPage *self)
{
}

void
rungs_views_page_set_up (RungsViewsPage      *self,
                         AdwViewStack        *stack,
                         const RungsViewKind *kinds,
                         guint                n)
{
  RungsViewsPagePrivate *private = rungs_views_page_get_instance_private (self);

  g_return_if_fail (RUNGS_IS_VIEWS_PAGE (self));
  g_return_if_fail (ADW_IS_VIEW_STACK (stack));

  private->stack = stack;
  g_signal_connect_object (stack, "notify::visible-child", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *view = g_object_new (kinds[i].get_type (), NULL);

      if (rungs_page_get_store (RUNGS_PAGE (self)) != NULL)
        rungs_page_view_set_up (RUNGS_PAGE_VIEW (view), RUNGS_PAGE (self));
      g_signal_connect_object (view, "summary-changed", G_CALLBACK (summary_changed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_view_stack_add_titled_with_icon (stack, view, kinds[i].name, _ (kinds[i].title),
                                           kinds[i].icon_name);
    }
}
