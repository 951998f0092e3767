/* rungs-web-pages.h: the pages that a relay shows by itself, with the name of the business, in
 * English and German: of unsubscribing, confirming, and what is not there. A reader gets the one of
 * their language, else the first, which is the language that most messages are written in. Landing
 * pages (web/rungs-landing.h) are put up behind them. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Adds "pages" to what is put up at the relay (wire/rungs-relay-protocol.h). */
gboolean rungs_web_pages_publish (RungsDb      *db,
                                  JsonBuilder  *builder,
                                  GError      **error);

G_END_DECLS
