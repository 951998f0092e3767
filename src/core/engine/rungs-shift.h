/* rungs-shift.h: the engine's work on the file while it has the lease. Part of rungs-engine.c. */

#pragma once

#include "engine/rungs-engine.h"
#include "engine/rungs-lease-store.h"
#include "engine/rungs-senders.h"
#include "mail/rungs-composer.h"

G_BEGIN_DECLS

typedef struct
{
  const char *path;                /* (unowned) */
  RungsClock *clock;               /* (unowned) */
  RungsEngineReport *report;       /* (unowned): counts what is done */
  void (*worked) (gpointer data);  /* something was written */
  void (*ended) (gpointer data);   /* (nullable): an account has sent what it could: on a thread of
                                    * its own */
  gpointer worked_data;
  gboolean waits; /* there is nothing else to do while accounts send: it is waited for */

  RungsComposer *rehearses; /* (unowned) (nullable): `db` is a private copy: nothing leaves, nothing
                             * else is touched; messages are tried by it */

  RungsDb *db;        /* (owned) (nullable) */
  RungsLease *lease;  /* (owned) (nullable) */
  RungsSenders *senders; /* (owned) (nullable) */
  gint64 beat_at;     /* when it was last said that we live */
  gint64 looked;      /* for rungs_offer_figures_next_due() */
  gint64 wipe_from;   /* not tried again before, by the monotonic clock, in ms */
  char *wipe_trouble; /* (owned) (nullable): why what is left of erased persons is still there */
} RungsShift;

/* Opens the file, takes the lease, and settles what a crash left claimed. `agreed`: overdue
 * messages may leave from here. rungs_shift_end() follows in any case. Errors: as
 * rungs_lease_take(); those of the file. */
gboolean rungs_shift_begin (RungsShift *self,
                            const char *program,
                            gboolean    agreed,
                            GError    **error);
void rungs_shift_end (RungsShift *self);

/* Works until nothing is due, or until only accounts are at work, which go on by themselves unless
 * the shift `waits` for them. `next_at` (out): when something will be; G_MAXINT64: never.
 * Cancelling ends it after the messages under way. Errors: those of the file. */
gboolean rungs_shift_work_off (RungsShift   *self,
                               GCancellable *cancellable,
                               gint64       *next_at,
                               GError      **error);

G_END_DECLS
