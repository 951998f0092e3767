/* test-ladder-figures.c: what the arrows and nodes of the ladder map carry. */

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-demo.h"
#include "insights/rungs-ladder-keep-store.h"
#include "insights/rungs-ladder-number.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-source-store.h"
#include "partners/rungs-ledger-cost-store.h"
#include "partners/rungs-ledger-store.h"
#include "rungs-chance-ladder.h"
#include "rungs-fixture.h"
#include "rungs-naive-ladder.h"
#include "rungs-naive-products.h"
#include "rungs-naive-rates.h"

#define DAY G_GINT64_CONSTANT (86400000)

static RungsLadderFigures *
load (RungsFixture *f,
      gint64        from,
      gint64        until)
{
  RungsLadderQuestion question = { .from = from, .until = until, .now = rungs_fixture_now (f) };
  g_autoptr (GError) error = NULL;
  RungsLadderFigures *figures = rungs_ladder_figures_load (f->db, &question, &error);

  g_assert_no_error (error);
  return figures;
}

static void
touch (RungsFixture *f,
       gint64        lead,
       gint64        source,
       RungsPath     path)
{
  g_autoptr (GError) error = NULL;

  rungs_touch_add (f->db, lead, source, path, rungs_fixture_now (f), NULL, &error);
  g_assert_no_error (error);
}

/* One lead comes, costs, buys, buys more, and gets something back after the period. */
static void
test_one_lead (RungsFixture *f,
               RungsDb      *db)
{
  gint64 from = rungs_fixture_now (f);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = rungs_fixture_add_product (f, "KIT", 4900);
  gint64 club = rungs_fixture_add_product (f, "CLUB", 9900);
  gint64 ads = rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", from, NULL);
  g_autoptr (RungsLadderFigures) figures = NULL;
  g_autoptr (RungsLadderFlow) flow = NULL;
  g_autoptr (RungsLadderFlow) offer = NULL;
  const RungsLadderSourceFigures *source;
  gint64 order;

  rungs_spend_add (db, ads, "2026-03-02", rungs_money (10000, "EUR"), NULL, NULL);
  touch (f, ann, ads, RUNGS_PATH_DIRECT);
  rungs_fixture_pass (f, RUNGS_DAY);
  rungs_fixture_add_order (f, ann, kit);
  rungs_fixture_pass (f, RUNGS_DAY);
  order = rungs_fixture_add_order (f, ann, club);
  rungs_fixture_pass (f, 30 * RUNGS_DAY);
  rungs_refund_add (db, order, 0, 900, "", rungs_fixture_now (f), rungs_fixture_now (f), NULL);

  figures = load (f, from, from + 5 * RUNGS_DAY);
  source = rungs_ladder_figures_get_source (figures, ads);
  g_assert_cmpint (source->leads, ==, 1);
  g_assert_cmpint (source->new_leads, ==, 1);
  g_assert_cmpint (source->by_path[RUNGS_PATH_DIRECT], ==, 1);
  g_assert_true (source->has_cost);
  g_assert_cmpint (source->cost.minor, ==, 10000);
  g_assert_cmpint (g_array_index (source->front, RungsMoney, 0).minor, ==, 4900);
  g_assert_cmpint (g_array_index (source->back, RungsMoney, 0).minor, ==, 9000);
  g_assert_cmpstr (source->paid_back, ==, "2026-03-04");

  flow = rungs_ladder_figures_flow (
    figures, rungs_ladder_place_by_path (RUNGS_LADDER_SOURCE, ads, RUNGS_PATH_DIRECT),
    rungs_ladder_place (RUNGS_LADDER_PRODUCT, kit));
  g_assert_cmpint (flow->all.cases, ==, 1);
  g_assert_cmpint (flow->all.hits, ==, 1);
  g_assert_true (flow->all.too_few);
  offer = rungs_ladder_figures_flow (figures, rungs_ladder_place (RUNGS_LADDER_PRODUCT, kit),
                                     rungs_ladder_place (RUNGS_LADDER_PRODUCT, club));
  g_assert_cmpint (offer->all.hits, ==, 1);
  g_assert_cmpint (g_array_index (offer->by_path[RUNGS_PATH_DIRECT].money, RungsMoney, 0).minor,
                   ==, 9000);
  g_assert_null (rungs_ladder_figures_get_source (figures, 99));
}

