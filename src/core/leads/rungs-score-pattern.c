/* rungs-score-pattern.c: which events a rule of the score is about. */

#include "leads/rungs-score-pattern.h"

#include <string.h>

struct _RungsScorePattern
{
  GPatternSpec *spec; /* (owned): of the pattern without case */
  gboolean of_path;   /* compared with what follows the host of an address */
};

RungsScorePattern *
rungs_score_pattern_new (const RungsScoreRule *rule)
{
  RungsScorePattern *self;
  const RungsScoreKind *kind;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (rule != NULL, NULL);

  if (*rule->pattern == '\0')
    return NULL;
  kind = rungs_score_kind_find (rule->kind);
  folded = g_utf8_casefold (rule->pattern, -1);
  self = g_new0 (RungsScorePattern, 1);
  self->spec = g_pattern_spec_new (folded);
  self->of_path = *rule->pattern == '/' && kind != NULL && kind->about == RUNGS_SCORE_ABOUT_ADDRESS;
  return self;
}

void
rungs_score_pattern_free (RungsScorePattern *self)
{
  g_pattern_spec_free (self->spec);
  g_free (self);
}

/* What follows the host: "/prices?from=mail"; "/" where nothing does. */
static const char *
path_of (const char *address)
{
  const char *host = strstr (address, "://");
  const char *path = host ? strpbrk (host + 3, "/?#") : address;

  return path ? path : "/";
}

gboolean
rungs_score_pattern_fits (RungsScorePattern *self,
                          const char        *detail)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL && detail != NULL, FALSE);

  folded = g_utf8_casefold (self->of_path ? path_of (detail) : detail, -1);
  return g_pattern_spec_match_string (self->spec, folded);
}
