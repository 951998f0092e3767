/* rungs-graph-parse.c: reads a graph from JSON, and says of everything that is not as it should be
 * what and where. */

#include "sequences/rungs-graph-reader.h"

#include <glib/gi18n.h>

static void
read_reentry (RungsGraphReader *reader,
              JsonObject       *entry)
{
  JsonNode *node = json_object_get_member (entry, "reentry");

  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      rungs_graph_reader_check_members (reader, object, "after_days");
      reader->graph->reentry = RUNGS_GRAPH_AFTER_DAYS;
      reader->graph->reentry_days =
          rungs_graph_reader_get_number (reader, object, "after_days", 1, 0);
      if (!json_object_has_member (object, "after_days"))
        rungs_graph_reader_refuse (reader, _ ("“after_days” is missing."));
    }
  else if (rungs_json_is_string (node) && g_str_equal (json_node_get_string (node), "after_end"))
    reader->graph->reentry = RUNGS_GRAPH_AFTER_END;
  else if (!rungs_json_is_string (node) || !g_str_equal (json_node_get_string (node), "never"))
    rungs_graph_reader_refuse (
        reader, _ ("“reentry” must be \"never\", \"after_end\" or {\"after_days\": 30}."));
}

static void
read_entry (RungsGraphReader *reader,
            JsonObject       *object)
{
  JsonObject *entry;
  JsonNode *node;
  JsonArray *triggers;

  if (!json_object_has_member (object, "entry"))
    return;
  entry = rungs_graph_reader_get_object (reader, object, "entry");
  if (entry == NULL)
    return;

  rungs_graph_reader_check_members (reader, entry, "triggers reentry");
  read_reentry (reader, entry);
  node = json_object_get_member (entry, "triggers");
  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      rungs_graph_reader_refuse (reader, _ ("“triggers” must be a list of events."));
      return;
    }
  triggers = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (triggers); i++)
    {
      RungsGraphEvent *event =
          rungs_graph_reader_read_event (reader, json_array_get_element (triggers, i));

      if (event != NULL)
        g_ptr_array_add (reader->graph->triggers, event);
    }
}

static void
read_sending (RungsGraphReader *reader,
              JsonObject       *object)
{
  JsonNode *node = json_object_get_member (object, "sending");
  RungsSendingHours hours;
  g_autoptr (GError) error = NULL;

  if (node == NULL)
    return;
  if (rungs_sending_hours_read (&hours, node, &error))
    reader->graph->sending = g_memdup2 (&hours, sizeof hours);
  else
    rungs_graph_reader_refuse (reader, _ ("“sending”: %s"), error->message);
}

static void
read_reply (RungsGraphReader *reader,
            JsonObject       *object)
{
  static const char *const REPLIES[] = {
    [RUNGS_GRAPH_REPLY_GO_ON] = "go_on",
    [RUNGS_GRAPH_REPLY_PAUSE] = "pause",
    [RUNGS_GRAPH_REPLY_END] = "end",
  };
  JsonNode *node = json_object_get_member (object, "reply");

  if (node == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (REPLIES); i++)
    if (rungs_json_is_string (node) && g_str_equal (json_node_get_string (node), REPLIES[i]))
      {
        reader->graph->reply = (RungsGraphReply) i;
        return;
      }
  rungs_graph_reader_refuse (reader, _ ("“reply” must be \"go_on\", \"pause\" or \"end\"."));
}

static void
read_graph (RungsGraphReader *reader,
            JsonNode         *node)
{
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      rungs_graph_reader_refuse (reader, _ ("A sequence must be an object in braces."));
      return;
    }
  object = json_node_get_object (node);
  rungs_graph_reader_check_members (reader, object, "name sells entry sending reply start steps");
  reader->graph->name = g_strdup (rungs_graph_reader_get_text (reader, object, "name"));
  reader->graph->sells = g_strdup (rungs_graph_reader_get_optional_text (reader, object, "sells"));
  reader->graph->start = g_strdup (rungs_graph_reader_get_text (reader, object, "start"));
  read_entry (reader, object);
  read_sending (reader, object);
  read_reply (reader, object);
  rungs_graph_reader_read_steps (reader, object);
}

/* JSON keeps the last of members with the same name, in silence; here it is said. */
static void
object_member_read_cb (JsonParser *parser,
                       JsonObject *object,
                       const char *name,
                       gpointer    data)
{
  RungsGraphReader *reader = data;

  if (!g_hash_table_add (reader->seen, g_strdup_printf ("%p %s", (void *) object, name)))
    rungs_graph_reader_refuse (
        reader, _ ("“%s” stands twice: the second would take the place of the first."), name);
}

gboolean
rungs_graph_text_is_too_deep (const char *json)
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
        if (++depth > RUNGS_GRAPH_MAX_NESTING)
          return TRUE;
      }
    else if (!quoted && (*json == '}' || *json == ']'))
      depth--;
  return FALSE;
}

/* Reads what there is. */
static RungsGraph *
read_text (const char *json,
           GPtrArray  *problems)
{
  g_autoptr (RungsGraph) graph = rungs_graph_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  RungsGraphReader reader = { .problems = problems, .graph = graph, .seen = seen };

  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_read_cb), &reader);
  if (rungs_graph_text_is_too_deep (json))
    rungs_graph_reader_refuse (&reader, _ ("It is nested more than %d deep."),
                               RUNGS_GRAPH_MAX_NESTING);
  else if (!json_parser_load_from_data (parser, json, -1, &error))
    rungs_graph_reader_refuse (&reader, _ ("It is not JSON: %s."), error->message);
  else
    read_graph (&reader, json_parser_get_root (parser));
  return g_steal_pointer (&graph);
}

RungsGraph *
rungs_graph_parse (const char *json,
                   GPtrArray  *problems)
{
  g_autoptr (RungsGraph) graph = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  graph = read_text (json, problems);
  if (!rungs_graph_problems_are_fatal (problems))
    rungs_graph_check_arrows (graph, problems);
  return rungs_graph_problems_are_fatal (problems) ? NULL : g_steal_pointer (&graph);
}

/* A graph without steps lacks but these. */
static void
forgive_start (GPtrArray *problems)
{
  for (guint i = problems->len; i > 0; i--)
    {
      RungsGraphProblem *problem = g_ptr_array_index (problems, i - 1);

      if (problem->step == NULL && problem->fault == RUNGS_GRAPH_FAULT_MISSING
          && g_str_equal (problem->member, "start"))
        g_ptr_array_remove_index (problems, i - 1);
    }
}

RungsGraph *
rungs_graph_parse_draft (const char *json,
                         GPtrArray  *problems)
{
  g_autoptr (RungsGraph) graph = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  graph = read_text (json, problems);
  if (graph->name == NULL)
    graph->name = g_strdup ("");
  if (graph->steps->len == 0)
    {
      forgive_start (problems);
      return g_steal_pointer (&graph);
    }
  if (graph->start == NULL)
    graph->start = g_strdup (((RungsGraphStep *) g_ptr_array_index (graph->steps, 0))->id);
  rungs_graph_check_arrows (graph, problems);
  return g_steal_pointer (&graph);
}
