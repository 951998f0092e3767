/* rungs-graph-parse.c: reads a graph from JSON, and says of everything that is not as it should be what and
 * where. */

#include "sequences/rungs-graph-private.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "base/rungs-time.h"
#include "leads/rungs-event.h"
#include "leads/rungs-lead.h"

#define MAX_STEPS 1000
#define MAX_NUMBER 1000000
/* Deeper than any graph with its rules, and shallow enough for the JSON reader's stack. */
#define MAX_NESTING 100

typedef struct
{
  GPtrArray *problems; /* (unowned) */
  RungsGraph *graph;   /* (unowned) */
  const char *step;    /* (unowned) (nullable): the step that is read */
  GHashTable *seen;    /* (unowned): members that were read, as "OBJECT NAME" */
} Reader;

G_GNUC_PRINTF (2, 3)
static void
refuse (Reader *reader, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  rungs_graph_refuse (reader->problems, reader->step, "%s", text);
}

/* Refuses members of the object that are not among `names`, which are parted by spaces. */
static void
check_members (Reader *reader, JsonObject *object, const char *names)
{
  g_autoptr (GList) members = json_object_get_members (object);
  g_auto (GStrv)
    known = g_strsplit (names, " ", -1);

  for (GList *item = members; item != NULL; item = item->next)
    if (!g_strv_contains ((const char *const *) known, item->data))
      refuse (reader, "“%s” is not known here; expected are %s.", (const char *) item->data, names);
}

static gboolean
is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_integer (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_INT64;
}

/* The text of a member, lent; NULL where it is left out or null, and where it is no text, which is
 * refused, as is an empty one. */
static const char *
get_optional_text (Reader *reader, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!is_string (node) || json_node_get_string (node)[0] == '\0')
    {
      refuse (reader, "“%s” must be a text in quotation marks.", name);
      return NULL;
    }
  return json_node_get_string (node);
}

static const char *
get_text (Reader *reader, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      refuse (reader, "“%s” is missing.", name);
      return NULL;
    }
  return get_optional_text (reader, object, name);
}

/* A whole number from `least` on; `fallback` where it is left out. */
static gint64
get_number (Reader *reader, JsonObject *object, const char *name, gint64 least, gint64 fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return fallback;
  if (!is_integer (node) || json_node_get_int (node) < least
      || json_node_get_int (node) > MAX_NUMBER)
    {
      refuse (reader, "“%s” must be a whole number from %" G_GINT64_FORMAT " to %d.", name, least,
              MAX_NUMBER);
      return fallback;
    }
  return json_node_get_int (node);
}

static JsonObject *
get_object (Reader *reader, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  refuse (reader, node ? "“%s” must be an object in braces." : "“%s” is missing.", name);
  return NULL;
}

/* ---- events */

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
    RUNGS_EVENT_LEAD_UNSUPPRESSED, NULL,
  };

  return g_strv_contains (KINDS, kind);
}

static void
read_kind_of_event (Reader *reader, JsonObject *object, RungsGraphEvent *event)
{
  const char *kind = get_text (reader, object, "kind");

  check_members (reader, object, "on kind detail");
  event->name = g_strdup (kind);
  event->detail = g_strdup (get_optional_text (reader, object, "detail"));
  if (kind == NULL || is_kind_of_event (kind))
    return;
  if (g_str_equal (kind, "mail.opened"))
    refuse (reader,
            "That a message was opened says nothing: mail programs open messages by themselves.");
  else
    refuse (reader, "There is no event “%s”.", kind);
}

static RungsGraphEvent *
read_event (Reader *reader, JsonNode *node)
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
          check_members (reader, object, EVENTS[i].members);
        if (EVENTS[i].name != NULL)
          event->name =
              g_strdup (EVENTS[i].needed ? get_text (reader, object, EVENTS[i].name)
                                         : get_optional_text (reader, object, EVENTS[i].name));
        return event;
      }

  refuse (reader, "An event must say “on”: tag, form, import, order, event or manual.");
  return NULL;
}

/* The event of a step, which cannot be "manual". */
static RungsGraphEvent *
read_step_event (Reader *reader, JsonObject *object)
{
  RungsGraphEvent *event = read_event (reader, json_object_get_member (object, "event"));

  if (event != NULL && event->on == RUNGS_GRAPH_ON_MANUAL)
    refuse (reader, "“manual” is no event that could be waited for.");
  return event;
}

/* ---- steps */

static void
add_branch (Reader *reader, JsonObject *object, RungsGraphStep *step, const char *label)
{
  rungs_graph_step_add_branch (step, label, get_optional_text (reader, object, label), 0);
}

