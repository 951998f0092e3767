/* rungs-idle-store.h: leads of whom nothing was heard for long.
 *
 * A lead is idle since an instant where it was known before, and nothing is written down of it
 * since: no event of any kind (a message to it is one), no arrival, no consent, no change. Whoever
 * ordered anything, walks through a sequence, has a task open or a message planned is never idle;
 * nor is a lead that has no name, address and telephone number, for there is nobody to forget. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* One of them. */
typedef struct
{
  gint64 lead;
  char *name;        /* (owned) or the address; "" */
  gint64 created_at;
  gint64 last_at;    /* when something was last written down of it */
} RungsIdleLead;

void rungs_idle_lead_free (RungsIdleLead *self);

/* Those who are idle for so many calendar months, the ones known longest first. Returns: (transfer
 * full) (element-type gint64). Errors: INVALID (less than one month, or more than
 * RUNGS_RETENTION_MOST_MONTHS). */
GArray *rungs_idle_find (RungsDb  *db,
                         gint64    months,
                         gint64    now,
                         GError  **error);

/* Who the first `limit` of them are. Returns: (transfer full) (element-type RungsIdleLead). */
GPtrArray *rungs_idle_list (RungsDb  *db,
                            GArray   *leads,
                            guint     limit,
                            GError  **error);

/* Forgets one of them (rungs_lead_forget_idle()), if it still is idle and nobody sends to it just
 * now. `forgotten`: whether it was. In a write transaction. */
gboolean rungs_idle_forget (RungsDb   *db,
                            gint64     lead,
                            gint64     months,
                            gboolean   nameless,
                            gint64     now,
                            gboolean  *forgotten,
                            GError   **error);

G_END_DECLS
