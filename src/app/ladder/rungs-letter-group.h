/* rungs-letter-group.h: the sales letters of a product, by path. */

#pragma once

#include <adwaita.h>

#include "rungs-ladder-writer.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LETTER_GROUP (rungs_letter_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsLetterGroup, rungs_letter_group, RUNGS, LETTER_GROUP, GtkWidget)

/* What writes the changes. To be called first, and once. */
void rungs_letter_group_set_writer (RungsLetterGroup  *self,
                                    RungsLadderWriter *writer);

/* `letters` (element-type RungsSalesLetter) are kept. */
void rungs_letter_group_show (RungsLetterGroup *self,
                              gint64            product,
                              GPtrArray        *letters);

/* Opens the form of a new letter. */
void rungs_letter_group_add (RungsLetterGroup *self);

G_END_DECLS
