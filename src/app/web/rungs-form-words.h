/* rungs-form-words.h: what people read of opt-in forms and their parts. */

#pragma once

#include "web/rungs-opt-in-store.h"

G_BEGIN_DECLS

/* "Draft", "Live", "Retired". */
const char *rungs_form_state_words (const RungsOptInForm *form);

/* The style class of its chip: "live", or "draft". */
const char *rungs_form_state_style (const RungsOptInForm *form);

/* How many of those who were asked sent it, "12 %"; NULL where nobody was asked. */
char *rungs_form_share_words (gint64 sent,
                              gint64 views);

/* How a field is asked: "A line of text". */
const char *rungs_form_kind_words (RungsOptInKind kind);

/* What a field is for those who make the form: "First name", "Own field", "Question". */
const char *rungs_form_field_words (const RungsOptInField *field);

/* The name of a language in itself, else its tag. */
const char *rungs_form_language_words (const char *tag);

/* What is wrong, in the user's language as far as it is one of the program's sentences. */
const char *rungs_form_problem_words (const RungsOptInProblem *problem);

G_END_DECLS
