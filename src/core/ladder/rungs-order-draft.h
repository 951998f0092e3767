/* rungs-order-draft.h: what a file says of one order, or of one refund, before it is stored. */

#pragma once

#include "ladder/rungs-order.h"
#include "leads/rungs-import-mapping.h"
#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

/**
 * RungsOrderDraftKind:
 * @RUNGS_DRAFT_ORDER: an order that was paid
 * @RUNGS_DRAFT_REFUND: money given back on another order, in a row of its own
 * @RUNGS_DRAFT_OTHER: neither: a payment that failed, a transfer to the bank, a row of totals
 */
typedef enum
{
  RUNGS_DRAFT_ORDER,
  RUNGS_DRAFT_REFUND,
  RUNGS_DRAFT_OTHER,
} RungsOrderDraftKind;

typedef struct
{
  char *sku;  /* (owned) "" where there is none */
  char *name; /* (owned) how the shop calls it; may be "" */
  gint64 quantity;
  gint64 amount; /* of the whole line, in minor units */
  gint64 tax;    /* that the amount holds; RUNGS_TAX_UNKNOWN */
  gint64 discount; /* that was taken off before the amount */
} RungsOrderDraftLine;

typedef struct
{
  gint64 amount; /* in minor units */
  gint64 at;     /* 0: the file does not say */
  char *reason;  /* (owned) */
} RungsOrderDraftRefund;

typedef struct
{
  RungsOrderDraftKind kind;
  char *problem;  /* (owned) (nullable) why it is refused */
  char *number;   /* (owned) as people call it */
  char *external; /* (owned) what tells it from others of this seller */
  char *refers;   /* (owned) of RUNGS_DRAFT_REFUND: `external` of the order */
  char *email_key; /* (owned) (nullable) */
  char *texts[RUNGS_IMPORT_N_TARGETS]; /* (owned) (nullable) of the person, by RungsImportTarget */
  gint64 at;
  char currency[4];
  char *coupon;       /* (owned) */
  gint64 total;       /* of the whole order, with shipping; -1: not said */
  gint64 goods;       /* what its lines sum up to; -1: not said */
  gint64 paid_until;  /* 0: not said */
  char *agreed;       /* (owned) (nullable) what the file says where the person wants marketing … */
  gboolean refuses;   /* … whether it says that they want none */
  GPtrArray *lines;   /* (owned) (element-type RungsOrderDraftLine) */
  GPtrArray *refunds; /* (owned) (element-type RungsOrderDraftRefund) in the order of time */
  GPtrArray *rows;    /* (owned) (element-type GBytes) the rows of the file, packed */
} RungsOrderDraft;

RungsOrderDraft *rungs_order_draft_new (void);
void rungs_order_draft_free (RungsOrderDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOrderDraft, rungs_order_draft_free)

/* Returns: (transfer none): a line without a discount, of which no tax is known. */
RungsOrderDraftLine *rungs_order_draft_add_line (RungsOrderDraft *self,
                                                 const char      *sku,
                                                 const char      *name,
                                                 gint64           quantity,
                                                 gint64           amount);
void rungs_order_draft_add_refund (RungsOrderDraft *self,
                                   gint64           amount,
                                   gint64           at,
                                   const char      *reason);

/* Refuses it, for the first reason that is found; takes `why`. */
void rungs_order_draft_refuse (RungsOrderDraft *self,
                               char            *why);

/* The sum of its lines; G_MAXINT64 where that is too large. */
gint64 rungs_order_draft_sum (const RungsOrderDraft *self);

/* What of that is tax, as far as it is known. */
gint64 rungs_order_draft_sum_tax (const RungsOrderDraft *self);

/* Makes its lines sum up to `sum`, in proportion to what they are; what that takes off is
 * discount. */
void rungs_order_draft_spread (RungsOrderDraft *self,
                               gint64           sum);

/* Returns: (transfer full): a row of the file, to be kept: its line, how many fields it has, the
 * fields, each with its NUL, then what of its text is worth showing. */
GBytes *rungs_order_row_pack (const RungsTableRow *row);

/* The row again. `pointers` holds those to its fields; all of it is lent by them and `packed`. */
void rungs_order_row_unpack (GBytes        *packed,
                             GPtrArray     *pointers,
                             RungsTableRow *row);

G_END_DECLS
