/* rungs-columns-field.h: the columns of a block, side by side, each with blocks of its own. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"
#include "mail/rungs-block.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_COLUMNS_FIELD (rungs_columns_field_get_type ())

G_DECLARE_FINAL_TYPE (RungsColumnsField, rungs_columns_field, RUNGS, COLUMNS_FIELD, GtkWidget)

/* Changes go into the block, which must live as long, and activate "blocks.changed". */
GtkWidget *rungs_columns_field_new (RungsStore *store,
                                    RungsBlock *block);

G_END_DECLS
