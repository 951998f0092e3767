/* test-histories.c: whatever happens in whatever order, and whenever the program is killed, the
 * book has what the buyers' payments earned, and pays it once.
 *
 * RUNGS_HISTORIES=2000 tries so many; RUNGS_HISTORY=SEED tries one again. */

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/rungs-statement.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-ledger-text.h"
#include "partners/rungs-partner-statement-store.h"
#include "partners/rungs-payout-store.h"
#include "rungs-history.h"

#define USUALLY 16
#define STEPS 160
#define CRASHED 8 /* one of so many is told again to a program that is killed … */
#define READ 12   /* … and one of so many read by other programs */

static guint
count_histories (void)
{
  const char *wanted = g_getenv ("RUNGS_HISTORIES");

  return wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : USUALLY;
}

static guint32
choose_seed (void)
{
  const char *wanted = g_getenv ("RUNGS_HISTORY");

  return wanted != NULL ? (guint32) g_ascii_strtoull (wanted, NULL, 10)
                        : (guint32) g_test_rand_int_range (0, G_MAXINT32);
}

/* ---- the book against the oracle */

/* The entries of an order and a partner add up to what the buyer's payments earn. */
static void
check_orders (RungsDb *db,
              History *history)
{
  static const char SQL[] = "SELECT coalesce (sum (p.amount), 0)"
                            "  FROM journal j"
                            "  JOIN posting p ON p.entry = j.id"
                            "  JOIN ledger_account a ON a.id = p.account"
                            " WHERE j.sales_order = :order AND a.partner = :partner"
                            "   AND a.state = 'expense'";
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL, &error);

  g_assert_no_error (error);
  for (gint64 order = 1; order <= history_get_last_order (history); order++)
    for (gint64 partner = 1; partner <= HISTORY_PARTNERS; partner++)
      {
        gint64 booked;

        rungs_statement_bind_int64 (query, ":order", order);
        rungs_statement_bind_int64 (query, ":partner", partner);
        g_assert_true (rungs_statement_get_number (query, 0, &booked, &error));
        if (booked != history_get_due (history, order, partner))
          g_test_message ("order %" G_GINT64_FORMAT " of partner %" G_GINT64_FORMAT, order,
                          partner);
        g_assert_cmpint (booked, ==, history_get_due (history, order, partner));
      }
}

/* All is followed, released and paid by now: what is left is too little, or owed by the partner. */
static void
check_partner (History                   *history,
               const RungsLedgerBalances *balances)
{
  const gint64 *states = balances->states;
  gint64 sum = 0, due = history_get_sum (history, balances->partner, balances->currency);

  for (guint i = 0; i < RUNGS_LEDGER_N_STATES; i++)
    sum += states[i];
  g_assert_cmpint (sum, ==, 0);
  g_assert_cmpint (states[RUNGS_LEDGER_EXPENSE], ==, due);
  g_assert_cmpint (states[RUNGS_LEDGER_HELD], ==, 0);
  g_assert_cmpint (states[RUNGS_LEDGER_PAYABLE], ==, 0);
  g_assert_cmpint (states[RUNGS_LEDGER_APPROVED], <=, 0);
  g_assert_cmpint (states[RUNGS_LEDGER_PAID], <=, 0);
  g_assert_cmpint (states[RUNGS_LEDGER_CARRIED], >=, 0);
  g_assert_cmpint (-states[RUNGS_LEDGER_APPROVED], <=, states[RUNGS_LEDGER_CARRIED]);
  g_assert_cmpint (-states[RUNGS_LEDGER_PAID], ==,
                   due + states[RUNGS_LEDGER_CARRIED] + states[RUNGS_LEDGER_APPROVED]);
}

/* On the way, too, nothing was ever owed below nothing; what is paid is what items say; no line is
 * in two payouts that hold, and none is paid more than the book ever had of it. */
