/* rungs-attribution-try-store.h: the versions of the rules by which orders are credited, and what
 * other rules would have decided. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-attribution.h"

G_BEGIN_DECLS

/* A version of the rules. */
typedef struct
{
  gint64 from_at; /* in force from then on, until the next one is */
  gint64 made_at;
  GArray *rules; /* (owned) (element-type RungsAttributionRule) */
} RungsAttributionVersion;

void rungs_attribution_version_free (RungsAttributionVersion *self);

/* Returns: (transfer full) (element-type RungsAttributionVersion): all, the first one first; empty
 * where nobody ever said by which rules, and those of rungs_attribution_rules_usual() count.
 * Errors: INVALID (one that this program cannot read). */
GPtrArray *rungs_attribution_version_list (RungsDb  *db,
                                           GError  **error);

/* An order about which rules differ. */
typedef struct
{
  gint64 order;
  gint64 before; /* the partner by the rules that are in force at its moment; 0: nobody */
  gint64 after;  /* by the other ones */
} RungsAttributionChange;

typedef struct
{
  gint64 orders;   /* that were looked at */
  gint64 by_hand;  /* that a person decided about, whom no rules change */
  gint64 changed;
  GArray *changes; /* (owned) (element-type RungsAttributionChange): the first `most` of them, the
                    * newest first */
} RungsAttributionTrial;

void rungs_attribution_trial_clear (RungsAttributionTrial *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsAttributionTrial, rungs_attribution_trial_clear)

/* What `rules` would have decided about the orders from `from` on and before `until` that those in
 * force at each order's moment decide otherwise, with what is known of each order now. Writes
 * nothing. `trial` (out). */
gboolean rungs_attribution_try (RungsDb                *db,
                                GArray                 *rules,
                                gint64                  from,
                                gint64                  until,
                                guint                   most,
                                RungsAttributionTrial  *trial,
                                GError                **error);

G_END_DECLS
