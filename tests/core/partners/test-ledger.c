/* test-ledger.c: the book of commissions balances, is never changed, and tells who tried. */

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-ledger-text.h"
#include "partners/rungs-partner-store.h"
#include "rungs-fixture.h"

static gint64
add_partner (RungsDb    *db,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  gint64 id = rungs_partner_add (db, partner, 1, &error);

  g_assert_no_error (error);
  return id;
}

/* Books that `amount` moves. */
static gint64
book (RungsDb          *db,
      RungsLedgerKind   kind,
      gint64            partner,
      RungsLedgerState  debit,
      RungsLedgerState  credit,
      gint64            amount,
      gint64            now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLedgerEntry) entry = rungs_ledger_entry_new (kind, now - 1, "EUR");
  gint64 id;

  entry->order = 7;
  entry->base = 10000;
  entry->rate = 3000;
  g_free (entry->words);
  entry->words = g_strdup ("30 % of 100.00 EUR");
  g_assert_true (rungs_ledger_entry_move (entry, partner, debit, credit, amount, &error));
  id = rungs_ledger_add (db, entry, now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
accrue (RungsDb *db,
        gint64   partner,
        gint64   amount,
        gint64   now)
{
  book (db, RUNGS_LEDGER_ACCRUAL, partner, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD, amount, now);
}

static void
assert_balance (RungsDb          *db,
                gint64            partner,
                RungsLedgerState  state,
                gint64            expected)
{
  g_autoptr (GError) error = NULL;
  gint64 balance;

  g_assert_true (rungs_ledger_balance (db, partner, state, "EUR", &balance, &error));
  g_assert_cmpint (balance, ==, expected);
}

static void
test_books (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (db, "Anna"), bert = add_partner (db, "Bert");
  g_autoptr (RungsLedgerEntry) loaded = NULL;
  g_autoptr (GPtrArray) of_order = NULL;
  g_autoptr (GArray) balances = NULL;

  accrue (db, anna, 3000, 100);
  accrue (db, anna, 1000, 101);
  accrue (db, bert, 50, 102);
  book (db, RUNGS_LEDGER_RELEASE, anna, RUNGS_LEDGER_HELD, RUNGS_LEDGER_APPROVED, 3000, 103);
  assert_balance (db, anna, RUNGS_LEDGER_EXPENSE, 4000);
  assert_balance (db, anna, RUNGS_LEDGER_HELD, -1000);
  assert_balance (db, anna, RUNGS_LEDGER_APPROVED, -3000);
  assert_balance (db, anna, RUNGS_LEDGER_PAID, 0);
  assert_balance (db, bert, RUNGS_LEDGER_HELD, -50);

  loaded = rungs_ledger_load (db, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (loaded->kind, ==, RUNGS_LEDGER_ACCRUAL);
  g_assert_cmpint (loaded->at, ==, 99);
  g_assert_cmpint (loaded->booked_at, ==, 100);
  g_assert_cmpint (loaded->rate, ==, 3000);
  g_assert_cmpuint (loaded->postings->len, ==, 2);
  of_order = rungs_ledger_list_of_order (db, 7, &error);
  g_assert_cmpuint (of_order->len, ==, 4);
  balances = rungs_ledger_balances (db, 0, &error);
  g_assert_cmpuint (balances->len, ==, 2);
  g_assert_cmpint (g_array_index (balances, RungsLedgerBalances, 0).states[RUNGS_LEDGER_HELD], ==,
                   -1000);
}

static void
test_refused (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (db, "Anna");
  g_autoptr (RungsLedgerEntry) lame = rungs_ledger_entry_new (RUNGS_LEDGER_BONUS, 1, "EUR");
  g_autoptr (RungsLedgerEntry) huge = rungs_ledger_entry_new (RUNGS_LEDGER_BONUS, 1, "EUR");
  g_autoptr (RungsLedgerEntry) nobody = rungs_ledger_entry_new (RUNGS_LEDGER_BONUS, 1, "EUR");

  g_assert_true (rungs_ledger_entry_post (lame, anna, RUNGS_LEDGER_HELD, 5, &error));
  g_assert_cmpint (rungs_ledger_add (db, lame, 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);

  accrue (db, anna, 5, 1);
  g_assert_true (rungs_ledger_entry_move (huge, anna, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD,
                                          G_MAXINT64 - 1, &error));
  g_assert_cmpint (rungs_ledger_add (db, huge, 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (rungs_ledger_entry_move (nobody, 4711, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD, 5,
                                          &error));
  g_assert_cmpint (rungs_ledger_add (db, nobody, 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
assert_file_refuses (RungsDb    *db,
                     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_false (rungs_statement_run (statement, &error));
  g_assert_nonnull (error);
}

/* Whoever opens the file without this program cannot do it by accident either. */
static void
test_file_refuses (RungsFixture *fixture,
                   RungsDb      *db)
{
  gint64 anna = add_partner (db, "Anna");

  accrue (db, anna, 3000, 100);
  assert_file_refuses (db, "UPDATE journal SET words = 'none'");
  assert_file_refuses (db, "DELETE FROM journal");
  assert_file_refuses (db, "UPDATE posting SET amount = amount + 1");
  assert_file_refuses (db, "DELETE FROM posting");
  assert_file_refuses (db, "UPDATE ledger_account SET currency = 'USD'");
  assert_file_refuses (db, "DELETE FROM ledger_account");
  assert_file_refuses (db, "INSERT INTO posting VALUES (1, 2, 1, 5, 3005)");
  assert_file_refuses (db, "INSERT INTO posting VALUES (1, 2, 2, 5, 3006)");
  assert_file_refuses (db, "INSERT INTO posting VALUES (1, 3, 2, 5, 3005)");
  assert_file_refuses (db, "INSERT INTO journal (id, kind, at, booked_at, currency, hash)"
                           " VALUES (2, 'bonus', 1, 1, 'EUR', x'00')");
  assert_file_refuses (db, "INSERT INTO journal (id, kind, at, booked_at, currency, hash)"
                           " VALUES (3, 'bonus', 1, 1, 'EUR', x'00')");
}

/* ---- the proof */

static void
break_rules (RungsFixture *fixture)
{
  static const char *const DROP[] = {
    "DROP TRIGGER journal_is_not_changed", "DROP TRIGGER journal_is_kept",
    "DROP TRIGGER posting_is_not_changed", "DROP TRIGGER posting_is_kept",
    "DROP TRIGGER posting_goes_on",        "DROP TRIGGER journal_goes_on",
    "DROP TRIGGER ledger_account_is_not_changed",
  };

  for (guint i = 0; i < G_N_ELEMENTS (DROP); i++)
    rungs_fixture_run (fixture, DROP[i]);
}

static const struct
{
  const char *name;
  const char *forgery;
  gint64 fault;
} FORGERIES[] = {
  { "kind", "UPDATE journal SET kind = 'bonus' WHERE id = 3", 3 },
  { "unknown-kind", "UPDATE journal SET kind = 'accruals' WHERE id = 3", 3 },
  { "at", "UPDATE journal SET at = at + 1 WHERE id = 3", 3 },
  { "booked", "UPDATE journal SET booked_at = 0 WHERE id = 3", 3 },
  { "currency", "UPDATE journal SET currency = 'USD' WHERE id = 3", 3 },
  { "long-currency", "UPDATE journal SET currency = 'EURO' WHERE id = 3", 3 },
  { "order", "UPDATE journal SET sales_order = 8 WHERE id = 3", 3 },
  { "line", "UPDATE journal SET order_line = 8 WHERE id = 3", 3 },
  { "terms", "UPDATE journal SET terms = 8 WHERE id = 3", 3 },
  { "base", "UPDATE journal SET base = 20000 WHERE id = 3", 3 },
  { "no-base", "UPDATE journal SET base = NULL WHERE id = 3", 3 },
  { "rate", "UPDATE journal SET rate = 7500 WHERE id = 3", 3 },
  { "touch", "UPDATE journal SET touch = 1 WHERE id = 3", 3 },
  { "payout", "UPDATE journal SET payout = 1 WHERE id = 3", 3 },
  { "reverses", "UPDATE journal SET reverses = 1 WHERE id = 3", 3 },
  { "words", "UPDATE journal SET words = '31 % of 100.00 EUR' WHERE id = 3", 3 },
  { "hidden-words", "UPDATE journal SET words = words || char (0) || 'x' WHERE id = 3", 3 },
  { "hash", "UPDATE journal SET hash = zeroblob (32) WHERE id = 3", 3 },
  { "long-hash", "UPDATE journal SET hash = zeroblob (33) WHERE id = 3", 3 },
  { "amounts", "UPDATE posting SET amount = amount * 2 WHERE entry = 3", 3 },
  { "balance", "UPDATE posting SET balance = 0 WHERE entry = 3", 3 },
  { "state", "UPDATE ledger_account SET state = 'paid' WHERE state = 'held'", 1 },
  { "posting-gone", "DELETE FROM posting WHERE entry = 3 AND amount > 0", 3 },
  { "posting-more", "INSERT INTO posting VALUES (3, 99, 3, 5, 5)", 3 },
  { "nobody's", "INSERT INTO posting VALUES (1, 99, 99, 5, 5)", 6 },
  { "another-partner", "UPDATE posting SET account = account + 2, number = number + 99"
                       " WHERE entry = 3", 3 },
};

static void
fill (RungsDb *db)
{
  gint64 anna = add_partner (db, "Anna"), bert = add_partner (db, "Bert");

  accrue (db, anna, 3000, 100);
  accrue (db, bert, 3000, 101);
  accrue (db, anna, 100, 102);
  accrue (db, anna, 200, 103);
  accrue (db, bert, 300, 104);
}

static void
test_forgeries (RungsFixture *fixture,
                RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  fill (db);
  break_rules (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (FORGERIES); i++)
    {
      g_auto (RungsLedgerProof) proof = { 0 };

      g_test_message ("%s", FORGERIES[i].name);
      rungs_fixture_run (fixture, "SAVEPOINT honest");
      rungs_fixture_run (fixture, FORGERIES[i].forgery);
      g_assert_true (rungs_ledger_verify (db, &proof, &error));
      g_assert_no_error (error);
      g_assert_cmpint (proof.fault, ==, FORGERIES[i].fault);
      g_assert_nonnull (proof.why);
      rungs_fixture_run (fixture, "ROLLBACK TO honest");
      rungs_fixture_run (fixture, "RELEASE honest");
    }
}

/* What was cut off at its end looks like a book that ends there; who kept its last hash sees it. */
static void
test_cut_off (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_auto (RungsLedgerProof) whole = { 0 }, rest = { 0 };

  fill (db);
  g_assert_true (rungs_ledger_verify (db, &whole, &error));
  g_assert_cmpint (whole.fault, ==, 0);
  g_assert_cmpint (whole.entries, ==, 5);
  g_assert_cmpint (whole.postings, ==, 10);
  break_rules (fixture);
  rungs_fixture_run (fixture, "DELETE FROM posting WHERE entry = 5");
  rungs_fixture_run (fixture, "DELETE FROM journal WHERE id = 5");
  g_assert_true (rungs_ledger_verify (db, &rest, &error));
  g_assert_cmpint (rest.fault, ==, 0);
  g_assert_cmpint (rest.entries, ==, 4);
  g_assert_cmpint (memcmp (whole.hash, rest.hash, sizeof whole.hash), !=, 0);
}

/* ---- what other programs read */

static char *
write_text (RungsDb           *db,
            RungsLedgerFormat  format)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_ledger_write (db, format, zone, stream, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_text (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autofree char *ledger = NULL, *beancount = NULL;

  accrue (db, add_partner (db, "ürsula & Söhne: GmbH"), 3000, 100);
  ledger = write_text (db, RUNGS_LEDGER_FORMAT_LEDGER);
  g_assert_cmpstr (ledger, ==,
                   "1970-01-01 * (1) accrual: 30 % of 100.00 EUR\n"
                   "  Expenses:Commissions:Ürsula-Söhne-GmbH-1  30.00 EUR\n"
                   "  Liabilities:Commissions:Held:Ürsula-Söhne-GmbH-1  -30.00 EUR\n\n");
  beancount = write_text (db, RUNGS_LEDGER_FORMAT_BEANCOUNT);
  g_assert_cmpstr (beancount, ==,
                   "1970-01-01 open Expenses:Commissions:Ürsula-Söhne-GmbH-1\n\n"
                   "1970-01-01 open Liabilities:Commissions:Held:Ürsula-Söhne-GmbH-1\n\n"
                   "1970-01-01 * \"accrual\" \"30 % of 100.00 EUR\"\n"
                   "  entry: \"1\"\n"
                   "  Expenses:Commissions:Ürsula-Söhne-GmbH-1  30.00 EUR\n"
                   "  Liabilities:Commissions:Held:Ürsula-Söhne-GmbH-1  -30.00 EUR\n\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/ledger/books", test_books);
  rungs_fixture_add_test ("/partners/ledger/refused", test_refused);
  rungs_fixture_add_test ("/partners/ledger/file-refuses", test_file_refuses);
  rungs_fixture_add_test ("/partners/ledger/forgeries", test_forgeries);
  rungs_fixture_add_test ("/partners/ledger/cut-off", test_cut_off);
  rungs_fixture_add_test ("/partners/ledger/text", test_text);
  return g_test_run ();
}
