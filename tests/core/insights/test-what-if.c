/* test-what-if.c: what the next twelve months bring, as it goes on and with changes. */

#include "insights/rungs-what-if-store.h"
#include "insights/rungs-what-if-words.h"

#include <math.h>
#include <string.h>

#include "base/rungs-error.h"
#include "engine/rungs-demo.h"
#include "ladder/rungs-offer-store.h"
#include "leads/rungs-source-store.h"
#include "rungs-fixture.h"

#define DAY G_GINT64_CONSTANT (86400000)
#define ID "%" G_GINT64_FORMAT
#define MONTHS RUNGS_WHAT_IF_MONTHS

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

static RungsWhatIf *
load (RungsFixture *f,
      gint64        days)
{
  g_autoptr (GError) error = NULL;
  RungsWhatIf *what_if = rungs_what_if_load (f->db, days, rungs_fixture_now (f), &error);

  g_assert_no_error (error);
  return what_if;
}

static RungsWhatIfYear *
year_of (const RungsWhatIf *what_if,
         GArray            *changes)
{
  g_autoptr (GArray) none = rungs_what_if_changes_new ();
  g_autoptr (GError) error = NULL;
  RungsWhatIfYear *year = rungs_what_if_year (what_if, changes ? changes : none, &error);

  g_assert_no_error (error);
  return year;
}

/* The year with one change. */
static RungsWhatIfYear *
year_with (const RungsWhatIf *what_if,
           RungsWhatIfChange  change,
           gint64             value)
{
  g_autoptr (GArray) changes = rungs_what_if_changes_new ();

  rungs_what_if_present (what_if, &change);
  change.value = value;
  g_assert_true (rungs_what_if_fits (what_if, &change));
  rungs_what_if_changes_set (changes, &change);
  return year_of (what_if, changes);
}

static RungsWhatIfChange
about_product (RungsWhatIfKind kind,
               gint64          product)
{
  return rungs_what_if_change (kind, rungs_ladder_place (RUNGS_LADDER_PRODUCT, product));
}

static const RungsWhatIfAccount *
account (const RungsWhatIfYear *year,
         const char            *currency)
{
  return rungs_what_if_get_account (year->accounts, currency);
}

static const RungsWhatIfProductYear *
product_year (const RungsWhatIf     *what_if,
              const RungsWhatIfYear *year,
              gint64                 product)
{
  int found = rungs_what_if_basis_find_product (what_if->basis, product);

  g_assert_cmpint (found, >=, 0);
  return year->products->pdata[found];
}

static void
assert_near (double value,
             double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-6);
}

/* What holds of every year: the parts make the whole, and nothing is less than nothing. */
static void
check_year (const RungsWhatIfYear *year)
{
  for (guint i = 0; i < year->accounts->len; i++)
    {
      const RungsWhatIfAccount *all = &g_array_index (year->accounts, RungsWhatIfAccount, i);

      for (guint month = 0; month < MONTHS; month++)
        {
          gint64 revenue = 0;

          for (guint j = 0; j < year->products->len; j++)
            {
              const RungsWhatIfProductYear *product = year->products->pdata[j];

              revenue += rungs_what_if_get_account (product->accounts, all->currency)
                             ->revenue[month];
              g_assert_true (isfinite (product->pieces[month]));
              g_assert_cmpfloat (product->buyers[month], >=, 0);
            }
          g_assert_cmpint (all->revenue[month], ==, revenue);
          g_assert_cmpint (all->left[month], ==,
                           all->revenue[month] - all->refunds[month] - all->costs[month]
                               - all->commission[month] - all->spend[month]);
          g_assert_cmpint (all->refunds[month], <=, all->revenue[month] + 1);
          g_assert_cmpint (all->low[month], <=, all->left[month]);
          g_assert_cmpint (all->high[month], >=, all->left[month]);
        }
      g_assert_cmpint (all->year_low, <=, rungs_what_if_sum (all->left));
      g_assert_cmpint (all->year_high, >=, rungs_what_if_sum (all->left));
    }
}

