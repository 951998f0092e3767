/* test-next-offers.c: over random ladders, orders, refunds, lapses and walks the answers for all
 * leads at once are those for each lead, nobody is offered what they own, and each answer's reasons
 * agree with it. What the answers themselves must be is held by segments/random-rules, which asks a
 * naive evaluator. */

#include "db/rungs-statement.h"
#include "ladder/rungs-next-offer-store.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-offer-figure-store.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-event-store.h"
#include "segments/rungs-random-ladder.h"

#define WORLDS 8
#define ROUNDS 12
#define LEADS 40

static const char SQL_ALL[] = "SELECT x.lead, x.product, x.offer FROM next_offer x"
                              " WHERE x.at = :now";
static const char SQL_ONE[] = "SELECT x.lead, x.product, x.offer FROM next_offer x"
                              " WHERE x.at = :now AND x.lead = :lead";
static const char SQL_PARTS[] = "SELECT h.part FROM product_holds h WHERE h.whole = :product";

static void
fill (RungsFixture *f,
      RungsDb      *db)
{
  rungs_random_world (f, LEADS);
  rungs_random_ladder (f);
}

static gboolean
owns (RungsFixture *f,
      gint64        lead,
      gint64        product)
{
  gboolean has = FALSE;

  g_assert_true (rungs_ownership_has (f->db, lead, product, rungs_fixture_now (f), &has, NULL));
  return has;
}

/* Neither the product nor, of a bundle, all that is in it. */
static void
assert_not_owned (RungsFixture *f,
                  gint64        lead,
                  gint64        product)
{
  g_autoptr (RungsStatement) parts = rungs_db_prepare (f->db, SQL_PARTS, NULL);
  gboolean lacks = FALSE;

  g_assert_false (owns (f, lead, product));
  rungs_statement_bind_int64 (parts, ":product", product);
  while (rungs_statement_step (parts, NULL) == RUNGS_ROW)
    lacks |= !owns (f, lead, rungs_statement_get_int64 (parts, 0));
  g_assert_true (lacks);
}

/* One reason decides: of the offer that is made that it is the first, of others the first that is
 * against it. */
static void
assert_reasons_agree (const RungsCandidate *candidate)
{
  guint deciding = 0;
  guint against = 0;

  for (guint i = 0; i < candidate->reasons->len; i++)
    {
      const RungsReason *reason = candidate->reasons->pdata[i];
      gboolean is_against = rungs_reason_code_get_side (reason->code) == RUNGS_REASON_AGAINST;

      against += is_against;
      deciding += reason->deciding;
      if (reason->deciding)
        g_assert_true (candidate->chosen ? reason->code == RUNGS_REASON_FIRST
                                         : is_against && against == 1);
    }
  g_assert_cmpuint (deciding, ==, 1);
  g_assert_cmpint (against == 0, ==, candidate->chosen);
}

static void
assert_agrees (RungsFixture         *f,
               gint64                lead,
               const RungsNextOffer *next,
               RungsStatement       *row,
               gboolean              found)
{
  guint chosen = 0;

  g_assert_cmpint (found, ==, next->product != 0);
  if (found)
    {
      g_assert_cmpint (rungs_statement_get_int64 (row, 1), ==, next->product);
      g_assert_cmpint (rungs_statement_get_int64 (row, 2), ==, next->offer);
      assert_not_owned (f, lead, next->product);
    }
  for (guint i = 0; i < next->candidates->len; i++)
    {
      const RungsCandidate *candidate = next->candidates->pdata[i];

      assert_reasons_agree (candidate);
      chosen += candidate->chosen;
      g_assert_true (!candidate->chosen || candidate->offer == next->offer);
    }
  g_assert_cmpuint (chosen, ==, found);
}

static RungsStatement *
ask (RungsFixture *f,
     const char   *sql,
     gint64        lead)
{
  RungsStatement *query = rungs_db_prepare (f->db, sql, NULL);

  rungs_statement_bind_int64 (query, ":now", rungs_fixture_now (f));
  rungs_statement_offer_int64 (query, ":lead", lead);
  return query;
}

/* How many leads are offered something. */
static guint
compare (RungsFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) all = ask (f, SQL_ALL, 0);
  RungsStep step = rungs_statement_step (all, &error);
  guint offered = 0;

  for (gint64 lead = 1; lead <= LEADS; lead++)
    {
      g_autoptr (RungsNextOffer) next
          = rungs_next_offer (f->db, lead, rungs_fixture_now (f), &error);
      g_autoptr (RungsStatement) one = ask (f, SQL_ONE, lead);
      gboolean found = step == RUNGS_ROW && rungs_statement_get_int64 (all, 0) == lead;

      g_assert_no_error (error);
      assert_agrees (f, lead, next, all, found);
      assert_agrees (f, lead, next, one, rungs_statement_step (one, NULL) == RUNGS_ROW);
      offered += found;
      if (found)
        step = rungs_statement_step (all, &error);
    }
  g_assert_no_error (error);
  g_assert_cmpint (step, ==, RUNGS_DONE);
  return offered;
}

