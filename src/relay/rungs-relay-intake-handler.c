/* rungs-relay-intake-handler.c: takes deliveries in at "/in/PATH". */

#include "rungs-relay-intake-handler.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-keep.h"
#include "wire/rungs-relay-protocol.h"

static void
take (RungsRelayHouse   *house,
      SoupServerMessage *message)
{
  g_autoptr (RungsRawDelivery) raw = rungs_relay_raw_new (house, message, FALSE);

  if (raw == NULL)
    return;
  rungs_relay_answer_text (message, SOUP_STATUS_OK, "ok\n");
  rungs_relay_keep (house, message, raw, FALSE, NULL, NULL);
}

/* Meta asks with a GET whether an endpoint is ours, and wants its challenge back:
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
static gboolean
shake_hands (SoupServerMessage *message,
             GHashTable        *query,
             const char        *word)
{
  const char *mode = query != NULL ? g_hash_table_lookup (query, "hub.mode") : NULL;
  const char *told = query != NULL ? g_hash_table_lookup (query, "hub.verify_token") : NULL;
  const char *challenge = query != NULL ? g_hash_table_lookup (query, "hub.challenge") : NULL;

  if (g_strcmp0 (mode, "subscribe") != 0 || g_strcmp0 (told, word) != 0 || challenge == NULL)
    return FALSE;
  rungs_relay_answer_text (message, SOUP_STATUS_OK, challenge);
  return TRUE;
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  RungsRelayHouse *house = data;
  const char *method = soup_server_message_get_method (message);
  const char *handshake = NULL;
  gboolean known = g_str_has_prefix (path, RUNGS_RELAY_IN)
                   && rungs_relay_published_has (house->published,
                                                 path + strlen (RUNGS_RELAY_IN), &handshake);

  if (!rungs_relay_house_may_ask (house, message))
    return;
  if (!known)
    {
      house->counts.unknown++;
      rungs_relay_answer_refused (message, SOUP_STATUS_NOT_FOUND, "there is nothing here", 0);
    }
  else if (rungs_relay_gate_is_too_large (message))
    {
      house->counts.too_large++;
      rungs_relay_answer_refused (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                  "this is larger than a delivery may be", 0);
    }
  else if (method == SOUP_METHOD_POST || method == SOUP_METHOD_PUT)
    {
      if (rungs_relay_has_room (house, message))
        take (house, message);
    }
  else if (method != SOUP_METHOD_GET || handshake == NULL
           || !shake_hands (message, query, handshake))
    rungs_relay_answer_not_so (message, "POST, PUT");
}

void
rungs_relay_intake_add (SoupServer      *server,
                        RungsRelayHouse *house)
{
  soup_server_add_handler (server, RUNGS_RELAY_IN, asked_cb, house, NULL);
}
