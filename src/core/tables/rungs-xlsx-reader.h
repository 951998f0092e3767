/* rungs-xlsx-reader.h: the rows of a sheet of a workbook (.xlsx). */

#pragma once

#include "tables/rungs-table-reader.h"
#include "tables/rungs-zip.h"

G_BEGIN_DECLS

/* Takes `zip`. `sheet` NULL: the first that has a row, hidden ones left out. Errors: NOT_FOUND
 * where there is no such sheet; those of reading it. */
RungsTableReader *rungs_xlsx_reader_open (RungsZip   *zip,
                                          const char *sheet,
                                          GError    **error);

/* Returns: (transfer full): the names of the sheets that are not hidden. */
GStrv rungs_xlsx_list_sheets (RungsZip *zip,
                              GError  **error);

G_END_DECLS