static void
assert_same (const RungsWhatIfYear *a,
             const RungsWhatIfYear *b)
{
  g_assert_cmpuint (a->accounts->len, ==, b->accounts->len);
  g_assert_cmpmem (a->accounts->data, a->accounts->len * sizeof (RungsWhatIfAccount),
                   b->accounts->data, b->accounts->len * sizeof (RungsWhatIfAccount));
}

/* ---- a ladder worked out by hand */

/* Sixty leads come 61 days ago by ads that cost 600.00; thirty of them buy the kit on that day, and
 * six of these the club 35 days later. */
typedef struct
{
  gint64 ads;
  gint64 kit;
  gint64 club;
  gint64 offer;
} Ladder;

static void
add_order (RungsFixture *f,
           gint64        lead,
           gint64        product,
           gint64        at,
           gint64        amount,
           const char   *currency)
{
  run (f,
       "INSERT INTO sales_order (lead, at, currency, created_at) VALUES (" ID ", " ID ", '%s', 0)",
       lead, at, currency);
  run (f,
       "INSERT INTO order_line (sales_order, product, amount)"
       " SELECT max (id), " ID ", " ID " FROM sales_order",
       product, amount);
}

static Ladder
add_ladder (RungsFixture *f)
{
  gint64 at = rungs_fixture_now (f) - 61 * DAY;
  Ladder ladder = {
    .kit = rungs_fixture_add_product (f, "KIT", 4900),
    .club = rungs_fixture_add_product (f, "CLUB", 10000),
  };
  RungsOffer offer = { .from_product = ladder.kit, .to_product = ladder.club };

  ladder.ads = rungs_source_add (f->db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  rungs_spend_add (f->db, ladder.ads, "2026-01-10", rungs_money (60000, "EUR"), NULL, NULL);
  ladder.offer = rungs_offer_add (f->db, &offer, 1, NULL);
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%d@example.com", i);
      gint64 lead = rungs_fixture_add_lead (f, email, NULL);

      run (f,
           "INSERT INTO touch (lead, source, path, at)"
           " VALUES (" ID ", " ID ", 'direct', " ID ")",
           lead, ladder.ads, at);
      if (i < 30)
        add_order (f, lead, ladder.kit, at, 4900, "EUR");
      if (i < 6)
        add_order (f, lead, ladder.club, at + 35 * DAY, 10000, "EUR");
    }
  return ladder;
}

static void
test_by_hand (RungsFixture *f,
              RungsDb      *db)
{
  Ladder l = add_ladder (f);
  g_autoptr (RungsWhatIf) what_if = load (f, 365);
  g_autoptr (RungsWhatIfYear) year = year_of (what_if, NULL);
  /* the period begins at midnight, in Berlin, of the day on which they came */
  double months = (61 * 24 + 10) / 24.0 / 30.4375, leads = 60 / months;
  const RungsWhatIfProductYear *kit = product_year (what_if, year, l.kit);
  const RungsWhatIfProductYear *club = product_year (what_if, year, l.club);
  const RungsWhatIfSourceYear *ads = year->sources->pdata[0];
  gint64 spend = llrint (60000 / months);

  check_year (year);
  assert_near (what_if->basis->months, months);
  assert_near (year->leads, leads);
  for (guint month = 0; month < MONTHS; month++)
    {
      /* who comes in a month is on average half a month old at its end */
      double share = month == 0 ? 0 : month == 1 ? 0.1 : 0.2;

      assert_near (kit->buyers[month], leads / 2);
      assert_near (club->buyers[month], leads / 2 * share);
      g_assert_cmpint (account (year, "EUR")->revenue[month], ==,
                       llrint (leads / 2 * 4900) + llrint (leads / 2 * share * 10000));
      g_assert_cmpint (account (year, "EUR")->spend[month], ==, spend);
    }
  g_assert_true (ads->can_pay_back);
  g_assert_cmpint (llabs (ads->paid_back - rungs_fixture_now (f)
                          - (gint64) ((double) spend / (leads / 2 * 4900)
                                      * (double) RUNGS_WHAT_IF_MONTH)),
                   <, 1000);
  g_assert_cmpuint (year->arrows, ==, 2);
  g_assert_cmpuint (year->few, ==, 0);
}

