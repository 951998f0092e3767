/* rungs-lead-filters.h: what narrows the list of leads: a chip for each filter,
 * and a popover to choose them. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "leads/rungs-lead-list.h"

G_BEGIN_DECLS

/* What leads are filtered by. */
typedef enum
{
  RUNGS_LEAD_FILTER_TAG,
  RUNGS_LEAD_FILTER_SOURCE,
  RUNGS_LEAD_FILTER_PRODUCT,
  RUNGS_LEAD_FILTER_SEQUENCE,
  RUNGS_LEAD_FILTER_REACH, /* a RungsLeadReach */
  RUNGS_LEAD_FILTER_RUN,
} RungsLeadFilter;

#define RUNGS_LEAD_N_FILTERS (RUNGS_LEAD_FILTER_RUN + 1)

#define RUNGS_TYPE_LEAD_FILTERS (rungs_lead_filters_get_type ())

/**
 * RungsLeadFilters::changed: other leads are wanted.
 */
G_DECLARE_FINAL_TYPE (RungsLeadFilters, rungs_lead_filters, RUNGS, LEAD_FILTERS, GtkWidget)

/* Where the names of tags, products and so on are read. */
void rungs_lead_filters_set_store (RungsLeadFilters *self,
                                   RungsStore       *store);

/* Whether any lead is left out. */
gboolean rungs_lead_filters_is_narrowing (RungsLeadFilters *self);

/* Sets what `query` filters by. */
void rungs_lead_filters_fill (RungsLeadFilters *self,
                              RungsLeadQuery   *query);

/* Filters by the thing with that id; 0: by none. */
void rungs_lead_filters_set (RungsLeadFilters *self,
                             RungsLeadFilter   filter,
                             gint64            id);

/* Takes all filters away. */
void rungs_lead_filters_clear (RungsLeadFilters *self);

G_END_DECLS
