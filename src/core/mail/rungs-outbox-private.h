/* rungs-outbox-private.h: what the files of the outbox share. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-outbox-store.h"

G_BEGIN_DECLS

/* The end of a message's way, or its doubt. */
typedef struct
{
  gint64 id;
  gint64 lead;
  const char *message_name;
  RungsOutboxState state; /* SENT, FAILED, WITHHELD or DOUBT */
  const char *reason;
  const char *reply; /* (nullable) */
  const char *provider_id; /* (nullable): what the other side calls it */
} RungsOutboxEnd;

/* Writes it down, with its event. */
gboolean rungs_outbox_end (RungsDb               *db,
                           const RungsOutboxEnd  *end,
                           gint64                 now,
                           GError               **error);

/* Plans the message again for `due_at`. `uncount`: the attempt does not count. */
gboolean rungs_outbox_put_back (RungsDb     *db,
                                gint64       id,
                                gint64       due_at,
                                const char  *reason,
                                const char  *reply,
                                gboolean     uncount,
                                GError     **error);

/* Records the results of a turn. */
gboolean rungs_outbox_record (RungsDb                  *db,
                              const RungsOutboxResult  *results,
                              guint                     n_results,
                              gint64                    now,
                              RungsOutboxTurn          *turn,
                              GError                  **error);

/* The address does not exist, in a server's words: the suppression list, and the lead where it
 * still has the address, say so from now on. `id`: the message, 0: none is known. */
gboolean rungs_outbox_record_bounce (RungsDb     *db,
                                     gint64       lead,
                                     const char  *email,
                                     const char  *words,
                                     gint64       id,
                                     gint64       now,
                                     GError     **error);

/* Claims for a turn. */
gboolean rungs_outbox_claim (RungsDb             *db,
                             const RungsAccount  *account,
                             guint                want,
                             gint64               now,
                             GPtrArray           *claims,
                             RungsOutboxTurn     *turn,
                             GError             **error);

G_END_DECLS
