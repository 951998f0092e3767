/* rungs-import-script.c: runs the statements of an import, one after the other. */

#include "leads/rungs-import-script.h"

#include "db/rungs-index.h"

static void
offer_text (RungsStatement *statement,
            const char     *parameter,
            const char     *text)
{
  if (rungs_statement_has (statement, parameter))
    rungs_statement_bind_text (statement, parameter, text);
}

RungsStatement *
rungs_import_script_prepare (RungsImportScript *self,
                             const char        *sql,
                             GError           **error)
{
  const RungsImportParameters *parameters = &self->parameters;
  RungsStatement *statement;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  statement = rungs_db_prepare (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  rungs_statement_offer_int64 (statement, ":run", parameters->run);
  rungs_statement_offer_int64 (statement, ":base", parameters->base);
  rungs_statement_offer_int64 (statement, ":orders", parameters->orders);
  rungs_statement_offer_int64 (statement, ":now", parameters->now);
  rungs_statement_offer_int64 (statement, ":source", parameters->source);
  rungs_statement_offer_int64 (statement, ":tag", parameters->tag);
  rungs_statement_offer_int64 (statement, ":overwrite", parameters->overwrite);
  rungs_statement_offer_int64 (statement, ":met", parameters->met);
  offer_text (statement, ":wording", parameters->wording);
  offer_text (statement, ":heading", parameters->heading);
  offer_text (statement, ":file", parameters->file);
  offer_text (statement, ":origin", parameters->origin);
  offer_text (statement, ":shop", parameters->shop);
  return statement;
}

gboolean
rungs_import_script_step (RungsImportScript *self,
                          GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->step == NULL || self->step (self->step_data, error);
}

gboolean
rungs_import_script_run (RungsImportScript *self,
                         const char        *sql,
                         GError           **error)
{
  g_autoptr (RungsStatement) statement = rungs_import_script_prepare (self, sql, error);

  return statement != NULL && rungs_statement_run (statement, error)
         && rungs_import_script_step (self, error);
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
rungs_import_script_fill (RungsImportScript *self,
                          const char        *table,
                          const char        *sql,
                          gboolean           without_indexes,
                          GError           **error)
{
  g_autoptr (GPtrArray) indexes = NULL;

  if (!without_indexes)
    return rungs_import_script_run (self, sql, error);
  indexes = rungs_db_drop_indexes (self->db, table, error);
  return indexes != NULL && rungs_import_script_run (self, sql, error)
         && rungs_db_create_indexes (self->db, indexes, error);
}

gboolean
rungs_import_script_ask (RungsImportScript *self,
                         const char        *sql,
                         gint64            *number,
                         GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_import_script_prepare (self, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}
