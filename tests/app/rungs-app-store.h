/* rungs-app-store.h: a business, open in a store, for tests of pages. */

#pragma once

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* Makes the demo business in a new folder and opens it. */
RungsStore *rungs_app_store_new_demo (void);

/* Makes a business called Test in a new folder, fills it with `fill` (nullable), and opens it.
 * `reader`: (out) (transfer full): a connection of the test's own. */
RungsStore *rungs_app_store_new (RungsDbFunc   fill,
                                 RungsDb     **reader);

/* Closes the store; nothing else may hold it. */
void rungs_app_store_close (RungsStore *store);

/* The number that a statement of SQL answers. */
gint64 rungs_app_store_ask (RungsStore *store,
                            const char *sql);

/* Runs a statement that writes. */
void rungs_app_store_run (RungsStore *store,
                          const char *sql);

G_END_DECLS
