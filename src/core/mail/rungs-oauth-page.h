/* rungs-oauth-page.h: what the browser shows when it has come back. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A whole page with one heading and one line; both are plain text. */
char *rungs_oauth_page_new (const char *heading,
                            const char *line);

G_END_DECLS
