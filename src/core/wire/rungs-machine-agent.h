/* rungs-machine-agent.h: programs that ask for pages and follow links without anybody looking. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a request was made by a crawler, a scanner of mails, a preview or a script, as far as its
 * header User-Agent tells. `agent` (nullable): NULL and "" are machines, too, for every browser
 * tells what it is. */
gboolean rungs_machine_agent_is (const char *agent);

G_END_DECLS
