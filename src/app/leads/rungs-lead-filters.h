/* rungs-lead-filters.h: what narrows the list of leads: a chip for each line of a rule, and a menu
 * that adds one. */

#pragma once

#include <adwaita.h>

#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEAD_FILTERS (rungs_lead_filters_get_type ())

/**
 * RungsLeadFilters::changed: other leads are wanted.
 * RungsLeadFilters::save: the user wants to keep the filter as a segment.
 *
 * Its actions: filters.add (s: a field), filters.edit, filters.save, filters.clear.
 */
G_DECLARE_FINAL_TYPE (RungsLeadFilters, rungs_lead_filters, RUNGS, LEAD_FILTERS, GtkWidget)

/* Where the names of tags, products and so on are read. To be called once. */
void rungs_lead_filters_set_fields (RungsLeadFilters *self,
                                    RungsRuleFields  *fields);

/* What is asked of leads. Returns: (transfer full) (nullable): a rule as JSON; NULL where every
 * lead is shown. */
char *rungs_lead_filters_dup_rule (RungsLeadFilters *self);

/* Shows the leads for whom `rule` holds; NULL: all. */
void rungs_lead_filters_set_rule (RungsLeadFilters *self,
                                  const char       *rule);

/* Whether any lead is left out. */
gboolean rungs_lead_filters_is_narrowing (RungsLeadFilters *self);

/* Adds a chip for that field of rules and opens its list of names. */
void rungs_lead_filters_add (RungsLeadFilters *self,
                             const char       *field);

/* Makes the menu that adds chips take the keys, and opens it. */
void rungs_lead_filters_start (RungsLeadFilters *self);

G_END_DECLS
