/* rungs-web-view.h: one view of the page Web: Forms, Deliveries, Endpoints …
 *
 * How to add one: derive a final type whose template has this as its parent and one child, set in
 * class_init what it needs of the virtual functions below, and add its line to VIEWS in
 * rungs-web-page.c, and the tables that it shows to the page's. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_WEB_VIEW (rungs_web_view_get_type ())

G_DECLARE_DERIVABLE_TYPE (RungsWebView, rungs_web_view, RUNGS, WEB_VIEW, GtkWidget)

/**
 * RungsWebViewClass:
 * @main_action_label: of the button in the header bar, untranslated; NULL: none
 * @search_placeholder: of the search entry, untranslated; NULL: there is nothing to search
 * @set_up: it stands in its page, and there is a store
 * @refresh: what it shows may have changed; only while it is seen
 * @search: the page's search text changed, or the view is seen again
 * @main_action: what the button and Ctrl+N do
 * @focus_content: what it is about takes the keys; FALSE: there is nothing yet that could
 * @dup_summary: how much it shows, in words; NULL: nothing
 * @dup_unsaved: what is lost if the window is closed now, as a page has it; NULL: nothing
 * @show_target: goes to what `rest` names, which stands behind "NAME:" of the page's target
 */
struct _RungsWebViewClass
{
  GtkWidgetClass parent_class;

  const char *main_action_label;
  const char *search_placeholder;

  void (*set_up) (RungsWebView *self);
  void (*refresh) (RungsWebView *self);
  void (*search) (RungsWebView *self);
  void (*main_action) (RungsWebView *self);
  gboolean (*focus_content) (RungsWebView *self);
  char *(*dup_summary) (RungsWebView *self);
  char *(*dup_unsaved) (RungsWebView *self);
  void (*show_target) (RungsWebView *self,
                       const char   *rest);

  gpointer padding[3];
};

/* NULL before it is set up. */
RungsPage *rungs_web_view_get_page (RungsWebView *self);

/* NULL before it is set up. */
RungsStore *rungs_web_view_get_store (RungsWebView *self);

/* What `dup_summary` returns is another: the page shows it. */
void rungs_web_view_summary_changed (RungsWebView *self);

/* ---- for rungs-web-page.c */

/* `page`, in which it stands, has a store. */
void rungs_web_view_set_up (RungsWebView *self,
                            RungsPage    *page);
void rungs_web_view_refresh (RungsWebView *self);
void rungs_web_view_search (RungsWebView *self);
void rungs_web_view_do_main_action (RungsWebView *self);
gboolean rungs_web_view_focus_content (RungsWebView *self);
char *rungs_web_view_dup_summary (RungsWebView *self);
char *rungs_web_view_dup_unsaved (RungsWebView *self);
void rungs_web_view_show_target (RungsWebView *self,
                                 const char   *rest);

G_END_DECLS
