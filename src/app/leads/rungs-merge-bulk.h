/* rungs-merge-bulk.h: merges those of many leads who are surely one person with another. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Finds who of `leads` (element-type gint64; taken) are surely one person, shows what would become
 * of them, and merges them when the user agrees: with a window that says how far it is, and an
 * offer to take it back. */
void rungs_merge_bulk (RungsPage *page,
                       GArray    *leads);

G_END_DECLS
