/* rungs-web-visit-store.c: how often pages were opened, by day, path, variant and source. */

#include "web/rungs-web-visit-store.h"

#include "db/rungs-record.h"

static const char SQL_MORE[]
    = "UPDATE web_visit SET visits = visits + :n"
      " WHERE day = :day AND path = :path AND variant = :variant AND code = :code"
      "   AND machine = :machine RETURNING 1";

static const char SQL_COUNT[] = "SELECT count (*) FROM web_visit WHERE day = :day";

static const char SQL_ADD[]
    = "INSERT INTO web_visit (day, path, variant, code, machine, visits)"
      " VALUES (:day, :path, :variant, :code, :machine, :n)"
      " ON CONFLICT (day, path, variant, code, machine)"
      " DO UPDATE SET visits = visits + excluded.visits";

static const char SQL_LIST[]
    = "SELECT iif (:by_day, day, ''), path, variant, code,"
      "       sum (visits) FILTER (WHERE machine = 0), sum (visits) FILTER (WHERE machine = 1)"
      "  FROM web_visit WHERE day BETWEEN :from AND :through"
      " GROUP BY 1, path, variant, code ORDER BY 1 DESC, 5 DESC, path, variant, code";

static const char SQL_SUM[]
    = "SELECT coalesce (sum (visits), 0) FROM web_visit WHERE path = :path AND machine = 0";

static const char SQL_ANY[] = "SELECT EXISTS (SELECT 1 FROM web_visit)";

static void
bind (RungsStatement       *statement,
      const RungsWebVisits *visits,
      gboolean              is_other)
{
  rungs_statement_bind_text (statement, ":day", visits->day);
  rungs_statement_bind_text (statement, ":path", is_other ? "*" : visits->path);
  rungs_statement_bind_text (statement, ":variant", is_other ? "" : visits->variant);
  rungs_statement_bind_text (statement, ":code", is_other ? "" : visits->code);
  rungs_statement_bind_int64 (statement, ":machine", visits->machine ? 1 : 0);
  rungs_statement_bind_int64 (statement, ":n", visits->n);
}

/* Adds to those that there are; `known` (out): whether there were any. */
static gboolean
add_to_known (RungsDb               *db,
              const RungsWebVisits  *visits,
              gboolean              *known,
              GError               **error)
{
  g_autoptr (RungsStatement) more = rungs_db_prepare (db, SQL_MORE, error);
  gint64 is = 0;

  if (more == NULL)
    return FALSE;
  bind (more, visits, FALSE);
  if (!rungs_statement_get_number (more, 0, &is, error))
    return FALSE;
  *known = is != 0;
  return TRUE;
}

static gboolean
count_rows (RungsDb               *db,
            const RungsWebVisits  *visits,
            gint64                *rows,
            GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":day", visits->day);
  return rungs_statement_get_number (query, 0, rows, error);
}

gboolean
rungs_web_visit_add (RungsDb               *db,
                     const RungsWebVisits  *visits,
                     guint                  most,
                     GError               **error)
{
  g_autoptr (RungsStatement) add = NULL;
  gboolean known = FALSE;
  gint64 rows = 0;

  g_return_val_if_fail (visits != NULL, FALSE);

  if (!add_to_known (db, visits, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  add = count_rows (db, visits, &rows, error) ? rungs_db_prepare (db, SQL_ADD, error) : NULL;
  if (add == NULL)
    return FALSE;
  bind (add, visits, rows >= most);
  return rungs_statement_run (add, error);
}

void
rungs_web_visit_row_free (RungsWebVisitRow *self)
{
  if (self == NULL)
    return;
  g_free (self->day);
  g_free (self->path);
  g_free (self->variant);
  g_free (self->code);
  g_free (self);
}

static gpointer
read_row (RungsStatement *row)
{
  RungsWebVisitRow *self = g_new0 (RungsWebVisitRow, 1);

  self->day = rungs_statement_dup_text (row, 0);
  self->path = rungs_statement_dup_text (row, 1);
  self->variant = rungs_statement_dup_text (row, 2);
  self->code = rungs_statement_dup_text (row, 3);
  self->visits = rungs_statement_get_int64 (row, 4);
  self->machines = rungs_statement_get_int64 (row, 5);
  return self;
}

GPtrArray *
rungs_web_visit_list (RungsDb     *db,
                      const char  *from,
                      const char  *through,
                      gboolean     by_day,
                      GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  g_return_val_if_fail (from != NULL && through != NULL, NULL);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":by_day", by_day ? 1 : 0);
      rungs_statement_bind_text (query, ":from", from);
      rungs_statement_bind_text (query, ":through", through);
    }
  return rungs_record_list (query, read_row, (GDestroyNotify) rungs_web_visit_row_free, error);
}

gboolean
rungs_web_visit_sum (RungsDb     *db,
                     const char  *path,
                     gint64      *visits,
                     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SUM, error);

  g_return_val_if_fail (path != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":path", path);
  return rungs_statement_get_number (query, 0, visits, error);
}

gboolean
rungs_web_visit_is_any (RungsDb   *db,
                        gboolean  *any,
                        GError   **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ANY, error);
  gint64 is = 0;

  g_return_val_if_fail (any != NULL, FALSE);

  if (query == NULL || !rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *any = is != 0;
  return TRUE;
}
