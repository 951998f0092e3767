/* rungs-segment-delete-store.c: deletes a segment so that it can be put back. */

#include "segments/rungs-segment-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"

struct _RungsSegmentSnapshot
{
  char *row;     /* (owned) JSON array: the row of the segment */
  char *members; /* (owned) JSON array of [lead, entered_at] */
};

static const char SQL_TAKE_ROW[] =
    "SELECT json_array (id, key, name, description, kind, rule, watched, looked_at, created_at,"
    "       updated_at, archived_at) FROM segment WHERE id = :id";

static const char SQL_TAKE_MEMBERS[] = "SELECT json_group_array (json_array (lead, entered_at))"
                                       "  FROM segment_member WHERE segment = :id";

static const char SQL_DELETE[] = "DELETE FROM segment WHERE id = :id";

static const char SQL_PUT_ROW[] =
    "INSERT INTO segment (id, key, name, description, kind, rule, watched, looked_at, created_at,"
    "                     updated_at, archived_at)"
    " VALUES (:row ->> 0, :row ->> 1, :row ->> 2, :row ->> 3, :row ->> 4, :row ->> 5, :row ->> 6,"
    "         :row ->> 7, :row ->> 8, :row ->> 9, :row ->> 10)";

static const char SQL_PUT_MEMBERS[] =
    "INSERT INTO segment_member (segment, lead, entered_at)"
    " SELECT :row ->> 0, l.id, j.value ->> 1"
    "   FROM json_each (:members) j JOIN lead l ON l.id = j.value ->> 0";

/* Whoever may name the segment: the word is looked for before the JSON is read. */
static const char SQL_USERS[] =
    "SELECT 'the segment “' || s.name || '”', s.rule FROM segment s"
    " WHERE s.id <> :id AND instr (s.rule, :key) > 0"
    " UNION ALL "
    "SELECT 'the offer of “' || p.name || '”', o.condition"
    "  FROM offer o JOIN product p ON p.id = o.to_product"
    " WHERE o.retired_at IS NULL AND instr (o.condition, :key) > 0"
    " UNION ALL "
    "SELECT 'the broadcast “' || b.name || '”', b.rule FROM broadcast b"
    " WHERE b.fixed_at IS NULL AND instr (b.rule, :key) > 0"
    " UNION ALL "
    "SELECT 'the sequence “' || q.name || '”', v.graph"
    "  FROM sequence q JOIN sequence_version v ON v.id = q.version"
    " WHERE instr (v.graph, :key) > 0";

void
rungs_segment_snapshot_free (RungsSegmentSnapshot *self)
{
  if (self == NULL)
    return;
  g_free (self->row);
  g_free (self->members);
  g_free (self);
}

static gboolean
is_text (JsonNode   *node,
         const char *text)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING
         && g_ascii_strcasecmp (json_node_get_string (node), text) == 0;
}

static gboolean
holds_text (JsonNode   *node,
            const char *text)
{
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return is_text (node, text);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (is_text (json_array_get_element (array, i), text))
      return TRUE;
  return FALSE;
}

/* Whether a leaf anywhere in the JSON, of a rule or of a graph with rules in it, asks about the
 * segment, or a trigger listens to it. */
static gboolean
names_segment (JsonNode   *node,
               const char *key)
{
  g_autoptr (GList) children = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    children = json_array_get_elements (json_node_get_array (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      if ((is_text (json_object_get_member (object, "field"), "segment")
           && holds_text (json_object_get_member (object, "value"), key))
          || (is_text (json_object_get_member (object, "on"), "segment")
              && is_text (json_object_get_member (object, "segment"), key)))
        return TRUE;
      children = json_object_get_values (object);
    }
  for (GList *child = children; child != NULL; child = child->next)
    if (names_segment (child->data, key))
      return TRUE;
  return FALSE;
}

/* FALSE with CONFLICT where somebody names it. */
static gboolean
nobody_names (RungsDb       *db,
              RungsSegment  *segment,
              GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_USERS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", segment->id);
  rungs_statement_bind_text (query, ":key", segment->key);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_autoptr (JsonNode) json = json_from_string (rungs_statement_get_text (query, 1), NULL);

      if (json == NULL || !names_segment (json, segment->key))
        continue;
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("“%s” cannot be deleted: %s asks about it"), segment->name,
                   rungs_statement_get_text (query, 0));
      return FALSE;
    }
  return rungs_statement_done (query, error);
}

static char *
take (RungsDb     *db,
      const char  *sql,
      gint64       segment,
      GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", segment);
  return rungs_statement_step (query, error) == RUNGS_ROW ? rungs_statement_dup_text (query, 0)
                                                           : NULL;
}

RungsSegmentSnapshot *
rungs_segment_delete (RungsDb  *db,
                      gint64    segment,
                      GError  **error)
{
  g_autoptr (RungsSegment) stored = rungs_segment_load (db, segment, error);
  g_autoptr (RungsSegmentSnapshot) snapshot = g_new0 (RungsSegmentSnapshot, 1);
  g_autoptr (RungsStatement) delete = NULL;

  if (stored == NULL || !nobody_names (db, stored, error)
      || (snapshot->row = take (db, SQL_TAKE_ROW, segment, error)) == NULL
      || (snapshot->members = take (db, SQL_TAKE_MEMBERS, segment, error)) == NULL)
    return NULL;
  delete = rungs_db_prepare (db, SQL_DELETE, error);
  if (delete == NULL)
    return NULL;
  rungs_statement_bind_int64 (delete, ":id", segment);
  return rungs_statement_run (delete, error) ? g_steal_pointer (&snapshot) : NULL;
}

gboolean
rungs_segment_undelete (RungsDb                     *db,
                        const RungsSegmentSnapshot  *snapshot,
                        GError                     **error)
{
  g_autoptr (RungsStatement) row = rungs_db_prepare (db, SQL_PUT_ROW, error);
  g_autoptr (RungsStatement) members = rungs_db_prepare (db, SQL_PUT_MEMBERS, error);

  g_return_val_if_fail (snapshot != NULL, FALSE);

  if (row == NULL || members == NULL)
    return FALSE;
  rungs_statement_bind_text (row, ":row", snapshot->row);
  if (!rungs_statement_run (row, error))
    return FALSE;
  rungs_statement_bind_text (members, ":row", snapshot->row);
  rungs_statement_bind_text (members, ":members", snapshot->members);
  return rungs_statement_run (members, error);
}
