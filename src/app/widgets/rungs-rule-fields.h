/* rungs-rule-fields.h: what can be asked about the leads of a file: the fields of the field table,
 * the business's own, and the values that can be picked, in the user's language. */

#pragma once

#include "db/rungs-store.h"
#include "segments/rungs-field-table.h"
#include "widgets/rungs-pick-button.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_FIELDS (rungs_rule_fields_get_type ())

/**
 * RungsRuleFields::loaded: the business's own fields, its currency, or values that can be picked
 *   have been read: what shows their names shows them anew.
 *
 * RungsRuleFields::failed: something of it could not be read
 * @text: why
 */
G_DECLARE_FINAL_TYPE (RungsRuleFields, rungs_rule_fields, RUNGS, RULE_FIELDS, GObject)

RungsRuleFields *rungs_rule_fields_new (RungsStore *store);

RungsStore *rungs_rule_fields_get_store (RungsRuleFields *self);

/* The currency of the business; "" while it is not read yet. */
const char *rungs_rule_fields_get_currency (RungsRuleFields *self);

/* Reads again what the file says. */
void rungs_rule_fields_refresh (RungsRuleFields *self);

/* Every field, by heading (element-type RungsPick). */
GPtrArray *rungs_rule_fields_get_picks (RungsRuleFields *self);

/* How people read the field of that name in a sentence; the name itself where there is none. */
const char *rungs_rule_fields_get_label (RungsRuleFields *self,
                                         const char      *name);

/* What the field is compared as; TEXT where there is no such field. */
RungsRuleType rungs_rule_fields_get_kind (RungsRuleFields *self,
                                          const char      *name);

/* Where the values of the field can be picked from. */
RungsRuleSource rungs_rule_fields_get_source (RungsRuleFields *self,
                                              const char      *name);

/* Returns: (nullable): of a field that holds amounts, the currency they are in; NULL of others. */
const char *rungs_rule_fields_get_currency_of (RungsRuleFields *self,
                                               const char      *name);

/* The operators that the field takes. Returns: (transfer container) (element-type
 * RungsRuleOperator). */
GPtrArray *rungs_rule_fields_get_operators (RungsRuleFields *self,
                                            const char      *name);

/* Returns: (nullable): the operator of that name, as the field takes it. */
const RungsRuleOperator *rungs_rule_fields_find_operator (RungsRuleFields *self,
                                                          const char      *name,
                                                          const char      *op);

/* The operator with which a line begins. */
const RungsRuleOperator *rungs_rule_fields_get_first_operator (RungsRuleFields *self,
                                                               const char      *name);

/* What can be picked for values of the field (`parameter` NULL) or of one of its parameters;
 * `context` as for rungs_rule_choices(). Returns: (element-type RungsPick): empty while it is not
 * read yet; then ::loaded follows. */
GPtrArray *rungs_rule_fields_get_values (RungsRuleFields *self,
                                         RungsRuleSource  source,
                                         const char      *context);

/* The context of a field's values: what rungs_rule_choices() wants for that source. `sequence`
 * (nullable) is what the line says of the parameter of that name. */
const char *rungs_rule_fields_get_context (RungsRuleSource  source,
                                           const char      *field,
                                           const char      *sequence);

G_END_DECLS
