/* rungs-block-editor.h: the blocks of a message, as they are written: a palette of the kinds, and
 * the list. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"
#include "rungs-block-list.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BLOCK_EDITOR (rungs_block_editor_get_type ())

/**
 * RungsBlockEditor::changed: the blocks are others, by what the user did
 * @place: where; changes of one place that is not empty belong together
 */
G_DECLARE_FINAL_TYPE (RungsBlockEditor, rungs_block_editor, RUNGS, BLOCK_EDITOR, GtkWidget)

/* `store` may be NULL until it is known. To be called once. */
void rungs_block_editor_set_store (RungsBlockEditor *self,
                                   RungsStore       *store);

/* Shows the blocks of the JSON; what cannot be read as blocks is left out. */
void rungs_block_editor_set_json (RungsBlockEditor *self,
                                  const char       *json);
char *rungs_block_editor_dup_json (RungsBlockEditor *self);

RungsBlockList *rungs_block_editor_get_list (RungsBlockEditor *self);

/* A palette of the kinds, to be dragged from or clicked: then the block goes behind the one that
 * has the keys, or to the end. */
GtkWidget *rungs_block_editor_new_palette (RungsBlockEditor *self);

G_END_DECLS
