/* rungs-crash.h: a sender in a child, which a server kills at a point of the exchange, again and
 * again, until a run comes to its end; and whether anything was lost, or sent twice. */

#pragma once

#include "../support/rungs-test-server.h"
#include "mail/rungs-outbox-store.h"
#include "rungs-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  RungsFixture *fixture;   /* (owned) */
  char *log;               /* (owned) path: what the server has taken */
  char *pid_file;          /* (owned) path: whom it kills */
  RungsTestServer *server; /* (owned) */
  guint kills;
} RungsCrash;

/* To be called first in main(): where the program is the child it runs the engine and is over.
 * Returns: whether it was, with what main() returns in `result` (out). */
gboolean rungs_crash_run_child (int     argc,
                                char  **argv,
                                int    *result);

/* A file with no account yet, and a server, run by node, that kills at `point` after so many,
 * `every`. `self` is not set before. */
void rungs_crash_begin (RungsCrash *self,
                        const char *server,
                        const char *point,
                        const char *every);
void rungs_crash_end (RungsCrash *self);

/* Plans `n` messages, due now, to addresses at example.net and example.org by turns. In a write. */
void rungs_crash_plan (RungsFixture *fixture,
                       RungsDb      *db,
                       guint         n);

GSubprocess *rungs_crash_start_child (RungsCrash *self);

/* Returns: whether the child came to its end by itself. */
gboolean rungs_crash_wait_for_child (RungsCrash  *self,
                                     GSubprocess *child);

/* Runs children until one comes to its end; at least two were killed before. */
void rungs_crash_run (RungsCrash *self);

/* The outbox of `n` messages against what the server says: each that is sent was taken once, none
 * was taken twice, and every other one is in doubt: at most one a connection and kill. `check`
 * (nullable) looks at each row, too. */
void rungs_crash_compare (RungsCrash *self,
                          guint       n,
                          guint       connections,
                          void (*check) (const RungsOutboxRow *row));

G_END_DECLS
