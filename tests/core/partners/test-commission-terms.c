/* test-commission-terms.c: the second tier, shares of a profit, tax and discounts of a line. */

#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-list-store.h"
#include "partners/rungs-partner-status-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-sale-case.h"

#define SECOND "{\"tax\": 1900, \"second\": 500, \"rates\": [{\"rate\": 3000}]}"
#define PROFIT "{\"rates\": [{\"profit\": 5000}]}"

/* ---- the second tier */

/* Carla recruited Bert, who recruited Anna, who sells. */
typedef struct
{
  RungsSale first; /* of before they recruited each other */
  gint64 anna;
  gint64 bert;
  gint64 carla;
  gint64 order;
} Tiers;

static gint64
sell_again (RungsFixture    *fixture,
            RungsDb         *db,
            const RungsSale *sale)
{
  gint64 order = rungs_fixture_add_order (fixture, sale->lead, sale->product);

  rungs_sale_follow (fixture, db);
  return order;
}

static Tiers
make_tiers (RungsFixture *fixture,
            RungsDb      *db,
            const char   *terms,
            gint64        price)
{
  g_autoptr (GError) error = NULL;
  Tiers tiers = { .first = rungs_sale_make (fixture, db, terms, price) };
  g_autoptr (RungsProgramme) programme = rungs_programme_load_by_name (db, "Friends", 1, &error);

  tiers.anna = tiers.first.partner;
  tiers.bert = rungs_sale_add_partner (fixture, db, "Bert", programme->id);
  tiers.carla = rungs_sale_add_partner (fixture, db, "Carla", programme->id);
  rungs_sale_refund (fixture, db, tiers.first.order, price);
  rungs_sale_set_recruiter (fixture, db, tiers.anna, tiers.bert);
  rungs_sale_set_recruiter (fixture, db, tiers.bert, tiers.carla);
  tiers.order = sell_again (fixture, db, &tiers.first);
  return tiers;
}

static void
assert_held (RungsDb     *db,
             const Tiers *tiers,
             gint64       anna,
             gint64       bert,
             gint64       carla)
{
  rungs_sale_assert_balance (db, tiers->anna, RUNGS_LEDGER_HELD, -anna);
  rungs_sale_assert_balance (db, tiers->bert, RUNGS_LEDGER_HELD, -bert);
  rungs_sale_assert_balance (db, tiers->carla, RUNGS_LEDGER_HELD, -carla);
}

static void
credit (RungsDb *db,
        gint64   order,
        gint64   partner)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_referral_set (db, order, partner, 5, &error));
  g_assert_true (rungs_commission_settle (db, order, 5, &error));
  g_assert_no_error (error);
}

/* The words of the newest entry that moves something of the partner. */
static void
assert_words (RungsDb    *db,
              gint64      partner,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = rungs_partner_list_entries (db, partner, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((RungsLedgerEntry *) entries->pdata[0])->words, ==, expected);
}

/* A row of its own, of the same base and hold; it goes with the sale. */
static void
test_second (RungsFixture *fixture,
             RungsDb      *db)
{
  Tiers tiers = make_tiers (fixture, db, SECOND, 11900);

  assert_held (db, &tiers, 3000, 500, 0);
  assert_words (db, tiers.bert, "5 % of 100.00 EUR · second tier");
  assert_words (db, tiers.anna, "30 % of 100.00 EUR");
  rungs_sale_refund (fixture, db, tiers.order, 3967);
  assert_held (db, &tiers, 2000, 333, 0);
  rungs_fixture_pass (fixture, 30 * DAY);
  rungs_sale_release (fixture, db, 3); /* one of them is the one that was given back before */
  rungs_sale_assert_balance (db, tiers.bert, RUNGS_LEDGER_APPROVED, -333);
  rungs_sale_refund (fixture, db, tiers.order, 11900 - 3967);
  rungs_sale_assert_balance (db, tiers.bert, RUNGS_LEDGER_APPROVED, 0);
  rungs_sale_assert_balance (db, tiers.bert, RUNGS_LEDGER_EXPENSE, 0);
}

