/* rungs-xlsx-strings.h: the texts of a workbook, which its cells name by number.
 *
 * They lie in a file that has no name and goes with the reader, so that a large workbook takes the
 * disk and not the memory. */

#pragma once

#include "tables/rungs-zip.h"

G_BEGIN_DECLS

/* More texts are refused. */
#define RUNGS_XLSX_STRINGS_MAX 16000000

typedef struct _RungsXlsxStrings RungsXlsxStrings;

/* `part` NULL: there are none. Errors: those of the ZIP file; FAILED where the disk is full. */
RungsXlsxStrings *rungs_xlsx_strings_load (RungsZip     *zip,
                                           const char   *part,
                                           GCancellable *cancellable,
                                           GError      **error);

void rungs_xlsx_strings_free (RungsXlsxStrings *self);

/* `length` bytes of UTF-8, without a NUL; NULL where there is no such text. */
const char *rungs_xlsx_strings_get (RungsXlsxStrings *self,
                                    guint64           number,
                                    gsize            *length);

/* Takes "_x000D_" and the like, which stand for characters that XML does not have, out of
 * a text. */
void rungs_xlsx_unescape (GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsXlsxStrings, rungs_xlsx_strings_free)

G_END_DECLS
