/* rungs-opt-in-templates.h: what an opt-in form can begin with. */

#pragma once

#include "web/rungs-opt-in.h"

G_BEGIN_DECLS

typedef struct
{
  const char *key;     /* what a command calls it: "newsletter" */
  const char *name;    /* untranslated */
  const char *summary; /* untranslated */
  RungsOptIn *(*make) (void); /* (transfer full), in the user's language */
} RungsOptInTemplate;

/* Returns: all of them, the plainest first; `n` is set to how many. */
const RungsOptInTemplate *rungs_opt_in_templates (gsize *n);

/* Errors: NOT_FOUND, in words that name those that there are. */
const RungsOptInTemplate *rungs_opt_in_template_find (const char  *key,
                                                      GError     **error);

G_END_DECLS
