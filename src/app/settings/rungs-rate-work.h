/* rungs-rate-work.h: what is done to the rates of currencies, and how it is taken back. */

#pragma once

#include "ladder/rungs-exchange-store.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* A change of rates: what is put where, and what stood there before. May be used by the threads of
 * the store, one after the other. */
typedef struct
{
  GArray *rates;    /* (owned) (element-type RungsExchangeRate) */
  GArray *before;   /* (owned) (element-type RungsExchangeRate): filled in when it is done */
  gboolean removes; /* they are removed, not set */
} RungsRateChange;

/* Takes `rates`. */
RungsRateChange *rungs_rate_change_new (GArray   *rates,
                                        gboolean  removes);
RungsRateChange *rungs_rate_change_ref (RungsRateChange *self);
void rungs_rate_change_unref (RungsRateChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRateChange, rungs_rate_change_unref)

/* A RungsStoreFunc that does it (RungsRateChange). Returns NULL. */
gpointer rungs_rate_change_do (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);

/* Does it on the page, and offers to take it back. */
void rungs_rate_change_run (RungsRateChange *self,
                            RungsPage       *page);

/* Offers to take back what was done. */
void rungs_rate_change_offer_undo (RungsRateChange *self,
                                   RungsPage       *page);

/* "1 EUR = 1.0876 USD", with the point of the user's language. */
char *rungs_rate_words (const RungsExchangeRate *rate);

G_END_DECLS
