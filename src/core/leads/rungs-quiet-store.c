/* rungs-quiet-store.c: leads who asked for a pause. */

#include "leads/rungs-quiet-store.h"

#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "leads/rungs-event-store.h"

static const char SQL_ASKED_AT[]
    = "SELECT coalesce (max (at), 0) FROM event WHERE lead = :id AND kind = 'consent.paused'";

static const char SQL_UNTIL[] = "SELECT coalesce (quiet_until, 0) FROM lead WHERE id = :id";

static const char SQL_SET[] = "UPDATE lead SET quiet_until = :at WHERE id = :id";

gboolean
rungs_quiet_set (RungsDb   *db,
                 gint64     lead,
                 gint64     until,
                 gint64     at,
                 gboolean  *taken,
                 GError   **error)
{
  gint64 asked_at = 0, before = 0;
  g_autofree char *words = until != 0 ? rungs_time_format (until) : NULL;

  g_return_val_if_fail (taken != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_ASKED_AT, lead, 0, &asked_at, error)
      || !rungs_record_ask (db, SQL_UNTIL, lead, 0, &before, error))
    return FALSE;
  *taken = at > asked_at && until != before;
  return !*taken
         || (rungs_record_mark (db, SQL_SET, lead, until, "lead", error)
             && rungs_event_add (db, lead, RUNGS_EVENT_CONSENT_PAUSED, at, 0, words, error) != 0);
}
