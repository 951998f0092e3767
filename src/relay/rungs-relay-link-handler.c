/* rungs-relay-link-handler.c: links of mail and of sources.
 *
 * Scanners of mail follow links, so that asking for a page changes nothing: only what its form (or
 * a mail program, RFC 8058) posts is kept of "/u/" and "/c/". A link leads only to where its
 * signature, or the source that was put up, says. Who follows one is led on even where that cannot
 * be kept. */

#include "rungs-relay-link-handler.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-keep.h"
#include "rungs-relay-page.h"
#include "rungs-relay-touch.h"
#include "wire/rungs-link.h"
#include "wire/rungs-relay-protocol.h"

/* What is passed on to where a source leads. */
#define PASSED_MOST 2048

/* One request for a link. */
typedef struct
{
  RungsRelayHouse *house;
  SoupServerMessage *message;
  GHashTable *query; /* (nullable) */
} Asked;

static gboolean
reads (const Asked *asked)
{
  const char *method = soup_server_message_get_method (asked->message);

  return method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD;
}

/* Keeps that a link was followed, where there is room, and leads on. */
static void
lead_on (const Asked *asked,
         const char  *to)
{
  g_auto (GStrv) languages = rungs_relay_page_languages (asked->message, asked->query, NULL);
  g_autoptr (RungsRawDelivery) raw = NULL;

  if (rungs_relay_has_room (asked->house, NULL))
    raw = rungs_relay_raw_new (asked->house, asked->message, TRUE);
  rungs_relay_answer_elsewhere (asked->message, to);
  if (raw == NULL)
    return;
  if (languages[0] != NULL)
    rungs_raw_delivery_add_header (raw, "Rungs-Language", languages[0]);
  rungs_relay_keep (asked->house, asked->message, raw, TRUE, NULL, NULL);
}

/* ---- clicks */

static void
follow (const Asked     *asked,
        const RungsLink *link,
        const char      *token)
{
  if (!reads (asked))
    {
      rungs_relay_answer_not_so (asked->message, "GET, HEAD");
      return;
    }
  asked->house->counts.clicks++;
  lead_on (asked, link->rest);
}

/* ---- unsubscribing and confirming */

/* The page that asks at `prefix`, the page after it was done, and how often it was. */
static void
ask_or_do (const Asked        *asked,
           const char         *prefix,
           const char         *token,
           RungsRelayPageKind  asks,
           RungsRelayPageKind  done,
           guint64            *count)
{
  RungsRelayHouse *house = asked->house;
  SoupServerMessage *message = asked->message;
  g_auto (GStrv) found = rungs_relay_page_languages (message, asked->query, NULL);
  const char *const *languages = (const char *const *) found;
  g_autofree char *action = g_strconcat (prefix, token, NULL);
  RungsRelayBlanks blanks = { .action = action };
  g_autoptr (RungsRawDelivery) raw = NULL;

  if (reads (asked))
    rungs_relay_page_answer (house, message, SOUP_STATUS_OK, asks, languages, &blanks);
  else if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    rungs_relay_answer_not_so (message, "GET, HEAD, POST");
  else if (rungs_relay_has_room (house, message)
           && (raw = rungs_relay_raw_new (house, message, TRUE)) != NULL)
    {
      (*count)++;
      rungs_relay_page_add_language (house, raw, done, languages);
      rungs_relay_page_answer (house, message, SOUP_STATUS_OK, done, languages, &blanks);
      rungs_relay_keep (house, message, raw, FALSE, NULL, NULL);
    }
}

static void
unsubscribe (const Asked     *asked,
             const RungsLink *link,
             const char      *token)
{
  ask_or_do (asked, RUNGS_RELAY_UNSUBSCRIBE, token, RUNGS_RELAY_PAGE_UNSUBSCRIBE,
             RUNGS_RELAY_PAGE_UNSUBSCRIBED, &asked->house->counts.unsubscribes);
}

static void
confirm (const Asked     *asked,
         const RungsLink *link,
         const char      *token)
{
  ask_or_do (asked, RUNGS_RELAY_CONFIRM, token, RUNGS_RELAY_PAGE_CONFIRM,
             RUNGS_RELAY_PAGE_CONFIRMED, &asked->house->counts.confirms);
}

/* ---- which link it is */

static const struct
{
  const char *prefix;
  RungsLinkKind kind;
  void (*answer) (const Asked     *asked,
                  const RungsLink *link,
                  const char      *token);
} LINKS[] = {
  { RUNGS_RELAY_CLICK, RUNGS_LINK_CLICK, follow },
  { RUNGS_RELAY_UNSUBSCRIBE, RUNGS_LINK_UNSUBSCRIBE, unsubscribe },
  { RUNGS_RELAY_CONFIRM, RUNGS_LINK_CONFIRM, confirm },
};

static void
answer_link (const Asked *asked,
             const char  *path)
{
  GPtrArray *keys = rungs_relay_published_get_link_keys (asked->house->published);
  g_auto (RungsLink) link = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (LINKS); i++)
    {
      const char *token = path + strlen (LINKS[i].prefix);

      if (g_str_has_prefix (path, LINKS[i].prefix) && rungs_link_parse (keys, token, &link, NULL)
          && link.kind == LINKS[i].kind)
        {
          LINKS[i].answer (asked, &link, token);
          return;
        }
    }
  rungs_relay_page_answer_gone (asked->house, asked->message, asked->query);
}

static void
link_asked_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           data)
{
  const Asked asked = { data, message, query };

  if (!rungs_relay_house_may_ask (asked.house, message))
    return;
  if (rungs_relay_gate_is_too_large (message))
    rungs_relay_answer_refused (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                "this is too large", 0);
  else
    answer_link (&asked, path);
}

