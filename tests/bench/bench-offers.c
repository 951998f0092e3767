/* bench-offers.c: the next offer for one lead and for all, among a million leads and two million
 * orders, beside plain SQL that reads the same rows and decides nothing. Times are the processor's.
 *
 * usage: bench-offers [LEADS [FILE]]; a file that is there is used. */

#include <glib/gstdio.h>
#include <time.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "ladder/rungs-next-offer-store.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-offer-figure-store.h"
#include "segments/rungs-rule.h"

#define NOW G_GINT64_CONSTANT (1774000000000)
#define ONES 1000

/* Chance that is the same in every run. */
#define DRAW(salt)                                                                                 \
  "((i % 1000003 + " #salt " * 7907) * (2654435 + " #salt " * 104729) / 1024 % 1000)"
#define FROM_1_TO_N "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) "

static const char *const FILL[] = {
  FROM_1_TO_N "INSERT INTO lead (email, email_key, first_name, country, created_at, updated_at)"
              " SELECT printf ('lead%d@example.com', i), printf ('lead%d@example.com', i), 'Ann',"
              "        CASE WHEN " DRAW (1) " < 500 THEN 'DE' ELSE 'FR' END,"
              "        1774000000000 - " DRAW (2) " * 126144000, 0 FROM n",
  FROM_1_TO_N "INSERT INTO product (sku, name, price, currency, rung, cost, affiliate_rate,"
              "                     created_at)"
              " SELECT 'P' || i, 'Product ' || i, i * 1900, 'EUR', i, i * 300, 2000, 0"
              "   FROM n WHERE i <= 12",
  "INSERT INTO product_holds (whole, part) SELECT id, id FROM product"
  " UNION ALL SELECT 12, 10 UNION ALL SELECT 12, 11",
  FROM_1_TO_N "INSERT INTO offer (from_product, to_product, kind, after_days, priority, condition,"
              "                   created_at)"
              " SELECT nullif (i / 2, 0), 1 + (i / 2 + i % 2 * 2) % 12,"
              "        CASE i % 4 WHEN 0 THEN 'next' WHEN 1 THEN 'upsell' WHEN 2 THEN 'cross'"
              "                   ELSE 'downsell' END, i % 3 * 20, i % 3,"
              "        CASE WHEN i % 8 = 0"
              "             THEN '{\"field\":\"country\",\"op\":\"is\",\"value\":\"DE\"}' END, 0"
              "   FROM n WHERE i <= 22",
  FROM_1_TO_N "INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT 1 + (i * 7919 + " DRAW (3) ") % :n, 1774000000000 - " DRAW (4) " * 86400000,"
              "        'EUR', 0 FROM n",
  FROM_1_TO_N "INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT 1 + (i * 104729 + " DRAW (5) ") % :n,"
              "        1774000000000 - " DRAW (6) " * 86400000, 'EUR', 0 FROM n",
  "INSERT INTO order_line (sales_order, product, amount, paid_until)"
  " SELECT id, 1 + id * 31 % 97 * (id % 7) % 12, 1900,"
  "        CASE WHEN id % 10 = 0 THEN at + 8640000000 END FROM sales_order",
  "INSERT INTO refund (sales_order, at, created_at)"
  " SELECT id, at, 0 FROM sales_order WHERE id % 25 = 0",
  "INSERT INTO refund_line (refund, order_line, amount)"
  " SELECT r.id, n.id, n.amount FROM refund r JOIN order_line n ON n.sales_order = r.sales_order",
  "INSERT INTO sequence (id, name, sells, state, created_at)"
  " SELECT id, 'Sell ' || name, id, 'live', 0 FROM product",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " SELECT id, id, 1, '{}', 0 FROM sequence",
  FROM_1_TO_N "INSERT INTO enrolment (lead, sequence, version, step, outcome, entered_at,"
              "                       arrived_at, ended_at)"
              " SELECT i, 1 + i % 12, 1 + i % 12, 's', 'finished', 0, 0, 9 FROM n"
              "  WHERE " DRAW (7) " < 300",
};

