/* rungs-sheet-number.h: the numbers of spreadsheets as the text that they mean.
 *
 * A spreadsheet has no dates: it has days since 1900, or 1904, that a format shows as dates. Times
 * are parts of a day, percentages parts of one, and a postcode is a number that is filled up with
 * zeros. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsSheetForm:
 * @RUNGS_SHEET_PLAIN: as it is
 * @RUNGS_SHEET_PADDED: filled up with zeros
 * @RUNGS_SHEET_DURATION: hours that may be more than a day's
 */
typedef enum
{
  RUNGS_SHEET_PLAIN,
  RUNGS_SHEET_PADDED,
  RUNGS_SHEET_PERCENT,
  RUNGS_SHEET_DATE,
  RUNGS_SHEET_TIME,
  RUNGS_SHEET_DATE_TIME,
  RUNGS_SHEET_DURATION,
} RungsSheetForm;

typedef struct
{
  RungsSheetForm form;
  guint digits; /* of PADDED */
} RungsSheetFormat;

/* What a format of Excel's says (ECMA-376 part 1, 18.8.31), such as "dd/mm/yyyy" or "00000". */
RungsSheetFormat rungs_sheet_format_parse (const char *code);

/* What one of those that have a number only says (18.8.30). */
RungsSheetFormat rungs_sheet_format_builtin (gint64 id);

/* Appends the text: "2024-03-12", "2024-03-12 09:14:05", "09:14", "26:30", "25%", "01067", "3.5".
 * What cannot be a date is a plain number. */
void rungs_sheet_append_number (GString          *text,
                                double            number,
                                RungsSheetFormat  format,
                                gboolean          from_1904);

/* Appends a date as XML has it ("2024-03-12T09:14:05.000") as the other function writes dates. */
void rungs_sheet_append_iso (GString    *text,
                             const char *iso);

G_END_DECLS
