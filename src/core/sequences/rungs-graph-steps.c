/* rungs-graph-steps.c: reads the steps of a graph, a function each kind. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "leads/rungs-lead.h"
#include "mail/rungs-outbox.h"
#include "sequences/rungs-graph-reader.h"
#include "sequences/rungs-lead-date-store.h"

#define MAX_STEPS 1000

/* More would be nearer to the day of another year. */
#define MAX_YEARLY_DAYS 180

/* The event of a step, which cannot be "manual". */
static RungsGraphEvent *
read_step_event (RungsGraphReader *reader,
                 JsonObject       *object)
{
  RungsGraphEvent *event =
      rungs_graph_reader_read_event (reader, json_object_get_member (object, "event"));

  if (event != NULL && event->on == RUNGS_GRAPH_ON_MANUAL)
    rungs_graph_reader_refuse (reader, _ ("“manual” is no event that could be waited for."));
  return event;
}

static void
add_branch (RungsGraphReader *reader,
            JsonObject       *object,
            RungsGraphStep   *step,
            const char       *label)
{
  rungs_graph_step_add_branch (step, label,
                               rungs_graph_reader_get_optional_text (reader, object, label), 0);
}

/* "minutes", "hours" and "days" into the step. */
static void
read_length (RungsGraphReader *reader,
             JsonObject       *object,
             RungsGraphStep   *step)
{
  step->minutes = rungs_graph_reader_get_number (reader, object, "minutes", 1, 0);
  step->minutes += 60 * rungs_graph_reader_get_number (reader, object, "hours", 1, 0);
  step->days = rungs_graph_reader_get_number (reader, object, "days", 1, 0);
  if (step->minutes == 0 && step->days == 0)
    {
      rungs_graph_reader_refuse (reader,
                                 _ ("It must say how long, in “minutes”, “hours” or “days”."));
      rungs_graph_reader_miss (reader, "days");
    }
}

/* How late the message may leave. */
static void
read_late (RungsGraphReader *reader,
           JsonObject       *object,
           RungsGraphStep   *step)
{
  JsonObject *late;

  step->late_days = -1;
  if (!json_object_has_member (object, "late"))
    return;
  late = rungs_graph_reader_get_object (reader, object, "late");
  if (late == NULL)
    return;
  rungs_graph_reader_check_members (reader, late, "hours days");
  step->late_hours
    = rungs_graph_reader_get_number (reader, late, "hours", 1, RUNGS_OUTBOX_LATE_HOURS);
  step->late_days = rungs_graph_reader_get_number (reader, late, "days", 0, -1);
}

static void
read_message (RungsGraphReader *reader,
              JsonObject       *object,
              RungsGraphStep   *step)
{
  rungs_graph_reader_check_members (reader, object, "kind message late next");
  step->message = g_strdup (rungs_graph_reader_get_text (reader, object, "message"));
  read_late (reader, object, step);
  add_branch (reader, object, step, "next");
}

static void
read_wait (RungsGraphReader *reader,
           JsonObject       *object,
           RungsGraphStep   *step)
{
  rungs_graph_reader_check_members (reader, object, "kind minutes hours days next");
  read_length (reader, object, step);
  add_branch (reader, object, step, "next");
}

static void
read_zone (RungsGraphReader *reader,
           JsonObject       *object,
           RungsGraphStep   *step)
{
  const char *zone = rungs_graph_reader_get_optional_text (reader, object, "zone");

  step->business_zone = zone != NULL && g_str_equal (zone, "business");
  if (zone != NULL && !step->business_zone && !g_str_equal (zone, "lead"))
    rungs_graph_reader_refuse (reader, _ ("“zone” must be “lead” or “business”."));
}

static void
read_weekdays (RungsGraphReader *reader,
               JsonObject       *object,
               RungsGraphStep   *step)
{
  JsonNode *node = json_object_get_member (object, "weekdays");
  JsonArray *days = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean wrong = node != NULL && (days == NULL || json_array_get_length (days) == 0);

  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    {
      JsonNode *day = json_array_get_element (days, i);
      guint bit
        = rungs_json_is_string (day) ? rungs_sending_weekday_from_text (json_node_get_string (day))
                                     : 0;

      wrong = wrong || bit == 0;
      step->weekdays |= bit;
    }
  if (wrong)
    rungs_graph_reader_refuse (
        reader, _ ("“weekdays” must be a list of mon, tue, wed, thu, fri, sat and sun."));
}

