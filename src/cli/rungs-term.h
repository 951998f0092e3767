/* rungs-term.h: the program's own words (states, kinds, reasons) in the user's language. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What people call it; the word itself where it is none of the program's. */
const char *rungs_term (const char *word);

/* The same under that key of a row: some words say something else there. */
const char *rungs_term_of (const char *key,
                           const char *word);

G_END_DECLS
