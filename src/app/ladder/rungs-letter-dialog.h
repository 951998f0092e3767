/* rungs-letter-dialog.h: makes or edits a sales letter. */

#pragma once

#include "ladder/rungs-sales-letter.h"
#include "rungs-ladder-writer.h"

G_BEGIN_DECLS

/* How a path is called. */
const char *rungs_letter_path_words (RungsLetterPath path);

/* Shows the form over `parent`. `letter` is copied; id 0: a new one. */
void rungs_letter_dialog_present (GtkWindow              *parent,
                                  RungsLadderWriter      *writer,
                                  const RungsSalesLetter *letter);

G_END_DECLS
