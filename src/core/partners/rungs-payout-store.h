/* rungs-payout-store.h: partners are paid.
 *
 * A payout is of one currency. Who is in it gets what may be paid of orders and awards up to a
 * moment, less what they have to give back; nobody gets less than nothing, and who would get less
 * than the minimum waits for the next one. Its lines are those of orders; those below 0 are awards
 * (rungs-ledger.h). It is made in one transaction: what is in a payout is in no other
 * one, until it failed or came back.
 *
 * It may also begin at a moment. Both ends are about the moment of the order, or of the award, and
 * never about when it was released: what is of an earlier one and may be paid by now stays as it
 * is, for a payout that begins earlier or has no beginning. What has to be given back belongs to no
 * time: all of it is set off, whichever orders it came from, so that nobody who owes something is
 * paid by choosing the days before or after. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  char currency[4];
  gint64 until;   /* orders and awards up to and with this moment */
  gint64 minimum; /* minor units */
  GArray *partners; /* (nullable) (element-type gint64) only these */
  gint64 from;    /* orders and awards from this moment on; 0: from the first */
} RungsPayoutRequest;

typedef enum
{
  RUNGS_PAYOUT_PAYABLE,
  RUNGS_PAYOUT_PAID,
  RUNGS_PAYOUT_FAILED,
  RUNGS_PAYOUT_RETURNED,
} RungsPayoutState;

/* "payable", "paid", "failed", "returned". */
const char *rungs_payout_state_to_text (RungsPayoutState state);
gboolean rungs_payout_state_from_text (const char       *text,
                                       RungsPayoutState *state);

/* One partner. */
typedef struct
{
  gint64 payout; /* 0: of a preview */
  gint64 partner;
  gint64 approved; /* minor units that may be paid */
  gint64 set_off;  /* less these */
  RungsPayoutState state;
  gint64 ended_at; /* when it became what it is; 0: not yet */
} RungsPayoutItem;

/* What a payout would be. Returns: (transfer full) (element-type RungsPayoutItem): by partner; also
 * those who would get too little, or nothing, as `waits` (out) (element-type RungsPayoutItem)
 * (optional) tells. Errors: INVALID, it ends before it begins. */
GArray *rungs_payout_preview (RungsDb                   *db,
                              const RungsPayoutRequest  *request,
                              GArray                   **waits,
                              GError                   **error);

/* Makes it. Returns: its id; 0 on error: INVALID, there is nobody to be paid, or it ends before
 * it begins. */
gint64 rungs_payout_make (RungsDb                   *db,
                          const RungsPayoutRequest  *request,
                          gint64                     now,
                          GError                   **error);

typedef struct
{
  gint64 id;
  char currency[4];
  gint64 from; /* 0: from the first order */
  gint64 until;
  gint64 made_at;
  gint64 partners; /* that are in it … */
  gint64 amount;   /* … and what they get, but for what failed or came back */
} RungsPayout;

void rungs_payout_free (RungsPayout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPayout, rungs_payout_free)

/* Errors: NOT_FOUND. */
RungsPayout *rungs_payout_load (RungsDb  *db,
                                gint64    id,
                                GError  **error);

/* Returns: (transfer full) (element-type RungsPayout): all, the newest first. */
GPtrArray *rungs_payout_list (RungsDb  *db,
                              GError  **error);

/* Returns: (transfer full) (element-type RungsPayoutItem): by partner. Errors: NOT_FOUND. */
GArray *rungs_payout_list_items (RungsDb  *db,
                                 gint64    payout,
                                 GError  **error);

/* Says what became of the payment to a partner: PAID or FAILED where it was payable, RETURNED where
 * it was paid. What failed or came back may be paid again, and an invoice of it is taken back.
 * Errors: NOT_FOUND, CONFLICT (it is something else by now). */
gboolean rungs_payout_mark (RungsDb           *db,
                            gint64             payout,
                            gint64             partner,
                            RungsPayoutState   state,
                            gint64             now,
                            GError           **error);

/* Takes a payout back whole: what is payable fails, what is paid comes back. Errors: NOT_FOUND. */
gboolean rungs_payout_reverse (RungsDb  *db,
                               gint64    payout,
                               gint64    now,
                               GError  **error);

G_END_DECLS
