/* rungs-visit-rows.h: how often pages and links were opened, as rows of a browser. */

#pragma once

#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

typedef struct
{
  guint days;  /* the last ones, today too */
  char *words; /* (owned): that are searched for */
} RungsVisitQuery;

RungsVisitQuery *rungs_visit_query_new (guint       days,
                                        const char *words);

/* Its queries are RungsVisitQuerys. The ids of its rows are made of their texts. */
const RungsBrowserSource *rungs_visit_rows_get_source (void);

/* Returns: the columns; `n` is set to how many. */
const RungsBrowserColumn *rungs_visit_rows_get_columns (guint *n);

G_END_DECLS
