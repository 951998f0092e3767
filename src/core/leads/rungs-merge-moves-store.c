/* rungs-merge-moves-store.c: the rows that a merge only gives to another lead, as lists of ids.
 *
 * A lead can have ten thousand events and messages, and nearly all that a merge does to them is
 * that they change hands: for that, one list of ids for each table and lead says all. Of a table of
 * which rows are only moved, the list is made before the merge, and that the rows are all there and
 * of the lead that stays is looked at after it. */

#include "leads/rungs-merge-moves-store.h"

#include "base/rungs-error.h"
#include "db/rungs-statement.h"

static const char SQL_MAKE[]
    = "CREATE TEMP TABLE IF NOT EXISTS merge_last"
      " (place TEXT PRIMARY KEY, last INTEGER NOT NULL, n INTEGER NOT NULL) WITHOUT ROWID";

static const char SQL_LIST[]
    = "SELECT w.was, m.lead, w.rows"
      "  FROM lead_merge_moved w JOIN lead_merge m ON m.id = w.lead_merge"
      " WHERE w.lead_merge = :merge AND w.place = :place";

gboolean
rungs_merge_moves_are_kept (RungsMergeShape *shape)
{
  g_return_val_if_fail (shape != NULL, FALSE);

  return shape->keys->len == 1 && g_str_equal (g_ptr_array_index (shape->keys, 0), "id")
         && rungs_merge_shape_has (shape, "lead");
}

/* Takes `sql`. */
static gboolean
run (RungsDb *db,
     char    *sql,
     gint64   merge,
     GError **error)
{
  g_autofree char *text = sql;
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, text, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_offer_int64 (statement, ":merge", merge);
  return rungs_statement_run (statement, error);
}

/* Which rows were there, by the highest id, and how many of them are about the leads. */
static gboolean
count (RungsDb               *db,
       const RungsMergePlace *place,
       GError               **error)
{
  return run (db, g_strdup (SQL_MAKE), 0, error)
         && run (db,
                 g_strdup_printf ("INSERT OR REPLACE INTO temp.merge_last (place, last, n)"
                                  " SELECT '%s', (SELECT coalesce (max (id), 0) FROM \"%s\"),"
                                  "        (SELECT count (*) FROM \"%s\" WHERE%s)",
                                  place->table, place->table, place->table, place->rows),
                 0, error);
}

gboolean
rungs_merge_moves_begin (RungsDb               *db,
                         gint64                 merge,
                         const RungsMergePlace *place,
                         GError               **error)
{
  return count (db, place, error)
         && run (db,
                 g_strdup_printf ("INSERT INTO lead_merge_moved (lead_merge, place, was, rows)"
                                  " SELECT :merge, '%s', m.id, json_group_array (x.id)"
                                  "   FROM temp.merge_lead m CROSS JOIN \"%s\" x"
                                  "  WHERE m.rank > 0 AND x.lead = m.id GROUP BY m.id",
                                  place->table, place->table),
                 merge, error);
}

gboolean
rungs_merge_moves_end (RungsDb               *db,
                       const RungsMergePlace *place,
                       GError               **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT w.n = (SELECT count (*) FROM \"%s\" x"
                         "               WHERE x.lead = m.id AND x.id <= w.last)"
                         "  FROM temp.merge_last w, temp.merge_lead m"
                         " WHERE w.place = '%s' AND m.rank = 0",
                         place->table, place->table);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  gint64 all = 0;

  if (query == NULL || !rungs_statement_get_number (query, 0, &all, error))
    return FALSE;
  if (all == 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                 "what is known of these leads changed while they were merged (%s)", place->table);
  return all != 0;
}

void
rungs_merge_moves_append_from_made (GString               *sql,
                                    const RungsMergePlace *place)
{
  g_string_append_printf (sql,
                          " FROM \"%s\" a NOT INDEXED"
                          " WHERE id > (SELECT last FROM temp.merge_last WHERE place = '%s') AND%s",
                          place->table, place->table, place->rows);
}

/* ---- back */

static gboolean
give_back (RungsDb        *db,
           const char     *table,
           RungsStatement *list,
           GError        **error)
{
  g_autofree char *sql
      = g_strdup_printf ("UPDATE \"%s\" SET lead = :was WHERE +lead = :keep"
                         "   AND id IN (SELECT j.value FROM json_each (:rows) j)",
                         table);
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, sql, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":was", rungs_statement_get_int64 (list, 0));
  rungs_statement_bind_int64 (update, ":keep", rungs_statement_get_int64 (list, 1));
  rungs_statement_bind_text (update, ":rows", rungs_statement_get_text (list, 2));
  return rungs_statement_run (update, error);
}

static gboolean
undo_place (RungsDb    *db,
            gint64      merge,
            const char *table,
            GError    **error)
{
  g_autoptr (RungsStatement) list = rungs_db_prepare (db, SQL_LIST, error);

  if (list == NULL)
    return FALSE;
  rungs_statement_bind_int64 (list, ":merge", merge);
  rungs_statement_bind_text (list, ":place", table);
  while (rungs_statement_step (list, error) == RUNGS_ROW)
    if (!give_back (db, table, list, error))
      return FALSE;
  return rungs_statement_done (list, error);
}

gboolean
rungs_merge_moves_undo (RungsDb *db,
                        gint64   merge,
                        GError **error)
{
  gsize n;
  const RungsMergePlace *places = rungs_merge_places (&n);

  for (gsize i = 0; i < n; i++)
    if (!undo_place (db, merge, places[i].table, error))
      return FALSE;
  return TRUE;
}
