/* rungs-command.h: what a command of rungsctl is. Read this first in cli/.
 *
 * A file rungs-GROUP-command.c holds the commands of one group as a table of RungsCommand; all
 * tables stand in rungs-command-table.c. A command reads its options and arguments from its
 * invocation, works on the file, and puts what it has to say into the invocation's output. The
 * frame finds the command, opens the file as the command asks, and makes exit statuses and words
 * of errors. */

#pragma once

#include <glib.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsInvocation RungsInvocation;

/* `db` is open as the command's access says. FALSE with an error set undoes what was written and
 * prints nothing of what was put out. */
typedef gboolean (*RungsCommandFunc) (RungsInvocation  *call,
                                      RungsDb          *db,
                                      GError          **error);

/**
 * RungsCommandAccess:
 * @RUNGS_COMMAND_ALONE: opens no file, or opens it by itself; `db` is NULL
 * @RUNGS_COMMAND_READS: all that it reads is of one moment
 * @RUNGS_COMMAND_WRITES: is one write transaction; its output appears after the commit
 * @RUNGS_COMMAND_HOLDS: has the file open for writing and begins transactions by itself
 */
typedef enum
{
  RUNGS_COMMAND_ALONE,
  RUNGS_COMMAND_READS,
  RUNGS_COMMAND_WRITES,
  RUNGS_COMMAND_HOLDS,
} RungsCommandAccess;

/* A table of commands ends with one without words. */
typedef struct
{
  const char *words;     /* "leads import" */
  const char *arguments; /* "FILE", "NAME EMAIL…", "[WORDS…]": what stands in brackets may be left
                          * out, what ends in … may be given more than once */
  const char *summary;   /* N_(): one line, begins with a verb */
  RungsCommandAccess access;
  RungsCommandFunc func;
  const GOptionEntry *options; /* (nullable) its own, made with the macros below */
  const char *details;         /* (nullable) N_(): what else --help says, as paragraphs */
  const char *json;            /* (nullable) the keys that --json prints: "{id, lines: [id, sku]}"
                                * is an object, "[id, name]" an array of objects (rungs-row.h) */
} RungsCommand;

typedef struct
{
  const char *word;    /* (nullable) "leads"; NULL: commands of one word */
  const char *summary; /* N_() */
  const RungsCommand *commands;
} RungsCommandGroup;

/* Where options are put; the invocation reads them by name. Fits GOptionArgFunc. */
gboolean rungs_invocation_take_option (const char  *name,
                                       const char  *value,
                                       gpointer     call,
                                       GError     **error);

/* An option with a value, which may be given more than once; one without; the end of the list. */
#define RUNGS_OPTION(name, argument, help)                                                         \
  {                                                                                                \
    name, 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK,                                        \
      (gpointer) rungs_invocation_take_option, help, argument                                      \
  }
#define RUNGS_FLAG(name, help)                                                                     \
  {                                                                                                \
    name, 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, (gpointer) rungs_invocation_take_option, \
      help, NULL                                                                                   \
  }
#define RUNGS_OPTIONS_END { NULL }

G_END_DECLS
