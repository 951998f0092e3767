/* rungs-column.h: how people see the keys of a row. */

#pragma once

#include "rungs-invocation.h"
#include "rungs-row.h"

G_BEGIN_DECLS

/**
 * RungsColumnKind:
 * @RUNGS_COLUMN_TEXT: text on one line
 * @RUNGS_COLUMN_LINES: text that keeps its lines; in lists as TEXT
 * @RUNGS_COLUMN_TERM: one of the program's own words, shown in the user's language
 * @RUNGS_COLUMN_NUMBER: a number, to the right
 * @RUNGS_COLUMN_COUNT: the same, empty where it is 0
 * @RUNGS_COLUMN_MONEY: an amount, or an array of amounts
 * @RUNGS_COLUMN_ESTIMATE: an amount that may be expected, in whole units
 * @RUNGS_COLUMN_RATE: basis points, as per cent
 * @RUNGS_COLUMN_TIME: an instant, in the zone of the business
 * @RUNGS_COLUMN_FLAG: yes or no
 * @RUNGS_COLUMN_WORDS: an array of text
 * @RUNGS_COLUMN_ROWS: an array of rows, shown as a table beneath; only in rungs_column_show()
 */
typedef enum
{
  RUNGS_COLUMN_TEXT,
  RUNGS_COLUMN_LINES,
  RUNGS_COLUMN_TERM,
  RUNGS_COLUMN_NUMBER,
  RUNGS_COLUMN_COUNT,
  RUNGS_COLUMN_MONEY,
  RUNGS_COLUMN_ESTIMATE,
  RUNGS_COLUMN_RATE,
  RUNGS_COLUMN_TIME,
  RUNGS_COLUMN_FLAG,
  RUNGS_COLUMN_WORDS,
  RUNGS_COLUMN_ROWS,
} RungsColumnKind;

/* A table of columns ends with one without key. */
typedef struct _RungsColumn RungsColumn;

struct _RungsColumn
{
  const char *key;
  const char *heading; /* N_() */
  RungsColumnKind kind;
  const RungsColumn *columns; /* of ROWS */
};

/* What stands in that column; "" for null. */
char *rungs_column_dup_text (const RungsColumn *column,
                             JsonObject        *row,
                             GTimeZone         *zone);

/* Whether the column is set to the right. */
gboolean rungs_column_is_right (const RungsColumn *column);

/* Puts out one row (taken): as JSON, or as a line a column; columns that are empty are left out. */
void rungs_column_show (RungsInvocation   *call,
                        const RungsColumn *columns,
                        JsonObject        *row);

/* Says what was done: as JSON `row` (taken), else the sentence. */
void rungs_column_say (RungsInvocation *call,
                       JsonObject      *row,
                       const char      *format,
                       ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