static void
test_changes (RungsFixture *f,
              RungsDb      *db)
{
  Ladder l = add_ladder (f);
  g_autoptr (RungsWhatIf) what_if = load (f, 0);
  g_autoptr (RungsWhatIfYear) base = year_of (what_if, NULL);
  RungsLadderPlace ads
      = rungs_ladder_place_by_path (RUNGS_LADDER_SOURCE, l.ads, RUNGS_PATH_DIRECT);
  RungsLadderPlace kit = rungs_ladder_place (RUNGS_LADDER_PRODUCT, l.kit);
  g_autoptr (RungsWhatIfYear) dear
      = year_with (what_if, about_product (RUNGS_WHAT_IF_PRICE, l.kit), 9800);
  g_autoptr (RungsWhatIfYear) sold
      = year_with (what_if, rungs_what_if_change_of_arrow (ads, kit), 10000);
  g_autoptr (RungsWhatIfYear) spent = year_with (
      what_if,
      rungs_what_if_change (RUNGS_WHAT_IF_SPEND, rungs_ladder_place (RUNGS_LADDER_SOURCE, l.ads)),
      2 * account (base, "EUR")->spend[0]);
  g_autoptr (RungsWhatIfYear) costly
      = year_with (what_if, about_product (RUNGS_WHAT_IF_COST, l.kit), 1000);
  g_autoptr (RungsWhatIfYear) refunded
      = year_with (what_if, about_product (RUNGS_WHAT_IF_REFUNDS, l.kit), 5000);
  g_autoptr (RungsWhatIfYear) same
      = year_with (what_if, about_product (RUNGS_WHAT_IF_PRICE, l.kit), 4900);
  double buyers = product_year (what_if, base, l.kit)->buyers[3];

  assert_same (base, same);
  g_assert_cmpint (account (dear, "EUR")->revenue[0], ==, llrint (buyers * 9800));
  g_assert_cmpint (account (dear, "EUR")->revenue[1] - account (base, "EUR")->revenue[1], ==,
                   llrint (buyers * 9800) - llrint (buyers * 4900));
  assert_near (product_year (what_if, sold, l.kit)->buyers[3], 2 * buyers);
  /* more buyers of the kit go on to the club a month later */
  assert_near (product_year (what_if, sold, l.club)->buyers[1],
               2 * product_year (what_if, base, l.club)->buyers[1]);
  g_assert_cmpfloat (product_year (what_if, sold, l.club)->buyers[0], ==, 0);
  /* 100 % is the owner's word: only the club is in doubt */
  g_assert_cmpint (account (sold, "EUR")->low[0], ==, account (sold, "EUR")->left[0]);
  assert_near (spent->leads / base->leads, 2.0000);
  g_assert_cmpint (account (spent, "EUR")->spend[0], ==, 2 * account (base, "EUR")->spend[0]);
  g_assert_cmpint (account (costly, "EUR")->costs[5], ==, llrint (buyers * 1000));
  g_assert_cmpint (account (refunded, "EUR")->refunds[5], ==, llrint (buyers * 2450));
}

/* An arrow without cases brings nothing until the owner says what it would; what is said of an
 * arrow that is not there is left out. */