static void
test_nobody (RungsFixture *f,
             RungsDb      *db)
{
  RungsLadderQuestion question = { .from = 0, .until = G_MAXINT64, .now = rungs_fixture_now (f) };
  g_autoptr (RungsLadderFigures) figures = load (f, 0, G_MAXINT64);

  g_assert_cmpint (rungs_ladder_figures_get_opt_in (figures)->leads, ==, 0);
  g_assert_cmpint (rungs_ladder_figures_get_kind (figures, RUNGS_SOURCE_PPC)->leads, ==, 0);
  rungs_naive_compare (f, &question);
}

static void
test_texts (void)
{
  static const char *const TEXTS[]
    = { "kind:ppc",   "kind:customers/opt-in", "source:3", "source:3/in person",
        "sequence:4", "product:5",             "opt-in" };
  static const char *const WRONG[]
    = { "", "kind:", "kind:tv", "source:0", "source:x", "product:3/direct", "source:3/air", "opt" };
  RungsLadderPlace place;

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (rungs_ladder_place_from_text (TEXTS[i], &place));
      text = rungs_ladder_place_to_text (place);
      g_assert_cmpstr (text, ==, TEXTS[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    g_assert_false (rungs_ladder_place_from_text (WRONG[i], &place));
}

/* ---- the demo business */

static void
test_demo (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autofree char *path = g_build_filename (f->folder, "demo.rungs", NULL);
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (f);
  RungsLadderQuestion ever = { .from = 0, .until = G_MAXINT64, .now = now };
  g_autoptr (RungsRule) some = rungs_rule_parse (
    "{\"field\": \"email\", \"op\": \"starts_with\", \"value\": \"a\"}", NULL);
  RungsLadderQuestion month = { .from = now - 90 * DAY, .until = now, .now = now, .segment = some };
  g_autoptr (RungsLadderFigures) figures = NULL;

  rungs_db_close (g_steal_pointer (&f->db));
  f->db = rungs_demo_create (path, f->clock, &error);
  g_assert_no_error (error);
  figures = rungs_ladder_figures_load (f->db, &ever, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_ladder_figures_get_opt_in (figures)->leads, >, 100);
  rungs_naive_compare (f, &month);
}

/* ---- histories by chance */

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

static void
erase (RungsFixture *f,
       gint64        lead)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsErasure) erasure
    = rungs_lead_erase (f->db, lead, "asked", rungs_fixture_now (f), &error);

  g_assert_no_error (error);
}

static void
merge (RungsFixture *f,
       gint64        one,
       gint64        other)
{
  gint64 leads[] = { one, other };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMergePlan) plan = NULL;
  RungsMergeResult result = { 0 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (ids, leads, 2);
  plan = rungs_merge_plan_load (f->db, ids, &error);
  g_assert_no_error (error);
  rungs_leads_merge (f->db, plan, rungs_fixture_now (f), &result, &error);
  g_assert_no_error (error);
  if (g_test_rand_int_range (0, 2) == 0)
    rungs_merge_undo (f->db, result.merge, rungs_fixture_now (f), NULL, &error);
  g_assert_no_error (error);
}

/* Leads are merged, some of them parted again, and deleted, where orders allow it. */
static void
shuffle (RungsFixture *f)
{
  for (gint64 lead = 1; lead < 30; lead += 7)
    merge (f, lead, lead + 1);
  for (gint64 lead = 5; lead < 40; lead += 5)
    {
      g_autoptr (RungsLeadSnapshot) gone
        = rungs_lead_delete (f->db, lead, rungs_fixture_now (f), NULL);
      g_autoptr (GError) error = NULL;

      if (gone != NULL && g_test_rand_int_range (0, 2) == 0)
        rungs_lead_restore (f->db, gone, rungs_fixture_now (f), &error);
      g_assert_no_error (error);
    }
}

/* Keeps all that leads did, so that what changes afterwards is the only thing that lacks. */
static void
keep (RungsFixture *f)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  do
    {
      rungs_ladder_keep_more (f->db, &n, &error);
      g_assert_no_error (error);
    }
  while (n > 0);
}

