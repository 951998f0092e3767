/* rungs-import-script.h: runs the statements of an import, one after the other. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"
#include "db/rungs-statement.h"

G_BEGIN_DECLS

/* What the statements can name; each takes those that it names. */
typedef struct
{
  gint64 run;          /* :run */
  gint64 base;         /* :base: a new lead has this id and its row's number added */
  gint64 orders;       /* :orders: a new order likewise */
  gint64 now;          /* :now */
  gint64 source;       /* :source */
  gint64 tag;          /* :tag */
  gboolean overwrite;  /* :overwrite */
  gboolean met;        /* :met: whether leads that are there are touched at all */
  const char *wording; /* :wording */
  const char *heading; /* :heading, of the column that says who agreed */
  const char *file;    /* :file */
  const char *origin;  /* :origin, of orders */
  const char *shop;    /* :shop, likewise */
} RungsImportParameters;

/* Called after each statement; FALSE with `error` set ends it. */
typedef gboolean (*RungsImportStepFunc) (gpointer   data,
                                         GError   **error);

typedef struct
{
  RungsDb *db;
  RungsImportParameters parameters;
  RungsImportStepFunc step; /* (nullable) */
  gpointer step_data;
} RungsImportScript;

/* A statement with its parameters, for whoever runs it, or reads its rows. */
RungsStatement *rungs_import_script_prepare (RungsImportScript *self,
                                             const char        *sql,
                                             GError           **error);

gboolean rungs_import_script_run (RungsImportScript *self,
                                  const char        *sql,
                                  GError           **error);

gboolean rungs_import_script_run_all (RungsImportScript *self,
                                      const char *const *statements,
                                      gsize              n_statements,
                                      GError           **error);

/* Tells that something that is no statement is done. */
gboolean rungs_import_script_step (RungsImportScript *self,
                                   GError           **error);

/* Runs a statement that fills `table`, without the table's indexes meanwhile where
 * `without_indexes` says so: for far more rows than there are. */
gboolean rungs_import_script_fill (RungsImportScript *self,
                                   const char        *table,
                                   const char        *sql,
                                   gboolean           without_indexes,
                                   GError           **error);

/* The number that a question answers. */
gboolean rungs_import_script_ask (RungsImportScript *self,
                                  const char        *sql,
                                  gint64            *number,
                                  GError           **error);

G_END_DECLS
