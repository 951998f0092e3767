/* test-ledger-find.c: entries of the book are found from the last one back. */

#include "partners/rungs-ledger-find-store.h"
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

static void
book (RungsDb          *db,
      RungsLedgerKind   kind,
      gint64            partner,
      RungsLedgerState  debit,
      RungsLedgerState  credit,
      gint64            at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLedgerEntry) entry = rungs_ledger_entry_new (kind, at, "EUR");

  g_assert_true (rungs_ledger_entry_move (entry, partner, debit, credit, 100, &error));
  g_assert_cmpint (rungs_ledger_add (db, entry, at, &error), >, 0);
  g_assert_no_error (error);
}

/* The numbers of what is found, parted by blanks. */
static void
assert_found (RungsDb    *db,
              gint64      partner,
              int         state,
              int         kind,
              gint64      from,
              gint64      until,
              guint       limit,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  RungsLedgerQuery query = { partner, state, kind, from, until };
  g_autoptr (RungsLedgerFound) found = rungs_ledger_find (db, &query, limit, &error);
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rungs_ledger_found_get_count (found); i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            rungs_ledger_found_get_id (found, i));
  g_assert_cmpstr (ids->str, ==, expected);
}

#define ANY RUNGS_LEDGER_ANY

static void
test_found (RungsFixture *fixture,
            RungsDb      *db)
{
  gint64 anna, bert;

  assert_found (db, 0, ANY, ANY, 0, 0, 0, "");
  anna = add_partner (db, "Anna");
  bert = add_partner (db, "Bert");
  book (db, RUNGS_LEDGER_ACCRUAL, anna, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD, 10);
  book (db, RUNGS_LEDGER_ACCRUAL, bert, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD, 20);
  book (db, RUNGS_LEDGER_RELEASE, anna, RUNGS_LEDGER_HELD, RUNGS_LEDGER_APPROVED, 30);
  book (db, RUNGS_LEDGER_BONUS, bert, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_APPROVED, 40);

  assert_found (db, 0, ANY, ANY, 0, 0, 0, "4 3 2 1");
  assert_found (db, 0, ANY, ANY, 0, 0, 2, "4 3 2 1");
  assert_found (db, anna, ANY, ANY, 0, 0, 0, "3 1");
  assert_found (db, anna, ANY, ANY, 0, 0, 1, "3");
  assert_found (db, anna, ANY, ANY, 0, 0, 5, "3 1");
  assert_found (db, anna, RUNGS_LEDGER_HELD, ANY, 0, 0, 1, "3");
  assert_found (db, anna, RUNGS_LEDGER_EXPENSE, ANY, 0, 0, 0, "1");
  assert_found (db, bert, ANY, RUNGS_LEDGER_BONUS, 0, 0, 0, "4");
  assert_found (db, 0, RUNGS_LEDGER_APPROVED, ANY, 0, 0, 0, "4 3");
  assert_found (db, 0, ANY, RUNGS_LEDGER_ACCRUAL, 0, 0, 0, "2 1");
  assert_found (db, 0, ANY, RUNGS_LEDGER_ACCRUAL, 0, 0, 1, "2");
  assert_found (db, 0, ANY, ANY, 20, 40, 0, "3 2");
  assert_found (db, anna, ANY, ANY, 0, 30, 0, "1");

  book (db, RUNGS_LEDGER_PAYOUT, anna, RUNGS_LEDGER_APPROVED, RUNGS_LEDGER_PAYABLE, 50);
  book (db, RUNGS_LEDGER_PAYMENT, anna, RUNGS_LEDGER_PAYABLE, RUNGS_LEDGER_PAID, 60);
  book (db, RUNGS_LEDGER_RETURN, anna, RUNGS_LEDGER_PAID, RUNGS_LEDGER_APPROVED, 70);
  assert_found (db, 0, ANY, RUNGS_LEDGER_RETURN, 0, 0, 0, "7");
  assert_found (db, 0, ANY, RUNGS_LEDGER_PAYMENT, 0, 0, 9, "6");
  assert_found (db, 0, ANY, RUNGS_LEDGER_RETURN, 0, 70, 0, "");
  assert_found (db, 0, RUNGS_LEDGER_APPROVED, RUNGS_LEDGER_RETURN, 0, 0, 0, "7");
  assert_found (db, 0, RUNGS_LEDGER_CARRIED, ANY, 0, 0, 0, "");
  assert_found (db, 0, RUNGS_LEDGER_PAID, ANY, 0, 0, 1, "7");
}