/* By what is kept of some, and what the tables have of the others. */
static void
compare_some_periods (RungsFixture *f)
{
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  g_autoptr (RungsRule) segment = rungs_rule_parse (
    "{\"field\": \"path\", \"op\": \"has\", \"value\": \"direct\"}", NULL);
  gint64 now = rungs_fixture_now (f);
  RungsLadderQuestion question = { .from = 0, .until = G_MAXINT64, .now = now };

  rungs_naive_compare_products (f);
  rungs_naive_compare (f, &question);
  question.from = rungs_time_day_start (now, zone, -g_test_rand_int_range (1, 50));
  question.until = rungs_time_day_start (question.from, zone, g_test_rand_int_range (1, 30));
  rungs_naive_compare (f, &question);
  question.segment = segment;
  rungs_naive_compare (f, &question);
}

/* ---- the leads behind a figure */

static gint64
count_behind (RungsFixture              *f,
              const RungsLadderQuestion *question,
              RungsLadderNumber          number)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rungs_ladder_number_to_text (&number);
  g_autofree char *json = NULL;
  g_autofree char *target = NULL;
  g_autofree char *by_target = NULL;
  g_autoptr (RungsRule) rule = NULL;
  g_autoptr (RungsLeadSet) leads
    = rungs_ladder_number_find (f->db, question, &number, &error);
  RungsLadderNumber same;
  gint64 by_rule = 0;

  g_assert_no_error (error);
  g_assert_true (rungs_ladder_number_from_text (text, &same));
  g_assert_true (same.what == number.what && same.path == number.path);
  json = rungs_ladder_number_dup_rule (f->db, question, &number, NULL, &error);
  g_assert_no_error (error);
  rule = rungs_rule_parse (json, &error);
  g_assert_no_error (error);
  g_assert_true (rungs_rule_count (f->db, rule, question->now, &by_rule, &error));
  g_assert_no_error (error);
  g_assert_cmpint (by_rule, ==, rungs_lead_set_count (leads));
  target = rungs_ladder_number_to_target (&number, question);
  by_target = rungs_ladder_target_dup_rule (f->db, target, question->now, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_target, ==, json);
  return by_rule;
}

static gint64
behind (RungsFixture              *f,
        const RungsLadderQuestion *question,
        RungsLadderCount           what,
        RungsLadderPlace           place)
{
  return count_behind (f, question, rungs_ladder_number_of_place (what, place));
}

static void
check_source (RungsFixture                   *f,
              const RungsLadderQuestion      *question,
              RungsLadderPlace                place,
              const RungsLadderSourceFigures *own)
{
  if (place.path >= 0)
    {
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_CAME, place), ==,
                       own->by_path[place.path]);
      return;
    }
  g_assert_cmpint (behind (f, question, RUNGS_LADDER_CAME, place), ==, own->leads);
  g_assert_cmpint (behind (f, question, RUNGS_LADDER_NEW, place), ==, own->new_leads);
  g_assert_cmpint (behind (f, question, RUNGS_LADDER_FRONT, place), ==, own->front_buyers);
  g_assert_cmpint (behind (f, question, RUNGS_LADDER_BACK, place), ==, own->back_buyers);
}

static void
check_node (RungsFixture              *f,
            const RungsLadderQuestion *question,
            RungsLadderFigures        *figures,
            RungsLadderPlace           place)
{
  const RungsLadderProductFigures *product;
  const RungsLadderSequenceFigures *sequence;

  if (place.kind == RUNGS_LADDER_KIND)
    check_source (f, question, place,
                  rungs_ladder_figures_get_kind (figures, (RungsSourceKind) place.id));
  else if (place.kind == RUNGS_LADDER_SOURCE)
    check_source (f, question, place, rungs_ladder_figures_get_source (figures, place.id));
  else if (place.kind == RUNGS_LADDER_PRODUCT)
    {
      product = rungs_ladder_figures_get_product (figures, place.id);
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_OWNERS, place), ==, product->owners);
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_BUYERS, place), ==, product->buyers);
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_PAYERS, place), ==,
                       product->refunds.cases);
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_REFUNDED, place), ==,
                       product->refunds.hits);
    }
  else if (place.kind == RUNGS_LADDER_SEQUENCE)
    {
      sequence = rungs_ladder_figures_get_sequence (figures, place.id);
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_CAME, place), ==, sequence->entered);
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_WALKING, place), ==, sequence->walking);
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_FINISHED, place), ==,
                       sequence->finished);
      g_assert_cmpint (behind (f, question, RUNGS_LADDER_BOUGHT, place), ==, sequence->bought);
    }
  else
    g_assert_cmpint (behind (f, question, RUNGS_LADDER_CAME, place), ==,
                     rungs_ladder_figures_get_opt_in (figures)->leads);
}

