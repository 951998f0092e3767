/* rungs-web-pull.c: asks a provider for what it would push.
 *
 * A walk goes over what happened from one instant to another. Where it is can be written down after
 * each page, with what the page brought, and read again after a crash, a refusal, or a night.
 *
 * Newest first, the walk goes back in time, over the pages that the provider names, until items are
 * older than where it began. Oldest first and without pages that have names, the instant itself
 * goes up: the next page is asked for from the last item's second on. So an item that changes while
 * the walk is under way, and moves to the end, shifts none past it. Only where a whole page is of
 * one second are pages counted. */

#include "web/rungs-web-pull.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "mail/rungs-http-pages.h"
#include "mail/rungs-http-request.h"
#include "mail/rungs-http-verdict.h"
#include "web/rungs-web-pull-body.h"
#include "wire/rungs-wire-json.h"

#define USUAL_MINUTES 10
#define USUAL_BACK_MINUTES 60
#define USUAL_PER_MINUTE 60
#define MOST_BYTES (1024 * 1024)
#define MOST_PAGES 20000
#define SECOND 1000

struct _RungsWebPullWalk
{
  const RungsWebPull *pull; /* (unowned) */
  JsonObject *section;      /* (unowned) "pull" */
  JsonObject *question;     /* (unowned) */
  RungsHttpPages *pages;    /* (owned) */
  JsonNode *about;          /* (owned) (nullable) */
  gint64 from;              /* what happened since */
  gint64 until;
  gint64 walked; /* so many pages */
  gboolean is_over;
  gboolean resumed; /* it did not begin here */
};

/* ---- what the file says */

static JsonObject *
get_section (const RungsProvider *provider)
{
  return rungs_provider_get_section (provider, RUNGS_PROVIDER_PULL);
}

static JsonArray *
get_questions (const RungsProvider *provider)
{
  return rungs_wire_json_array (get_section (provider), "questions");
}

static JsonObject *
get_object (JsonArray *array,
            guint      place)
{
  JsonNode *node = json_array_get_element (array, place);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
find_question (const RungsProvider *provider,
               const char          *name)
{
  JsonArray *questions = get_questions (provider);

  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++)
    if (g_strcmp0 (rungs_wire_json_text (get_object (questions, i), "name"), name) == 0)
      return get_object (questions, i);
  return NULL;
}

GStrv
rungs_web_pull_list (const RungsProvider *provider)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonArray *questions;

  g_return_val_if_fail (provider != NULL, NULL);

  questions = get_questions (provider);
  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++)
    if (rungs_wire_json_text (get_object (questions, i), "name") != NULL)
      g_strv_builder_add (names, rungs_wire_json_text (get_object (questions, i), "name"));
  return g_strv_builder_end (names);
}

gint64
rungs_web_pull_get_pause (const RungsProvider *provider,
                          const char          *name)
{
  gint64 minutes;

  g_return_val_if_fail (provider != NULL && name != NULL, 0);

  minutes = rungs_wire_json_number (get_section (provider), "minutes", USUAL_MINUTES);
  minutes = rungs_wire_json_number (find_question (provider, name), "minutes", minutes);
  return CLAMP (minutes, 1, 60 * 24 * 30) * RUNGS_MINUTE;
}

gint64
rungs_web_pull_get_gap (const RungsProvider *provider)
{
  gint64 per_minute;

  g_return_val_if_fail (provider != NULL, 0);

  per_minute = rungs_wire_json_number (get_section (provider), "per_minute", USUAL_PER_MINUTE);
  return RUNGS_MINUTE / MAX (per_minute, 1);
}

const char *
rungs_web_pull_get_behind (const RungsProvider *provider,
                           const char          *name)
{
  g_return_val_if_fail (provider != NULL && name != NULL, NULL);

  return rungs_wire_json_text (find_question (provider, name), "behind");
}

gint64
rungs_web_pull_get_history (const RungsProvider *provider,
                            const char          *name)
{
  g_return_val_if_fail (provider != NULL && name != NULL, 0);

  return MAX (rungs_wire_json_number (find_question (provider, name), "history_days", 0), 0)
         * RUNGS_DAY;
}

