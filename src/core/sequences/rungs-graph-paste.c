/* rungs-graph-paste.c: steps of a graph on the clipboard.
 *
 *   {"rungs": "steps", "order": [ID, …], "free": [ID, …], "steps": {ID: STEP, …}}
 *
 * "order" is how they stood, from above; "free" are goals without an arrow. What is pasted need not
 * have been of one piece: each piece is what arrows of its own join, and the pieces are put one
 * behind the other. */

#include "sequences/rungs-graph-edit.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "sequences/rungs-graph-region.h"
#include "sequences/rungs-graph-text.h"

/* ---- copying */

static gboolean
is_led_to (RungsGraph *graph,
           const char *id)
{
  if (g_strcmp0 (graph->start, id) == 0)
    return TRUE;
  for (guint i = 0; i < graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      for (guint j = 0; j < step->branches->len; j++)
        if (g_strcmp0 (((RungsGraphBranch *) step->branches->pdata[j])->target, id) == 0)
          return TRUE;
    }
  return FALSE;
}

/* Ways to what is not copied lead nowhere in the copy. */
static JsonNode *
copy_step (RungsGraphText     *text,
           const char         *id,
           const char *const  *ids)
{
  JsonNode *copy = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = json_to_string (json_object_get_member (text->steps, id), FALSE);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *step = json_node_get_object (node);
  g_auto (GStrv) ways = rungs_graph_step_ways (step);

  for (guint i = 0; ways[i] != NULL; i++)
    {
      const char *target = rungs_graph_step_get_way (step, ways[i]);

      if (target != NULL && !g_strv_contains (ids, target))
        rungs_graph_step_set_way (step, ways[i], NULL);
    }
  json_node_set_object (copy, step);
  return copy;
}

char *
rungs_graph_edit_copy (const char         *json,
                       const char *const  *ids,
                       GError            **error)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, error);
  g_autoptr (RungsGraphLayout) layout = text ? rungs_graph_layout (text->graph) : NULL;
  g_autoptr (JsonObject) copied = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonArray *order = json_array_new ();
  JsonArray *free = json_array_new ();
  JsonObject *steps = json_object_new ();

  json_object_set_string_member (copied, "rungs", "steps");
  json_object_set_array_member (copied, "order", order);
  json_object_set_array_member (copied, "free", free);
  json_object_set_object_member (copied, "steps", steps);
  for (guint i = 0; layout != NULL && i < layout->places->len; i++)
    {
      const char *id = ((RungsGraphPlace *) g_ptr_array_index (layout->places, i))->step->id;

      if (!g_strv_contains (ids, id))
        continue;
      json_array_add_string_element (is_led_to (text->graph, id) ? order : free, id);
      json_object_set_member (steps, id, copy_step (text, id, ids));
    }
  json_node_set_object (root, copied);
  return json_object_get_size (steps) > 0 ? json_to_string (root, FALSE) : NULL;
}

/* ---- pasting */

typedef struct
{
  RungsGraphText *text;
  JsonObject *copied; /* the steps that were copied, by their old ids; lent */
  GHashTable *ids;    /* (owned): old id -> new id */
  GStrvBuilder *added; /* (owned) */
  GPtrArray *open;    /* (owned) (element-type utf8): new steps whose ways without end are to lead
                       * to the next piece */
  char *from;         /* (owned) (nullable): where the next piece goes, as long as there is nothing
                       * in `open` */
  char *way;          /* (owned) (nullable) */
} Paste;

static void
paste_clear (Paste *paste)
{
  g_clear_pointer (&paste->text, rungs_graph_text_free);
  g_clear_pointer (&paste->ids, g_hash_table_unref);
  g_clear_pointer (&paste->added, g_strv_builder_unref);
  g_clear_pointer (&paste->open, g_ptr_array_unref);
  g_free (paste->from);
  g_free (paste->way);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paste, paste_clear)

