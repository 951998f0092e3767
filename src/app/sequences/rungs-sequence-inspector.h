/* rungs-sequence-inspector.h: all that is said of a step, or of the sequence itself, edited where
 * it stands, with what is wrong with it and what mends that. */

#pragma once

#include <adwaita.h>

#include "rungs-sequence-document.h"
#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEQUENCE_INSPECTOR (rungs_sequence_inspector_get_type ())

/* It has a scrolled window of its own, and needs 320 pixels. Its buttons activate the actions of
 * the editor that it stands in ("flow.…"). */
G_DECLARE_FINAL_TYPE (RungsSequenceInspector, rungs_sequence_inspector, RUNGS, SEQUENCE_INSPECTOR,
                      GtkWidget)

GtkWidget *rungs_sequence_inspector_new (void);

/* What is inspected; what was being entered before is kept. */
void rungs_sequence_inspector_set_document (RungsSequenceInspector *self,
                                            RungsSequenceDocument  *document,
                                            RungsRuleFields        *fields);

/* Shows that step; NULL: the sequence itself. */
void rungs_sequence_inspector_select (RungsSequenceInspector *self,
                                      const char             *step);

/* Its first field, or the one of that path, takes the keys. */
void rungs_sequence_inspector_edit (RungsSequenceInspector *self,
                                    const char             *path);

/* Keeps what is being entered. */
void rungs_sequence_inspector_settle (RungsSequenceInspector *self);

G_END_DECLS
