/* rungs-web-answers.h: the questions and answers of a form that was sent, however its provider
 * writes them: for rungs-web-deed.c only. */

#pragma once

#include "web/rungs-web-deed.h"

G_BEGIN_DECLS

void rungs_web_answer_free (RungsWebAnswer *self);

/* Adds what `rules` (nullable), the "answers" of a deed, find. Never fails: what is no answer is
 * passed over, and stays in the delivery. */
void rungs_web_answers_read (RungsWebReader *reader,
                             JsonArray      *rules,
                             GPtrArray      *answers);

G_END_DECLS
