/* rungs-merge.h: several leads that are one person, field by field, and which value is to stay.
 *
 * A plan is made from the file, shown, changed, and handed to rungs_leads_merge(). */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-lead.h"

G_BEGIN_DECLS

/* All texts, one under the other: of notes. */
#define RUNGS_MERGE_ALL G_MAXUINT

/* At most so many leads are merged at once. */
#define RUNGS_MERGE_MOST 20

/* A field of which at least one of the leads has a value. */
typedef struct
{
  char *name;        /* (owned) a column (rungs_lead_columns()), or "field:KEY" */
  char *label;       /* (owned) (nullable) of a custom field */
  gint64 field;      /* the custom field; 0: a column */
  GPtrArray *values; /* (owned) utf8: what each lead has, "" for nothing */
  guint chosen;      /* the lead whose value stays, or RUNGS_MERGE_ALL */
} RungsMergeField;

typedef struct
{
  GPtrArray *leads;  /* (owned) RungsLead: the first one stays */
  GPtrArray *fields; /* (owned) RungsMergeField, in the order of forms */
} RungsMergePlan;

/* The leads of those ids (element-type gint64), and what would be chosen: what the first lead has,
 * and where it has nothing, what another has; names, and postal addresses, from one lead each,
 * that which has most of it; an address that bounced only where there is no other. Errors:
 * INVALID (fewer than two, or too many, or one twice), NOT_FOUND. */
RungsMergePlan *rungs_merge_plan_load (RungsDb  *db,
                                       GArray   *leads,
                                       GError  **error);
void rungs_merge_plan_free (RungsMergePlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMergePlan, rungs_merge_plan_free)

/* NULL where no lead has a value of that name. */
RungsMergeField *rungs_merge_plan_find (RungsMergePlan *self,
                                        const char     *name);

/* Whether the leads have different values there. */
gboolean rungs_merge_field_differs (const RungsMergeField *field);

/* What will stand there: the chosen value, or all that differ, one under the other. */
char *rungs_merge_field_dup_value (const RungsMergeField *field);

G_END_DECLS
