/* rungs-import-script.c: runs the statements of an import, one after the other. */

#include "leads/rungs-import-script.h"

#include "db/rungs-statement.h"

static RungsStatement *
prepare (RungsImportScript *self,
         const char        *sql,
         GError           **error)
{
  const RungsImportParameters *parameters = &self->parameters;
  RungsStatement *statement = rungs_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return NULL;
  rungs_statement_offer_int64 (statement, ":run", parameters->run);
  rungs_statement_offer_int64 (statement, ":base", parameters->base);
  rungs_statement_offer_int64 (statement, ":now", parameters->now);
  rungs_statement_offer_int64 (statement, ":source", parameters->source);
  rungs_statement_offer_int64 (statement, ":tag", parameters->tag);
  rungs_statement_offer_int64 (statement, ":overwrite", parameters->overwrite);
  rungs_statement_offer_int64 (statement, ":met", parameters->met);
  if (rungs_statement_has (statement, ":wording"))
    rungs_statement_bind_text (statement, ":wording", parameters->wording);
  if (rungs_statement_has (statement, ":file"))
    rungs_statement_bind_text (statement, ":file", parameters->file);
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
