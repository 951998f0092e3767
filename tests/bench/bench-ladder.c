/* bench-ladder.c: the figures of the ladder map over a million leads with two million orders,
 * beside plain SQL that does no more than read the same rows; from the tables alone, with what the
 * engine keeps of them, and with a book of partners beside. All times are of the processor, for
 * others may use the machine too.
 *
 * usage: bench-ladder [LEADS [FILE]]; a file that is there is used as it is, with its book. */

#include <glib/gstdio.h>
#include <time.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "insights/rungs-ladder-fault.h"
#include "insights/rungs-ladder-keep-store.h"
#include "insights/rungs-ladder-number.h"

#define TIMES 5
#define NOW G_GINT64_CONSTANT (1774000000000)
#define DAY G_GINT64_CONSTANT (86400000)

/* Chance that is the same in every run. */
#define DRAW(salt)                                                                                 \
  "((i % 1000003 + " #salt " * 7907) * (2654435 + " #salt " * 104729) / 1024 % 1000)"
#define LEADS_FROM(what)                                                                           \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) " what
#define SOME_DAY(salt) "1774000000000 - 86400000 - " DRAW (salt) " * 86400000"

static const char *const FILL[] = {
  "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'ppc', 'Search', 0),"
  " (2, 'ppc', 'Pictures', 0), (3, 'seo', 'Blog', 0), (4, 'jv', 'Sue', 0),"
  " (5, 'affiliate', 'Tim', 0), (6, 'customers', 'Letter', 0), (7, 'other', 'Radio', 0)",
  "INSERT INTO source_spend (source, day, amount, currency)"
  " SELECT 1 + value % 4, date (1774000000 - value / 4 * 86400, 'unixepoch'), 5000, 'EUR'"
  "   FROM json_each ((SELECT '[0' || replace (hex (zeroblob (1999)), '00', ',0') || ']'))"
  "  WHERE key < 2000",
  "INSERT INTO product (id, sku, name, price, currency, rung, created_at)"
  " VALUES (1, 'GUIDE', 'Guide', 0, 'EUR', 1, 0), (2, 'KIT', 'Kit', 2900, 'EUR', 2, 0),"
  "        (3, 'CLASS', 'Class', 9900, 'EUR', 3, 0), (4, 'CLUB', 'Club', 900, 'USD', 4, 0),"
  "        (5, 'YEAR', 'Year', 49900, 'EUR', 5, 0), (6, 'ALL', 'All', 59900, 'EUR', 6, 0)",
  "INSERT INTO product_holds (whole, part)"
  " VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (6, 2), (6, 3)",
  "INSERT INTO sequence (id, name, sells, state, created_at) VALUES (1, 'Guide', 2, 'live', 0),"
  " (2, 'Kit', 3, 'live', 0), (3, 'Class', 5, 'live', 0)",
  "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
  " VALUES (1, 1, 1, '{}', 0), (2, 2, 1, '{}', 0), (3, 3, 1, '{}', 0)",
  LEADS_FROM ("INSERT INTO lead (email, email_key, created_at, updated_at)"
              " SELECT printf ('lead%d@example.com', i), printf ('lead%d@example.com', i),"
              "        " SOME_DAY (3) ", 0 FROM n"),
  LEADS_FROM ("INSERT INTO touch (lead, source, path, at)"
              " SELECT i, 1 + " DRAW (7) " / 143, CASE WHEN " DRAW (8) " < 600 THEN 'opt-in'"
              "        WHEN " DRAW (8) " < 900 THEN 'direct' WHEN " DRAW (8) " < 950 THEN 'phone'"
              "        ELSE 'in person' END, " SOME_DAY (3) " FROM n"),
  LEADS_FROM ("INSERT INTO touch (lead, source, path, at)"
              " SELECT i, 1 + " DRAW (9) " / 143, 'opt-in', " SOME_DAY (10) " FROM n"
              "  WHERE " DRAW (11) " < 200"),
  LEADS_FROM ("INSERT INTO enrolment (lead, sequence, version, step, outcome, entered_at,"
              "                       arrived_at, ended_at)"
              " SELECT i, 1 + " DRAW (12) " / 334, 1 + " DRAW (12) " / 334, 'a', 'finished',"
              "        " SOME_DAY (10) ", 0, " SOME_DAY (10) " FROM n WHERE " DRAW (13) " < 500"),
  LEADS_FROM ("INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT i, " SOME_DAY (14) ", iif (" DRAW (15) " < 50, 'USD', 'EUR'), 0"
              "   FROM n WHERE " DRAW (16) " < 700"),
  LEADS_FROM ("INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT 1 + (i * 7919) % :n, " SOME_DAY (17) ", 'EUR', 0 FROM n"),
  LEADS_FROM ("INSERT INTO sales_order (lead, at, currency, created_at)"
              " SELECT 1 + (i * 104729) % :n, " SOME_DAY (18) ", 'EUR', 0"
              "   FROM n WHERE " DRAW (19) " < 300"),
  "INSERT INTO order_line (sales_order, product, amount)"
  " SELECT id, 1 + id * 31 % 97 / 17, id * 37 % 50 * 100 FROM sales_order"
  " ORDER BY id",
  "INSERT INTO refund (sales_order, at, created_at)"
  " SELECT id, at + 86400000, 0 FROM sales_order WHERE id % 50 = 0",
  "INSERT INTO refund_line (refund, order_line, amount)"
  " SELECT r.id, l.id, l.amount FROM refund r JOIN order_line l ON l.sales_order = r.sales_order",
};

