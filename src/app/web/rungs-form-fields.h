/* rungs-form-fields.h: what can be added to an opt-in form, and what can be done with its fields
 * and their choices. */

#pragma once

#include "rungs-form-document.h"

G_BEGIN_DECLS

/* What is not asked yet. Returns: (transfer full) (element-type RungsPick): "email", "field:KEY",
 * or, for a new question, "question:" and how it is answered. */
GPtrArray *rungs_form_fields_picks (RungsFormDocument *document);

/* Adds one of them behind the field of that key, or at the end where there is none. Returns:
 * (transfer full) (nullable): its key. */
char *rungs_form_fields_add (RungsFormDocument *document,
                             const char        *value,
                             const char        *behind);

/* A question is asked again, behind itself. Returns: (transfer full) (nullable): the new key; NULL
 * where it is no question: the others are asked once. */
char *rungs_form_fields_duplicate (RungsFormDocument *document,
                                   const char        *key);

/* With what was translated of it. */
void rungs_form_fields_remove (RungsFormDocument *document,
                               const char        *key);

/* Returns: (transfer full) (nullable): the value of the new one. */
char *rungs_form_fields_add_choice (RungsFormDocument *document,
                                    const char        *key);
void rungs_form_fields_move_choice (RungsFormDocument *document,
                                    const char        *key,
                                    const char        *value,
                                    int                by);
void rungs_form_fields_remove_choice (RungsFormDocument *document,
                                      const char        *key,
                                      const char        *value);

G_END_DECLS
