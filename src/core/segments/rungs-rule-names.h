/* rungs-rule-names.h: gives what rules name another name.
 *
 * Rules name tags, sources, products, coupons, messages and sequences as people do. Where one of
 * these is renamed, every rule that names it is written anew, so that it asks what it asked before.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "segments/rungs-field-table.h"

G_BEGIN_DECLS

/**
 * RungsNameChange:
 * @source: which kind of thing: RUNGS_RULE_FROM_TAGS, _SOURCES, _PRODUCTS, _COUPONS, _MESSAGES or
 *   _SEQUENCES
 * @before: (owned): its name; of a source KIND:NAME
 * @after: (owned) (nullable): its name from now on; NULL: it is gone
 * @shared: of a source: others have the NAME alone that it had, and keep it
 * @taken: of a source: others have the NAME alone that it gets
 */
typedef struct
{
  RungsRuleSource source;
  char *before;
  char *after;
  gboolean shared;
  gboolean taken;
} RungsNameChange;

/* Whether the text that a rule has for something of that kind names it, by the name before. */
gboolean rungs_name_change_is_before (const RungsNameChange *change,
                                      const char *text);

/* The same, by the name after. */
gboolean rungs_name_change_is_after (const RungsNameChange *change,
                                     const char *text);

/* Changes the name wherever it stands in the JSON: of a rule, or of a graph of a sequence, which
 * names things in its triggers and steps too. `changed`: whether it stood anywhere. Errors:
 * CONFLICT where a source is named by a name that others have too, in a place that takes one name
 * only. */
gboolean rungs_rule_names_change (JsonNode *json,
                                  const RungsNameChange *change,
                                  gboolean *changed,
                                  GError **error);

G_END_DECLS
