/* test-ladder-words.c: how the figures of the ladder map are said. */

#include "ladder/rungs-ladder-words.h"

#include <locale.h>

static GArray *
monies (gint64      first,
        const char *currency)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  RungsMoney money = rungs_money (first, currency);

  if (first != 0)
    g_array_append_val (array, money);
  return array;
}

static RungsLadderShare
share_of (gint64 hits,
          gint64 cases,
          gint64 money)
{
  return (RungsLadderShare) {
    .cases = cases,
    .hits = hits,
    .too_few = cases < RUNGS_LADDER_FEW,
    .share = rungs_wilson (hits, cases),
    .money = monies (money, "EUR"),
    .converted = monies (0, "EUR"),
  };
}

static void
share_clear (RungsLadderShare *share)
{
  g_array_unref (share->money);
  g_array_unref (share->converted);
}

static void
assert_words (char       *words,
              const char *expected)
{
  g_assert_cmpstr (words, ==, expected);
  g_free (words);
}

static void
test_shares (void)
{
  static const struct
  {
    gint64 hits;
    gint64 cases;
    const char *words;
    const char *brief;
    const char *interval;
  } CASES[] = {
    { 39, 1204, "3.2 % (2.4–4.4 %) of 1204", "39 · 3.2 %", "2.4–4.4 %" },
    { 0, 400, "0.0 % (0.0–1.0 %) of 400", "0 · 0.0 %", "0.0–1.0 %" },
    { 20, 20, "100.0 % (83.9–100.0 %) of 20", "20 · 100.0 %", "83.9–100.0 %" },
    { 3, 7, "too few to say (7)", "3 of 7", "too few" },
    { 0, 19, "too few to say (19)", "0 of 19", "too few" },
    { 0, 0, "nobody yet", "–", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      RungsLadderShare share = share_of (CASES[i].hits, CASES[i].cases, 0);

      assert_words (rungs_ladder_words_share (&share), CASES[i].words);
      assert_words (rungs_ladder_words_share_short (&share), CASES[i].brief);
      assert_words (rungs_ladder_words_interval (&share), CASES[i].interval);
      share_clear (&share);
    }
}

/* What was paid otherwise makes a sum one that is told at rates. */
static void
test_told (void)
{
  g_autoptr (GArray) euros = monies (4900, "EUR");
  g_autoptr (GArray) dollars = monies (5000, "USD");
  g_autoptr (GArray) none = monies (0, "USD");

  assert_words (rungs_ladder_words_told (euros, dollars), "≈ €49.00");
  assert_words (rungs_ladder_words_told (euros, none), "€49.00");
  assert_words (rungs_ladder_words_converted (dollars), "Of it at your rates: $50.00");
  g_assert_null (rungs_ladder_words_converted (none));
}

static void
test_sentences (void)
{
  RungsLadderShare many = share_of (39, 1204, 341000);
  RungsLadderShare few = share_of (0, 1, 0);

  assert_words (rungs_ladder_words_share_long (&many),
                "39 of 1204 leads went on: 3.2 %, most likely between 2.4 % and 4.4 %. They have"
                " paid €3410.00.");
  assert_words (rungs_ladder_words_share_long (&few),
                "0 of 1 lead went on: too few to tell a share.");
  share_clear (&many);
  share_clear (&few);
}

static void
test_paths (void)
{
  RungsLadderFlow *flow = g_new0 (RungsLadderFlow, 1);

  flow->all = share_of (10, 107, 0);
  for (int path = 0; path < RUNGS_LADDER_PATHS; path++)
    flow->by_path[path] = share_of (path == 1 ? 3 : 0, path == 1 ? 7 : path == 0 ? 100 : 0, 0);
  assert_words (rungs_ladder_words_paths (flow),
                "Opt-in: 0 – 0.0 % (0.0–3.7 %) of 100\nDirect: 3 – too few to say (7)");
  rungs_ladder_flow_free (flow);
}

/* Its partner earned so much. */
static void
earn (RungsLadderSourceFigures *source,
      gint64                    minor)
{
  g_array_unref (source->commission);
  g_array_unref (source->costs);
  source->commission = monies (minor, "EUR");
  source->costs = monies (341000 + minor, "EUR");
  source->cost = rungs_money (449, "EUR");
  source->cost_commission = rungs_money (166, "EUR");
}

static void
test_source (void)
{
  RungsLadderSourceFigures source = {
    .leads = 1204,
    .spend = monies (341000, "EUR"),
    .commission = monies (0, "EUR"),
    .costs = monies (341000, "EUR"),
    .has_cost = TRUE,
    .cost = rungs_money (283, "EUR"),
    .cost_spent = rungs_money (283, "EUR"),
    .cost_commission = rungs_money (0, "EUR"),
    .front = monies (210000, "EUR"),
    .back = monies (560000, "EUR"),
    .spend_converted = monies (0, "EUR"),
    .commission_converted = monies (0, "EUR"),
    .costs_converted = monies (0, "EUR"),
    .front_converted = monies (0, "EUR"),
    .back_converted = monies (0, "EUR"),
    .can_pay_back = TRUE,
    .paid_back = "2026-03-03",
  };
  char *front = NULL, *back = NULL;

  assert_words (rungs_ladder_words_source (&source), "1204 leads · €3410.00 spent · €2.83 each");
  assert_words (rungs_ladder_words_income (&source),
                "€2100.00 at the front · €5600.00 at the back");
  assert_words (rungs_ladder_words_payback (&source), "Paid back on 3 March 2026");
  g_assert_true (rungs_ladder_words_balance (&source, &front, &back));
  assert_words (front, "−€1310.00 at the front");
  assert_words (back, "+€5600.00 at the back");
  *source.paid_back = '\0';
  assert_words (rungs_ladder_words_payback (&source), "Not paid back yet");
  source.can_pay_back = FALSE;
  g_assert_null (rungs_ladder_words_payback (&source));
  assert_words (rungs_ladder_words_cost_parts (&source), "all of it spent");
  earn (&source, 200000);
  assert_words (rungs_ladder_words_source (&source),
                "1204 leads · €3410.00 spent · €2000.00 commissions\n"
                "€4.49 per lead: €2.83 spent, €1.66 commissions");
  source.can_pay_back = TRUE;
  g_assert_true (rungs_ladder_words_balance (&source, &front, &back));
  assert_words (front, "−€3310.00 at the front");
  assert_words (back, "+€5600.00 at the back");
  g_array_set_size (source.spend, 0);
  assert_words (rungs_ladder_words_cost_parts (&source), "all of it commissions");
  assert_words (rungs_ladder_words_costs (&source), "€2000.00 commissions");
  g_array_set_size (source.commission, 0);
  source.has_cost = FALSE;
  g_assert_null (rungs_ladder_words_cost_parts (&source));
  source.leads = 1;
  assert_words (rungs_ladder_words_source (&source), "1 lead");
  g_array_unref (source.spend);
  g_array_unref (source.commission);
  g_array_unref (source.costs);
  g_array_unref (source.front);
  g_array_unref (source.back);
  g_array_unref (source.spend_converted);
  g_array_unref (source.commission_converted);
  g_array_unref (source.costs_converted);
  g_array_unref (source.front_converted);
  g_array_unref (source.back_converted);
}

static void
test_nodes (void)
{
  RungsLadderProductFigures product
    = { .revenue = monies (490000, "EUR"), .revenue_converted = monies (0, "EUR") };
  RungsLadderSequenceFigures sequence = { .walking = 1200, .finished = 30, .bought = 4 };

  product.refunds = share_of (3, 95, 0);
  assert_words (rungs_ladder_words_product (&product),
                "€4900.00 · 3.2 % of buyers got money back (1.1–8.9 %)");
  share_clear (&product.refunds);
  product.refunds = share_of (1, 2, 0);
  assert_words (rungs_ladder_words_product (&product), "€4900.00 · 1 of 2 buyers got money back");
  share_clear (&product.refunds);
  product.refunds = share_of (0, 2, 0);
  assert_words (rungs_ladder_words_product (&product), "€4900.00");
  share_clear (&product.refunds);
  g_array_unref (product.revenue);
  g_array_unref (product.revenue_converted);
  assert_words (rungs_ladder_words_sequence (&sequence),
                "1200 in it now · 30 to the end · 4 bought");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ladder/words/shares", test_shares);
  g_test_add_func ("/ladder/words/told", test_told);
  g_test_add_func ("/ladder/words/sentences", test_sentences);
  g_test_add_func ("/ladder/words/paths", test_paths);
  g_test_add_func ("/ladder/words/source", test_source);
  g_test_add_func ("/ladder/words/nodes", test_nodes);
  return g_test_run ();
}
