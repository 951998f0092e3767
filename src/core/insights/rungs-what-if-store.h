/* rungs-what-if-store.h: keeps suppositions about the year to come, by name. They touch no other
 * table. */

#pragma once

#include "db/rungs-db.h"
#include "insights/rungs-what-if-change.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *name;      /* (owned) */
  gint64 days;     /* the period; 0: all there is */
  GArray *changes; /* (owned) (element-type RungsWhatIfChange) */
  gint64 created_at;
  gint64 updated_at;
} RungsScenario;

RungsScenario *rungs_scenario_new (void);
void rungs_scenario_free (RungsScenario *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsScenario, rungs_scenario_free)

/* Returns: the id; 0 on error: INVALID (no name), CONFLICT (there is one of that name). In a write
 * transaction, as the next three. */
gint64 rungs_scenario_add (RungsDb              *db,
                           const RungsScenario  *scenario,
                           gint64                now,
                           GError              **error);

/* Stores name, days and changes. Errors: as above, and NOT_FOUND. */
gboolean rungs_scenario_save (RungsDb              *db,
                              const RungsScenario  *scenario,
                              gint64                now,
                              GError              **error);

/* Errors: NOT_FOUND. */
gboolean rungs_scenario_delete (RungsDb  *db,
                                gint64    scenario,
                                GError  **error);

/* Errors: NOT_FOUND; INVALID where the file holds no changes. */
RungsScenario *rungs_scenario_load (RungsDb  *db,
                                    gint64    scenario,
                                    GError  **error);

/* By its name, whatever its case. Errors: as above. */
RungsScenario *rungs_scenario_find (RungsDb     *db,
                                    const char  *name,
                                    GError     **error);

/* Returns: (transfer full) (element-type RungsScenario): all, A-Z. */
GPtrArray *rungs_scenario_list (RungsDb  *db,
                                GError  **error);

G_END_DECLS
