/* test-next-offer.c: which product is offered next, and the reasons for and against each.
 *
 * Each case reads as a story: what stands on the ladder, what the lead did, and what must be said.
 * A candidate is written as "SKU+" where it is chosen, else "SKU", with its reasons behind it, the
 * deciding one with a star. */

#include "base/rungs-error.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "rungs-fixture.h"

/* Four products of rising price, and a lead. */
typedef struct
{
  gint64 ann;
  gint64 a, b, c, d;
} Ladder;

static Ladder
make_ladder (RungsFixture *f)
{
  Ladder ladder;

  ladder.a = rungs_fixture_add_product (f, "A", 1000);
  ladder.b = rungs_fixture_add_product (f, "B", 2000);
  ladder.c = rungs_fixture_add_product (f, "C", 3000);
  ladder.d = rungs_fixture_add_product (f, "D", 4000);
  ladder.ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  rungs_consent_give (f->db, ladder.ann, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "form",
                      "", NULL);
  return ladder;
}

static void
offer (RungsFixture  *f,
       gint64         from,
       gint64         to,
       RungsOfferKind kind,
       gint64         days,
       gint64         priority,
       const char    *condition)
{
  RungsOffer arrow = { .from_product = from,
                       .to_product = to,
                       .kind = kind,
                       .after_days = days,
                       .priority = priority,
                       .condition = (char *) condition };
  g_autoptr (GError) error = NULL;

  rungs_offer_add (f->db, &arrow, 0, &error);
  g_assert_no_error (error);
}

static void
describe_candidate (GString              *said,
                    const RungsCandidate *candidate)
{
  g_string_append_printf (said, "%s%s%s:", said->len > 0 ? "\n" : "",
                          candidate->name + strlen ("Product "), candidate->chosen ? "+" : "");
  for (guint i = 0; i < candidate->reasons->len; i++)
    {
      const RungsReason *reason = candidate->reasons->pdata[i];

      g_string_append_printf (said, " %s%s", rungs_reason_code_to_text (reason->code),
                              reason->deciding ? "*" : "");
    }
}

static void
assert_said (RungsFixture *f,
             gint64        lead,
             const char   *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsNextOffer) next = rungs_next_offer (f->db, lead, rungs_fixture_now (f), &error);
  g_autoptr (GString) said = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < next->candidates->len; i++)
    describe_candidate (said, next->candidates->pdata[i]);
  g_assert_cmpstr (said->str, ==, expected);
  g_assert_cmpint (next->product != 0, ==, strchr (expected, '+') != NULL);
}

static void
test_from_nothing (RungsFixture *f,
                   RungsDb      *db)
{
  Ladder l = make_ladder (f);

  assert_said (f, l.ann, "");
  offer (f, 0, l.a, RUNGS_OFFER_NEXT, 0, 0, NULL);
  offer (f, l.a, l.b, RUNGS_OFFER_NEXT, 0, 0, NULL);
  assert_said (f, l.ann, "A+: owns-nothing expected first*");
  rungs_fixture_add_order (f, l.ann, l.a);
  assert_said (f, l.ann, "B+: owns-from expected first*");
}

static void
test_owned (RungsFixture *f,
            RungsDb      *db)
{
  Ladder l = make_ladder (f);
  gint64 order;

  offer (f, l.a, l.b, RUNGS_OFFER_NEXT, 0, 0, NULL);
  offer (f, l.b, l.a, RUNGS_OFFER_CROSS, 0, 0, NULL);
  rungs_fixture_add_order (f, l.ann, l.a);
  order = rungs_fixture_add_order (f, l.ann, l.b);
  assert_said (f, l.ann, "B: owns-from owned*\nA: owns-from owned*");
  rungs_refund_add (db, order, 0, RUNGS_AMOUNT_DEFAULT, "", 1, 1, NULL);
  assert_said (f, l.ann, "B+: owns-from expected first*");
}

static void
test_bundles (RungsFixture *f,
              RungsDb      *db)
{
  Ladder l = make_ladder (f);

  offer (f, l.a, l.b, RUNGS_OFFER_NEXT, 0, 1, NULL);
  offer (f, l.a, l.c, RUNGS_OFFER_NEXT, 0, 2, NULL);
  g_assert_true (rungs_product_set_parts (db, l.d, (gint64[]) { l.a, l.b }, 2, NULL));
  g_assert_true (rungs_product_set_parts (db, l.c, (gint64[]) { l.a, l.b }, 2, NULL));
  rungs_fixture_add_order (f, l.ann, l.d);
  assert_said (f, l.ann, "B: owns-from owned-in-bundle*\nC: owns-from parts-owned*");
}

