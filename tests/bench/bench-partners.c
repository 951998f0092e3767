/* bench-partners.c: the book of commissions. How long it takes to book order lines, to pay
 * partners, to prove the chain, and until the first rows of a long book are there. The long book is
 * one that the program itself has written, entry by entry, so that its chain is proven too.
 *
 * Booking and paying stand beside plain SQL that inserts as many rows: into the same tables of a
 * second file with the same indexes, in transactions of the same size, row by row by statements
 * that were prepared once, from values that it counts up: without triggers, without a hash (32
 * bytes of nothing), and without asking for anything. By a line: a commission, an entry, two
 * postings. By a partner paid: an item, an entry, two postings; by a line of it a payout line and
 * the mark that it is paid.
 *
 * usage: bench-partners [LINES [PARTNERS [POSTINGS [FOLDER]]]]
 *
 * LINES 0 leaves out booking and paying. Where a FOLDER is named, the long book stays there as
 * long.db, and one that stands there is read as it is. Full size is "1000000 10000 10000000". */

#include <glib/gstdio.h>

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"
#include "engine/rungs-business.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-find-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-bench-time.h"

#define NOW G_GINT64_CONSTANT (1774000000000)
#define PER_ORDER 2
#define ORDERS_AT_ONCE 1000
#define FIRST_ROWS 256 /* of the page: rungs-browser asks for so many */

#define TERMS                                                                                      \
  "{\"tax\": 1900, \"hold_days\": 0, \"rates\": ["                                                 \
  " {\"products\": [2], \"rate\": 4000}, {\"rate\": 3000}]}"

#define COUNT_FROM(what)                                                                           \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) " what

/* :n orders of two lines, credited to the partners by turns. */
static const char *const FILL[] = {
  "INSERT INTO product (id, sku, name, price, currency, refund_days, created_at)"
  " VALUES (1, 'A', 'A', 11900, 'EUR', 0, 0), (2, 'B', 'B', 11900, 'EUR', 0, 0)",
  COUNT_FROM ("INSERT INTO lead (id, email, email_key, created_at, updated_at)"
              " SELECT i, printf ('l%d@example.com', i), printf ('l%d@example.com', i), 0, 0"
              "   FROM n WHERE i <= 1 + :n / 4"),
  COUNT_FROM ("INSERT INTO sales_order (id, lead, at, currency, origin, created_at)"
              " SELECT i, 1 + i / 4, 1774000000000 - i, 'EUR', 'bench', 0 FROM n"),
  COUNT_FROM ("INSERT INTO order_line (id, sales_order, product, quantity, amount)"
              " SELECT 2 * i - 1 + k.value, i, 1 + k.value, 1, 1000 + i % 9000"
              "   FROM n, json_each ('[0,1]') k"),
  COUNT_FROM ("INSERT INTO referral (sales_order, at, partner, saw, decided_at)"
              " SELECT i, 1774000000000 - i, 1 + i % (SELECT count (*) FROM partner), '[]', 0"
              "   FROM n"),
};

static const char *const TRIGGERS[] = {
  "posting_goes_on", "journal_goes_on", "journal_is_not_changed", "posting_is_not_changed",
};

static void
run (RungsDb    *db,
     const char *sql,
     gint64      n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  if (rungs_statement_has (statement, ":n"))
    rungs_statement_bind_int64 (statement, ":n", n);
  rungs_statement_run (statement, &error);
  g_assert_no_error (error);
}

static gint64
ask (RungsDb    *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, &error);
  gint64 number = 0;

  g_assert_no_error (error);
  rungs_statement_get_number (query, 0, &number, &error);
  g_assert_no_error (error);
  return number;
}

static void
write_file (RungsDb     *db,
            RungsDbFunc  func,
            gpointer     data)
{
  g_autoptr (GError) error = NULL;

  rungs_db_write (db, func, data, &error);
  g_assert_no_error (error);
}

/* ---- the business */

typedef struct
{
  gint64 orders;
  gint64 partners;
  gint64 first; /* of the transaction */
  gint64 payout;
} Size;

