/* rungs-sequence-draft-store.c: keeps a sequence that is being written. */

#include "sequences/rungs-sequence-draft-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "sequences/rungs-graph-private.h"
#include "sequences/rungs-sequence-store.h"

static const char SQL_LOAD[] = "SELECT d.sequence, d.graph, d.based_on, d.updated_at"
                               "  FROM sequence_draft d WHERE d.sequence = :id";

static const char SQL_SAVE[] =
  "INSERT INTO sequence_draft (sequence, graph, based_on, created_at, updated_at)"
  " SELECT s.id, :graph, s.version, :now, :now FROM sequence s WHERE s.id = :id"
  " ON CONFLICT (sequence) DO UPDATE SET graph = excluded.graph, updated_at = excluded.updated_at";

static const char SQL_DISCARD[] = "DELETE FROM sequence_draft WHERE sequence = :id";

static const char SQL_CREATE[] =
  "INSERT INTO sequence (name, created_at) VALUES (:name, :now) RETURNING id";

void
rungs_sequence_draft_free (RungsSequenceDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->graph);
  g_free (self);
}

static gpointer
draft_from_row (RungsStatement *row)
{
  RungsSequenceDraft *self = g_new0 (RungsSequenceDraft, 1);

  self->sequence = rungs_statement_get_int64 (row, 0);
  self->graph = rungs_statement_dup_text (row, 1);
  self->based_on = rungs_statement_get_int64 (row, 2);
  self->updated_at = rungs_statement_get_int64 (row, 3);
  return self;
}

gboolean
rungs_sequence_draft_find (RungsDb             *db,
                           gint64               sequence,
                           RungsSequenceDraft **draft,
                           GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  g_return_val_if_fail (draft != NULL, FALSE);

  *draft = NULL;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", sequence);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    *draft = draft_from_row (query);
  return step != RUNGS_FAILED;
}

RungsSequenceDraft *
rungs_sequence_draft_load (RungsDb  *db,
                           gint64    sequence,
                           GError  **error)
{
  RungsSequenceDraft *draft;

  if (rungs_sequence_draft_find (db, sequence, &draft, error) && draft == NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("This sequence has no draft"));
  return draft;
}

/* The object as it is stored: without space, as versions are. */
static char *
compact_object (const char  *json,
                GError     **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) fault = NULL;

  if (rungs_graph_text_is_too_deep (json))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("It is nested more than %d deep."),
                   RUNGS_GRAPH_MAX_NESTING);
      return NULL;
    }
  node = json_from_string (json, &fault);
  if (fault != NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("It is not JSON: %s."),
                 fault->message);
  else if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 _ ("A sequence must be an object in braces."));
  else
    return json_to_string (node, FALSE);
  return NULL;
}

gboolean
rungs_sequence_draft_save (RungsDb     *db,
                           gint64       sequence,
                           const char  *json,
                           gint64       now,
                           GError     **error)
{
  g_autoptr (RungsStatement) insert = NULL;
  g_autofree char *graph = NULL;

  g_return_val_if_fail (json != NULL, FALSE);

  graph = compact_object (json, error);
  insert = graph ? rungs_db_prepare (db, SQL_SAVE, error) : NULL;
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":graph", graph);
  rungs_statement_bind_int64 (insert, ":now", now);
  rungs_statement_bind_int64 (insert, ":id", sequence);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  if (rungs_db_get_changes (db) != 0)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no such sequence"));
  return FALSE;
}

gboolean
rungs_sequence_draft_discard (RungsDb  *db,
                              gint64    sequence,
                              GError  **error)
{
  return rungs_record_run (db, SQL_DISCARD, sequence, error);
}

gint64
rungs_sequence_create (RungsDb     *db,
                       const char  *name,
                       gint64       now,
                       GError     **error)
{
  g_autoptr (RungsStatement) insert = NULL;
  gint64 id = 0;

  g_return_val_if_fail (name != NULL, 0);

  if (*name == '\0')
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("A sequence needs a name"));
      return 0;
    }
  if (!rungs_sequence_find (db, name, &id, error))
    return 0;
  if (id != 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("There is a sequence “%s” already"), name);
      return 0;
    }
  insert = rungs_db_prepare (db, SQL_CREATE, error);
  if (insert == NULL)
    return 0;
  rungs_statement_bind_text (insert, ":name", name);
  rungs_statement_bind_int64 (insert, ":now", now);
  return rungs_statement_get_number (insert, 0, &id, error) ? id : 0;
}
