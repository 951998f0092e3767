/* rungs-xlsx-book.h: what a workbook (.xlsx, ECMA-376) is made of: sheets, texts and formats. */

#pragma once

#include "tables/rungs-sheet-number.h"
#include "tables/rungs-zip.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;         /* (owned) */
  char *part;         /* (owned) where it stands in the ZIP file */
  gboolean is_hidden;
} RungsXlsxSheet;

typedef struct
{
  GPtrArray *sheets;  /* (owned) (element-type RungsXlsxSheet) in the order of their tabs */
  char *strings;      /* (owned) (nullable) the part of the texts */
  GArray *formats;    /* (owned) (element-type RungsSheetFormat) by the number of a cell's style */
  gboolean from_1904; /* its days are counted from then */
} RungsXlsxBook;

/* Whether the file is a workbook. */
gboolean rungs_xlsx_book_is_in (RungsZip *zip);

/* Errors: INVALID for a damaged one, or one without a sheet. */
RungsXlsxBook *rungs_xlsx_book_load (RungsZip *zip,
                                     GError  **error);

void rungs_xlsx_book_free (RungsXlsxBook *self);

/* How the number of a cell is shown. */
RungsSheetFormat rungs_xlsx_book_get_format (const RungsXlsxBook *self,
                                             gint64               style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsXlsxBook, rungs_xlsx_book_free)

G_END_DECLS