static void
read_time (RungsGraphReader *reader,
           JsonObject       *object,
           RungsGraphStep   *step)
{
  const char *text = rungs_graph_reader_get_text (reader, object, "time");
  int minute = rungs_sending_minute_from_text (text);

  if (text != NULL && minute < 0)
    rungs_graph_reader_refuse (reader, _ ("“time” must be a time such as \"09:00\"."));
  step->minute = MAX (minute, 0);
}

static void
read_until_time (RungsGraphReader *reader,
                 JsonObject       *object,
                 RungsGraphStep   *step)
{
  rungs_graph_reader_check_members (reader, object, "kind time weekdays zone next");
  step->until = RUNGS_GRAPH_UNTIL_TIME;
  read_time (reader, object, step);
  read_weekdays (reader, object, step);
  read_zone (reader, object, step);
  add_branch (reader, object, step, "next");
}

static void
read_until_date (RungsGraphReader *reader,
                 JsonObject       *object,
                 RungsGraphStep   *step)
{
  gint64 ignored;

  rungs_graph_reader_check_members (reader, object, "kind date zone next");
  step->until = RUNGS_GRAPH_UNTIL_DATE;
  step->date = g_strdup (rungs_graph_reader_get_text (reader, object, "date"));
  if (step->date != NULL && !rungs_time_parse (step->date, NULL, &ignored, NULL))
    rungs_graph_reader_refuse (
        reader, _ ("“date” must be a day or time such as \"2026-12-24\" or \"2026-12-24 09:00\"."));
  read_zone (reader, object, step);
  add_branch (reader, object, step, "next");
}

static gboolean
get_flag (RungsGraphReader *reader,
          JsonObject       *object,
          const char       *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  rungs_graph_reader_refuse (reader, _ ("“%s” must be true or false."), name);
  return FALSE;
}

static void
read_offset (RungsGraphReader *reader,
             JsonObject       *object,
             RungsGraphStep   *step)
{
  gint64 before = rungs_graph_reader_get_number (reader, object, "before_days", 0, 0);
  gint64 after = rungs_graph_reader_get_number (reader, object, "after_days", 0, 0);

  step->days = after - before;
  if (json_object_has_member (object, "before_days")
      && json_object_has_member (object, "after_days"))
    rungs_graph_reader_refuse (reader, _ ("“before_days” and “after_days” exclude each other."));
  else if (step->yearly && ABS (step->days) > MAX_YEARLY_DAYS)
    rungs_graph_reader_refuse (reader, _ ("What comes round each year is at most %d days away."),
                               MAX_YEARLY_DAYS);
}

static void
read_until_lead_date (RungsGraphReader *reader,
                      JsonObject       *object,
                      RungsGraphStep   *step)
{
  const char *name = rungs_graph_reader_get_text (reader, object, "lead_date");

  rungs_graph_reader_check_members (
    reader, object, "kind lead_date sku before_days after_days time yearly zone next missing");
  step->until = RUNGS_GRAPH_UNTIL_LEAD_DATE;
  step->lead_date = g_strdup (name);
  step->sku = g_strdup (rungs_graph_reader_get_optional_text (reader, object, "sku"));
  step->yearly = get_flag (reader, object, "yearly");
  if (name != NULL && !rungs_lead_date_is_known (name))
    rungs_graph_reader_refuse (reader,
                               _ ("“lead_date” must be “field:” with the key of a field, created, "
                                  "first_order, last_order or paid_until."));
  else if (name != NULL && step->sku != NULL && !rungs_lead_date_has_product (name))
    rungs_graph_reader_refuse (reader, _ ("“%s” is not a matter of products: leave out “sku”."),
                               name);
  read_offset (reader, object, step);
  read_time (reader, object, step);
  read_zone (reader, object, step);
  add_branch (reader, object, step, "next");
  add_branch (reader, object, step, "missing");
}

