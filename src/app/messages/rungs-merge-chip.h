/* rungs-merge-chip.h: a value of the reader in a text, as a chip. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_MERGE_CHIP (rungs_merge_chip_get_type ())

/**
 * RungsMergeChip::changed: what stands in for the value where it is empty was changed
 * RungsMergeChip::removed: it is to go from the text
 */
G_DECLARE_FINAL_TYPE (RungsMergeChip, rungs_merge_chip, RUNGS, MERGE_CHIP, GtkWidget)

/* `path` and `fallback` as rungs_merge_words_parse() has them. */
GtkWidget *rungs_merge_chip_new (const char *path,
                                 const char *fallback);

/* Returns: (transfer full): as the merge language has it. */
char *rungs_merge_chip_dup_liquid (RungsMergeChip *self);

/* Opens what can be set. */
void rungs_merge_chip_open (RungsMergeChip *self);

G_END_DECLS
