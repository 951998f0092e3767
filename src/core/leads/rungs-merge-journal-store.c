/* rungs-merge-journal-store.c: what a merge changed, row by row, and how that is put back.
 *
 * Before a merge and after it, all rows about its leads are kept as JSON objects, whatever columns
 * their tables have: the statements are made from the schema, so that a column that is added to a
 * table is in the journal by itself. What differs is the journal. A row that the merge removed is
 * there whole, as it was; one that it made, as it left it; of one that it changed, the columns that
 * it changed, before and after (of a lead all, for they are weighed against each other).
 *
 * Undoing goes by what stands there now. What the merge changed is put back where it still is as
 * the merge left it; where somebody changed it since, it stays, except that a row that came from
 * another lead goes back to that lead with all that happened to it. What the merge made goes, if
 * nobody changed it since; what it removed comes back, if what it belonged to is still there. */

#include "leads/rungs-merge-journal-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"

#define OF_LEADS " lead IN (SELECT id FROM temp.merge_lead)"
#define IS_THERE(table) "EXISTS (SELECT 1 FROM " table " WHERE id = :row ->> '$." table "')"

/* A table of which a journal keeps rows: which, on what condition one comes back, and on what one
 * that the merge made goes, or one that it changed is put back. NULL: always. */
typedef struct
{
  const char *table;
  const char *rows;
  const char *comes_back;
  const char *goes;
  const char *changes_back;
} Place;

static const Place PLACES[] = {
  { .table = "lead", .rows = " id IN (SELECT id FROM temp.merge_lead)" },
  { .table = "touch", .rows = OF_LEADS },
  { .table = "consent",
    .rows = OF_LEADS,
    .goes = "NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = consent.id)" },
  { .table = "sales_order", .rows = OF_LEADS },
  { .table = "enrolment",
    .rows = OF_LEADS,
    .changes_back = "(:before ->> '$.outcome' IS NOT NULL"
                    " OR NOT EXISTS (SELECT 1 FROM enrolment e"
                    "                 WHERE e.lead = enrolment.lead AND e.id <> enrolment.id"
                    "                   AND e.sequence = enrolment.sequence"
                    "                   AND e.outcome IS NULL))" },
  { .table = "enrolment_step",
    .rows = " enrolment IN (SELECT e.id FROM enrolment e WHERE e." OF_LEADS ")" },
  { .table = "outbox", .rows = OF_LEADS },
  { .table = "task", .rows = OF_LEADS },
  { .table = "event", .rows = OF_LEADS },
  { .table = "note",
    .rows = " event IN (SELECT e.id FROM event e WHERE e." OF_LEADS ")",
    .comes_back = IS_THERE ("event") },
  { .table = "lead_value", .rows = OF_LEADS, .comes_back = IS_THERE ("field") },
  { .table = "lead_tag",
    .rows = OF_LEADS,
    .comes_back = IS_THERE ("tag") " AND NOT EXISTS (SELECT 1 FROM import_run r"
                                   "                  WHERE r.id = :row ->> '$.run'"
                                   "                    AND r.undone_at IS NOT NULL)" },
  { .table = "import_lead", .rows = OF_LEADS },
  { .table = "import_change", .rows = OF_LEADS },
  { .table = "segment_member", .rows = OF_LEADS, .comes_back = IS_THERE ("segment") },
  { .table = "lead_different",
    .rows = OF_LEADS " OR other IN (SELECT id FROM temp.merge_lead)",
    .comes_back = IS_THERE ("lead") " AND EXISTS (SELECT 1 FROM lead"
                                    "              WHERE id = :row ->> '$.other')" },
  { .table = "lead_merge", .rows = OF_LEADS },
  { .table = "suppression", .rows = " hash IN (SELECT hash FROM temp.merge_lead)" },
};

static const char *const SQL_MAKE[] = {
  "DROP TABLE IF EXISTS temp.merge_lead",
  "DROP TABLE IF EXISTS temp.merge_image",
  "CREATE TEMP TABLE merge_lead (id INTEGER PRIMARY KEY, rank INTEGER NOT NULL, hash TEXT)",
  "CREATE TEMP TABLE merge_image ("
  "  late INTEGER NOT NULL, place TEXT NOT NULL, key TEXT NOT NULL, row TEXT NOT NULL,"
  "  PRIMARY KEY (late, place, key)) WITHOUT ROWID",
};

static const char *const SQL_DROP[] = {
  "DROP TABLE temp.merge_image",
  "DROP TABLE temp.merge_lead",
};

static const char SQL_ADD_LEAD[]
    = "INSERT INTO temp.merge_lead (id, rank, hash) VALUES (:id, :rank, :hash)";

/* Of a table; where a row is given, only the columns that it has. */
static const char SQL_COLUMNS[]
    = "SELECT name, pk FROM pragma_table_info (:table)"
      " WHERE :row IS NULL OR json_type (:row, '$.' || name) IS NOT NULL ORDER BY cid";