static void
check_file (RungsFixture *fixture)
{
  static const char *const NONE[] = {
    "SELECT count (*) FROM posting p JOIN ledger_account a ON a.id = p.account"
    " WHERE CASE WHEN a.state IN ('expense', 'carried') THEN p.balance < 0 ELSE p.balance > 0 END",
    "SELECT count (*) FROM payout_item WHERE approved - set_off <= 0",
    "SELECT count (*) FROM (SELECT sum (amount) AS s FROM posting GROUP BY entry) WHERE s <> 0",
    "SELECT count (*) FROM payout_line WHERE amount <= 0",
    "SELECT count (*) FROM payout_item i JOIN payout y ON y.id = i.payout"
    " WHERE i.approved <> (SELECT sum (l.amount) FROM payout_line l"
    "                       WHERE l.payout = i.payout AND l.partner = i.partner)",
    "SELECT count (*) FROM (SELECT sum (amount) AS paid, order_line, partner"
    "                         FROM paid_line GROUP BY order_line, partner) l"
    " WHERE paid > (SELECT -sum (p.amount) FROM journal j"
    "                 JOIN posting p ON p.entry = j.id JOIN ledger_account a ON a.id = p.account"
    "                WHERE j.order_line = l.order_line AND a.partner = l.partner"
    "                  AND a.state = 'approved')",
    "SELECT count (*) FROM ledger_account a WHERE a.state = 'paid' AND"
    "   -(SELECT sum (p.amount) FROM posting p WHERE p.account = a.id)"
    "   <> (SELECT coalesce (sum (i.approved - i.set_off), 0)"
    "         FROM payout_item i JOIN payout y ON y.id = i.payout"
    "        WHERE i.partner = a.partner AND y.currency = a.currency AND i.state = 'paid')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (NONE); i++)
    {
      gint64 found = rungs_fixture_number (fixture, NONE[i]);

      if (found != 0)
        g_test_message ("%s", NONE[i]);
      g_assert_cmpint (found, ==, 0);
    }
}

/* Each partner can be told what each payout was of, to the cent, whatever came later. */
static void
check_statements (RungsFixture *fixture,
                  RungsDb      *db)
{
  gint64 last = rungs_fixture_number (fixture, "SELECT coalesce (max (id), 0) FROM payout");

  for (gint64 id = 1; id <= last; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) items = rungs_payout_list_items (db, id, &error);

      for (guint i = 0; i < items->len; i++)
        {
          gint64 partner = g_array_index (items, RungsPayoutItem, i).partner;
          g_autoptr (RungsPartnerStatement) told
              = rungs_partner_statement_load (db, id, partner, &error);

          g_assert_no_error (error);
        }
    }
}

static History *made;

/* Settling once more finds nothing to do. */
static void
check_settled (RungsFixture *fixture,
               RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 entries = rungs_fixture_number (fixture, "SELECT count (*) FROM journal");

  for (gint64 order = 1; order <= history_get_last_order (made); order++)
    g_assert_true (rungs_commission_settle (db, order, 1, &error));
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM journal"), ==, entries);
}

/* Of which kinds entries there were, so that histories that have become tame are seen. */
static gint64 seen[RUNGS_LEDGER_CLEARANCE + 1];

static void
count_kinds (RungsFixture *fixture)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (seen); kind++)
    {
      g_autofree char *sql
          = g_strdup_printf ("SELECT count (*) FROM journal WHERE kind = '%s'",
                             rungs_ledger_kind_to_text ((RungsLedgerKind) kind));

      seen[kind] += rungs_fixture_number (fixture, sql);
    }
}

static void
check_kinds (void)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (seen); kind++)
    {
      g_test_message ("%s: %" G_GINT64_FORMAT,
                      rungs_ledger_kind_to_text ((RungsLedgerKind) kind), seen[kind]);
      if (kind != RUNGS_LEDGER_BONUS)
        g_assert_cmpint (seen[kind], >, 0);
    }
}

static void
check_book (RungsFixture *fixture,
            RungsDb      *db,
            History      *history)
{
  g_auto (RungsLedgerProof) proof = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) balances = rungs_ledger_balances (db, 0, &error);

  g_assert_no_error (error);
  check_orders (db, history);
  for (guint i = 0; i < balances->len; i++)
    check_partner (history, &g_array_index (balances, RungsLedgerBalances, i));
  check_file (fixture);
  check_statements (fixture, db);
  rungs_fixture_write (fixture, check_settled);
  g_assert_true (rungs_ledger_verify (db, &proof, &error));
  g_assert_cmpstr (proof.why, ==, NULL);
}

/* ---- a program that is killed */

typedef struct
{
  History *history;
  guint next; /* fact */
} Telling;

static gboolean
begin_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  history_begin_file (data, db);
  rungs_fixture_run (data, "CREATE TABLE told (facts INTEGER NOT NULL) STRICT");
  rungs_fixture_run (data, "INSERT INTO told VALUES (0)");
  return TRUE;
}

/* The next fact, and that it was told, in one transaction. */
static gboolean
tell_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Telling *telling = data;
  g_autoptr (RungsStatement) count = rungs_db_prepare (db, "UPDATE told SET facts = facts + 1",
                                                       error);

  fact_happen (history_get_fact (telling->history, telling->next), db);
  return count != NULL && rungs_statement_run (count, error);
}

static gint64
count_told (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, "SELECT facts FROM told", NULL);
  gint64 told = 0;

  g_assert_true (rungs_statement_get_number (query, 0, &told, NULL));
  return told;
}

/* The child: goes on where the file says. */
static void
tell_rest (const char *path,
           History    *history)
{
  g_autoptr (GError) error = NULL;
  RungsDb *db = rungs_db_open (path, RUNGS_DB_WRITE, &error);
  Telling telling = { history, 0 };

  g_assert_no_error (error);
  for (telling.next = (guint) count_told (db); telling.next < history_get_length (history);
       telling.next++)
    {
      fact_prepare (history_get_fact (history, telling.next), db);
      if (!rungs_db_write (db, tell_cb, &telling, &error))
        g_error ("%s", error->message);
    }
  _exit (0);
}

/* Returns: whether it came to its end before it was killed. */
static gboolean
tell_until_killed (const char *path,
                   History    *history,
                   gulong      most_useconds)
{
  pid_t child = fork ();
  int status = 0;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    tell_rest (path, history);
  g_usleep ((gulong) g_test_rand_int_range (0, (gint32) most_useconds));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) ? WTERMSIG (status) == SIGKILL : WEXITSTATUS (status) == 0);
  return WIFEXITED (status);
}

/* The book of a program that was killed is that of one that was not, hash for hash. */
static void
check_killed (RungsFixture *first,
              RungsFixture *whole,
              History      *history)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new_like (first);
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (RungsLedgerProof) proof = { 0 }, expected = { 0 };
  gulong useconds = 40000;
  guint kills = 0;

  rungs_db_write (fixture->db, begin_cb, fixture, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->db, rungs_db_close);
  for (; !tell_until_killed (fixture->path, history, useconds); kills++)
    useconds += useconds / 4;
  g_test_message ("killed %u times", kills);
  fixture->db = rungs_db_open (fixture->path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_told (fixture->db), ==, history_get_length (history));
  g_assert_true (rungs_ledger_verify (whole->db, &expected, &error));
  g_assert_true (rungs_ledger_verify (fixture->db, &proof, &error));
  g_assert_cmpint (proof.fault, ==, 0);
  g_assert_cmpint (proof.entries, ==, expected.entries);
  g_assert_cmpmem (proof.hash, sizeof proof.hash, expected.hash, sizeof expected.hash);
}

/* ---- what other programs make of it */

static char *
ask (const char *program,
     const char *path,
     const char *currency)
{
  g_autofree char *cur = g_strdup_printf ("cur:%s", currency);
  g_autofree char *limit = g_strdup_printf ("commodity == \"%s\"", currency);
  const char *hledger[] = { "hledger", "-f", path, "balance", "--flat", "--no-total", cur, NULL };
  const char *ledger[] = { "ledger", "-f", path, "balance", "--flat", "--no-total", "--limit",
                           limit, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (strcmp (program, "ledger") == 0 ? ledger : hledger,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error));
  g_assert_true (g_subprocess_get_successful (process));
  return text;
}

/* The amount that stands before the name of an account, in minor units; 0: it is not there. */
static gint64
find_amount (const char *text,
             const char *account)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_suffix (lines[i], account))
      {
        gint64 minor = 0;

        for (const char *at = lines[i]; !g_ascii_isalpha (*at); at++)
          if (g_ascii_isdigit (*at))
            minor = minor * 10 + g_ascii_digit_value (*at);
        return strchr (lines[i], '-') != NULL && strchr (lines[i], '-') < strstr (lines[i], account)
                   ? -minor
                   : minor;
      }
  return 0;
}

static void
check_program (const char *program,
               const char *path,
               GArray     *balances)
{
  static const char *const ACCOUNTS[]
      = { "Expenses:Commissions", "Liabilities:Commissions:Held",
          "Liabilities:Commissions:Approved", "Liabilities:Commissions:Payable",
          "Assets:Payouts", "Assets:Commissions:Carried" };

  for (guint i = 0; i < balances->len; i++)
    {
      const RungsLedgerBalances *of = &g_array_index (balances, RungsLedgerBalances, i);
      g_autofree char *text = ask (program, path, of->currency);

      for (guint state = 0; state < RUNGS_LEDGER_N_STATES; state++)
        {
          g_autofree char *account = g_strdup_printf ("%s:Partner%" G_GINT64_FORMAT
                                                      "-%" G_GINT64_FORMAT,
                                                      ACCOUNTS[state], of->partner, of->partner);

          g_assert_cmpint (find_amount (text, account), ==, of->states[state]);
        }
    }
}

static void
check_programs (RungsFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "book.ledger", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) balances = rungs_ledger_balances (fixture->db, 0, &error);
  g_autoptr (GFileOutputStream) stream
      = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (rungs_ledger_write (fixture->db, RUNGS_LEDGER_FORMAT_LEDGER, zone,
                                     G_OUTPUT_STREAM (stream), NULL, &error));
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error));
  check_program ("hledger", path, balances);
  check_program ("ledger", path, balances);
}

/* ---- histories */

static void
make_history (RungsFixture *fixture)
{
  guint32 seed = choose_seed ();

  g_test_message ("RUNGS_HISTORY=%u", seed);
  rungs_fixture_write (fixture, history_begin_file);
  made = history_new (fixture, fixture->db, seed, STEPS);
  check_book (fixture, fixture->db, made);
}

static void
test_histories (void)
{
  g_autoptr (RungsFixture) first = rungs_fixture_new ();
  HistoryCounts counts = { 0 };
  guint n = count_histories ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RungsFixture) fixture = rungs_fixture_new_like (first);

      make_history (fixture);
      history_count (made, &counts);
      if (i % CRASHED == 0)
        check_killed (first, fixture, made);
      if (i % READ == 0)
        check_programs (fixture);
      count_kinds (fixture);
      g_clear_pointer (&made, history_free);
    }
  g_test_message ("orders with coupons: %u, imported: %u, taken away again: %u", counts.by_coupon,
                  counts.imported, counts.gone);
  if (n >= USUALLY)
    {
      g_assert_cmpint (seen[RUNGS_LEDGER_ACCRUAL], >, 0);
      g_assert_cmpuint (counts.by_coupon, >, 0);
      g_assert_cmpuint (counts.gone, >, 0);
    }
  if (n >= 10 * USUALLY)
    check_kinds ();
}

/* ---- the same in another order */

#define ORDERS 25
#define FACTS_MOST 4 /* of an order */

/* What is told of orders: each order's own facts one after the other, and whose turn it is. */
typedef struct
{
  Fact facts[ORDERS][FACTS_MOST];
  guint n_facts[ORDERS];
  guint turns[ORDERS * FACTS_MOST];
  guint n_turns;
  gint64 ids[ORDERS]; /* in the file that is written */
} Tale;

static void
make_tale (Tale *tale)
{
  for (guint i = 0; i < ORDERS; i++)
    {
      gint64 left = g_test_rand_int_range (1, 90000);
      Fact *facts = tale->facts[i];

      facts[0] = (Fact){ .kind = FACT_PLACE, .now = 2000, .n_lines = 2,
                         .subject = g_test_rand_int_range (1, HISTORY_LEADS + 1),
                         .at = g_test_rand_int_range (1000, 2000) };
      g_strlcpy (facts[0].currency, HISTORY_CURRENCIES[g_test_rand_int_range (0, 3)], 4);
      facts[0].lines[0] = (FactLine){ g_test_rand_int_range (1, 5), 1, left / 3 };
      facts[0].lines[1] = (FactLine){ g_test_rand_int_range (1, 5), 2, left - left / 3 };
      tale->n_facts[i] = (guint) g_test_rand_int_range (1, FACTS_MOST + 1);
      for (guint k = 1; k < tale->n_facts[i]; k++)
        if (left > 0 && g_test_rand_int_range (0, 4) > 0)
          {
            facts[k] = (Fact){ .kind = FACT_GIVE_BACK, .now = 2000, .at = 2000,
                               .amount = g_test_rand_int_range (1, (gint32) left + 1) };
            left -= facts[k].amount;
          }
        else
          facts[k] = (Fact){ .kind = FACT_CREDIT, .now = 2000,
                             .partner = g_test_rand_int_range (0, HISTORY_PARTNERS + 1) };
      for (guint k = 0; k < tale->n_facts[i]; k++)
        tale->turns[tale->n_turns++] = i;
    }
}

static void
shuffle (Tale *tale)
{
  for (guint i = tale->n_turns - 1; i > 0; i--)
    {
      guint other = (guint) g_test_rand_int_range (0, (gint32) i + 1), was = tale->turns[i];

      tale->turns[i] = tale->turns[other];
      tale->turns[other] = was;
    }
}

