/* rungs-lead-chips.h: what narrows the list of leads: chips, which are lines of one rule that must
 * all hold. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsLeadChip: one of them.
 * @field: (owned) (nullable): what is asked about, a field of rules that has names to choose from;
 *   NULL: @rule says what is asked
 * @negated: whether it keeps the leads that have none of @values, not those that have one
 * @values: (owned) (element-type utf8): the names, as rules have them; empty: it asks nothing yet
 * @rule: (owned) (nullable): anything else that a rule can ask, as JSON
 */
typedef struct
{
  char *field;
  gboolean negated;
  GPtrArray *values;
  char *rule;
} RungsLeadChip;

/* One that asks nothing yet. */
RungsLeadChip *rungs_lead_chip_new (const char *field);
void rungs_lead_chip_free (RungsLeadChip *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadChip, rungs_lead_chip_free)

/* Whether it leaves anybody out. */
gboolean rungs_lead_chip_asks (const RungsLeadChip *self);

gboolean rungs_lead_chip_has (const RungsLeadChip *self,
                              const char          *value);

/* Takes the value in, or out where it is in. */
void rungs_lead_chip_toggle (RungsLeadChip *self,
                             const char    *value);

/* The fields that chips choose names of, NULL-terminated. */
const char *const *rungs_lead_chips_fields (void);

/* The chips as one rule. Returns: (transfer full) (nullable): JSON; NULL where they ask nothing. */
char *rungs_lead_chips_to_rule (GPtrArray *chips);

/* The chips that ask what the rule (nullable) asks: as many of its lines as must all hold and name
 * something become chips with names, whatever else it asks one or several others. Returns:
 * (transfer full) (element-type RungsLeadChip): empty where it asks nothing, or is no rule. */
GPtrArray *rungs_lead_chips_from_rule (const char *rule);

G_END_DECLS