static void
change (RungsFixture *f,
        RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    rungs_random_change (f, rungs_chance (1, LEADS + 1));
  rungs_random_ladder_change (f);
  if (rungs_happens (30))
    rungs_offer_figures_count (db, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
}

static void
test_world (gconstpointer data)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  guint offered = 0;

  rungs_fixture_write (f, fill);
  for (guint round = 0; round < ROUNDS; round++)
    {
      offered += compare (f);
      rungs_fixture_write (f, change);
      rungs_fixture_pass (f, rungs_chance (0, 50) * RUNGS_DAY / 10);
    }
  g_assert_cmpuint (offered, >, 0);
}

static void
count (RungsFixture *f,
       RungsDb      *db)
{
  g_assert_true (rungs_offer_figures_count (db, rungs_fixture_now (f), NULL));
}

/* Counted where there were orders; what was looked through in vain is not looked through again. */
static void
test_due (RungsFixture *f,
          RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = rungs_fixture_add_product (f, "kit", 1);
  g_autoptr (RungsOffer) offer = rungs_offer_new ();
  gint64 looked = 0, due = 0, before;

  g_assert_true (rungs_offer_figures_next_due (db, &looked, &due, NULL));
  g_assert_cmpint (due, ==, G_MAXINT64);
  offer->to_product = kit;
  g_assert_cmpint (rungs_offer_add (db, offer, 1, NULL), !=, 0);
  g_assert_true (rungs_offer_figures_next_due (db, &looked, &due, NULL));
  g_assert_cmpint (due, ==, 0);
  count (f, db);
  rungs_event_add (db, ann, RUNGS_EVENT_TAG_ADDED, 1, 0, "vip", NULL);
  g_assert_true (rungs_offer_figures_next_due (db, &looked, &due, NULL));
  g_assert_cmpint (due, ==, G_MAXINT64);
  g_assert_cmpint (looked, ==, rungs_fixture_number (f, "SELECT max (id) FROM event"));
  before = looked;
  rungs_fixture_add_order (f, ann, kit);
  g_assert_true (rungs_offer_figures_next_due (db, &looked, &due, NULL));
  g_assert_cmpint (due, ==, rungs_fixture_now (f) + RUNGS_HOUR);
  g_assert_cmpint (looked, ==, before);
}

/* What was counted by the program and by SQL of another hand. */
static void
test_figures (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  static const char SQL_WRONG[]
      = "WITH had AS (SELECT o.lead, h.part AS product, o.at FROM sales_order o, order_line n,"
        "                    product_holds h"
        "              WHERE n.sales_order = o.id AND h.whole = n.product"
        "                AND o.at <= %" G_GINT64_FORMAT "),"
        " came AS (SELECT lead, product, min (at) AS at FROM had GROUP BY lead, product),"
        " right AS (SELECT o.id,"
        "   CASE WHEN o.from_product IS NULL THEN (SELECT count(*) FROM lead)"
        "   ELSE (SELECT count(*) FROM came c WHERE c.product = o.from_product"
        "          AND NOT EXISTS (SELECT 1 FROM had h WHERE h.lead = c.lead"
        "                             AND h.product = o.to_product AND h.at <= c.at)) END AS cases,"
        "   CASE WHEN o.from_product IS NULL"
        "   THEN (SELECT count(DISTINCT h.lead) FROM had h WHERE h.product = o.to_product"
        "          AND h.at = (SELECT min (x.at) FROM had x WHERE x.lead = h.lead))"
        "   ELSE (SELECT count(*) FROM came c WHERE c.product = o.from_product"
        "          AND EXISTS (SELECT 1 FROM had h WHERE h.lead = c.lead"
        "                         AND h.product = o.to_product AND h.at > c.at)"
        "          AND NOT EXISTS (SELECT 1 FROM had h WHERE h.lead = c.lead"
        "                             AND h.product = o.to_product AND h.at <= c.at)) END AS hits"
        "   FROM offer o)"
        " SELECT count(*) FROM right r LEFT JOIN offer_figure f ON f.offer = r.id"
        "  WHERE f.cases IS NOT r.cases OR f.hits IS NOT r.hits";
  g_autofree char *wrong = NULL;

  rungs_fixture_write (f, fill);
  for (guint round = 0; round < ROUNDS; round++)
    {
      rungs_fixture_write (f, change);
      rungs_fixture_pass (f, RUNGS_DAY);
    }
  rungs_fixture_write (f, count);
  wrong = g_strdup_printf (SQL_WRONG, rungs_fixture_now (f));
  g_assert_cmpint (rungs_fixture_number (f, wrong), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < WORLDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/next-offers/world-%u", i + 1);

      g_test_add_data_func (path, NULL, test_world);
    }
  g_test_add_func ("/next-offers/figures", test_figures);
  rungs_fixture_add_test ("/next-offers/due", test_due);
  return g_test_run ();
}
