/* rungs-attribution-load.h: by which rules orders are credited, and what other ones would do, for
 * the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "ladder/rungs-order-list-store.h"
#include "partners/rungs-attribution-try-store.h"

G_BEGIN_DECLS

/* So many days back other rules are tried. */
#define RUNGS_ATTRIBUTION_DAYS_TRIED 90

/* What the form begins with. */
typedef struct
{
  GArray *rules;       /* (owned) (element-type RungsAttributionRule) that are in force now */
  GPtrArray *versions; /* (owned) (element-type RungsAttributionVersion) the first one first */
} RungsAttributionNow;

void rungs_attribution_now_free (gpointer self);

/* `data` is an empty RungsAttributionNow, which it fills and returns. */
gpointer rungs_attribution_load_now (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* An order that would be credited otherwise. */
typedef struct
{
  RungsOrderRow *order; /* (owned) */
  char *before;         /* (owned) (nullable) the partner's name; NULL: nobody */
  char *after;          /* (owned) (nullable) */
} RungsAttributionExample;

/* What rules would have done. */
typedef struct
{
  gint64 orders; /* as in RungsAttributionTrial */
  gint64 by_hand;
  gint64 changed;
  GPtrArray *examples; /* (owned) (element-type RungsAttributionExample) the newest */
} RungsAttributionOutcome;

void rungs_attribution_outcome_free (gpointer self);

/* `data` is a GArray of RungsAttributionRule. Returns: a RungsAttributionOutcome. */
gpointer rungs_attribution_load_outcome (RungsDb       *db,
                                         gpointer       data,
                                         GCancellable  *cancellable,
                                         GError       **error);

/* Rules that are to be in force. */
typedef struct
{
  GArray *rules; /* (owned) (element-type RungsAttributionRule) */
  char *day;     /* (owned): from when on, as the business reads it; "": now */
} RungsAttributionPlan;

void rungs_attribution_plan_free (gpointer self);

/* `data` is a RungsAttributionPlan. Returns: NULL. */
gpointer rungs_attribution_do_plan (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
