/* rungs-field-choice-store.h: what can be chosen in a field of the kinds "one" and "several". */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-field.h"

G_BEGIN_DECLS

/* At most so many choices of a field. */
#define RUNGS_FIELD_MAX_CHOICES 200

/* A choice that is not in the file yet: its key is made from the label when it is stored. */
RungsFieldChoice *rungs_field_choice_new (const char *label);

/* Makes `choices` (element-type RungsFieldChoice) those of the field, in that order. Each keeps its
 * key, so that values and rules go on whatever its label says; one without a key is new. A choice
 * that is left out is deleted; CONFLICT where a lead has it: it can be retired (`retired_at` set).
 * Errors: INVALID: a label is empty, has a semicolon or line end, is there twice, or there are too
 * many; the field has no choices. */
gboolean rungs_field_choices_store (RungsDb    *db,
                                    gint64      field,
                                    GPtrArray  *choices,
                                    GError    **error);

/* Returns: (transfer full) (element-type utf8 gint64): how many leads have each choice, by its key,
 * counted in one go; those that nobody has are not in it. */
GHashTable *rungs_field_choice_count_all (RungsDb  *db,
                                          gint64    field,
                                          GError  **error);

/* How many leads have it. */
gboolean rungs_field_choice_count (RungsDb     *db,
                                   gint64       field,
                                   const char  *key,
                                   gint64      *count,
                                   GError     **error);

G_END_DECLS
