/* rungs-import-reader.h: a file of leads, row by row, as what each row says of a lead. */

#pragma once

#include <gio/gio.h>

#include "leads/rungs-import-mapping.h"
#include "leads/rungs-import-value.h"
#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

/* A value of a row for a field of the business's own. */
typedef struct
{
  guint column;
  const char *value;
} RungsImportValue;

/* What one row says. All of it belongs to the reader, until the next row. */
typedef struct
{
  const RungsTableRow *table;
  const char *problem;                       /* (nullable) why the row is refused */
  const char *texts[RUNGS_IMPORT_N_TARGETS]; /* by target, "" for nothing; trimmed; on one
                                                line except notes */
  char *key;                                 /* what tells this lead from others: the e-mail key, or
                                                "tel:" and the digits of the telephone number */
  gint64 created_at;                         /* 0: not said */
  gint64 consent_at;                         /* 0: not said */
  RungsImportStatus status;
  const RungsImportValue *values;
  guint n_values;
  const char *const *tags;                   /* lists, see rungs_import_next_tag() */
  guint n_tags;
} RungsImportRow;

typedef struct _RungsImportReader RungsImportReader;

/* Opens a file and looks at its first rows: what `options` do not say, the headings, the order of
 * day and month in its dates. The mapping is what rungs_import_mapping_guess() makes of it. Errors:
 * those of rungs_table_reader_open(); INVALID where there is no heading, or more than 1,000. */
RungsImportReader *rungs_import_reader_open (const char              *path,
                                             const RungsTableOptions *options,
                                             GError                 **error);

void rungs_import_reader_free (RungsImportReader *self);

const RungsImportMapping *rungs_import_reader_get_mapping (RungsImportReader *self);

/* To be set before the first row is read. A mapping of another number of columns is INVALID. */
gboolean rungs_import_reader_set_mapping (RungsImportReader        *self,
                                          const RungsImportMapping *mapping,
                                          GError                  **error);

/* Dates without an offset are local to `zone` (nullable: UTC); those after `now` are not believed.
 */
void rungs_import_reader_set_time (RungsImportReader *self,
                                   GTimeZone         *zone,
                                   gint64             now);

/* What holds for every row that does not forbid more, see rungs_import_status_of_file(). */
void rungs_import_reader_set_status (RungsImportReader *self,
                                     RungsImportStatus  status);

/* The next row that is not empty; NULL at the end, or with `error` set. */
const RungsImportRow *rungs_import_reader_next (RungsImportReader *self,
                                                GCancellable      *cancellable,
                                                GError           **error);

/* The rows behind it. */
RungsTableReader *rungs_import_reader_get_table (RungsImportReader *self);

/* How many dates could not be read, or were not believed, so far. */
gint64 rungs_import_reader_get_unread_dates (RungsImportReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsImportReader, rungs_import_reader_free)

G_END_DECLS
