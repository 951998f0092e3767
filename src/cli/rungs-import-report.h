/* rungs-import-report.h: what imports of leads and of orders have in common on the command line:
 * how a file is read, how far the work is, and which rows were refused. */

#pragma once

#include "leads/rungs-import-work.h"
#include "rungs-column.h"
#include "rungs-invocation.h"
#include "rungs-row.h"
#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

/* The columns of "shown_rejects" (rungs_import_report_show()). */
extern const RungsColumn RUNGS_IMPORT_REJECT_COLUMNS[];

/* Reads --encoding, --delimiter and --sheet; lends what the invocation holds. Errors:
 * RUNGS_USAGE_ERROR. */
gboolean rungs_import_report_read_table (RungsInvocation    *call,
                                         RungsTableOptions  *table,
                                         GError            **error);

/* Returns: (transfer container) (element-type utf8): all that was given of an option, NULL at its
 * end. */
GPtrArray *rungs_import_report_list_texts (RungsInvocation *call,
                                           const char      *option);

/* Imports, or rehearses it; `data` is that of the caller. */
typedef gboolean (*RungsImportReportFunc) (RungsDb                  *db,
                                           gpointer                  data,
                                           gint64                    now,
                                           RungsImportProgressFunc   progress,
                                           gpointer                  progress_data,
                                           GCancellable             *cancellable,
                                           GError                  **error);

/* Calls `func`, shows how far it is, and lets Ctrl+C cancel it. `writing` says what is done once
 * all rows are read. */
gboolean rungs_import_report_run (RungsInvocation        *call,
                                  RungsDb                *db,
                                  const char             *writing,
                                  RungsImportReportFunc   func,
                                  gpointer                data,
                                  GError                **error);

/* A RungsImportProgressFunc for taking an import back. */
void rungs_import_report_undoing (const RungsImportProgress *progress,
                                  gpointer                   data);

/* Shows what an import did. Takes `row`, and adds to it the rows that were refused (element-type
 * RungsImportReject): as "rejects" in JSON, else the first few as "shown_rejects". */
void rungs_import_report_show (RungsInvocation   *call,
                               const RungsColumn *columns,
                               JsonObject        *row,
                               GPtrArray         *rejects);

/* Where the `refused` rows are, or how to get them; nothing where there are none. */
void rungs_import_report_say_rejects (RungsInvocation *call,
                                      gint64           refused);

G_END_DECLS
