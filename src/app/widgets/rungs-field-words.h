/* rungs-field-words.h: fields of the business's own in the words of the user's language. */

#pragma once

#include "leads/rungs-field-store.h"

G_BEGIN_DECLS

/* "Long text", "One of a list". Static. */
const char *rungs_field_kind_words (RungsFieldKind kind);

/* A value as people read it: "€1,234.50", "12 March 2024", "Yes", the labels of choices. */
char *rungs_field_value_words (const RungsFieldValue *value);

/* Returns: (nullable): where a click on the value leads: the link itself, or "tel:" and the number;
 * NULL where it leads nowhere, or to what must not be opened. */
char *rungs_field_value_dup_link (const RungsFieldValue *value);

G_END_DECLS