static gboolean
fill (RungsDb  *db,
      gpointer  data,
      GError  **error)
{
  const Size *size = data;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (TERMS, error);
  gint64 programme = terms != NULL ? rungs_programme_add (db, "Friends", 1, error) : 0;

  if (programme == 0 || rungs_programme_set_terms (db, programme, 0, terms, 1, error) == 0)
    return FALSE;
  for (gint64 i = 1; i <= size->partners; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner %" G_GINT64_FORMAT, i);
      g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");

      if (rungs_partner_add (db, partner, 1, error) == 0
          || !rungs_programme_join (db, programme, i, 0, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (FILL); i++)
    run (db, FILL[i], size->orders);
  return TRUE;
}

static RungsDb *
make_file (const char *folder,
           const char *name,
           Size       *size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  RungsDb *db = rungs_business_create (path, "Bench", "EUR", "UTC", clock, &error);

  g_assert_no_error (error);
  rungs_db_set_follower (db, NULL, NULL, NULL);
  write_file (db, fill, size);
  return db;
}

/* ---- booking */

static gboolean
settle (RungsDb  *db,
        gpointer  data,
        GError  **error)
{
  const Size *size = data;
  gint64 end = MIN (size->first + ORDERS_AT_ONCE, size->orders + 1);

  for (gint64 order = size->first; order < end; order++)
    if (!rungs_commission_settle (db, order, NOW, error))
      return FALSE;
  return TRUE;
}

/* The statements of the plain file. */
typedef struct
{
  RungsStatement *commission;
  RungsStatement *journal;
  RungsStatement *posting;
} Plain;

#define PLAIN_COMMISSION                                                                           \
  "INSERT INTO commission (order_line, partner, sales_order, currency, terms, share, fixed,"       \
  " hold_until, approved_at) VALUES (:line, :partner, :order, 'EUR', 1, 3000, NULL, 1774000000000,"\
  " 1774000000000)"
#define PLAIN_JOURNAL                                                                              \
  "INSERT INTO journal (id, kind, at, booked_at, currency, sales_order, order_line, terms, base,"  \
  " rate, payout, words, hash) VALUES (:id, :kind, 1774000000000, 1774000000000, 'EUR', :order,"   \
  " :line, 1, 10000, 3000, :payout, '30 % of 100.00 EUR', zeroblob (32))"
#define PLAIN_POSTING                                                                              \
  "INSERT INTO posting (account, number, entry, amount, balance)"                                  \
  " VALUES (:account, :number, :id, :amount, :amount)"

static gboolean
insert_posting (Plain   *plain,
                gint64   account,
                gint64   number,
                gint64   entry,
                gint64   amount,
                GError **error)
{
  rungs_statement_bind_int64 (plain->posting, ":account", account);
  rungs_statement_bind_int64 (plain->posting, ":number", number);
  rungs_statement_bind_int64 (plain->posting, ":id", entry);
  rungs_statement_bind_int64 (plain->posting, ":amount", amount);
  return rungs_statement_run (plain->posting, error);
}

static gboolean
insert_entry (Plain       *plain,
              gint64       entry,
              const char  *kind,
              gint64       order,
              gint64       line,
              gint64       payout,
              GError     **error)
{
  rungs_statement_bind_int64 (plain->journal, ":id", entry);
  rungs_statement_bind_text (plain->journal, ":kind", kind);
  rungs_statement_bind_int64 (plain->journal, ":order", order);
  rungs_statement_bind_int64 (plain->journal, ":line", line);
  rungs_statement_bind_int64 (plain->journal, ":payout", payout);
  return rungs_statement_run (plain->journal, error);
}

static gboolean
insert_lines (RungsDb  *db,
              gpointer  data,
              GError  **error)
{
  const Size *size = data;
  g_autoptr (RungsStatement) commission = rungs_db_prepare (db, PLAIN_COMMISSION, error);
  g_autoptr (RungsStatement) journal = rungs_db_prepare (db, PLAIN_JOURNAL, error);
  g_autoptr (RungsStatement) posting = rungs_db_prepare (db, PLAIN_POSTING, error);
  Plain plain = { commission, journal, posting };
  gint64 end = MIN (size->first + ORDERS_AT_ONCE, size->orders + 1);
  gboolean done = TRUE;

  for (gint64 order = size->first; order < end && done; order++)
    for (gint64 line = PER_ORDER * order - 1; line <= PER_ORDER * order && done; line++)
      {
        gint64 partner = 1 + order % size->partners;

        rungs_statement_bind_int64 (commission, ":line", line);
        rungs_statement_bind_int64 (commission, ":partner", partner);
        rungs_statement_bind_int64 (commission, ":order", order);
        done = insert_posting (&plain, 2 * partner - 1, line, line, 3000, error)
               && insert_posting (&plain, 2 * partner, line, line, -3000, error)
               && insert_entry (&plain, line, "accrual", order, line, 0, error)
               && rungs_statement_run (commission, error);
      }
  return done;
}

/* Without what the file checks, and with the accounts that the program would have opened. */
static gboolean
make_plain (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (TRIGGERS); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TRIGGER %s", TRIGGERS[i]);

      run (db, sql, 0);
    }
  run (db, "INSERT INTO ledger_account (partner, state, currency)"
           " SELECT p.id, k.value, 'EUR' FROM partner p, json_each ('[\"expense\",\"held\"]') k"
           "  ORDER BY p.id, k.key", 0);
  run (db, "INSERT INTO ledger_account (partner, state, currency)"
           " SELECT p.id, k.value, 'EUR' FROM partner p, json_each ('[\"approved\",\"payable\"]') k"
           "  ORDER BY p.id, k.key", 0);
  return TRUE;
}

static RungsBenchTime
time_in_rounds (RungsDb     *db,
                RungsDbFunc  func,
                Size        *size)
{
  RungsBenchTime began = rungs_bench_time_now (), now;

  for (size->first = 1; size->first <= size->orders; size->first += ORDERS_AT_ONCE)
    write_file (db, func, size);
  now = rungs_bench_time_now ();
  return (RungsBenchTime){ now.clock - began.clock, now.work - began.work };
}

static void
compare (const char     *what,
         gint64          n,
         RungsBenchTime  own,
         RungsBenchTime  by_hand)
{
  g_print ("%s of %" G_GINT64_FORMAT ": %.0f ms, plain SQL %.0f ms: %.2f x; work %.0f ms, plain"
           " SQL %.0f ms: %.2f x\n",
           what, n, own.clock, by_hand.clock, own.clock / by_hand.clock, own.work, by_hand.work,
           own.work / by_hand.work);
}

/* ---- paying */

static gboolean
release (RungsDb  *db,
         gpointer  data,
         GError  **error)
{
  gint64 released;

  return rungs_commissions_release (db, NOW, 0, &released, error);
}

static gboolean
pay (RungsDb  *db,
     gpointer  data,
     GError  **error)
{
  Size *size = data;
  RungsPayoutRequest request = { "EUR", NOW, 0, NULL };

  size->payout = rungs_payout_make (db, &request, NOW, error);
  return size->payout != 0;
}

static gboolean
insert_payout_lines (RungsDb  *db,
                     Size     *size,
                     GError  **error)
{
  g_autoptr (RungsStatement) line
      = rungs_db_prepare (db, "INSERT INTO payout_line (order_line, partner, payout, amount)"
                              " VALUES (:line, :partner, 1, 3000)", error);
  g_autoptr (RungsStatement) mark
      = rungs_db_prepare (db, "UPDATE commission SET is_unpaid = 0"
                              " WHERE order_line = :line AND partner = :partner", error);
  gboolean done = TRUE;

  for (gint64 order = 1; order <= size->orders && done; order++)
    for (gint64 id = PER_ORDER * order - 1; id <= PER_ORDER * order && done; id++)
      {
        rungs_statement_bind_int64 (line, ":line", id);
        rungs_statement_bind_int64 (line, ":partner", 1 + order % size->partners);
        rungs_statement_bind_int64 (mark, ":line", id);
        rungs_statement_bind_int64 (mark, ":partner", 1 + order % size->partners);
        done = rungs_statement_run (line, error) && rungs_statement_run (mark, error);
      }
  return done;
}

static gboolean
insert_payout (RungsDb  *db,
               gpointer  data,
               GError  **error)
{
  Size *size = data;
  g_autoptr (RungsStatement) item
      = rungs_db_prepare (db, "INSERT INTO payout_item (payout, partner, approved, set_off)"
                              " VALUES (1, :partner, 30000, 0)", error);
  g_autoptr (RungsStatement) journal = rungs_db_prepare (db, PLAIN_JOURNAL, error);
  g_autoptr (RungsStatement) posting = rungs_db_prepare (db, PLAIN_POSTING, error);
  Plain plain = { NULL, journal, posting };
  gint64 entry = size->orders * PER_ORDER;
  gboolean done = TRUE;

  run (db, "INSERT INTO payout (id, currency, until_at, made_at) VALUES (1, 'EUR', 1, 1)", 0);
  for (gint64 partner = 1; partner <= size->partners && done; partner++)
    {
      gint64 approved = 2 * size->partners + 2 * partner - 1;

      entry++;
      rungs_statement_bind_int64 (item, ":partner", partner);
      done = rungs_statement_run (item, error)
             && insert_posting (&plain, approved, 1, entry, 30000, error)
             && insert_posting (&plain, approved + 1, 1, entry, -30000, error)
             && insert_entry (&plain, entry, "payout", 0, 0, 1, error);
    }
  return done && insert_payout_lines (db, size, error);
}

static RungsBenchTime
time_one (RungsDb     *db,
          RungsDbFunc  func,
          Size        *size)
{
  RungsBenchTime began = rungs_bench_time_now (), now;

  write_file (db, func, size);
  now = rungs_bench_time_now ();
  return (RungsBenchTime){ now.clock - began.clock, now.work - began.work };
}

static void
verify (RungsDb *db)
{
  g_auto (RungsLedgerProof) proof = { 0 };
  g_autoptr (GError) error = NULL;
  RungsBenchTime began = rungs_bench_time_now (), now;

  g_assert_true (rungs_ledger_verify (db, &proof, &error));
  g_assert_cmpint (proof.fault, ==, 0);
  now = rungs_bench_time_now ();
  g_print ("verify: %" G_GINT64_FORMAT " entries in %.0f ms, work %.0f ms\n", proof.entries,
           now.clock - began.clock, now.work - began.work);
}

static void
time_book (const char *folder,
           Size       *size)
{
  RungsDb *db = make_file (folder, "own.db", size), *plain = make_file (folder, "plain.db", size);
  gint64 lines = size->orders * PER_ORDER;
  RungsBenchTime own, by_hand;

  write_file (plain, make_plain, NULL);
  by_hand = time_in_rounds (plain, insert_lines, size);
  own = time_in_rounds (db, settle, size);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM commission"), ==, lines);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM journal"), ==, lines);
  compare ("booking lines", lines, own, by_hand);
  own = time_one (db, release, size);
  g_print ("release of %" G_GINT64_FORMAT ": %.0f ms, work %.0f ms\n", lines, own.clock, own.work);
  own = time_one (db, pay, size);
  by_hand = time_one (plain, insert_payout, size);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM payout_item"), ==, size->partners);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM payout_line"), ==, lines);
  compare ("payout to partners", size->partners, own, by_hand);
  verify (db);
  rungs_db_close (db);
  rungs_db_close (plain);
}

