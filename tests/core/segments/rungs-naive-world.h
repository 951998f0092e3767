/* rungs-naive-world.h: all rows of the tables, as the naive evaluator reads them. */

#pragma once

#include "rungs-naive-rule.h"

G_BEGIN_DECLS

/* One row: a cell a column, in the order of the table. */
typedef struct
{
  gboolean null;
  gint64 number;
  char *text; /* (owned) (nullable) */
} RungsCell;

typedef struct
{
  GPtrArray *columns; /* (owned) (element-type utf8) */
  GPtrArray *rows;    /* (owned) (element-type RungsCell): arrays */
} RungsTable;

struct _RungsNaiveWorld
{
  GHashTable *tables; /* (owned): name -> RungsTable */
  GTimeZone *zone;    /* (owned) */
  const char *currency;
};

RungsTable *rungs_naive_table (RungsNaiveWorld *world,
                               const char      *name);

const RungsCell *rungs_naive_cell (RungsTable *table,
                                   guint       row,
                                   const char *column);

gint64 rungs_naive_number (RungsTable *table,
                           guint       row,
                           const char *column);
const char *rungs_naive_text (RungsTable *table,
                              guint       row,
                              const char *column);

/* The first row whose column holds the number; -1 where there is none. */
int rungs_naive_find (RungsTable *table,
                      const char *column,
                      gint64      number);

G_END_DECLS
