/* rungs-practice-rows.h: what the practice account wrote, as rows of a browser. */

#pragma once

#include <gio/gio.h>

#include "mail/rungs-practice-folder.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Only so many mails are shown, the newest. */
#define RUNGS_PRACTICE_SHOWN 1000

/* Its queries are RungsBrowserQuery: mails with those words in subject or address. */
const RungsBrowserSource *rungs_practice_rows_get_source (void);
const RungsBrowserColumn *rungs_practice_rows_get_columns (guint *n);

/* Reads a mail whole. `data` is a gint64 *, its id. Returns: a RungsPracticeMail.
 * Errors: NOT_FOUND, DAMAGED. */
gpointer rungs_practice_rows_load (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

G_END_DECLS
