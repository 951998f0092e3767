/* rungs-page-view.h: one of several views of a page: Forms, Deliveries, Endpoints …
 *
 * How to add one: derive a final type whose template has this as its parent and one child, set in
 * class_init what it needs of the virtual functions below, and add its line to VIEWS of its page,
 * and the tables that it shows to the page's. */

#pragma once

#include "rungs-page.h"
#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PAGE_VIEW (rungs_page_view_get_type ())

G_DECLARE_DERIVABLE_TYPE (RungsPageView, rungs_page_view, RUNGS, PAGE_VIEW, GtkWidget)

/**
 * RungsPageViewClass:
 * @main_action_label: of the button in the header bar, untranslated; NULL: none
 * @search_placeholder: of the search entry, untranslated; NULL: there is nothing to search
 * @set_up: it stands in its page, and there is a store
 * @refresh: what it shows may have changed; only while it is seen. If left out: its rows are read
 *   anew
 * @search: the page's search text changed, or the view is seen again. If left out: its rows are
 *   asked for anew
 * @main_action: what the button and Ctrl+N do
 * @focus_content: what it is about takes the keys; FALSE: there is nothing yet that could. If left
 *   out: its rows do
 * @show_details: another row is selected, or what is read of it is there
 * @dup_summary: how much it shows, in words; NULL: nothing
 * @dup_unsaved: what is lost if the window is closed now, as a page has it; NULL: nothing
 * @show_target: goes to what `rest` names, which stands behind "NAME:" of the page's target
 */
struct _RungsPageViewClass
{
  GtkWidgetClass parent_class;

  const char *main_action_label;
  const char *search_placeholder;

  void (*set_up) (RungsPageView *self);
  void (*refresh) (RungsPageView *self);
  void (*search) (RungsPageView *self);
  void (*main_action) (RungsPageView *self);
  gboolean (*focus_content) (RungsPageView *self);
  char *(*dup_summary) (RungsPageView *self);
  char *(*dup_unsaved) (RungsPageView *self);
  void (*show_target) (RungsPageView *self,
                       const char    *rest);
  void (*show_details) (RungsPageView *self);

  gpointer padding[3];
};

/* NULL before it is set up. */
RungsPage *rungs_page_view_get_page (RungsPageView *self);

/* NULL before it is set up. */
RungsStore *rungs_page_view_get_store (RungsPageView *self);

/* How the rows of a view are read; `name` and the others as rungs_browser_set_up() takes them.
 * `load` and `details_free` as rungs_row_details_new() does. */
typedef struct
{
  const char *name;
  const RungsBrowserSource *source;
  const RungsBrowserColumn *columns;
  guint n_columns;
  gpointer (*make_query) (RungsBrowser *browser,
                          gpointer      view);
  RungsStoreFunc load;
  GDestroyNotify details_free;
} RungsPageViewRows;

/* Sets `browser` up, in `set_up`; how many rows it has is the summary. */
void rungs_page_view_set_rows (RungsPageView           *self,
                               RungsBrowser            *browser,
                               const RungsPageViewRows *rows);

/* What was read of the one row that is selected. Returns: (transfer none) (nullable). */
gpointer rungs_page_view_get_details (RungsPageView *self);

/* What `dup_summary` returns is another: the page shows it. */
void rungs_page_view_summary_changed (RungsPageView *self);

/* ---- for rungs-views-page.c */

/* `page`, in which it stands, has a store. */
void rungs_page_view_set_up (RungsPageView *self,
                             RungsPage     *page);
void rungs_page_view_refresh (RungsPageView *self);
void rungs_page_view_search (RungsPageView *self);
void rungs_page_view_do_main_action (RungsPageView *self);
gboolean rungs_page_view_focus_content (RungsPageView *self);
char *rungs_page_view_dup_summary (RungsPageView *self);
char *rungs_page_view_dup_unsaved (RungsPageView *self);
void rungs_page_view_show_target (RungsPageView *self,
                                  const char    *rest);

G_END_DECLS
