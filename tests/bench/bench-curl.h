/* bench-curl.h: the program curl, which sends by libcurl, to be measured against. */

#pragma once

#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/* How many messages a second `n` runs of curl at the same time hand over, each `each` copies of
 * `message` by one connection. */
double bench_curl (const RungsSmtpSettings *settings,
                   GBytes                  *message,
                   guint                    n,
                   guint                    each);

G_END_DECLS
