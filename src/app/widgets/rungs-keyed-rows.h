/* rungs-keyed-rows.h: rows of a box that are changed in place: a row that stays keeps its widget,
 * and with it the focus, a click that has begun, and what is marked in it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How the items of a list become rows. */
typedef struct
{
  gint64 (*key) (gconstpointer item); /* what an item stays the same by; none share one */
  GtkWidget *(*make) (void);          /* (transfer floating): a row that shows nothing yet */
  void (*show) (GtkWidget     *row,
                gconstpointer  item);
} RungsKeyedRows;

/* Makes the rows of `box`, a RungsRows or GtkFlowBox that only this function fills, those of
 * `items`, in their order; without items the box is hidden. Where the row that has the focus goes,
 * the focus goes to the one that takes its place, or else to what stands around the box. */
void rungs_keyed_rows_update (GtkWidget            *box,
                              const RungsKeyedRows *rows,
                              GPtrArray            *items);

/* Puts a row for an item behind those that `box` has, none of which is its. */
void rungs_keyed_rows_append (GtkWidget            *box,
                              const RungsKeyedRows *rows,
                              gconstpointer         item);

G_END_DECLS
