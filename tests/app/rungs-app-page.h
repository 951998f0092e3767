/* rungs-app-page.h: one page of the demo business in a window of its own, for tests of pages. */

#pragma once

#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "rungs-page.h"
#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

/* Opens the page of that type over the demo business. Returns: (transfer none): the page. */
RungsPage *rungs_app_page_open (GType         type,
                                const char   *title,
                                RungsStore  **store,
                                GtkWindow   **window);

/* Opens the page of that type over a business that `fill` has filled, at `target` (nullable).
 * `reader`: (out) (transfer full): a connection of the test's own, to be closed before the page.
 * Returns: (transfer none): the page. */
RungsPage *rungs_app_page_open_filled (GType         type,
                                       RungsDbFunc   fill,
                                       const char   *target,
                                       RungsStore  **store,
                                       RungsDb     **reader,
                                       GtkWindow   **window);

/* Closes it; nothing else may hold the page or the store. */
void rungs_app_page_close (RungsPage  *page,
                           RungsStore *store,
                           GtkWindow  *window);

/* Lets the main loop run until the browser has found so many rows. */
void rungs_app_page_wait_for_rows (RungsBrowser *browser,
                                   guint         n);

/* Lets the main loop run until nothing in the subtree reads so any more. */
void rungs_app_page_wait_until_gone (GtkWidget  *widget,
                                     const char *text);

G_END_DECLS
