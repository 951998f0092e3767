/* rungs-payment-load.h: files for the bank, PayPal and Wise, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "partners/rungs-payment-file.h"

G_BEGIN_DECLS

typedef struct
{
  RungsPaymentRequest request;
  char *day;         /* (owned) when banks are to pay; "": today */
  RungsSealKey *key; /* (owned) (nullable): where nothing is sealed in the file */
} RungsPaymentOrder;

/* `key` (nullable) is copied. */
RungsPaymentOrder *rungs_payment_order_new (const RungsPaymentRequest *request,
                                            const char                *day,
                                            const RungsSealKey        *key);
void rungs_payment_order_free (RungsPaymentOrder *self);

/* `data` is a RungsPaymentOrder. Returns: a RungsPaymentFile without text. Errors: INVALID says
 * what is wrong with what is asked for. */
gpointer rungs_payment_load_preview (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* The same with its text. Errors: those of rungs_payment_file_make(). */
gpointer rungs_payment_load_file (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