static void
test_unknown (RungsFixture *f,
              RungsDb      *db)
{
  Ladder l = add_ladder (f);
  gint64 top = rungs_fixture_add_product (f, "TOP", 100000);
  RungsOffer offer = { .from_product = l.club, .to_product = top, .after_days = 40 };
  RungsLadderPlace club = rungs_ladder_place (RUNGS_LADDER_PRODUCT, l.club);
  RungsLadderPlace end = rungs_ladder_place (RUNGS_LADDER_PRODUCT, top);
  RungsWhatIfChange about = rungs_what_if_change_of_arrow (club, end);
  RungsWhatIfChange wrong = rungs_what_if_change_of_arrow (end, club);
  g_autoptr (RungsWhatIf) what_if = NULL;
  g_autoptr (RungsWhatIfYear) base = NULL;
  g_autoptr (RungsWhatIfYear) told = NULL;

  g_assert_cmpint (rungs_offer_add (db, &offer, 1, NULL), >, 0);
  what_if = load (f, 365);
  base = year_of (what_if, NULL);
  g_assert_cmpfloat (rungs_what_if_count_up (product_year (what_if, base, top)->buyers), ==, 0);
  /* six have come to the club, and none has gone on: few, but cases */
  g_assert_true (rungs_what_if_present (what_if, &about));
  g_assert_cmpint (about.value, ==, 0);
  told = year_with (what_if, about, 5000);
  check_year (told);
  /* not before the offer is made, more than a month after the club */
  g_assert_cmpfloat (product_year (what_if, told, top)->buyers[11], >, 1);
  g_assert_cmpint (account (told, "EUR")->left[11], >, account (base, "EUR")->left[11]);
  g_assert_false (rungs_what_if_present (what_if, &wrong));
  g_assert_false (rungs_what_if_fits (what_if, &wrong));
  wrong.value = 5000;
  {
    g_autoptr (GArray) changes = rungs_what_if_changes_new ();
    g_autoptr (RungsWhatIfYear) year = NULL;

    rungs_what_if_changes_set (changes, &wrong);
    year = year_of (what_if, changes);
    assert_same (base, year);
  }
}

static void
test_nothing (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (RungsWhatIf) empty = load (f, 365);
  g_autoptr (RungsWhatIfYear) year = year_of (empty, NULL);
  g_autoptr (GArray) knobs = rungs_what_if_list (empty);
  g_autofree char *csv = rungs_what_if_to_csv (empty, year, year);
  gint64 kit;

  g_assert_cmpuint (year->accounts->len + year->products->len + knobs->len, ==, 0);
  g_assert_true (g_str_has_suffix (csv, "then_left\r\n"));
  kit = rungs_fixture_add_product (f, "KIT", 4900);
  {
    g_autoptr (RungsWhatIf) bare = load (f, 365);
    g_autoptr (RungsWhatIfYear) dear
        = year_with (bare, about_product (RUNGS_WHAT_IF_PRICE, kit), 9900);

    check_year (dear);
    g_assert_cmpint (rungs_what_if_sum (account (dear, "EUR")->left), ==, 0);
  }
}

static void
test_currencies (RungsFixture *f,
                 RungsDb      *db)
{
  Ladder l = add_ladder (f);
  gint64 lead = rungs_fixture_add_lead (f, "usa@example.com", NULL);
  g_autoptr (RungsWhatIf) what_if = NULL;
  g_autoptr (RungsWhatIfYear) base = NULL;
  g_autoptr (RungsWhatIfYear) dear = NULL;
  RungsWhatIfChange wrong = about_product (RUNGS_WHAT_IF_PRICE, l.kit);

  add_order (f, lead, l.kit, rungs_fixture_now (f) - 20 * DAY, 6000, "USD");
  what_if = load (f, 365);
  base = year_of (what_if, NULL);
  check_year (base);
  g_assert_cmpuint (base->accounts->len, ==, 2);
  g_assert_cmpstr (g_array_index (base->accounts, RungsWhatIfAccount, 1).currency, ==, "USD");
  g_assert_cmpint (account (base, "USD")->revenue[0], >, 0);
  g_assert_cmpint (account (base, "USD")->spend[0], ==, 0);
  /* a price is in the product's currency, and changes nothing in another one */
  dear = year_with (what_if, about_product (RUNGS_WHAT_IF_PRICE, l.kit), 9800);
  g_assert_cmpint (account (dear, "USD")->revenue[0], ==, account (base, "USD")->revenue[0]);
  g_assert_cmpint (account (dear, "EUR")->revenue[0], >, account (base, "EUR")->revenue[0]);
  g_strlcpy (wrong.currency, "USD", sizeof wrong.currency);
  g_assert_false (rungs_what_if_fits (what_if, &wrong));
}

