/* rungs-graph-text.c: the JSON text of a graph, opened to be edited. */

#include "sequences/rungs-graph-text.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "sequences/rungs-graph-private.h"
#include "sequences/rungs-graph-region.h"

JsonNode *
rungs_graph_text_parse_object (const char  *json,
                               GError     **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (JsonNode) node
    = rungs_graph_text_is_too_deep (json) ? NULL : json_from_string (json, &why);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       why ? why->message : _ ("A sequence must be an object in braces."));
  return NULL;
}

RungsGraphText *
rungs_graph_text_open (const char  *json,
                       GError     **error)
{
  g_autoptr (RungsGraphText) self = g_new0 (RungsGraphText, 1);
  JsonNode *steps;

  self->root = rungs_graph_text_parse_object (json, error);
  if (self->root == NULL)
    return NULL;
  self->object = json_node_get_object (self->root);
  steps = json_object_get_member (self->object, "steps");
  if (steps == NULL || !JSON_NODE_HOLDS_OBJECT (steps))
    json_object_set_object_member (self->object, "steps", json_object_new ());
  self->steps = json_object_get_object_member (self->object, "steps");
  rungs_graph_text_read (self);
  return g_steal_pointer (&self);
}

void
rungs_graph_text_free (RungsGraphText *self)
{
  g_clear_pointer (&self->graph, rungs_graph_unref);
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}

char *
rungs_graph_text_dup (RungsGraphText *self)
{
  return json_to_string (self->root, FALSE);
}

void
rungs_graph_text_read (RungsGraphText *self)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autofree char *json = json_to_string (self->root, FALSE);

  g_clear_pointer (&self->graph, rungs_graph_unref);
  self->graph = rungs_graph_parse_draft (json, problems);
}

char *
rungs_graph_text_make_id (RungsGraphText *self,
                          const char     *kind)
{
  g_autofree char *id = NULL;

  do
    {
      g_free (id);
      id = g_strdup_printf ("%s-%05x", kind, g_random_int () & 0xfffff);
    }
  while (json_object_has_member (self->steps, id));
  return g_steal_pointer (&id);
}

JsonObject *
rungs_graph_text_find (RungsGraphText  *self,
                       const char      *id,
                       GError         **error)
{
  JsonNode *node = json_object_get_member (self->steps, id);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no step “%s”"), id);
  return NULL;
}

/* ---- ways */

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonArray *
get_branches (JsonObject *step)
{
  JsonNode *node = json_object_get_member (step, "branches");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The branch of a split; NULL where there is no such one. */
static JsonObject *
get_branch (JsonObject *step,
            const char *way)
{
  JsonArray *branches = get_branches (step);
  guint index = (guint) strtoul (way, NULL, 10);
  JsonNode *node;

  if (branches == NULL || index == 0 || index > json_array_get_length (branches))
    return NULL;
  node = json_array_get_element (branches, index - 1);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char **
list_branches (JsonObject *step)
{
  g_autoptr (GStrvBuilder) ways = g_strv_builder_new ();
  JsonArray *branches = get_branches (step);

  for (guint i = 0; branches != NULL && i < json_array_get_length (branches); i++)
    {
      g_autofree char *way = g_strdup_printf ("%u", i + 1);

      g_strv_builder_add (ways, way);
    }
  return g_strv_builder_end (ways);
}

char **
rungs_graph_step_ways (JsonObject *step)
{
  const char *kind = get_text (step, "kind");

  if (g_strcmp0 (kind, "split") == 0)
    return list_branches (step);
  if (g_strcmp0 (kind, "condition") == 0)
    return g_strsplit ("yes no", " ", -1);
  if (g_strcmp0 (kind, "goal") == 0 || g_strcmp0 (kind, "exit") == 0)
    return g_new0 (char *, 1);
  if (g_strcmp0 (kind, "wait_until") == 0 && json_object_has_member (step, "event"))
    return g_strsplit ("next timeout", " ", -1);
  if (g_strcmp0 (kind, "wait_until") == 0 && json_object_has_member (step, "lead_date"))
    return g_strsplit ("next missing", " ", -1);
  if (g_strcmp0 (kind, "wait_until") == 0 && json_object_has_member (step, "lead_date"))
    return g_strsplit ("next missing", " ", -1);
  return g_strsplit ("next", " ", -1);
}

const char *
rungs_graph_step_get_way (JsonObject *step,
                          const char *way)
{
  JsonObject *branch;

  if (!g_ascii_isdigit (*way))
    return get_text (step, way);
  branch = get_branch (step, way);
  return branch ? get_text (branch, "next") : NULL;
}

void
rungs_graph_step_set_way (JsonObject *step,
                          const char *way,
                          const char *target)
{
  JsonObject *object = g_ascii_isdigit (*way) ? get_branch (step, way) : step;
  const char *member = object == step ? way : "next";

  if (object == NULL)
    return;
  if (target != NULL)
    json_object_set_string_member (object, member, target);
  else if (json_object_has_member (object, member))
    json_object_remove_member (object, member);
}

void
rungs_graph_text_lead (RungsGraphText *self,
                       const char     *from,
                       const char     *way,
                       const char     *target)
{
  JsonObject *step;

  if (from != NULL)
    {
      step = rungs_graph_text_find (self, from, NULL);
      if (step != NULL)
        rungs_graph_step_set_way (step, way, target);
    }
  else if (target != NULL)
    json_object_set_string_member (self->object, "start", target);
  else if (json_object_has_member (self->object, "start"))
    json_object_remove_member (self->object, "start");
}

void
rungs_graph_text_divert (RungsGraphText *self,
                         const char     *id,
                         const char     *target,
                         GHashTable     *without)
{
  g_autoptr (GList) ids = json_object_get_members (self->steps);

  if (g_strcmp0 (rungs_graph_get_target (self->graph, NULL, NULL), id) == 0)
    rungs_graph_text_lead (self, NULL, NULL, target);
  for (GList *item = ids; item != NULL; item = item->next)
    {
      JsonObject *step = rungs_graph_text_find (self, item->data, NULL);
      g_auto (GStrv) ways = step ? rungs_graph_step_ways (step) : g_new0 (char *, 1);

      if (without != NULL && g_hash_table_contains (without, item->data))
        continue;
      for (guint i = 0; ways[i] != NULL; i++)
        if (g_strcmp0 (rungs_graph_step_get_way (step, ways[i]), id) == 0)
          rungs_graph_step_set_way (step, ways[i], target);
    }
}
