/* rungs-page-view.c: one of several views of a page. */

#include "rungs-page-view.h"

typedef struct
{
  RungsPage *page; /* (nullable): the one it stands in */
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
rungs_page_view_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  private (RUNGS_PAGE_VIEW (object))->page = NULL;

  G_OBJECT_CLASS (rungs_page_view_parent_class)->dispose (object);
}

static void
rungs_page_view_class_init (RungsPageViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_page_view_dispose;

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

void
rungs_page_view_set_up (RungsPageView *self,
                        RungsPage    *page)
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
                             const char   *rest)
{
  g_return_if_fail (RUNGS_IS_PAGE_VIEW (self));
  g_return_if_fail (rest != NULL);

  if (RUNGS_PAGE_VIEW_GET_CLASS (self)->show_target != NULL)
    RUNGS_PAGE_VIEW_GET_CLASS (self)->show_target (self, rest);
}
