/* rungs-web-own.c: what comes in at our own paths. */

#include "web/rungs-web-own.h"

#include <string.h>

#include "web/rungs-opt-in-apply.h"
#include "web/rungs-opt-in-asked.h"
#include "web/rungs-web-clicks.h"
#include "web/rungs-web-sources.h"
#include "web/rungs-web-unsubscribe.h"
#include "web/rungs-web-visits.h"

typedef struct
{
  const char *part; /* the first one of the path */
  RungsWebOwnFunc apply;
} Own;

static const Own OWNS[] = {
  { "/c", rungs_opt_in_confirm_apply },
  { "/f", rungs_opt_in_apply },
  { "/l", rungs_web_click_apply },
  { "/m", rungs_opt_in_asked_apply },
  { "/r", rungs_web_source_followed_apply },
  { "/u", rungs_web_unsubscribe_apply },
  { "/v", rungs_web_visits_apply },
};

/* Behind the first part of `path`: its end, or "/", or "?". */
static const char *
get_behind (const char *path)
{
  return *path == '/' ? path + 1 + strcspn (path + 1, "/?") : path;
}

RungsWebOwnFunc
rungs_web_own_find (const char *path)
{
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  length = (gsize) (get_behind (path) - path);
  for (gsize i = 0; i < G_N_ELEMENTS (OWNS); i++)
    if (strlen (OWNS[i].part) == length && strncmp (OWNS[i].part, path, length) == 0)
      return OWNS[i].apply;
  return NULL;
}

char *
rungs_web_own_dup_rest (const RungsRawDelivery *raw)
{
  const char *behind;

  g_return_val_if_fail (raw != NULL, NULL);

  behind = get_behind (raw->path);
  behind += *behind == '/';
  return g_strndup (behind, strcspn (behind, "?"));
}
