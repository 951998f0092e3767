/* rungs-event-pull.c: asks a provider what became of mail, as its file says. */

#include "mail/rungs-event-pull.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "mail/rungs-http-request.h"
#include "mail/rungs-http-verdict.h"
#include "mail/rungs-transport.h"
#include "wire/rungs-wire-json.h"

#define USUAL_MINUTES 5
#define USUAL_PAGES 50
#define MOST_BYTES (8 * 1024 * 1024)
#define LONGEST_TEXT 400

/* One question under way. */
typedef struct
{
  const RungsEventPull *pull;
  JsonObject *section; /* (unowned): "mail_events" */
  JsonObject *data;    /* (unowned): of the question */
  RungsBlanks *blanks; /* (owned) */
  GPtrArray *events;   /* (owned) */
  guint64 items;       /* seen so far */
  char *next;          /* (owned) (nullable): the address of the next page */
  gint64 since;
  gboolean goes_on;
  gboolean is_over; /* the items have become older than what was heard */
} Asking;

static void
event_free (gpointer data)
{
  RungsPulledEvent *self = data;

  g_free (self->event);
  g_free (self->message);
  g_free (self->email);
  g_free (self->words);
  g_free (self);
}

/* ---- what the file says */

static JsonArray *
get_pulls (const RungsProvider *provider)
{
  JsonObject *section = rungs_provider_get_section (provider, RUNGS_PROVIDER_MAIL_EVENTS);

  return section ? rungs_wire_json_array (section, "pulls") : NULL;
}

static JsonObject *
get_pull (JsonArray *pulls,
          guint      place)
{
  JsonNode *node = json_array_get_element (pulls, place);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

GStrv
rungs_event_pull_list (const RungsProvider *provider)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonArray *pulls;

  g_return_val_if_fail (provider != NULL, NULL);

  pulls = get_pulls (provider);
  for (guint i = 0; pulls != NULL && i < json_array_get_length (pulls); i++)
    if (get_pull (pulls, i) != NULL
        && rungs_wire_json_text (get_pull (pulls, i), "name") != NULL)
      g_strv_builder_add (names, rungs_wire_json_text (get_pull (pulls, i), "name"));
  return g_strv_builder_end (names);
}

static JsonObject *
find_pull (const RungsProvider *provider,
           const char          *name)
{
  JsonArray *pulls = get_pulls (provider);

  for (guint i = 0; pulls != NULL && i < json_array_get_length (pulls); i++)
    if (get_pull (pulls, i) != NULL
        && g_strcmp0 (rungs_wire_json_text (get_pull (pulls, i), "name"), name) == 0)
      return get_pull (pulls, i);
  return NULL;
}

gint64
rungs_event_pull_get_pause (const RungsProvider *provider)
{
  JsonObject *section;

  g_return_val_if_fail (provider != NULL, 0);

  section = rungs_provider_get_section (provider, RUNGS_PROVIDER_MAIL_EVENTS);
  return MAX (section ? rungs_wire_json_number (section, "minutes", USUAL_MINUTES) : USUAL_MINUTES,
              1)
         * RUNGS_MINUTE;
}

static void
set_time (RungsBlanks *blanks,
          const char  *name,
          gint64       at)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (at / 1000);
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, at / 1000);
  g_autofree char *iso = date ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  g_autofree char *day = date ? g_date_time_format (date, "%Y-%m-%d") : NULL;
  const char *const values[][2] = { { "unix", seconds }, { "iso", iso }, { "day", day } };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *blank = g_strconcat (name, "_", values[i][0], NULL);

      rungs_blanks_set (blanks, blank, values[i][1]);
    }
}

/* ---- reading an item */

