/* rungs-sequence-draft-store.h: a sequence that is being written, beside the version that leads
 * walk. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 sequence;
  char *graph;       /* (owned): a JSON object as in rungs-graph.h; it may be incomplete or wrong */
  gint64 based_on;   /* id of the version that was in use when the draft began; 0: none was */
  gint64 updated_at; /* when it was saved last */
} RungsSequenceDraft;

void rungs_sequence_draft_free (RungsSequenceDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSequenceDraft, rungs_sequence_draft_free)

/* Returns: (transfer full): the draft of the sequence. Errors: NOT_FOUND where it has none. */
RungsSequenceDraft *rungs_sequence_draft_load (RungsDb  *db,
                                               gint64    sequence,
                                               GError  **error);

/* The same; NULL without an error where the sequence has none. FALSE where the file cannot be
 * read. */
gboolean rungs_sequence_draft_find (RungsDb             *db,
                                    gint64               sequence,
                                    RungsSequenceDraft **draft,
                                    GError             **error);

/* Keeps the graph as the draft of the sequence, in the place of the one that was there. It is not
 * checked: publishing does that. Errors: NOT_FOUND; INVALID where `json` is no JSON object, or is
 * nested too deep to be a sequence. */
gboolean rungs_sequence_draft_save (RungsDb     *db,
                                    gint64       sequence,
                                    const char  *json,
                                    gint64       now,
                                    GError     **error);

/* Forgets the draft; nothing where there is none. */
gboolean rungs_sequence_draft_discard (RungsDb  *db,
                                       gint64    sequence,
                                       GError  **error);

/* Adds a sequence that has no version yet: nobody can walk it before its draft is published.
 * Returns: its id; 0 on error: INVALID where the name is empty, CONFLICT where it is taken. */
gint64 rungs_sequence_create (RungsDb     *db,
                              const char  *name,
                              gint64       now,
                              GError     **error);

G_END_DECLS