static void
check_arrow (RungsFixture              *f,
             const RungsLadderQuestion *question,
             RungsLadderFigures        *figures,
             RungsLadderPlace           from,
             RungsLadderPlace           to)
{
  g_autoptr (RungsLadderFlow) flow = rungs_ladder_figures_flow (figures, from, to);
  RungsLadderNumber number = rungs_ladder_number_of_arrow (RUNGS_LADDER_CASES, from, to);

  g_assert_cmpint (count_behind (f, question, number), ==, flow->all.cases);
  number.what = RUNGS_LADDER_HITS;
  g_assert_cmpint (count_behind (f, question, number), ==, flow->all.hits);
  number.path = g_test_rand_int_range (0, RUNGS_LADDER_PATHS);
  g_assert_cmpint (count_behind (f, question, number), ==, flow->by_path[number.path].hits);
  number.what = RUNGS_LADDER_MISSES;
  g_assert_cmpint (count_behind (f, question, number), ==,
                   flow->by_path[number.path].cases - flow->by_path[number.path].hits);
}

/* As many leads as the figure says, and as many by the rule. */
static void
check_behind (RungsFixture              *f,
              const RungsLadderQuestion *question)
{
  g_autoptr (GArray) places = rungs_naive_places (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLadderFigures) figures
    = rungs_ladder_figures_load (f->db, question, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < places->len; i++)
    {
      RungsLadderPlace from = g_array_index (places, RungsLadderPlace, i);

      check_node (f, question, figures, from);
      for (guint k = 0; k < places->len; k++)
        {
          RungsLadderPlace to = g_array_index (places, RungsLadderPlace, k);

          if (i != k && to.kind >= RUNGS_LADDER_OPT_IN && g_test_rand_int_range (0, 5) == 0)
            check_arrow (f, question, figures, from, to);
        }
    }
}

/* Rules know no future that has not happened: so late that all has. */
static void
test_behind (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (RungsRule) segment = rungs_rule_parse (
    "{\"field\": \"path\", \"op\": \"has\", \"value\": \"direct\"}", NULL);
  gint64 now = rungs_fixture_now (f) + 90 * DAY;
  RungsLadderQuestion question = { .from = 0, .until = G_MAXINT64, .now = now };

  rungs_chance_add_catalogue (f);
  for (int i = 0; i < 40; i++)
    rungs_chance_add_history (f, rungs_fixture_add_lead (f, NULL, "Ann"));
  check_behind (f, &question);
  question.segment = segment;
  check_behind (f, &question);
  question.from = rungs_fixture_now (f) - 40 * DAY;
  question.until = rungs_fixture_now (f) - 10 * DAY;
  check_behind (f, &question);
}

