/* test-attribution-try.c: what other rules would have decided, and nothing is written. */

#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-attribution-try-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-fixture.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

typedef struct
{
  RungsFixture *fixture;
  RungsDb *db;
  gint64 anna;
  gint64 bert;
  gint64 product;
} World;

static gint64
add_partner (World      *world,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  gint64 id = rungs_partner_add (world->db, partner, rungs_fixture_now (world->fixture), &error);

  g_assert_no_error (error);
  return id;
}

static void
click (World  *world,
       gint64  lead,
       gint64  partner,
       gint64  at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (world->db, partner, &error);

  g_assert_cmpint (
      rungs_touch_add (world->db, lead, who->source, RUNGS_PATH_DIRECT, at, NULL, &error), >, 0);
}

/* Somebody who followed Anna's link first, and Bert's last, buys now. */
static gint64
sell (World      *world,
      const char *address)
{
  gint64 now = rungs_fixture_now (world->fixture);
  gint64 lead = rungs_fixture_add_lead (world->fixture, address, "B");

  click (world, lead, world->anna, now - 3 * DAY);
  click (world, lead, world->bert, now - DAY);
  return rungs_fixture_add_order (world->fixture, lead, world->product);
}

static World
begin (RungsFixture *fixture,
       RungsDb      *db)
{
  World world = { .fixture = fixture, .db = db };

  world.anna = add_partner (&world, "Anna");
  world.bert = add_partner (&world, "Bert");
  world.product = rungs_fixture_add_product (fixture, "A", 1000);
  return world;
}

static GArray *
rules_of (const char *json)
{
  g_autoptr (GError) error = NULL;
  GArray *rules = rungs_attribution_rules_parse (json, &error);

  g_assert_no_error (error);
  return rules;
}

static void
set_rules (World      *world,
           gint64      from,
           const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rules = rules_of (json);

  g_assert_true (rungs_attribution_rules_set (world->db, from, rules,
                                              rungs_fixture_now (world->fixture), &error));
  g_assert_no_error (error);
}

/* Since `from`. */
static void
try (World                 *world,
     const char            *json,
     gint64                 from,
     guint                  most,
     RungsAttributionTrial *trial)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rules = rules_of (json);

  g_assert_true (rungs_attribution_try (world->db, rules, from,
                                        rungs_fixture_now (world->fixture) + 1, most, trial,
                                        &error));
  g_assert_no_error (error);
}

#define FIRST "[{\"rule\": \"first-click\"}]"
#define LAST "[{\"rule\": \"last-click\"}]"

static void
test_otherwise (RungsFixture *fixture,
                RungsDb      *db)
{
  World world = begin (fixture, db);
  gint64 order = sell (&world, "one@example.com");
  g_auto (RungsAttributionTrial) first = { 0 };
  g_auto (RungsAttributionTrial) last = { 0 };
  const RungsAttributionChange *change;

  try (&world, FIRST, 0, 10, &first);
  g_assert_cmpint (first.orders, ==, 1);
  g_assert_cmpint (first.changed, ==, 1);
  g_assert_cmpuint (first.changes->len, ==, 1);
  change = &g_array_index (first.changes, RungsAttributionChange, 0);
  g_assert_cmpint (change->order, ==, order);
  g_assert_cmpint (change->before, ==, world.bert);
  g_assert_cmpint (change->after, ==, world.anna);
  try (&world, LAST, 0, 10, &last);
  g_assert_cmpint (last.orders, ==, 1);
  g_assert_cmpint (last.changed, ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM referral"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM attribution_rules"), ==, 0);
}

/* Those of the order's own moment are compared with; the newest come first, and no more than are
 * asked for; orders outside of the time are left out. */
static void
test_versions (RungsFixture *fixture,
               RungsDb      *db)
{
  World world = begin (fixture, db);
  gint64 begun = rungs_fixture_now (fixture), newest;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_auto (RungsAttributionTrial) all = { 0 };
  g_auto (RungsAttributionTrial) late = { 0 };

  sell (&world, "one@example.com");
  rungs_fixture_pass (fixture, DAY);
  set_rules (&world, rungs_fixture_now (fixture), FIRST);
  sell (&world, "two@example.com");
  rungs_fixture_pass (fixture, DAY);
  set_rules (&world, rungs_fixture_now (fixture), LAST);
  sell (&world, "three@example.com");
  rungs_fixture_pass (fixture, DAY);
  newest = sell (&world, "four@example.com");
  versions = rungs_attribution_version_list (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpint (((RungsAttributionVersion *) versions->pdata[0])->from_at, ==, begun + DAY);
  try (&world, FIRST, 0, 2, &all);
  g_assert_cmpint (all.orders, ==, 4);
  g_assert_cmpint (all.changed, ==, 3);
  g_assert_cmpuint (all.changes->len, ==, 2);
  g_assert_cmpint (g_array_index (all.changes, RungsAttributionChange, 0).order, ==, newest);
  try (&world, FIRST, begun + 2 * DAY, 2, &late);
  g_assert_cmpint (late.orders, ==, 2);
}

static void
test_by_hand (RungsFixture *fixture,
              RungsDb      *db)
{
  World world = begin (fixture, db);
  gint64 order = sell (&world, "one@example.com");
  g_autoptr (GError) error = NULL;
  g_auto (RungsAttributionTrial) trial = { 0 };

  g_assert_true (rungs_referral_set (db, order, 0, rungs_fixture_now (fixture), &error));
  try (&world, FIRST, 0, 10, &trial);
  g_assert_cmpint (trial.orders, ==, 1);
  g_assert_cmpint (trial.by_hand, ==, 1);
  g_assert_cmpint (trial.changed, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/attribution-try/otherwise", test_otherwise);
  rungs_fixture_add_test ("/partners/attribution-try/versions", test_versions);
  rungs_fixture_add_test ("/partners/attribution-try/by-hand", test_by_hand);
  return g_test_run ();
}