#define DIFFERENT(object)                                                                          \
  "CASE WHEN b.place = 'lead' THEN " object ".row ELSE"                                            \
  " (SELECT json_group_object (x.key, " object "x.value)"                                          \
  "    FROM json_each (b.row) x JOIN json_each (a.row) ax ON ax.key = x.key"                       \
  "    JOIN json_each (b.row) bx ON bx.key = x.key"                                                \
  "   WHERE ax.value IS NOT bx.value) END"

static const char *const SQL_WRITE[] = {
  "INSERT INTO lead_merge_row (lead_merge, place, key, before, after)"
  " SELECT :merge, b.place, b.key, " DIFFERENT ("b") ", " DIFFERENT ("a")
  "   FROM temp.merge_image b"
  "   JOIN temp.merge_image a ON a.late = 1 AND a.place = b.place AND a.key = b.key"
  "  WHERE b.late = 0 AND a.row <> b.row",
  "INSERT INTO lead_merge_row (lead_merge, place, key, before)"
  " SELECT :merge, b.place, b.key, b.row FROM temp.merge_image b"
  "  WHERE b.late = 0"
  "    AND NOT EXISTS (SELECT 1 FROM temp.merge_image a"
  "                     WHERE a.late = 1 AND a.place = b.place AND a.key = b.key)",
  "INSERT INTO lead_merge_row (lead_merge, place, key, after)"
  " SELECT :merge, a.place, a.key, a.row FROM temp.merge_image a"
  "  WHERE a.late = 1"
  "    AND NOT EXISTS (SELECT 1 FROM temp.merge_image b"
  "                     WHERE b.late = 0 AND b.place = a.place AND b.key = a.key)",
};

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

/* The rows of a table, those of one kind: removed (1), made (2), changed (3). */
static const char SQL_ROWS[]
    = "SELECT key, before, after FROM lead_merge_row"
      " WHERE lead_merge = :merge AND place = :place"
      "   AND (before IS NOT NULL) + 2 * (after IS NOT NULL) = :kind"
      " ORDER BY CAST (key ->> '$[0]' AS INTEGER), key";

#define REMOVED 1
#define MADE 2
#define CHANGED 3

static gboolean
run_all (RungsDb           *db,
         const char *const *statements,
         gsize              n,
         GError           **error)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (RungsStatement) statement = rungs_db_prepare (db, statements[i], error);

      if (statement == NULL || !rungs_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- statements made from the schema */

/* What a table is made of. */
typedef struct
{
  GPtrArray *columns; /* utf8 */
  GPtrArray *keys;    /* utf8: those of the primary key */
} Shape;

static void
shape_free (Shape *shape)
{
  g_ptr_array_unref (shape->columns);
  g_ptr_array_unref (shape->keys);
  g_free (shape);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shape, shape_free)

static Shape *
load_shape (RungsDb    *db,
            const char *table,
            const char *row,
            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COLUMNS, error);
  g_autoptr (Shape) shape = g_new0 (Shape, 1);

  shape->columns = g_ptr_array_new_with_free_func (g_free);
  shape->keys = g_ptr_array_new_with_free_func (g_free);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":table", table);
  rungs_statement_bind_text (query, ":row", row);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_ptr_array_add (shape->columns, rungs_statement_dup_text (query, 0));
      if (rungs_statement_get_int64 (query, 1) > 0)
        g_ptr_array_add (shape->keys, rungs_statement_dup_text (query, 0));
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&shape) : NULL;
}

/* "json_object ('id', id, 'lead', lead)" */
static void
append_row (GString *sql,
            Shape   *shape)
{
  g_string_append (sql, "json_object (");
  for (guint i = 0; i < shape->columns->len; i++)
    {
      const char *column = g_ptr_array_index (shape->columns, i);

      g_string_append_printf (sql, "%s'%s', \"%s\"", i > 0 ? ", " : "", column, column);
    }
  g_string_append (sql, ")");
}

/* " WHERE id = :key ->> '$[0]'" */
static void
append_where_key (GString *sql,
                  Shape   *shape)
{
  for (guint i = 0; i < shape->keys->len; i++)
    g_string_append_printf (sql, "%s \"%s\" = :key ->> '$[%u]'", i > 0 ? " AND" : " WHERE",
                            (const char *) g_ptr_array_index (shape->keys, i), i);
}

static void
append_names (GString   *sql,
              GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (names, i));
}

