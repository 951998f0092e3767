/* rungs-outbox-store.h: plans messages, claims them for sending,
 * and records what became of them. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-outbox.h"
#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

/* ---- planning */

typedef struct
{
  gint64 lead;
  gint64 message;
  gint64 enrolment; /* 0: none */
  const char *step; /* (nullable) */
  gint64 visit;
  gint64 sells; /* product; 0: none */
  gint64 due_at;     /* when it is meant to leave: may be over */
  gint64 late_hours; /* up to so many hours late it leaves at once; 0: RUNGS_OUTBOX_LATE_HOURS */
  gint64 skip_hours; /* more than so many hours late, not at all; 0: however late */
} RungsOutboxPlan;

/* Puts a message into the outbox. Returns: its id; 0 on error: CONFLICT where that visit of that
 * step has put one there already. */
gint64 rungs_outbox_plan (RungsDb                *db,
                          const RungsOutboxPlan  *plan,
                          gint64                  now,
                          GError                **error);

/* Withholds what is planned for an enrolment that has ended, with the event mail.withheld.
 * `withheld` (nullable) counts them. */
gboolean rungs_outbox_withhold_enrolment (RungsDb     *db,
                                          gint64       enrolment,
                                          const char  *reason,
                                          gint64       now,
                                          gint64      *withheld,
                                          GError     **error);

/* Withholds what is planned for a lead outside of sequences, by the name of its step, with the
 * event mail.withheld. */
gboolean rungs_outbox_withhold_step (RungsDb     *db,
                                     gint64       lead,
                                     const char  *step,
                                     const char  *reason,
                                     gint64       now,
                                     GError     **error);

/* Plans again, for now, what was withheld of such a step for that reason. */
gboolean rungs_outbox_release_step (RungsDb     *db,
                                    gint64       lead,
                                    const char  *step,
                                    const char  *reason,
                                    gint64       now,
                                    GError     **error);

/* What waits because its sequence was paused is due now. */
gboolean rungs_outbox_release_sequence (RungsDb  *db,
                                        gint64    sequence,
                                        gint64    now,
                                        GError  **error);

/* ---- sending */

/* What a sender needs of a message that it has claimed. */
typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 message;
  gint64 message_version;
  gint64 sells;     /* product; 0: none */
  gboolean marketing;
  char *email;      /* (owned): as SMTP wants it */
  char *message_id; /* (owned) */
  gboolean again;   /* it was claimed before */
} RungsOutboxClaim;

void rungs_outbox_claim_free (RungsOutboxClaim *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOutboxClaim, rungs_outbox_claim_free)

/* What became of a claimed message. */
typedef struct
{
  gint64 id;
  RungsDelivery delivery; /* (owned) */
  gboolean no_text;       /* it could not be composed: withheld, the reply says why */
} RungsOutboxResult;

/* What a turn did. */
typedef struct
{
  guint sent;
  guint failed;
  guint retried; /* refused for now */
  guint doubtful;
  guint withheld;
  guint postponed;
  gint64 next_at; /* nothing more can be claimed before that; G_MAXINT64: nothing is planned */
} RungsOutboxTurn;

/* One turn of the outbox, in one write: records `n_results` results, then claims up to `want`
 * messages that are due at `now` for `account`, within its limits; what may not leave is withheld
 * or postponed. `claims` (element-type RungsOutboxClaim) gets what was claimed: fewer than `want`
 * where no more may leave before turn->next_at. A paused account claims nothing. */
gboolean rungs_outbox_take_turn (RungsDb                  *db,
                                 const RungsAccount       *account,
                                 const RungsOutboxResult  *results,
                                 guint                     n_results,
                                 guint                     want,
                                 gint64                    now,
                                 GPtrArray                *claims,
                                 RungsOutboxTurn          *turn,
                                 GError                  **error);

/* Settles what a crash left claimed; only whoever has the lease may call it. Of a practice account
 * it is known whether the file was written to `practice_folder`; all else is in doubt. `doubtful`
 * (nullable) counts those. */
gboolean rungs_outbox_recover (RungsDb     *db,
                               const char  *practice_folder,
                               gint64       now,
                               gint64      *doubtful,
                               GError     **error);

/* When the next planned message is due; G_MAXINT64 where there is none. */
gboolean rungs_outbox_next_due (RungsDb  *db,
                                gint64   *due,
                                GError  **error);

/* ---- what others have sent */

/* A message that the relay has sent for us. */
typedef struct
{
  gint64 lead;
  gint64 message;
  gint64 account;         /* 0: it is not known by which */
  const char *email;      /* where it went */
  const char *message_id; /* without < > */
  const char *reply;      /* the server's last words */
  gboolean in_doubt;      /* it may have been accepted, or not */
} RungsOutboxElsewhere;

/* Writes it down as sent, or in doubt, with its event. Returns: its id; 0 on error: CONFLICT where
 * there is one of that Message-ID. */
gint64 rungs_outbox_note_elsewhere (RungsDb                     *db,
                                    const RungsOutboxElsewhere  *sent,
                                    gint64                       at,
                                    GError                     **error);

/* ---- what people do */

/* A person decided: a message in doubt was sent; or one in doubt, or failed, is to be tried again,
 * under the same Message-ID. Errors: NOT_FOUND, CONFLICT (it is in another state). */
gboolean rungs_outbox_resolve_sent (RungsDb  *db,
                                    gint64    id,
                                    gint64    now,
                                    GError  **error);
gboolean rungs_outbox_resolve_retry (RungsDb  *db,
                                     gint64    id,
                                     gint64    now,
                                     GError  **error);

/* Errors: NOT_FOUND. */
RungsOutboxRow *rungs_outbox_load (RungsDb  *db,
                                   gint64    id,
                                   GError  **error);

/* Returns: (transfer full) (element-type RungsOutboxRow): up to `limit` of those in that state
 * (0: any) and of that lead (0: any), by id downwards from below `before` (0: from the newest). */
GPtrArray *rungs_outbox_list (RungsDb           *db,
                              RungsOutboxState   state,
                              gint64             lead,
                              gint64             before,
                              guint              limit,
                              GError           **error);

/* How many rows are in each state: counts[RUNGS_OUTBOX_DOUBT] and so on; counts[0] is all. */
gboolean rungs_outbox_count (RungsDb  *db,
                             gint64    counts[RUNGS_OUTBOX_DOUBT + 1],
                             GError  **error);

G_END_DECLS
