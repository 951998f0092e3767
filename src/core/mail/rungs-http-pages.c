/* rungs-http-pages.c: a question over HTTP whose answer comes page by page. */

#include "mail/rungs-http-pages.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-http-request.h"
#include "mail/rungs-http-verdict.h"
#include "smtp/rungs-transport.h"
#include "wire/rungs-wire-json.h"

#define MOST_BYTES (8 * 1024 * 1024)
#define LONGEST_TEXT 400

struct _RungsHttpPages
{
  JsonObject *data;    /* (unowned) */
  JsonObject *section; /* (unowned) */
  JsonObject *auth;    /* (unowned) (nullable) */
  RungsBlanks *blanks; /* (owned) */
  const char *key;     /* (unowned) */
  gint64 now;

  gint64 items; /* so far */
  gint64 pages; /* so far */
  char *next;   /* (owned) (nullable): the address of the next page */
  char *token;  /* (owned) (nullable) */
  char *last;   /* (owned) (nullable) */
  gboolean goes_on;

  guint status;
  gint64 wait;
  gint64 date;
};

RungsHttpPages *
rungs_http_pages_new (JsonObject  *data,
                      JsonObject  *section,
                      JsonObject  *auth,
                      RungsBlanks *blanks,
                      const char  *key,
                      gint64       now)
{
  RungsHttpPages *self = g_new0 (RungsHttpPages, 1);

  self->data = data;
  self->section = section;
  self->auth = auth;
  self->blanks = blanks;
  self->key = key;
  self->now = now;
  self->goes_on = TRUE;
  return self;
}

void
rungs_http_pages_free (RungsHttpPages *self)
{
  if (self == NULL)
    return;
  rungs_blanks_free (self->blanks);
  g_free (self->next);
  g_free (self->token);
  g_free (self->last);
  g_free (self);
}

/* ---- times */

void
rungs_http_pages_set_time (RungsBlanks *blanks,
                           const char  *name,
                           gint64       at)
{
  static const char *const FORMATS[][2] = { { "unix", "%s" },
                                            { "iso", "%Y-%m-%dT%H:%M:%SZ" },
                                            { "text", "%Y-%m-%d %H:%M:%S" },
                                            { "day", "%Y-%m-%d" } };
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (at / 1000);

  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    {
      g_autofree char *blank = g_strconcat (name, "_", FORMATS[i][0], NULL);
      g_autofree char *text = date ? g_date_time_format (date, FORMATS[i][1]) : NULL;

      rungs_blanks_set (blanks, blank, text);
    }
}

/* One line; empty where there is nothing. */
static char *
dup_line (JsonNode   *node,
          const char *path)
{
  g_autofree char *text = path ? rungs_wire_json_find_text (node, path) : NULL;

  return rungs_transport_clean_line (text ? text : "", -1, LONGEST_TEXT);
}

gint64
rungs_http_pages_read_time (JsonNode   *item,
                            const char *path)
{
  g_autofree char *text = dup_line (item, path);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  char *end = NULL;
  double seconds = g_ascii_strtod (text, &end);
  g_autoptr (GDateTime) date = NULL;

  if (*text != '\0' && *end == '\0' && seconds > 0 && seconds < 1e11)
    return (gint64) (seconds * 1000);
  date = g_date_time_new_from_iso8601 (text, utc);
  return date ? g_date_time_to_unix (date) * 1000 : 0;
}

/* ---- the following page */

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* Our key goes to no other host than the one it was made for. */
static gboolean
is_same_place (const char *one,
               const char *other)
{
  g_autoptr (GUri) first = g_uri_parse (one, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) second = g_uri_parse (other, G_URI_FLAGS_ENCODED, NULL);

  return first != NULL && second != NULL
         && g_strcmp0 (g_uri_get_scheme (first), g_uri_get_scheme (second)) == 0
         && g_strcmp0 (g_uri_get_host (first), g_uri_get_host (second)) == 0
         && g_uri_get_port (first) == g_uri_get_port (second)
         && g_uri_get_userinfo (second) == NULL;
}

/* <https://…>; rel="previous", <https://…>; rel="next" */
static char *
find_link (const char *header)
{
  for (const char *open = header ? strchr (header, '<') : NULL; open != NULL;)
    {
      const char *close = strchr (open, '>');
      const char *following = close ? strchr (close, '<') : NULL;
      g_autofree char *words
        = close ? g_strndup (close, following ? (gsize) (following - close) : strlen (close))
                : NULL;

      if (words != NULL
          && (strstr (words, "rel=\"next\"") != NULL || strstr (words, "rel=next") != NULL))
        return g_strndup (open + 1, (gsize) (close - open - 1));
      open = following;
    }
  return NULL;
}

