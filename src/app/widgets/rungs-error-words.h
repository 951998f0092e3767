/* rungs-error-words.h: errors in the user's words. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What went wrong and what to do next, in a sentence or two; the cause, as the error has it,
 * follows. */
char *rungs_error_words (const GError *error);

/* Says over the window that what `heading` names failed ("The Product Could Not Be Saved"), with a
 * button that copies the cause. Where that window was closed meanwhile it is said over the one
 * behind it. */
void rungs_error_tell (GtkWidget    *parent,
                       const char   *heading,
                       const GError *error);

/* Marks an entry row as wrong and says why beside its title; NULL: it is right. */
void rungs_error_mark_row (AdwEntryRow *row,
                           const char  *text);

/* A reason that is stored in the file, where it is English, in the user's language as far as it is
 * one of the program's own sentences. */
const char *rungs_error_stored_words (const char *reason);

G_END_DECLS