/* "minutes", "hours" and "days" into the step. */
static void
read_length (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  step->minutes = get_number (reader, object, "minutes", 1, 0);
  step->minutes += 60 * get_number (reader, object, "hours", 1, 0);
  step->days = get_number (reader, object, "days", 1, 0);
  if (step->minutes == 0 && step->days == 0)
    refuse (reader, "It must say how long, in “minutes”, “hours” or “days”.");
}

static void
read_message (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  check_members (reader, object, "kind message next");
  step->message = g_strdup (get_text (reader, object, "message"));
  add_branch (reader, object, step, "next");
}

static void
read_wait (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  check_members (reader, object, "kind minutes hours days next");
  read_length (reader, object, step);
  add_branch (reader, object, step, "next");
}

static void
read_zone (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  const char *zone = get_optional_text (reader, object, "zone");

  step->business_zone = zone != NULL && g_str_equal (zone, "business");
  if (zone != NULL && !step->business_zone && !g_str_equal (zone, "lead"))
    refuse (reader, "“zone” must be “lead” or “business”.");
}

static guint
weekday_bit (const char *name)
{
  static const char *const NAMES[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_str_equal (NAMES[i], name))
      return 1u << i;
  return 0;
}

static void
read_weekdays (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  JsonNode *node = json_object_get_member (object, "weekdays");
  JsonArray *days = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean wrong = node != NULL && (days == NULL || json_array_get_length (days) == 0);

  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    {
      JsonNode *day = json_array_get_element (days, i);
      guint bit = is_string (day) ? weekday_bit (json_node_get_string (day)) : 0;

      wrong = wrong || bit == 0;
      step->weekdays |= bit;
    }
  if (wrong)
    refuse (reader, "“weekdays” must be a list of mon, tue, wed, thu, fri, sat and sun.");
}

static void
read_until_time (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  const char *text = get_text (reader, object, "time");
  int hour = -1;
  int minute = -1;

  check_members (reader, object, "kind time weekdays zone next");
  if (text != NULL
      && (strlen (text) != 5 || sscanf (text, "%2d:%2d", &hour, &minute) != 2 || hour < 0
          || hour > 23 || minute < 0 || minute > 59))
    refuse (reader, "“time” must be a time such as \"09:00\".");
  step->until = RUNGS_GRAPH_UNTIL_TIME;
  step->minute = CLAMP (hour * 60 + minute, 0, 24 * 60 - 1);
  read_weekdays (reader, object, step);
  read_zone (reader, object, step);
  add_branch (reader, object, step, "next");
}

static void
read_until_date (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  gint64 ignored;

  check_members (reader, object, "kind date zone next");
  step->until = RUNGS_GRAPH_UNTIL_DATE;
  step->date = g_strdup (get_text (reader, object, "date"));
  if (step->date != NULL && !rungs_time_parse (step->date, NULL, &ignored, NULL))
    refuse (reader, "“date” must be a day or time such as \"2026-12-24\" or \"2026-12-24 09:00\".");
  read_zone (reader, object, step);
  add_branch (reader, object, step, "next");
}

static void
read_wait_until (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  gboolean time = json_object_has_member (object, "time");
  gboolean date = json_object_has_member (object, "date");
  gboolean event = json_object_has_member (object, "event");

  if (time + date + event != 1)
    {
      refuse (reader, "It must say one of “time”, “date” and “event”.");
      return;
    }
  if (time)
    read_until_time (reader, object, step);
  else if (date)
    read_until_date (reader, object, step);
  else
    {
      check_members (reader, object, "kind event minutes hours days next timeout");
      step->until = RUNGS_GRAPH_UNTIL_EVENT;
      step->event = read_step_event (reader, object);
      read_length (reader, object, step);
      add_branch (reader, object, step, "next");
      add_branch (reader, object, step, "timeout");
    }
}

static void
read_rule (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  JsonNode *node = json_object_get_member (object, "rule");
  g_autoptr (GError) error = NULL;

  if (node == NULL)
    refuse (reader, "“rule” is missing.");
  else if ((step->rule = rungs_rule_new_from_json (node, &error)) == NULL)
    refuse (reader, "%s.", error->message);
}

static void
read_condition (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  check_members (reader, object, "kind rule yes no");
  read_rule (reader, object, step);
  add_branch (reader, object, step, "yes");
  add_branch (reader, object, step, "no");
}

