/* rungs-import-rejects.h: the rows that an import refused, in a file that can be mended.
 *
 * The file has the columns of the one that was imported, with its delimiter (a comma where it has
 * none, as a spreadsheet), and two more at the
 * end, "Line" and "Reason", which an import of it ignores. It is UTF-8 with a byte order mark, for
 * Excel. */

#pragma once

#include "leads/rungs-import-mapping.h"
#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

/* A refused row, as the window lists it. */
typedef struct
{
  gint64 line;
  char *reason; /* (owned) */
  char *text;   /* (owned) the row as it stands in the file, at most its first 1,000 bytes */
} RungsImportReject;

void rungs_import_reject_free (RungsImportReject *self);

typedef struct _RungsImportRejects RungsImportRejects;

/* `path` NULL: no file is made; `delimiter` 0: a comma. */
RungsImportRejects *rungs_import_rejects_new (const char               *path,
                                              char                      delimiter,
                                              const RungsImportMapping *mapping);

/* Removes the file again, unless rungs_import_rejects_keep() was called. */
void rungs_import_rejects_free (RungsImportRejects *self);

gboolean rungs_import_rejects_add (RungsImportRejects  *self,
                                   const RungsTableRow *row,
                                   const char          *reason,
                                   GError             **error);

/* Puts the file in its place, if a row was refused: before the import is written, for then it can
 * still fail. */
gboolean rungs_import_rejects_close (RungsImportRejects *self,
                                     GError            **error);

/* The import is done: the file stays. */
void rungs_import_rejects_keep (RungsImportRejects *self);

gint64 rungs_import_rejects_get_count (RungsImportRejects *self);

/* Returns: (transfer none) (element-type RungsImportReject): the first 1,000. */
GPtrArray *rungs_import_rejects_get_first (RungsImportRejects *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsImportRejects, rungs_import_rejects_free)

G_END_DECLS
