/* rungs-lead-words.h: what holds of leads, in the user's words. */

#pragma once

#include "rungs-lead-work.h"

G_BEGIN_DECLS

/* Why a lead may not enter a sequence: "has not agreed to marketing by e-mail"; for RUNGS_ENROL_OK that it
 * did. Begins small. */
const char *rungs_enrol_answer_words (RungsEnrolAnswer answer);

/* "12 leads entered the sequence. Left out: 3 (not agreed to marketing by e-mail) …" */
char *rungs_enrol_counts_words (const RungsEnrolCounts *counts);

G_END_DECLS
