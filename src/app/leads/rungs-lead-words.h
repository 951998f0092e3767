/* rungs-lead-words.h: what holds of leads, in the user's words. */

#pragma once

#include "leads/rungs-note.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-lead-work.h"

G_BEGIN_DECLS

/* Why a lead may not enter a sequence: "has not agreed to marketing by e-mail";
 * for RUNGS_ENROL_OK that it did. Begins small. */
const char *rungs_enrol_answer_words (RungsEnrolAnswer answer);

/* "12 leads entered the sequence. Left out: 3 (not agreed to marketing by e-mail) …" */
char *rungs_enrol_counts_words (const RungsEnrolCounts *counts);

/* How a column of the lead is called: "First name", …; the column itself where it is not known. */
const char *rungs_lead_column_words (const char *column);

/* Why an address gets nothing more. */
const char *rungs_suppressed_words (RungsSuppressed reason);

/* Who called; "" where that is not known. */
const char *rungs_call_direction_words (RungsCallDirection direction);

/* How a call ended, as a word of rungs_call_outcomes(): "no answer". */
const char *rungs_call_outcome_words (const char *outcome);

/* The same, of a meeting what came of it; "" for nothing. */
char *rungs_note_outcome_words (const RungsNote *note);

G_END_DECLS