static char *
find_next (RungsHttpPages        *self,
           JsonNode              *json,
           const RungsHttpAnswer *answer)
{
  const char *next = rungs_wire_json_text (self->data, "next");

  if (next == NULL)
    return NULL;
  if (g_str_has_prefix (next, "header:"))
    {
      g_autofree char *name = g_ascii_strdown (next + strlen ("header:"), -1);

      return find_link (rungs_http_answer_get_header (answer, name));
    }
  return rungs_wire_json_find_text (json, next);
}

static void
replace (char **place,
         char  *taken)
{
  g_free (*place);
  *place = taken;
}

static gboolean
says_no_more (RungsHttpPages *self,
              JsonNode       *json)
{
  const char *path = rungs_wire_json_text (self->data, "goes_on");
  g_autofree char *says = path ? rungs_wire_json_find_text (json, path) : NULL;

  return path != NULL && g_strcmp0 (says, "true") != 0;
}

static gboolean
heed_page (RungsHttpPages         *self,
           JsonNode               *json,
           const RungsHttpAnswer  *answer,
           const char             *address,
           GError                **error)
{
  JsonArray *items = rungs_http_pages_get_items (self, json);
  guint n = items ? json_array_get_length (items) : 0;
  const char *token = rungs_wire_json_text (self->data, "token");
  g_autofree char *next = n > 0 ? find_next (self, json, answer) : NULL;
  gint64 size = rungs_wire_json_number (self->data, "size", 0);

  if (next != NULL && !is_same_place (address, next))
    return refuse (error, _ ("The provider sends us elsewhere; nothing was told there."));
  self->items += n;
  self->pages++;
  replace (&self->next, g_steal_pointer (&next));
  replace (&self->token, token ? dup_line (json, token) : NULL);
  if (n > 0)
    replace (&self->last, dup_line (json_array_get_element (items, n - 1),
                                    rungs_wire_json_text (self->data, "last")));
  self->goes_on = !says_no_more (self, json)
                  && (self->next != NULL || (self->token != NULL && *self->token != '\0')
                      || (size > 0 && n >= size));
  return TRUE;
}

JsonArray *
rungs_http_pages_get_items (RungsHttpPages *self,
                            JsonNode       *answer)
{
  const char *path = rungs_wire_json_text (self->data, "items");
  JsonNode *list = path ? rungs_wire_json_find (answer, path) : NULL;

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

/* A list that is not there is one without items. */
static gboolean
has_list (RungsHttpPages *self,
          JsonNode       *answer)
{
  const char *path = rungs_wire_json_text (self->data, "items");
  JsonNode *list = path ? rungs_wire_json_find (answer, path) : NULL;

  return list == NULL || JSON_NODE_HOLDS_ARRAY (list) || JSON_NODE_HOLDS_NULL (list);
}

/* ---- asking */

static void
set_blanks (RungsHttpPages *self)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, self->items);
  g_autofree char *page = g_strdup_printf ("%" G_GINT64_FORMAT, self->pages + 1);

  rungs_blanks_set (self->blanks, "offset", offset);
  rungs_blanks_set (self->blanks, "page", page);
  rungs_blanks_set (self->blanks, "token", self->token);
  rungs_blanks_set (self->blanks, "last", self->last);
}

static RungsHttpQuestion *
make_question (RungsHttpPages  *self,
               GError         **error)
{
  const char *address = rungs_wire_json_text (self->data, "address");
  const char *more = rungs_wire_json_text (self->data, "more");
  g_autofree char *whole
    = g_strconcat (address ? address : "", self->pages > 0 && more ? more : "", NULL);
  g_autofree char *filled = NULL;
  g_autoptr (JsonObject) data = json_object_new ();
  RungsHttpQuestion *question;

  set_blanks (self);
  filled = rungs_blanks_fill_address (self->blanks, whole);
  if (self->next != NULL && !is_same_place (filled, self->next))
    {
      refuse (error, _ ("The provider sends us elsewhere; nothing was told there."));
      return NULL;
    }
  json_object_set_string_member (data, "address", self->next ? self->next : whole);
  for (guint i = 0; i < 2; i++)
    {
      const char *member = i == 0 ? "headers" : "auth";

      if (json_object_has_member (self->data, member))
        json_object_set_member (data, member, json_object_dup_member (self->data, member));
    }
  question = rungs_http_request_make (data, self->auth, self->blanks, self->key, self->now, error);
  if (question != NULL)
    question->most = MOST_BYTES;
  return question;
}

