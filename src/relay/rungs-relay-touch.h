/* rungs-relay-touch.h: by which sources somebody came, as their own browser remembers it for us: a
 * signed cookie of the relay's address, which no other site sees and no script reads. */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* Whether who asks does not want to be followed: "Do Not Track" or "Global Privacy Control". */
gboolean rungs_relay_touch_is_unwanted (SoupServerMessage *message);

/* Lets the browser remember a source as that says, at `now`; nothing where it is unwanted. */
void rungs_relay_touch_remember (RungsRelayHouse        *house,
                                 SoupServerMessage      *message,
                                 const RungsRelaySource *source,
                                 gint64                  now);

/* Returns: (transfer full) (nullable): "CODE;FIRST;LAST; CODE;FIRST;LAST", the one that came last
 * at the end; NULL where there is none that counts. */
char *rungs_relay_touch_dup (RungsRelayHouse   *house,
                             SoupServerMessage *message,
                             gint64             now);

/* Returns: (transfer full): the code that came last; "" where there is none. */
char *rungs_relay_touch_dup_last (RungsRelayHouse   *house,
                                  SoupServerMessage *message,
                                  gint64             now);

G_END_DECLS
