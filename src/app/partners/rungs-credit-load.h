/* rungs-credit-load.h: crediting an order by hand, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "ladder/rungs-order-list-store.h"
#include "partners/rungs-credit-store.h"

G_BEGIN_DECLS

/* What the form begins with. */
typedef struct
{
  gint64 id;               /* of the order */
  RungsOrderRow *order;    /* (owned) */
  RungsReferral *referral; /* (owned) (nullable): nothing was decided of it */
  GPtrArray *partners;     /* (owned) (element-type RungsPartner) by name */
} RungsCreditFacts;

void rungs_credit_facts_free (gpointer self);

/* `data` is a RungsCreditFacts with the id, which it fills and returns. */
gpointer rungs_credit_load_facts (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* What is to be done. */
typedef struct
{
  gint64 order;
  gint64 partner; /* 0: nobody */
} RungsCreditWish;

/* `data` is a RungsCreditWish, for the thread that writes; nothing is written. Returns:
 * (element-type RungsLedgerEntry): what would be booked. */
gpointer rungs_credit_load_preview (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* `data` is a RungsCreditWish. Returns: a gint64 *, the order. */
gpointer rungs_credit_do (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error);

/* `data` is the RungsCreditFacts from before it was done. Returns: NULL. */
gpointer rungs_credit_undo (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error);

G_END_DECLS
