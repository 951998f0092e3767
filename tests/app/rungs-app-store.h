/* rungs-app-store.h: the demo business, open in a store, for tests of pages. */

#pragma once

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* Makes the demo business in a new folder and opens it. */
RungsStore *rungs_app_store_new_demo (void);

/* Closes the store; nothing else may hold it. */
void rungs_app_store_close (RungsStore *store);

/* The number that a statement of SQL answers. */
gint64 rungs_app_store_ask (RungsStore *store,
                            const char *sql);

/* Runs a statement that writes. */
void rungs_app_store_run (RungsStore *store,
                          const char *sql);

G_END_DECLS
