/* rungs-event-pull.c: asks a provider what became of mail, as its file says. */

#include "mail/rungs-event-pull.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "mail/rungs-http-pages.h"
#include "smtp/rungs-transport.h"
#include "wire/rungs-wire-json.h"

#define USUAL_MINUTES 5
#define USUAL_PAGES 50
#define LONGEST_TEXT 400

/* One question under way. */
typedef struct
{
  JsonObject *data;      /* (unowned): of the question */
  RungsHttpPages *pages; /* (owned) */
  GPtrArray *events;     /* (owned) */
  gint64 since;
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

static void
take_item (Asking   *self,
           JsonNode *item)
{
  JsonObject *event = rungs_wire_json_object (self->data, "event");
  RungsReturnKind kind = event ? judge (event, item) : RUNGS_RETURN_OTHER;
  gint64 until
    = rungs_http_pages_read_time (item, rungs_wire_json_text (self->data, "until"));
  RungsPulledEvent *pulled;

  self->is_over |= until != 0 && until < self->since;
  if (kind == RUNGS_RETURN_OTHER)
    return;
  pulled = g_new0 (RungsPulledEvent, 1);
  pulled->kind = kind;
  pulled->event = dup_all (item, rungs_wire_json_array (event, "id"));
  pulled->message = dup_bare_id (item, rungs_wire_json_text (event, "message"));
  pulled->email = dup_line (item, rungs_wire_json_text (event, "email"));
  pulled->words = dup_first (item, rungs_wire_json_array (event, "words"));
  pulled->at = rungs_http_pages_read_time (item, rungs_wire_json_text (event, "at"));
  g_ptr_array_add (self->events, pulled);
}

/* ---- asking */

static gboolean
ask_page (Asking         *self,
          RungsHttpLine  *line,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr (JsonNode) page = rungs_http_pages_ask (self->pages, line, cancellable, error);
  JsonArray *items = page ? rungs_http_pages_get_items (self->pages, page) : NULL;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    take_item (self, json_array_get_element (items, i));
  return page != NULL;
}

static void
asking_clear (Asking *self)
{
  g_clear_pointer (&self->pages, rungs_http_pages_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asking, asking_clear)

static RungsHttpPages *
make_pages (const RungsEventPull *pull,
            JsonObject           *data,
            gint64                since)
{
  JsonObject *send = rungs_provider_get_section (pull->provider, RUNGS_PROVIDER_SEND);
  RungsBlanks *blanks = rungs_blanks_new ();

  rungs_blanks_set_all (blanks, pull->options);
  rungs_http_pages_set_time (blanks, "since", since);
  rungs_http_pages_set_time (blanks, "now", pull->now);
  return rungs_http_pages_new (
    data, rungs_provider_get_section (pull->provider, RUNGS_PROVIDER_MAIL_EVENTS),
    send ? rungs_wire_json_object (send, "auth") : NULL, blanks, pull->key, pull->now);
}

GPtrArray *
rungs_event_pull_ask (const RungsEventPull  *pull,
                      RungsHttpLine         *line,
                      GCancellable          *cancellable,
                      gint64                *wait,
                      GError               **error)
{
  g_auto (Asking) self = { 0 };
  gint64 pages;

  g_return_val_if_fail (pull != NULL && line != NULL && wait != NULL, NULL);

  *wait = 0;
  self.data = find_pull (pull->provider, pull->name);
  if (self.data == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("The provider is asked no such question."));
      return NULL;
    }
  self.events = g_ptr_array_new_with_free_func (event_free);
  self.since
    = MAX (pull->since - rungs_wire_json_number (self.data, "back_hours", 1) * RUNGS_HOUR, 0);
  self.pages = make_pages (pull, self.data, self.since);
  pages = rungs_wire_json_number (self.data, "most_pages", USUAL_PAGES);
  for (gint64 page = 0;
       page == 0 || (!self.is_over && rungs_http_pages_goes_on (self.pages) && page < pages);
       page++)
    if (!ask_page (&self, line, cancellable, error))
      {
        *wait = rungs_http_pages_get_wait (self.pages);
        return NULL;
      }
  return g_steal_pointer (&self.events);
}
