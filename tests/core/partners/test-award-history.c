/* test-award-history.c: whatever happens to awards, what the book has of each is its amount, or
 * nothing, and what is paid is what they come to. */

#include "base/rungs-error.h"
#include "ladder/rungs-order-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "rungs-earner.h"
#include "rungs-sale-case.h"

#define SEEDS 30
#define STEPS 150
#define N_PARTNERS 3

#define TERMS                                                                                      \
  "{\"hold_days\": 0, \"approve\": \"hand\", \"rates\": [{\"rate\": 3000}],"                       \
  " \"leads\": {\"fixed\": 123, \"currency\": \"EUR\", \"when\": \"arrived\"}}"

typedef struct
{
  RungsFixture *fixture;
  RungsDb *db;
  GRand *random;
  gint64 partners[N_PARTNERS];
  gint64 product;
  guint leads;
} History;

static gint64
pick_number (History    *history,
             const char *what)
{
  gint64 last = rungs_fixture_number (history->fixture, what);

  return last > 0 ? g_rand_int_range (history->random, 1, (gint32) last + 1) : 0;
}

static gint64
pick_partner (History *history)
{
  return history->partners[g_rand_int_range (history->random, 0, N_PARTNERS)];
}

static void
meet_lead (History *history)
{
  g_autofree char *email = g_strdup_printf ("l%u@example.com", history->leads++);
  gint64 lead = rungs_earner_arrive (history->fixture, history->db, email, pick_partner (history));

  if (g_rand_boolean (history->random))
    rungs_fixture_add_order (history->fixture, lead, history->product);
}

/* It stays as it is where it was taken back, or was not, before. */
static void
change_award (History *history)
{
  gint64 award = pick_number (history, "SELECT coalesce (max (id), 0) FROM award");
  gint64 now = rungs_fixture_now (history->fixture);

  if (award == 0)
    return;
  if (g_rand_boolean (history->random))
    rungs_award_take_back (history->db, award, "Junk", now, NULL);
  else
    rungs_award_give_again (history->db, award, now, NULL);
}

static void
look_at_award (History *history)
{
  gint64 id = pick_number (history, "SELECT coalesce (max (id), 0) FROM award");
  g_autoptr (RungsAward) award = id != 0 ? rungs_award_load (history->db, id, NULL) : NULL;
  g_autoptr (GError) error = NULL;

  if (award == NULL)
    return;
  g_assert_true (rungs_commission_approve (history->db, rungs_award_line (id), award->partner,
                                           g_rand_int_range (history->random, 0, 4) > 0,
                                           rungs_fixture_now (history->fixture), &error));
  g_assert_no_error (error);
}

static void
give_back (History *history)
{
  gint64 order = pick_number (history, "SELECT coalesce (max (id), 0) FROM sales_order");
  gint64 now = rungs_fixture_now (history->fixture);

  if (order != 0)
    rungs_refund_add (history->db, order, 0, g_rand_int_range (history->random, 1, 1001), "", now,
                      now, NULL);
}

static void
pay_out (History *history)
{
  g_autoptr (GError) error = NULL;
  gint64 released, payout, now = rungs_fixture_now (history->fixture);

  g_assert_true (
      rungs_commissions_release (history->db, now + 60 * RUNGS_DAY, 0, &released, &error));
  rungs_sale_pay (history->fixture, history->db, g_rand_int_range (history->random, 0, 500));
  payout = pick_number (history, "SELECT coalesce (max (id), 0) FROM payout");
  if (payout == 0)
    return;
  if (g_rand_int_range (history->random, 0, 5) == 0)
    g_assert_true (rungs_payout_reverse (history->db, payout, now, &error));
  else
    rungs_payout_mark (history->db, payout, pick_partner (history),
                       g_rand_int_range (history->random, RUNGS_PAYOUT_PAID,
                                         RUNGS_PAYOUT_RETURNED + 1),
                       now, NULL);
}

static void
step (History *history)
{
  switch (g_rand_int_range (history->random, 0, 8))
    {
    case 0:
    case 1:
      meet_lead (history);
      break;
    case 2:
      rungs_earner_give (history->fixture, history->db, pick_partner (history),
                         g_rand_int_range (history->random, 1, 2000));
      break;
    case 3:
      change_award (history);
      break;
    case 4:
    case 5:
      look_at_award (history);
      break;
    case 6:
      give_back (history);
      break;
    default:
      pay_out (history);
    }
  if (g_rand_boolean (history->random))
    rungs_sale_follow (history->fixture, history->db);
  rungs_fixture_pass (history->fixture, 1000);
}

