/* rungs-way-store.c: reads and writes the ways in. */

#include "ladder/rungs-way-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define SELLS "coalesce (w.product, l.product, q.sells)"

#define FROM                                                                                       \
  "SELECT w.id, w.source, coalesce (s.kind, w.kind), w.path, w.sequence, w.letter, w.product,"     \
  "       w.created_at, coalesce (s.name, ''), coalesce (q.name, l.name, p.name, ''), " SELLS      \
  "  FROM way_in w"                                                                                \
  "  LEFT JOIN source s ON s.id = w.source"                                                        \
  "  LEFT JOIN sequence q ON q.id = w.sequence"                                                    \
  "  LEFT JOIN sales_letter l ON l.id = w.letter"                                                  \
  "  LEFT JOIN product p ON p.id = w.product"

static const char SQL_LOAD[] = FROM " WHERE w.id = :id";

static const char SQL_LIST[]
    = FROM
      " WHERE :product IS NULL OR " SELLS " = :product"
      " ORDER BY CASE coalesce (s.kind, w.kind) WHEN 'customers' THEN 0 WHEN 'ppc' THEN 1"
      "            WHEN 'other' THEN 2 WHEN 'seo' THEN 3 WHEN 'jv' THEN 4 ELSE 5 END,"
      "          w.source IS NOT NULL, s.name COLLATE NOCASE, w.id";

static const char SQL_FIND[]
    = "SELECT id FROM way_in"
      " WHERE source IS :source AND kind IS :kind AND path = :path AND sequence IS :sequence"
      "   AND letter IS :letter AND product IS :product";

static const char SQL_MISSING[]
    = "SELECT (:source IS NOT NULL AND NOT EXISTS (SELECT 1 FROM source WHERE id = :source))"
      "    OR (:sequence IS NOT NULL"
      "        AND NOT EXISTS (SELECT 1 FROM sequence WHERE id = :sequence))"
      "    OR (:letter IS NOT NULL"
      "        AND NOT EXISTS (SELECT 1 FROM sales_letter WHERE id = :letter))"
      "    OR (:product IS NOT NULL AND NOT EXISTS (SELECT 1 FROM product WHERE id = :product))";

static const char SQL_ADD[]
    = "INSERT INTO way_in (source, kind, path, sequence, letter, product, created_at)"
      " VALUES (:source, :kind, :path, :sequence, :letter, :product, :now)";

static const char SQL_DELETE[] = "DELETE FROM way_in WHERE id = :id";

RungsWay *
rungs_way_new (void)
{
  return g_new0 (RungsWay, 1);
}

void
rungs_way_free (RungsWay *self)
{
  g_free (self->source_name);
  g_free (self->target_name);
  g_free (self);
}

static gboolean
refuse (GError    **error,
        RungsError  code,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, code, why);
  return FALSE;
}

static void
bind_way (RungsStatement *statement,
          const RungsWay *way)
{
  rungs_statement_bind_id (statement, ":source", way->source);
  rungs_statement_bind_id (statement, ":sequence", way->sequence);
  rungs_statement_bind_id (statement, ":letter", way->letter);
  rungs_statement_bind_id (statement, ":product", way->product);
  if (rungs_statement_has (statement, ":kind"))
    rungs_statement_bind_text (statement, ":kind",
                               way->source != 0 ? NULL : rungs_source_kind_to_text (way->kind));
  if (rungs_statement_has (statement, ":path"))
    rungs_statement_bind_text (statement, ":path", rungs_path_to_text (way->path));
}

/* Asks one number about the way. */
static gboolean
ask (RungsDb        *db,
     const char     *sql,
     const RungsWay *way,
     gint64         *number,
     GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  bind_way (query, way);
  return rungs_statement_get_number (query, 0, number, error);
}

static gboolean
is_sound (RungsDb        *db,
          const RungsWay *way,
          GError        **error)
{
  gboolean sells = way->letter != 0 || way->product != 0;
  gint64 missing, other;

  if ((way->sequence != 0) + (way->letter != 0) + (way->product != 0) > 1)
    return refuse (error, RUNGS_ERROR_INVALID, _ ("a way in leads to one thing only"));
  if (way->path == RUNGS_PATH_OPT_IN && sells)
    return refuse (error, RUNGS_ERROR_INVALID,
                   _ ("the opt-in path leads to the opt-in or to a sequence"));
  if (way->path == RUNGS_PATH_DIRECT && !sells)
    return refuse (error, RUNGS_ERROR_INVALID,
                   _ ("the direct path leads to a sales letter or to a product"));
  if (!ask (db, SQL_MISSING, way, &missing, error))
    return FALSE;
  if (missing != 0)
    return refuse (error, RUNGS_ERROR_NOT_FOUND,
                   _ ("what the way in leads from or to is not there"));
  if (!ask (db, SQL_FIND, way, &other, error))
    return FALSE;
  return other == 0
         || refuse (error, RUNGS_ERROR_CONFLICT, _ ("this way in is there already"));
}

gint64
rungs_way_add (RungsDb        *db,
               const RungsWay *way,
               gint64          now,
               GError        **error)
{
  g_autoptr (RungsStatement) add = NULL;

  g_return_val_if_fail (way != NULL, 0);

  if (!is_sound (db, way, error) || (add = rungs_db_prepare (db, SQL_ADD, error)) == NULL)
    return 0;
  bind_way (add, way);
  rungs_statement_bind_int64 (add, ":now", now);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

static gpointer
way_from_row (RungsStatement *row)
{
  RungsWay *way = rungs_way_new ();

  way->id = rungs_statement_get_int64 (row, 0);
  way->source = rungs_statement_get_int64 (row, 1);
  rungs_source_kind_from_text (rungs_statement_get_text (row, 2), &way->kind);
  rungs_path_from_text (rungs_statement_get_text (row, 3), &way->path);
  way->sequence = rungs_statement_get_int64 (row, 4);
  way->letter = rungs_statement_get_int64 (row, 5);
  way->product = rungs_statement_get_int64 (row, 6);
  way->created_at = rungs_statement_get_int64 (row, 7);
  way->source_name = rungs_statement_dup_text (row, 8);
  way->target_name = rungs_statement_dup_text (row, 9);
  way->sells = rungs_statement_get_int64 (row, 10);
  return way;
}

RungsWay *
rungs_way_load (RungsDb *db,
                gint64   id,
                GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, way_from_row, "way in", error);
}

gboolean
rungs_way_delete (RungsDb *db,
                  gint64   id,
                  GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);

  return delete != NULL && rungs_record_change (db, delete, id, "way in", error);
}

GPtrArray *
rungs_way_list (RungsDb *db,
                gint64   product,
                GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_id (query, ":product", product);
  return rungs_record_list (query, way_from_row, (GDestroyNotify) rungs_way_free, error);
}

RungsPath
rungs_way_path_to (const char *letter_path)
{
  return g_strcmp0 (letter_path, "phone") == 0 ? RUNGS_PATH_PHONE : RUNGS_PATH_DIRECT;
}
