/* rungs-language-names.h: languages as their speakers call them: those in which the way out of a
 * mail has a name (mail/rungs-footer-words.h). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *tag;  /* BCP 47 */
  const char *name;
} RungsLanguageName;

/* Returns: all of them, in the order of their names; `n` is set to how many. */
const RungsLanguageName *rungs_language_names (gsize *n);

/* Returns: (nullable): NULL where it is none of them. */
const char *rungs_language_name (const char *tag);

G_END_DECLS
