/* rungs-import-script.c: runs the statements of an import, one after the other. */

#include "leads/rungs-import-script.h"

#include <string.h>

#include "db/rungs-statement.h"

static void
bind_number (RungsStatement *statement,
             const char     *sql,
             const char     *name,
             gint64          value)
{
  if (strstr (sql, name) != NULL)
    rungs_statement_bind_int64 (statement, name, value);
}

static void
bind_text (RungsStatement *statement,
           const char     *sql,
           const char     *name,
           const char     *value)
{
  if (strstr (sql, name) != NULL)
    rungs_statement_bind_text (statement, name, value);
}

static RungsStatement *
prepare (RungsImportScript *self,
         const char        *sql,
         GError           **error)
{
  const RungsImportParameters *parameters = &self->parameters;
  RungsStatement *statement = rungs_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return NULL;
  bind_number (statement, sql, ":run", parameters->run);
  bind_number (statement, sql, ":base", parameters->base);
  bind_number (statement, sql, ":now", parameters->now);
  bind_number (statement, sql, ":source", parameters->source);
  bind_number (statement, sql, ":tag", parameters->tag);
  bind_number (statement, sql, ":overwrite", parameters->overwrite);
  bind_number (statement, sql, ":met", parameters->met);
  bind_text (statement, sql, ":wording", parameters->wording);
  bind_text (statement, sql, ":file", parameters->file);
  return statement;
}

gboolean
rungs_import_script_run (RungsImportScript *self,
                         const char        *sql,
                         GError           **error)
{
  g_autoptr (RungsStatement) statement = prepare (self, sql, error);

  return statement != NULL && rungs_statement_run (statement, error)
         && (self->step == NULL || self->step (self->step_data, error));
}

gboolean
rungs_import_script_run_all (RungsImportScript *self,
                             const char *const *statements,
                             gsize              n_statements,
                             GError           **error)
{
  for (gsize i = 0; i < n_statements; i++)
    if (!rungs_import_script_run (self, statements[i], error))
      return FALSE;
  return TRUE;
}

gboolean
rungs_import_script_ask (RungsImportScript *self,
                         const char        *sql,
                         gint64            *number,
                         GError           **error)
{
  g_autoptr (RungsStatement) query = prepare (self, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}
