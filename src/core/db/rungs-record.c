/* rungs-record.c: rows that are read as a struct each. */

#include "db/rungs-record.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/rungs-error.h"

gpointer
rungs_record_first (RungsStatement  *query,
                    RungsRecordFunc  read,
                    const char      *missing,
                    GError         **error)
{
  RungsStep step = query != NULL ? rungs_statement_step (query, error) : RUNGS_FAILED;

  if (step == RUNGS_DONE)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, missing);
  return step == RUNGS_ROW ? read (query) : NULL;
}

/* Whole sentences: other languages cannot put a noun into one. */
static const struct
{
  const char *what;
  const char *words;
} MISSING[] = {
  { "consent", N_ ("there is no consent %" PRId64) },
  { "coupon", N_ ("there is no coupon %" PRId64) },
  { "event", N_ ("there is no event %" PRId64) },
  { "field", N_ ("there is no field %" PRId64) },
  { "given coupon", N_ ("there is no given coupon %" PRId64) },
  { "import", N_ ("there is no import %" PRId64) },
  { "lead", N_ ("there is no lead %" PRId64) },
  { "mail account", N_ ("there is no mail account %" PRId64) },
  { "message", N_ ("there is no message %" PRId64) },
  { "message version", N_ ("there is no message version %" PRId64) },
  { "offer", N_ ("there is no offer %" PRId64) },
  { "order", N_ ("there is no order %" PRId64) },
  { "product", N_ ("there is no product %" PRId64) },
  { "sales letter", N_ ("there is no sales letter %" PRId64) },
  { "segment", N_ ("there is no segment %" PRId64) },
  { "source", N_ ("there is no source %" PRId64) },
  { "tag", N_ ("there is no tag %" PRId64) },
};

gboolean
rungs_record_refuse_missing (const char  *what,
                             gint64       id,
                             GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (MISSING); i++)
    if (g_str_equal (MISSING[i].what, what))
      {
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ (MISSING[i].words), id);
        return FALSE;
      }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, "there is no %s %" PRId64, what, id);
  return FALSE;
}

gpointer
rungs_record_load (RungsDb          *db,
                   const char       *sql,
                   gint64            id,
                   RungsRecordFunc   read,
                   const char       *what,
                   GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", id);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    rungs_record_refuse_missing (what, id, error);
  return step == RUNGS_ROW ? read (query) : NULL;
}

GPtrArray *
rungs_record_list (RungsStatement  *query,
                   RungsRecordFunc  read,
                   GDestroyNotify   record_free,
                   GError         **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (query == NULL)
    return NULL;
  records = g_ptr_array_new_with_free_func (record_free);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (records, read (query));
  return rungs_statement_done (query, error) ? g_steal_pointer (&records) : NULL;
}

GArray *
rungs_record_ids (RungsStatement *query,
                  GError        **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      g_array_append_val (ids, id);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&ids) : NULL;
}

gboolean
rungs_record_change (RungsDb         *db,
                     RungsStatement  *change,
                     gint64           id,
                     const char      *what,
                     GError         **error)
{
  rungs_statement_bind_int64 (change, ":id", id);
  if (!rungs_statement_run (change, error))
    return FALSE;
  return rungs_db_get_changes (db) > 0 || rungs_record_refuse_missing (what, id, error);
}

gboolean
rungs_record_mark (RungsDb     *db,
                   const char  *sql,
                   gint64       id,
                   gint64       at,
                   const char  *what,
                   GError     **error)
{
  g_autoptr (RungsStatement) mark = rungs_db_prepare (db, sql, error);

  if (mark == NULL)
    return FALSE;
  rungs_statement_bind_id (mark, ":at", at);
  return rungs_record_change (db, mark, id, what, error);
}

gboolean
rungs_record_run (RungsDb     *db,
                  const char  *sql,
                  gint64       id,
                  GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":id", id);
  return rungs_statement_run (statement, error);
}

gboolean
rungs_record_ask (RungsDb     *db,
                  const char  *sql,
                  gint64       id,
                  gint64       fallback,
                  gint64      *answer,
                  GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", id);
  return rungs_statement_get_number (query, fallback, answer, error);
}
