/* rungs-rates-dialog.h: rates of currencies are typed, pasted, or taken over from a file. */

#pragma once

#include "ladder/rungs-exchange-table.h"
#include "settings/rungs-rate-work.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* What the dialog starts from. */
typedef struct
{
  GArray *used;    /* (owned) (element-type RungsMoney): currencies of products, orders and costs */
  char report[4];  /* in which amounts are told, else that of the business */
  RungsExchangeTable *table; /* (owned) (nullable): of a file; NULL: they are typed */
  char *path;                /* (owned) (nullable): of that file */
} RungsRatesBeginning;

void rungs_rates_beginning_free (RungsRatesBeginning *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRatesBeginning, rungs_rates_beginning_free)

/* A RungsStoreFunc: `data` is the path of a file, or "". Returns: a RungsRatesBeginning. */
gpointer rungs_rates_beginning_load (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* Takes the beginning. `rate` (nullable) is one that is to be changed. */
RungsForm *rungs_rates_dialog_new (GtkWindow               *parent,
                                   RungsStore              *store,
                                   RungsRatesBeginning     *beginning,
                                   const RungsExchangeRate *rate);

/* What its button did. */
RungsRateChange *rungs_rates_dialog_get_change (RungsForm *form);

G_END_DECLS
