/* rungs-ladder-view.c: one of the views of the ladder page: the ladder itself, orders, … */

#include "rungs-ladder-view.h"

enum
{
  SUMMARY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (RungsLadderView, rungs_ladder_view, GTK_TYPE_WIDGET)

static void
rungs_ladder_view_default_init (RungsLadderViewInterface *iface)
{
  signals[SUMMARY_CHANGED] = g_signal_new ("summary-changed", RUNGS_TYPE_LADDER_VIEW,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
rungs_ladder_view_set_up (RungsLadderView *self,
                          RungsPage       *page)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));

  RUNGS_LADDER_VIEW_GET_IFACE (self)->set_up (self, page);
}

void
rungs_ladder_view_refresh (RungsLadderView *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));

  RUNGS_LADDER_VIEW_GET_IFACE (self)->refresh (self);
}

char *
rungs_ladder_view_dup_summary (RungsLadderView *self)
{
  RungsLadderViewInterface *iface;

  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), NULL);

  iface = RUNGS_LADDER_VIEW_GET_IFACE (self);
  return iface->dup_summary != NULL ? iface->dup_summary (self) : NULL;
}

const char *
rungs_ladder_view_get_main_action_label (RungsLadderView *self)
{
  RungsLadderViewInterface *iface;

  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), NULL);

  iface = RUNGS_LADDER_VIEW_GET_IFACE (self);
  return iface->get_main_action_label != NULL ? iface->get_main_action_label (self) : NULL;
}

void
rungs_ladder_view_main_action (RungsLadderView *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));

  if (RUNGS_LADDER_VIEW_GET_IFACE (self)->main_action != NULL)
    RUNGS_LADDER_VIEW_GET_IFACE (self)->main_action (self);
}

const char *
rungs_ladder_view_get_search_placeholder (RungsLadderView *self)
{
  RungsLadderViewInterface *iface;

  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), NULL);

  iface = RUNGS_LADDER_VIEW_GET_IFACE (self);
  return iface->get_search_placeholder != NULL ? iface->get_search_placeholder (self) : NULL;
}

void
rungs_ladder_view_search (RungsLadderView *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));

  if (RUNGS_LADDER_VIEW_GET_IFACE (self)->search != NULL)
    RUNGS_LADDER_VIEW_GET_IFACE (self)->search (self);
}

gboolean
rungs_ladder_view_focus_content (RungsLadderView *self)
{
  RungsLadderViewInterface *iface;

  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), FALSE);

  iface = RUNGS_LADDER_VIEW_GET_IFACE (self);
  return iface->focus_content != NULL
           ? iface->focus_content (self)
           : gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

gboolean
rungs_ladder_view_show_target (RungsLadderView *self,
                               const char      *target)
{
  RungsLadderViewInterface *iface;

  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), FALSE);

  iface = RUNGS_LADDER_VIEW_GET_IFACE (self);
  return iface->show_target != NULL && iface->show_target (self, target);
}

char *
rungs_ladder_view_dup_unsaved (RungsLadderView *self)
{
  RungsLadderViewInterface *iface;

  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (self), NULL);

  iface = RUNGS_LADDER_VIEW_GET_IFACE (self);
  return iface->dup_unsaved != NULL ? iface->dup_unsaved (self) : NULL;
}

void
rungs_ladder_view_summary_changed (RungsLadderView *self)
{
  g_return_if_fail (RUNGS_IS_LADDER_VIEW (self));

  g_signal_emit (self, signals[SUMMARY_CHANGED], 0);
}
