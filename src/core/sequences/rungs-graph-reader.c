/* rungs-graph-reader.c: reads members and events of a graph's JSON. */

#include "sequences/rungs-graph-reader.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdarg.h>

#include "leads/rungs-event.h"

void
rungs_graph_reader_refuse (RungsGraphReader *reader,
                           const char       *format,
                           ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  rungs_graph_refuse (reader->problems, reader->step, "%s", text);
}

void
rungs_graph_reader_miss (RungsGraphReader *reader,
                         const char       *member)
{
  rungs_graph_blame (reader->problems, RUNGS_GRAPH_FAULT_MISSING, member);
}

void
rungs_graph_reader_check_members (RungsGraphReader *reader,
                                  JsonObject       *object,
                                  const char       *names)
{
  g_autoptr (GList) members = json_object_get_members (object);
  g_auto (GStrv)
    known = g_strsplit (names, " ", -1);

  for (GList *item = members; item != NULL; item = item->next)
    if (!g_strv_contains ((const char *const *) known, item->data))
      rungs_graph_reader_refuse (reader, _ ("“%s” is not known here; expected are %s."),
                                 (const char *) item->data, names);
}

gboolean
rungs_json_is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING;
}

gboolean
rungs_json_is_integer (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_INT64;
}

const char *
rungs_graph_reader_get_optional_text (RungsGraphReader *reader,
                                      JsonObject       *object,
                                      const char       *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!rungs_json_is_string (node) || json_node_get_string (node)[0] == '\0')
    {
      rungs_graph_reader_refuse (reader, _ ("“%s” must be a text in quotation marks."), name);
      rungs_graph_reader_miss (reader, name);
      return NULL;
    }
  return json_node_get_string (node);
}

const char *
rungs_graph_reader_get_text (RungsGraphReader *reader,
                             JsonObject       *object,
                             const char       *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      rungs_graph_reader_refuse (reader, _ ("“%s” is missing."), name);
      rungs_graph_reader_miss (reader, name);
      return NULL;
    }
  return rungs_graph_reader_get_optional_text (reader, object, name);
}

gint64
rungs_graph_reader_get_number (RungsGraphReader *reader,
                               JsonObject       *object,
                               const char       *name,
                               gint64            least,
                               gint64            fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return fallback;
  if (!rungs_json_is_integer (node) || json_node_get_int (node) < least
      || json_node_get_int (node) > RUNGS_GRAPH_MAX_NUMBER)
    {
      rungs_graph_reader_refuse (reader,
                                 _ ("“%s” must be a whole number from %" PRId64 " to %d."),
                                 name, least, RUNGS_GRAPH_MAX_NUMBER);
      return fallback;
    }
  return json_node_get_int (node);
}

JsonObject *
rungs_graph_reader_get_object (RungsGraphReader *reader,
                               JsonObject       *object,
                               const char       *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  rungs_graph_reader_refuse (
      reader, node ? _ ("“%s” must be an object in braces.") : _ ("“%s” is missing."), name);
  rungs_graph_reader_miss (reader, name);
  return NULL;
}

