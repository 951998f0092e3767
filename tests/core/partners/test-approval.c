/* test-approval.c: commissions wait for somebody, and many are approved at once. */

#include <string.h>

#include "base/rungs-error.h"
#include "partners/rungs-approval-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-credit-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-fixture.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define BY_HAND "{\"hold_days\": 30, \"approve\": \"hand\", \"rates\": [{\"rate\": 5000}]}"

typedef struct
{
  gint64 anna;
  gint64 bert;
  gint64 first; /* orders: two of Anna, one of Bert */
  gint64 second;
  gint64 third;
} World;

static gint64
add_partner (RungsFixture *fixture,
             RungsDb      *db,
             const char   *name,
             gint64        programme)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  gint64 id = rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
  g_assert_true (rungs_programme_join (db, programme, id, 0, &error));
  return id;
}

static gint64
sell (RungsFixture *fixture,
      RungsDb      *db,
      gint64        lead,
      gint64        product,
      gint64        partner)
{
  g_autoptr (GError) error = NULL;
  gint64 order = rungs_fixture_add_order (fixture, lead, product);

  g_assert_true (rungs_credit_set (db, order, partner, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
  return order;
}

static World
begin (RungsFixture *fixture,
       RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (BY_HAND, &error);
  gint64 programme = rungs_programme_add (db, "Friends", 1, &error);
  gint64 lead = rungs_fixture_add_lead (fixture, "b@example.com", "Bea");
  gint64 product = rungs_fixture_add_product (fixture, "A", 1000);
  World world = { 0 };

  g_assert_cmpint (rungs_programme_set_terms (db, programme, 0, terms, 1, &error), >, 0);
  world.anna = add_partner (fixture, db, "Anna", programme);
  world.bert = add_partner (fixture, db, "Bert", programme);
  world.first = sell (fixture, db, lead, product, world.anna);
  world.second = sell (fixture, db, lead, product, world.anna);
  world.third = sell (fixture, db, lead, product, world.bert);
  return world;
}

static GArray *
find (RungsDb             *db,
      RungsApprovalFilter  filter,
      gint64               partner,
      guint                expected)
{
  const RungsApprovalQuery query = { filter, partner };
  g_autoptr (GError) error = NULL;
  GArray *lines = rungs_approval_find (db, &query, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, expected);
  return lines;
}

static void
assert_found (RungsDb             *db,
              RungsApprovalFilter  filter,
              guint                expected)
{
  g_array_unref (find (db, filter, 0, expected));
}

static void
give (RungsFixture *fixture,
      RungsDb      *db,
      GArray       *lines,
      gboolean      approve)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_approval_give (db, lines, approve, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
}

static void
test_waiting (RungsFixture *fixture,
              RungsDb      *db)
{
  World world = begin (fixture, db);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) lines = find (db, RUNGS_APPROVALS_WAITING, world.anna, 2);
  g_autoptr (GArray) sums = rungs_approval_sums (db, lines, &error);
  g_autoptr (RungsApprovalRow) row
      = rungs_approval_row_load (db, g_array_index (lines, gint64, 0), &error);
  gint64 n;

  g_assert_no_error (error);
  g_assert_cmpuint (sums->len, ==, 1);
  g_assert_cmpint (g_array_index (sums, RungsMoney, 0).minor, ==, 1000);
  g_assert_cmpstr (row->name, ==, "Anna");
  g_assert_cmpstr (row->lead, ==, "Bea");
  g_assert_cmpint (row->amount.minor, ==, 500);
  g_assert_cmpint (row->approved_at, ==, 0);
  g_assert_true (rungs_approval_count_waiting (db, &n, &error));
  g_assert_cmpint (n, ==, 3);
}

/* What is approved is paid when its time has come, what is not is not; and it can be put back, also
 * when it may be paid already. */
static void
test_give (RungsFixture *fixture,
           RungsDb      *db)
{
  World world = begin (fixture, db);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) lines = find (db, RUNGS_APPROVALS_WAITING, world.anna, 2);
  gint64 released;

  give (fixture, db, lines, TRUE);
  assert_found (db, RUNGS_APPROVALS_WAITING, 1);
  assert_found (db, RUNGS_APPROVALS_GIVEN, 2);
  give (fixture, db, lines, FALSE);
  assert_found (db, RUNGS_APPROVALS_WAITING, 3);
  give (fixture, db, lines, TRUE);
  rungs_fixture_pass (fixture, 30 * DAY);
  g_assert_true (
      rungs_commissions_release (db, rungs_fixture_now (fixture), 0, &released, &error));
  g_assert_cmpint (released, ==, 2);
  assert_found (db, RUNGS_APPROVALS_GIVEN, 2);
  give (fixture, db, lines, FALSE);
  assert_found (db, RUNGS_APPROVALS_WAITING, 3);
  assert_found (db, RUNGS_APPROVALS_GIVEN, 0);
}

/* Whom an order is not credited to any more does not wait for anything. */
static void
test_credited_otherwise (RungsFixture *fixture,
                         RungsDb      *db)
{
  World world = begin (fixture, db);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 missing = 4711;

  g_assert_true (
      rungs_credit_set (db, world.first, world.bert, rungs_fixture_now (fixture), &error));
  g_array_unref (find (db, RUNGS_APPROVALS_WAITING, world.anna, 1));
  g_array_unref (find (db, RUNGS_APPROVALS_WAITING, world.bert, 2));
  g_assert_true (rungs_credit_set (db, world.first, 0, rungs_fixture_now (fixture), &error));
  assert_found (db, RUNGS_APPROVALS_WAITING, 2);
  g_array_append_val (none, missing);
  g_assert_false (rungs_approval_give (db, none, TRUE, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/approval/waiting", test_waiting);
  rungs_fixture_add_test ("/partners/approval/give", test_give);
  rungs_fixture_add_test ("/partners/approval/credited-otherwise", test_credited_otherwise);
  return g_test_run ();
}