static gboolean
fits_value (JsonObject *rule,
            JsonNode   *item)
{
  const char *path = rungs_wire_json_text (rule, "path");
  JsonArray *values = rungs_wire_json_array (rule, "values");
  g_autofree char *found = path ? rungs_wire_json_find_text (item, path) : NULL;

  if (path == NULL)
    return TRUE;
  for (guint i = 0; found != NULL && values != NULL && i < json_array_get_length (values); i++)
    {
      g_autofree char *value = rungs_wire_json_dup_text (json_array_get_element (values, i));

      if (value != NULL && g_ascii_strcasecmp (value, found) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
fits (JsonObject *rule,
      JsonNode   *item)
{
  JsonArray *all = rungs_wire_json_array (rule, "all");

  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++)
    if (get_pull (all, i) == NULL || !fits_value (get_pull (all, i), item))
      return FALSE;
  return fits_value (rule, item);
}

static RungsReturnKind
judge (JsonObject *event,
       JsonNode   *item)
{
  JsonArray *rules = rungs_wire_json_array (event, "kind");

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    if (get_pull (rules, i) != NULL && fits (get_pull (rules, i), item))
      return rungs_return_kind_from_text (
        rungs_wire_json_text (get_pull (rules, i), "is")
          ? rungs_wire_json_text (get_pull (rules, i), "is")
          : "");
  return RUNGS_RETURN_OTHER;
}

/* One line; empty where there is nothing. */
static char *
dup_line (JsonNode   *item,
          const char *path)
{
  g_autofree char *text = path ? rungs_wire_json_find_text (item, path) : NULL;

  return rungs_transport_clean_line (text ? text : "", -1, LONGEST_TEXT);
}

/* The first of the paths at which something stands. */
static char *
dup_first (JsonNode  *item,
           JsonArray *paths)
{
  for (guint i = 0; paths != NULL && i < json_array_get_length (paths); i++)
    {
      g_autofree char *path = rungs_wire_json_dup_text (json_array_get_element (paths, i));
      g_autofree char *line = dup_line (item, path);

      if (*line != '\0')
        return g_steal_pointer (&line);
    }
  return g_strdup ("");
}

static char *
dup_all (JsonNode  *item,
         JsonArray *paths)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; paths != NULL && i < json_array_get_length (paths); i++)
    {
      g_autofree char *path = rungs_wire_json_dup_text (json_array_get_element (paths, i));
      g_autofree char *line = path != NULL && *path == '=' ? g_strdup (path + 1)
                                                           : dup_line (item, path);

      g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", line);
    }
  return g_string_free (all, FALSE);
}

static char *
dup_bare_id (JsonNode   *item,
             const char *path)
{
  g_autofree char *id = dup_line (item, path);
  gsize length = strlen (id);

  return length > 1 && id[0] == '<' && id[length - 1] == '>' ? g_strndup (id + 1, length - 2)
                                                             : g_steal_pointer (&id);
}

/* RFC 3339, or seconds since 1970; 0: neither. */
static gint64
read_time (JsonNode   *item,
           const char *path)
{
  g_autofree char *text = dup_line (item, path);
  char *end = NULL;
  double seconds = g_ascii_strtod (text, &end);
  g_autoptr (GDateTime) date = NULL;

  if (*text != '\0' && *end == '\0' && seconds > 0 && seconds < 1e11)
    return (gint64) (seconds * 1000);
  date = g_date_time_new_from_iso8601 (text, NULL);
  return date ? g_date_time_to_unix (date) * 1000 : 0;
}

static void
take_item (Asking   *self,
           JsonNode *item)
{
  JsonObject *event = rungs_wire_json_object (self->data, "event");
  RungsReturnKind kind = event ? judge (event, item) : RUNGS_RETURN_OTHER;
  g_autofree char *last = dup_line (item, rungs_wire_json_text (self->data, "last"));
  gint64 until = read_time (item, rungs_wire_json_text (self->data, "until"));
  RungsPulledEvent *pulled;

  self->is_over |= until != 0 && until < self->since;
  rungs_blanks_set (self->blanks, "last", last);
  if (kind == RUNGS_RETURN_OTHER)
    return;
  pulled = g_new0 (RungsPulledEvent, 1);
  pulled->kind = kind;
  pulled->event = dup_all (item, rungs_wire_json_array (event, "id"));
  pulled->message = dup_bare_id (item, rungs_wire_json_text (event, "message"));
  pulled->email = dup_line (item, rungs_wire_json_text (event, "email"));
  pulled->words = dup_first (item, rungs_wire_json_array (event, "words"));
  pulled->at = read_time (item, rungs_wire_json_text (event, "at"));
  g_ptr_array_add (self->events, pulled);
}

/* ---- pages */

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

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
find_next (Asking      *self,
           JsonNode    *answer,
           guint        n_items,
           const char  *address,
           GError     **error)
{
  const char *next = rungs_wire_json_text (self->data, "next");
  const char *token = rungs_wire_json_text (self->data, "token");
  gint64 size = rungs_wire_json_number (self->data, "size", 0);
  g_autofree char *offset = g_strdup_printf ("%" G_GUINT64_FORMAT, self->items);
  g_autofree char *found_token = token ? dup_line (answer, token) : NULL;

  self->goes_on = FALSE;
  g_clear_pointer (&self->next, g_free);
  rungs_blanks_set (self->blanks, "offset", offset);
  rungs_blanks_set (self->blanks, "token", found_token);
  if (next != NULL && n_items > 0)
    {
      self->next = rungs_wire_json_find_text (answer, next);
      if (self->next != NULL && !is_same_place (address, self->next))
        return refuse (error, _ ("The provider sends us elsewhere; nothing was told there."));
    }
  if (self->is_over)
    return TRUE;
  self->goes_on = self->next != NULL || (found_token != NULL && *found_token != '\0')
                  || (size > 0 && n_items >= size);
  return TRUE;
}

