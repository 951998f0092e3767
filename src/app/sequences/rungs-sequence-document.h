/* rungs-sequence-document.h: a sequence that is being written: a draft (rungs-draft.h) whose text
 * is the graph of its steps. */

#pragma once

#include "rungs-sequence-facts.h"
#include "widgets/rungs-draft.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEQUENCE_DOCUMENT (rungs_sequence_document_get_type ())

/* What is wrong with it: element-type RungsGraphProblem. */
G_DECLARE_FINAL_TYPE (RungsSequenceDocument, rungs_sequence_document, RUNGS, SEQUENCE_DOCUMENT,
                      RungsDraft)

RungsSequenceDocument *rungs_sequence_document_new (RungsStore *store,
                                                    gint64      sequence);

/* Returns: (nullable): NULL before it was read, as is the next. */
RungsSequenceFacts *rungs_sequence_document_get_facts (RungsSequenceDocument *self);

/* As it is, finished or not. */
RungsGraph *rungs_sequence_document_get_graph (RungsSequenceDocument *self);

/* Counts what the messages of its steps brought, once: that takes a while where many were sent, and
 * the cards say the rest. */
void rungs_sequence_document_count (RungsSequenceDocument *self);

/* Returns: (nullable) (element-type utf8 RungsStepResult): NULL until it is counted. */
GHashTable *rungs_sequence_document_get_results (RungsSequenceDocument *self);

G_END_DECLS
