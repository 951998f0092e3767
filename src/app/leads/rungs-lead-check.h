/* rungs-lead-check.h: what the columns of a lead can hold, told beside their fields. */

#pragma once

#include "widgets/rungs-pick-button.h"

G_BEGIN_DECLS

/* Returns: (nullable): what is wrong with `text` in that column of rungs_lead_columns(), in words;
 * NULL: nothing that can be told without asking the file. Nothing is wrong with "". */
const char *rungs_lead_check_fault (const char *column,
                                    const char *text);

/* "German (de)", as the tag of a language (BCP 47) is read by people; the tag itself where its
 * name is not known. */
char *rungs_lead_check_language_words (const char *tag);

/* A button with the languages that most people speak, with their names; `tag` is the one that is
 * chosen now. RungsPickButton::picked tells the tag. */
GtkWidget *rungs_lead_check_new_languages (const char *tag);

G_END_DECLS
