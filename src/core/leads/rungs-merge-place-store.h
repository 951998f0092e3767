/* rungs-merge-place-store.h: the tables of which the journal of a merge keeps rows, and what they
 * are made of: for the files of the journal only.
 *
 * Their statements are made from the schema, so that a column that is added to a table is in the
 * journal by itself. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsMergePlace:
 * @rows: the rows of the table that are about the leads of temp.merge_lead
 * @only_moves: whether a merge changes nothing of a row of it but its lead, takes none away, and
 *   gives those that it makes higher ids than any had
 * @comes_back: (nullable): on what condition a row that the merge removed comes back, by :row
 * @goes: (nullable): on what condition one that the merge made goes
 * @changes_back: (nullable): on what condition one that it changed is put back, by :before
 */
typedef struct
{
  const char *table;
  const char *rows;
  gboolean only_moves;
  const char *comes_back;
  const char *goes;
  const char *changes_back;
} RungsMergePlace;

/* The leads themselves come first. */
const RungsMergePlace *rungs_merge_places (gsize *n);

/**
 * RungsMergeShape:
 * @columns: (element-type utf8): names
 * @keys: (element-type utf8): of those, the ones of the primary key
 *
 * What a table is made of.
 */
typedef struct
{
  GPtrArray *columns;
  GPtrArray *keys;
} RungsMergeShape;

/* Returns: (transfer full) (nullable): the shape of a table; where `row`, a JSON object, is given,
 * with only the columns that it has. */
RungsMergeShape *rungs_merge_shape_load (RungsDb     *db,
                                         const char  *table,
                                         const char  *row,
                                         GError     **error);

void rungs_merge_shape_free (RungsMergeShape *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMergeShape, rungs_merge_shape_free)

gboolean rungs_merge_shape_has (RungsMergeShape *self,
                                const char      *column);

/* Writes a list of names: "id", "lead"; where `of` is given, of that table: b."id", b."lead". */
void rungs_merge_append_names (GString    *sql,
                               GPtrArray  *names,
                               const char *of);

/* Writes what makes a JSON object of a row: json_object ('id', "id", 'lead', "lead"). */
void rungs_merge_append_row (GString         *sql,
                             RungsMergeShape *shape,
                             const char      *of);

G_END_DECLS
