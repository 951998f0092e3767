/* rungs-block-form.h: the fields of one block. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"
#include "mail/rungs-block.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BLOCK_FORM (rungs_block_form_get_type ())

/* Each change goes into the block at once, and activates "blocks.changed" with the field that it
 * was made in. The block must live as long as the form. */
G_DECLARE_FINAL_TYPE (RungsBlockForm, rungs_block_form, RUNGS, BLOCK_FORM, GtkWidget)

GtkWidget *rungs_block_form_new (RungsStore *store,
                                 RungsBlock *block);

/* Whether the text alone differs from `block`: then it is shown in the fields that are there. */
gboolean rungs_block_form_take_text (RungsBlockForm   *self,
                                     const RungsBlock *block);

/* Takes a picture from a file, for a block that is one. */
void rungs_block_form_take_file (RungsBlockForm *self,
                                 GFile          *file);

/* Gives the keys to the first field. Returns: whether there is one. */
gboolean rungs_block_form_enter (RungsBlockForm *self);

G_END_DECLS
