/* rungs-ladder-writer.h: writes one change of the ladder after the other, each of which can be
 * undone. */

#pragma once

#include "ladder/rungs-ladder-edit-store.h"
#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LADDER_WRITER (rungs_ladder_writer_get_type ())

/**
 * RungsLadderWriter::written: (const RungsLadderEdit *edit): a change is in the file, before it is
 *   kept to be undone
 * RungsLadderWriter::ended: (gboolean done): a change is in the file, or was refused, which was
 *   told
 */
G_DECLARE_FINAL_TYPE (RungsLadderWriter, rungs_ladder_writer, RUNGS, LADDER_WRITER, GObject)

/* The page is not kept; nothing is written any more when it is gone. Unless
 * rungs_ladder_writer_set_keeper() was called, each change is offered to be undone by the page. */
RungsLadderWriter *rungs_ladder_writer_new (RungsPage *page);

/* Returns: (nullable): NULL where it was closed. */
RungsPage *rungs_ladder_writer_get_page (RungsLadderWriter *self);

/* Gets what was changed, for a history of its own; takes `edit`. */
typedef void (*RungsLadderKeeper) (const char       *label,
                                   RungsLadderEdit  *edit,
                                   gpointer          data);

/* `data` must live as long as the writer, or until it is called with NULL. */
void rungs_ladder_writer_set_keeper (RungsLadderWriter *self,
                                     RungsLadderKeeper  keeper,
                                     gpointer           data);

/* Runs `func` with `data` (taken) in a write of the store. `label` says what was done ("Price
 * changed"). What is wrong with the input is said beside `row` where there is one that is still
 * seen, all else under `failure`. */
void rungs_ladder_writer_do (RungsLadderWriter *self,
                             RungsDbFunc        func,
                             gpointer           data,
                             GDestroyNotify     data_free,
                             const char        *label,
                             AdwEntryRow       *row,
                             const char        *failure);

/* Whether what stands in the row is on its way into the file: until it is there, or refused, the
 * row is not to be filled with what the file has. */
gboolean rungs_ladder_writer_is_writing (RungsLadderWriter *self,
                                         AdwEntryRow       *row);

G_END_DECLS