static void
read_split (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  JsonNode *node = json_object_get_member (object, "branches");
  JsonArray *branches = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  check_members (reader, object, "kind branches");
  if (branches == NULL || json_array_get_length (branches) < 2)
    {
      refuse (reader, "A split needs a list of “branches” with at least two.");
      return;
    }
  for (guint i = 0; i < json_array_get_length (branches); i++)
    {
      JsonNode *branch = json_array_get_element (branches, i);
      g_autofree char *label = g_strdup_printf ("%u", i + 1);
      JsonObject *way;

      if (!JSON_NODE_HOLDS_OBJECT (branch))
        {
          refuse (reader, "A branch must be an object in braces.");
          continue;
        }
      way = json_node_get_object (branch);
      check_members (reader, way, "weight next");
      rungs_graph_step_add_branch (step, label, get_optional_text (reader, way, "next"),
                                   get_number (reader, way, "weight", 1, 1));
    }
}

static void
read_set_field (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  JsonObject *field = get_object (reader, object, "set_field");
  JsonNode *value;

  if (field == NULL)
    return;
  check_members (reader, field, "field value");
  step->name = g_strdup (get_text (reader, field, "field"));
  value = json_object_get_member (field, "value");
  if (!is_string (value))
    refuse (reader, "“value” must be a text in quotation marks.");
  else
    step->value = json_node_dup_string (value);

  if (step->name != NULL && !g_str_has_prefix (step->name, "field:")
      && (g_str_equal (step->name, "email")
          || !g_strv_contains (rungs_lead_columns (), step->name)))
    refuse (reader, "A sequence cannot set a field “%s”.", step->name);
}

static void
read_task (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  JsonObject *task = get_object (reader, object, "task");

  if (task == NULL)
    return;
  check_members (reader, task, "title days");
  step->name = g_strdup (get_text (reader, task, "title"));
  step->number = get_number (reader, task, "days", 0, 0);
}

static void
read_action (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  static const char *const ACTS[] = {
    [RUNGS_GRAPH_ADD_TAG] = "add_tag",     [RUNGS_GRAPH_REMOVE_TAG] = "remove_tag",
    [RUNGS_GRAPH_SET_FIELD] = "set_field", [RUNGS_GRAPH_ADD_SCORE] = "add_score",
    [RUNGS_GRAPH_TASK] = "task",           [RUNGS_GRAPH_START] = "start",
    [RUNGS_GRAPH_STOP] = "stop",
  };
  guint found = 0;

  check_members (reader, object,
                 "kind add_tag remove_tag set_field add_score task start stop next");
  for (guint i = 0; i < G_N_ELEMENTS (ACTS); i++)
    if (json_object_has_member (object, ACTS[i]))
      {
        step->act = (RungsGraphAct) i;
        found++;
      }

  add_branch (reader, object, step, "next");
  if (found != 1)
    refuse (reader,
            "An action does exactly one thing: add_tag, remove_tag, set_field, add_score, task, "
            "start or stop.");
  else if (step->act == RUNGS_GRAPH_SET_FIELD)
    read_set_field (reader, object, step);
  else if (step->act == RUNGS_GRAPH_TASK)
    read_task (reader, object, step);
  else if (step->act == RUNGS_GRAPH_ADD_SCORE)
    step->number = get_number (reader, object, ACTS[step->act], -MAX_NUMBER, 0);
  else
    step->name = g_strdup (get_text (reader, object, ACTS[step->act]));
}

static void
read_goal (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  gboolean event = json_object_has_member (object, "event");
  gboolean rule = json_object_has_member (object, "rule");

  check_members (reader, object, "kind event rule");
  if (event && rule)
    refuse (reader, "A goal is an event or a rule, not both.");
  else if (event)
    step->event = read_step_event (reader, object);
  else if (rule)
    read_rule (reader, object, step);
}

static void
read_exit (Reader *reader, JsonObject *object, RungsGraphStep *step)
{
  check_members (reader, object, "kind");
}

static void
read_step (Reader *reader, const char *id, JsonNode *node)
{
  static void (*const READERS[]) (Reader *, JsonObject *, RungsGraphStep *) = {
    [RUNGS_GRAPH_MESSAGE] = read_message,
    [RUNGS_GRAPH_WAIT] = read_wait,
    [RUNGS_GRAPH_WAIT_UNTIL] = read_wait_until,
    [RUNGS_GRAPH_CONDITION] = read_condition,
    [RUNGS_GRAPH_SPLIT] = read_split,
    [RUNGS_GRAPH_ACTION] = read_action,
    [RUNGS_GRAPH_GOAL] = read_goal,
    [RUNGS_GRAPH_EXIT] = read_exit,
  };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *text;

  if (object == NULL)
    {
      refuse (reader, "It must be an object in braces.");
      return;
    }
  text = get_text (reader, object, "kind");
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (READERS); i++)
    if (g_str_equal (text, rungs_graph_kind_to_text ((RungsGraphKind) i)))
      {
        RungsGraphStep *step = rungs_graph_step_new (id, (RungsGraphKind) i);

        g_ptr_array_add (reader->graph->steps, step);
        g_hash_table_insert (reader->graph->by_id, step->id, step);
        READERS[i](reader, object, step);
        return;
      }
  if (text != NULL)
    refuse (reader, "There is no kind of step “%s”.", text);
}

