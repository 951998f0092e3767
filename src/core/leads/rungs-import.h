/* rungs-import.h: imports a file of leads whole or not at all, and takes an import back.
 *
 * Rows are read into temporary tables first, without a lock on the file; then one transaction makes
 * leads of them. Whatever ends the program, and cancelling, leaves either nothing or all of it.
 *
 * What a row does:
 *   - A row is of the lead with its e-mail address. Without an address it is of the lead without an
 *     address that has its telephone number; without both it is refused.
 *   - A lead that is new is made. Of one that is there, and of rows of one file that are of the
 *     same lead, the rule decides: FILL takes what is still empty, OVERWRITE all that the row has,
 *     SKIP nothing: then not even tags, touches and consent are added, only a "no" is heeded.
 *   - The lead gets the tags and, where it has none of that source, a touch (path opt-in).
 *   - Where the words of a consent are given, it is written down for each address of which neither
 *     the row nor this file says no, and that has said neither yes nor no before.
 *   - Addresses that the file calls unsubscribed, bounced or complaining go on the do-not-send
 *     list. They stay there when the import is taken back. Addresses of erased persons are refused.
 */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"
#include "leads/rungs-import-mapping.h"
#include "leads/rungs-import-rejects.h"
#include "leads/rungs-import-work.h"

G_BEGIN_DECLS

/**
 * RungsOnMatch:
 * @RUNGS_ON_MATCH_FILL: fills fields that are empty
 * @RUNGS_ON_MATCH_OVERWRITE: sets every field that the row has a value for
 * @RUNGS_ON_MATCH_SKIP: leaves leads that are there as they are
 */
typedef enum
{
  RUNGS_ON_MATCH_FILL,
  RUNGS_ON_MATCH_OVERWRITE,
  RUNGS_ON_MATCH_SKIP,
} RungsOnMatch;

/* "fill", "overwrite", "skip". */
const char *rungs_on_match_to_text (RungsOnMatch on_match);

/* What to import, and how. All is lent; zero is a good start. */
typedef struct
{
  const char *path;                  /* the file */
  RungsTableOptions table;           /* how to read it */
  const RungsImportMapping *mapping; /* (nullable): as the last file of the same headings went, see
                                        rungs-import-shape-store.h; else guessed from them */
  gboolean guess;                    /* without `mapping`: what is remembered is forgotten */
  const char *const *assignments;    /* (nullable), NULL at its end: "HEADING=FIELD", after that */
  RungsOnMatch on_match;
  const char *source;                /* (nullable): "KIND:NAME"; made where there is none */
  const char *const *tags;           /* (nullable), NULL at its end: for all leads of the file */
  const char *consent;               /* (nullable): the words that these people agreed to */
  const char *rejects;               /* (nullable): the file for refused rows, if there are any */
  gboolean dry_run;                  /* counts and refuses the same, writes nothing but `rejects` */
} RungsImportOptions;

/* To how many of the leads of an import marketing by e-mail may be sent afterwards, and why not to
 * the others; each is counted once, by the first that holds, from the last on. */
typedef struct
{
  gint64 may_write;  /* they agreed: before, or as the import says */
  gint64 no_consent; /* nobody wrote down that they agreed */
  gint64 said_no;    /* they withdrew it, are on the do-not-send list, or their address bounced */
  gint64 no_address;
} RungsImportReach;

typedef struct
{
  gint64 run;              /* for rungs_import_undo(); 0: a dry run */
  gint64 rows_read;        /* without the heading and empty rows */
  gint64 rows_refused;
  gint64 rows_repeated;    /* of a lead that a row before was of */
  gint64 leads_created;
  gint64 leads_updated;    /* had a field filled or overwritten */
  gint64 leads_unchanged;
  gint64 leads_suppressed; /* that the file calls unsubscribed, bounced or complaining */
  RungsImportReach reach;  /* of the leads that were created, updated or left unchanged */
  gint64 dates_unread;     /* values that are no date, or lie in the future: left out */
  gint64 bytes_replaced;   /* of the file, that its encoding does not have */
  double seconds;
  RungsTableKind kind;
  const char *encoding;    /* (nullable) interned; of text */
  char delimiter;          /* of CSV; else 0 */
  char *recalled;          /* (owned) (nullable) the file whose columns went so the last time */
  char *sheet;             /* (owned) (nullable) of a spreadsheet: the one that was read */
  GPtrArray *rejects;      /* (owned) (element-type RungsImportReject): the first 1,000 */
} RungsImportResult;

void rungs_import_result_clear (RungsImportResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsImportResult, rungs_import_result_clear)

/* Imports; on a writing connection, outside of a transaction: it begins its own. `progress` and
 * `cancellable` may be NULL. Adds one event, import.done. Errors: those of
 * rungs_import_reader_open(), and of a mapping that has no address and no telephone number; INVALID
 * for a source, tag or heading that is none; BUSY; G_IO_ERROR_CANCELLED. */
gboolean rungs_import_run (RungsDb                  *db,
                           const RungsImportOptions *options,
                           gint64                    now,
                           RungsImportProgressFunc   progress,
                           gpointer                  progress_data,
                           GCancellable             *cancellable,
                           RungsImportResult        *result,
                           GError                  **error);

/* What taking an import back did. */
typedef struct
{
  gint64 leads_deleted;
  gint64 leads_kept;      /* made by the import, but there is more about them since */
  gint64 values_restored; /* of leads that the import met */
  gint64 values_kept;     /* changed again since */
} RungsImportUndo;

/* Takes an import back, in a write transaction. The leads that it made are deleted, with what is
 * planned for them, except those with an order, a message sent or under way, an answered form,
 * another touch, consent or import, a note, or an edit since. Of leads that are kept or were there
 * before, the import's tags, touches and values go, where the value is still what the import wrote;
 * its consents are annulled. Adds the event import.undone. `progress` and `cancellable` may be
 * NULL; the progress is one of writing, its rows are the leads of the import. Errors: NOT_FOUND;
 * CONFLICT where it was taken back before; G_IO_ERROR_CANCELLED. Whoever begins the transaction
 * interrupts the statement under way when it is cancelled (rungs_store_write_async() does). */
gboolean rungs_import_undo (RungsDb                  *db,
                            gint64                    run,
                            gint64                    now,
                            RungsImportProgressFunc   progress,
                            gpointer                  progress_data,
                            GCancellable             *cancellable,
                            RungsImportUndo          *undo,
                            GError                  **error);

G_END_DECLS
