/* rungs-merge-journal-store.c: what a merge changed, row by row.
 *
 * Before a merge all rows about its leads are copied, into a table of their own for each table;
 * after it the tables are held against their copies, all rows of one at a time. What differs is
 * the journal. A row that the merge removed is there whole, as a JSON object, as it was; one that
 * it made, as it left it; of one that it changed, the columns that it changed, before and after
 * (of a lead all, for they are weighed against each other). Most rows only change hands: of those
 * the ids are there, as one list for each table and lead, and the tables of which no more is to be
 * expected, events above all, are not copied at all. */

#include "leads/rungs-merge-journal-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-moves-store.h"
#include "leads/rungs-merge-place-store.h"
#include "leads/rungs-suppression-store.h"

#define COPY "temp.\"merge_was_%s\""

static const char *const SQL_MAKE[] = {
  "CREATE TEMP TABLE IF NOT EXISTS merge_lead"
  " (id INTEGER PRIMARY KEY, rank INTEGER NOT NULL, hash TEXT)",
  "DELETE FROM temp.merge_lead",
};

static const char SQL_FORGET_LEADS[] = "DELETE FROM temp.merge_lead";

static const char SQL_ADD_LEAD[]
    = "INSERT INTO temp.merge_lead (id, rank, hash) VALUES (:id, :rank, :hash)";

static const char SQL_ADD_MOVED[] = "INSERT INTO lead_merge_moved (lead_merge, place, was, rows) ";

static const char SQL_ADD[] = "INSERT INTO lead_merge_row (lead_merge, place, key, before, after) ";

static gboolean
run (RungsDb    *db,
     const char *sql,
     gint64      merge,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_offer_int64 (statement, ":merge", merge);
  return rungs_statement_run (statement, error);
}

static gboolean
run_and_clear (RungsDb *db,
               GString *sql,
               gint64   merge,
               GError **error)
{
  gboolean done = run (db, sql->str, merge, error);

  g_string_truncate (sql, 0);
  return done;
}

/* ---- before */

/* "CREATE TEMP TABLE IF NOT EXISTS temp."merge_was_touch" ("id", "lead", PRIMARY KEY ("id"))" */
static void
append_make_copy (GString               *sql,
                  const RungsMergePlace *place,
                  RungsMergeShape       *shape)
{
  g_string_append_printf (sql, "CREATE TEMP TABLE IF NOT EXISTS \"merge_was_%s\" (", place->table);
  rungs_merge_append_names (sql, shape->columns, NULL);
  g_string_append (sql, ", PRIMARY KEY (");
  rungs_merge_append_names (sql, shape->keys, NULL);
  g_string_append (sql, ")) WITHOUT ROWID");
}

static void
append_copy (GString               *sql,
             const RungsMergePlace *place,
             RungsMergeShape       *shape)
{
  g_string_append_printf (sql, "INSERT INTO " COPY " (", place->table);
  rungs_merge_append_names (sql, shape->columns, NULL);
  g_string_append (sql, ") SELECT ");
  rungs_merge_append_names (sql, shape->columns, NULL);
  g_string_append_printf (sql, " FROM \"%s\" WHERE%s", place->table, place->rows);
}

/* The table of the copies stays with the connection, empty. */
static gboolean
keep_rows (RungsDb               *db,
           const RungsMergePlace *place,
           GError               **error)
{
  g_autoptr (RungsMergeShape) shape = rungs_merge_shape_load (db, place->table, NULL, error);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (shape == NULL)
    return FALSE;
  append_make_copy (sql, place, shape);
  if (!run_and_clear (db, sql, 0, error))
    return FALSE;
  g_string_append_printf (sql, "DELETE FROM " COPY, place->table);
  if (!run_and_clear (db, sql, 0, error))
    return FALSE;
  append_copy (sql, place, shape);
  return run (db, sql->str, 0, error);
}

static gboolean
add_lead (RungsDb *db,
          gint64   id,
          guint    rank,
          GError **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD_LEAD, error);
  g_autoptr (RungsLead) lead = rungs_lead_load (db, id, error);
  g_autofree char *hash = NULL;

  if (insert == NULL || lead == NULL)
    return FALSE;
  if (lead->email_key != NULL
      && (hash = rungs_suppression_hash (db, lead->email_key, error)) == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":id", id);
  rungs_statement_bind_int64 (insert, ":rank", rank);
  rungs_statement_bind_text (insert, ":hash", hash);
  return rungs_statement_run (insert, error);
}

