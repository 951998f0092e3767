/* rungs-import-stage-store.h: the rows of an import in temporary tables, before they are leads.
 *
 * The tables belong to the connection, live in a temporary file, and go with it.
 *   import_stage         a row of the file each; after rungs_import_match_collapse() one for each
 *                        lead. `lead` is the lead that is there already, NULL: it will be made
 *                        import_stage_value   values for fields of the business's own; `field`
 *                        counts in import_stage_field import_stage_tag     `tag` counts in
 *                        rungs_import_stage_get_tags() import_stage_change  what the import would
 *                        change on leads that are there */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-import-reader.h"

G_BEGIN_DECLS

typedef struct _RungsImportStage RungsImportStage;

/* Makes the tables, empty. The fields of `mapping` are looked up in the file. */
RungsImportStage *rungs_import_stage_new (RungsDb                  *db,
                                          const RungsImportMapping *mapping,
                                          GError                  **error);

/* Drops the tables. */
void rungs_import_stage_free (RungsImportStage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsImportStage, rungs_import_stage_free)

/* Takes a row in; `problem` is set (lent until the next call) where it is refused after all: a
 * value that its field cannot have, the address of an erased person. */
gboolean rungs_import_stage_add (RungsImportStage     *self,
                                 const RungsImportRow *row,
                                 const char          **problem,
                                 GError              **error);

/* Returns: (transfer none) (element-type utf8): the names of all tags of the rows. */
GPtrArray *rungs_import_stage_get_tags (RungsImportStage *self);

/* Whether nobody was erased since the stage was made (rungs_suppressed_set_check()). */
gboolean rungs_import_stage_check_erased (RungsImportStage *self,
                                          GError          **error);

/* All rows were added: what can be chosen in the fields that are made is known. */
gboolean rungs_import_stage_finish (RungsImportStage *self,
                                    GError          **error);

G_END_DECLS
