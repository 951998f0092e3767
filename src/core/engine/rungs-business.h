/* rungs-business.h: the file of a business, opened so that every fact is followed. Read this first
 * in engine/, which stands at the right of all other folders and holds what runs by itself.
 *
 * Whoever opens the file for the program (window, command line, engine, import) opens it with these
 * functions: they set the connection's follower, through which sequences and tasks react to a fact
 * in the transaction that writes it. */

#pragma once

#include "base/rungs-clock.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

/* rungs_db_open() with followers that go by the machine's clock. Fits RungsStoreOpener. */
RungsDb *rungs_business_open (const char  *path,
                              RungsDbMode  mode,
                              GError     **error);

/* The same by `clock`. */
RungsDb *rungs_business_open_at (const char  *path,
                                 RungsDbMode  mode,
                                 RungsClock  *clock,
                                 GError     **error);

/* Gives a connection that was opened otherwise (db/rungs-db-copy.h) the followers, by `clock`. */
gboolean rungs_business_follow (RungsDb     *db,
                                RungsClock  *clock,
                                GError     **error);

/* Makes the file of a new business, with its business row and the practice account. `zone` is an
 * IANA name, `currency` an ISO 4217 code. Errors: CONFLICT where `path` is a business already,
 * INVALID for an unknown zone or currency, and those of rungs_db_open(). */
RungsDb *rungs_business_create (const char  *path,
                                const char  *name,
                                const char  *currency,
                                const char  *zone,
                                RungsClock  *clock,
                                GError     **error);

/* The program's own file: rungs/rungs.db in the user's data folder. */
char *rungs_business_get_default_path (void);


G_END_DECLS
