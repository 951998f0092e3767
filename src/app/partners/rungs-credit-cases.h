/* rungs-credit-cases.h: the cases of docs/attribution.md in words, for the help. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *rules;  /* (owned) in their order */
  char *story;  /* (owned) what happened on which day */
  char *answer; /* (owned) who is credited */
} RungsCreditCase;

/* Returns: (transfer full) (element-type RungsCreditCase): in the order of the document. */
GPtrArray *rungs_credit_cases_new (void);

G_END_DECLS