static const char *const SQL_PLAIN[] = {
  "SELECT count(*), sum (l.created_at) FROM lead l",
  "SELECT count(*), sum (w.lead), sum (w.product), sum (w.since) FROM owned w"
  " WHERE w.since <= 1774000000000 AND (w.paid_until IS NULL OR w.paid_until > 1774000000000)",
  "SELECT count(*), sum (e.lead), sum (s.sells) FROM enrolment e"
  "  JOIN sequence s ON s.id = e.sequence",
  "SELECT count(*) FROM lead l WHERE l.country = 'DE' COLLATE NOCASE",
};

static const char RULE[]
    = "{\"field\": \"next_offer\", \"op\": \"in\", \"value\": [\"P3\", \"P4\"]}";

/* What the processor worked: others on the machine do not count. */
static gint64
processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static double
seconds_since (gint64 began)
{
  return (double) (processor_time () - began) / 1e6;
}

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
      rungs_statement_offer_int64 (insert, ":n", *(gint64 *) n);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static void
make (const char *path,
      gint64      leads)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  db = rungs_business_create (path, "Million", "EUR", "UTC", clock, &error);
  g_assert_no_error (error);
  rungs_db_set_cache_mebibytes (db, 512);
  rungs_db_write (db, fill, &leads, &error);
  g_assert_no_error (error);
}

static gboolean
count_cb (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  return rungs_offer_figures_count (db, NOW, error);
}

static void
measure_one (RungsDb *db,
             gint64   leads)
{
  gint64 slowest = 0;
  gint64 began = processor_time ();

  for (gint64 i = 0; i < ONES; i++)
    {
      gint64 start = processor_time ();
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsNextOffer) next
          = rungs_next_offer (db, 1 + i * 7919 % leads, NOW, &error);

      g_assert_no_error (error);
      slowest = MAX (slowest, processor_time () - start);
    }
  g_print ("one lead, with reasons      %8.3f ms on average, the slowest of %d %.1f ms\n",
           seconds_since (began) * 1000 / ONES, ONES, (double) slowest / 1000);
}

static double
measure_all (RungsDb *db)
{
  gint64 began = processor_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsNextOffers) all = rungs_next_offers_read (db, 0, NOW, &error);
  gint64 lead;
  guint arrow;
  gint64 offered = 0;

  while (rungs_next_offers_next (all, &lead, &arrow, &error) == RUNGS_ROW)
    offered++;
  g_assert_no_error (error);
  g_print ("all leads                   %8.2f s, %" G_GINT64_FORMAT " are offered something\n",
           seconds_since (began), offered);
  return seconds_since (began);
}

static double
measure_plain (RungsDb *db)
{
  gint64 began = processor_time ();

  for (guint i = 0; i < G_N_ELEMENTS (SQL_PLAIN); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PLAIN[i], &error);

      rungs_statement_run (query, &error);
      g_assert_no_error (error);
    }
  g_print ("plain SQL, the same rows    %8.2f s\n", seconds_since (began));
  return seconds_since (began);
}

static void
measure_rule (RungsDb *db)
{
  gint64 began = processor_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRule) rule = rungs_rule_parse (RULE, &error);
  gint64 count = 0;

  rungs_rule_count (db, rule, NOW, &count, &error);
  g_assert_no_error (error);
  g_print ("count of a segment          %8.2f s, %" G_GINT64_FORMAT " leads\n",
           seconds_since (began), count);
}

int
main (int   argc,
      char *argv[])
{
  gint64 leads = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000;
  g_autofree char *folder = g_dir_make_tmp ("rungs-bench-XXXXXX", NULL);
  g_autofree char *own = g_build_filename (folder, "offers.db", NULL);
  const char *path = argc > 2 ? argv[2] : own;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = NULL;
  gint64 began;
  double plain;

  make (path, leads);
  db = rungs_business_open (path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  began = processor_time ();
  rungs_db_write (db, count_cb, NULL, &error);
  g_assert_no_error (error);
  g_print ("counting how offers led on  %8.2f s\n", seconds_since (began));
  measure_plain (db);
  measure_one (db, leads);
  plain = measure_plain (db);
  g_print ("all leads / plain SQL       %8.2f\n", measure_all (db) / plain);
  measure_rule (db);
  if (argc <= 2)
    g_remove (path);
  return 0;
}