static void
test_pages (RungsFixture *f,
            RungsDb      *db)
{
  RungsLadderQuestion question = { .from = 0, .until = G_MAXINT64, .now = rungs_fixture_now (f) };
  RungsLadderNumber opted_in = rungs_ladder_number_of_place (
    RUNGS_LADDER_CAME, rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0));
  RungsLadderNumber gone = rungs_ladder_number_of_place (
    RUNGS_LADDER_CAME, rungs_ladder_place (RUNGS_LADDER_SOURCE, 77));
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) rest = NULL;
  g_autoptr (GError) error = NULL;

  rungs_chance_add_catalogue (f);
  for (int i = 0; i < 5; i++)
    touch (f, rungs_fixture_add_lead (f, NULL, "Ann"), 2, RUNGS_PATH_OPT_IN);
  first = rungs_ladder_number_list (db, &question, &opted_in, 0, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->len, ==, 3);
  rest = rungs_ladder_number_list (db, &question, &opted_in, g_array_index (first, gint64, 2), 3,
                                   &error);
  g_assert_cmpuint (rest->len, ==, 2);
  g_assert_null (rungs_ladder_number_list (db, &question, &gone, 0, 3, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_number_texts (void)
{
  static const char *const WRONG[]
    = { "", "came", "came:", "came:tv", "hits:source:3", "came:opt-in>product:3", "owners:opt-in",
        "hits:opt-in>opt-in", "hits:opt-in>source:3", "came:opt-in#air", "new:source:3/direct" };
  RungsLadderNumber number;

  g_assert_true (rungs_ladder_number_from_text ("hits:source:3/direct>product:5#in person",
                                                &number));
  g_assert_cmpint (number.place.path, ==, RUNGS_PATH_DIRECT);
  g_assert_cmpint (number.path, ==, RUNGS_PATH_IN_PERSON);
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    g_assert_false (rungs_ladder_number_from_text (WRONG[i], &number));
}

static void
test_random (RungsFixture *f,
             RungsDb      *db)
{
  rungs_fixture_pass (f, g_test_rand_int_range (0, 2) ? 45 * RUNGS_DAY : 0);
  rungs_chance_add_catalogue (f);
  rungs_chance_add_spend (f);
  for (int i = 0; i < 40; i++)
    rungs_chance_add_history (f, rungs_fixture_add_lead (f, NULL, "Ann"));
  rungs_chance_add_commissions (f);
  compare_some_periods (f);
  run (f, "INSERT INTO lead (id, created_at, updated_at) VALUES (3000, 0, 0)");
  run (f, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
  rungs_chance_add_history (f, 3000);
  keep (f);
  rungs_chance_add_commissions (f);
  compare_some_periods (f);
  shuffle (f);
  erase (f, 31);
  compare_some_periods (f);
}

static void
book (RungsFixture    *f,
      RungsLedgerKind  kind,
      gint64           line,
      gint64           minor)
{
  g_autoptr (RungsLedgerEntry) entry
    = rungs_ledger_entry_new (kind, rungs_fixture_now (f), "EUR");
  gboolean back = kind == RUNGS_LEDGER_REVERSAL;
  g_autoptr (GError) error = NULL;

  entry->order_line = line;
  rungs_ledger_entry_move (entry, 1, back ? RUNGS_LEDGER_HELD : RUNGS_LEDGER_EXPENSE,
                           back ? RUNGS_LEDGER_EXPENSE : RUNGS_LEDGER_HELD, minor, &error);
  rungs_ledger_add (f->db, entry, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
}

/* Three leads of Sue: 24.00 EUR spent and 12.91 EUR of commissions; what was taken back later, on
 * its day. */
static void
test_commissions (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 from = rungs_fixture_now (f);
  g_autoptr (RungsLadderFigures) before = NULL;
  g_autoptr (RungsLadderFigures) after = NULL;
  g_autoptr (RungsLadderFigures) none = NULL;
  const RungsLadderSourceFigures *sue;

  rungs_chance_add_catalogue (f);
  for (int i = 0; i < 3; i++)
    touch (f, rungs_fixture_add_lead (f, NULL, "Ann"), 9, RUNGS_PATH_OPT_IN);
  rungs_spend_add (db, 9, "2026-03-02", rungs_money (2400, "EUR"), NULL, NULL);
  book (f, RUNGS_LEDGER_ACCRUAL, 7, 1000);
  book (f, RUNGS_LEDGER_BONUS, -1, 291);
  rungs_fixture_pass (f, 40 * RUNGS_DAY);
  book (f, RUNGS_LEDGER_REVERSAL, 7, 1000);

  before = load (f, from, from + 5 * RUNGS_DAY);
  sue = rungs_ladder_figures_get_source (before, 9);
  g_assert_cmpint (g_array_index (sue->spend, RungsMoney, 0).minor, ==, 2400);
  g_assert_cmpint (g_array_index (sue->commission, RungsMoney, 0).minor, ==, 1291);
  g_assert_cmpint (g_array_index (sue->costs, RungsMoney, 0).minor, ==, 3691);
  g_assert_cmpint (sue->cost.minor, ==, 1230);
  g_assert_cmpint (sue->cost_spent.minor, ==, 800);
  g_assert_cmpint (sue->cost_commission.minor, ==, 430);
  g_assert_true (sue->can_pay_back);
  sue = rungs_ladder_figures_get_kind (before, RUNGS_SOURCE_JV);
  g_assert_cmpint (sue->cost.minor, ==, 1230);

  after = load (f, from + 20 * RUNGS_DAY, G_MAXINT64);
  sue = rungs_ladder_figures_get_source (after, 9);
  g_assert_cmpint (g_array_index (sue->commission, RungsMoney, 0).minor, ==, -1000);
  g_assert_false (sue->has_cost);
  g_assert_false (sue->can_pay_back);
  none = load (f, from + 10 * RUNGS_DAY, from + 20 * RUNGS_DAY);
  sue = rungs_ladder_figures_get_source (none, 9);
  g_assert_cmpuint (sue->commission->len, ==, 0);
  g_assert_cmpuint (sue->costs->len, ==, 0);
}

/* What is kept of the book is refused to be changed, and a change from elsewhere is found. */
static void
test_kept_costs (RungsFixture *f,
                 RungsDb      *db)
{
  static const char *const CHANGES[]
    = { "UPDATE ledger_cost SET amount = amount + 1", "DELETE FROM ledger_cost" };
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  rungs_chance_add_catalogue (f);
  rungs_chance_add_commissions (f);
  book (f, RUNGS_LEDGER_ACCRUAL, 7, 1000);
  g_assert_true (rungs_ledger_costs_check (db, faults, &error));
  g_assert_cmpuint (faults->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (CHANGES); i++)
    {
      g_autoptr (RungsStatement) change = rungs_db_prepare (db, CHANGES[i], &error);

      g_assert_no_error (error);
      g_assert_false (rungs_statement_run (change, NULL));
    }
  run (f, "DROP TRIGGER ledger_cost_is_not_changed");
  run (f, "UPDATE ledger_cost SET at = at + 1 WHERE amount = 1000");
  g_assert_true (rungs_ledger_costs_check (db, faults, &error));
  g_assert_cmpuint (faults->len, ==, 1);
}

static void
test_random_zones (RungsFixture *f,
                   RungsDb      *db)
{
  run (f, "UPDATE business SET zone = 'America/New_York'");
  test_random (f, db);
}

static void
add_rate (RungsFixture *f,
          const char   *base,
          gint64        rate,
          const char   *quote,
          int           days)
{
  g_autoptr (GTimeZone) zone = rungs_time_zone ("Europe/Berlin");
  g_autofree char *day = rungs_time_format_day (rungs_fixture_now (f) - days * DAY, zone);

  run (f,
       "INSERT OR REPLACE INTO currency_rate (base, rate, quote, day)"
       " VALUES ('%s', " ID ", '%s', '%s')",
       base, rate, quote, day);
}

static void
compare_apart (RungsFixture       *f,
               RungsLadderFigures *figures,
               const char         *report)
{
  GArray *apart = rungs_ladder_figures_get_apart (figures);
  gint64 orders = 0, costs = 0;

  for (guint i = 0; i < apart->len; i++)
    {
      const RungsLadderApart *one = &g_array_index (apart, RungsLadderApart, i);

      g_assert_cmpint (one->orders, ==,
                       rungs_naive_count_apart (f, report, one->currency, 0, FALSE));
      g_assert_cmpint (one->costs, ==,
                       rungs_naive_count_apart (f, report, one->currency, 0, TRUE));
      orders += one->orders;
      costs += one->costs;
    }
  g_assert_cmpint (orders, ==,
                   rungs_naive_count_apart (f, report, "EUR", 0, FALSE)
                     + rungs_naive_count_apart (f, report, "USD", 0, FALSE));
  g_assert_cmpint (costs, ==,
                   rungs_naive_count_apart (f, report, "EUR", 0, TRUE)
                     + rungs_naive_count_apart (f, report, "USD", 0, TRUE));
}

/* What of the revenue of the product was paid in dollars, and told otherwise. */
static void
compare_converted (RungsFixture       *f,
                   RungsLadderFigures *figures)
{
  const RungsLadderProductFigures *club = rungs_ladder_figures_get_product (figures, 5);
  g_autofree char *sql = g_strdup_printf (
    "SELECT coalesce (sum (l.amount), 0) FROM sales_order o, order_line l"
    " WHERE l.sales_order = o.id AND l.product = 5 AND o.currency = 'USD' AND o.at <= " ID,
    rungs_fixture_now (f));
  gint64 dollars = rungs_fixture_number (f, sql);
  const GArray *lists[] = { club->revenue, club->revenue_converted };

  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; i < lists[k]->len; i++)
      {
        RungsMoney money = g_array_index (lists[k], RungsMoney, i);

        dollars -= g_str_equal (money.currency, "USD") ? money.minor : 0;
      }
  g_assert_cmpint (dollars, ==, 0);
}

/* Told in euros, or in francs, the figures are those of a business whose amounts had been in that
 * currency from the start, where there is a rate. */
static void
test_told (RungsFixture *f,
           RungsDb      *db)
{
  const char *report = g_test_rand_bit () ? "EUR" : "CHF";
  RungsLadderQuestion question
    = { .from = 0, .until = G_MAXINT64, .now = rungs_fixture_now (f) };
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (RungsLadderFigures) ever = NULL;
  g_autoptr (RungsLadderFigures) month = NULL;
  g_autoptr (GError) error = NULL;

  rungs_chance_add_catalogue (f);
  rungs_chance_add_spend (f);
  for (int i = 0; i < 40; i++)
    rungs_chance_add_history (f, rungs_fixture_add_lead (f, NULL, "Ann"));
  rungs_chance_add_commissions (f);
  add_rate (f, "USD", g_test_rand_int_range (80000000, 120000000), report, 40);
  add_rate (f, report, g_test_rand_int_range (80000000, 120000000), "USD", 20);
  if (!g_str_equal (report, "EUR"))
    add_rate (f, "EUR", g_test_rand_int_range (80000000, 120000000), report, 50);
  g_assert_true (rungs_exchange_load (db, report, &exchange, &error));
  question.exchange = exchange;
  rungs_naive_find_costs (f);
  ever = rungs_ladder_figures_load (db, &question, &error);
  compare_apart (f, ever, report);
  if (g_str_equal (report, "EUR"))
    compare_converted (f, ever);
  question.from = question.now - 30 * DAY;
  question.until = question.now - 5 * DAY;
  month = rungs_ladder_figures_load (db, &question, &error);
  g_assert_no_error (error);

  rungs_naive_tell (f, report);
  question.exchange = NULL;
  rungs_naive_compare_figures (f, &question, month);
  question.from = 0;
  question.until = G_MAXINT64;
  rungs_naive_compare_figures (f, &question, ever);
}

static void
test_told_elsewhere (RungsFixture *f,
                     RungsDb      *db)
{
  run (f, "UPDATE business SET zone = 'America/New_York'");
  test_told (f, db);
}

/* Paid for until yesterday, and not lapsed before the days of grace are over. */
static void
test_grace (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 now = rungs_fixture_now (f);
  g_autoptr (RungsLadderFigures) within = NULL;
  g_autoptr (RungsLadderFigures) after = NULL;

  rungs_chance_add_catalogue (f);
  run (f, "INSERT INTO sales_order (lead, at, currency, created_at)"
          " VALUES (" ID ", " ID ", 'USD', 0)",
       ann, now - 31 * DAY);
  run (f, "INSERT INTO order_line (sales_order, product, amount, paid_until)"
          " SELECT max (id), 5, 900, " ID " FROM sales_order",
       now - DAY);
  within = load (f, 0, G_MAXINT64);
  g_assert_cmpint (rungs_ladder_figures_get_product (within, 5)->owners, ==, 1);
  rungs_fixture_pass (f, 5 * RUNGS_DAY);
  after = load (f, 0, G_MAXINT64);
  g_assert_cmpint (rungs_ladder_figures_get_product (after, 5)->owners, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/insights/ladder-figures/texts", test_texts);
  rungs_fixture_add_test ("/insights/ladder-figures/one-lead", test_one_lead);
  rungs_fixture_add_test ("/insights/ladder-figures/nobody", test_nobody);
  rungs_fixture_add_test ("/insights/ladder-figures/commissions", test_commissions);
  rungs_fixture_add_test ("/insights/ladder-figures/kept-costs", test_kept_costs);
  rungs_fixture_add_test ("/insights/ladder-figures/random", test_random);
  rungs_fixture_add_test ("/insights/ladder-figures/random-zones", test_random_zones);
  g_test_add_func ("/insights/ladder-figures/number-texts", test_number_texts);
  rungs_fixture_add_test ("/insights/ladder-figures/told", test_told);
  rungs_fixture_add_test ("/insights/ladder-figures/told-elsewhere", test_told_elsewhere);
  rungs_fixture_add_test ("/insights/ladder-figures/grace", test_grace);
  rungs_fixture_add_test ("/insights/ladder-figures/behind", test_behind);
  rungs_fixture_add_test ("/insights/ladder-figures/pages", test_pages);
  g_test_add_func ("/insights/ladder-figures/demo", test_demo);
  return g_test_run ();
}
