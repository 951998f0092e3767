/* rungs-import-heading.h: what the headings of exported files mean. */

#pragma once

#include "leads/rungs-import-mapping.h"

G_BEGIN_DECLS

/* A heading without case, accents, spaces and signs: "E-mail 1 - Value" is "email1value", "Straße"
 * is "strasse". */
char *rungs_import_heading_fold (const char *heading);

/* What a folded heading means; FIELD where it is not known. `rank` says how usual it is for its
 * target: of two columns the one with the smaller rank is meant. */
RungsImportTarget rungs_import_heading_lookup (const char *folded,
                                               guint      *rank);

/* The key of a field of the business's own for a heading (rungs_field_key_from_label()); "column_7"
 * where the heading has no letters for one. */
char *rungs_import_heading_dup_key (const char *heading,
                                    guint       column);

/* Whether a heading is that of the first column of a file that Rungs exported (see
 * rungs-lead-export.h), in any of its languages. */
gboolean rungs_import_heading_is_own (const char *heading);

G_END_DECLS
