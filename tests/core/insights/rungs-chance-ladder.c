/* rungs-chance-ladder.c: a business by chance. */

#include "rungs-chance-ladder.h"

#include "base/rungs-time.h"
#include "partners/rungs-ledger-store.h"

#define DAY G_GINT64_CONSTANT (86400000)

#define PICK(list) (list)[g_test_rand_int_range (0, G_N_ELEMENTS (list))]

static const char *const PATHS[] = { "opt-in", "direct", "phone", "in person" };
static const char *const OUTCOMES[] = { "finished", "goal", "bought", "stopped", "exit" };

G_GNUC_PRINTF (2, 3)
static void
run (RungsFixture *f,
     const char   *format,
     ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  rungs_fixture_run (f, sql);
}

#define ID "%" G_GINT64_FORMAT

/* Within 60 days, a few of them to come; often at midnight of the business, or at one of few
 * moments, so that things happen at the same time. */
static gint64
some_time (RungsFixture *f)
{
  gint64 now = rungs_fixture_now (f);
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  gint64 day = now - g_test_rand_int_range (-2, 60) * DAY;

  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      return rungs_time_day_start (day, zone, 0) - g_test_rand_int_range (0, 2);
    case 1:
      return day;
    default:
      return day - g_test_rand_int_range (0, 86400000);
    }
}

void
rungs_chance_add_catalogue (RungsFixture *f)
{
  run (f, "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'customers', 'Letter', 0),"
          " (2, 'ppc', 'Spring', 0), (5, 'ppc', 'Autumn', 0), (9, 'jv', 'Sue', 0),"
          " (11, 'affiliate', 'Tim', 0), (12, 'affiliate', 'Uma', 0)");
  run (f, "INSERT INTO product (id, sku, name, price, currency, rung, period_months, created_at)"
          " VALUES (2, 'GUIDE', 'Guide', 0, 'EUR', 1, NULL, 0),"
          "        (3, 'KIT', 'Kit', 2900, 'EUR', 2, NULL, 0),"
          "        (5, 'CLUB', 'Club', 900, 'USD', 3, 1, 0),"
          "        (8, 'ALL', 'All', 9000, 'EUR', 4, NULL, 0)");
  run (f, "UPDATE product SET lapse_days = 5 WHERE id = 5");
  run (f, "INSERT INTO product_part (bundle, part) VALUES (8, 2), (8, 3)");
  run (f, "INSERT INTO product_holds (whole, part)"
          " VALUES (2, 2), (3, 3), (5, 5), (8, 8), (8, 2), (8, 3)");
  run (f, "INSERT INTO sequence (id, name, sells, state, created_at)"
          " VALUES (1, 'Hello', 3, 'live', 0), (4, 'Club', 5, 'paused', 0)");
  run (f, "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
          " VALUES (1, 1, 1, '{}', 0), (4, 4, 1, '{}', 0)");
  run (f, "INSERT INTO partner (id, uuid, name, source, currency, created_at, updated_at)"
          " VALUES (1, 'sue', 'Sue', 9, 'EUR', 0, 0), (2, 'tim', 'Tim', 11, 'USD', 0, 0)");
}

void
rungs_chance_add_spend (RungsFixture *f)
{
  static const int SOURCES[] = { 2, 5, 9 };
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");

  for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
    {
      g_autofree char *day = rungs_time_format_day (some_time (f), zone);

      run (f,
           "INSERT INTO source_spend (source, day, amount, currency)"
           " VALUES (%d, '%s', %d, '%s')",
           PICK (SOURCES), day, g_test_rand_int_range (0, 9000),
           g_test_rand_int_range (0, 8) ? "EUR" : "USD");
    }
}

/* Commissions of two partners, awards, what is taken back of them, and what moves none of it; also
 * of a line that is gone. */
