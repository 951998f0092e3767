/* rungs-sender-journal.h: what a sender claims and records. Part of rungs-sender.c. */

#pragma once

#include "engine/rungs-sender-lines.h"
#include "engine/rungs-sender.h"

G_BEGIN_DECLS

typedef struct
{
  RungsClock *clock;         /* (unowned) */
  GCancellable *cancellable; /* (unowned) (nullable) */
  RungsSenderReport *report; /* (unowned) */

  RungsDb *db;             /* (owned) */
  gint64 data_version;     /* of db, when `account` was read */
  RungsAccount *account;   /* (owned) */
  RungsSenderLines *lines; /* (owned) (nullable) */
  GArray *results;         /* (owned) (element-type RungsOutboxResult): not recorded yet */
  GPtrArray *claims;       /* (owned) (element-type RungsOutboxClaim): not given yet */

  gboolean closing;    /* nothing more is claimed */
  guint away;          /* results in a row that say that the server is away */
  char *absence;       /* (owned) (nullable): what the last of them said */
  gboolean given_up;   /* the run ended for that */
  guint refused;       /* messages in a row, for no fault of their addresses */
  char *trouble;       /* (owned) (nullable) */
  gint64 cancelled_at; /* monotonic ms; 0: not */
} RungsSenderJournal;

/* Takes `db`. */
RungsSenderJournal *rungs_sender_journal_new (RungsDb            *db,
                                              const RungsAccount *account,
                                              RungsClock         *clock,
                                              GCancellable       *cancellable,
                                              RungsSenderReport  *report);

void rungs_sender_journal_free (RungsSenderJournal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSenderJournal, rungs_sender_journal_free)

/* Claims for the lines, which the caller has made, and records what they did, until nothing more
 * can leave now. Errors: those of the file. */
gboolean rungs_sender_journal_keep (RungsSenderJournal *journal,
                                    GError            **error);

G_END_DECLS