static void
read_steps (Reader *reader, JsonObject *object)
{
  JsonObject *steps = get_object (reader, object, "steps");
  g_autoptr (GList) ids = steps ? json_object_get_members (steps) : NULL;

  if (steps == NULL)
    return;
  if (ids == NULL || json_object_get_size (steps) > MAX_STEPS)
    refuse (reader, "A sequence has from 1 to %d steps.", MAX_STEPS);
  for (GList *item = ids; item != NULL; item = item->next)
    {
      reader->step = item->data;
      if (reader->step[0] == '\0')
        refuse (reader, "The id of a step cannot be empty.");
      read_step (reader, reader->step, json_object_get_member (steps, reader->step));
    }
  reader->step = NULL;
}

/* ---- the whole */

static void
read_reentry (Reader *reader, JsonObject *entry)
{
  JsonNode *node = json_object_get_member (entry, "reentry");

  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      check_members (reader, object, "after_days");
      reader->graph->reentry = RUNGS_GRAPH_AFTER_DAYS;
      reader->graph->reentry_days = get_number (reader, object, "after_days", 1, 0);
      if (!json_object_has_member (object, "after_days"))
        refuse (reader, "“after_days” is missing.");
    }
  else if (is_string (node) && g_str_equal (json_node_get_string (node), "after_end"))
    reader->graph->reentry = RUNGS_GRAPH_AFTER_END;
  else if (!is_string (node) || !g_str_equal (json_node_get_string (node), "never"))
    refuse (reader, "“reentry” must be \"never\", \"after_end\" or {\"after_days\": 30}.");
}

static void
read_entry (Reader *reader, JsonObject *object)
{
  JsonObject *entry;
  JsonNode *node;
  JsonArray *triggers;

  if (!json_object_has_member (object, "entry"))
    return;
  entry = get_object (reader, object, "entry");
  if (entry == NULL)
    return;

  check_members (reader, entry, "triggers reentry");
  read_reentry (reader, entry);
  node = json_object_get_member (entry, "triggers");
  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      refuse (reader, "“triggers” must be a list of events.");
      return;
    }
  triggers = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (triggers); i++)
    {
      RungsGraphEvent *event = read_event (reader, json_array_get_element (triggers, i));

      if (event != NULL)
        g_ptr_array_add (reader->graph->triggers, event);
    }
}

static void
read_graph (Reader *reader, JsonNode *node)
{
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (reader, "A sequence must be an object in braces.");
      return;
    }
  object = json_node_get_object (node);
  check_members (reader, object, "name sells entry start steps");
  reader->graph->name = g_strdup (get_text (reader, object, "name"));
  reader->graph->sells = g_strdup (get_optional_text (reader, object, "sells"));
  reader->graph->start = g_strdup (get_text (reader, object, "start"));
  read_entry (reader, object);
  read_steps (reader, object);
}

/* JSON keeps the last of members with the same name, in silence; here it is said. */
static void
object_member_read_cb (JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
  Reader *reader = data;

  if (!g_hash_table_add (reader->seen, g_strdup_printf ("%p %s", (void *) object, name)))
    refuse (reader, "“%s” stands twice: the second would take the place of the first.", name);
}

static gboolean
is_too_deep (const char *json)
{
  int depth = 0;
  gboolean quoted = FALSE;

  for (; *json != '\0'; json++)
    if (quoted && *json == '\\' && json[1] != '\0')
      json++;
    else if (*json == '"')
      quoted = !quoted;
    else if (!quoted && (*json == '{' || *json == '['))
      {
        if (++depth > MAX_NESTING)
          return TRUE;
      }
    else if (!quoted && (*json == '}' || *json == ']'))
      depth--;
  return FALSE;
}

RungsGraph *
rungs_graph_parse (const char *json, GPtrArray *problems)
{
  g_autoptr (RungsGraph) graph = rungs_graph_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  Reader reader = { .problems = problems, .graph = graph, .seen = seen };

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_read_cb), &reader);
  if (is_too_deep (json))
    refuse (&reader, "It is nested more than %d deep.", MAX_NESTING);
  else if (!json_parser_load_from_data (parser, json, -1, &error))
    refuse (&reader, "It is not JSON: %s.", error->message);
  else
    read_graph (&reader, json_parser_get_root (parser));

  if (!rungs_graph_problems_are_fatal (problems))
    rungs_graph_check_arrows (graph, problems);
  return rungs_graph_problems_are_fatal (problems) ? NULL : g_steal_pointer (&graph);
}
