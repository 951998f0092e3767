/* rungs-order-stage-store.h: the orders of an import in temporary tables, before they are stored.
 *
 * The tables belong to the connection, live in a temporary file, and go with it.
 *   order_stage_person  who ordered, each once; `agreed` is what the file says where they agreed to
 *                       marketing, on the day `said_at`; `lead` is the lead that is there already
 *   order_stage         a new order each
 *   order_stage_line    its lines; a negative product is one that will be made
 *   order_stage_given   what the file says was given back on an order, of this file (`n`) or one
 *                       that is there (`known`), in all refunds up to this one
 *   order_stage_refund  a refund in a row of its own; `problem`: why it is refused after all */

#pragma once

#include "ladder/rungs-order-draft.h"
#include "ladder/rungs-order-products-store.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsOrderStage RungsOrderStage;

/* What came of the drafts. */
typedef struct
{
  gint64 orders;   /* new ones */
  gint64 known;    /* were there already, the same */
  gint64 refunds;  /* in rows of their own, new ones */
  gint64 repeated; /* refunds that were there already */
  gint64 left_out; /* orders of nothing but what is left out */
} RungsOrderStageCounts;

/* Makes the tables, empty. */
RungsOrderStage *rungs_order_stage_new (RungsDb             *db,
                                        RungsOrderProducts  *products,
                                        GError             **error);

/* Drops the tables. */
void rungs_order_stage_free (RungsOrderStage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOrderStage, rungs_order_stage_free)

/* Takes an order or a refund in; the draft is refused where it cannot be. */
gboolean rungs_order_stage_add (RungsOrderStage  *self,
                                RungsOrderDraft  *draft,
                                GError          **error);

/* A refund that is refused when all is read. */
typedef gboolean (*RungsOrderRefusedFunc) (GBytes      *row,
                                           const char  *problem,
                                           gpointer     data,
                                           GError     **error);

/* When all is read: finds the orders of refunds in rows of their own, and refuses those of none, or
 * of more than was paid. */
gboolean rungs_order_stage_match (RungsOrderStage        *self,
                                  RungsOrderRefusedFunc   refused,
                                  gpointer                data,
                                  GError                **error);

const RungsOrderStageCounts *rungs_order_stage_get_counts (RungsOrderStage *self);

/* Whether nobody was erased since the stage was made (rungs_suppressed_set_check()). */
gboolean rungs_order_stage_check_erased (RungsOrderStage  *self,
                                         GError          **error);

G_END_DECLS
