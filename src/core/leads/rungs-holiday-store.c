/* rungs-holiday-store.c: the days on which no marketing leaves. */

#include "leads/rungs-holiday-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char SQL_LIST[]
  = "SELECT h.day, h.name FROM holiday h WHERE h.day >= :from ORDER BY h.day";

static const char SQL_HAS[] = "SELECT count (*) FROM holiday WHERE day = :day";

static const char SQL_ADD[]
  = "INSERT INTO holiday (day, name) VALUES (:day, :name)"
    " ON CONFLICT (day) DO UPDATE SET name = excluded.name";

static const char SQL_REMOVE[] = "DELETE FROM holiday WHERE day = :day";

static gpointer
holiday_from_row (RungsStatement *row)
{
  RungsHoliday *self = g_new0 (RungsHoliday, 1);

  self->day = rungs_statement_dup_text (row, 0);
  self->name = rungs_statement_dup_text (row, 1);
  return self;
}

GPtrArray *
rungs_holiday_list (RungsDb     *db,
                    const char  *from,
                    GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":from", from ? from : "");
  return rungs_record_list (query, holiday_from_row, (GDestroyNotify) rungs_holiday_free, error);
}

GHashTable *
rungs_holiday_load_set (RungsDb     *db,
                        const char  *from,
                        GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);
  g_autoptr (GHashTable) set = g_hash_table_new (NULL, NULL);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":from", from ? from : "");
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      GDate day;

      if (rungs_holiday_read_day (rungs_statement_get_text (query, 0), &day))
        g_hash_table_add (set, GUINT_TO_POINTER (g_date_get_julian (&day)));
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&set) : NULL;
}

static gboolean
has (RungsDb     *db,
     const char  *day,
     gboolean    *there,
     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HAS, error);
  gint64 count = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":day", day);
  if (!rungs_statement_get_number (query, 0, &count, error))
    return FALSE;
  *there = count > 0;
  return TRUE;
}

static gboolean
write_day (RungsDb     *db,
           const char  *day,
           const char  *name,
           GError     **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":day", day);
  rungs_statement_bind_text (insert, ":name", name);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_holiday_add (RungsDb     *db,
                   const char  *day,
                   const char  *name,
                   gboolean    *added,
                   GError     **error)
{
  gboolean there = FALSE;
  GDate date;

  g_return_val_if_fail (day != NULL, FALSE);

  if (!rungs_holiday_read_day (day, &date))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” is not a day such as 2026-12-25"), day);
      return FALSE;
    }
  if (!has (db, day, &there, error) || !write_day (db, day, name ? name : "", error))
    return FALSE;
  if (added != NULL)
    *added = !there;
  return TRUE;
}

gboolean
rungs_holiday_add_country (RungsDb     *db,
                           const char  *code,
                           int          year,
                           gint64      *added,
                           GError     **error)
{
  g_autoptr (GPtrArray) days = NULL;

  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (added != NULL, FALSE);

  *added = 0;
  days = rungs_holidays_of_country (code, year);
  if (days == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("the holidays of “%s” in %d are not known here"), code, year);
      return FALSE;
    }
  for (guint i = 0; i < days->len; i++)
    {
      const RungsHoliday *day = g_ptr_array_index (days, i);
      gboolean there = FALSE;

      if (!has (db, day->day, &there, error)
          || (!there && !write_day (db, day->day, day->name, error)))
        return FALSE;
      *added += there ? 0 : 1;
    }
  return TRUE;
}

gboolean
rungs_holiday_remove (RungsDb     *db,
                      const char  *day,
                      GError     **error)
{
  g_autoptr (RungsStatement) delete = NULL;
  gboolean there = FALSE;

  g_return_val_if_fail (day != NULL, FALSE);

  if (!has (db, day, &there, error))
    return FALSE;
  if (!there)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("“%s” is no holiday here"), day);
      return FALSE;
    }
  delete = rungs_db_prepare (db, SQL_REMOVE, error);
  if (delete == NULL)
    return FALSE;
  rungs_statement_bind_text (delete, ":day", day);
  return rungs_statement_run (delete, error);
}
