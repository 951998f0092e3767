/* rungs-opt-in-pending-store.h: people who are asked to confirm that an address is theirs: for
 * rungs-opt-in-apply.c, rungs-opt-in-confirm.c, rungs-opt-in-asked.c and
 * rungs-web-relay-store.c only. */

#pragma once

#include "web/rungs-opt-in-store.h"
#include "web/rungs-web-lead-store.h"

G_BEGIN_DECLS

/* So long a link confirms. */
#define RUNGS_OPT_IN_DAYS 7

/* So many messages an address is sent within a day, whoever enters it. */
#define RUNGS_OPT_IN_ASKED_MOST 3

/* Writes down that the lead of `work` is to confirm what its delivery says, and plans the message,
 * before all that is planned; it needs no consent. None is planned where the address was asked too
 * often, or the time to confirm is over. */
gboolean rungs_opt_in_ask (RungsWebWork      *work,
                           const RungsOptIn  *definition,
                           gint64             at,
                           GError           **error);

/* The same where the relay sends the message: none is planned. */
gboolean rungs_opt_in_leave_to_relay (RungsWebWork  *work,
                                      gint64         at,
                                      GError       **error);

/* What the relay was asked for by a submission. */
typedef struct
{
  gint64 lead;    /* 0: it is deleted */
  char *email;    /* (owned): what the lead has now; "" */
  gint64 version; /* of the form */
  gint64 pending; /* 0: they had agreed before */
  gboolean by_relay; /* the relay has not said yet what became of it */
} RungsOptInRequest;

void rungs_opt_in_request_clear (RungsOptInRequest *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsOptInRequest, rungs_opt_in_request_clear)

/* `once`: SHA-256 in hex of the submission's Rungs-Once. `request` (out). Errors: NOT_FOUND: it is
 * not done, or there is none. */
gboolean rungs_opt_in_request_find (RungsDb            *db,
                                    const char         *once,
                                    RungsOptInRequest  *request,
                                    GError            **error);

/* The relay has sent it, or may have: as `outbox` says (0: it has not). */
gboolean rungs_opt_in_pending_settle (RungsDb  *db,
                                      gint64    pending,
                                      gint64    outbox,
                                      GError  **error);

/* The relay has not sent it: plans the message, as rungs_opt_in_ask() does. `work->lead` and `at`
 * are those of the submission. */
gboolean rungs_opt_in_ask_instead (RungsWebWork      *work,
                                   const RungsOptIn  *definition,
                                   gint64             pending,
                                   GError           **error);

/* The relay is gone, and with it its word: what it has not said to have sent is in doubt. */
gboolean rungs_opt_in_pending_give_up (RungsDb  *db,
                                       gint64    now,
                                       GError  **error);

/* A row of opt_in_pending, with its submission. */
typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 delivery;
  gint64 asked_at;
  gint64 expires_at;
  gint64 confirmed_at; /* 0: not yet */
  gint64 version;
  char *language;      /* (owned) */
  char *form_name;     /* (owned) */
} RungsOptInPending;

void rungs_opt_in_pending_free (RungsOptInPending *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOptInPending, rungs_opt_in_pending_free)

/* Errors: NOT_FOUND. */
RungsOptInPending *rungs_opt_in_pending_load (RungsDb  *db,
                                              gint64    id,
                                              GError  **error);

/* The delivery of `work` has confirmed it. */
gboolean rungs_opt_in_pending_confirm (RungsWebWork             *work,
                                       const RungsOptInPending  *pending,
                                       gint64                    at,
                                       GError                  **error);

G_END_DECLS
