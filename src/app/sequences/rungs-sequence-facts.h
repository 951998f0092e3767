/* rungs-sequence-facts.h: what the editor of a sequence shows of the file beside its draft. */

#pragma once

#include "rungs-step-names.h"
#include "sequences/rungs-sequence-store.h"
#include "widgets/rungs-draft.h"

G_BEGIN_DECLS

typedef struct
{
  RungsDraftFacts draft;   /* where it has none: what is published, else nearly nothing;
                            * problems: RungsGraphProblem */
  RungsSequence *sequence; /* (owned) */
  GHashTable *counts;      /* (owned) (element-type utf8 RungsSequenceStepCounts) */
  RungsStepNames *names;   /* (owned) */
  GTimeZone *zone;         /* (owned): of the business */
} RungsSequenceFacts;

void rungs_sequence_facts_free (RungsSequenceFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSequenceFacts, rungs_sequence_facts_free)

/* RungsStoreFuncs. `data`: the id of the sequence (gint64 *). Returns: RungsSequenceFacts. */
gpointer rungs_sequence_facts_load (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* `data`: a RungsDraftSaving. Returns: what is wrong with it, with the file (element-type
 * RungsGraphProblem). */
gpointer rungs_sequence_facts_save (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