static void
refuse_status (RungsHttpPages         *self,
               const RungsHttpAnswer  *answer,
               GError                **error)
{
  g_autofree char *words = rungs_http_verdict_dup_words (self->section, answer);
  RungsError code = RUNGS_ERROR_NETWORK;

  if (answer->status == 401 || answer->status == 403)
    code = RUNGS_ERROR_AUTH;
  else if (answer->status == 429)
    code = RUNGS_ERROR_BUSY;
  self->wait = rungs_http_answer_get_wait (answer, self->now);
  if (*self->key != '\0' && strstr (words, self->key) != NULL)
    g_set_error (error, RUNGS_ERROR, code, _ ("The provider answered with status %u."),
                 answer->status);
  else
    g_set_error_literal (error, RUNGS_ERROR, code, words);
}

static JsonNode *
read_answer (RungsHttpPages         *self,
             const RungsHttpAnswer  *answer,
             GError                **error)
{
  g_autoptr (JsonNode) json = NULL;

  if (answer->body == NULL && !answer->too_large)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
                           _ ("The provider's answer broke off."));
      return NULL;
    }
  json = rungs_http_verdict_read_json (answer);
  if (json != NULL && has_list (self, json))
    return g_steal_pointer (&json);
  refuse (error, _ ("The provider's answer could not be understood."));
  return NULL;
}

/* RFC 9110, 6.6.1 */
static gint64
read_date (const RungsHttpAnswer *answer)
{
  static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const char *header = rungs_http_answer_get_header (answer, "date");
  int day, year, hour, minute, second;
  char month[4] = "";
  const char *found;
  g_autoptr (GDateTime) date = NULL;

  if (header == NULL
      || sscanf (header, "%*3s, %2d %3s %4d %2d:%2d:%2d", &day, month, &year, &hour, &minute,
                 &second)
           != 6
      || strlen (month) != 3 || (found = strstr (MONTHS, month)) == NULL)
    return 0;
  date = g_date_time_new_utc (year, (int) (found - MONTHS) / 3 + 1, day, hour, minute, second);
  return date ? g_date_time_to_unix (date) * 1000 : 0;
}

JsonNode *
rungs_http_pages_ask (RungsHttpPages  *self,
                      RungsHttpLine   *line,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_autoptr (RungsHttpQuestion) question = NULL;
  g_auto (RungsHttpAnswer) answer = { 0 };
  g_autoptr (JsonNode) json = NULL;

  g_return_val_if_fail (self != NULL && line != NULL, NULL);

  self->status = 0;
  self->wait = 0;
  question = make_question (self, error);
  if (question == NULL || !rungs_http_line_ask (line, question, cancellable, &answer, error))
    return NULL;
  self->status = answer.status;
  self->date = read_date (&answer);
  if (answer.status < 200 || answer.status >= 300)
    {
      refuse_status (self, &answer, error);
      return NULL;
    }
  json = read_answer (self, &answer, error);
  if (json == NULL || !heed_page (self, json, &answer, question->address, error))
    return NULL;
  return g_steal_pointer (&json);
}

/* ---- state */

gboolean
rungs_http_pages_goes_on (RungsHttpPages *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->goes_on;
}

void
rungs_http_pages_restart (RungsHttpPages *self)
{
  g_return_if_fail (self != NULL);

  self->items = 0;
  self->pages = 0;
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->last, g_free);
}

RungsBlanks *
rungs_http_pages_get_blanks (RungsHttpPages *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->blanks;
}

guint
rungs_http_pages_get_status (RungsHttpPages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

gint64
rungs_http_pages_get_wait (RungsHttpPages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->wait;
}

gint64
rungs_http_pages_get_date (RungsHttpPages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->date;
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

JsonNode *
rungs_http_pages_dup_position (RungsHttpPages *self)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (self != NULL, node);

  json_node_take_object (node, object);
  if (self->next != NULL && *self->key != '\0' && strstr (self->next, self->key) != NULL)
    return node;
  json_object_set_int_member (object, "items", self->items);
  json_object_set_int_member (object, "pages", self->pages);
  set_text (object, "next", self->next);
  set_text (object, "token", self->token);
  set_text (object, "last", self->last);
  return node;
}

void
rungs_http_pages_set_position (RungsHttpPages *self,
                               JsonNode       *position)
{
  JsonObject *object;

  g_return_if_fail (self != NULL && position != NULL);

  if (!JSON_NODE_HOLDS_OBJECT (position))
    return;
  object = json_node_get_object (position);
  self->items = rungs_wire_json_number (object, "items", 0);
  self->pages = rungs_wire_json_number (object, "pages", 0);
  replace (&self->next, g_strdup (rungs_wire_json_text (object, "next")));
  replace (&self->token, g_strdup (rungs_wire_json_text (object, "token")));
  replace (&self->last, g_strdup (rungs_wire_json_text (object, "last")));
}
