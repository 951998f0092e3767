/* rungs-relay-page.c: pages as people get them. */

#include "rungs-relay-page.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-plain.h"

/* ---- blanks */

/* Adds what stands in the blank at `at`. Returns: how long that is with its braces; 0: none. */
static gsize
add_blank (GString                *page,
           const char             *at,
           const char             *language,
           const RungsRelayBlanks *blanks)
{
  const struct
  {
    const char *name;
    const char *value;
    gboolean is_html;
  } names[] = {
    { "{{action}}", blanks->action, FALSE },
    { "{{hidden}}", blanks->hidden, TRUE },
    { "{{token}}", blanks->token, FALSE },
    { "{{language}}", language, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (at, names[i].name))
      {
        const char *value = names[i].value != NULL ? names[i].value : "";
        g_autofree char *safe = names[i].is_html ? NULL : g_markup_escape_text (value, -1);

        g_string_append (page, safe != NULL ? safe : value);
        return strlen (names[i].name);
      }
  return 0;
}

char *
rungs_relay_page_fill (const char             *html,
                       const char             *language,
                       const RungsRelayBlanks *blanks)
{
  GString *page = g_string_sized_new (strlen (html) + 256);
  const char *open;

  while ((open = strstr (html, "{{")) != NULL)
    {
      gsize length;

      g_string_append_len (page, html, open - html);
      length = add_blank (page, open, language, blanks);
      if (length == 0)
        g_string_append_c (page, *open);
      html = open + MAX (length, 1);
    }
  g_string_append (page, html);
  return g_string_free (page, FALSE);
}

void
rungs_relay_page_add_hidden (GString    *html,
                             const char *name,
                             const char *value)
{
  g_autofree char *safe_name = g_markup_escape_text (name, -1);
  g_autofree char *safe_value = g_markup_escape_text (value, -1);

  g_string_append_printf (html, "<input type=\"hidden\" name=\"%s\" value=\"%s\">", safe_name,
                          safe_value);
}

/* ---- answers */

GStrv
rungs_relay_page_languages (SoupServerMessage *message,
                            GHashTable        *query,
                            const char        *otherwise)
{
  const char *asked = query != NULL ? g_hash_table_lookup (query, "lang") : NULL;

  return rungs_relay_languages_of (
    asked != NULL ? asked : otherwise,
    soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                   "Accept-Language"));
}

static char *
policy_of (RungsRelayHouse     *house,
           const char          *styles,
           RungsRelayPageRights rights)
{
  GString *policy = g_string_new ("default-src 'none'; base-uri 'none'; frame-ancestors 'none';"
                                  " img-src 'self' https: data:; form-action 'self'");

  g_string_append (policy, rungs_relay_published_get_targets (house->published));
  if (*styles != '\0')
    g_string_append_printf (policy, "; style-src %s", styles);
  if (rights & RUNGS_RELAY_MAY_STYLE)
    g_string_append (policy, "; style-src-attr 'unsafe-inline'");
  if (rights & RUNGS_RELAY_MAY_WORK)
    g_string_append (policy, "; script-src 'self'; connect-src 'self'");
  return g_string_free (policy, FALSE);
}

void
rungs_relay_page_answer_html (RungsRelayHouse     *house,
                              SoupServerMessage   *message,
                              guint                status,
                              const char          *html,
                              const char          *styles,
                              RungsRelayPageRights rights)
{
  g_autofree char *policy = policy_of (house, styles, rights);

  rungs_relay_answer_page (message, status, html, policy);
}

void
rungs_relay_page_answer (RungsRelayHouse        *house,
                         SoupServerMessage      *message,
                         guint                   status,
                         RungsRelayPageKind      kind,
                         const char *const      *languages,
                         const RungsRelayBlanks *blanks)
{
  const RungsRelayPage *page
    = rungs_relay_published_find_page (house->published, kind, languages);
  g_autofree char *plain = page == NULL ? rungs_relay_plain_page_of (kind) : NULL;
  g_autofree char *html = rungs_relay_page_fill (page != NULL ? page->html : plain,
                                                 page != NULL ? page->language : "en", blanks);

  rungs_relay_page_answer_html (house, message, status, html,
                                page != NULL ? page->styles : RUNGS_RELAY_PLAIN_STYLES,
                                RUNGS_RELAY_MAY_POST);
}

void
rungs_relay_page_answer_gone (RungsRelayHouse   *house,
                              SoupServerMessage *message,
                              GHashTable        *query)
{
  g_auto (GStrv) languages = rungs_relay_page_languages (message, query, NULL);

  house->counts.unknown++;
  rungs_relay_page_answer (house, message, SOUP_STATUS_NOT_FOUND, RUNGS_RELAY_PAGE_GONE,
                           (const char *const *) languages, &(RungsRelayBlanks){ NULL });
}

void
rungs_relay_page_add_language (RungsRelayHouse   *house,
                               RungsRawDelivery  *raw,
                               RungsRelayPageKind kind,
                               const char *const *languages)
{
  const RungsRelayPage *page
    = rungs_relay_published_find_page (house->published, kind, languages);
  const char *wanted = languages[0] != NULL ? languages[0] : "en";

  rungs_raw_delivery_add_header (raw, "Rungs-Language", page != NULL ? page->language : wanted);
}
