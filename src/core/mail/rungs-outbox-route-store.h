/* rungs-outbox-route-store.h: by which account each message of the outbox leaves.
 *
 * Without rules (mail/rungs-account-rule-store.h) all leaves by the default account, and nothing is
 * written down of it before it is claimed.
 *
 * With rules the account is chosen when a message is due: then it is known whom it goes to, and in
 * which segments that lead is. The choice stands in the row of the outbox, under the number of
 * times that the rules had been changed, so that each account finds its own messages by an index
 * however many of others wait before them, and a change of the rules makes all choices void at
 * once, without writing them. A claim takes only what was chosen under the number of now, in the
 * same transaction: no message leaves by an account that the rules do not name. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* How it is decided now. */
typedef struct
{
  gint64 number;     /* how often that was changed */
  gboolean by_rules; /* there are any */
  gint64 standard;   /* the default account; 0: there is none */
} RungsOutboxRouting;

gboolean rungs_outbox_routing_load (RungsDb             *db,
                                    RungsOutboxRouting  *routing,
                                    GError             **error);

/* Chooses for up to `limit` messages that are due and have no account yet, or one of a time before
 * the rules were changed; the earliest first. `routed` is how many those were. In a write
 * transaction. */
gboolean rungs_outbox_route (RungsDb  *db,
                             guint     limit,
                             gint64    now,
                             guint    *routed,
                             GError  **error);

/* When the next message is due for which an account must be chosen; G_MAXINT64: there is none. */
gboolean rungs_outbox_next_route (RungsDb  *db,
                                  gint64   *due,
                                  GError  **error);

/* When the next message that leaves by the account is due; G_MAXINT64: there is none. */
gboolean rungs_outbox_next_due_by (RungsDb  *db,
                                   gint64    account,
                                   gint64   *due,
                                   GError  **error);

/* The account by which one message leaves, or would leave if it were due now, and the rule that
 * says so: 0 where none fits. Of one that was claimed, what was chosen for it. Errors:
 * NOT_FOUND. */
gboolean rungs_outbox_find_route (RungsDb  *db,
                                  gint64    id,
                                  gint64    now,
                                  gint64   *account,
                                  gint64   *rule,
                                  GError  **error);

/* The same of a message to a lead that is not in the outbox, as if it were of no sequence and no
 * broadcast. */
gboolean rungs_outbox_imagine_route (RungsDb  *db,
                                     gint64    lead,
                                     gint64    message,
                                     gint64    now,
                                     gint64   *account,
                                     gint64   *rule,
                                     GError  **error);

G_END_DECLS