static gboolean
keep (RungsDb               *db,
      gint64                 merge,
      const RungsMergePlace *place,
      GError               **error)
{
  return place->only_moves ? rungs_merge_moves_begin (db, merge, place, error)
                           : keep_rows (db, place, error);
}

gboolean
rungs_merge_journal_begin (RungsDb *db,
                           gint64   merge,
                           GArray  *leads,
                           GError **error)
{
  gsize n;
  const RungsMergePlace *places = rungs_merge_places (&n);

  g_return_val_if_fail (leads != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (SQL_MAKE); i++)
    if (!run (db, SQL_MAKE[i], 0, error))
      return FALSE;
  for (guint i = 0; i < leads->len; i++)
    if (!add_lead (db, g_array_index (leads, gint64, i), i, error))
      return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!keep (db, merge, &places[i], error))
      return FALSE;
  return TRUE;
}

/* ---- after: b is the copy, a the table */

/* " WHERE a."id" = b."id"": where rows of the table are looked for. The copies have no types: it is
 * " WHERE +a."id" = b."id"" where rows of the copy are, or else their index could not be used. */
static void
append_same_key (GString         *sql,
                 RungsMergeShape *shape,
                 const char      *plus)
{
  for (guint i = 0; i < shape->keys->len; i++)
    {
      const char *key = g_ptr_array_index (shape->keys, i);

      g_string_append_printf (sql, "%s %sa.\"%s\" = b.\"%s\"", i > 0 ? " AND" : " WHERE", plus,
                              key, key);
    }
}

/* "SELECT :merge, 'touch', json_array (b."id"), " */
static void
append_select (GString               *sql,
               const RungsMergePlace *place,
               RungsMergeShape       *shape,
               const char            *of)
{
  g_string_append_printf (sql, "%sSELECT :merge, '%s', json_array (", SQL_ADD, place->table);
  rungs_merge_append_names (sql, shape->keys, of);
  g_string_append (sql, "), ");
}

/* A JSON object of the columns that differ, as the row of `of` has them: its members stand behind
 * a comma each, of which the first goes. */
static void
append_differing (GString         *sql,
                  RungsMergeShape *shape,
                  const char      *of)
{
  g_string_append (sql, "'{' || substr (");
  for (guint i = 0; i < shape->columns->len; i++)
    {
      const char *column = g_ptr_array_index (shape->columns, i);

      g_string_append_printf (sql,
                              "%siif (a.\"%s\" IS b.\"%s\", '',"
                              " ',\"%s\":' || json_quote (%s.\"%s\"))",
                              i > 0 ? " || " : "", column, column, column, of, column);
    }
  g_string_append (sql, ", 2) || '}'");
}

static void
append_changed_row (GString               *sql,
                    const RungsMergePlace *place,
                    RungsMergeShape       *shape,
                    const char            *of)
{
  if (g_str_equal (place->table, "lead"))
    rungs_merge_append_row (sql, shape, of);
  else
    append_differing (sql, shape, of);
}

/* " FROM temp."merge_was_touch" b CROSS JOIN "touch" a WHERE a."id" = b."id"" */
static void
append_both (GString               *sql,
             const RungsMergePlace *place,
             RungsMergeShape       *shape)
{
  g_string_append_printf (sql, " FROM " COPY " b CROSS JOIN \"%s\" a", place->table, place->table);
  append_same_key (sql, shape, "");
}

/* " (a."id" IS NOT b."id" OR a."at" IS NOT b."at")": of all columns, but not of the lead where rows
 * of which nothing else changes are kept as a list. */
static void
append_differs (GString         *sql,
                RungsMergeShape *shape)
{
  gboolean listed = rungs_merge_moves_are_kept (shape);
  const char *joint = " (";

  for (guint i = 0; i < shape->columns->len; i++)
    {
      const char *column = g_ptr_array_index (shape->columns, i);

      if (listed && g_str_equal (column, "lead"))
        continue;
      g_string_append_printf (sql, "%sa.\"%s\" IS NOT b.\"%s\"", joint, column, column);
      joint = " OR ";
    }
  g_string_append (sql, ")");
}