static gboolean
is_kind_of_event (const char *kind)
{
  static const char *const KINDS[] = {
    RUNGS_EVENT_LEAD_CREATED,      RUNGS_EVENT_LEAD_CHANGED,
    RUNGS_EVENT_FIELD_CHANGED,     RUNGS_EVENT_SCORE_CHANGED,
    RUNGS_EVENT_NOTE_ADDED,        RUNGS_EVENT_TAG_ADDED,
    RUNGS_EVENT_TAG_REMOVED,       RUNGS_EVENT_TOUCH_MADE,
    RUNGS_EVENT_CONSENT_GIVEN,     RUNGS_EVENT_FORM_SUBMITTED,
    RUNGS_EVENT_ORDER_PLACED,      RUNGS_EVENT_ORDER_REFUNDED,
    RUNGS_EVENT_MAIL_SENT,         RUNGS_EVENT_MAIL_CLICKED,
    RUNGS_EVENT_MAIL_WITHHELD,     RUNGS_EVENT_MAIL_FAILED,
    RUNGS_EVENT_MAIL_BOUNCED,      RUNGS_EVENT_SEQUENCE_ENTERED,
    RUNGS_EVENT_SEQUENCE_LEFT,     RUNGS_EVENT_TASK_ADDED,
    RUNGS_EVENT_TASK_DONE,         RUNGS_EVENT_LEAD_SUPPRESSED,
    RUNGS_EVENT_CONSENT_WITHDRAWN, RUNGS_EVENT_CONSENT_ANNULLED,
    RUNGS_EVENT_LEAD_UNSUPPRESSED, RUNGS_EVENT_SEGMENT_ENTERED,
    RUNGS_EVENT_SEGMENT_LEFT,      RUNGS_EVENT_CALL_LOGGED,
    RUNGS_EVENT_MEETING_LOGGED,    RUNGS_EVENT_ORDER_RENEWED,
    RUNGS_EVENT_SUBSCRIPTION_LAPSED, RUNGS_EVENT_MAIL_REPLIED,
    RUNGS_EVENT_MAIL_ABSENT,       RUNGS_EVENT_MAIL_BLOCKED,
    RUNGS_EVENT_MAIL_COMPLAINED,   NULL,
  };

  return g_strv_contains (KINDS, kind);
}

static void
read_kind_of_event (RungsGraphReader *reader,
                    JsonObject       *object,
                    RungsGraphEvent  *event)
{
  const char *kind = rungs_graph_reader_get_text (reader, object, "kind");

  rungs_graph_reader_check_members (reader, object, "on kind detail");
  event->name = g_strdup (kind);
  event->detail = g_strdup (rungs_graph_reader_get_optional_text (reader, object, "detail"));
  if (kind == NULL || is_kind_of_event (kind))
    return;
  if (g_str_equal (kind, "mail.opened"))
    rungs_graph_reader_refuse (
        reader,
        _ ("That a message was opened says nothing: mail programs open messages by themselves."));
  else
    rungs_graph_reader_refuse (reader, _ ("There is no event “%s”."), kind);
}

RungsGraphEvent *
rungs_graph_reader_read_event (RungsGraphReader *reader,
                               JsonNode         *node)
{
  static const struct
  {
    const char *on;
    const char *name; /* the member that holds the name */
    gboolean needed;
    const char *members;
  } EVENTS[] = {
    [RUNGS_GRAPH_ON_TAG] = { "tag", "name", TRUE, "on name" },
    [RUNGS_GRAPH_ON_FORM] = { "form", "name", TRUE, "on name" },
    [RUNGS_GRAPH_ON_IMPORT] = { "import", "source", FALSE, "on source" },
    [RUNGS_GRAPH_ON_ORDER] = { "order", "sku", FALSE, "on sku" },
    [RUNGS_GRAPH_ON_SEGMENT] = { "segment", "segment", TRUE, "on segment" },
    [RUNGS_GRAPH_ON_EVENT] = { "event", NULL, FALSE, NULL },
    [RUNGS_GRAPH_ON_MANUAL] = { "manual", NULL, FALSE, "on" },
  };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *on = object ? json_object_get_string_member_with_default (object, "on", NULL) : NULL;

  for (guint i = 0; on != NULL && i < G_N_ELEMENTS (EVENTS); i++)
    if (g_str_equal (on, EVENTS[i].on))
      {
        RungsGraphEvent *event = rungs_graph_event_new ((RungsGraphOn) i);

        if (EVENTS[i].members == NULL)
          read_kind_of_event (reader, object, event);
        else
          rungs_graph_reader_check_members (reader, object, EVENTS[i].members);
        if (EVENTS[i].name != NULL)
          event->name = g_strdup (
              EVENTS[i].needed
                  ? rungs_graph_reader_get_text (reader, object, EVENTS[i].name)
                  : rungs_graph_reader_get_optional_text (reader, object, EVENTS[i].name));
        return event;
      }

  rungs_graph_reader_refuse (
      reader, _ ("An event must say “on”: tag, form, import, order, segment, event or manual."));
  rungs_graph_reader_miss (reader, "event");
  return NULL;
}
