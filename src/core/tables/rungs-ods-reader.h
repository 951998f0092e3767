/* rungs-ods-reader.h: the rows of a sheet of a spreadsheet in OpenDocument (.ods). */

#pragma once

#include "tables/rungs-table-reader.h"
#include "tables/rungs-zip.h"

G_BEGIN_DECLS

/* Whether the file is one. */
gboolean rungs_ods_is_in (RungsZip *zip);

/* Takes `zip`. `sheet` NULL: the first that has a row. Errors: NOT_FOUND where there is no such
 * sheet (told by the first row); INVALID where it is encrypted or damaged. */
RungsTableReader *rungs_ods_reader_open (RungsZip   *zip,
                                         const char *sheet,
                                         GError    **error);

/* Returns: (transfer full): the names of the sheets. The file is read whole for it. */
GStrv rungs_ods_list_sheets (RungsZip *zip,
                             GError  **error);

G_END_DECLS
