/* rungs-lead-export.h: leads in a file, for a spreadsheet, a program or an address book.
 *
 *   CSV    a line of headings, then a line a lead; made harmless as rungs-table-cell.h says. The
 *          column "Rungs number" tells an import that it may take that back, so a file that is
 *          imported again makes the same leads. Or only some columns, chosen by name.
 *   JSON   an array of one object a lead, a line each: {"id", "email", …, "notes", "score",
 *          "created_at", "tags": […], "source", "consent", "consent_at", "suppressed", "fields":
 *          {KEY: VALUE}}: values as people read them ("49.00 EUR", the label of a choice), several
 *          choices as an array
 *   vCard  version 4.0 (RFC 6350); fields of the business's own are X-RUNGS-KEY */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"
#include "leads/rungs-lead-export-column.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_LEAD_EXPORT_CSV,
  RUNGS_LEAD_EXPORT_JSON,
  RUNGS_LEAD_EXPORT_VCARD,
} RungsLeadExportFormat;

/* "csv", "json", "vcard"; NULL at their end. */
const char *const *rungs_lead_export_formats (void);

typedef void (*RungsLeadExportFunc) (guint    done,
                                     guint    total,
                                     gpointer data);

/* What to export, and how. All is lent; zero is a good start. */
typedef struct
{
  const char *path;
  RungsLeadExportFormat format;
  GArray *leads;               /* (element-type gint64) in the order in which they are written */
  char delimiter;              /* of CSV; 0: a comma */
  const char *const *headings; /* (nullable) of a whole table of CSV, in the user's language: of the
                                * names of columns up to "rungs_source", in their order */
  const RungsLeadExportColumn *columns; /* of CSV; a heading of NULL is the English one */
  guint n_columns;             /* 0: all columns */
  RungsLeadExportFunc progress; /* (nullable) on the thread of the export */
  gpointer progress_data;
} RungsLeadExport;

/* Writes the file, whole or not at all; one that is there is replaced. In a read transaction, so
 * that all of it is of one moment. Leads that are gone are left out. Returns: how many were
 * written; -1 on error: the file cannot be written, G_IO_ERROR_CANCELLED. */
gint64 rungs_lead_export_write (RungsDb               *db,
                                const RungsLeadExport *export,
                                GCancellable          *cancellable,
                                GError               **error);

G_END_DECLS
