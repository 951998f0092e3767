/* rungs-names.h: the values of an enum as they stand in the file, in JSON, and in commands. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which of `n` names `text` (nullable) is. `value` (out) may be of any enum that counts from 0, for
 * that is an unsigned int to C; unchanged where the text is none of them. Returns: whether it
 * is one. */
gboolean rungs_names_find (const char *const *names,
                           guint              n,
                           const char        *text,
                           guint             *value);

G_END_DECLS
