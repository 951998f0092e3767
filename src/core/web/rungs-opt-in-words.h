/* rungs-opt-in-words.h: what a form says by itself, in the language of who fills it in. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *language;
  const char *required; /* behind a label: "required" */
  const char *choose;   /* of a list from which nothing was chosen yet */
  const char *empty;    /* what a trap says to people who meet it after all */
  const char *failed;   /* where a script could not send */
} RungsOptInWords;

/* Returns: of the language (BCP 47: "de", "pt-BR"): not of the person who runs Rungs. English
 * where it is not known. */
const RungsOptInWords *rungs_opt_in_words (const char *language);

G_END_DECLS