/* A subscription of a month: who has it today pays on, and as many as in the period lapse. */
static void
test_subscription (RungsFixture *f,
                   RungsDb      *db)
{
  gint64 club = rungs_fixture_add_product (f, "CLUB", 1000);
  gint64 now = rungs_fixture_now (f);
  g_autoptr (RungsWhatIf) what_if = NULL;
  g_autoptr (RungsWhatIfYear) base = NULL;
  g_autoptr (RungsWhatIfYear) kept = NULL;
  double pieces;

  run (f, "UPDATE product SET period_months = 1 WHERE id = " ID, club);
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%d@example.com", i);
      gint64 lead = rungs_fixture_add_lead (f, email, NULL);

      add_order (f, lead, club, now - 50 * DAY, 1000, "EUR");
      run (f, "UPDATE order_line SET paid_until = " ID " WHERE paid_until IS NULL",
           now - 20 * DAY);
      if (i >= 20)
        continue;
      add_order (f, lead, club, now - 21 * DAY, 1000, "EUR");
      run (f, "UPDATE order_line SET paid_until = " ID " WHERE paid_until IS NULL",
           now + 10 * DAY);
    }
  what_if = load (f, 365);
  g_assert_cmpint (((RungsWhatIfProduct *) what_if->basis->products->pdata[0])->due, ==, 40);
  g_assert_cmpint (((RungsWhatIfProduct *) what_if->basis->products->pdata[0])->renewed, ==, 20);
  base = year_of (what_if, NULL);
  check_year (base);
  /* in the first month the twenty come to their end, and half of them pay again */
  pieces = product_year (what_if, base, club)->buyers[0];
  assert_near (product_year (what_if, base, club)->pieces[0], pieces + 10);
  /* in the second one, half of those, and of those who came in the first */
  assert_near (product_year (what_if, base, club)->pieces[1], pieces + (10 + pieces) / 2);
  kept = year_with (what_if, about_product (RUNGS_WHAT_IF_RENEWALS, club), 10000);
  assert_near (product_year (what_if, kept, club)->pieces[2], 3 * pieces + 20);
}

/* ---- the demo business */

static void
open_demo (RungsFixture *f)
{
  g_autofree char *path = g_build_filename (f->folder, "demo.rungs", NULL);
  g_autoptr (GError) error = NULL;

  rungs_db_close (g_steal_pointer (&f->db));
  f->db = rungs_demo_create (path, f->clock, &error);
  g_assert_no_error (error);
}

/* In the period as many pieces are sold as its own rates make of it: what is counted once is all
 * that was ordered. */
static void
test_counts_all (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autoptr (RungsWhatIf) what_if = NULL;
  g_autoptr (GArray) revenue = NULL;

  open_demo (f);
  what_if = load (f, 0);
  for (guint i = 0; i < what_if->basis->products->len; i++)
    {
      const RungsWhatIfProduct *product = rungs_what_if_basis_get_product (what_if->basis, i);
      g_autofree char *sql = g_strdup_printf (
          "SELECT coalesce (sum (quantity), 0) FROM order_line WHERE product = " ID, product->id);
      gint64 hits = 0;

      g_assert_cmpint (product->pieces + product->repeats + product->renewals, ==,
                       rungs_fixture_number (f, sql));
      for (guint j = 0; j < what_if->basis->arrows->len; j++)
        {
          const RungsWhatIfArrow *arrow = rungs_what_if_basis_get_arrow (what_if->basis, j);

          for (guint age = 0; arrow->to == i && age < RUNGS_WHAT_IF_AGES; age++)
            hits += arrow->later[age];
          hits += arrow->to == i ? arrow->at_once : 0;
        }
      g_assert_cmpint (hits, ==, product->buyers);
    }
  revenue = rungs_what_if_list_revenue (what_if);
  g_assert_cmpint (g_array_index (revenue, RungsMoney, 0).minor, ==,
                   rungs_fixture_number (f, "SELECT sum (amount) FROM order_line"));
}