/* What the book has of each is what it comes to; nothing is in two payouts, and nothing is paid of
 * what is not owed. */
static void
check_awards (History *history)
{
  g_assert_cmpint (
      rungs_fixture_number (
          history->fixture,
          "SELECT count (*) FROM award w"
          " WHERE coalesce ((SELECT sum (p.amount) FROM journal j JOIN posting p ON p.entry = j.id"
          "                    JOIN ledger_account a ON a.id = p.account"
          "                   WHERE j.order_line = -w.id AND a.state = 'expense'"
          "                     AND a.partner = w.partner), 0)"
          "    <> iif (w.taken_at IS NULL, w.amount, 0)"),
      ==, 0);
  g_assert_cmpint (rungs_fixture_number (
                       history->fixture,
                       "SELECT count (*) FROM (SELECT sum (amount) AS paid, order_line, partner"
                       "                         FROM paid_line GROUP BY order_line, partner) l"
                       " WHERE paid > (SELECT -sum (p.amount) FROM journal j"
                       "                 JOIN posting p ON p.entry = j.id"
                       "                 JOIN ledger_account a ON a.id = p.account"
                       "                WHERE j.order_line = l.order_line"
                       "                  AND a.partner = l.partner AND a.state = 'approved')"),
                   ==, 0);
}

/* Once all payouts are taken back, and every award is approved, the next payout pays just what the
 * awards come to, and the one after it nothing. Nobody approves what orders earn. */
static void
check_returned (History *history)
{
  g_autoptr (GError) error = NULL;
  gint64 last, released, now = rungs_fixture_now (history->fixture);

  last = rungs_fixture_number (history->fixture, "SELECT coalesce (max (id), 0) FROM payout");
  for (gint64 id = 1; id <= last; id++)
    g_assert_true (rungs_payout_reverse (history->db, id, now, &error));
  rungs_fixture_run (history->fixture, "UPDATE award SET approved_at = 1");
  g_assert_true (rungs_commissions_release (history->db, now, 0, &released, &error));
  rungs_sale_pay (history->fixture, history->db, 0);
  g_assert_cmpint (
      rungs_fixture_number (
          history->fixture,
          "SELECT count (*) FROM partner t"
          " WHERE coalesce ((SELECT sum (i.approved - i.set_off) FROM payout_item i"
          "                   WHERE i.partner = t.id AND i.state IN ('payable', 'paid')), 0)"
          "    <> coalesce ((SELECT sum (w.amount) FROM award w"
          "                   WHERE w.partner = t.id AND w.taken_at IS NULL), 0)"),
      ==, 0);
  g_assert_cmpint (rungs_sale_pay (history->fixture, history->db, 0), ==, 0);
}

static void
check_book (History *history)
{
  g_auto (RungsLedgerProof)
    proof = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) balances = rungs_ledger_balances (history->db, 0, &error);

  for (guint i = 0; i < balances->len; i++)
    {
      const gint64 *states = g_array_index (balances, RungsLedgerBalances, i).states;

      g_assert_cmpint (states[RUNGS_LEDGER_EXPENSE], >=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_HELD], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_APPROVED], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_PAYABLE], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_PAID], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_CARRIED], >=, 0);
    }
  g_assert_true (rungs_ledger_verify (history->db, &proof, &error));
  g_assert_cmpint (proof.fault, ==, 0);
}

static void
run_history (RungsFixture *fixture,
             RungsDb      *db)
{
  guint32 seed = (guint32) g_test_rand_int_range (0, G_MAXINT32);
  History history = { .fixture = fixture, .db = db, .random = g_rand_new_with_seed (seed) };

  g_test_message ("seed %u", seed);
  history.product = rungs_fixture_add_product (fixture, "A", 1000);
  for (guint i = 0; i < N_PARTNERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner %u", i);

      history.partners[i] = rungs_earner_add (fixture, db, name, TERMS);
    }
  for (guint i = 0; i < STEPS; i++)
    {
      step (&history);
      check_awards (&history);
    }
  rungs_sale_follow (fixture, db);
  check_book (&history);
  check_returned (&history);
  check_book (&history);
  g_rand_free (history.random);
}

static void
test_histories (void)
{
  g_autoptr (RungsFixture) first = rungs_fixture_new ();

  for (guint i = 0; i < SEEDS; i++)
    {
      g_autoptr (RungsFixture) fixture = rungs_fixture_new_like (first);

      rungs_fixture_write (fixture, run_history);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partners/award-history/histories", test_histories);
  return g_test_run ();
}
