/* rungs-relay-script-handler.c: the relay's scripts. */

#include "rungs-relay-script-handler.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-scripts-resources.h"

#define FOLDER "/app/rungs/Rungs/relay"

/* Other sites load them, and may keep them for an hour. */
static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *method = soup_server_message_get_method (message);
  g_autofree char *name = g_strconcat (FOLDER, path, NULL);
  GBytes *script = NULL;

  if (!rungs_relay_house_may_ask (data, message))
    return;
  if (method != SOUP_METHOD_GET && method != SOUP_METHOD_HEAD)
    {
      rungs_relay_answer_not_so (message, "GET, HEAD");
      return;
    }
  script = g_resource_lookup_data (rungs_relay_scripts_get_resource (), name,
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (script == NULL)
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_NOT_FOUND, "there is nothing here", 0);
      return;
    }
  rungs_relay_answer_bytes (message, "text/javascript; charset=utf-8", script);
  soup_message_headers_replace (headers, "Cache-Control", "public, max-age=3600");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "cross-origin");
}

void
rungs_relay_scripts_add (SoupServer      *server,
                         RungsRelayHouse *house)
{
  soup_server_add_handler (server, "/f.js", asked_cb, house, NULL);
  soup_server_add_handler (server, "/v.js", asked_cb, house, NULL);
}
