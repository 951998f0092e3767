/* rungs-web-pull-body.h: what an item of a provider's answer becomes. */

#pragma once

#include <json-glib/json-glib.h>

#include "wire/rungs-blanks.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* All lent. */
typedef struct
{
  JsonObject *question; /* of the file: web/rungs-web-pull.h */
  const RungsBlanks *blanks;
  const char *path; /* of the endpoint */
  gint64 now;
  JsonNode *page;
  JsonNode *about; /* (nullable) */
} RungsWebPullBody;

/* Adds the deliveries that `item` becomes. */
void rungs_web_pull_body_add (const RungsWebPullBody *self,
                              JsonNode               *item,
                              GPtrArray              *deliveries);

G_END_DECLS
