/* rungs-lead-list-store.c: finds the leads of a list, and reads the rows that are on screen.
 *
 * What a query finds is a set of ids (rungs-lead-match-store.h). A few leads are then sorted by
 * SQL. Many are found by walking all leads in the order of the column, which an index gives without
 * sorting, and keeping those in the set: so no search word and no column is slow however they meet,
 * and nobody has to guess which index should lead. The walk of all leads can be kept from the last
 * time. */

#include "leads/rungs-lead-list-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-field-values-store.h"
#include "leads/rungs-lead-match-store.h"
#include "leads/rungs-lead-order-store.h"
#include "leads/rungs-lead-row.h"

/* Up to so many leads are sorted by SQL: less than a walk of a million takes. */
#define FEW 4000

static const char SQL_COUNT[] = "SELECT count (*) FROM lead";

/* In the order of the ids; of a lead that is gone there is nothing. */
static const char SQL_ROWS[]
    = "SELECT" RUNGS_LEAD_ROW_COLUMNS
      ",     (SELECT s.name FROM touch t JOIN source s ON s.id = t.source"
      "        WHERE t.lead = l.id ORDER BY t.at, t.id LIMIT 1)"
      "  FROM json_each (:ids) j LEFT JOIN lead l ON l.id = j.value";

/* Of all of them at once: what is sorted for each costs more than what is read. */
static const char SQL_TAGS[]
    = "SELECT j.key, t.name FROM json_each (:ids) j"
      "  CROSS JOIN lead_tag lt ON lt.lead = j.value CROSS JOIN tag t ON t.id = lt.tag"
      " ORDER BY j.key, t.name";