/* More never brings fewer, and a knob at what holds now changes nothing. */
static void
test_monotony (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autoptr (RungsWhatIf) what_if = NULL;
  g_autoptr (RungsWhatIfYear) base = NULL;
  g_autoptr (GArray) knobs = NULL;

  open_demo (f);
  what_if = load (f, 365);
  base = year_of (what_if, NULL);
  check_year (base);
  g_assert_cmpint (rungs_what_if_sum (account (base, "EUR")->left), >, 0);
  knobs = rungs_what_if_list (what_if);
  g_assert_cmpuint (knobs->len, >, 20);
  for (guint i = 0; i < knobs->len; i++)
    {
      RungsWhatIfChange knob = g_array_index (knobs, RungsWhatIfChange, i);
      gint64 more = rungs_what_if_kind_is_money (knob.kind) ? knob.value * 2 + 100
                                                            : MIN (knob.value + 1000, 10000);
      g_autoptr (RungsWhatIfYear) year = year_with (what_if, knob, more);
      gint64 before = rungs_what_if_sum (account (base, "EUR")->revenue);
      gint64 after = rungs_what_if_sum (account (year, "EUR")->revenue);

      check_year (year);
      if (knob.kind == RUNGS_WHAT_IF_COST || knob.kind == RUNGS_WHAT_IF_REFUNDS)
        {
          g_assert_cmpint (after, ==, before);
          g_assert_cmpint (rungs_what_if_sum (account (year, "EUR")->left), <=,
                           rungs_what_if_sum (account (base, "EUR")->left));
        }
      else
        g_assert_cmpint (after, >=, before);
    }
}

/* ---- what is kept */

