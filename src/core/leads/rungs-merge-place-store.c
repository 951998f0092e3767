/* rungs-merge-place-store.c: the tables of which the journal of a merge keeps rows, and what they
 * are made of. */

#include "leads/rungs-merge-place-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-merge-journal-store.h"

#define OF_LEADS " lead IN (SELECT id FROM temp.merge_lead)"
#define IS_THERE(table) "EXISTS (SELECT 1 FROM " table " WHERE id = :row ->> '$." table "')"

static const RungsMergePlace PLACES[] = {
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
  { .table = "broadcast_lead", .rows = OF_LEADS, .comes_back = IS_THERE ("broadcast") },
  { .table = "task", .rows = OF_LEADS },
  { .table = "coupon_given", .rows = OF_LEADS },
  { .table = "web_delivery", .rows = OF_LEADS },
  { .table = "opt_in_pending", .rows = OF_LEADS },
  { .table = "notice", .rows = OF_LEADS },
  { .table = "first_contact", .rows = OF_LEADS },
  { .table = "partner_lead", .rows = OF_LEADS, .comes_back = IS_THERE ("partner") },
  { .table = "award", .rows = OF_LEADS, .only_moves = TRUE },
  { .table = "event", .rows = OF_LEADS, .only_moves = TRUE },
  { .table = "note",
    .rows = " event IN (SELECT e.id FROM event e INDEXED BY event_note WHERE e." OF_LEADS
            "              AND e.kind IN ('note.added', 'call.logged', 'meeting.logged'))",
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

/* Of a table; where a row is given, only the columns that it has. */
static const char SQL_COLUMNS[]
    = "SELECT name, pk FROM pragma_table_info (:table)"
      " WHERE :row IS NULL OR json_type (:row, '$.' || name) IS NOT NULL ORDER BY cid";

const RungsMergePlace *
rungs_merge_places (gsize *n)
{
  *n = G_N_ELEMENTS (PLACES);
  return PLACES;
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

/* ---- what a table is made of */

void
rungs_merge_shape_free (RungsMergeShape *self)
{
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

RungsMergeShape *
rungs_merge_shape_load (RungsDb     *db,
                        const char  *table,
                        const char  *row,
                        GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COLUMNS, error);
  g_autoptr (RungsMergeShape) shape = g_new0 (RungsMergeShape, 1);

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

gboolean
rungs_merge_shape_has (RungsMergeShape *self,
                       const char      *column)
{
  return g_ptr_array_find_with_equal_func (self->columns, column, g_str_equal, NULL);
}

static void
append_name (GString    *sql,
             const char *name,
             const char *of)
{
  if (of != NULL)
    g_string_append_printf (sql, "%s.", of);
  g_string_append_printf (sql, "\"%s\"", name);
}

void
rungs_merge_append_names (GString    *sql,
                          GPtrArray  *names,
                          const char *of)
{
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append (sql, ", ");
      append_name (sql, g_ptr_array_index (names, i), of);
    }
}

void
rungs_merge_append_row (GString         *sql,
                        RungsMergeShape *shape,
                        const char      *of)
{
  g_string_append (sql, "json_object (");
  for (guint i = 0; i < shape->columns->len; i++)
    {
      const char *column = g_ptr_array_index (shape->columns, i);

      g_string_append_printf (sql, "%s'%s', ", i > 0 ? ", " : "", column);
      append_name (sql, column, of);
    }
  g_string_append (sql, ")");
}
