/* rungs-rehearsal-load.h: what the window of rehearsals reads and does, on the threads of the
 * store. */

#pragma once

#include "db/rungs-store.h"
#include "engine/rungs-rehearsal.h"
#include "widgets/rungs-progress.h"

G_BEGIN_DECLS

/* What can be chosen. */
typedef struct
{
  char *name;          /* (owned): of the sequence */
  gboolean has_draft;
  gboolean has_version;
  GPtrArray *segments; /* (owned) (element-type RungsSegment): those in use */
} RungsRehearsalChoices;

void rungs_rehearsal_choices_free (RungsRehearsalChoices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRehearsalChoices, rungs_rehearsal_choices_free)

/* A RungsStoreFunc. `data`: the id of the sequence (gint64 *). Returns: RungsRehearsalChoices. */
gpointer rungs_rehearsal_load_choices (RungsDb       *db,
                                       gpointer       data,
                                       GCancellable  *cancellable,
                                       GError       **error);

/* What was chosen. */
typedef struct
{
  RungsRehearsalPlan plan; /* its leads are found by what follows */
  gint64 segment;          /* everybody in it enters; 0: nobody */
  char *email;             /* (owned) (nullable): this lead enters */
  RungsProgress *progress; /* (owned) */
} RungsRehearsalRequest;

void rungs_rehearsal_request_free (RungsRehearsalRequest *self);

/* A RungsStoreFunc. `data`: a RungsRehearsalRequest. Returns: RungsRehearsal. */
gpointer rungs_rehearsal_do_run (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* Whose way is asked for. */
typedef struct
{
  RungsRehearsal *rehearsal; /* (owned) */
  gint64 lead;
} RungsRehearsalWayRequest;

void rungs_rehearsal_way_request_free (RungsRehearsalWayRequest *self);

/* A RungsStoreFunc. `data`: a RungsRehearsalWayRequest. Returns: (element-type
 * RungsRehearsalWay). */
gpointer rungs_rehearsal_load_way (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

G_END_DECLS
