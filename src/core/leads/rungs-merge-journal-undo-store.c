/* rungs-merge-journal-undo-store.c: puts back what the journal of a merge says.
 *
 * It goes by what stands there now. What the merge changed is put back where it still is as the
 * merge left it; where somebody changed it since, it stays, except that a row that came from
 * another lead goes back to that lead with all that happened to it. What the merge made goes, if
 * nobody changed it since; what it removed comes back, if what it belonged to is still there.
 *
 * Most of what a merge does is that rows change hands: those go back table by table, by one
 * statement each. All else is little, and goes back row by row. */

#include "leads/rungs-merge-journal-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-merge-moves-store.h"
#include "leads/rungs-merge-place-store.h"

#define BACK(column)                                                                               \
  column " = iif (" column " IS :after ->> '$." column "', :before ->> '$." column "', " column ")"
#define ADDRESS_STANDS                                                                             \
  "email IS :after ->> '$.email' AND email_key IS :after ->> '$.email_key'"

/* The address is put back with its key and with whether it bounced; the score without the points
 * that came by the merge. */
static const char SQL_LEAD_BACK[]
    = "UPDATE lead SET "
      BACK ("first_name")
      ", "
      BACK ("last_name")
      ", "
      BACK ("company")
      ", "
      BACK ("phone")
      ", "
      BACK ("street")
      ", "
      BACK ("postcode")
      ", "
      BACK ("city")
      ", "
      BACK ("region")
      ", "
      BACK ("country")
      ", "
      BACK ("language")
      ", "
      BACK ("zone")
      ", "
      BACK ("notes")
      ", "
      BACK ("created_at")
      ", "
      BACK ("updated_at")
      ", "
      BACK ("quiet_until")
      ", score = score + (:before ->> '$.score') - (:after ->> '$.score'),"
      "  points = points + (:before ->> '$.points') - (:after ->> '$.points'),"
      "  rescore_at = iif (rescore_at IS :after ->> '$.rescore_at', :before ->> '$.rescore_at',"
      "                    rescore_at),"
      "  email = iif (" ADDRESS_STANDS ", :before ->> '$.email', email),"
      "  email_key = iif (" ADDRESS_STANDS ", :before ->> '$.email_key', email_key),"
      "  bounced_at = iif (" ADDRESS_STANDS
      "                    AND (bounced_at IS :after ->> '$.bounced_at'"
      "                         OR :before ->> '$.email_key' IS NOT :after ->> '$.email_key'),"
      "                    :before ->> '$.bounced_at', bounced_at)"
      " WHERE id = :key ->> '$[0]'";

/* The rows of a table, those of one kind: removed (1), made (2), changed (3); not those of which
 * nothing changed but the lead. */
static const char SQL_ROWS[]
    = "SELECT key, before, after FROM lead_merge_row"
      " WHERE lead_merge = :merge AND place = :place"
      "   AND (before IS NOT NULL) + 2 * (after IS NOT NULL) = :kind"
      "   AND (:kind <> 3 OR json_remove (before, '$.lead') <> '{}')"
      " ORDER BY CAST (key ->> '$[0]' AS INTEGER), key";

/* The rows of a table that changed hands. */
static const char SQL_CHANGED_HANDS[]
    = " FROM lead_merge_row r"
      " WHERE r.lead_merge = :merge AND r.place = :place"
      "   AND r.before ->> '$.lead' IS NOT NULL AND r.after ->> '$.lead' = lead";

#define REMOVED 1
#define MADE 2
#define CHANGED 3

/* " WHERE id = :key ->> '$[0]'" */
static void
append_where_key (GString         *sql,
                  RungsMergeShape *shape)
{
  for (guint i = 0; i < shape->keys->len; i++)
    g_string_append_printf (sql, "%s \"%s\" = :key ->> '$[%u]'", i > 0 ? " AND" : " WHERE",
                            (const char *) g_ptr_array_index (shape->keys, i), i);
}

/* ---- back */

/* A row of the journal. */
typedef struct
{
  const RungsMergePlace *place;
  const char *key;
  const char *before; /* (nullable) */
  const char *after;  /* (nullable) */
} Row;

typedef gboolean (*RowFunc) (RungsDb *db, const Row *row, GError **error);

static gboolean
for_each_row (RungsDb     *db,
              gint64       merge,
              const RungsMergePlace *place,
              int          kind,
              RowFunc      func,
              GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ROWS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":merge", merge);
  rungs_statement_bind_text (query, ":place", place->table);
  rungs_statement_bind_int64 (query, ":kind", kind);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Row row = { place, rungs_statement_get_text (query, 0), rungs_statement_get_text (query, 1),
                  rungs_statement_get_text (query, 2) };

      if (!func (db, &row, error))
        return FALSE;
    }
  return rungs_statement_done (query, error);
}

static gboolean
run_for_row (RungsDb    *db,
             const char *sql,
             const Row  *row,
             GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_text (statement, ":key", row->key);
  rungs_statement_bind_text (statement, ":before", row->before);
  rungs_statement_bind_text (statement, ":after", row->after);
  return rungs_statement_run (statement, error);
}

static gboolean
lead_back (RungsDb   *db,
           const Row *row,
           GError   **error)
{
  return run_for_row (db, SQL_LEAD_BACK, row, error);
}