static JsonObject *
find_copied (Paste      *paste,
             const char *id)
{
  JsonNode *node = id ? json_object_get_member (paste->copied, id) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Gives a new id to the step and to all that it leads to and that is not pasted yet. Returns: the
 * old ids, in `piece`. */
static void
gather (Paste      *paste,
        const char *id,
        GPtrArray  *piece)
{
  JsonObject *step = find_copied (paste, id);
  g_auto (GStrv) ways = NULL;
  const char *kind;

  if (step == NULL || g_hash_table_contains (paste->ids, id))
    return;
  kind = json_object_get_string_member_with_default (step, "kind", "step");
  g_hash_table_insert (paste->ids, g_strdup (id), rungs_graph_text_make_id (paste->text, kind));
  g_ptr_array_add (piece, (gpointer) id);
  ways = rungs_graph_step_ways (step);
  for (guint i = 0; ways[i] != NULL; i++)
    gather (paste, rungs_graph_step_get_way (step, ways[i]), piece);
}

/* Where the way leads within the piece. Returns: (transfer none) (nullable): the old id */
static const char *
target_within (GPtrArray  *piece,
               JsonObject *step,
               const char *way)
{
  const char *target = rungs_graph_step_get_way (step, way);

  return target != NULL && g_ptr_array_find_with_equal_func (piece, target, g_str_equal, NULL)
           ? target
           : NULL;
}

/* Whether a way out of the piece has no end. */
static gboolean
is_open (Paste     *paste,
         GPtrArray *piece)
{
  for (guint i = 0; i < piece->len; i++)
    {
      JsonObject *step = find_copied (paste, g_ptr_array_index (piece, i));
      g_auto (GStrv) ways = rungs_graph_step_ways (step);

      for (guint j = 0; ways[j] != NULL; j++)
        if (target_within (piece, step, ways[j]) == NULL)
          return TRUE;
    }
  return FALSE;
}

/* Puts a step of the copy into the graph; its ways lead to the new steps. */
static const char *
put (Paste      *paste,
     GPtrArray  *piece,
     const char *old)
{
  const char *id = g_hash_table_lookup (paste->ids, old);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;
  g_auto (GStrv) ways = NULL;
  JsonObject *step;

  json_node_set_object (node, find_copied (paste, old));
  json = json_to_string (node, FALSE);
  json_object_set_member (paste->text->steps, id, json_from_string (json, NULL));
  g_strv_builder_add (paste->added, id);
  step = rungs_graph_text_find (paste->text, id, NULL);
  ways = rungs_graph_step_ways (step);
  for (guint i = 0; ways[i] != NULL; i++)
    {
      const char *target = target_within (piece, step, ways[i]);

      rungs_graph_step_set_way (step, ways[i],
                                target ? g_hash_table_lookup (paste->ids, target) : NULL);
    }
  return id;
}

/* What was open leads to `target`. */
static void
close_ways (Paste      *paste,
            const char *target)
{
  for (guint i = 0; i < paste->open->len; i++)
    {
      JsonObject *step
        = rungs_graph_text_find (paste->text, g_ptr_array_index (paste->open, i), NULL);
      g_auto (GStrv) ways = rungs_graph_step_ways (step);

      for (guint j = 0; ways[j] != NULL; j++)
        if (rungs_graph_step_get_way (step, ways[j]) == NULL)
          rungs_graph_step_set_way (step, ways[j], target);
    }
  g_ptr_array_set_size (paste->open, 0);
}

static void
put_piece (Paste     *paste,
           GPtrArray *piece)
{
  const char *first = g_hash_table_lookup (paste->ids, g_ptr_array_index (piece, 0));

  if (paste->open->len > 0)
    close_ways (paste, first);
  else
    rungs_graph_text_lead (paste->text, paste->from, paste->way, first);
  for (guint i = 0; i < piece->len; i++)
    g_ptr_array_add (paste->open, g_strdup (put (paste, piece, g_ptr_array_index (piece, i))));
}

/* Pieces that nothing can follow come last, and only where nothing does. */
static void
put_ordered (Paste      *paste,
             JsonArray  *order,
             const char *target)
{
  g_autoptr (GPtrArray) closed = NULL;

  for (guint i = 0; i < json_array_get_length (order); i++)
    {
      g_autoptr (GPtrArray) piece = g_ptr_array_new ();

      gather (paste, json_array_get_string_element (order, i), piece);
      if (piece->len == 0)
        continue;
      if (is_open (paste, piece))
        put_piece (paste, piece);
      else
        {
          g_clear_pointer (&closed, g_ptr_array_unref);
          closed = g_steal_pointer (&piece);
        }
    }
  if (closed != NULL && target == NULL)
    put_piece (paste, closed);
  close_ways (paste, target);
}

static void
put_free (Paste     *paste,
          JsonArray *free)
{
  for (guint i = 0; i < json_array_get_length (free); i++)
    {
      g_autoptr (GPtrArray) piece = g_ptr_array_new ();

      gather (paste, json_array_get_string_element (free, i), piece);
      for (guint j = 0; j < piece->len; j++)
        put (paste, piece, g_ptr_array_index (piece, j));
    }
}

/* A list of texts, all of them; an empty one where there is none. */
static JsonArray *
get_list (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *list = json_array_new ();

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_ARRAY (node)
                    && i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (node), i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        json_array_add_string_element (list, json_node_get_string (element));
    }
  return list;
}

/* The copied steps; NULL where the text is something else. */
static JsonNode *
read_copied (const char  *copied,
             JsonObject **steps,
             GError     **error)
{
  g_autoptr (JsonNode) node = rungs_graph_text_parse_object (copied, NULL);
  JsonObject *object = node ? json_node_get_object (node) : NULL;
  JsonNode *member = object ? json_object_get_member (object, "steps") : NULL;

  if (member != NULL && JSON_NODE_HOLDS_OBJECT (member)
      && g_str_equal (json_object_get_string_member_with_default (object, "rungs", ""), "steps"))
    {
      *steps = json_node_get_object (member);
      return g_steal_pointer (&node);
    }
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("There are no steps of a sequence on the clipboard"));
  return NULL;
}

char *
rungs_graph_edit_paste (const char   *json,
                        const char   *copied,
                        const char   *from,
                        const char   *way,
                        char       ***ids,
                        GError      **error)
{
  g_auto (Paste) paste = { .text = rungs_graph_text_open (json, error) };
  g_autoptr (JsonNode) node
    = paste.text ? read_copied (copied, &paste.copied, error) : NULL;
  g_autoptr (JsonArray) order = node ? get_list (json_node_get_object (node), "order") : NULL;
  g_autoptr (JsonArray) free = node ? get_list (json_node_get_object (node), "free") : NULL;
  g_auto (GStrv) added = NULL;
  g_autofree char *target = NULL;

  if (node == NULL)
    return NULL;
  if (!rungs_graph_has_arrow (paste.text->graph, from, way))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                   _ ("There is no way “%s” out of “%s”"), way, from);
      return NULL;
    }
  paste.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  paste.added = g_strv_builder_new ();
  paste.open = g_ptr_array_new_with_free_func (g_free);
  paste.from = g_strdup (from);
  paste.way = g_strdup (way);
  target = g_strdup (rungs_graph_get_target (paste.text->graph, from, way));
  put_ordered (&paste, order, target);
  put_free (&paste, free);
  added = g_strv_builder_end (paste.added);
  if (*added == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                           _ ("The steps that follow could not be reached any more"));
      return NULL;
    }
  if (ids != NULL)
    *ids = g_steal_pointer (&added);
  return rungs_graph_text_dup (paste.text);
}