static void
read_wait_until (RungsGraphReader *reader,
                 JsonObject       *object,
                 RungsGraphStep   *step)
{
  gboolean time = json_object_has_member (object, "time");
  gboolean date = json_object_has_member (object, "date");
  gboolean event = json_object_has_member (object, "event");
  gboolean lead_date = json_object_has_member (object, "lead_date");

  if (date + event + lead_date > 1 || (time && (date || event))
      || !(time || date || event || lead_date))
    {
      rungs_graph_reader_refuse (
        reader, _ ("It must say one of “time”, “date”, “lead_date” and “event”."));
      rungs_graph_reader_miss (reader, "until");
      add_branch (reader, object, step, "next");
      return;
    }
  if (lead_date)
    read_until_lead_date (reader, object, step);
  else if (time)
    read_until_time (reader, object, step);
  else if (date)
    read_until_date (reader, object, step);
  else
    {
      rungs_graph_reader_check_members (reader, object,
                                        "kind event minutes hours days next timeout");
      step->until = RUNGS_GRAPH_UNTIL_EVENT;
      step->event = read_step_event (reader, object);
      read_length (reader, object, step);
      add_branch (reader, object, step, "next");
      add_branch (reader, object, step, "timeout");
    }
}

static void
read_rule (RungsGraphReader *reader,
           JsonObject       *object,
           RungsGraphStep   *step)
{
  JsonNode *node = json_object_get_member (object, "rule");
  g_autoptr (GError) error = NULL;

  if (node == NULL)
    {
      rungs_graph_reader_refuse (reader, _ ("“rule” is missing."));
      rungs_graph_reader_miss (reader, "rule");
    }
  else if ((step->rule = rungs_rule_new_from_json (node, &error)) == NULL)
    rungs_graph_reader_refuse (reader, "%s.", error->message);
}

static void
read_condition (RungsGraphReader *reader,
                JsonObject       *object,
                RungsGraphStep   *step)
{
  rungs_graph_reader_check_members (reader, object, "kind rule yes no");
  read_rule (reader, object, step);
  add_branch (reader, object, step, "yes");
  add_branch (reader, object, step, "no");
}

static void
read_split (RungsGraphReader *reader,
            JsonObject       *object,
            RungsGraphStep   *step)
{
  JsonNode *node = json_object_get_member (object, "branches");
  JsonArray *branches = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  rungs_graph_reader_check_members (reader, object, "kind branches");
  if (branches == NULL || json_array_get_length (branches) < 2)
    {
      rungs_graph_reader_refuse (reader,
                                 _ ("A split needs a list of “branches” with at least two."));
      rungs_graph_reader_miss (reader, "branches");
    }
  for (guint i = 0; branches != NULL && i < json_array_get_length (branches); i++)
    {
      JsonNode *branch = json_array_get_element (branches, i);
      g_autofree char *label = g_strdup_printf ("%u", i + 1);
      JsonObject *way;

      if (!JSON_NODE_HOLDS_OBJECT (branch))
        {
          rungs_graph_reader_refuse (reader, _ ("A branch must be an object in braces."));
          continue;
        }
      way = json_node_get_object (branch);
      rungs_graph_reader_check_members (reader, way, "weight next");
      rungs_graph_step_add_branch (step, label,
                                   rungs_graph_reader_get_optional_text (reader, way, "next"),
                                   rungs_graph_reader_get_number (reader, way, "weight", 1, 1));
    }
}

static void
read_set_field (RungsGraphReader *reader,
                JsonObject       *object,
                RungsGraphStep   *step)
{
  JsonObject *field = rungs_graph_reader_get_object (reader, object, "set_field");
  JsonNode *value;

  if (field == NULL)
    return;
  rungs_graph_reader_check_members (reader, field, "field value");
  step->name = g_strdup (rungs_graph_reader_get_text (reader, field, "field"));
  value = json_object_get_member (field, "value");
  if (!rungs_json_is_string (value))
    rungs_graph_reader_refuse (reader, _ ("“value” must be a text in quotation marks."));
  else
    step->value = json_node_dup_string (value);

  if (step->name != NULL && !g_str_has_prefix (step->name, "field:")
      && (g_str_equal (step->name, "email")
          || !g_strv_contains (rungs_lead_columns (), step->name)))
    rungs_graph_reader_refuse (reader, _ ("A sequence cannot set a field “%s”."), step->name);
}

