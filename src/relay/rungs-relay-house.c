/* rungs-relay-house.c: who asks, and whether that can be heard. */

#include "rungs-relay-house.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-meter.h"

#define RETRY_AFTER 5

gboolean
rungs_relay_house_is_closing (RungsRelayHouse   *self,
                              SoupServerMessage *message)
{
  if (self->is_closing)
    rungs_relay_answer_refused (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "the relay is closing",
                                RETRY_AFTER);
  return self->is_closing;
}

gboolean
rungs_relay_house_may_ask (RungsRelayHouse   *self,
                           SoupServerMessage *message)
{
  g_autofree char *host = rungs_relay_house_host_of (self, message);

  if (self->meter == NULL || rungs_relay_meter_take (self->meter, host, g_get_monotonic_time ()))
    return TRUE;
  self->counts.too_many++;
  rungs_relay_answer_refused (message, RUNGS_STATUS_TOO_MANY_REQUESTS,
                              "this address asks too often", RETRY_AFTER);
  return FALSE;
}

gboolean
rungs_relay_house_is_encrypted (const RungsRelayHouse *self)
{
  return self->options.certificate != NULL || self->options.is_behind_proxy;
}

static gboolean
is_of_this_machine (GSocketAddress *address)
{
  return G_IS_INET_SOCKET_ADDRESS (address)
         && g_inet_address_get_is_loopback (
           g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* What the proxy itself has added: the last one; those before it anybody can write. */
static char *
forwarded_for (SoupServerMessage *message)
{
  const char *list
    = soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                     "X-Forwarded-For");
  const char *comma = list != NULL ? strrchr (list, ',') : NULL;

  return list != NULL ? g_strstrip (g_strdup (comma != NULL ? comma + 1 : list)) : NULL;
}

char *
rungs_relay_house_address_of (RungsRelayHouse   *self,
                              SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);
  char *told = NULL;

  if (self->options.is_behind_proxy && is_of_this_machine (address))
    told = forwarded_for (message);
  if (told != NULL)
    return told;
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("");
  return g_inet_address_to_string (
    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

char *
rungs_relay_house_host_of (RungsRelayHouse   *self,
                           SoupServerMessage *message)
{
  g_autofree char *address = rungs_relay_house_address_of (self, message);
  char *host = rungs_relay_host_of_text (address);

  return host != NULL ? host : g_strdup ("");
}