static void
test_days (RungsFixture *f,
           RungsDb      *db)
{
  Ladder l = make_ladder (f);
  g_autoptr (RungsNextOffer) next = NULL;
  const RungsReason *waiting;

  offer (f, l.a, l.b, RUNGS_OFFER_NEXT, 14, 0, NULL);
  offer (f, l.a, l.c, RUNGS_OFFER_CROSS, 3, 1, NULL);
  rungs_fixture_add_order (f, l.ann, l.a);
  assert_said (f, l.ann, "B: owns-from waiting*\nC: owns-from waiting*");
  rungs_fixture_pass (f, 3 * RUNGS_DAY);
  assert_said (f, l.ann, "B: owns-from waiting*\nC+: owns-from waited expected first*");
  next = rungs_next_offer (db, l.ann, rungs_fixture_now (f) + 1, NULL);
  waiting = ((RungsCandidate *) next->candidates->pdata[0])->reasons->pdata[1];
  g_assert_cmpint (waiting->number, ==, 11);
  g_assert_cmpint (waiting->at, ==, rungs_fixture_now (f) + 11 * RUNGS_DAY);
  rungs_fixture_pass (f, 11 * RUNGS_DAY);
  assert_said (f, l.ann,
               "B+: owns-from waited expected first*\n"
               "C: owns-from waited expected outranked*");
}

static void
test_rank (RungsFixture *f,
           RungsDb      *db)
{
  Ladder l = make_ladder (f);
  gint64 e = rungs_fixture_add_product (f, "E", 100);

  offer (f, l.a, e, RUNGS_OFFER_CROSS, 0, 0, NULL);
  offer (f, l.a, l.b, RUNGS_OFFER_UPSELL, 0, 0, NULL);
  offer (f, l.a, l.c, RUNGS_OFFER_UPSELL, 0, 0, NULL);
  offer (f, l.a, l.d, RUNGS_OFFER_UPSELL, 0, 9, NULL);
  rungs_fixture_add_order (f, l.ann, l.a);
  assert_said (f, l.ann,
               "C+: owns-from expected first*\nB: owns-from expected outranked*\nE: owns-from"
               " expected outranked*\n"
               "D: owns-from expected outranked*");
  rungs_fixture_run (f, "UPDATE product SET rung = 9 WHERE sku = 'B'");
  rungs_fixture_run (f, "UPDATE offer SET priority = -1 WHERE kind = 'cross'");
  assert_said (f, l.ann,
               "E+: owns-from expected first*\nC: owns-from expected outranked*\n"
               "B: owns-from expected outranked*\nD: owns-from expected outranked*");
}

static void
test_retired (RungsFixture *f,
              RungsDb      *db)
{
  Ladder l = make_ladder (f);

  offer (f, l.a, l.b, RUNGS_OFFER_NEXT, 0, 0, NULL);
  offer (f, l.a, l.c, RUNGS_OFFER_NEXT, 0, 1, NULL);
  offer (f, l.a, l.d, RUNGS_OFFER_NEXT, 0, 2, NULL);
  rungs_fixture_add_order (f, l.ann, l.a);
  g_assert_true (rungs_product_retire (db, l.b, 1, NULL));
  g_assert_true (rungs_product_retire (db, l.a, 1, NULL));
  rungs_fixture_run (f, "UPDATE offer SET retired_at = 1 WHERE priority = 2");
  assert_said (f, l.ann, "B: owns-from retired*\nC+: owns-from expected first*");
}

static void
test_condition (RungsFixture *f,
                RungsDb      *db)
{
  Ladder l = make_ladder (f);

  offer (f, l.a, l.b, RUNGS_OFFER_NEXT, 0, 0,
         "{\"field\": \"country\", \"op\": \"is\", \"value\": \"DE\"}");
  rungs_fixture_add_order (f, l.ann, l.a);
  assert_said (f, l.ann, "B: owns-from condition-not-met*");
  g_assert_true (rungs_lead_set_text (db, l.ann, "country", "DE", 1, NULL));
  assert_said (f, l.ann, "B+: owns-from condition-met expected first*");
  offer (f, l.a, l.c, RUNGS_OFFER_NEXT, 0, 1, NULL);
  rungs_fixture_run (f, "UPDATE offer SET condition = '{' WHERE condition IS NOT NULL");
  assert_said (f, l.ann, "B: owns-from condition-broken*\nC+: owns-from expected first*");
}

static const char SQL_SEQUENCE[] = "INSERT INTO sequence (id, name, sells, state, created_at)"
                                   " SELECT 1, 'Sell B', id, 'live', 0 FROM product"
                                   " WHERE sku = 'B'";
