/* test-check.c: each rule of the check finds what breaks it, and nothing in a sound file. */

#include <string.h>

#include "db/rungs-statement.h"
#include "engine/rungs-check-store.h"

static const struct
{
  const char *sql[8];
  const char *fault; /* how its line begins; NULL: none */
} CASES[] = {
  { { NULL }, NULL },
  { { "INSERT INTO product (id, sku, name, price, currency, created_at)"
      " VALUES (1, 'A', 'A', 1, 'EUR', 0)" },
    "bundle:" },
  { { "INSERT INTO product (id, sku, name, price, currency, created_at)"
      " VALUES (1, 'A', 'A', 1, 'EUR', 0)",
      "INSERT INTO product_holds (whole, part) VALUES (1, 1)" },
    NULL },
  { { "INSERT INTO product (id, sku, name, price, currency, created_at)"
      " VALUES (1, 'A', 'A', 1, 'EUR', 0)",
      "INSERT INTO product_holds (whole, part) VALUES (1, 1)",
      "INSERT INTO lead (id, created_at, updated_at) VALUES (1, 0, 0)",
      "INSERT INTO sales_order (id, lead, at, currency, created_at) VALUES (1, 1, 0, 'EUR', 0)",
      "INSERT INTO order_line (id, sales_order, product, amount) VALUES (1, 1, 1, 100)",
      "INSERT INTO refund (id, sales_order, at, created_at) VALUES (1, 1, 0, 0)",
      "INSERT INTO refund_line (refund, order_line, amount) VALUES (1, 1, 101)" },
    "order line:" },
  { { "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'seo', 'S', 0)",
      "INSERT INTO lead (id, created_at, updated_at) VALUES (1, 0, 0), (2, 0, 0)",
      "INSERT INTO touch (id, lead, source, path, at) VALUES (1, 2, 1, 'phone', 0)",
      "INSERT INTO coupon (id, code, code_key, created_at, updated_at) VALUES (1, 'C', 'c', 0, 0)",
      "INSERT INTO sales_order (id, lead, at, currency, created_at) VALUES (1, 1, 0, 'EUR', 0)",
      "INSERT INTO coupon_use (sales_order, coupon, at, touch) VALUES (1, 1, 0, 1)" },
    "coupon:" },
  { { "INSERT INTO cursor (name, event) VALUES ('x', 5)" }, "cursor:" },
  { { "INSERT INTO lead (id, email, created_at, updated_at) VALUES (1, 'a@b.example', 0, 0)" },
    "search index:" },
};

static gboolean
run_sql (RungsDb *db,
         gpointer sql,
         GError **error)
{
  const char *const *one = sql;

  for (int i = 0; i < 8 && one[i] != NULL; i++)
    {
      g_autoptr (RungsStatement) statement = rungs_db_prepare (db, one[i], error);

      if (statement == NULL || !rungs_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static void
run_case (gconstpointer data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("rungs-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "rungs.db", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  g_autoptr (GPtrArray) faults = NULL;
  RungsDb *db = rungs_db_open (path, RUNGS_DB_CREATE, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  g_assert_true (rungs_db_write (db, run_sql, (gpointer) CASES[i].sql, &error));
  faults = rungs_business_check (db, &error);
  g_assert_no_error (error);
  for (guint f = 0; f < faults->len; f++)
    found |= CASES[i].fault != NULL
             && g_str_has_prefix (g_ptr_array_index (faults, f), CASES[i].fault);
  if (CASES[i].fault != NULL)
    g_assert_true (found);
  else
    g_assert_cmpint (faults->len, ==, 0);
  rungs_db_close (db);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/check/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), run_case);
    }
  return g_test_run ();
}
