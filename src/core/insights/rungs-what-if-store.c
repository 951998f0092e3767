/* rungs-what-if-store.c: keeps suppositions about the year to come, by name. */

#include "insights/rungs-what-if-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"

#define COLUMNS " w.id, w.name, w.days, w.changes, w.created_at, w.updated_at FROM what_if w "

static const char SQL_ADD[]
    = "INSERT INTO what_if (name, days, changes, created_at, updated_at)"
      " VALUES (:name, :days, :changes, :now, :now)";

static const char SQL_SAVE[]
    = "UPDATE what_if SET name = :name, days = :days, changes = :changes, updated_at = :now"
      " WHERE id = :id";

static const char SQL_DELETE[] = "DELETE FROM what_if WHERE id = :id";

static const char SQL_LOAD[] = "SELECT" COLUMNS "WHERE w.id = :id";

static const char SQL_FIND[] = "SELECT" COLUMNS "WHERE w.name = :name";

static const char SQL_LIST[] = "SELECT" COLUMNS "ORDER BY w.name COLLATE NOCASE, w.id";

static const char SQL_TAKEN[]
    = "SELECT count (*) FROM what_if w WHERE w.name = :name AND w.id <> :id";

RungsScenario *
rungs_scenario_new (void)
{
  RungsScenario *self = g_new0 (RungsScenario, 1);

  self->name = g_strdup ("");
  self->days = 365;
  self->changes = rungs_what_if_changes_new ();
  return self;
}

void
rungs_scenario_free (RungsScenario *self)
{
  g_free (self->name);
  g_clear_pointer (&self->changes, g_array_unref);
  g_free (self);
}

static gboolean
check_name (RungsDb     *db,
            const char  *name,
            gint64       own,
            GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TAKEN, error);
  gint64 taken = 0;

  if (query == NULL)
    return FALSE;
  if (*name == '\0')
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("A what-if needs a name"));
      return FALSE;
    }
  rungs_statement_bind_text (query, ":name", name);
  rungs_statement_bind_int64 (query, ":id", own);
  if (!rungs_statement_get_number (query, 0, &taken, error))
    return FALSE;
  if (taken > 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("There is a what-if “%s” already"),
                 name);
  return taken == 0;
}

static gboolean
bind (RungsDb             *db,
      RungsStatement      *statement,
      const RungsScenario *scenario,
      gint64               now,
      GError             **error)
{
  g_autofree char *name = g_strstrip (g_utf8_make_valid (scenario->name, -1));
  g_autofree char *changes = rungs_what_if_changes_to_json (scenario->changes);

  if (!check_name (db, name, scenario->id, error))
    return FALSE;
  rungs_statement_bind_text (statement, ":name", name);
  rungs_statement_bind_int64 (statement, ":days", scenario->days);
  rungs_statement_bind_text (statement, ":changes", changes);
  rungs_statement_bind_int64 (statement, ":now", now);
  return TRUE;
}

gint64
rungs_scenario_add (RungsDb              *db,
                    const RungsScenario  *scenario,
                    gint64                now,
                    GError              **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  g_return_val_if_fail (scenario != NULL && scenario->days >= 0, 0);

  if (add == NULL || !bind (db, add, scenario, now, error) || !rungs_statement_run (add, error))
    return 0;
  return rungs_db_get_last_id (db);
}

gboolean
rungs_scenario_save (RungsDb              *db,
                     const RungsScenario  *scenario,
                     gint64                now,
                     GError              **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);

  g_return_val_if_fail (scenario != NULL && scenario->days >= 0, FALSE);

  return save != NULL && bind (db, save, scenario, now, error)
         && rungs_record_change (db, save, scenario->id, "what-if", error);
}

gboolean
rungs_scenario_delete (RungsDb  *db,
                       gint64    scenario,
                       GError  **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);

  return delete != NULL && rungs_record_change (db, delete, scenario, "what-if", error);
}

/* The changes are read by whoever has the row, for that may fail: until then they are NULL. */
typedef struct
{
  RungsScenario *scenario;
  char *changes;
} Row;

static gpointer
row_from_statement (RungsStatement *statement)
{
  Row *row = g_new0 (Row, 1);

  row->scenario = g_new0 (RungsScenario, 1);
  row->scenario->id = rungs_statement_get_int64 (statement, 0);
  row->scenario->name = rungs_statement_dup_text (statement, 1);
  row->scenario->days = rungs_statement_get_int64 (statement, 2);
  row->changes = rungs_statement_dup_text (statement, 3);
  row->scenario->created_at = rungs_statement_get_int64 (statement, 4);
  row->scenario->updated_at = rungs_statement_get_int64 (statement, 5);
  return row;
}

static void
row_free (Row *row)
{
  g_clear_pointer (&row->scenario, rungs_scenario_free);
  g_free (row->changes);
  g_free (row);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Row, row_free)

/* Returns: (transfer full): the scenario of the row. */
static RungsScenario *
read_row (Row     *row,
          GError **error)
{
  row->scenario->changes = rungs_what_if_changes_from_json (row->changes, error);
  if (row->scenario->changes != NULL)
    return g_steal_pointer (&row->scenario);
  g_prefix_error (error, "%s: ", row->scenario->name);
  return NULL;
}

RungsScenario *
rungs_scenario_load (RungsDb  *db,
                     gint64    scenario,
                     GError  **error)
{
  g_autoptr (Row) row
      = rungs_record_load (db, SQL_LOAD, scenario, row_from_statement, "what-if", error);

  return row != NULL ? read_row (row, error) : NULL;
}

RungsScenario *
rungs_scenario_find (RungsDb     *db,
                     const char  *name,
                     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);
  g_autofree char *missing = g_strdup_printf (_ ("There is no what-if “%s”"), name);
  g_autoptr (Row) row = NULL;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":name", name);
  row = rungs_record_first (query, row_from_statement, missing, error);
  return row != NULL ? read_row (row, error) : NULL;
}

GPtrArray *
rungs_scenario_list (RungsDb  *db,
                     GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);
  g_autoptr (GPtrArray) rows
      = rungs_record_list (query, row_from_statement, (GDestroyNotify) row_free, error);
  g_autoptr (GPtrArray) scenarios
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_scenario_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      RungsScenario *scenario = read_row (rows->pdata[i], error);

      if (scenario == NULL)
        return NULL;
      g_ptr_array_add (scenarios, scenario);
    }
  return rows != NULL ? g_steal_pointer (&scenarios) : NULL;
}
