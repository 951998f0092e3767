/* rungs-block-gap.h: a place between two blocks, where others are put. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_BLOCK_GAP (rungs_block_gap_get_type ())

/* Has a button + with a menu of the kinds; blocks, kinds of the palette and files of pictures are
 * dropped on it. Tells the list that it is in. */
G_DECLARE_FINAL_TYPE (RungsBlockGap, rungs_block_gap, RUNGS, BLOCK_GAP, GtkWidget)

/* `is_column`: in a list of a column. */
GtkWidget *rungs_block_gap_new (gboolean is_column);

/* What stands in an empty list instead of the + alone. */
void rungs_block_gap_set_empty (RungsBlockGap *self,
                                gboolean       is_empty);

/* The data of a palette's drag: a RungsBlockType. */
#define RUNGS_TYPE_BLOCK_KIND G_TYPE_UINT

G_END_DECLS
