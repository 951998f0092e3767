/* rungs-award-store.h: what partners earn without a sale: so much for a lead, and bonuses.
 *
 * An award comes to its amount, or to nothing once it was taken back; the book gets the difference
 * to what it has, as of commissions. In the book and in payouts it stands as a line of no order
 * does, by rungs_award_line(); so it is held, released, approved, paid, set off and carried over by
 * what does that with commissions (rungs-commission-store.h, rungs-payout-store.h). */

#pragma once

#include "base/rungs-money.h"
#include "partners/rungs-own-currency-store.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_AWARD_LEAD,  /* for a lead: held, then it may be paid */
  RUNGS_AWARD_BONUS, /* by hand: it may be paid at once */
} RungsAwardKind;

/* "lead", "bonus". */
const char *rungs_award_kind_to_text (RungsAwardKind kind);

typedef struct
{
  gint64 id;
  gint64 partner;
  RungsAwardKind kind;
  gint64 lead;        /* 0: a bonus, or the lead is gone */
  gint64 touch;       /* by which the lead came; 0: none */
  gint64 run;         /* the import that wrote the touch; 0: none */
  RungsMoney amount;
  RungsOwnCurrency own; /* in which currency, that of the amount */
  gint64 told_from;   /* what the amount was in that of the terms, where it was told in another */
  gint64 terms;       /* by which version; 0: by hand */
  gint64 at;          /* when it was earned */
  gint64 hold_until;
  gint64 approved_at; /* 0: waits for somebody to look at it */
  gint64 taken_at;    /* when it was taken back; 0: it was not */
  gboolean is_open;   /* some of it is held (out) */
  gint64 paid;        /* minor units of it in payouts, paid or on their way (out) */
  char *words;        /* (owned) why, for people; names no lead */
} RungsAward;

void rungs_award_free (RungsAward *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsAward, rungs_award_free)

/* The number of its line in the book and in payouts: below 0. */
gint64 rungs_award_line (gint64 award);

/* Where it stands. */
typedef enum
{
  RUNGS_AWARD_WAITS, /* for somebody to approve it */
  RUNGS_AWARD_HELD,
  RUNGS_AWARD_DUE,   /* may be paid */
  RUNGS_AWARD_PAID,  /* or on its way */
  RUNGS_AWARD_TAKEN,
} RungsAwardState;

/* "unapproved", "held", "approved", "paid", "taken". */
const char *rungs_award_state_to_text (RungsAwardState state);
RungsAwardState rungs_award_get_state (const RungsAward *self);

/* Adds and books it. Returns: its id; 0 on error: INVALID, NOT_FOUND (no such partner). */
gint64 rungs_award_add (RungsDb           *db,
                        const RungsAward  *award,
                        gint64             now,
                        GError           **error);

/* In which currency a bonus is unless another one is said: `own`, the partner's, or where that is
 * "" the one of the business. Returns: (transfer full). */
char *rungs_award_dup_bonus_currency (RungsDb     *db,
                                      const char  *own,
                                      GError     **error);

/* A bonus by hand. Returns: its id; 0 on error: INVALID (the amount is not above 0, or `why` is
 * empty), NOT_FOUND. */
gint64 rungs_award_add_bonus (RungsDb     *db,
                              gint64       partner,
                              RungsMoney   amount,
                              const char  *why,
                              gint64       now,
                              GError     **error);

/* Errors: NOT_FOUND. */
RungsAward *rungs_award_load (RungsDb  *db,
                              gint64    id,
                              GError  **error);

/* The newest for that lead. Errors: NOT_FOUND. */
RungsAward *rungs_award_load_of_lead (RungsDb  *db,
                                      gint64    lead,
                                      GError  **error);

/* Returns: (transfer full) (element-type RungsAward): the newest `limit` of a partner (0: of all),
 * the newest first. */
GPtrArray *rungs_award_list (RungsDb  *db,
                             gint64    partner,
                             guint     limit,
                             GError  **error);

/* Takes it back whole, by a reversing entry that says why; what was paid of it is carried over.
 * Errors: NOT_FOUND; INVALID, `why` is empty; CONFLICT, it was taken back before. */
gboolean rungs_award_take_back (RungsDb     *db,
                                gint64       id,
                                const char  *why,
                                gint64       now,
                                GError     **error);

/* It was taken back by mistake: books it again. Errors: NOT_FOUND; CONFLICT, it was not. */
gboolean rungs_award_give_again (RungsDb  *db,
                                 gint64    id,
                                 gint64    now,
                                 GError  **error);

G_END_DECLS
