/* rungs-naive-world.c: reads all rows of all tables. */

#include "rungs-naive-world.h"

#include "base/rungs-time.h"
#include "db/rungs-statement.h"

static const char *const TABLES[] = {
  "business",    "lead",       "tag",         "lead_tag",    "source",         "touch",
  "consent",     "event",      "import_run",  "import_lead", "product",        "product_holds",
  "sales_order", "order_line", "refund_line", "message",     "outbox",         "sequence",
  "enrolment",   "field",      "lead_value",  "segment",     "segment_member", "task",
  "offer",       "offer_figure", "coupon",     "coupon_use",  "coupon_given",
};

static void
table_free (gpointer data)
{
  RungsTable *table = data;

  for (guint i = 0; i < table->rows->len; i++)
    for (guint j = 0; j < table->columns->len; j++)
      g_free (((RungsCell *) g_ptr_array_index (table->rows, i))[j].text);
  g_ptr_array_unref (table->rows);
  g_ptr_array_unref (table->columns);
  g_free (table);
}

static RungsTable *
load_table (RungsDb    *db,
            const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", name);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, NULL);
  RungsTable *table = g_new0 (RungsTable, 1);
  int n = rungs_statement_count_columns (query);

  table->columns = g_ptr_array_new_with_free_func (g_free);
  table->rows = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < n; i++)
    g_ptr_array_add (table->columns, g_strdup (rungs_statement_get_column_name (query, i)));
  while (rungs_statement_step (query, NULL) == RUNGS_ROW)
    {
      RungsCell *row = g_new0 (RungsCell, n);

      for (int i = 0; i < n; i++)
        {
          row[i].null = rungs_statement_is_null (query, i);
          row[i].number = rungs_statement_get_int64 (query, i);
          if (rungs_statement_get_kind (query, i) == RUNGS_VALUE_TEXT)
            row[i].text = rungs_statement_dup_text (query, i);
        }
      g_ptr_array_add (table->rows, row);
    }
  return table;
}

RungsNaiveWorld *
rungs_naive_world_load (RungsDb *db)
{
  RungsNaiveWorld *self = g_new0 (RungsNaiveWorld, 1);

  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, table_free);
  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++)
    g_hash_table_insert (self->tables, (char *) TABLES[i], load_table (db, TABLES[i]));
  self->zone = rungs_time_zone (rungs_naive_text (rungs_naive_table (self, "business"), 0, "zone"));
  self->currency = rungs_naive_text (rungs_naive_table (self, "business"), 0, "currency");
  return self;
}

void
rungs_naive_world_free (RungsNaiveWorld *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->tables);
  g_time_zone_unref (self->zone);
  g_free (self);
}

RungsTable *
rungs_naive_table (RungsNaiveWorld *world,
                   const char      *name)
{
  RungsTable *table = g_hash_table_lookup (world->tables, name);

  g_assert_nonnull (table);
  return table;
}

const RungsCell *
rungs_naive_cell (RungsTable *table,
                  guint       row,
                  const char *column)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (g_str_equal (g_ptr_array_index (table->columns, i), column))
      return &((RungsCell *) g_ptr_array_index (table->rows, row))[i];
  g_assert_not_reached ();
}

gint64
rungs_naive_number (RungsTable *table,
                    guint       row,
                    const char *column)
{
  return rungs_naive_cell (table, row, column)->number;
}

const char *
rungs_naive_text (RungsTable *table,
                  guint       row,
                  const char *column)
{
  const RungsCell *cell = rungs_naive_cell (table, row, column);

  return cell->text ? cell->text : "";
}

int
rungs_naive_find (RungsTable *table,
                  const char *column,
                  gint64      number)
{
  for (guint i = 0; i < table->rows->len; i++)
    if (rungs_naive_number (table, i, column) == number)
      return (int) i;
  return -1;
}