/* ---- the page */

typedef struct
{
  gint64 partners;
  gint64 entries;
  gint64 first; /* of the transaction */
} Book;

/* Mostly accruals and releases; a payment in fifty, and of two kinds one in a hundred thousand. */
static gboolean
add_to_book (RungsDb  *db,
             gint64    i,
             Book     *book,
             GError  **error)
{
  static const struct
  {
    RungsLedgerKind kind;
    RungsLedgerState debit;
    RungsLedgerState credit;
  } MOVES[] = {
    { RUNGS_LEDGER_ACCRUAL, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD },
    { RUNGS_LEDGER_RELEASE, RUNGS_LEDGER_HELD, RUNGS_LEDGER_APPROVED },
    { RUNGS_LEDGER_PAYMENT, RUNGS_LEDGER_PAYABLE, RUNGS_LEDGER_PAID },
    { RUNGS_LEDGER_RETURN, RUNGS_LEDGER_PAID, RUNGS_LEDGER_APPROVED },
    { RUNGS_LEDGER_CLEARANCE, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_CARRIED },
  };
  gint64 at = NOW - (book->entries - i) * 1000;
  guint move = i % 4 == 1 ? 1 : 0;
  g_autoptr (RungsLedgerEntry) entry = NULL;

  if (i % 50 == 9)
    move = 2;
  if (i % 100003 == 7 || i % 100003 == 8)
    move = (guint) (i % 100003) - 4;
  entry = rungs_ledger_entry_new (MOVES[move].kind, at, "EUR");
  entry->order = move < 2 || move == 4 ? i / 2 + 1 : 0;
  entry->order_line = move < 2 || move == 4 ? i : 0;
  entry->payout = move == 2 || move == 3 ? 1 + i / 100000 : 0;
  entry->terms = 1;
  entry->base = 10000;
  entry->rate = 3000;
  g_free (entry->words);
  entry->words = g_strdup ("30 % of 100.00 EUR");
  return rungs_ledger_entry_move (entry, 1 + i % book->partners, MOVES[move].debit,
                                  MOVES[move].credit, 3000, error)
         && rungs_ledger_add (db, entry, at, error) != 0;
}