/* Who has ended by the order's moment earns nothing by it; later is no matter. */
static void
test_second_ended (RungsFixture *fixture,
                   RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Tiers tiers = make_tiers (fixture, db, SECOND, 11900);

  rungs_fixture_pass (fixture, DAY);
  g_assert_true (rungs_partner_set_status (db, tiers.bert, RUNGS_PARTNER_ENDED, NULL,
                                           rungs_fixture_now (fixture), &error));
  rungs_sale_refund (fixture, db, tiers.order, 1190);
  assert_held (db, &tiers, 2700, 450, 0);
  sell_again (fixture, db, &tiers.first);
  assert_held (db, &tiers, 5700, 450, 0);
}

/* Who recruited the partner is looked up once, when the order is booked. */
static void
test_second_later (RungsFixture *fixture,
                   RungsDb      *db)
{
  Tiers tiers = make_tiers (fixture, db, SECOND, 11900);

  rungs_sale_set_recruiter (fixture, db, tiers.anna, tiers.carla);
  rungs_sale_refund (fixture, db, tiers.order, 1190);
  assert_held (db, &tiers, 2700, 450, 0);
  sell_again (fixture, db, &tiers.first);
  assert_held (db, &tiers, 5700, 450, 500);
}

/* With the credit goes the second tier, whoever gets it, and comes back with it. */
static void
test_second_credited (RungsFixture *fixture,
                      RungsDb      *db)
{
  Tiers tiers = make_tiers (fixture, db, SECOND, 11900);

  credit (db, tiers.order, tiers.bert);
  assert_held (db, &tiers, 0, 3000, 500);
  assert_words (db, tiers.bert, "30 % of 100.00 EUR");
  credit (db, tiers.order, tiers.carla);
  assert_held (db, &tiers, 0, 0, 3000);
  credit (db, tiers.order, tiers.anna);
  assert_held (db, &tiers, 3000, 500, 0);
  credit (db, tiers.order, 0);
  assert_held (db, &tiers, 0, 0, 0);
}

/* Of two whom the same one recruited each brings the recruiter what their terms say. */
static void
test_second_of_two (RungsFixture *fixture,
                    RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms
      = rungs_terms_parse ("{\"second\": 1000, \"rates\": [{\"rate\": 100}]}", &error);
  gint64 best = rungs_programme_add (db, "Best", 1, &error);
  Tiers tiers = make_tiers (fixture, db, SECOND, 11900);
  gint64 dora;

  g_assert_cmpint (rungs_programme_set_terms (db, best, 0, terms, 1, &error), >, 0);
  dora = rungs_sale_add_partner (fixture, db, "Dora", best);
  rungs_sale_set_recruiter (fixture, db, dora, tiers.bert);
  credit (db, tiers.order, dora);
  assert_held (db, &tiers, 0, 1190, 0);
  rungs_sale_assert_balance (db, dora, RUNGS_LEDGER_HELD, -119);
  credit (db, tiers.order, tiers.anna);
  assert_held (db, &tiers, 3000, 500, 0);
  credit (db, tiers.order, dora);
  assert_held (db, &tiers, 0, 1190, 0);
}

/* Of a fixed amount it is a share of what was paid; where nothing fits, there is none. */
static void
test_second_of_fixed (RungsFixture *fixture,
                      RungsDb      *db)
{
  Tiers tiers = make_tiers (fixture, db,
                            "{\"second\": 500, \"rates\": [{\"sale\": \"later\", \"fixed\": 700,"
                            " \"currency\": \"EUR\"}]}",
                            1000);
  gint64 lead = rungs_fixture_add_lead (fixture, "c@example.com", "C");

  assert_held (db, &tiers, 700, 50, 0);
  rungs_sale_click (db, lead, tiers.anna, rungs_fixture_now (fixture));
  rungs_fixture_add_order (fixture, lead, tiers.first.product);
  rungs_sale_follow (fixture, db);
  assert_held (db, &tiers, 700, 50, 0);
}