static void
test_scenarios (RungsFixture *f,
                RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  g_autoptr (RungsScenario) one = rungs_scenario_new ();
  g_autoptr (RungsScenario) read = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  RungsWhatIfChange change = about_product (RUNGS_WHAT_IF_PRICE, 3);

  g_assert_cmpint (rungs_scenario_add (db, one, now, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  change.value = 4900;
  g_strlcpy (change.currency, "EUR", sizeof change.currency);
  rungs_what_if_changes_set (one->changes, &change);
  change = rungs_what_if_change_of_arrow (
      rungs_ladder_place_by_path (RUNGS_LADDER_SOURCE, 2, RUNGS_PATH_IN_PERSON), change.at);
  change.value = 250;
  rungs_what_if_changes_set (one->changes, &change);
  g_free (one->name);
  one->name = g_strdup (" Dearer ");
  one->id = rungs_scenario_add (db, one, now, &error);
  g_assert_no_error (error);
  read = rungs_scenario_find (db, "dearer", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->name, ==, "Dearer");
  g_assert_true (rungs_what_if_changes_equal (read->changes, one->changes));
  read->id = 0;
  g_assert_cmpint (rungs_scenario_add (db, read, now, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (rungs_what_if_changes_unset (one->changes, &change));
  one->days = 90;
  g_assert_true (rungs_scenario_save (db, one, now + 1, &error));
  list = rungs_scenario_list (db, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((RungsScenario *) list->pdata[0])->days, ==, 90);
  g_assert_cmpuint (((RungsScenario *) list->pdata[0])->changes->len, ==, 1);
  g_assert_true (rungs_scenario_delete (db, one->id, &error));
  g_assert_false (rungs_scenario_save (db, one, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_wrong_changes (void)
{
  static const char *const WRONG[] = {
    "",
    "{}",
    "[3]",
    "[{\"change\": \"weather\", \"at\": \"product:3\", \"basis_points\": 5}]",
    "[{\"change\": \"price\", \"at\": \"product:3\", \"minor\": 4900}]",
    "[{\"change\": \"price\", \"at\": \"product:3\", \"minor\": -1, \"currency\": \"EUR\"}]",
    "[{\"change\": \"price\", \"at\": \"source:3\", \"minor\": 1, \"currency\": \"EUR\"}]",
    "[{\"change\": \"price\", \"at\": \"product:3\", \"minor\": 9000000000000000000,"
    "  \"currency\": \"EUR\"}]",
    "[{\"change\": \"refunds\", \"at\": \"product:3\", \"basis_points\": 10001}]",
    "[{\"change\": \"conversion\", \"at\": \"product:3\", \"basis_points\": 5}]",
    "[{\"change\": \"conversion\", \"at\": \"source:3\", \"to\": \"product:3\","
    "  \"basis_points\": 5}]",
    "[{\"change\": \"spend\", \"at\": \"source:3/direct\", \"minor\": 5, \"currency\": \"EUR\"}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_what_if_changes_from_json (WRONG[i], &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* ---- ladders by chance */

static gint64
some_time (RungsFixture *f)
{
  return rungs_fixture_now (f)
         - (g_test_rand_int_range (0, 4) == 0 ? g_test_rand_int_range (-3, 900)
                                              : g_test_rand_int_range (0, 90))
               * DAY
         - g_test_rand_int_range (0, 86400000);
}

static void
add_chance_ladder (RungsFixture *f)
{
  static const char *const KINDS[] = { "customers", "ppc", "jv", "affiliate" };

  for (int i = 1; i <= 4; i++)
    {
      run (f, "INSERT INTO source (id, kind, name, created_at) VALUES (%d, '%s', 'S%d', 0)", i,
           KINDS[i - 1], i);
      run (f, "UPDATE source SET retired_at = 1 WHERE id = %d AND %d", i,
           g_test_rand_int_range (0, 6) == 0);
    }
  for (int i = 1; i <= 6; i++)
    {
      run (f,
           "INSERT INTO product (id, sku, name, price, currency, cost, affiliate_rate, rung,"
           "                     period_months, lapse_days, retired_at, created_at)"
           " VALUES (%d, 'P%d', 'P', %d, '%s', %d, %d, %d, %s, 3, %s, 0)",
           i, i, g_test_rand_int_range (0, 5) * 1000, i % 3 ? "EUR" : "USD",
           g_test_rand_int_range (0, 3) * 100, g_test_rand_int_range (0, 10000), i,
           i % 2 ? "NULL" : "1", g_test_rand_int_range (0, 8) ? "NULL" : "1");
      run (f, "INSERT INTO product_holds (whole, part) VALUES (%d, %d)", i, i);
    }
  run (f, "INSERT INTO product_part (bundle, part) VALUES (6, 1), (6, 2)");
  run (f, "INSERT INTO product_holds (whole, part) VALUES (6, 1), (6, 2)");
  for (int i = 0; i < 8; i++)
    run (f,
         "INSERT INTO offer (from_product, to_product, kind, after_days, created_at)"
         " SELECT %d, %d, 'next', %d, 0 WHERE %d <> %d",
         1 + i % 6, 1 + (i * 5 + 2) % 6, g_test_rand_int_range (0, 3) * 400, 1 + i % 6,
         1 + (i * 5 + 2) % 6);
}

static void
add_chance_order (RungsFixture *f,
                  gint64        lead)
{
  gint64 at = some_time (f);

  run (f,
       "INSERT INTO sales_order (lead, at, currency, created_at) VALUES (" ID ", " ID ", '%s', 0)",
       lead, at, g_test_rand_int_range (0, 4) ? "EUR" : "USD");
  for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
    run (f,
         "INSERT INTO order_line (sales_order, product, quantity, amount, paid_until)"
         " SELECT max (o.id), p.id, %d, %d, iif (p.period_months IS NULL, NULL, " ID ")"
         "   FROM sales_order o, product p WHERE p.id = %d GROUP BY p.id",
         g_test_rand_int_range (1, 15), g_test_rand_int_range (0, 4) * 1000,
         at + g_test_rand_int_range (1, 60) * DAY, g_test_rand_int_range (1, 7));
  if (g_test_rand_int_range (0, 5) > 0)
    return;
  run (f, "INSERT INTO refund (sales_order, at, created_at) SELECT max (id), " ID ", 0"
          " FROM sales_order",
       MIN (at + 5 * DAY, rungs_fixture_now (f)));
  run (f, "INSERT INTO refund_line (refund, order_line, amount)"
          " SELECT (SELECT max (id) FROM refund), id, amount FROM order_line"
          " ORDER BY id DESC LIMIT 1");
}

static void
test_chance (RungsFixture *f,
             RungsDb      *db)
{
  add_chance_ladder (f);
  for (int i = g_test_rand_int_range (0, 60); i > 0; i--)
    {
      gint64 lead = rungs_fixture_add_lead (f, NULL, "Somebody");

      for (int n = g_test_rand_int_range (-1, 3); n > 0; n--)
        run (f, "INSERT INTO touch (lead, source, path, at) VALUES (" ID ", %d, '%s', " ID ")",
             lead, g_test_rand_int_range (1, 5), n % 2 ? "direct" : "opt-in", some_time (f));
      for (int n = g_test_rand_int_range (-1, 5); n > 0; n--)
        add_chance_order (f, lead);
    }
  for (int source = 1; source < 4; source++)
    run (f,
         "INSERT INTO source_spend (source, day, amount, currency)"
         " VALUES (%d, '2026-02-10', %d, '%s')",
         source, g_test_rand_int_range (0, 9000), source % 2 ? "EUR" : "USD");
  for (gint64 days = 0; days < 400; days = days * 7 + 1)
    {
      g_autoptr (RungsWhatIf) what_if = load (f, days);
      g_autoptr (RungsWhatIfYear) base = year_of (what_if, NULL);
      g_autoptr (GArray) knobs = rungs_what_if_list (what_if);
      g_autoptr (RungsWhatIfYear) year = NULL;

      check_year (base);
      for (guint i = 0; i < knobs->len; i++)
        {
          RungsWhatIfChange *knob = &g_array_index (knobs, RungsWhatIfChange, i);

          g_assert_true (rungs_what_if_fits (what_if, knob));
          knob->value = g_test_rand_int_range (0, 10001);
        }
      year = year_of (what_if, knobs);
      check_year (year);
    }
}

/* What gets too large is refused, and does not become something else. */
static void
test_too_large (RungsFixture *f,
                RungsDb      *db)
{
  Ladder l = add_ladder (f);
  g_autoptr (RungsWhatIf) what_if = load (f, 365);
  g_autoptr (GArray) changes = rungs_what_if_changes_new ();
  RungsWhatIfChange price = about_product (RUNGS_WHAT_IF_PRICE, l.kit);
  RungsWhatIfChange spend = rungs_what_if_change (
      RUNGS_WHAT_IF_SPEND, rungs_ladder_place (RUNGS_LADDER_SOURCE, l.ads));
  g_autoptr (GError) error = NULL;

  rungs_what_if_present (what_if, &price);
  rungs_what_if_present (what_if, &spend);
  price.value = spend.value = RUNGS_WHAT_IF_MOST;
  rungs_what_if_changes_set (changes, &price);
  rungs_what_if_changes_set (changes, &spend);
  g_assert_null (rungs_what_if_year (what_if, changes, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/what-if/by-hand", test_by_hand);
  rungs_fixture_add_test ("/what-if/changes", test_changes);
  rungs_fixture_add_test ("/what-if/unknown", test_unknown);
  rungs_fixture_add_test ("/what-if/nothing", test_nothing);
  rungs_fixture_add_test ("/what-if/currencies", test_currencies);
  rungs_fixture_add_test ("/what-if/subscription", test_subscription);
  g_test_add_func ("/what-if/counts-all", test_counts_all);
  g_test_add_func ("/what-if/monotony", test_monotony);
  rungs_fixture_add_test ("/what-if/scenarios", test_scenarios);
  g_test_add_func ("/what-if/wrong-changes", test_wrong_changes);
  for (int i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("/what-if/chance/%d", i);

      rungs_fixture_add_test (name, test_chance);
    }
  rungs_fixture_add_test ("/what-if/too-large", test_too_large);
  return g_test_run ();
}
