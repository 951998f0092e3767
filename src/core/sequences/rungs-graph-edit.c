/* rungs-graph-edit.c: edits of a sequence's graph, from one JSON text to another. */

#include "sequences/rungs-graph-edit.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "sequences/rungs-graph-region.h"
#include "sequences/rungs-graph-text.h"

static gboolean
need_arrow (RungsGraphText  *text,
            const char      *from,
            const char      *way,
            GError         **error)
{
  if (rungs_graph_has_arrow (text->graph, from, way))
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no way “%s” out of “%s”"),
               way, from);
  return FALSE;
}

static gboolean
refuse (GError    **error,
        const char *words)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, words);
  return FALSE;
}

/* The ids of all steps that leads can reach. */
static GHashTable *
list_reached (RungsGraph *graph)
{
  g_autoptr (GHashTable) steps = rungs_graph_reach (graph, NULL, NULL, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, steps);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (ids, g_strdup (((RungsGraphStep *) key)->id));
  return g_steal_pointer (&ids);
}

/* Removes what leads could reach before, and cannot now. */
static void
prune (RungsGraphText *text,
       GHashTable     *before)
{
  g_autoptr (GHashTable) after = NULL;
  GHashTableIter iter;
  gpointer key;

  rungs_graph_text_read (text);
  after = list_reached (text->graph);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (after, key) && json_object_has_member (text->steps, key))
      {
        rungs_graph_text_divert (text, key, NULL, NULL);
        json_object_remove_member (text->steps, key);
      }
  rungs_graph_text_read (text);
}

/* ---- putting in */

/* All ways out of the step lead there; what its JSON says of them is overlooked. */
static void
lead_all (JsonObject *step,
          const char *target)
{
  g_auto (GStrv) ways = rungs_graph_step_ways (step);

  for (guint i = 0; ways[i] != NULL; i++)
    rungs_graph_step_set_way (step, ways[i], target);
}

/* Adds the step without arrows. Returns: (transfer full) (nullable): its id. */
static char *
add_step (RungsGraphText  *text,
          const char      *json,
          GError         **error)
{
  g_autoptr (JsonNode) node = rungs_graph_text_parse_object (json, error);
  g_autofree char *id = NULL;
  const char *kind;

  if (node == NULL)
    return NULL;
  kind = json_object_get_string_member_with_default (json_node_get_object (node), "kind", "step");
  id = rungs_graph_text_make_id (text, kind);
  lead_all (json_node_get_object (node), NULL);
  json_object_set_member (text->steps, id, g_steal_pointer (&node));
  return g_steal_pointer (&id);
}

char *
rungs_graph_edit_insert (const char  *json,
                         const char  *from,
                         const char  *way,
                         const char  *step,
                         char       **id,
                         GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);
  g_autofree char *target = NULL;
  g_autofree char *added = NULL;
  g_auto (GStrv) ways = NULL;
  JsonObject *object;

  if (text == NULL || !need_arrow (text, from, way, error)
      || (added = add_step (text, step, error)) == NULL)
    return NULL;
  object = rungs_graph_text_find (text, added, NULL);
  ways = rungs_graph_step_ways (object);
  target = g_strdup (rungs_graph_get_target (text->graph, from, way));
  if (*ways == NULL && !rungs_graph_can_insert (text->graph, RUNGS_GRAPH_EXIT, from, way))
    {
      refuse (error, _ ("The steps that follow could not be reached any more"));
      return NULL;
    }
  lead_all (object, target);
  rungs_graph_text_lead (text, from, way, added);
  if (id != NULL)
    *id = g_steal_pointer (&added);
  return rungs_graph_text_dup (text);
}

char *
rungs_graph_edit_add (const char  *json,
                      const char  *step,
                      char       **id,
                      GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);
  g_autofree char *added = text ? add_step (text, step, error) : NULL;

  if (added == NULL)
    return NULL;
  if (id != NULL)
    *id = g_steal_pointer (&added);
  return rungs_graph_text_dup (text);
}

/* ---- removing */

/* What takes the place of the step. */
static char *
find_heir (RungsGraph     *graph,
           RungsGraphStep *step)
{
  g_autoptr (RungsGraphRegion) region = rungs_graph_region_new (graph, step->id);
  const char *after = region ? region->after : NULL;
  const char *heir = after;

  for (guint i = step->branches->len; i > 0; i--)
    {
      const RungsGraphBranch *branch = g_ptr_array_index (step->branches, i - 1);
      RungsGraphStep *target = rungs_graph_find (graph, branch->target);

      if (target != NULL && target != step && g_strcmp0 (target->id, after) != 0)
        heir = target->id;
    }
  return g_strdup (heir);
}

static void
remove_step (RungsGraphText *text,
             const char     *id)
{
  RungsGraphStep *step = rungs_graph_find (text->graph, id);
  g_autofree char *heir = step ? find_heir (text->graph, step) : NULL;

  rungs_graph_text_divert (text, id, heir, NULL);
  json_object_remove_member (text->steps, id);
}

char *
rungs_graph_edit_remove (const char         *json,
                         const char *const  *ids,
                         GError            **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);

  if (text == NULL)
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GHashTable) before = list_reached (text->graph);

      if (!json_object_has_member (text->steps, ids[i]))
        continue;
      remove_step (text, ids[i]);
      g_hash_table_remove (before, ids[i]);
      prune (text, before);
    }
  return rungs_graph_text_dup (text);
}

/* ---- moving */

static GHashTable *
ids_of (RungsGraphRegion *region)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, region->steps);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (ids, g_strdup (((RungsGraphStep *) key)->id));
  return ids;
}