/* ---- where a walk is */

char *
rungs_web_pull_walk_begin (const RungsProvider *provider,
                           const char          *name,
                           gint64               since,
                           gint64               until)
{
  gint64 back;

  g_return_val_if_fail (provider != NULL && name != NULL, NULL);

  back = rungs_wire_json_number (find_question (provider, name), "back_minutes",
                                 USUAL_BACK_MINUTES);
  return g_strdup_printf ("{\"from\":%" G_GINT64_FORMAT ",\"until\":%" G_GINT64_FORMAT "}",
                          MAX (MIN (since, until) - MAX (back, 0) * RUNGS_MINUTE, 0), until);
}

char *
rungs_web_pull_walk_dup_text (RungsWebPullWalk *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_node_take_object (node, object);
  json_object_set_int_member (object, "from", self->from);
  json_object_set_int_member (object, "until", self->until);
  json_object_set_int_member (object, "walked", self->walked);
  json_object_set_member (object, "pages", rungs_http_pages_dup_position (self->pages));
  return self->is_over ? g_strdup ("") : json_to_string (node, FALSE);
}

static void
set_blanks (RungsWebPullWalk *self)
{
  RungsBlanks *blanks = rungs_http_pages_get_blanks (self->pages);

  rungs_http_pages_set_time (blanks, "since", self->from);
  rungs_http_pages_set_time (blanks, "until", self->until);
  rungs_http_pages_set_time (blanks, "now", self->pull->now);
}

static void
read_text (RungsWebPullWalk *self,
           const char       *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *position = object ? json_object_get_member (object, "pages") : NULL;

  self->from = rungs_wire_json_number (object, "from", 0);
  self->until = rungs_wire_json_number (object, "until", self->pull->now);
  self->walked = rungs_wire_json_number (object, "walked", 0);
  self->resumed = self->walked > 0;
  if (position != NULL)
    rungs_http_pages_set_position (self->pages, position);
}

RungsWebPullWalk *
rungs_web_pull_walk_new (const RungsWebPull  *pull,
                         const char          *name,
                         const char          *text,
                         GError             **error)
{
  g_autoptr (RungsWebPullWalk) self = g_new0 (RungsWebPullWalk, 1);
  RungsBlanks *blanks;

  g_return_val_if_fail (pull != NULL && name != NULL && text != NULL, NULL);

  self->pull = pull;
  self->section = get_section (pull->provider);
  self->question = find_question (pull->provider, name);
  if (self->question == NULL)
    {
      rungs_error_refuse (error, _ ("The provider is asked no such question."));
      return NULL;
    }
  blanks = rungs_blanks_new ();
  rungs_blanks_set_all (blanks, pull->options);
  self->pages = rungs_http_pages_new (self->question, self->section,
                                      rungs_wire_json_object (self->section, "auth"), blanks,
                                      pull->key, pull->now);
  read_text (self, text);
  set_blanks (self);
  return g_steal_pointer (&self);
}

void
rungs_web_pull_walk_free (RungsWebPullWalk *self)
{
  if (self == NULL)
    return;
  rungs_http_pages_free (self->pages);
  g_clear_pointer (&self->about, json_node_unref);
  g_free (self);
}

/* ---- asking */

/* What the form's questions are called, and the like. */
static gboolean
ask_about (RungsWebPullWalk  *self,
           RungsHttpLine     *line,
           GCancellable      *cancellable,
           GError           **error)
{
  JsonObject *about = rungs_wire_json_object (self->question, "about");
  g_autoptr (RungsHttpPages) pages = NULL;
  RungsBlanks *blanks;

  if (about == NULL || self->about != NULL)
    return TRUE;
  blanks = rungs_blanks_new ();
  rungs_blanks_set_all (blanks, self->pull->options);
  pages = rungs_http_pages_new (about, self->section,
                                rungs_wire_json_object (self->section, "auth"), blanks,
                                self->pull->key, self->pull->now);
  self->about = rungs_http_pages_ask (pages, line, cancellable, error);
  return self->about != NULL;
}

