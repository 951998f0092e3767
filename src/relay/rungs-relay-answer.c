/* rungs-relay-answer.c: how a request is answered. */

#include "rungs-relay-answer.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-json-members.h"
#include "rungs-relay-plain.h"

void
rungs_relay_answer_text (SoupServerMessage *message,
                         guint              status,
                         const char        *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
answer_error (SoupServerMessage *message,
              const char        *words)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *body = NULL;

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "error", words);
  json_builder_end_object (builder);
  body = rungs_json_dup (builder);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static gboolean
wants_page (SoupServerMessage *message)
{
  const char *accept
    = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept");

  return accept != NULL && strstr (accept, "text/html") != NULL;
}

void
rungs_relay_answer_refused (SoupServerMessage *message,
                            guint              status,
                            const char        *words,
                            guint              retry_after)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *seconds = g_strdup_printf ("%u", retry_after);

  soup_message_headers_remove (headers, "Location");
  soup_message_headers_remove (headers, "Set-Cookie");
  if (wants_page (message))
    {
      g_autofree char *page = rungs_relay_plain_page ("This did not work", words, NULL);

      rungs_relay_answer_page (message, status, page, RUNGS_RELAY_PLAIN_POLICY);
    }
  else
    {
      soup_server_message_set_status (message, status, NULL);
      answer_error (message, words);
    }
  if (retry_after > 0)
    soup_message_headers_replace (headers, "Retry-After", seconds);
}

void
rungs_relay_answer_page (SoupServerMessage *message,
                         guint              status,
                         const char        *html,
                         const char        *policy)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, html,
                                    strlen (html));
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Security-Policy", policy);
}

void
rungs_relay_answer_elsewhere (SoupServerMessage *message,
                              const char        *to)
{
  rungs_relay_answer_text (message, SOUP_STATUS_SEE_OTHER, "");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                to);
}

void
rungs_relay_answer_not_so (SoupServerMessage *message,
                           const char        *methods)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                methods);
  rungs_relay_answer_refused (message, SOUP_STATUS_METHOD_NOT_ALLOWED,
                              "this cannot be asked in this way", 0);
}

void
rungs_relay_answer_bytes (SoupServerMessage *message,
                          const char        *type,
                          GBytes            *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, type, NULL);
  if (g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  g_bytes_unref (body);
}

void
rungs_relay_answer_be_strict (SoupServerMessage *message,
                              gboolean           encrypted)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; frame-ancestors 'none'");
  soup_message_headers_replace (headers, "X-Frame-Options", "DENY");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (encrypted)
    soup_message_headers_replace (headers, "Strict-Transport-Security", "max-age=31536000");
}
