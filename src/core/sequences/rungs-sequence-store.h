/* rungs-sequence-store.h: sequences and their versions. */

#pragma once

#include "db/rungs-db.h"
#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SEQUENCE_DRAFT,
  RUNGS_SEQUENCE_LIVE,
  RUNGS_SEQUENCE_PAUSED,
} RungsSequenceState;

/* "draft", "live", "paused". */
const char *rungs_sequence_state_to_text (RungsSequenceState state);

/* A draft where `text` is none of them. */
RungsSequenceState rungs_sequence_state_from_text (const char *text);

typedef struct
{
  gint64 id;
  char *name;        /* (owned) */
  gint64 sells;      /* product; 0: none */
  char *sells_name;  /* (owned) (nullable) */
  RungsSequenceState state;
  gint64 version;    /* id of the version in use; 0: none was published yet */
  gint64 number;     /* its number: 1, 2, …; 0: there is none */
  gint64 created_at;

  gint64 active;     /* enrolments that walk now */
  gint64 finished;   /* and those that ended, by outcome */
  gint64 goal;
  gint64 bought;
  gint64 exited;
  gint64 stopped;
  gint64 failed;
  gint64 sent;       /* messages of it that were sent */
} RungsSequence;

void rungs_sequence_free (RungsSequence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSequence, rungs_sequence_free)

/* Stores a graph: as a new sequence, in draft, or as the next version of the one that has its name.
 * Leads who walk an older version go on walking that; it is taken back as publishing is
 * (rungs-publish.h). What was found wrong with it, or noted, is
 * added to `problems` (nullable). Returns: the id of the sequence; 0 on error: INVALID, with all
 * that is wrong in the message, a line each. */
gint64 rungs_sequence_add (RungsDb     *db,
                           const char  *json,
                           gint64       now,
                           GPtrArray   *problems,
                           GError     **error);

/* By id or name, with its counts. Errors: NOT_FOUND. */
RungsSequence *rungs_sequence_load (RungsDb  *db,
                                    gint64    id,
                                    GError  **error);
RungsSequence *rungs_sequence_load_by_name (RungsDb     *db,
                                            const char  *name,
                                            GError     **error);

/* `id` is 0 where there is no sequence of that name. */
gboolean rungs_sequence_find (RungsDb     *db,
                              const char  *name,
                              gint64      *id,
                              GError     **error);

/* Returns: (transfer full) (element-type RungsSequence): all by name, with their counts. */
GPtrArray *rungs_sequence_list (RungsDb  *db,
                                GError  **error);

/* Begins or goes on; waits that ended meanwhile end now, and messages that waited leave. Errors:
 * NOT_FOUND; CONFLICT where nothing was published yet; INVALID where the version no longer fits the
 * file (a message was deleted), with the reasons. */
gboolean rungs_sequence_start (RungsDb  *db,
                               gint64    sequence,
                               gint64    now,
                               GError  **error);

/* Stands still: nobody walks on and planned messages wait; triggers still enrol. Errors: NOT_FOUND,
 * CONFLICT (a draft). */
gboolean rungs_sequence_pause (RungsDb  *db,
                               gint64    sequence,
                               GError  **error);

/* The text of a version, as it was published. Errors: NOT_FOUND. */
char *rungs_sequence_load_text (RungsDb  *db,
                                gint64    version,
                                GError  **error);

/* The graph of a version, as it is stored: read once, then shared. Errors: NOT_FOUND, DAMAGED. */
RungsGraph *rungs_sequence_load_graph (RungsDb  *db,
                                       gint64    version,
                                       GError  **error);

typedef struct
{
  gint64 id;
  gint64 number;
  gint64 active; /* enrolments that walk it now */
  gint64 created_at;
} RungsSequenceVersion;

/* Returns: (transfer full) (element-type RungsSequenceVersion): the newest first. */
GPtrArray *rungs_sequence_versions (RungsDb  *db,
                                    gint64    sequence,
                                    GError  **error);

/* What happened at the steps of a sequence, over all its versions. */
typedef struct
{
  char *step;      /* (owned) */
  gint64 waiting;  /* leads that stand there now */
  gint64 walked;   /* times that it was walked */
  gint64 sent;     /* messages of it that were sent */
} RungsSequenceStepCounts;

/* Returns: (transfer full) (element-type utf8 RungsSequenceStepCounts): by step. */
GHashTable *rungs_sequence_step_counts (RungsDb  *db,
                                        gint64    sequence,
                                        GError  **error);

G_END_DECLS
