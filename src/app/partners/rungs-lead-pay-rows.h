/* rungs-lead-pay-rows.h: what a programme's terms pay for leads, to be edited in a form. */

#pragma once

#include "partners/rungs-terms-leads.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

typedef struct _RungsLeadPayRows RungsLeadPayRows;

/* Adds a group to `form` with what is paid by `leads` (nullable: nothing yet); `currency` is that
 * of an amount without one. */
RungsLeadPayRows *rungs_lead_pay_rows_new (RungsForm              *form,
                                           const RungsTermsLeads  *leads,
                                           const char             *currency);
void rungs_lead_pay_rows_free (RungsLeadPayRows *self);

/* Returns: (transfer full): what stands behind another member in the JSON of the terms: a comma and
 * the member "leads"; empty where nothing is paid. NULL where something is wrong, which is said
 * beside it then. */
char *rungs_lead_pay_rows_dup_json (RungsLeadPayRows *self);

G_END_DECLS
