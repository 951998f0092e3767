/* rungs-quiet-store.h: leads who asked for a pause: until when they get no marketing by e-mail.
 * They have not said no: consent stays. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* The lead asked at `at` to be left alone until `until`; 0: no longer. What they asked later
 * counts: `taken` (out) is whether they had not, and it is something new. Adds the event
 * consent.paused. */
gboolean rungs_quiet_set (RungsDb   *db,
                          gint64     lead,
                          gint64     until,
                          gint64     at,
                          gboolean  *taken,
                          GError   **error);

G_END_DECLS