static const char SQL_VERSION[]
  = "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
    " VALUES (1, 1, 1, '{}', 0)";
static const char SQL_ENROL[]
    = "INSERT INTO enrolment (lead, sequence, version, step, due_at, entered_at, arrived_at)"
      " SELECT id, 1, 1, 's', 5, 1, 1 FROM lead";

static void
enrol (RungsFixture *f)
{
  rungs_fixture_run (f, SQL_SEQUENCE);
  rungs_fixture_run (f, SQL_VERSION);
  rungs_fixture_run (f, SQL_ENROL);
}

static void
test_sequences (RungsFixture *f,
                RungsDb      *db)
{
  Ladder l = make_ladder (f);

  offer (f, l.a, l.b, RUNGS_OFFER_NEXT, 0, 0, NULL);
  offer (f, l.a, l.c, RUNGS_OFFER_NEXT, 0, 1, NULL);
  rungs_fixture_add_order (f, l.ann, l.a);
  enrol (f);
  assert_said (f, l.ann,
               "B+: owns-from in-sequence expected first*\n"
               "C: owns-from expected outranked*");
  rungs_fixture_run (f, "UPDATE enrolment SET outcome = 'stopped', due_at = NULL, ended_at = 9");
  assert_said (f, l.ann, "B+: owns-from expected first*\nC: owns-from expected outranked*");
  rungs_fixture_run (f, "UPDATE enrolment SET outcome = 'finished', due_at = NULL, ended_at = 9");
  assert_said (f, l.ann,
               "C+: owns-from expected first*\n"
               "B: owns-from declined expected outranked*");
  rungs_fixture_add_order (f, l.ann, l.c);
  assert_said (f, l.ann, "C: owns-from owned*\nB+: owns-from declined expected first*");
  rungs_fixture_run (f, SQL_ENROL);
  assert_said (f, l.ann, "B+: owns-from in-sequence expected first*\nC: owns-from owned*");
}

static void
test_downsell (RungsFixture *f,
               RungsDb      *db)
{
  Ladder l = make_ladder (f);
  gint64 order;

  offer (f, l.a, l.c, RUNGS_OFFER_DOWNSELL, 0, -5, NULL);
  offer (f, l.a, l.b, RUNGS_OFFER_UPSELL, 7, 0, NULL);
  rungs_fixture_add_order (f, l.ann, l.a);
  assert_said (f, l.ann, "C: owns-from not-declined*\nB: owns-from waiting*");
  rungs_fixture_pass (f, 7 * RUNGS_DAY);
  assert_said (f, l.ann, "C: owns-from not-declined*\nB+: owns-from waited expected first*");
  enrol (f);
  rungs_fixture_run (f, "UPDATE enrolment SET outcome = 'finished', due_at = NULL, ended_at = 9");
  assert_said (f, l.ann,
               "C+: owns-from expected first*\n"
               "B: owns-from waited declined expected outranked*");
  order = rungs_fixture_add_order (f, l.ann, l.b);
  assert_said (f, l.ann, "C: owns-from not-declined*\nB: owns-from owned* waited declined");
  rungs_refund_add (db, order, 0, RUNGS_AMOUNT_DEFAULT, "", 1, 1, NULL);
  g_assert_true (rungs_product_retire (db, l.b, 1, NULL));
  assert_said (f, l.ann, "C+: owns-from expected first*\nB: owns-from retired* waited declined");
}

static void
test_no_consent (RungsFixture *f,
                 RungsDb      *db)
{
  Ladder l = make_ladder (f);
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_autoptr (GError) error = NULL;

  offer (f, 0, l.a, RUNGS_OFFER_NEXT, 0, 0, NULL);
  assert_said (f, bob, "A+: owns-nothing expected first* no-consent");
  g_assert_null (rungs_next_offer (db, 99, 0, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/next-offer/from-nothing", test_from_nothing);
  rungs_fixture_add_test ("/next-offer/owned", test_owned);
  rungs_fixture_add_test ("/next-offer/bundles", test_bundles);
  rungs_fixture_add_test ("/next-offer/days", test_days);
  rungs_fixture_add_test ("/next-offer/rank", test_rank);
  rungs_fixture_add_test ("/next-offer/retired", test_retired);
  rungs_fixture_add_test ("/next-offer/condition", test_condition);
  rungs_fixture_add_test ("/next-offer/sequences", test_sequences);
  rungs_fixture_add_test ("/next-offer/downsell", test_downsell);
  rungs_fixture_add_test ("/next-offer/no-consent", test_no_consent);
  return g_test_run ();
}