/* Gives the rows that changed hands back to the leads that had them; all else of them stays. */
static gboolean
owners_back (RungsDb               *db,
             gint64                 merge,
             const RungsMergePlace *place,
             GError               **error)
{
  g_autoptr (RungsMergeShape) shape = rungs_merge_shape_load (db, place->table, NULL, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RungsStatement) update = NULL;

  if (shape == NULL)
    return FALSE;
  if (!rungs_merge_shape_has (shape, "lead"))
    return TRUE;
  g_string_append_printf (sql, "UPDATE \"%s\" SET lead = r.before ->> '$.lead'%s", place->table,
                          SQL_CHANGED_HANDS);
  for (guint i = 0; i < shape->keys->len; i++)
    g_string_append_printf (sql, " AND \"%s\".\"%s\" = r.key ->> '$[%u]'", place->table,
                            (const char *) g_ptr_array_index (shape->keys, i), i);
  update = rungs_db_prepare (db, sql->str, error);
  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":merge", merge);
  rungs_statement_bind_text (update, ":place", place->table);
  return rungs_statement_run (update, error);
}

/* Puts back the columns that the merge changed, other than the lead, if all are as it left them. */
static gboolean
rest_back (RungsDb   *db,
           const Row *row,
           GError   **error)
{
  g_autoptr (RungsMergeShape) changed
      = rungs_merge_shape_load (db, row->place->table, row->before, error);
  g_autoptr (RungsMergeShape) shape = rungs_merge_shape_load (db, row->place->table, NULL, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) stands = g_string_new (NULL);
  guint n = 0;

  if (changed == NULL || shape == NULL)
    return FALSE;
  g_string_append_printf (sql, "UPDATE \"%s\" SET ", row->place->table);
  for (guint i = 0; i < changed->columns->len; i++)
    {
      const char *column = g_ptr_array_index (changed->columns, i);

      if (g_str_equal (column, "lead"))
        continue;
      g_string_append_printf (sql, "%s\"%s\" = :before ->> '$.%s'", n++ > 0 ? ", " : "", column,
                              column);
      g_string_append_printf (stands, " AND \"%s\" IS :after ->> '$.%s'", column, column);
    }
  if (n == 0)
    return TRUE;
  append_where_key (sql, shape);
  g_string_append (sql, stands->str);
  if (row->place->changes_back != NULL)
    g_string_append_printf (sql, " AND %s", row->place->changes_back);
  return run_for_row (db, sql->str, row, error);
}

/* Takes away what the merge made, if it is as it was made. */
static gboolean
take_away (RungsDb   *db,
           const Row *row,
           GError   **error)
{
  g_autoptr (RungsMergeShape) shape
      = rungs_merge_shape_load (db, row->place->table, row->after, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RungsStatement) delete = NULL;

  if (shape == NULL)
    return FALSE;
  g_string_append_printf (sql, "DELETE FROM \"%s\"", row->place->table);
  append_where_key (sql, shape);
  g_string_append (sql, " AND ");
  rungs_merge_append_row (sql, shape, NULL);
  g_string_append (sql, " = :after");
  if (row->place->goes != NULL)
    g_string_append_printf (sql, " AND %s", row->place->goes);
  delete = rungs_db_prepare (db, sql->str, error);
  if (delete == NULL)
    return FALSE;
  rungs_statement_bind_text (delete, ":key", row->key);
  rungs_statement_bind_text (delete, ":after", row->after);
  return rungs_statement_run (delete, error);
}

static gboolean
bring_back (RungsDb   *db,
            const Row *row,
            GError   **error)
{
  g_autoptr (RungsMergeShape) shape
      = rungs_merge_shape_load (db, row->place->table, row->before, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RungsStatement) insert = NULL;

  if (shape == NULL)
    return FALSE;
  g_string_append_printf (sql, "INSERT INTO \"%s\" (", row->place->table);
  rungs_merge_append_names (sql, shape->columns, NULL);
  g_string_append (sql, ") SELECT ");
  for (guint i = 0; i < shape->columns->len; i++)
    g_string_append_printf (sql, "%s:row ->> '$.%s'", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (shape->columns, i));
  g_string_append_printf (sql, " WHERE %s",
                          row->place->comes_back ? row->place->comes_back : "true");
  if (!g_str_equal (row->place->table, "lead"))
    g_string_append (sql, " ON CONFLICT DO NOTHING");
  insert = rungs_db_prepare (db, sql->str, error);
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":row", row->before);
  return rungs_statement_run (insert, error);
}

static gboolean
all_owners_back (RungsDb *db,
                 gint64   merge,
                 GError **error)
{
  gsize n;
  const RungsMergePlace *places = rungs_merge_places (&n);

  for (gsize i = 1; i < n; i++)
    if (!owners_back (db, merge, &places[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
for_each_place (RungsDb *db,
                gint64   merge,
                int      kind,
                RowFunc  func,
                GError **error)
{
  gsize n;
  const RungsMergePlace *places = rungs_merge_places (&n);

  for (gsize i = 1; i < n; i++)
    if (!for_each_row (db, merge, &places[i], kind, func, error))
      return FALSE;
  return TRUE;
}

/* The first place is the leads themselves: the one that stayed gives up the address of another
 * before that one comes back, and all the rest needs it there. Rows go back to their leads before
 * they are what they were, for only then a lead walks no sequence twice. */
gboolean
rungs_merge_journal_undo (RungsDb *db,
                          gint64   merge,
                          GError **error)
{
  gsize n;
  const RungsMergePlace *leads = rungs_merge_places (&n);

  return for_each_row (db, merge, leads, CHANGED, lead_back, error)
         && for_each_row (db, merge, leads, REMOVED, bring_back, error)
         && all_owners_back (db, merge, error) && rungs_merge_moves_undo (db, merge, error)
         && for_each_place (db, merge, MADE, take_away, error)
         && for_each_place (db, merge, CHANGED, rest_back, error)
         && for_each_place (db, merge, REMOVED, bring_back, error);
}