static gint64
read_at (RungsWebPullWalk *self,
         JsonNode         *item)
{
  const char *path = rungs_wire_json_text (self->question, "at");

  return path != NULL ? rungs_http_pages_read_time (item, path) : 0;
}

static gboolean
is_oldest_first (RungsWebPullWalk *self)
{
  return g_strcmp0 (rungs_wire_json_text (self->question, "order"), "oldest") == 0;
}

/* Newest first, what is older than the walk ends it. */
static void
take_items (RungsWebPullWalk *self,
            JsonNode         *page,
            JsonArray        *items,
            GPtrArray        *deliveries)
{
  RungsWebPullBody body = { .question = self->question,
                            .blanks = rungs_http_pages_get_blanks (self->pages),
                            .path = self->pull->endpoint->path,
                            .now = self->pull->now,
                            .page = page,
                            .about = self->about };

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);
      gint64 at = read_at (self, item);

      if (at != 0 && at < self->from - SECOND && !is_oldest_first (self))
        self->is_over = TRUE;
      else if (JSON_NODE_HOLDS_OBJECT (item))
        rungs_web_pull_body_add (&body, item, deliveries);
    }
}

/* Oldest first and without pages that have names: from the last item's second on. */
static void
climb (RungsWebPullWalk *self,
       JsonArray        *items)
{
  guint n = items != NULL ? json_array_get_length (items) : 0;
  gint64 at = n > 0 ? read_at (self, json_array_get_element (items, n - 1)) : 0;

  if (!is_oldest_first (self) || rungs_wire_json_text (self->question, "next") != NULL
      || at - SECOND <= self->from)
    return;
  self->from = at - SECOND;
  rungs_http_pages_restart (self->pages);
  set_blanks (self);
}

/* A provider that names the page again that it just gave goes round in a circle. */
static gboolean
has_moved (RungsWebPullWalk *self,
           JsonNode         *before)
{
  g_autoptr (JsonNode) after = rungs_http_pages_dup_position (self->pages);
  static const char *const NAMES[] = { "next", "token", "last" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      const char *one = rungs_wire_json_text (json_node_get_object (before), NAMES[i]);
      const char *other = rungs_wire_json_text (json_node_get_object (after), NAMES[i]);

      if (one != NULL && g_strcmp0 (one, other) == 0)
        return FALSE;
    }
  return self->walked < MOST_PAGES;
}

GPtrArray *
rungs_web_pull_walk_ask (RungsWebPullWalk  *self,
                         RungsHttpLine     *line,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_autoptr (GPtrArray) deliveries
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_raw_delivery_free);
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) page = NULL;
  JsonArray *items;
  gint64 date;

  g_return_val_if_fail (self != NULL && line != NULL, NULL);

  before = rungs_http_pages_dup_position (self->pages);
  if (!ask_about (self, line, cancellable, error))
    return NULL;
  page = rungs_http_pages_ask (self->pages, line, cancellable, error);
  if (page == NULL)
    return NULL;
  date = rungs_http_pages_get_date (self->pages);
  if (self->walked == 0 && date > self->from)
    self->until = MIN (self->until, date);
  self->walked++;
  items = rungs_http_pages_get_items (self->pages, page);
  if (items != NULL)
    take_items (self, page, items, deliveries);
  self->is_over |= !rungs_http_pages_goes_on (self->pages);
  if (!self->is_over && !has_moved (self, before))
    {
      rungs_error_refuse (error, _ ("The provider names the same page again and again."));
      return NULL;
    }
  climb (self, items);
  return g_steal_pointer (&deliveries);
}

gint64
rungs_web_pull_walk_get_until (RungsWebPullWalk *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->until;
}

gint64
rungs_web_pull_walk_get_wait (RungsWebPullWalk *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return rungs_http_pages_get_wait (self->pages);
}

void
rungs_web_pull_walk_turn_back (RungsWebPullWalk *self)
{
  guint status;

  g_return_if_fail (self != NULL);

  status = rungs_http_pages_get_status (self->pages);
  if (!self->resumed || status < 400 || status >= 500 || status == 401 || status == 403
      || status == 408 || status == 429)
    return;
  self->walked = 0;
  rungs_http_pages_restart (self->pages);
}