static void
read_task (RungsGraphReader *reader,
           JsonObject       *object,
           RungsGraphStep   *step)
{
  JsonObject *task = rungs_graph_reader_get_object (reader, object, "task");

  if (task == NULL)
    return;
  rungs_graph_reader_check_members (reader, task, "title days");
  step->name = g_strdup (rungs_graph_reader_get_text (reader, task, "title"));
  step->number = rungs_graph_reader_get_number (reader, task, "days", 0, 0);
}

static void
read_action (RungsGraphReader *reader,
             JsonObject       *object,
             RungsGraphStep   *step)
{
  static const char *const ACTS[] = {
    [RUNGS_GRAPH_ADD_TAG] = "add_tag",     [RUNGS_GRAPH_REMOVE_TAG] = "remove_tag",
    [RUNGS_GRAPH_SET_FIELD] = "set_field", [RUNGS_GRAPH_ADD_SCORE] = "add_score",
    [RUNGS_GRAPH_TASK] = "task",           [RUNGS_GRAPH_START] = "start",
    [RUNGS_GRAPH_STOP] = "stop",
  };
  guint found = 0;

  rungs_graph_reader_check_members (
      reader, object, "kind add_tag remove_tag set_field add_score task start stop next");
  for (guint i = 0; i < G_N_ELEMENTS (ACTS); i++)
    if (json_object_has_member (object, ACTS[i]))
      {
        step->act = (RungsGraphAct) i;
        found++;
      }

  add_branch (reader, object, step, "next");
  if (found != 1)
    {
      rungs_graph_reader_refuse (
          reader,
          _ ("An action does exactly one thing: add_tag, remove_tag, set_field, add_score, task, "
          "start or stop."));
      rungs_graph_reader_miss (reader, "act");
    }
  else if (step->act == RUNGS_GRAPH_SET_FIELD)
    read_set_field (reader, object, step);
  else if (step->act == RUNGS_GRAPH_TASK)
    read_task (reader, object, step);
  else if (step->act == RUNGS_GRAPH_ADD_SCORE)
    step->number =
        rungs_graph_reader_get_number (reader, object, ACTS[step->act], -RUNGS_GRAPH_MAX_NUMBER, 0);
  else
    step->name = g_strdup (rungs_graph_reader_get_text (reader, object, ACTS[step->act]));
}

static void
read_goal (RungsGraphReader *reader,
           JsonObject       *object,
           RungsGraphStep   *step)
{
  gboolean event = json_object_has_member (object, "event");
  gboolean rule = json_object_has_member (object, "rule");

  rungs_graph_reader_check_members (reader, object, "kind event rule");
  if (event && rule)
    rungs_graph_reader_refuse (reader, _ ("A goal is an event or a rule, not both."));
  else if (event)
    step->event = read_step_event (reader, object);
  else if (rule)
    read_rule (reader, object, step);
}

static void
read_exit (RungsGraphReader *reader,
           JsonObject       *object,
           RungsGraphStep   *step)
{
  rungs_graph_reader_check_members (reader, object, "kind");
}

static void
read_step (RungsGraphReader *reader,
           const char       *id,
           JsonNode         *node)
{
  static void (*const READERS[]) (RungsGraphReader *, JsonObject *, RungsGraphStep *) = {
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
      rungs_graph_reader_refuse (reader, _ ("It must be an object in braces."));
      return;
    }
  text = rungs_graph_reader_get_text (reader, object, "kind");
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
    rungs_graph_reader_refuse (reader, _ ("There is no kind of step “%s”."), text);
}

void
rungs_graph_reader_read_steps (RungsGraphReader *reader,
                               JsonObject       *object)
{
  JsonObject *steps = rungs_graph_reader_get_object (reader, object, "steps");
  g_autoptr (GList) ids = steps ? json_object_get_members (steps) : NULL;

  if (steps == NULL)
    return;
  if (ids == NULL || json_object_get_size (steps) > MAX_STEPS)
    {
      rungs_graph_reader_refuse (reader, _ ("A sequence has from 1 to %d steps."), MAX_STEPS);
      rungs_graph_blame (reader->problems, RUNGS_GRAPH_FAULT_EMPTY, NULL);
    }
  for (GList *item = ids; item != NULL; item = item->next)
    {
      reader->step = item->data;
      if (reader->step[0] == '\0')
        rungs_graph_reader_refuse (reader, _ ("The id of a step cannot be empty."));
      read_step (reader, reader->step, json_object_get_member (steps, reader->step));
    }
  reader->step = NULL;
}