void
rungs_chance_add_commissions (RungsFixture *f)
{
  static const RungsLedgerKind KINDS[]
    = { RUNGS_LEDGER_ACCRUAL, RUNGS_LEDGER_ACCRUAL, RUNGS_LEDGER_REVERSAL, RUNGS_LEDGER_RELEASE,
        RUNGS_LEDGER_BONUS, RUNGS_LEDGER_CLEARANCE };
  static const RungsLedgerState MOVES[][2] = {
    { RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD },     { RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD },
    { RUNGS_LEDGER_CARRIED, RUNGS_LEDGER_EXPENSE },  { RUNGS_LEDGER_HELD, RUNGS_LEDGER_APPROVED },
    { RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_APPROVED }, { RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_CARRIED },
  };

  for (int i = g_test_rand_int_range (0, 40); i > 0; i--)
    {
      int which = g_test_rand_int_range (0, G_N_ELEMENTS (KINDS));
      g_autoptr (RungsLedgerEntry) entry = rungs_ledger_entry_new (
        KINDS[which], some_time (f), g_test_rand_int_range (0, 5) ? "EUR" : "USD");
      g_autoptr (GError) error = NULL;

      entry->order_line = g_test_rand_int_range (-5, 200);
      rungs_ledger_entry_move (entry, g_test_rand_int_range (1, 3), MOVES[which][0],
                               MOVES[which][1], g_test_rand_int_range (1, 6000), &error);
      g_assert_no_error (error);
      rungs_ledger_add (f->db, entry, rungs_fixture_now (f), &error);
      g_assert_no_error (error);
    }
}

static void
add_refund (RungsFixture *f,
            gint64        order,
            gint64        at,
            int           amount)
{
  gint64 line = rungs_fixture_number (f, "SELECT max (id) FROM order_line");
  gint64 later = at + (gint64) g_test_rand_int_range (0, 30) * DAY;

  run (f, "INSERT INTO refund (sales_order, at, created_at) VALUES (" ID ", " ID ", 0)", order,
       MIN (later, rungs_fixture_now (f)));
  run (f,
       "INSERT INTO refund_line (refund, order_line, amount)"
       " SELECT max (id), " ID ", %d FROM refund",
       line, amount);
}

static void
add_order (RungsFixture *f,
           gint64        lead)
{
  static const int PRODUCTS[] = { 2, 3, 3, 5, 5, 8 };
  gint64 at = some_time (f);
  gint64 order;

  run (f,
       "INSERT INTO sales_order (lead, at, currency, created_at) VALUES (" ID ", " ID ", '%s', 0)",
       lead, at, g_test_rand_int_range (0, 4) ? "EUR" : "USD");
  order = rungs_fixture_number (f, "SELECT max (id) FROM sales_order");
  for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
    {
      int amount = g_test_rand_int_range (0, 4) * 1000;
      int product = PICK (PRODUCTS);

      run (f,
           "INSERT INTO order_line (sales_order, product, quantity, amount, paid_until)"
           " VALUES (" ID ", %d, %d, %d, %s" ID ")",
           order, product, g_test_rand_int_range (1, 3), amount, product == 5 ? "" : "NULL AND ",
           at + 30 * DAY);
      for (int i = g_test_rand_int_range (-4, 3); i > 0; i--)
        add_refund (f, order, at, amount / g_test_rand_int_range (2, 4));
    }
}

static void
add_walk (RungsFixture *f,
          gint64        lead,
          int           sequence,
          gboolean      ended)
{
  gint64 at = some_time (f);

  if (!ended)
    run (f,
         "INSERT INTO enrolment (lead, sequence, version, step, due_at, entered_at, arrived_at)"
         " VALUES (" ID ", %d, %d, 'a', 1, " ID ", 0)",
         lead, sequence, sequence, at);
  else
    run (f,
         "INSERT INTO enrolment (lead, sequence, version, step, outcome, entered_at, arrived_at,"
         "                       ended_at)"
         " VALUES (" ID ", %d, %d, 'a', '%s', " ID ", 0, " ID ")",
         lead, sequence, sequence, PICK (OUTCOMES), at, at + g_test_rand_int_range (0, 9) * DAY);
}

void
rungs_chance_add_history (RungsFixture *f,
                          gint64        lead)
{
  static const int SOURCES[] = { 1, 2, 2, 5, 9, 11 };

  for (int i = g_test_rand_int_range (-1, 4); i > 0; i--)
    run (f, "INSERT INTO touch (lead, source, path, at) VALUES (" ID ", %d, '%s', " ID ")", lead,
         PICK (SOURCES), PICK (PATHS), some_time (f));
  for (int i = g_test_rand_int_range (-2, 4); i > 0; i--)
    add_order (f, lead);
  for (int sequence = 1; sequence <= 4; sequence += 3)
    {
      if (g_test_rand_int_range (0, 3) == 0)
        add_walk (f, lead, sequence, FALSE);
      for (int i = g_test_rand_int_range (-1, 3); i > 0; i--)
        add_walk (f, lead, sequence, TRUE);
    }
}
