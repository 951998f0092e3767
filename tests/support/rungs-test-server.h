/* rungs-test-server.h: starts the servers that tests talk to, and ends them. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RungsTestServer RungsTestServer;

/* Starts `argv` (the path of its program and scripts relative to the source folder where it begins
 * with "tests/") and waits until it prints a line "ready PORT…". It ends when its standard input is
 * closed. */
RungsTestServer *rungs_test_server_start (const char *const *argv);

/* The n-th number after "ready". */
guint rungs_test_server_get_port (RungsTestServer *self,
                                  guint            n);

void rungs_test_server_stop (RungsTestServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTestServer, rungs_test_server_stop)

/* Runs a program of the source folder to its end, which must be a good one. */
void rungs_test_run (const char *const *argv);

/* Puts the packages of tests/npm into the build folder and tells the servers where (RUNGS_NPM). */
void rungs_test_install_npm (void);

/* A new folder under the system's temporary one, and its removal with all that is in it. */
char *rungs_test_folder_new (void);
void rungs_test_folder_remove (const char *folder);

/* The lines of a file that begin with `prefix`, or all where it is NULL. */
GStrv rungs_test_read_lines (const char *path,
                             const char *prefix);

G_END_DECLS