/* ---- sources */

/* Whether it can stand behind an address without changing where that is: no other site, no way up,
 * nothing that a browser reads as a slash. */
static gboolean
is_within (const char *path)
{
  g_autofree char *plain = g_uri_unescape_string (path, NULL);
  g_auto (GStrv) parts = plain != NULL ? g_strsplit (plain, "/", -1) : NULL;

  if (parts == NULL || !g_utf8_validate (plain, -1, NULL) || strlen (path) > PASSED_MOST
      || strpbrk (plain, "\\?#") != NULL)
    return FALSE;
  for (const char *at = plain; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      return FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    if (strcmp (parts[i], "..") == 0 || strcmp (parts[i], ".") == 0
        || (*parts[i] == '\0' && i > 0 && parts[i + 1] != NULL))
      return FALSE;
  return TRUE;
}

static gboolean
is_same_site (GUri *one,
              GUri *other)
{
  return g_strcmp0 (g_uri_get_scheme (one), g_uri_get_scheme (other)) == 0
         && g_strcmp0 (g_uri_get_host (one), g_uri_get_host (other)) == 0
         && g_uri_get_port (one) == g_uri_get_port (other)
         && g_uri_get_userinfo (other) == NULL;
}

/* The address of a source with `below` behind its path, or `path` instead of it, and `passed` in
 * its query; each (nullable). Returns: (transfer full): where that would be another site, the
 * source's address itself. */
static char *
join (const char *to,
      const char *below,
      const char *path,
      const char *passed)
{
  g_autoptr (GUri) uri
    = g_uri_parse (to, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  const char *own = g_uri_get_query (uri);
  gboolean has_both = own != NULL && passed != NULL;
  g_autofree char *query = g_strconcat (own != NULL ? own : "", has_both ? "&" : "",
                                        passed != NULL ? passed : "", NULL);
  const char *base = g_uri_get_path (uri);
  g_autofree char *whole = NULL;
  g_autofree char *joined = NULL;
  g_autoptr (GUri) made = NULL;

  if (path != NULL)
    whole = g_strdup (path);
  else if (below != NULL)
    whole = g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", below, NULL);
  else
    whole = g_strdup (base);
  joined = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                       g_uri_get_port (uri), whole, *query != '\0' ? query : NULL,
                       g_uri_get_fragment (uri));
  made = g_uri_parse (joined, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  return made != NULL && is_same_site (uri, made) && rungs_link_is_target (joined)
           ? g_steal_pointer (&joined)
           : g_strdup (to);
}

/* What stands behind the "?", without what is meant for us: campaign tags and the like. */
static char *
passed_of (SoupServerMessage *message)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);
  GString *passed = g_string_new (NULL);

  if (query != NULL && strlen (query) <= PASSED_MOST)
    for (guint i = 0; parts[i] != NULL; i++)
      if (*parts[i] != '\0' && !g_str_has_prefix (parts[i], "to="))
        g_string_append_printf (passed, "%s%s", passed->len > 0 ? "&" : "", parts[i]);
  return g_string_free (passed, passed->len == 0);
}

/* "?to=/prices", escaped as an address has it. */
static char *
path_of (GHashTable *query)
{
  const char *to = query != NULL ? g_hash_table_lookup (query, "to") : NULL;

  return to != NULL && *to == '/' && is_within (to)
           ? g_uri_escape_string (to, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE)
           : NULL;
}

static char *
where_to (const Asked            *asked,
          const RungsRelaySource *source,
          const char             *rest)
{
  g_autofree char *path = path_of (asked->query);
  g_autofree char *passed = passed_of (asked->message);
  g_autofree char *below
    = *rest != '\0' && is_within (rest)
        ? g_uri_escape_string (rest, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE)
        : NULL;

  return join (source->to, below, path, passed);
}

/* A visit of a source: HEAD leads there, too, but nobody has come. */
static void
arrive (const Asked            *asked,
        const RungsRelaySource *source,
        const char             *rest)
{
  RungsRelayHouse *house = asked->house;
  g_autofree char *to = where_to (asked, source, rest);

  if (soup_server_message_get_method (asked->message) == SOUP_METHOD_HEAD)
    {
      rungs_relay_answer_elsewhere (asked->message, to);
      return;
    }
  house->counts.arrivals++;
  lead_on (asked, to);
  rungs_relay_touch_remember (house, asked->message, source, rungs_clock_now (house->clock));
}

static void
source_asked_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 const char        *path,
                 GHashTable        *query,
                 gpointer           data)
{
  const Asked asked = { data, message, query };
  const char *code = path + MIN (strlen (path), strlen (RUNGS_RELAY_SOURCE));
  g_auto (GStrv) parts = g_strsplit (code, "/", 2);
  const RungsRelaySource *source = NULL;

  if (!rungs_relay_house_may_ask (asked.house, message))
    return;
  if (g_str_has_prefix (path, RUNGS_RELAY_SOURCE) && parts[0] != NULL)
    source = rungs_relay_published_find_source (asked.house->published, parts[0]);
  if (source == NULL)
    rungs_relay_page_answer_gone (asked.house, message, query);
  else if (!reads (&asked))
    rungs_relay_answer_not_so (message, "GET, HEAD");
  else
    arrive (&asked, source, parts[1] != NULL ? parts[1] : "");
}

void
rungs_relay_links_add (SoupServer      *server,
                       RungsRelayHouse *house)
{
  for (guint i = 0; i < G_N_ELEMENTS (LINKS); i++)
    soup_server_add_handler (server, LINKS[i].prefix, link_asked_cb, house, NULL);
  soup_server_add_handler (server, RUNGS_RELAY_SOURCE, source_asked_cb, house, NULL);
}
