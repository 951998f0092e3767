/* rungs-sequence-row.h: a sequence in the list at the left of its page. */

#pragma once

#include <gtk/gtk.h>

#include "sequences/rungs-sequence-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEQUENCE_ROW (rungs_sequence_row_get_type ())

G_DECLARE_FINAL_TYPE (RungsSequenceRow, rungs_sequence_row, RUNGS, SEQUENCE_ROW, GtkListBoxRow)

GtkWidget *rungs_sequence_row_new (const RungsSequence *sequence);

gint64 rungs_sequence_row_get_id (RungsSequenceRow *self);

/* Shows what it has become. */
void rungs_sequence_row_set (RungsSequenceRow    *self,
                             const RungsSequence *sequence);

G_END_DECLS