static gboolean
take_page (Asking                *self,
           const RungsHttpAnswer *answer,
           const char            *address,
           GError               **error)
{
  g_autoptr (JsonNode) json = rungs_http_verdict_read_json (answer);
  const char *path = rungs_wire_json_text (self->data, "items");
  JsonNode *list = json ? rungs_wire_json_find (json, path ? path : "") : NULL;
  JsonArray *items;

  if (json == NULL || (list != NULL && !JSON_NODE_HOLDS_ARRAY (list)
                       && !JSON_NODE_HOLDS_NULL (list)))
    return refuse (error, _ ("The provider's answer could not be understood."));
  items = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    take_item (self, json_array_get_element (items, i));
  self->items += items ? json_array_get_length (items) : 0;
  return find_next (self, json, items ? json_array_get_length (items) : 0, address, error);
}

/* ---- asking */

static RungsHttpQuestion *
make_question (Asking      *self,
               gboolean     is_first,
               GError     **error)
{
  const RungsEventPull *pull = self->pull;
  JsonObject *send = rungs_provider_get_section (pull->provider, RUNGS_PROVIDER_SEND);
  const char *address = rungs_wire_json_text (self->data, "address");
  const char *more = rungs_wire_json_text (self->data, "more");
  g_autofree char *whole
    = g_strconcat (address ? address : "", !is_first && more ? more : "", NULL);
  g_autoptr (JsonObject) data = json_object_new ();
  RungsHttpQuestion *question;

  json_object_set_string_member (data, "address", self->next ? self->next : whole);
  for (guint i = 0; i < 2; i++)
    {
      const char *member = i == 0 ? "headers" : "auth";

      if (json_object_has_member (self->data, member))
        json_object_set_member (data, member, json_object_dup_member (self->data, member));
    }
  question = rungs_http_request_make (data, send ? rungs_wire_json_object (send, "auth") : NULL,
                                      self->blanks, pull->key, pull->now, error);
  if (question != NULL)
    question->most = MOST_BYTES;
  return question;
}

static gboolean
refuse_status (Asking                *self,
               const RungsHttpAnswer *answer,
               gint64                *wait,
               GError               **error)
{
  g_autofree char *words = rungs_http_verdict_dup_words (self->section, answer);
  RungsError code = RUNGS_ERROR_NETWORK;

  if (answer->status == 401 || answer->status == 403)
    code = RUNGS_ERROR_AUTH;
  else if (answer->status == 429)
    code = RUNGS_ERROR_BUSY;
  *wait = rungs_http_answer_get_wait (answer, self->pull->now);
  if (*self->pull->key != '\0' && strstr (words, self->pull->key) != NULL)
    g_set_error (error, RUNGS_ERROR, code, _ ("The provider answered with status %u."),
                 answer->status);
  else
    g_set_error_literal (error, RUNGS_ERROR, code, words);
  return FALSE;
}

static gboolean
ask_page (Asking         *self,
          gboolean        is_first,
          RungsHttpLine  *line,
          GCancellable   *cancellable,
          gint64         *wait,
          GError        **error)
{
  g_autoptr (RungsHttpQuestion) question = make_question (self, is_first, error);
  g_auto (RungsHttpAnswer) answer = { 0 };

  if (question == NULL || !rungs_http_line_ask (line, question, cancellable, &answer, error))
    return FALSE;
  if (answer.status < 200 || answer.status >= 300)
    return refuse_status (self, &answer, wait, error);
  return take_page (self, &answer, question->address, error);
}

static void
asking_clear (Asking *self)
{
  rungs_blanks_free (self->blanks);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self->next);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asking, asking_clear)

GPtrArray *
rungs_event_pull_ask (const RungsEventPull  *pull,
                      RungsHttpLine         *line,
                      GCancellable          *cancellable,
                      gint64                *wait,
                      GError               **error)
{
  g_auto (Asking) self = { .pull = pull };
  gint64 pages;
  gint64 since;

  g_return_val_if_fail (pull != NULL && line != NULL && wait != NULL, NULL);

  *wait = 0;
  self.section = rungs_provider_get_section (pull->provider, RUNGS_PROVIDER_MAIL_EVENTS);
  self.data = find_pull (pull->provider, pull->name);
  self.blanks = rungs_blanks_new ();
  self.events = g_ptr_array_new_with_free_func (event_free);
  if (self.data == NULL)
    {
      refuse (error, _ ("The provider is asked no such question."));
      return NULL;
    }
  since = pull->since - rungs_wire_json_number (self.data, "back_hours", 1) * RUNGS_HOUR;
  self.since = MAX (since, 0);
  rungs_blanks_set_all (self.blanks, pull->options);
  rungs_blanks_set (self.blanks, "offset", "0");
  set_time (self.blanks, "since", self.since);
  set_time (self.blanks, "now", pull->now);
  pages = rungs_wire_json_number (self.data, "most_pages", USUAL_PAGES);
  for (gint64 page = 0; page == 0 || (self.goes_on && page < pages); page++)
    if (!ask_page (&self, page == 0, line, cancellable, wait, error))
      return NULL;
  return g_steal_pointer (&self.events);
}
