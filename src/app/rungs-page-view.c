/* rungs-page-view.c: one of several views of a page. */

#include "rungs-page-view.h"

#include "rungs-row-details.h"

typedef struct
{
  RungsPage *page;          /* (nullable): the one it stands in */
  RungsBrowser *browser;    /* (nullable): a widget of its template */
  RungsRowDetails *details; /* (owned) (nullable) */
} RungsPageViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RungsPageView, rungs_page_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_SUMMARY_CHANGED,
} RungsPageViewSignal;

static guint signals[SIGNAL_SUMMARY_CHANGED + 1];

static RungsPageViewPrivate *
private (RungsPageView *self)
{
  return rungs_page_view_get_instance_private (self);
}

static void
refresh (RungsPageView *self)
{
  if (private (self)->browser == NULL)
    return;
  rungs_browser_refresh (private (self)->browser);
  rungs_row_details_refresh (private (self)->details);
}

static void
search (RungsPageView *self)
{
  RungsPageViewPrivate *priv = private (self);

  if (priv->browser != NULL)
    rungs_browser_requery (priv->browser, *rungs_page_get_search_text (priv->page) != '\0');
}

static gboolean
focus_content (RungsPageView *self)
{
  return private (self)->browser != NULL && rungs_browser_focus (private (self)->browser);
}

static void
rungs_page_view_dispose (GObject *object)
{
  RungsPageViewPrivate *priv = private (RUNGS_PAGE_VIEW (object));
  GtkWidget *child = NULL;

  if (priv->browser != NULL)
    g_signal_handlers_disconnect_by_data (priv->browser, object);
  priv->browser = NULL;
  if (priv->details != NULL)
    g_signal_handlers_disconnect_by_data (priv->details, object);
  g_clear_object (&priv->details);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  priv->page = NULL;

  G_OBJECT_CLASS (rungs_page_view_parent_class)->dispose (object);
}

static void
rungs_page_view_class_init (RungsPageViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_page_view_dispose;
  klass->refresh = refresh;
  klass->search = search;
  klass->focus_content = focus_content;

  signals[SIGNAL_SUMMARY_CHANGED]
      = g_signal_new ("summary-changed", RUNGS_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_page_view_init (RungsPageView *self)
{
}

RungsPage *
rungs_page_view_get_page (RungsPageView *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE_VIEW (self), NULL);

  return private (self)->page;
}

RungsStore *
rungs_page_view_get_store (RungsPageView *self)
{
  RungsPage *page = rungs_page_view_get_page (self);

  return page != NULL ? rungs_page_get_store (page) : NULL;
}

void
rungs_page_view_summary_changed (RungsPageView *self)
{
  g_return_if_fail (RUNGS_IS_PAGE_VIEW (self));

  g_signal_emit (self, signals[SIGNAL_SUMMARY_CHANGED], 0);
}

static void
details_changed_cb (RungsPageView *self)
{
  if (RUNGS_PAGE_VIEW_GET_CLASS (self)->show_details != NULL)
    RUNGS_PAGE_VIEW_GET_CLASS (self)->show_details (self);
}

void
rungs_page_view_set_rows (RungsPageView           *self,
                          RungsBrowser            *browser,
                          const RungsPageViewRows *rows)
{
  RungsPageViewPrivate *priv = private (self);

  g_return_if_fail (RUNGS_IS_PAGE_VIEW (self));
  g_return_if_fail (priv->page != NULL && priv->browser == NULL);

  priv->browser = browser;
  rungs_browser_set_up (browser, rows->name, rungs_page_get_store (priv->page), rows->source,
                        rows->columns, rows->n_columns, rows->make_query, self);
  priv->details = rungs_row_details_new (priv->page, browser, rows->load, rows->details_free);
  g_signal_connect_object (browser, "notify::n-rows", G_CALLBACK (rungs_page_view_summary_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->details, "changed", G_CALLBACK (details_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

gpointer
rungs_page_view_get_details (RungsPageView *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE_VIEW (self), NULL);

  return private (self)->details != NULL ? rungs_row_details_get (private (self)->details) : NULL;
}

void
rungs_page_view_set_up (RungsPageView *self,
                        RungsPage     *page)
{
  g_return_if_fail (RUNGS_IS_PAGE_VIEW (self));
  g_return_if_fail (rungs_page_get_store (page) != NULL);

  private (self)->page = page;
  if (RUNGS_PAGE_VIEW_GET_CLASS (self)->set_up != NULL)
    RUNGS_PAGE_VIEW_GET_CLASS (self)->set_up (self);
}

void
rungs_page_view_refresh (RungsPageView *self)
{
  g_return_if_fail (RUNGS_IS_PAGE_VIEW (self));

  if (RUNGS_PAGE_VIEW_GET_CLASS (self)->refresh != NULL)
    RUNGS_PAGE_VIEW_GET_CLASS (self)->refresh (self);
}

void
rungs_page_view_search (RungsPageView *self)
{
  g_return_if_fail (RUNGS_IS_PAGE_VIEW (self));

  if (RUNGS_PAGE_VIEW_GET_CLASS (self)->search != NULL)
    RUNGS_PAGE_VIEW_GET_CLASS (self)->search (self);
}

void
rungs_page_view_do_main_action (RungsPageView *self)
{
  g_return_if_fail (RUNGS_IS_PAGE_VIEW (self));

  if (RUNGS_PAGE_VIEW_GET_CLASS (self)->main_action != NULL)
    RUNGS_PAGE_VIEW_GET_CLASS (self)->main_action (self);
}

gboolean
rungs_page_view_focus_content (RungsPageView *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE_VIEW (self), FALSE);

  return RUNGS_PAGE_VIEW_GET_CLASS (self)->focus_content != NULL
         && RUNGS_PAGE_VIEW_GET_CLASS (self)->focus_content (self);
}

char *
rungs_page_view_dup_summary (RungsPageView *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE_VIEW (self), NULL);

  return RUNGS_PAGE_VIEW_GET_CLASS (self)->dup_summary != NULL
             ? RUNGS_PAGE_VIEW_GET_CLASS (self)->dup_summary (self)
             : NULL;
}

char *
rungs_page_view_dup_unsaved (RungsPageView *self)
{
  g_return_val_if_fail (RUNGS_IS_PAGE_VIEW (self), NULL);

  return RUNGS_PAGE_VIEW_GET_CLASS (self)->dup_unsaved != NULL
             ? RUNGS_PAGE_VIEW_GET_CLASS (self)->dup_unsaved (self)
             : NULL;
}

void
rungs_page_view_show_target (RungsPageView *self,
                             const char    *rest)
{
  g_return_if_fail (RUNGS_IS_PAGE_VIEW (self));
  g_return_if_fail (rest != NULL);

  if (RUNGS_PAGE_VIEW_GET_CLASS (self)->show_target != NULL)
    RUNGS_PAGE_VIEW_GET_CLASS (self)->show_target (self, rest);
}
