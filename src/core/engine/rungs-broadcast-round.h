/* rungs-broadcast-round.h: what the engine does for broadcasts, in short writes. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Does what is due: lets broadcasts begin, fixes their audience, compares their subjects, and puts
 * messages into the outbox; ends those that are done. `worked` becomes TRUE where there was
 * something to do; else it is left alone. */
gboolean rungs_broadcasts_work_off (RungsDb       *db,
                                    RungsClock    *clock,
                                    GCancellable  *cancellable,
                                    gboolean      *worked,
                                    GError       **error);

G_END_DECLS
