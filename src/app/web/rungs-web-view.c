/* rungs-web-view.c: one view of the page Web. */

#include "rungs-web-view.h"

typedef struct
{
  RungsPage *page; /* (nullable): the one it stands in */
} RungsWebViewPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RungsWebView, rungs_web_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_SUMMARY_CHANGED,
} RungsWebViewSignal;

static guint signals[SIGNAL_SUMMARY_CHANGED + 1];

static RungsWebViewPrivate *
private (RungsWebView *self)
{
  return rungs_web_view_get_instance_private (self);
}

static void
rungs_web_view_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  private (RUNGS_WEB_VIEW (object))->page = NULL;

  G_OBJECT_CLASS (rungs_web_view_parent_class)->dispose (object);
}

static void
rungs_web_view_class_init (RungsWebViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_web_view_dispose;

  signals[SIGNAL_SUMMARY_CHANGED]
      = g_signal_new ("summary-changed", RUNGS_TYPE_WEB_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_web_view_init (RungsWebView *self)
{
}

RungsPage *
rungs_web_view_get_page (RungsWebView *self)
{
  g_return_val_if_fail (RUNGS_IS_WEB_VIEW (self), NULL);

  return private (self)->page;
}

RungsStore *
rungs_web_view_get_store (RungsWebView *self)
{
  RungsPage *page = rungs_web_view_get_page (self);

  return page != NULL ? rungs_page_get_store (page) : NULL;
}

void
rungs_web_view_summary_changed (RungsWebView *self)
{
  g_return_if_fail (RUNGS_IS_WEB_VIEW (self));

  g_signal_emit (self, signals[SIGNAL_SUMMARY_CHANGED], 0);
}

void
rungs_web_view_set_up (RungsWebView *self,
                       RungsPage    *page)
{
  g_return_if_fail (RUNGS_IS_WEB_VIEW (self));
  g_return_if_fail (rungs_page_get_store (page) != NULL);

  private (self)->page = page;
  if (RUNGS_WEB_VIEW_GET_CLASS (self)->set_up != NULL)
    RUNGS_WEB_VIEW_GET_CLASS (self)->set_up (self);
}

void
rungs_web_view_refresh (RungsWebView *self)
{
  g_return_if_fail (RUNGS_IS_WEB_VIEW (self));

  if (RUNGS_WEB_VIEW_GET_CLASS (self)->refresh != NULL)
    RUNGS_WEB_VIEW_GET_CLASS (self)->refresh (self);
}

void
rungs_web_view_search (RungsWebView *self)
{
  g_return_if_fail (RUNGS_IS_WEB_VIEW (self));

  if (RUNGS_WEB_VIEW_GET_CLASS (self)->search != NULL)
    RUNGS_WEB_VIEW_GET_CLASS (self)->search (self);
}

void
rungs_web_view_do_main_action (RungsWebView *self)
{
  g_return_if_fail (RUNGS_IS_WEB_VIEW (self));

  if (RUNGS_WEB_VIEW_GET_CLASS (self)->main_action != NULL)
    RUNGS_WEB_VIEW_GET_CLASS (self)->main_action (self);
}

gboolean
rungs_web_view_focus_content (RungsWebView *self)
{
  g_return_val_if_fail (RUNGS_IS_WEB_VIEW (self), FALSE);

  return RUNGS_WEB_VIEW_GET_CLASS (self)->focus_content != NULL
         && RUNGS_WEB_VIEW_GET_CLASS (self)->focus_content (self);
}

char *
rungs_web_view_dup_summary (RungsWebView *self)
{
  g_return_val_if_fail (RUNGS_IS_WEB_VIEW (self), NULL);

  return RUNGS_WEB_VIEW_GET_CLASS (self)->dup_summary != NULL
             ? RUNGS_WEB_VIEW_GET_CLASS (self)->dup_summary (self)
             : NULL;
}

char *
rungs_web_view_dup_unsaved (RungsWebView *self)
{
  g_return_val_if_fail (RUNGS_IS_WEB_VIEW (self), NULL);

  return RUNGS_WEB_VIEW_GET_CLASS (self)->dup_unsaved != NULL
             ? RUNGS_WEB_VIEW_GET_CLASS (self)->dup_unsaved (self)
             : NULL;
}

void
rungs_web_view_show_target (RungsWebView *self,
                            const char   *rest)
{
  g_return_if_fail (RUNGS_IS_WEB_VIEW (self));
  g_return_if_fail (rest != NULL);

  if (RUNGS_WEB_VIEW_GET_CLASS (self)->show_target != NULL)
    RUNGS_WEB_VIEW_GET_CLASS (self)->show_target (self, rest);
}