/* ---- a long book, against one that is read whole */

#define ENTRIES 1000
#define N_PARTNERS 3
#define QUERIES 400

typedef struct
{
  gint64 partner;
  int kind;
  int debit;
  int credit;
  gint64 at;
} Booked;

static const struct
{
  RungsLedgerKind kind;
  RungsLedgerState debit;
  RungsLedgerState credit;
} MOVES[] = {
  { RUNGS_LEDGER_ACCRUAL, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD },
  { RUNGS_LEDGER_RELEASE, RUNGS_LEDGER_HELD, RUNGS_LEDGER_APPROVED },
  { RUNGS_LEDGER_PAYOUT, RUNGS_LEDGER_APPROVED, RUNGS_LEDGER_PAYABLE },
  { RUNGS_LEDGER_PAYMENT, RUNGS_LEDGER_PAYABLE, RUNGS_LEDGER_PAID },
};

static gboolean
is_found (const Booked           *entry,
          const RungsLedgerQuery *query)
{
  return (query->partner == 0 || entry->partner == query->partner)
         && (query->state == ANY || entry->debit == query->state || entry->credit == query->state)
         && (query->kind == ANY || entry->kind == query->kind)
         && (query->from == 0 || entry->at >= query->from)
         && (query->until == 0 || entry->at < query->until);
}

static void
assert_as_read (RungsDb                *db,
                const Booked           *entries,
                const RungsLedgerQuery *query,
                guint                   limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLedgerFound) found = rungs_ledger_find (db, query, limit, &error);
  guint count = 0;

  g_assert_no_error (error);
  for (gint64 id = ENTRIES; id > 0 && (limit == 0 || count < limit); id--)
    if (is_found (&entries[id], query))
      {
        g_assert_cmpuint (count, <, rungs_ledger_found_get_count (found));
        g_assert_cmpint (rungs_ledger_found_get_id (found, count), ==, id);
        count++;
      }
  g_assert_true (count == rungs_ledger_found_get_count (found)
                 || (limit > 0 && count == limit));
}

static int
any_or (int most)
{
  return g_test_rand_int_range (0, 2) == 0 ? ANY : g_test_rand_int_range (0, most);
}

static RungsLedgerQuery
make_query (void)
{
  gint64 from = g_test_rand_int_range (0, ENTRIES * 12);

  return (RungsLedgerQuery){
    .partner = g_test_rand_int_range (0, N_PARTNERS + 1),
    .state = any_or (RUNGS_LEDGER_N_STATES),
    .kind = any_or (RUNGS_LEDGER_CLEARANCE + 1),
    .from = g_test_rand_int_range (0, 2) == 0 ? 0 : from,
    .until = g_test_rand_int_range (0, 2) == 0 ? 0 : from + g_test_rand_int_range (1, 2000),
  };
}

/* The clock was set back, and forth, now and then; payments are rare, and some kinds never come. */
static void
test_long (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autofree Booked *entries = g_new0 (Booked, ENTRIES + 1);
  gint64 now = 1000;

  for (guint i = 0; i < N_PARTNERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner %u", i);

      g_assert_cmpint (add_partner (db, name), ==, i + 1);
    }
  for (gint64 id = 1; id <= ENTRIES; id++)
    {
      guint move = id % 97 == 5 ? (guint) g_test_rand_int_range (2, 4)
                                : (guint) g_test_rand_int_range (0, 2);

      now += 10;
      entries[id] = (Booked){ .partner = id % 50 == 3 ? 2 : 1 + 2 * (id % 2),
                              .kind = (int) MOVES[move].kind, .debit = (int) MOVES[move].debit,
                              .credit = (int) MOVES[move].credit,
                              .at = id % 61 == 7 ? g_test_rand_int_range (1, ENTRIES * 12) : now };
      book (db, MOVES[move].kind, entries[id].partner, MOVES[move].debit, MOVES[move].credit,
            entries[id].at);
    }
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM journal_span"), ==,
                   ENTRIES / 256);
  for (guint i = 0; i < QUERIES; i++)
    {
      static const guint LIMITS[] = { 0, 1, 7, 300 };
      RungsLedgerQuery query = make_query ();

      assert_as_read (db, entries, &query, LIMITS[i % G_N_ELEMENTS (LIMITS)]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/ledger-find/found", test_found);
  rungs_fixture_add_test ("/partners/ledger-find/long", test_long);
  return g_test_run ();
}
