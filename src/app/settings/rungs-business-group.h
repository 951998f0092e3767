/* rungs-business-group.h: who the business is, and when it may write to its leads. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-business-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BUSINESS_GROUP (rungs_business_group_get_type ())

/**
 * RungsBusinessGroup::edited: a person changed something that is to be stored.
 */
G_DECLARE_FINAL_TYPE (RungsBusinessGroup, rungs_business_group, RUNGS, BUSINESS_GROUP, AdwBin)

/* Shows what is stored; what is being typed is left alone. */
void rungs_business_group_show (RungsBusinessGroup  *self,
                                const RungsBusiness *business);

/* Writes what is shown into `business`, all but uuid, demo and created_at. */
void rungs_business_group_read (RungsBusinessGroup *self,
                                RungsBusiness      *business);

/* Moves the focus to the postal address. */
void rungs_business_group_focus_address (RungsBusinessGroup *self);

/* Moves the focus to what tax offices know the business by. */
void rungs_business_group_focus_tax (RungsBusinessGroup *self);

G_END_DECLS