/* The book of ten thousand partners with a commission for each lead, which the map counts as what
 * their sources cost. */
#define PARTNERS_FROM(what)                                                                        \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) " what

static const char *const FILL_BOOK[] = {
  PARTNERS_FROM ("INSERT INTO source (id, kind, name, created_at)"
                 " SELECT 100 + i, 'affiliate', 'Partner ' || i, 0 FROM n"),
  PARTNERS_FROM ("INSERT INTO partner (id, uuid, name, source, currency, created_at, updated_at)"
                 " SELECT i, i, 'Partner ' || i, 100 + i, 'EUR', 0, 0 FROM n"),
  PARTNERS_FROM ("INSERT INTO ledger_account (id, partner, state, currency)"
                 " SELECT 2 * i - 1, i, 'expense', 'EUR' FROM n"
                 " UNION ALL SELECT 2 * i, i, 'held', 'EUR' FROM n"),
  LEADS_FROM ("INSERT INTO posting (account, number, entry, amount, balance)"
              " SELECT account, number, entry, amount,"
              "        sum (amount) OVER (PARTITION BY account ORDER BY number)"
              "   FROM (SELECT 2 * (1 + i * 7919 % 10000) - 1 + s.value AS account,"
              "                (i - 1) / 10000 + 1 AS number, i AS entry,"
              "                iif (s.value = 0, 1, -1) * (100 + i * 37 % 900) AS amount"
              "           FROM n, json_each ('[0, 1]') s)"
              "  ORDER BY account, number"),
  LEADS_FROM ("INSERT INTO journal (id, kind, at, booked_at, currency, order_line, words, hash)"
              " SELECT i, 'accrual', 1774000000000 - 86400000 - (:n - i) * (86400000000 / :n), 0,"
              "        'EUR', i, '20 % of 12.34 EUR', zeroblob (32) FROM n ORDER BY i"),
};

/* Reads what the figures need, and makes nothing of it. */
static const char *const PLAIN[] = {
  "SELECT count(*), sum (lead), sum (at), sum (source), max (path) FROM touch",
  "SELECT count(*), sum (lead), sum (at), sum (id), max (currency) FROM sales_order",
  "SELECT count(*), sum (sales_order), sum (amount), sum (quantity), max (paid_until),"
  "       sum (product), sum (id) FROM order_line",
  "SELECT count(*), sum (g.order_line), sum (f.at), sum (g.amount)"
  "  FROM refund_line g CROSS JOIN refund f ON f.id = g.refund",
  "SELECT count(*), sum (lead), sum (entered_at), sum (ended_at), sum (sequence), max (outcome)"
  "  FROM enrolment",
};

static gboolean
run_all (RungsDb            *db,
         const char *const  *sql,
         guint               count,
         gpointer            n,
         GError            **error)
{
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (RungsStatement) insert = rungs_db_prepare (db, sql[i], error);

      if (insert == NULL)
        return FALSE;
      if (rungs_statement_has (insert, ":n"))
        rungs_statement_bind_int64 (insert, ":n", *(gint64 *) n);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill (RungsDb   *db,
      gpointer   n,
      GError   **error)
{
  return run_all (db, FILL, G_N_ELEMENTS (FILL), n, error);
}

static gboolean
fill_book (RungsDb   *db,
           gpointer   n,
           GError   **error)
{
  return run_all (db, FILL_BOOK, G_N_ELEMENTS (FILL_BOOK), n, error);
}

/* Without followers, for nothing here is to be followed. Returns: whether it was not there. */
static gboolean
make (const char *path,
      gint64      leads)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  db = rungs_business_create (path, "Million", "EUR", "Europe/Berlin", clock, &error);
  g_assert_no_error (error);
  rungs_db_close (g_steal_pointer (&db));
  db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  rungs_db_set_cache_mebibytes (db, 1024);
  rungs_db_write (db, fill, &leads, &error);
  g_assert_no_error (error);
  return TRUE;
}

/* What something takes, in milliseconds. */
typedef struct
{
  double cpu;
  double wall;
} Cost;

static Cost
now (void)
{
  struct timespec cpu;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return (Cost) {
    .cpu = (double) cpu.tv_sec * 1000 + (double) cpu.tv_nsec / 1e6,
    .wall = (double) g_get_monotonic_time () / 1000,
  };
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double one = ((const Cost *) a)->cpu, other = ((const Cost *) b)->cpu;

  return (one > other) - (one < other);
}

