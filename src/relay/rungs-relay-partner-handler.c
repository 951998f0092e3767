/* rungs-relay-partner-handler.c: the private pages of partners at "/partner/TOKEN".
 *
 * They are read, and nothing else: no script, no form, no cookie, nothing from elsewhere; nobody
 * keeps a copy, no machine lists them, and nobody they link to learns their address. Visits are
 * not counted. */

#include "rungs-relay-partner-handler.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-page.h"
#include "wire/rungs-relay-protocol.h"

static void
answer (SoupServerMessage           *message,
        const RungsRelayPartnerPage *page)
{
  g_autoptr (GString) policy = g_string_new (
      "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'");

  if (*page->styles != '\0')
    g_string_append_printf (policy, "; style-src %s", page->styles);
  rungs_relay_answer_page (message, SOUP_STATUS_OK, page->html, policy->str);
}

/* What is refused is not to be listed either: machines that look for such addresses learn nothing
 * from it. */
static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  RungsRelayHouse *house = data;
  const char *method = soup_server_message_get_method (message);
  const RungsRelayPartnerPage *page = NULL;

  if (!rungs_relay_house_may_ask (house, message))
    return;
  if (g_str_has_prefix (path, RUNGS_RELAY_PARTNER))
    page = rungs_relay_partners_find (house->partners, path + strlen (RUNGS_RELAY_PARTNER));
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "X-Robots-Tag", "noindex, nofollow");
  if (page == NULL)
    rungs_relay_page_answer_gone (house, message, query);
  else if (method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD)
    answer (message, page);
  else
    rungs_relay_answer_not_so (message, "GET, HEAD");
}

void
rungs_relay_partners_add (SoupServer      *server,
                          RungsRelayHouse *house)
{
  soup_server_add_handler (server, RUNGS_RELAY_PARTNER, asked_cb, house, NULL);
}
