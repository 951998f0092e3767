/* rungs-invoice-load.h: invoices in the name of partners, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "partners/rungs-self-invoice-plan-store.h"

G_BEGIN_DECLS

/* Which invoices are asked for, and where they go. */
typedef struct
{
  gint64 payout;
  gint64 partner;    /* 0: of all */
  GPtrArray *seen;   /* (owned) (nullable) (element-type RungsSelfInvoicePlan) that was agreed to */
  RungsSealKey *key; /* (owned) (nullable) */
  gint64 number;     /* only that one; 0: all that there are */
  char *path;        /* (owned) (nullable): of the file of the one, or of the folder of all */
  gboolean pdf;      /* else pages */
} RungsInvoiceOrder;

/* `seen` (nullable) is shared. */
RungsInvoiceOrder *rungs_invoice_order_new (gint64     payout,
                                            gint64     partner,
                                            GPtrArray *seen);
void rungs_invoice_order_free (RungsInvoiceOrder *self);

/* `data` is a RungsInvoiceOrder. Returns: (element-type RungsSelfInvoicePlan). */
gpointer rungs_invoice_load_plan (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* `data` is a RungsInvoiceOrder. Writes into the file of the business what was seen. Returns: a
 * gint64 *. Errors: CONFLICT, it would be something else by now. */
gpointer rungs_invoice_do_make (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* `data` is a RungsInvoiceOrder. Writes papers, on a reading thread. Returns: how many, a
 * guint *. */
gpointer rungs_invoice_save_papers (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* All that were ever written. */
typedef struct
{
  GPtrArray *invoices; /* (owned) (element-type RungsSelfInvoice) the newest first */
  char *csv;           /* (owned) the same as a table */
} RungsInvoices;

void rungs_invoices_free (RungsInvoices *self);

/* Returns: a RungsInvoices. */
gpointer rungs_invoices_load (RungsDb       *db,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS
