/* rungs-opt-in-pending-store.h: people who are asked to confirm that an address is theirs: for
 * rungs-opt-in-apply.c and rungs-opt-in-confirm.c only. */

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