static void
append_changed (GString               *sql,
                const RungsMergePlace *place,
                RungsMergeShape       *shape)
{
  append_select (sql, place, shape, "b");
  append_changed_row (sql, place, shape, "b");
  g_string_append (sql, ", ");
  append_changed_row (sql, place, shape, "a");
  append_both (sql, place, shape);
  g_string_append (sql, " AND");
  append_differs (sql, shape);
}

static void
append_moved (GString               *sql,
              const RungsMergePlace *place,
              RungsMergeShape       *shape)
{
  g_string_append_printf (sql, "%sSELECT :merge, '%s', b.lead, json_group_array (b.id)",
                          SQL_ADD_MOVED, place->table);
  append_both (sql, place, shape);
  g_string_append (sql, " AND a.lead IS NOT b.lead AND NOT");
  append_differs (sql, shape);
  g_string_append (sql, " GROUP BY b.lead");
}

static void
append_removed (GString               *sql,
                const RungsMergePlace *place,
                RungsMergeShape       *shape)
{
  append_select (sql, place, shape, "b");
  rungs_merge_append_row (sql, shape, "b");
  g_string_append_printf (sql, ", NULL FROM " COPY " b WHERE NOT EXISTS (SELECT 1 FROM \"%s\" a",
                          place->table, place->table);
  append_same_key (sql, shape, "");
  g_string_append (sql, ")");
}

/* The condition on the rows names columns alone, so that it stands where only the table is. */
static void
append_made (GString               *sql,
             const RungsMergePlace *place,
             RungsMergeShape       *shape)
{
  append_select (sql, place, shape, "a");
  g_string_append (sql, "NULL, ");
  rungs_merge_append_row (sql, shape, "a");
  g_string_append_printf (sql,
                          " FROM (SELECT * FROM \"%s\" WHERE%s) a"
                          " WHERE NOT EXISTS (SELECT 1 FROM " COPY " b",
                          place->table, place->rows, place->table);
  append_same_key (sql, shape, "+");
  g_string_append (sql, ")");
}

/* Of a table that is not copied. */
static gboolean
write_made (RungsDb               *db,
            gint64                 merge,
            const RungsMergePlace *place,
            GError               **error)
{
  g_autoptr (RungsMergeShape) shape = rungs_merge_shape_load (db, place->table, NULL, error);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (shape == NULL)
    return FALSE;
  append_select (sql, place, shape, "a");
  g_string_append (sql, "NULL, ");
  rungs_merge_append_row (sql, shape, "a");
  rungs_merge_moves_append_from_made (sql, place);
  return run (db, sql->str, merge, error) && rungs_merge_moves_end (db, place, error);
}

static gboolean
write_rows (RungsDb               *db,
            gint64                 merge,
            const RungsMergePlace *place,
            GError               **error)
{
  g_autoptr (RungsMergeShape) shape = rungs_merge_shape_load (db, place->table, NULL, error);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (shape == NULL)
    return FALSE;
  if (rungs_merge_moves_are_kept (shape))
    {
      append_moved (sql, place, shape);
      if (!run_and_clear (db, sql, merge, error))
        return FALSE;
    }
  append_changed (sql, place, shape);
  if (!run_and_clear (db, sql, merge, error))
    return FALSE;
  append_removed (sql, place, shape);
  if (!run_and_clear (db, sql, merge, error))
    return FALSE;
  append_made (sql, place, shape);
  if (!run_and_clear (db, sql, merge, error))
    return FALSE;
  g_string_append_printf (sql, "DELETE FROM " COPY, place->table);
  return run (db, sql->str, 0, error);
}

gboolean
rungs_merge_journal_end (RungsDb *db,
                         gint64   merge,
                         GError **error)
{
  gsize n;
  const RungsMergePlace *places = rungs_merge_places (&n);

  for (gsize i = 0; i < n; i++)
    if (places[i].only_moves ? !write_made (db, merge, &places[i], error)
                             : !write_rows (db, merge, &places[i], error))
      return FALSE;
  return run (db, SQL_FORGET_LEADS, 0, error);
}
