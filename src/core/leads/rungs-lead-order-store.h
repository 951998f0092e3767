/* rungs-lead-order-store.h: how the leads of a list are put in order. */

#pragma once

#include "leads/rungs-lead-list.h"

G_BEGIN_DECLS

/**
 * RungsLeadOrder: statements of which each row begins with the id of a lead
 * @rising: leads that have something in the column
 * @falling: the same, the other way round
 * @blank: (nullable): those that have nothing; NULL: there are none
 * @few_rising: some leads named by their ids (`:ids`), the ones with nothing last, which the second
 *   column says
 * @few_falling: the same, the other way round
 *
 * Parameters: `:limit`, and, where it is a field of the business's own, `:field`.
 */
typedef struct
{
  const char *rising;
  const char *falling;
  const char *blank;
  const char *few_rising;
  const char *few_falling;
} RungsLeadOrder;

const RungsLeadOrder *rungs_lead_order_of (RungsLeadSort sort);

G_END_DECLS