static gboolean
lengthen (RungsDb  *db,
          gpointer  data,
          GError  **error)
{
  Book *book = data;
  gint64 end = MIN (book->first + 10 * ORDERS_AT_ONCE, book->entries + 1);

  for (gint64 i = book->first; i < end; i++)
    if (!add_to_book (db, i, book, error))
      return FALSE;
  return TRUE;
}

static RungsDb *
make_long (const char *folder,
           Size       *size,
           gint64      postings)
{
  Size few = { 1, size->partners, 1, 0 };
  Book book = { size->partners, postings / 2, 1 };
  RungsDb *db = make_file (folder, "long.db", &few);
  RungsBenchTime began = rungs_bench_time_now (), now;

  for (; book.first <= book.entries; book.first += 10 * ORDERS_AT_ONCE)
    write_file (db, lengthen, &book);
  now = rungs_bench_time_now ();
  g_print ("entries, one by one: %.1f us each; work %.1f us\n",
           (now.clock - began.clock) * 1000 / (double) book.entries,
           (now.work - began.work) * 1000 / (double) book.entries);
  return db;
}

static RungsDb *
open_long (const char *folder,
           Size       *size,
           gint64      postings)
{
  g_autofree char *path = g_build_filename (folder, "long.db", NULL);
  g_autoptr (GError) error = NULL;
  RungsDb *db;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return make_long (folder, size, postings);
  db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  return db;
}