/* The median of a few runs. */
static Cost
cost_of (RungsDb   *db,
         void     (*work) (RungsDb  *db,
                           gpointer  data),
         gpointer   data)
{
  Cost costs[TIMES];

  work (db, data);
  for (guint i = 0; i < TIMES; i++)
    {
      Cost begin = now ();

      work (db, data);
      costs[i] = now ();
      costs[i].cpu -= begin.cpu;
      costs[i].wall -= begin.wall;
    }
  qsort (costs, TIMES, sizeof *costs, compare);
  return costs[TIMES / 2];
}

static void
read_plainly (RungsDb  *db,
              gpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (PLAIN); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsStatement) query = rungs_db_prepare (db, PLAIN[i], &error);

      while (rungs_statement_step (query, &error) == RUNGS_ROW)
        ;
      g_assert_no_error (error);
    }
}

static void
load_figures (RungsDb  *db,
              gpointer  question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLadderFigures) figures = rungs_ladder_figures_load (db, question, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rungs_ladder_figures_get_opt_in (figures)->leads, >, 0);
}

/* What the page shows before its numbers: of each product who owns it, and what is wrong. */
static void
load_products (RungsDb  *db,
               gpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsProductStanding) standing = rungs_product_standing_load (db, NOW, NULL, &error);
  g_autoptr (GPtrArray) faults = NULL;

  g_assert_no_error (error);
  faults = rungs_ladder_find_faults_of (db, standing, NOW, &error);
  g_assert_no_error (error);
}

static void
find_leads (RungsDb  *db,
            gpointer  question)
{
  RungsLadderNumber number = rungs_ladder_number_of_arrow (
    RUNGS_LADDER_HITS, rungs_ladder_place (RUNGS_LADDER_PRODUCT, 2),
    rungs_ladder_place (RUNGS_LADDER_PRODUCT, 3));
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLeadSet) leads = rungs_ladder_number_find (db, question, &number, &error);

  g_assert_no_error (error);
}

static void
tell (const char *what,
      Cost        cost,
      Cost        plain)
{
  g_print ("%-40s %8.0f ms  %5.2f  (%.0f ms by the clock)\n", what, cost.cpu,
           cost.cpu / plain.cpu, cost.wall);
}

static void
measure (RungsDb *db)
{
  g_autoptr (RungsRule) rule = rungs_rule_parse (
    "{\"field\": \"path\", \"which\": \"first\", \"op\": \"has\", \"value\": \"direct\"}", NULL);
  RungsLadderQuestion ever = { .from = 0, .until = G_MAXINT64, .now = NOW };
  RungsLadderQuestion month = { .from = NOW - 30 * DAY, .until = NOW, .now = NOW };
  RungsLadderQuestion some = { .from = 0, .until = G_MAXINT64, .now = NOW, .segment = rule };
  Cost plain = cost_of (db, read_plainly, NULL);

  tell ("plain SQL that reads the same rows", plain, plain);
  tell ("products and faults of the map", cost_of (db, load_products, NULL), plain);
  tell ("all figures of the map, ever", cost_of (db, load_figures, &ever), plain);
  tell ("the same, of the last 30 days", cost_of (db, load_figures, &month), plain);
  tell ("the same, of a segment of a third", cost_of (db, load_figures, &some), plain);
  tell ("the leads behind an arrow", cost_of (db, find_leads, &ever), plain);
}

static gboolean
keep (RungsDb   *db,
      gpointer   n,
      GError   **error)
{
  return rungs_ladder_keep_more (db, n, error);
}

/* What the engine does where much is not kept. */
static void
keep_all (RungsDb  *db,
          gpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  do
    {
      rungs_db_write (db, keep, &n, &error);
      g_assert_no_error (error);
    }
  while (n > 0);
}

static gboolean
forget (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  return rungs_ladder_keep_forget (db, error);
}

/* `leads`: of whom a book is to be written; 0: none. */
static void
measure_all (RungsDb *db,
             gint64   leads)
{
  g_autoptr (GError) error = NULL;
  Cost begin, end;

  rungs_db_write (db, forget, NULL, &error);
  g_assert_no_error (error);
  g_print ("From the tables alone\n");
  measure (db);
  begin = now ();
  keep_all (db, NULL);
  end = now ();
  g_print ("Keeping it takes %.0f ms (%.0f ms by the clock)\n", end.cpu - begin.cpu,
           end.wall - begin.wall);
  measure (db);
  if (leads == 0)
    return;
  rungs_db_write (db, fill_book, &leads, &error);
  g_assert_no_error (error);
  g_print ("With a book of 10,000 partners and a commission for each lead\n");
  measure (db);
}

int
main (int    argc,
      char **argv)
{
  gint64 leads = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1000000;
  g_autofree char *folder = argc > 2 ? NULL : g_dir_make_tmp ("rungs-bench-XXXXXX", NULL);
  g_autofree char *path
    = argc > 2 ? g_strdup (argv[2]) : g_build_filename (folder, "ladder.rungs", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = NULL;
  gboolean made;

  made = make (path, leads);
  db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  measure_all (db, made ? leads : 0);
  rungs_db_close (g_steal_pointer (&db));
  if (folder != NULL)
    {
      g_autofree char *clean = g_strdup_printf ("rm -r '%s'", folder);

      g_spawn_command_line_sync (clean, NULL, NULL, NULL, NULL);
    }
  return 0;
}
