/* rungs-provider-option.h: what a provider must be told besides a key: a region, a domain.
 *
 * Its sections "send" and "pull" may have
 *
 *   "secret": {"label": {…}, "help": {…}}           what the key is called there
 *   "options": [{"key": "region",                   the name of the blank; a-z, 0-9 and _
 *                "label": {"en": "Region", …},
 *                "help": {…},                       where one finds it
 *                "default": "eu",
 *                "optional": true,                  it may be empty
 *                "pattern": "^[a-z]+$",             what it may be; without: no control characters
 *                "choices": [{"value": "eu", "label": {…}}, …]}]
 *
 * so that the window's form and the command line are made from it. `section` says which. */

#pragma once

#include "wire/rungs-provider.h"

G_BEGIN_DECLS

typedef struct
{
  char *value; /* (owned) */
  char *label; /* (owned) */
} RungsProviderChoice;

/* All texts are owned, and empty where the file has none. */
typedef struct
{
  char *key;
  char *label;
  char *help;
  char *usual;        /* what it is where nobody said otherwise */
  gboolean optional;
  char *pattern;      /* empty: any */
  GPtrArray *choices; /* (owned) (element-type RungsProviderChoice): empty: it is written */
} RungsProviderOption;

/* Returns: (transfer full) (element-type RungsProviderOption): in the order of the file; the texts
 * in the first of the languages that the file has. */
GPtrArray *rungs_provider_list_options (const RungsProvider *self,
                                        const char          *section,
                                        const char *const   *languages);

/* Whether it may be that; empty means what is usual. Errors: INVALID: the message says why not. */
gboolean rungs_provider_option_check (const RungsProviderOption *self,
                                      const char                *value,
                                      GError                   **error);

/* What the key is called: "Server token". Returns: (transfer none): "API key" where the file does
 * not say. */
const char *rungs_provider_get_secret_label (const RungsProvider *self,
                                             const char          *section,
                                             const char *const   *languages);

/* Returns: (transfer none): where one finds the key; empty where the file does not say. */
const char *rungs_provider_get_secret_help (const RungsProvider *self,
                                            const char          *section,
                                            const char *const   *languages);

/* Returns: (transfer full): the options with what is usual where one is missing or empty. Errors:
 * INVALID: one that must be there is not, or one is what it may not be; the message names it. */
JsonObject *rungs_provider_complete_options (const RungsProvider *self,
                                             const char          *section,
                                             JsonObject          *given,
                                             GError             **error);

G_END_DECLS