static gboolean
keep_rows (RungsDb     *db,
           const Place *place,
           gboolean     late,
           GError     **error)
{
  g_autoptr (Shape) shape = load_shape (db, place->table, NULL, error);
  g_autoptr (GString) sql = g_string_new ("INSERT INTO temp.merge_image (late, place, key, row) ");
  g_autoptr (RungsStatement) insert = NULL;

  if (shape == NULL)
    return FALSE;
  g_string_append (sql, "SELECT :late, :place, json_array (");
  append_names (sql, shape->keys);
  g_string_append (sql, "), ");
  append_row (sql, shape);
  g_string_append_printf (sql, " FROM \"%s\" WHERE%s", place->table, place->rows);
  insert = rungs_db_prepare (db, sql->str, error);
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":late", late);
  rungs_statement_bind_text (insert, ":place", place->table);
  return rungs_statement_run (insert, error);
}

static gboolean
keep_all (RungsDb *db,
          gboolean late,
          GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    if (!keep_rows (db, &PLACES[i], late, error))
      return FALSE;
  return TRUE;
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

gboolean
rungs_merge_journal_begin (RungsDb *db,
                           GArray  *leads,
                           GError **error)
{
  g_return_val_if_fail (leads != NULL, FALSE);

  if (!run_all (db, SQL_MAKE, G_N_ELEMENTS (SQL_MAKE), error))
    return FALSE;
  for (guint i = 0; i < leads->len; i++)
    if (!add_lead (db, g_array_index (leads, gint64, i), i, error))
      return FALSE;
  return keep_all (db, FALSE, error);
}

gboolean
rungs_merge_journal_end (RungsDb *db,
                         gint64   merge,
                         GError **error)
{
  if (!keep_all (db, TRUE, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (SQL_WRITE); i++)
    {
      g_autoptr (RungsStatement) write = rungs_db_prepare (db, SQL_WRITE[i], error);

      if (write == NULL)
        return FALSE;
      rungs_statement_bind_int64 (write, ":merge", merge);
      if (!rungs_statement_run (write, error))
        return FALSE;
    }
  return run_all (db, SQL_DROP, G_N_ELEMENTS (SQL_DROP), error);
}

/* ---- back */

/* A row of the journal. */
typedef struct
{
  const Place *place;
  const char *key;
  const char *before; /* (nullable) */
  const char *after;  /* (nullable) */
} Row;

typedef gboolean (*RowFunc) (RungsDb *db, const Row *row, GError **error);

static gboolean
for_each_row (RungsDb     *db,
              gint64       merge,
              const Place *place,
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

/* Gives the row back to the lead that had it; all else of it stays. */
static gboolean
owner_back (RungsDb   *db,
            const Row *row,
            GError   **error)
{
  g_autoptr (Shape) changed = load_shape (db, row->place->table, row->before, error);
  g_autoptr (Shape) shape = load_shape (db, row->place->table, NULL, error);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (changed == NULL || shape == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (changed->columns, "lead", g_str_equal, NULL))
    return TRUE;
  g_string_append_printf (sql, "UPDATE \"%s\" SET lead = :before ->> '$.lead'", row->place->table);
  append_where_key (sql, shape);
  g_string_append (sql, " AND lead = :after ->> '$.lead'");
  return run_for_row (db, sql->str, row, error);
}

/* Puts back the columns that the merge changed, other than the lead, if all are as it left them. */
static gboolean
rest_back (RungsDb   *db,
           const Row *row,
           GError   **error)
{
  g_autoptr (Shape) changed = load_shape (db, row->place->table, row->before, error);
  g_autoptr (Shape) shape = load_shape (db, row->place->table, NULL, error);
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
  g_autoptr (Shape) shape = load_shape (db, row->place->table, row->after, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RungsStatement) delete = NULL;

  if (shape == NULL)
    return FALSE;
  g_string_append_printf (sql, "DELETE FROM \"%s\"", row->place->table);
  append_where_key (sql, shape);
  g_string_append (sql, " AND ");
  append_row (sql, shape);
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
  g_autoptr (Shape) shape = load_shape (db, row->place->table, row->before, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RungsStatement) insert = NULL;

  if (shape == NULL)
    return FALSE;
  g_string_append_printf (sql, "INSERT INTO \"%s\" (", row->place->table);
  append_names (sql, shape->columns);
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
for_each_place (RungsDb *db,
                gint64   merge,
                int      kind,
                RowFunc  func,
                GError **error)
{
  for (gsize i = 1; i < G_N_ELEMENTS (PLACES); i++)
    if (!for_each_row (db, merge, &PLACES[i], kind, func, error))
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
  return for_each_row (db, merge, &PLACES[0], CHANGED, lead_back, error)
         && for_each_row (db, merge, &PLACES[0], REMOVED, bring_back, error)
         && for_each_place (db, merge, CHANGED, owner_back, error)
         && for_each_place (db, merge, MADE, take_away, error)
         && for_each_place (db, merge, CHANGED, rest_back, error)
         && for_each_place (db, merge, REMOVED, bring_back, error);
}

gboolean
rungs_merge_journal_keeps (const char *table)
{
  g_return_val_if_fail (table != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    if (g_str_equal (PLACES[i].table, table))
      return TRUE;
  return FALSE;
}
