/* rungs-sequence-document.h: a sequence that is being written: its text, what is wrong with it, and
 * all that was done to it. It is in the file at once, as the draft of the sequence. */

#pragma once

#include "rungs-sequence-facts.h"
#include "widgets/rungs-history.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEQUENCE_DOCUMENT (rungs_sequence_document_get_type ())

/**
 * RungsSequenceDocument::changed: the text, or what is known of it, is another now
 *
 * RungsSequenceDocument::failed: (GError *error, gboolean saving): it could not be kept, or read
 */
G_DECLARE_FINAL_TYPE (RungsSequenceDocument, rungs_sequence_document, RUNGS, SEQUENCE_DOCUMENT,
                      GObject)

/* Nothing is read before rungs_sequence_document_refresh(). */
RungsSequenceDocument *rungs_sequence_document_new (RungsStore *store,
                                                    gint64      sequence);

/* Reads the file again. A draft that somebody else changed takes the place of this one, unless this
 * one was not kept yet. */
void rungs_sequence_document_refresh (RungsSequenceDocument *self);

gint64 rungs_sequence_document_get_sequence (RungsSequenceDocument *self);

/* Returns: (nullable): NULL before it was read, as are those below. */
RungsSequenceFacts *rungs_sequence_document_get_facts (RungsSequenceDocument *self);
const char *rungs_sequence_document_get_text (RungsSequenceDocument *self);

/* What the messages of its steps brought. Returns: (nullable) (element-type utf8 RungsStepResult):
 * NULL until it is counted, which is once. */
GHashTable *rungs_sequence_document_get_results (RungsSequenceDocument *self);

/* As it is, finished or not. */
RungsGraph *rungs_sequence_document_get_graph (RungsSequenceDocument *self);

/* All that is wrong with it (element-type RungsGraphProblem). */
GPtrArray *rungs_sequence_document_get_problems (RungsSequenceDocument *self);

/* Puts another text in its place, and remembers that as `label` ("new step"); `text` is taken, and
 * NULL where `error` (taken too) says why there is none. Returns: whether it is another one. */
gboolean rungs_sequence_document_edit (RungsSequenceDocument *self,
                                       const char            *label,
                                       char                  *text,
                                       GError                *error);

RungsHistory *rungs_sequence_document_get_history (RungsSequenceDocument *self);

/* Whether all that was done is in the file. */
gboolean rungs_sequence_document_is_saved (RungsSequenceDocument *self);

/* Whether it says something else than what leads walk. */
gboolean rungs_sequence_document_is_unpublished (RungsSequenceDocument *self);

G_END_DECLS
