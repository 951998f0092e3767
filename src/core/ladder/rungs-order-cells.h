/* rungs-order-cells.h: the values of one row of a file of orders, by what they say. */

#pragma once

#include "ladder/rungs-order-draft.h"
#include "ladder/rungs-order-shape.h"
#include "leads/rungs-import-date.h"

G_BEGIN_DECLS

typedef struct
{
  const RungsOrderShape *shape; /* lent */
  const RungsTableRow *row;     /* lent; the one that is read */
  RungsDateOrder dates[RUNGS_ORDER_N_FIELDS];
  GTimeZone *zone;              /* (owned) where the row says none */
  gint64 now;                   /* instants after it are not believed */
  char currency[4];             /* where neither row nor shape says one */
  char *shop;                   /* (owned) of its orders' numbers: rungs_order_shop_key() */
  GStringChunk *copies;         /* (owned) of this row */
  GHashTable *words;            /* (owned) folded words of a status -> 1 paid, 2 given back */
  GHashTable *zones;            /* (owned) name -> GTimeZone */
} RungsOrderCells;

void rungs_order_cells_init (RungsOrderCells       *self,
                             const RungsOrderShape *shape,
                             GTimeZone             *zone,
                             const char            *currency,
                             gint64                 now);
void rungs_order_cells_clear (RungsOrderCells *self);

/* Looks at a row among the first: whether its dates tell if the day or the month comes first. */
void rungs_order_cells_sample (RungsOrderCells     *self,
                               const RungsTableRow *row);

/* Begins a row; what was read of another is gone. */
void rungs_order_cells_set_row (RungsOrderCells     *self,
                                const RungsTableRow *row);

/* What stands there, without the space around it; "" where there is no such column, or nothing. */
const char *rungs_order_cells_get (RungsOrderCells *self,
                                   RungsOrderField  field);
const char *rungs_order_cells_get_column (RungsOrderCells *self,
                                          int              column);

/* Whether it says yes: anything but nothing, "no" and 0. */
gboolean rungs_order_cells_says (RungsOrderCells *self,
                                 RungsOrderField  field);

/* An amount of `currency`. FALSE, and the draft refused, where it is none; `fallback` where nothing
 * stands there. */
gboolean rungs_order_cells_amount (RungsOrderCells *self,
                                   RungsOrderField  field,
                                   const char      *currency,
                                   gint64           fallback,
                                   gint64          *minor,
                                   RungsOrderDraft *draft);

/* An instant: of `field`, with the time and in the zone that the row says. FALSE where there is
 * none, or one that is not believed. */
gboolean rungs_order_cells_instant (RungsOrderCells *self,
                                    RungsOrderField  field,
                                    gint64          *instant);

/* The same of a text. */
gboolean rungs_order_cells_instant_of (RungsOrderCells *self,
                                       RungsOrderField  field,
                                       const char      *text,
                                       gint64          *instant);

/* Whether the status is that of an order that was paid, or of one that was given back whole (which
 * was paid too). */
gboolean rungs_order_cells_is_paid (RungsOrderCells *self);
gboolean rungs_order_cells_is_given_back (RungsOrderCells *self);

G_END_DECLS
