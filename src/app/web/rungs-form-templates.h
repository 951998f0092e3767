/* rungs-form-templates.h: what an opt-in form can begin with. */

#pragma once

#include "web/rungs-opt-in.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;    /* untranslated */
  const char *summary; /* untranslated */
  const char *icon_name;
  RungsOptIn *(*make) (void); /* (transfer full), in the user's language */
} RungsFormTemplate;

/* Returns: all of them, the plainest first; `n` is set to how many. */
const RungsFormTemplate *rungs_form_templates (gsize *n);

G_END_DECLS
