/* rungs-broadcast-run-store.h: what people do with a broadcast, and what stops it by itself. All of
 * it is called in a write transaction. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-broadcast.h"

G_BEGIN_DECLS

/* A draft is to leave: its audience is fixed after its grace, at its time. Errors: NOT_FOUND,
 * CONFLICT where it is no draft, or where its message has no text. */
gboolean rungs_broadcast_send (RungsDb  *db,
                               gint64    broadcast,
                               gint64    now,
                               GError  **error);

/* One that nobody has got yet, and whose audience is not fixed, is a draft again. Errors:
 * NOT_FOUND, CONFLICT where it is too late for that: then it can be cancelled. */
gboolean rungs_broadcast_unsend (RungsDb  *db,
                                 gint64    broadcast,
                                 gint64    now,
                                 GError  **error);

/* Nothing more leaves until a person lets it go on. What lies in the outbox, and was never tried,
 * is taken back. Errors: NOT_FOUND, CONFLICT where it is neither scheduled nor under way. */
gboolean rungs_broadcast_pause (RungsDb  *db,
                                gint64    broadcast,
                                gint64    now,
                                GError  **error);

/* The same, since its audience cannot be found. */
gboolean rungs_broadcast_pause_for_rule (RungsDb  *db,
                                         gint64    broadcast,
                                         gint64    now,
                                         GError  **error);

/* It goes on. What paused it counts anew from here. Errors: NOT_FOUND, CONFLICT. */
gboolean rungs_broadcast_resume (RungsDb  *db,
                                 gint64    broadcast,
                                 gint64    now,
                                 GError  **error);

/* Nothing more leaves of it, ever; what lies in the outbox is withheld. Errors: NOT_FOUND, CONFLICT
 * where it has ended, or is a draft. */
gboolean rungs_broadcast_cancel (RungsDb  *db,
                                 gint64    broadcast,
                                 gint64    now,
                                 GError  **error);

/* The rest gets the subject of that number, from 1. `person`: a person says so, else the figures
 * do. Errors: NOT_FOUND, INVALID (no such subject), CONFLICT where nothing waits for that. */
gboolean rungs_broadcast_choose (RungsDb   *db,
                                 gint64     broadcast,
                                 int        subject,
                                 gboolean   person,
                                 gint64     now,
                                 GError   **error);

/* The test is over, and the subjects are too close: a person must choose. */
gboolean rungs_broadcast_leave_undecided (RungsDb  *db,
                                          gint64    broadcast,
                                          gint64    now,
                                          GError  **error);

/* A message of the outbox came back for good, or was complained about: where it belongs to a
 * broadcast, it is counted, and where that has too many of them, it pauses. Whoever adds the event
 * calls this after it. */
gboolean rungs_broadcast_heed_bounce (RungsDb  *db,
                                      gint64    outbox,
                                      gint64    now,
                                      GError  **error);
gboolean rungs_broadcast_heed_complaint (RungsDb  *db,
                                         gint64    outbox,
                                         gint64    now,
                                         GError  **error);

G_END_DECLS