static void
test_second_by_hand (RungsFixture *fixture,
                     RungsDb      *db)
{
  Tiers tiers = make_tiers (
      fixture, db, "{\"approve\": \"hand\", \"second\": 500, \"rates\": [{\"rate\": 3000}]}", 1000);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = rungs_commission_list_of_order (db, tiers.order, &error);
  gint64 line = ((RungsCommission *) list->pdata[0])->order_line;

  g_assert_cmpuint (list->len, ==, 2);
  rungs_fixture_pass (fixture, 40 * DAY);
  g_assert_true (rungs_commission_approve (db, line, tiers.bert, TRUE, 5, &error));
  rungs_sale_release (fixture, db, 1);
  rungs_sale_assert_balance (db, tiers.bert, RUNGS_LEDGER_APPROVED, -50);
  assert_words (db, tiers.bert, "second tier");
  rungs_sale_assert_balance (db, tiers.anna, RUNGS_LEDGER_APPROVED, 0);
}

static void
test_no_circles (RungsFixture *fixture,
                 RungsDb      *db)
{
  Tiers tiers = make_tiers (fixture, db, SECOND, 1000);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) carla = rungs_partner_load (db, tiers.carla, &error);
  g_auto (GStrv) recruits = rungs_partner_list_recruits (db, tiers.carla, &error);
  g_autoptr (GArray) below = rungs_partner_list_below (db, tiers.bert, &error);
  const gint64 tried[] = { tiers.carla, tiers.bert, tiers.anna };

  for (guint i = 0; i < G_N_ELEMENTS (tried); i++)
    {
      carla->recruited_by = tried[i];
      g_assert_false (rungs_partner_save (db, carla, 5, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_cmpuint (below->len, ==, 2);
  g_assert_cmpint (g_array_index (below, gint64, 0), ==, tiers.bert);
  g_assert_cmpint (g_array_index (below, gint64, 1), ==, tiers.anna);
  g_assert_cmpuint (g_strv_length (recruits), ==, 1);
  g_assert_cmpstr (recruits[0], ==, "Bert");
}

/* ---- a share of the profit */

static void
set_cost (RungsDb    *db,
          gint64      id,
          gint64      cost,
          const char *currency)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsProduct) product = rungs_product_load (db, id, &error);

  product->cost = cost;
  g_strlcpy (product->price.currency, currency, sizeof product->price.currency);
  g_assert_true (rungs_product_save (db, product, &error));
  g_assert_no_error (error);
}

/* The cost of the moment counts for ever; the part of it that is given back goes with the price. */
static void
test_profit (RungsFixture *fixture,
             RungsDb      *db)
{
  RungsSale sale
      = rungs_sale_make (fixture, db, "{\"tax\": 1900, \"rates\": [{\"profit\": 5000}]}", 11900);
  gint64 order;

  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -5000);
  assert_words (db, sale.partner, "50 % of 100.00 EUR · profit, of which no costs are known");
  set_cost (db, sale.product, 4001, "EUR");
  rungs_sale_refund (fixture, db, sale.order, 11900);
  order = sell_again (fixture, db, &sale);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -3000); /* 2999.5 */
  assert_words (db, sale.partner, "50 % of 59.99 EUR · profit, after costs of 40.01 EUR");
  set_cost (db, sale.product, 9900, "EUR");
  rungs_sale_refund (fixture, db, order, 5950); /* 50.00 less 20.00: 2000.5, half to even */
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -1500);
  assert_words (db, sale.partner, "50 % of 30.00 EUR · profit, after costs of 20.00 EUR");
  rungs_sale_refund (fixture, db, order, 5950);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
}

/* A loss is no debt of the partner's. */
static void
test_loss (RungsFixture *fixture,
           RungsDb      *db)
{
  RungsSale sale = rungs_sale_make (fixture, db, PROFIT, 1000);

  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -500);
  set_cost (db, sale.product, 1001, "EUR");
  sell_again (fixture, db, &sale);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -500);
}