static void
time_find (RungsDb                *db,
           const char             *what,
           const RungsLedgerQuery *query)
{
  g_autoptr (GArray) times = rungs_bench_times_new ();
  RungsBenchTime median;
  guint count = 0;

  for (guint i = 0; i < 5; i++)
    {
      RungsBenchTime began = rungs_bench_time_now ();
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsLedgerFound) found = rungs_ledger_find (db, query, FIRST_ROWS, &error);

      g_assert_no_error (error);
      count = rungs_ledger_found_get_count (found);
      for (guint row = 0; row < MIN (count, 40); row++)
        rungs_ledger_entry_free (rungs_ledger_load (db, rungs_ledger_found_get_id (found, row),
                                                    NULL));
      rungs_bench_times_add (times, began, 1);
    }
  median = rungs_bench_times_get_median (times);
  g_print ("first rows, %s: %.1f ms, work %.1f ms (%u found)\n", what, median.clock, median.work,
           count);
}

#define ANY RUNGS_LEDGER_ANY

static void
time_page (const char *folder,
           Size       *size,
           gint64      postings)
{
  RungsDb *db = open_long (folder, size, postings);
  gint64 begin = ask (db, "SELECT at FROM journal WHERE id = 1"), middle = (begin + NOW) / 2;
  const struct
  {
    const char *name;
    RungsLedgerQuery query;
  } cases[] = {
    { "all", { 0, ANY, ANY, 0, 0 } },
    { "a partner", { 7, ANY, ANY, 0, 0 } },
    { "an account of a partner", { 7, RUNGS_LEDGER_HELD, ANY, 0, 0 } },
    { "a partner and a kind", { 7, ANY, RUNGS_LEDGER_RELEASE, 0, 0 } },
    { "an account", { 0, RUNGS_LEDGER_HELD, ANY, 0, 0 } },
    { "an account that little moves in", { 0, RUNGS_LEDGER_CARRIED, ANY, 0, 0 } },
    { "a kind", { 0, ANY, RUNGS_LEDGER_RELEASE, 0, 0 } },
    { "a rare kind of payouts", { 0, ANY, RUNGS_LEDGER_RETURN, 0, 0 } },
    { "a rare kind of sales", { 0, ANY, RUNGS_LEDGER_CLEARANCE, 0, 0 } },
    { "a kind that never was", { 0, ANY, RUNGS_LEDGER_HOLD, 0, 0 } },
    { "the last day", { 0, ANY, ANY, NOW - 86400000, 0 } },
    { "an hour half-way", { 0, ANY, ANY, middle, middle + 3600000 } },
    { "the first hour", { 0, ANY, ANY, 0, begin + 3600000 } },
    { "the first hour and a kind", { 0, ANY, RUNGS_LEDGER_PAYMENT, 0, begin + 3600000 } },
    { "the first day and an account", { 0, RUNGS_LEDGER_HELD, ANY, 0, begin + 86400000 } },
    { "a time before all", { 0, ANY, ANY, 0, begin } },
  };

  g_print ("a book of %" G_GINT64_FORMAT " postings\n", ask (db, "SELECT count (*) FROM posting"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    time_find (db, cases[i].name, &cases[i].query);
  verify (db);
  rungs_db_close (db);
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  gint64 lines = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 200000;
  Size size = { lines / PER_ORDER, argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : 2000, 1, 0 };
  gint64 postings = argc > 3 ? g_ascii_strtoll (argv[3], NULL, 10) : 2000000;
  g_autofree char *folder = g_dir_make_tmp ("rungs-XXXXXX", NULL);

  if (lines > 0)
    time_book (folder, &size);
  time_page (argc > 4 ? argv[4] : folder, &size, postings);
  remove_files (folder);
  return 0;
}
