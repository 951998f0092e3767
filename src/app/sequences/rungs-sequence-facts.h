/* rungs-sequence-facts.h: what the editor of a sequence shows of the file beside its draft. */

#pragma once

#include "db/rungs-store.h"
#include "rungs-step-names.h"
#include "sequences/rungs-sequence-store.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSequence *sequence;  /* (owned) */
  char *published;          /* (owned) (nullable): the text that leads walk; NULL: there is none */
  char *draft;              /* (owned) (nullable): NULL: it has none */
  char *text;               /* (owned): the draft, else what is published, else nearly nothing */
  GPtrArray *problems;      /* (owned) (element-type RungsGraphProblem): that the file tells */
  GHashTable *counts;       /* (owned) (element-type utf8 RungsSequenceStepCounts) */
  RungsStepNames *names;    /* (owned) */
  GTimeZone *zone;          /* (owned): of the business */
} RungsSequenceFacts;

void rungs_sequence_facts_free (RungsSequenceFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSequenceFacts, rungs_sequence_facts_free)

/* RungsStoreFuncs. `data`: the id of the sequence (gint64 *). Returns: RungsSequenceFacts. */
gpointer rungs_sequence_facts_load (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* A draft that is to be kept. */
typedef struct
{
  gint64 sequence;
  char *text; /* (owned) */
} RungsSequenceSaving;

void rungs_sequence_saving_free (RungsSequenceSaving *self);

/* `data`: a RungsSequenceSaving. Returns: what is wrong with it, with the file (element-type
 * RungsGraphProblem). */
gpointer rungs_sequence_facts_save (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
