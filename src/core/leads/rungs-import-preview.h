/* rungs-import-preview.h: the first rows of a file as an import would take them. */

#pragma once

#include "leads/rungs-import-mapping.h"
#include "leads/rungs-import-value.h"
#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 line;
  char **fields;                       /* (owned), NULL at its end: as the file has them, one
                                          for each heading */
  char *texts[RUNGS_IMPORT_N_TARGETS]; /* (owned): what the lead would get; "" for nothing */
  gint64 created_at;                   /* 0: not said */
  RungsImportStatus status;
  char *problem;                       /* (owned) (nullable): why the row would be refused */
} RungsImportPreviewRow;

typedef struct
{
  RungsTableKind kind;
  const char *encoding;        /* (nullable) interned; of text */
  char delimiter;              /* of CSV; else 0 */
  GStrv sheets;                /* (owned) of a spreadsheet; else empty */
  char *recalled;              /* (owned) (nullable) the file whose columns went so the last time:
                                  set by who knows, see rungs-import-shape-store.h */
  char *sheet;                 /* (owned) (nullable) the one that is read */
  RungsImportMapping *mapping; /* (owned): the one that was given, or what was guessed */
  GPtrArray *rows;             /* (owned) (element-type RungsImportPreviewRow) */
  GPtrArray *fields;           /* (owned) (nullable) (element-type RungsField): the business's own,
                                  to which columns can go: set by who knows */
} RungsImportPreview;

void rungs_import_preview_free (RungsImportPreview *self);

/* Reads up to `n_rows` rows. `mapping` NULL: guessed;
 * dates are local to `zone` (nullable: UTC), those after `now` are not believed. To show another
 * mapping, read again. Errors: those of rungs_import_reader_open(). */
RungsImportPreview *rungs_import_preview_new (const char               *path,
                                              const RungsTableOptions  *options,
                                              const RungsImportMapping *mapping,
                                              GTimeZone                *zone,
                                              gint64                    now,
                                              guint                     n_rows,
                                              GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsImportPreview, rungs_import_preview_free)

G_END_DECLS
