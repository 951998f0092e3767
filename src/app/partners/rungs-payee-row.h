/* rungs-payee-row.h: by which way a partner is paid; on demand where to. */

#pragma once

#include <adwaita.h>

#include "partners/rungs-partner-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PAYEE_ROW (rungs_payee_row_get_type ())

/* Stands within a RungsPage, whose store it reads. */
G_DECLARE_FINAL_TYPE (RungsPayeeRow, rungs_payee_row, RUNGS, PAYEE_ROW, AdwActionRow)

/* `there`: details are stored. */
void rungs_payee_row_set (RungsPayeeRow      *self,
                          const RungsPartner *partner,
                          gboolean            there);

G_END_DECLS