/* The second tier is of the profit, too. */
static void
test_second_of_profit (RungsFixture *fixture,
                       RungsDb      *db)
{
  Tiers tiers
      = make_tiers (fixture, db, "{\"second\": 1000, \"rates\": [{\"profit\": 5000}]}", 1000);

  assert_held (db, &tiers, 500, 100, 0);
  set_cost (db, tiers.first.product, 400, "EUR");
  sell_again (fixture, db, &tiers.first);
  assert_held (db, &tiers, 800, 160, 0);
  assert_words (db, tiers.bert, "10 % of 6.00 EUR · profit, after costs of 4.00 EUR · second tier");
}

/* What a piece costs in another currency is told at the rate of the day, if there is one. */
static void
test_cost_abroad (RungsFixture *fixture,
                  RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  RungsExchangeRate rate = { .base = "USD", .quote = "EUR", .rate = RUNGS_EXCHANGE_ONE / 2,
                             .day = "2000-01-01" };
  RungsSale sale = rungs_sale_make (fixture, db, PROFIT, 1000);
  g_autoptr (RungsOrder) order = NULL;
  gint64 now = rungs_fixture_now (fixture);

  rungs_sale_refund (fixture, db, sale.order, 1000);
  set_cost (db, sale.product, 401, "USD");
  order = rungs_order_new (sale.lead, now);
  g_strlcpy (order->currency, "EUR", sizeof order->currency);
  rungs_order_add_line (order, sale.product, 2, 1000);
  g_assert_cmpint (rungs_order_add (db, order, now, &error), >, 0);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -500);
  assert_words (db, sale.partner, "50 % of 10.00 EUR · profit, of which no costs are known");
  g_array_append_val (rates, rate);
  g_assert_true (rungs_exchange_rates_set (db, rates, NULL, &error));
  g_assert_cmpint (rungs_order_add (db, order, now, &error), >, 0);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -800); /* 599 / 2 = 299.5 */
  assert_words (db, sale.partner, "50 % of 5.99 EUR · profit, after costs of 4.01 EUR");
}

/* ---- tax and discount */

/* Places an order of one line, and returns it. */
static gint64
sell_line (RungsFixture    *fixture,
           RungsDb         *db,
           const RungsSale *sale,
           gint64           amount,
           gint64           tax,
           gint64           discount)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);
  g_autoptr (RungsOrder) order = rungs_order_new (sale->lead, now);
  RungsOrderLine *line;
  gint64 id;

  rungs_order_add_line (order, sale->product, 1, amount);
  line = order->lines->pdata[0];
  line->tax = tax;
  line->discount = discount;
  id = rungs_order_add (db, order, now, &error);
  g_assert_no_error (error);
  rungs_sale_follow (fixture, db);
  return id;
}

/* What a line says of its tax goes before the terms; of a part it is the same part. */
static void
test_tax (RungsFixture *fixture,
          RungsDb      *db)
{
  RungsSale sale
      = rungs_sale_make (fixture, db, "{\"tax\": 1900, \"rates\": [{\"rate\": 10000}]}", 11900);
  gint64 order;

  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -10000);
  rungs_sale_refund (fixture, db, sale.order, 11900);
  order = sell_line (fixture, db, &sale, 10700, 700, 500);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -10000);
  rungs_sale_refund (fixture, db, order, 5351); /* 5349 · 10000 / 10700 = 4999.07 */
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -4999);
  sell_line (fixture, db, &sale, 1000, 0, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -5999);
}

static void
test_before_discount (RungsFixture *fixture,
                      RungsDb      *db)
{
  RungsSale sale = rungs_sale_make (
      fixture, db, "{\"tax\": 1900, \"before_discount\": true, \"rates\": [{\"rate\": 5000}]}",
      11900);
  gint64 order, free;

  rungs_sale_refund (fixture, db, sale.order, 11900);
  order = sell_line (fixture, db, &sale, RUNGS_AMOUNT_DEFAULT, RUNGS_TAX_UNKNOWN, 5950);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -5000);
  assert_words (db, sale.partner, "50 % of 100.00 EUR · before the discount");
  rungs_sale_refund (fixture, db, order, 2975);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -2500);
  rungs_sale_refund (fixture, db, order, 2975);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
  sell_line (fixture, db, &sale, 5350, 350, 5350); /* 10700 with 7 % */
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -5000);
  free = sell_line (fixture, db, &sale, 0, RUNGS_TAX_UNKNOWN, 11900);
  g_assert_cmpint (free, >, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -10000);
}

