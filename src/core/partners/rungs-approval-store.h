/* rungs-approval-store.h: commissions that somebody approves by hand: which wait, and many at
 * once. */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Which of them. */
typedef enum
{
  RUNGS_APPROVALS_WAITING, /* that nobody has looked at */
  RUNGS_APPROVALS_GIVEN,   /* that are approved, by hand or by rule, and in no payout yet */
} RungsApprovalFilter;

typedef struct
{
  RungsApprovalFilter filter;
  gint64 partner; /* 0: of all */
  GArray *partners; /* (unowned) (nullable) (element-type gint64): only of these */
} RungsApprovalQuery;

/* A commission, or an award, is known by the entry with which it came into the book. Returns:
 * (transfer full) (element-type gint64): their ids, those first that may be paid first. */
GArray *rungs_approval_find (RungsDb                   *db,
                             const RungsApprovalQuery  *query,
                             GError                   **error);

/* How many wait. */
gboolean rungs_approval_count_waiting (RungsDb  *db,
                                       gint64   *n,
                                       GError  **error);

/* A commission on one line. */
typedef struct
{
  gint64 id;
  gint64 order_line;
  gint64 order;       /* 0: an award, which is for no order */
  gint64 partner;
  char *name;         /* (owned) of the partner */
  char *lead;         /* (owned) who bought, or came: a name or an address; "": nobody */
  char *what;         /* (owned) the product; of an award why it is given */
  gint64 at;          /* of the order, or the award */
  RungsMoney amount;  /* held, or may be paid; without what is in payouts */
  gint64 hold_until;  /* not paid before then */
  gint64 approved_at; /* 0: waits */
} RungsApprovalRow;

void rungs_approval_row_free (RungsApprovalRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsApprovalRow, rungs_approval_row_free)

/* Errors: NOT_FOUND. */
RungsApprovalRow *rungs_approval_row_load (RungsDb  *db,
                                           gint64    id,
                                           GError  **error);

/* Returns: (transfer full) (element-type RungsMoney): what those come to, in each currency.
 * Errors: NOT_FOUND, INVALID (it is too large). */
GArray *rungs_approval_sums (RungsDb  *db,
                             GArray   *ids,
                             GError  **error);

/* Approves all of them, or, FALSE, lets them wait for somebody: rungs_commission_approve(). In one
 * write transaction; where one cannot, none is. Errors: NOT_FOUND. */
gboolean rungs_approval_give (RungsDb   *db,
                              GArray    *ids,
                              gboolean   approve,
                              gint64     now,
                              GError   **error);

G_END_DECLS
