/* rungs-relay-visits.h: visits of pages, added up before they are kept for the desktop: nothing is
 * noted of who came. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsRelayVisits RungsRelayVisits;

RungsRelayVisits *rungs_relay_visits_new (void);
void rungs_relay_visits_free (RungsRelayVisits *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayVisits, rungs_relay_visits_free)

/* Counts a visit. `variant` of a landing page, `code` of the source it is owed to; "": none. A
 * thousand different ones are told apart; FALSE where it is one more. */
gboolean rungs_relay_visits_count (RungsRelayVisits *self,
                                   const char       *path,
                                   const char       *variant,
                                   const char       *code,
                                   gboolean          is_machine,
                                   gint64            now);

/* Adds those of `other`, which could not be kept. */
void rungs_relay_visits_add_all (RungsRelayVisits *self,
                                 RungsRelayVisits *other);

/* Returns: (transfer full) (nullable): what has been counted, as wire/rungs-relay-protocol.h has
 * it; NULL where nothing has. */
char *rungs_relay_visits_dup_json (RungsRelayVisits *self,
                                   gint64            now);

G_END_DECLS
