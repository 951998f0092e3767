/* rungs-relay-house.c: who asks. */

#include "rungs-relay-house.h"

#include <string.h>

#include "rungs-relay-meter.h"

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