void
rungs_lead_row_free (RungsLeadRow *self)
{
  rungs_lead_free (self->lead);
  g_free (self->tags);
  g_free (self->source);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_number (RungsDb    *db,
             const char *sql,
             gint64     *number,
             GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

/* Appends the ids that `sql` names and that are in `set` (nullable: all), up to the limit of the
 * query in all (0: no limit). */
static gboolean
append_ids (RungsDb              *db,
            const char           *sql,
            const RungsLeadQuery *asked,
            const RungsLeadSet   *set,
            GArray               *ids,
            GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  guint limit = asked->limit;
  RungsStep step = RUNGS_DONE;

  if (query == NULL)
    return FALSE;
  rungs_statement_offer_int64 (query, ":field", asked->field);
  rungs_statement_bind_int64 (query, ":limit",
                              set == NULL && limit > 0 ? (gint64) limit - ids->len : -1);
  while ((limit == 0 || ids->len < limit)
         && (step = rungs_statement_step (query, error)) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      if (set == NULL || rungs_lead_set_has (set, id))
        g_array_append_val (ids, id);
    }
  return step != RUNGS_FAILED;
}

/* Walks the leads in the order of the column, and keeps those in `set` (nullable). */
static RungsLeadList *
walk (RungsDb              *db,
      const RungsLeadQuery *query,
      const RungsLeadSet   *set,
      GError              **error)
{
  const RungsLeadOrder *sort = rungs_lead_order_of (query->sort);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint filled;
  guint blank;

  if (!append_ids (db, query->descending ? sort->falling : sort->rising, query, set, ids, error))
    return NULL;
  filled = ids->len;
  if (sort->blank != NULL && !append_ids (db, sort->blank, query, set, ids, error))
    return NULL;
  blank = ids->len - filled;
  return rungs_lead_list_new (g_steal_pointer (&ids), blank, query);
}

static RungsLeadList *
load_few (RungsDb              *db,
          const RungsLeadQuery *query,
          const RungsLeadSet   *set,
          GError              **error)
{
  const RungsLeadOrder *sort = rungs_lead_order_of (query->sort);
  g_autoptr (RungsStatement) few
      = rungs_db_prepare (db, query->descending ? sort->few_falling : sort->few_rising, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *json = rungs_lead_set_to_json (set);
  guint blank = 0;

  if (few == NULL)
    return NULL;
  rungs_statement_bind_text (few, ":ids", json);
  rungs_statement_offer_int64 (few, ":field", query->field);
  rungs_statement_bind_int64 (few, ":limit", query->limit == 0 ? -1 : (gint64) query->limit);
  while (rungs_statement_step (few, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (few, 0);

      g_array_append_val (ids, id);
      blank += rungs_statement_get_int64 (few, 1) != 0;
    }
  if (!rungs_statement_done (few, error))
    return NULL;
  return rungs_lead_list_new (g_steal_pointer (&ids), blank, query);
}

RungsLeadList *
rungs_lead_list_load (RungsDb              *db,
                      const RungsLeadQuery *query,
                      RungsLeadList        *all,
                      GError              **error)
{
  g_autoptr (RungsLeadSet) set = NULL;

  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (all == NULL || rungs_lead_list_is_by (all, query), NULL);

  if (!rungs_lead_match_find (db, query, &set, error))
    return NULL;
  if (set != NULL && rungs_lead_set_count (set) <= FEW)
    return load_few (db, query, set, error);
  return all ? rungs_lead_list_filter (all, set, query->descending, query->limit)
             : walk (db, query, set, error);
}

gboolean
rungs_lead_list_count (RungsDb              *db,
                       const RungsLeadQuery *query,
                       gint64               *count,
                       GError              **error)
{
  g_autoptr (RungsLeadSet) set = NULL;

  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  if (!rungs_lead_match_find (db, query, &set, error))
    return FALSE;
  if (set == NULL)
    return read_number (db, SQL_COUNT, count, error);
  *count = rungs_lead_set_count (set);
  return TRUE;
}

static RungsLeadRow *
row_from_row (RungsStatement *row)
{
  RungsLeadRow *self = g_new0 (RungsLeadRow, 1);
  const char *source = rungs_statement_get_text (row, RUNGS_LEAD_ROW_LENGTH);

  self->lead = rungs_lead_from_row (row);
  self->tags = g_strdup ("");
  self->source = g_strdup (source ? source : "");
  return self;
}

static void
row_free (gpointer row)
{
  if (row != NULL)
    rungs_lead_row_free (row);
}

static char *
ids_to_json (RungsLeadList *list,
             guint          first,
             guint          n)
{
  GString *json = g_string_new ("[");
  guint count = rungs_lead_list_get_count (list);

  for (guint i = first; i < count && i - first < n; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > first ? "," : "",
                            rungs_lead_list_get_id (list, i));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static void
take_tags (RungsLeadRow *row,
           GString      *tags)
{
  if (row == NULL || tags->len == 0)
    return;
  g_free (row->tags);
  row->tags = g_strndup (tags->str, tags->len);
}

static gboolean
add_tags (RungsDb    *db,
          const char *ids,
          GPtrArray  *rows,
          GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TAGS, error);
  g_autoptr (GString) tags = g_string_new (NULL);
  guint at = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":ids", ids);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      guint row = (guint) rungs_statement_get_int64 (query, 0);

      if (row != at)
        {
          take_tags (rows->pdata[at], tags);
          g_string_truncate (tags, 0);
          at = row;
        }
      if (tags->len > 0)
        g_string_append (tags, ", ");
      g_string_append (tags, rungs_statement_get_text (query, 1));
    }
  if (rows->len > 0)
    take_tags (rows->pdata[at], tags);
  return rungs_statement_done (query, error);
}

GPtrArray *
rungs_lead_list_rows (RungsDb       *db,
                      RungsLeadList *list,
                      guint          first,
                      guint          n,
                      GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ROWS, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autofree char *ids = NULL;

  g_return_val_if_fail (list != NULL, NULL);

  if (query == NULL)
    return NULL;
  ids = ids_to_json (list, first, n);
  rungs_statement_bind_text (query, ":ids", ids);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (rows, rungs_statement_is_null (query, 0) ? NULL : row_from_row (query));
  return rungs_statement_done (query, error) && add_tags (db, ids, rows, error)
             ? g_steal_pointer (&rows)
             : NULL;
}

gboolean
rungs_lead_list_add_values (RungsDb   *db,
                            GPtrArray *rows,
                            GError   **error)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) values = NULL;

  g_return_val_if_fail (rows != NULL, FALSE);

  for (guint i = 0; i < rows->len; i++)
    {
      const RungsLeadRow *row = g_ptr_array_index (rows, i);
      gint64 lead = row ? row->lead->id : 0;

      g_array_append_val (leads, lead);
    }
  values = rungs_field_values_of_leads (db, leads, error);
  for (guint i = 0; values != NULL && i < rows->len; i++)
    {
      RungsLeadRow *row = g_ptr_array_index (rows, i);

      if (row == NULL)
        continue;
      g_clear_pointer (&row->values, g_ptr_array_unref);
      row->values = g_ptr_array_ref (g_ptr_array_index (values, i));
    }
  return values != NULL;
}

GPtrArray *
rungs_lead_list_page (RungsDb              *db,
                      const RungsLeadQuery *query,
                      guint                 offset,
                      guint                 limit,
                      GError              **error)
{
  g_autoptr (RungsLeadQuery) first = NULL;
  g_autoptr (RungsLeadList) list = NULL;

  g_return_val_if_fail (query != NULL, NULL);

  first = rungs_lead_query_copy (query);
  first->limit = MIN ((guint64) offset + limit, G_MAXUINT);
  list = rungs_lead_list_load (db, first, NULL, error);
  return list ? rungs_lead_list_rows (db, list, offset, limit, error) : NULL;
}
