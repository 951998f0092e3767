/* rungs-lead-prompts.h: the small forms of one lead: a consent, money back. Each stores
 * what was entered by itself. */

#pragma once

#include "ladder/rungs-order.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* That the lead agreed to marketing by e-mail, or no longer does. */
void rungs_lead_prompt_consent (GtkWidget  *parent,
                                RungsStore *store,
                                gint64      lead);
void rungs_lead_prompt_withdrawal (GtkWidget  *parent,
                                   RungsStore *store,
                                   gint64      lead);

/* All or part of what is left of an order. */
void rungs_lead_prompt_refund (GtkWidget        *parent,
                               RungsStore       *store,
                               const RungsOrder *order);

G_END_DECLS
