/* rungs-page.h: a page of the window: header bar, search, main action, content.
 *
 * How to add a page "Leads":
 *
 *   1. Derive a final type: G_DECLARE_FINAL_TYPE (RungsLeadsPage, rungs_leads_page, RUNGS,
 *      LEADS_PAGE, RungsPage) in leads/rungs-leads-page.[ch], with a template
 *      ui/leads/rungs-leads-page.ui:
 *
 *        <template class="RungsLeadsPage" parent="RungsPage">
 *          <property name="main-action-label" translatable="yes">_Import…</property>
 *          <property name="search-placeholder" translatable="yes">Search leads</property>
 *          <property name="content"> … one widget … </property>
 *        </template>
 *
 *      Further buttons of the header bar: the properties "start" and "end", one widget each.
 *   2. In class_init set the template, and those of the virtual functions below that it needs.
 *   3. Add one line to rungs-page-list.c (name, title, icon, type), the sources to
 *      src/app/meson.build, the template to ui/rungs-ui.gresource.xml. tests/app/test-templates.c
 *      picks the page up by itself.
 *
 * The window makes a page when the store is open, so rungs_page_get_store() is there from
 * construction on (use it in `constructed`, or in `refresh`, which is called before the page is
 * first seen). A page never runs SQL itself: it uses rungs_store_read_async() and
 * rungs_store_write_async().
 *
 * Actions that every widget inside a page may activate: "page.undo", "win.show-page" (s),
 * "win.show-target" (ss: page, target). Ctrl+N activates the main action, Ctrl+F the search. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "engine/rungs-engine.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PAGE (rungs_page_get_type ())

G_DECLARE_DERIVABLE_TYPE (RungsPage, rungs_page, RUNGS, PAGE, GtkWidget)

/**
 * RungsPageClass:
 * @tables: the tables whose change calls @refresh and @refresh_badge, NULL-terminated; NULL: all
 * @main_action: what the main action's button and Ctrl+N do
 * @search: the search text changed; called at each key press, with "" when it was emptied. Where
 *   it is NULL the page has no search entry
 * @focus_content: what the page is about takes the keys, a list or a drawing: the page was chosen,
 *   or Enter or Down pressed in the search entry, whose first result it then is. FALSE: there is
 *   nothing yet that could; rungs_page_settle_focus() asks again. NULL: the first thing under the
 *   header bar that can
 * @refresh: something the page shows has changed; called on a page that is seen (at most four times
 *   a second), else when it is next shown, and before it is shown first
 * @refresh_badge: the same for rungs_page_set_badge(), also called while the page is hidden
 * @show_target: go to what the text names ("lead:17", "state:doubt": the page says which it knows)
 * @dup_unsaved: what is lost if the window is closed now, as sentences; NULL: nothing. Most pages
 *   write at once, and have none
 */
struct _RungsPageClass
{
  GtkWidgetClass parent_class;

  const char *const *tables;

  void (*main_action) (RungsPage *self);
  void (*search) (RungsPage  *self,
                  const char *text);
  gboolean (*focus_content) (RungsPage *self);
  void (*refresh) (RungsPage *self);
  void (*refresh_badge) (RungsPage *self);
  void (*show_target) (RungsPage  *self,
                       const char *target);

  char *(*dup_unsaved) (RungsPage *self);

  gpointer padding[2];
};

/* Something that a page writes to the file: by `func`, or, what is long, by `start`, which begins
 * it on the main thread, takes the data, and says itself what came of it (rungs-bulk.h). */
typedef struct
{
  RungsStoreFunc func;
  void (*start) (RungsPage *page,
                 gpointer   data);
  gpointer data;              /* (nullable): what `func` gets */
  GDestroyNotify data_free;   /* (nullable) */
  GDestroyNotify result_free; /* (nullable): frees what `func` returns */
  const char *done;           /* (nullable): what is said when it is done */
  const char *failed;         /* heading of the message that says why it was not */
} RungsPageWork;

/* The open file. NULL only where a test made the page without one. */
RungsStore *rungs_page_get_store (RungsPage *self);

/* What runs by itself in this window. NULL where there is no store. */
RungsEngine *rungs_page_get_engine (RungsPage *self);

/* The one widget under the header bar. */
void rungs_page_set_content (RungsPage *self,
                             GtkWidget *content);

/* Small text under the title: "2,000 leads". NULL: none. */
void rungs_page_set_subtitle (RungsPage  *self,
                              const char *subtitle);

/* Label of the main action, with a mnemonic; NULL: no main action. */
void rungs_page_set_main_action_label (RungsPage  *self,
                                       const char *label);

/* Items of this page's own, shown first in the main menu. */
void rungs_page_set_menu (RungsPage  *self,
                          GMenuModel *menu);

/* How many things wait for a person here; 0: no badge. */
void rungs_page_set_badge (RungsPage *self,
                           guint      badge);
guint rungs_page_get_badge (RungsPage *self);

/* The search text; empty, not NULL. Setting it shows it in the entry and calls the search. */
const char *rungs_page_get_search_text (RungsPage *self);
void rungs_page_set_search_text (RungsPage  *self,
                                 const char *text);

/* Whether there is a search entry now; for pages whose class has a search, and that do not always
 * have something to be searched. */
void rungs_page_set_search_shown (RungsPage *self,
                                  gboolean   shown);

/* Moves the focus into the search entry, if there is one. */
void rungs_page_start_search (RungsPage *self);

/* Moves the focus into the page: to what it is about; as long as that is not there yet, into its
 * header bar. */
void rungs_page_take_focus (RungsPage *self);

/* What the page is about is there now: it takes the keys, where it could not when it was to and
 * they have not gone elsewhere since. */
void rungs_page_settle_focus (RungsPage *self);

/* Does the main action, if there is one. */
void rungs_page_do_main_action (RungsPage *self);

void rungs_page_show_target (RungsPage  *self,
                             const char *target);

/* What is lost if the window is closed now, to be asked about; NULL: nothing. */
char *rungs_page_dup_unsaved (RungsPage *self);

/* Calls refresh soon, as if a table had changed. */
void rungs_page_queue_refresh (RungsPage *self);

/* Shows a passing notice. */
void rungs_page_notify (RungsPage  *self,
                        const char *text);

/* The same with a button that shows `target` on the page of that name. */
void rungs_page_notify_of (RungsPage  *self,
                           const char *text,
                           const char *page,
                           const char *target);

/* Shows a passing notice that what the page shows could not be read, and what to do. Nothing where
 * nobody waits for it any more: it was cancelled, or the file is closed. */
void rungs_page_notify_error (RungsPage    *self,
                              const GError *error);

/* Shows what was just done with a button Undo; Ctrl+Z does the same until something else is done.
 * To be called when it is in the file. Takes `undo->data` and frees it when the offer is over. */
void rungs_page_offer_undo (RungsPage           *self,
                            const char          *done,
                            const RungsPageWork *undo);

/* Takes the offer to undo away: what was done since leaves nothing that could be put back. */
void rungs_page_end_undo (RungsPage *self);

/* Writes `work`. When it is in the file says so, and offers `undo` where that is not NULL; where it
 * failed says why, and the page is shown anew. Takes the data of both. */
void rungs_page_do (RungsPage           *self,
                    const RungsPageWork *work,
                    const RungsPageWork *undo);

G_END_DECLS
