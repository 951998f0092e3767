/* rungs-payout-load.h: what is shown and done of payouts, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "partners/rungs-payee.h"
#include "partners/rungs-payout-list-store.h"

G_BEGIN_DECLS

/**
 * RungsPayoutWhy: why somebody is left out of a payout
 * @RUNGS_PAYOUT_IS_PAID: is not
 * @RUNGS_PAYOUT_TOO_LITTLE: would get less than the minimum
 * @RUNGS_PAYOUT_GIVES_BACK: has to give back as much, or more
 * @RUNGS_PAYOUT_LATER: it is of later orders
 * @RUNGS_PAYOUT_OUTSIDE: it is of orders before or after the days that were chosen
 * @RUNGS_PAYOUT_HELD: may not be paid yet
 */
typedef enum
{
  RUNGS_PAYOUT_IS_PAID,
  RUNGS_PAYOUT_TOO_LITTLE,
  RUNGS_PAYOUT_GIVES_BACK,
  RUNGS_PAYOUT_LATER,
  RUNGS_PAYOUT_OUTSIDE,
  RUNGS_PAYOUT_HELD,
} RungsPayoutWhy;

/* A partner in a payout, or left out of one. */
typedef struct
{
  RungsPayoutItem item;
  char *name;     /* (owned) */
  RungsPayWay way; /* by which the partner is paid, as it is now */
  RungsPayoutWhy why;
  gint64 amount;  /* that is paid, or left out */
  gint64 invoice; /* number of the one of it; 0: there is none … */
  gint64 cancelled_by; /* … and of the one that took it back */
} RungsPayoutLine;

void rungs_payout_line_free (RungsPayoutLine *self);

/* ---- one that was made */

typedef struct
{
  RungsPayoutRow *row; /* (owned) */
  GPtrArray *lines;    /* (owned) (element-type RungsPayoutLine) by name */
} RungsPayoutDetails;

void rungs_payout_details_free (RungsPayoutDetails *self);

/* `data` is a gint64 *, the id. Returns: a RungsPayoutDetails. */
gpointer rungs_payout_load_details (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

typedef struct
{
  gint64 payout;
  gint64 partner; /* 0: all who are on their way */
  RungsPayoutState state;
} RungsPayoutMark;

/* `data` is a RungsPayoutMark. Says what became of payments. */
gpointer rungs_payout_do_mark (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);

/* `data` is a gint64 *. Takes a payout back whole. */
gpointer rungs_payout_do_reverse (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* ---- one that is to be made */

/**
 * RungsPayoutFault: what is wrong with the days
 * @RUNGS_PAYOUT_NO_FAULT: nothing
 * @RUNGS_PAYOUT_BAD_FROM: the first one is no day
 * @RUNGS_PAYOUT_BAD_UNTIL: the last one is no day
 * @RUNGS_PAYOUT_BAD_ORDER: the last one is before the first
 */
typedef enum
{
  RUNGS_PAYOUT_NO_FAULT,
  RUNGS_PAYOUT_BAD_FROM,
  RUNGS_PAYOUT_BAD_UNTIL,
  RUNGS_PAYOUT_BAD_ORDER,
} RungsPayoutFault;

typedef struct
{
  char *first_day; /* (owned) (in) orders from its beginning on; "": from the first */
  char *day; /* (owned) (in) orders up to its end; "": now */
  char currency[4];
  gint64 minimum;
  RungsPayoutRequest request; /* what is asked for, without partners */
  GPtrArray *paid;            /* (owned) (element-type RungsPayoutLine) by name */
  GPtrArray *left_out;        /* (owned) the same */
  gboolean payer_there;       /* the account that is paid from is given */
  RungsPayoutFault fault;     /* where there is one, nothing else is told */
} RungsPayoutPlan;

void rungs_payout_plan_free (RungsPayoutPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPayoutPlan, rungs_payout_plan_free)

/* `data` is a RungsPayoutPlan, which is filled in. Returns: a new one. */
gpointer rungs_payout_load_plan (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

typedef struct
{
  RungsPayoutRequest request; /* with partners (owned) */
  gint64 amount;              /* that was seen in the preview */
} RungsPayoutOrder;

void rungs_payout_order_free (RungsPayoutOrder *self);

/* `data` is a RungsPayoutOrder. Makes the payout that was seen. Returns: its id (gint64 *). Errors:
 * CONFLICT, it would be another one by now. */
gpointer rungs_payout_do_make (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