/* Terms that look at nothing but the line, and who brought whom, long known. */
static void
begin_tale (RungsFixture *fixture,
            RungsDb      *db)
{
  Fact terms = { .kind = FACT_TERMS, .subject = 1, .now = 1 };

  history_begin_file (fixture, db);
  terms.terms = g_strdup ("{\"tax\": 1900, \"rates\": [{\"products\": [1], \"rate\": 3333},"
                          " {\"products\": [2], \"fixed\": 77, \"currency\": \"KWD\"},"
                          " {\"own\": true}]}");
  fact_happen (&terms, db);
  g_free (terms.terms);
  for (gint64 i = 1; i <= HISTORY_PARTNERS; i++)
    fact_happen (&(Fact){ .kind = FACT_JOIN, .subject = 1, .partner = i }, db);
  for (gint64 i = 1; i <= HISTORY_LEADS; i++)
    fact_happen (&(Fact){ .kind = FACT_TOUCH, .subject = i, .at = 500, .now = 500,
                          .partner = 1 + i % HISTORY_PARTNERS }, db);
}

static Tale *tale;

static void
tell_tale (RungsFixture *fixture,
           RungsDb      *db)
{
  guint told[ORDERS] = { 0 };
  gint64 orders = 0;

  begin_tale (fixture, db);
  for (guint i = 0; i < tale->n_turns; i++)
    {
      guint order = tale->turns[i];
      Fact fact = tale->facts[order][told[order]++];

      if (fact.kind == FACT_PLACE)
        tale->ids[order] = ++orders;
      else
        fact.subject = tale->ids[order];
      fact.follows = i + 1 == tale->n_turns || g_test_rand_int_range (0, 3) == 0;
      fact_happen (&fact, db);
    }
  fact_happen (&(Fact){ .kind = FACT_RELEASE, .now = G_GINT64_CONSTANT (1) << 50 }, db);
}

static gint64
ask_expense (RungsFixture *fixture,
             gint64        order,
             gint64        partner)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce (sum (p.amount), 0) FROM journal j JOIN posting p ON p.entry = j.id"
      "  JOIN ledger_account a ON a.id = p.account"
      " WHERE a.state = 'expense' AND j.sales_order = %" G_GINT64_FORMAT
      "   AND a.partner = %" G_GINT64_FORMAT, order, partner);

  return rungs_fixture_number (fixture, sql);
}

/* What accounts come to, where an account that was never used is one of nothing. */
static void
check_same_balances (RungsFixture *one,
                     RungsFixture *other)
{
  for (gint64 partner = 1; partner <= HISTORY_PARTNERS; partner++)
    for (guint state = 0; state < RUNGS_LEDGER_N_STATES; state++)
      for (guint i = 0; HISTORY_CURRENCIES[i] != NULL; i++)
        {
          gint64 a, b;

          g_assert_true (rungs_ledger_balance (one->db, partner, (RungsLedgerState) state,
                                               HISTORY_CURRENCIES[i], &a, NULL));
          g_assert_true (rungs_ledger_balance (other->db, partner, (RungsLedgerState) state,
                                               HISTORY_CURRENCIES[i], &b, NULL));
          g_assert_cmpint (a, ==, b);
        }
}

static void
test_another_order (void)
{
  g_autoptr (RungsFixture) first = rungs_fixture_new ();

  for (guint i = 0; i < MAX (count_histories () / 4, 1); i++)
    {
      g_autoptr (RungsFixture) one = rungs_fixture_new_like (first);
      g_autoptr (RungsFixture) other = rungs_fixture_new_like (first);
      Tale made_up = { .n_turns = 0 };
      gint64 ids[ORDERS];

      tale = &made_up;
      make_tale (tale);
      rungs_fixture_write (one, tell_tale);
      memcpy (ids, tale->ids, sizeof ids);
      shuffle (tale);
      rungs_fixture_write (other, tell_tale);
      for (guint order = 0; order < ORDERS; order++)
        for (gint64 partner = 1; partner <= HISTORY_PARTNERS; partner++)
          g_assert_cmpint (ask_expense (one, ids[order], partner), ==,
                           ask_expense (other, tale->ids[order], partner));
      check_same_balances (one, other);
      g_assert_cmpint (rungs_fixture_number (one, "SELECT count (*) FROM journal"), >, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partners/histories/any", test_histories);
  g_test_add_func ("/partners/histories/another-order", test_another_order);
  return g_test_run ();
}
