/* rungs-name-fold.h: what names are compared by. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In lower case, without accents, letters and digits only, one space between words: "O’Neil, Ánne"
 * → "o neil anne". NULL is "". */
char *rungs_name_fold (const char *text);

/* The same with its words sorted, so that the order in which they were written does not count. */
char *rungs_name_fold_sorted (const char *text);

/* What an address is compared by beyond its key (rungs_email_key()): without what stands behind a +
 * in its local part; of Gmail also without dots, googlemail.com being gmail.com. */
char *rungs_email_variant_key (const char *email_key);

/* How many letters must be changed, added, left out or swapped with the next one to make the one
 * text of the other; `most` + 1 where it is more than `most`. Only texts of up to 64 letters are
 * compared. */
guint rungs_name_distance (const char *a,
                           const char *b,
                           guint       most);

G_END_DECLS