/* The arrows by which the region is left lead to `target`. */
static void
lead_out (RungsGraphText   *text,
          RungsGraphRegion *region,
          const char       *target)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, region->steps);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      RungsGraphStep *step = key;

      for (guint i = 0; i < step->branches->len; i++)
        {
          const RungsGraphBranch *branch = g_ptr_array_index (step->branches, i);

          if (g_strcmp0 (rungs_graph_get_target (text->graph, step->id, branch->label),
                         region->after)
              == 0)
            rungs_graph_text_lead (text, step->id, branch->label, target);
        }
    }
}

char *
rungs_graph_edit_move (const char  *json,
                       const char  *id,
                       const char  *from,
                       const char  *way,
                       GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);
  g_autoptr (RungsGraphRegion) region = NULL;
  g_autoptr (GHashTable) moved = NULL;
  g_autofree char *target = NULL;

  if (text == NULL || !need_arrow (text, from, way, error))
    return NULL;
  if (rungs_graph_find (text->graph, id) == NULL)
    {
      rungs_graph_text_find (text, id, error);
      return NULL;
    }
  region = rungs_graph_region_new (text->graph, id);
  if (region == NULL || !rungs_graph_can_move (text->graph, region, id, from, way))
    {
      refuse (error, _ ("The step cannot be moved there"));
      return NULL;
    }
  target = g_strdup (rungs_graph_get_target (text->graph, from, way));
  moved = ids_of (region);
  rungs_graph_text_divert (text, id, region->after, moved);
  lead_out (text, region, target);
  rungs_graph_text_lead (text, from, way, id);
  return rungs_graph_text_dup (text);
}

char *
rungs_graph_edit_lead (const char  *json,
                       const char  *from,
                       const char  *way,
                       const char  *to,
                       GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);

  if (text == NULL || !need_arrow (text, from, way, error)
      || (to != NULL && rungs_graph_text_find (text, to, error) == NULL))
    return NULL;
  rungs_graph_text_lead (text, from, way, to);
  return rungs_graph_text_dup (text);
}

/* ---- members */

char *
rungs_graph_edit_get (const char  *json,
                      const char  *id,
                      GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);

  if (text == NULL || rungs_graph_text_find (text, id, error) == NULL)
    return NULL;
  return json_to_string (json_object_get_member (text->steps, id), FALSE);
}

/* The ways of the new one, as those of the old one went. */
static void
inherit_ways (RungsGraphText *text,
              const char     *id,
              JsonObject     *step)
{
  g_auto (GStrv) ways = rungs_graph_step_ways (step);
  RungsGraphStep *old = rungs_graph_find (text->graph, id);
  const RungsGraphBranch *first = old && old->branches->len > 0 ? old->branches->pdata[0] : NULL;

  for (guint i = 0; ways[i] != NULL; i++)
    {
      const char *label = rungs_graph_has_arrow (text->graph, id, ways[i]) ? ways[i]
                          : first != NULL                                  ? first->label
                                                                           : NULL;

      rungs_graph_step_set_way (
        step, ways[i], label ? rungs_graph_get_target (text->graph, id, label) : NULL);
    }
}

char *
rungs_graph_edit_set (const char  *json,
                      const char  *id,
                      const char  *step,
                      GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GHashTable) before = NULL;

  if (text == NULL || rungs_graph_text_find (text, id, error) == NULL
      || (node = rungs_graph_text_parse_object (step, error)) == NULL)
    return NULL;
  before = list_reached (text->graph);
  inherit_ways (text, id, json_node_get_object (node));
  json_object_set_member (text->steps, id, g_steal_pointer (&node));
  prune (text, before);
  return rungs_graph_text_dup (text);
}

char *
rungs_graph_edit_set_member (const char  *json,
                             const char  *member,
                             const char  *value,
                             GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);
  g_autoptr (JsonNode) node = NULL;

  if (text == NULL || (value != NULL && (node = json_from_string (value, error)) == NULL))
    return NULL;
  if (node != NULL)
    json_object_set_member (text->object, member, g_steal_pointer (&node));
  else if (json_object_has_member (text->object, member))
    json_object_remove_member (text->object, member);
  return rungs_graph_text_dup (text);
}

/* ---- the ways of a split */

static JsonArray *
find_branches (RungsGraphText  *text,
               const char      *id,
               GError         **error)
{
  JsonObject *step = rungs_graph_text_find (text, id, error);
  JsonNode *node = step ? json_object_get_member (step, "branches") : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (step != NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("The step “%s” is no split"), id);
  return NULL;
}

char *
rungs_graph_edit_add_branch (const char  *json,
                             const char  *id,
                             GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);
  g_autoptr (RungsGraphRegion) region = NULL;
  JsonArray *branches = text ? find_branches (text, id, error) : NULL;
  JsonObject *branch;

  if (branches == NULL)
    return NULL;
  if (rungs_graph_find (text->graph, id) != NULL)
    region = rungs_graph_region_new (text->graph, id);
  branch = json_object_new ();
  json_object_set_int_member (branch, "weight", 1);
  if (region != NULL && region->after != NULL)
    json_object_set_string_member (branch, "next", region->after);
  json_array_add_object_element (branches, branch);
  return rungs_graph_text_dup (text);
}

char *
rungs_graph_edit_remove_branch (const char  *json,
                                const char  *id,
                                const char  *way,
                                GError     **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);
  g_autoptr (GHashTable) before = NULL;
  JsonArray *branches = text ? find_branches (text, id, error) : NULL;

  if (branches == NULL || !need_arrow (text, id, way, error))
    return NULL;
  if (json_array_get_length (branches) <= 2)
    {
      refuse (error, _ ("A split has at least two ways"));
      return NULL;
    }
  before = list_reached (text->graph);
  json_array_remove_element (branches, (guint) strtoul (way, NULL, 10) - 1);
  prune (text, before);
  return rungs_graph_text_dup (text);
}
