/* rungs-lease-store.h: which program runs the engine of a file.
 *
 * The lock file "-engine" decides, for the kernel gives it back when its holder dies; the row
 * `lease` in the file tells who it is. A file that was last run on another machine, or that lay
 * untouched for a week, is not simply run: its overdue messages might be somebody's copy's. Then
 * the lease is given only to a caller who says that a person agreed. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsLease RungsLease;

/* Who holds the engine, as the row tells it. */
typedef struct
{
  char *holder;  /* (owned): a random name, new at each start */
  char *program; /* (owned): "rungs" or "rungsctl"; NULL: nobody ever did */
  char *machine; /* (owned): a hash of its id */
  gint64 taken_at;
  gint64 beat_at;
} RungsLeaseHolder;

void rungs_lease_holder_clear (RungsLeaseHolder *holder);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsLeaseHolder, rungs_lease_holder_clear)

gboolean rungs_lease_load_holder (RungsDb           *db,
                                  RungsLeaseHolder  *holder,
                                  GError           **error);

/* Takes the engine for `program`. Errors: BUSY where another program runs it; CONFLICT where
 * messages are overdue and the file was last run on another machine or more than a week before
 * `now`, unless `agreed`. */
RungsLease *rungs_lease_take (RungsDb     *db,
                              const char  *program,
                              gint64       now,
                              gboolean     agreed,
                              GError     **error);

/* Says that the holder lives. Call it every minute. */
gboolean rungs_lease_beat (RungsLease  *self,
                           RungsDb     *db,
                           gint64       now,
                           GError     **error);

/* Gives it back. */
void rungs_lease_free (RungsLease *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLease, rungs_lease_free)

G_END_DECLS