/* Costs are taken off what is left without tax. */
static void
test_profit_of_taxed (RungsFixture *fixture,
                      RungsDb      *db)
{
  RungsSale sale = rungs_sale_make (fixture, db, PROFIT, 1000);

  rungs_sale_refund (fixture, db, sale.order, 1000);
  set_cost (db, sale.product, 400, "EUR");
  sell_line (fixture, db, &sale, 1070, 70, 100);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -300);
}

static void
test_unsound_lines (RungsFixture *fixture,
                    RungsDb      *db)
{
  static const gint64 WRONG[][3] = {
    { 1000, 1001, 0 }, { 1000, -2, 0 }, { 1000, 0, -1 }, { RUNGS_AMOUNT_DEFAULT, 0, 1001 },
  };
  RungsSale sale = rungs_sale_make (fixture, db, PROFIT, 1000);

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsOrder) order = rungs_order_new (sale.lead, 1);
      RungsOrderLine *line;

      rungs_order_add_line (order, sale.product, 1, WRONG[i][0]);
      line = order->lines->pdata[0];
      line->tax = WRONG[i][1];
      line->discount = WRONG[i][2];
      g_assert_cmpint (rungs_order_add (db, order, 1, &error), ==, 0);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* ---- terms */

static void
test_said_back (void)
{
  static const char TERMS[]
      = "{\"tax\":0,\"hold_days\":30,\"approve\":\"rule\",\"before_discount\":true,"
        "\"second\":500,\"rates\":[{\"profit\":5000}]}";
  static const char OLD[]
      = "{\"tax\":0,\"hold_days\":30,\"approve\":\"rule\",\"rates\":[{\"rate\":1}]}";
  static const char *const WRONG[] = {
    "{\"second\": 10001, \"rates\": []}",
    "{\"second\": \"5 %\", \"rates\": []}",
    "{\"before_discount\": 1, \"rates\": []}",
    "{\"rates\": [{\"profit\": 10001}]}",
    "{\"rates\": [{\"profit\": 5000, \"rate\": 5000}]}",
  };
  const char *const right[] = { TERMS, OLD };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (RungsTerms) terms = rungs_terms_parse (right[i], NULL);
      g_autofree char *json = rungs_terms_to_json (terms);

      g_assert_cmpstr (json, ==, right[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_terms_parse (WRONG[i], &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/second/sale", test_second);
  rungs_fixture_add_test ("/partners/second/ended", test_second_ended);
  rungs_fixture_add_test ("/partners/second/recruited-later", test_second_later);
  rungs_fixture_add_test ("/partners/second/credited-by-hand", test_second_credited);
  rungs_fixture_add_test ("/partners/second/of-two", test_second_of_two);
  rungs_fixture_add_test ("/partners/second/of-fixed", test_second_of_fixed);
  rungs_fixture_add_test ("/partners/second/approved-by-hand", test_second_by_hand);
  rungs_fixture_add_test ("/partners/second/no-circles", test_no_circles);
  rungs_fixture_add_test ("/partners/profit/sale", test_profit);
  rungs_fixture_add_test ("/partners/profit/loss", test_loss);
  rungs_fixture_add_test ("/partners/profit/second", test_second_of_profit);
  rungs_fixture_add_test ("/partners/profit/cost-abroad", test_cost_abroad);
  rungs_fixture_add_test ("/partners/base/tax", test_tax);
  rungs_fixture_add_test ("/partners/base/before-discount", test_before_discount);
  rungs_fixture_add_test ("/partners/base/profit", test_profit_of_taxed);
  rungs_fixture_add_test ("/partners/base/unsound", test_unsound_lines);
  g_test_add_func ("/partners/terms/said-back", test_said_back);
  return g_test_run ();
}
