/* rungs-statement.h: a prepared SQL statement with named parameters.
 *
 * Prepared statements are kept by their connection: freeing one gives it back. A statement in a
 * loop is run, then bound anew: parameters that are not bound again keep their value. Binding a
 * parameter that the statement does not have is a programming error and said loudly. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsStatement RungsStatement;

/**
 * RungsStep:
 * @RUNGS_FAILED: the error is set; the statement is reset
 * @RUNGS_DONE: there is no further row
 * @RUNGS_ROW: there is a row; its columns can be read until the next step
 */
typedef enum
{
  RUNGS_FAILED,
  RUNGS_DONE,
  RUNGS_ROW,
} RungsStep;

/* Returns: (transfer full) (nullable): `sql` ready to be bound; the text must be a constant, for
 * statements are remembered by it. NULL with FAILED, or DAMAGED. */
RungsStatement *rungs_db_prepare (RungsDb     *db,
                                  const char  *sql,
                                  GError     **error);

void rungs_statement_free (RungsStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsStatement, rungs_statement_free)

/* Whether the statement has that parameter: for whoever puts statements together. */
gboolean rungs_statement_has (RungsStatement *self,
                              const char     *name);

/* Binds it where the statement has that parameter: for statements of one work that each name some
 * of the same few. */
void rungs_statement_offer_int64 (RungsStatement *self,
                                  const char     *name,
                                  gint64          value);
void rungs_statement_offer_text (RungsStatement *self,
                                 const char     *name,
                                 const char     *value);

void rungs_statement_bind_int64 (RungsStatement *self,
                                 const char     *name,
                                 gint64          value);

/* NULL binds NULL. Text that is not UTF-8 is made so. */
void rungs_statement_bind_text (RungsStatement *self,
                                const char     *name,
                                const char     *value);
void rungs_statement_bind_blob (RungsStatement *self,
                                const char     *name,
                                gconstpointer   data,
                                gsize           size);
void rungs_statement_bind_null (RungsStatement *self,
                                const char     *name);

/* Binds NULL for 0: for columns that hold the id of a row or nothing. */
void rungs_statement_bind_id (RungsStatement *self,
                              const char     *name,
                              gint64          id);

RungsStep rungs_statement_step (RungsStatement *self,
                                GError        **error);

/* Runs it to the end, whatever rows it gives, and resets it, ready to be bound again.
 * Errors: CONFLICT where a uniqueness, foreign-key or check rule refuses, BUSY, DAMAGED, FAILED. */
gboolean rungs_statement_run (RungsStatement *self,
                              GError        **error);

/* At the end of a loop of steps: whether it ended because there were no more rows. `error` is the
 * one that the steps were given, and set where a step failed. */
gboolean rungs_statement_done (RungsStatement *self,
                               GError        **error);

/* Ends a loop before its last row, so that the statement can be bound again. */
void rungs_statement_reset (RungsStatement *self);

/* Columns count from 0. NULL reads as 0 or as NULL. Text and bytes are lent until the next step. */
gint64 rungs_statement_get_int64 (RungsStatement *self,
                                  int             column);
const char *rungs_statement_get_text (RungsStatement *self,
                                      int             column);
char *rungs_statement_dup_text (RungsStatement *self,
                                int             column);
gconstpointer rungs_statement_get_blob (RungsStatement *self,
                                        int             column,
                                        gsize          *size);
GBytes *rungs_statement_dup_blob (RungsStatement *self,
                                  int             column);
gboolean rungs_statement_is_null (RungsStatement *self,
                                  int             column);

/**
 * RungsValueKind:
 * @RUNGS_VALUE_BYTES: a blob; also what this program stores no values of (real numbers)
 */
typedef enum
{
  RUNGS_VALUE_NULL,
  RUNGS_VALUE_NUMBER,
  RUNGS_VALUE_TEXT,
  RUNGS_VALUE_BYTES,
} RungsValueKind;

/* For whoever reads tables that it does not know: how many columns there are, how each is called
 * (lent), and what it holds in this row. */
int rungs_statement_count_columns (RungsStatement *self);
const char *rungs_statement_get_column_name (RungsStatement *self,
                                             int             column);
RungsValueKind rungs_statement_get_kind (RungsStatement *self,
                                         int             column);

/* For questions with one number as the answer: binds nothing more, steps once, reads column 0.
 * `fallback` where there is no row. FALSE only on error. Resets. */
gboolean rungs_statement_get_number (RungsStatement *self,
                                     gint64          fallback,
                                     gint64         *number,
                                     GError        **error);

G_END_DECLS
