/* rungs-relay-page-handler.c: landing pages at "/p/SLUG". */

#include "rungs-relay-page-handler.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-page.h"
#include "rungs-relay-touch.h"
#include "rungs-relay-visit-handler.h"
#include "wire/rungs-relay-protocol.h"

/* By which source somebody came: what the address says, else what the browser remembers; nothing of
 * those who do not want to be followed. */
static char *
code_of (RungsRelayHouse   *house,
         SoupServerMessage *message,
         GHashTable        *query)
{
  const char *told = query != NULL ? g_hash_table_lookup (query, "r") : NULL;

  if (rungs_relay_touch_is_unwanted (message))
    return g_strdup ("");
  return told != NULL ? g_strdup (told)
                      : rungs_relay_touch_dup_last (house, message,
                                                    rungs_clock_now (house->clock));
}

static void
answer (RungsRelayHouse      *house,
        SoupServerMessage    *message,
        GHashTable           *query,
        const RungsRelayPage *page)
{
  g_autofree char *html
    = rungs_relay_page_fill (page->html, page->language, &(RungsRelayBlanks){ NULL });
  g_autofree char *path = g_strconcat (RUNGS_RELAY_PAGE, page->slug, NULL);
  g_autofree char *code = code_of (house, message, query);

  rungs_relay_page_answer_html (house, message, SOUP_STATUS_OK, html, page->styles,
                                RUNGS_RELAY_MAY_WORK | RUNGS_RELAY_MAY_STYLE);
  if (soup_server_message_get_method (message) == SOUP_METHOD_GET)
    rungs_relay_visits_note (house, message, path, page->variant, code);
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
  const char *variant = query != NULL ? g_hash_table_lookup (query, "v") : NULL;
  g_auto (GStrv) languages = rungs_relay_page_languages (message, query, NULL);
  const RungsRelayPage *page = NULL;

  if (!rungs_relay_house_may_ask (house, message))
    return;
  if (g_str_has_prefix (path, RUNGS_RELAY_PAGE))
    page = rungs_relay_published_find_landing (house->published, path + strlen (RUNGS_RELAY_PAGE),
                                               variant, (const char *const *) languages);
  if (page == NULL)
    rungs_relay_page_answer_gone (house, message, query);
  else if (method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD)
    answer (house, message, query, page);
  else
    rungs_relay_answer_not_so (message, "GET, HEAD");
}

void
rungs_relay_pages_add (SoupServer      *server,
                       RungsRelayHouse *house)
{
  soup_server_add_handler (server, RUNGS_RELAY_PAGE, asked_cb, house, NULL);
}
