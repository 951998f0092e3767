/* rungs-bench-business.c: a business with many leads, each with ten events, for benchmarks. */

#include "rungs-bench-business.h"

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "leads/rungs-lead-search-store.h"

/* Chance that is the same in every run. */
#define DRAW(salt)                                                                                 \
  "((i % 1000003 + " #salt " * 7907) * (2654435 + " #salt " * 104729) / 1024 % 1000)"
#define LEADS_FROM(what)                                                                           \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) " what

static const char *const FILL[] = {
  LEADS_FROM ("INSERT INTO lead (email, email_key, first_name, last_name, city, country, score,"
              "                  created_at, updated_at)"
              " SELECT printf ('lead%d@example.com', i), printf ('lead%d@example.com', i), 'Ann',"
              "        printf ('Smith%d', i % 5003), printf ('City %d', i % 503),"
              "        CASE WHEN " DRAW (1) " < 500 THEN 'DE' WHEN " DRAW (1) " < 600 THEN 'AT'"
              "             WHEN " DRAW (1) " < 800 THEN 'US' ELSE 'FR' END,"
              "        " DRAW (2) " / 10, 1774000000000 - " DRAW (3) " * 126144000, 0 FROM n"),
  "INSERT INTO tag (id, name) VALUES (1, 'third'), (2, 'tenth'), (3, 'fiftieth'), (4, 'rare')",
  LEADS_FROM ("INSERT INTO lead_tag (lead, tag, added_at) SELECT i, 1, 0 FROM n WHERE " DRAW (
    4) " < 300"),
  LEADS_FROM ("INSERT INTO lead_tag (lead, tag, added_at) SELECT i, 2, 0 FROM n WHERE " DRAW (
    5) " < 100"),
  LEADS_FROM ("INSERT INTO lead_tag (lead, tag, added_at) SELECT i, 3, 0 FROM n WHERE " DRAW (
    6) " < 20"),
  LEADS_FROM ("INSERT INTO lead_tag (lead, tag, added_at) SELECT i, 4, 0 FROM n WHERE i % 2000 ="
  " 0"),
  "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'ppc', 'Search', 0),"
  " (2, 'seo', 'Blog', 0), (3, 'jv', 'Sue', 0)",
  LEADS_FROM ("INSERT INTO touch (lead, source, path, at)"
              " SELECT i, 1 + " DRAW (7) " / 400, CASE WHEN " DRAW (7) " % 2 THEN 'opt-in'"
              "        ELSE 'direct' END, 1774000000000 - " DRAW (3) " * 126144000 FROM n"),
  LEADS_FROM ("INSERT INTO consent (lead, action, at, origin)"
              " SELECT i, 'given', 0, 'form' FROM n WHERE " DRAW (8) " < 800"),
  LEADS_FROM ("INSERT INTO consent (lead, action, at, origin)"
              " SELECT i, 'withdrawn', 0, 'form' FROM n WHERE " DRAW (8) " < 100"),
  "INSERT INTO product (id, sku, name, price, currency, rung, created_at)"
  " VALUES (1, 'GUIDE', 'Guide', 1000, 'EUR', 1, 0), (2, 'KIT', 'Kit', 2900, 'EUR', 2, 0),"
  "        (3, 'CLASS', 'Class', 9900, 'EUR', 3, 0)",
  "INSERT INTO product_holds (whole, part) VALUES (1, 1), (2, 2), (3, 3)",
  LEADS_FROM ("INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT i, 1774000000000 - " DRAW (9) " * 86400000, 'EUR', 0 FROM n"
              "  WHERE " DRAW (10) " < 200"),
  LEADS_FROM ("INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT i, 1774000000000 - " DRAW (11) " * 86400000, 'EUR', 0 FROM n"
              "  WHERE " DRAW (10) " < 50"),
  "INSERT INTO order_line (sales_order, product, amount)"
  " SELECT id, 1 + id % 10 / 4, 1000 * (1 + id % 10) FROM sales_order",
  "INSERT INTO field (id, key, label, kind, created_at) VALUES (1, 'born', 'Born', 'date', 0)",
  LEADS_FROM ("INSERT INTO lead_value (lead, field, value)"
              " SELECT i, 1, date ('1960-01-01', '+' || (" DRAW (12) " * 15) || ' days') FROM n"
              "  WHERE i % 2 = 0"),
  LEADS_FROM ("INSERT INTO event (lead, kind, at, ref)"
              " SELECT i, CASE k.value WHEN 0 THEN 'lead.created' WHEN 1 THEN 'form.submitted'"
              "        WHEN 2 THEN 'note.added' WHEN 3 THEN 'mail.clicked' WHEN 4 THEN"
              " 'mail.clicked'"
              "        WHEN 5 THEN 'score.changed' ELSE 'mail.sent' END,"
              "        1774000000000 - (i * 7919 + k.value * 104729) % 1000 * 126144000, NULL"
              "   FROM n, json_each ('[0,1,2,3,4,5,6,7,8,9]') k"),
};

static gboolean
fill (RungsDb   *db,
      gpointer   n,
      GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (FILL); i++)
    {
      g_autoptr (RungsStatement) insert = rungs_db_prepare (db, FILL[i], error);

      if (insert == NULL)
        return FALSE;
      if (rungs_statement_has (insert, ":n"))
        rungs_statement_bind_int64 (insert, ":n", *(gint64 *) n);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return rungs_lead_search_rebuild (db, error);
}

/* Without followers, for nothing here is to be followed. */
void
rungs_bench_business_make (const char *path,
                           gint64      leads)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  db = rungs_business_create (path, "Million", "EUR", "UTC", clock, &error);
  g_assert_no_error (error);
  rungs_db_close (g_steal_pointer (&db));
  db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  rungs_db_set_cache_mebibytes (db, 1024);
  rungs_db_write (db, fill, &leads, &error);
  g_assert_no_error (error);
}
