/* rungs-ladder-view.h: one of the views of the ladder page: the ladder itself, orders, coupons, …
 *
 * How to add a view "Orders": a final widget rungs-orders-view.[ch] that implements this interface,
 * and one line in VIEWS of rungs-ladder-page.c, with the tables whose change it wants to hear of in
 * the list of the page's class. Everything but set_up and refresh may be left out. The page itself
 * (rungs_page_do(), rungs_page_offer_undo(), rungs_page_notify()) is what set_up was given. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LADDER_VIEW (rungs_ladder_view_get_type ())

/**
 * RungsLadderView::summary-changed: what is said under the page's title, the name of the main
 *   action, or something else that the page asks the view for, is another now
 */
G_DECLARE_INTERFACE (RungsLadderView, rungs_ladder_view, RUNGS, LADDER_VIEW, GtkWidget)

/**
 * RungsLadderViewInterface:
 * @set_up: the file is open: called once, before all others, and not where a test made the page
 *   without a file
 * @refresh: what it shows may have changed; called on the view that is seen, and when it is next
 *   shown
 * @dup_summary: small text under the page's title; NULL: none
 * @get_main_action_label: with a mnemonic; NULL: the view has no main action
 * @main_action: what its button and Ctrl+N do
 * @get_search_placeholder: what can be searched here, shown in the search entry; NULL: nothing can
 * @search: the page's search text (rungs_page_get_search_text()) changed
 * @focus_content: see RungsPageClass; NULL: the first thing of the view that can takes the keys
 * @show_target: goes to what the text names, if it is for this view; FALSE: it is not
 * @dup_unsaved: see RungsPageClass
 */
struct _RungsLadderViewInterface
{
  GTypeInterface parent_interface;

  void (*set_up) (RungsLadderView *self,
                  RungsPage       *page);

  void (*refresh) (RungsLadderView *self);

  char *(*dup_summary) (RungsLadderView *self);

  const char *(*get_main_action_label) (RungsLadderView *self);

  void (*main_action) (RungsLadderView *self);

  const char *(*get_search_placeholder) (RungsLadderView *self);

  void (*search) (RungsLadderView *self);

  gboolean (*focus_content) (RungsLadderView *self);

  gboolean (*show_target) (RungsLadderView *self,
                           const char      *target);

  char *(*dup_unsaved) (RungsLadderView *self);
};

/* For the page: each calls the function of that name, where the view has one. */
void rungs_ladder_view_set_up (RungsLadderView *self,
                               RungsPage       *page);
void rungs_ladder_view_refresh (RungsLadderView *self);
char *rungs_ladder_view_dup_summary (RungsLadderView *self);
const char *rungs_ladder_view_get_main_action_label (RungsLadderView *self);
void rungs_ladder_view_main_action (RungsLadderView *self);
const char *rungs_ladder_view_get_search_placeholder (RungsLadderView *self);
void rungs_ladder_view_search (RungsLadderView *self);
gboolean rungs_ladder_view_focus_content (RungsLadderView *self);
gboolean rungs_ladder_view_show_target (RungsLadderView *self,
                                        const char      *target);
char *rungs_ladder_view_dup_unsaved (RungsLadderView *self);

/* For the views: emits ::summary-changed. */
void rungs_ladder_view_summary_changed (RungsLadderView *self);

G_END_DECLS
