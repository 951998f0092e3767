/* rungs-sequence-load.h: what the sequences page shows and does, for the threads of the store. */

#pragma once

#include "db/rungs-store.h"
#include "rungs-step-names.h"
#include "sequences/rungs-sequence-store.h"

G_BEGIN_DECLS

/* One sequence in full. */
typedef struct
{
  RungsSequence *sequence;   /* (owned) */
  RungsGraph *graph;         /* (owned) (nullable): what leads walk, else what the draft has so far;
                              * NULL: there is neither */
  GHashTable *counts;        /* (owned) (element-type utf8 RungsSequenceStepCounts) */
  RungsStepNames *names;     /* (owned) */
  gint64 drafted_at;         /* when the draft was changed last; 0: there is none */
  gboolean can_take_back;    /* what was published last */
} RungsSequenceView;

void rungs_sequence_view_free (RungsSequenceView *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSequenceView, rungs_sequence_view_free)

/* RungsStoreFuncs. The list: (element-type RungsSequence). `data` of the others: the id (gint64 *).
 * The view is a RungsSequenceView; starting and pausing return nothing. */
gpointer rungs_sequence_load_list (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);
gpointer rungs_sequence_load_view (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* What the messages of its steps brought, which takes a while where many were sent. Returns:
 * (element-type utf8 RungsStepResult). */
gpointer rungs_sequence_load_results (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

gpointer rungs_sequence_do_start (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);
gpointer rungs_sequence_do_pause (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* Stores the graph that `data` is (a JSON text). Returns: its id (gint64 *). */
gpointer rungs_sequence_do_add (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* Who stands at a step. `data`: a RungsSequencePlace. Returns: (element-type RungsEnrolment). */
typedef struct
{
  gint64 sequence;
  char *step; /* (owned) */
} RungsSequencePlace;

void rungs_sequence_place_free (RungsSequencePlace *self);

gpointer rungs_sequence_load_waiting (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
