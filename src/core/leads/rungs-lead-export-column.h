/* rungs-lead-export-column.h: the columns that a table of leads can have. */

#pragma once

#include "leads/rungs-lead-export-store.h"

G_BEGIN_DECLS

/* One column of the file. `name` is one of rungs_lead_export_column_names(), or "field.KEY" of a
 * field of the business's own. */
typedef struct
{
  const char *name;
  const char *heading;
} RungsLeadExportColumn;

/* What a column can be called: "id", "email", …, "name", "score", "source"; NULL at their end. */
const char *const *rungs_lead_export_column_names (void);

/* Returns: (nullable): the English heading of that column; NULL: there is none of that name. */
const char *rungs_lead_export_column_heading (const char *name);

/* The key of the field that the column shows. Returns: (nullable): NULL: no field. */
const char *rungs_lead_export_column_key (const char *name);

/* What the file says of a lead in that column; "" where there is nothing. */
char *rungs_lead_export_column_dup (const RungsLeadExportRow *row,
                                    const char               *name);

/* What a file says about writing to the lead; rungs_import_status_parse() reads it. */
const char *rungs_lead_export_status_of (const RungsLeadExportRow *row);

/* When the lead agreed, where it still does; "". */
char *rungs_lead_export_agreed_on (const RungsLeadExportRow *row);

G_END_DECLS
