/* test-award.c: what partners earn without a sale is its amount, or nothing, and paid once. */

#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-statement-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-earner.h"
#include "rungs-sale-case.h"

#define ARRIVED                                                                                    \
  "{\"rates\": [], \"leads\": {\"fixed\": 200, \"currency\": \"EUR\", \"when\": \"arrived\""

static void
take_back (RungsFixture *fixture,
           RungsDb      *db,
           gint64        award)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      rungs_award_take_back (db, award, "A mistake", rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
}

static RungsAwardState
state_of (RungsDb *db,
          gint64   award)
{
  g_autoptr (RungsAward) there = rungs_award_load (db, award, NULL);

  return rungs_award_get_state (there);
}

/* ---- bonuses */

static void
test_bonus (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", "{\"rates\": []}");
  gint64 bonus = rungs_earner_give (fixture, db, anna, 5000);
  g_autoptr (RungsLedgerEntry) entry = rungs_ledger_load (db, 1, &error);
  g_autoptr (RungsPartnerStatement) told = NULL;
  const RungsPartnerStatementLine *line;
  gint64 payout;

  g_assert_cmpint (entry->kind, ==, RUNGS_LEDGER_BONUS);
  g_assert_cmpint (entry->order_line, ==, rungs_award_line (bonus));
  g_assert_cmpint (entry->order, ==, 0);
  g_assert_cmpstr (entry->words, ==, "Best of the month");
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_EXPENSE, 5000);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_APPROVED, -5000);
  g_assert_cmpint (state_of (db, bonus), ==, RUNGS_AWARD_DUE);
  rungs_sale_release (fixture, db, 0);

  payout = rungs_sale_pay (fixture, db, 0);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 0), ==, 0);
  g_assert_cmpint (state_of (db, bonus), ==, RUNGS_AWARD_PAID);
  told = rungs_partner_statement_load (db, payout, anna, &error);
  g_assert_no_error (error);
  line = told->lines->pdata[0];
  g_assert_cmpint (line->order, ==, 0);
  g_assert_cmpint (line->amount, ==, 5000);
  g_assert_cmpstr (line->product, ==, "Best of the month");
}

static void
assert_refused (GError **error,
                int      code)
{
  g_assert_error (*error, RUNGS_ERROR, code);
  g_clear_error (error);
}

static void
test_refused (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", "{\"rates\": []}");
  gint64 bonus = rungs_earner_give (fixture, db, anna, 1);

  g_assert_cmpint (rungs_award_add_bonus (db, anna, rungs_money (0, "EUR"), "x", 1, &error), ==, 0);
  assert_refused (&error, RUNGS_ERROR_INVALID);
  g_assert_cmpint (rungs_award_add_bonus (db, anna, rungs_money (1, "EUR"), " ", 1, &error), ==, 0);
  assert_refused (&error, RUNGS_ERROR_INVALID);
  g_assert_cmpint (rungs_award_add_bonus (db, 4711, rungs_money (1, "EUR"), "x", 1, &error), ==, 0);
  assert_refused (&error, RUNGS_ERROR_NOT_FOUND);
  g_assert_false (rungs_award_take_back (db, bonus, "", 1, &error));
  assert_refused (&error, RUNGS_ERROR_INVALID);
  g_assert_false (rungs_award_take_back (db, 4711, "x", 1, &error));
  assert_refused (&error, RUNGS_ERROR_NOT_FOUND);
  g_assert_false (rungs_award_give_again (db, bonus, 1, &error));
  assert_refused (&error, RUNGS_ERROR_CONFLICT);
  take_back (fixture, db, bonus);
  g_assert_false (rungs_award_take_back (db, bonus, "x", 1, &error));
  assert_refused (&error, RUNGS_ERROR_CONFLICT);
}

/* What was paid is carried over, and set off against what comes; given again, it is not owed. */
static void
test_taken_back (RungsFixture *fixture,
                 RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) items = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", "{\"rates\": []}");
  gint64 bonus = rungs_earner_give (fixture, db, anna, 5000);
  gint64 payout;

  take_back (fixture, db, bonus);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_APPROVED, 0);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_EXPENSE, 0);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 0), ==, 0);
  g_assert_true (rungs_award_give_again (db, bonus, 9, &error));
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_APPROVED, -5000);
  payout = rungs_sale_pay (fixture, db, 0);
  rungs_earner_mark (fixture, db, payout, anna, RUNGS_PAYOUT_PAID);
  take_back (fixture, db, bonus);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_CARRIED, 5000);
  g_assert_cmpint (state_of (db, bonus), ==, RUNGS_AWARD_TAKEN);
  rungs_earner_give (fixture, db, anna, 7000);
  payout = rungs_sale_pay (fixture, db, 0);
  items = rungs_payout_list_items (db, payout, &error);
  g_assert_cmpint (g_array_index (items, RungsPayoutItem, 0).set_off, ==, 5000);
  rungs_earner_mark (fixture, db, payout, anna, RUNGS_PAYOUT_PAID);
  rungs_earner_mark (fixture, db, payout, anna, RUNGS_PAYOUT_RETURNED);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_CARRIED, 5000);
  g_assert_true (rungs_award_give_again (db, bonus, 9, &error));
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_CARRIED, 0);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 7001), ==, 0);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 7000), >, 0);
}

/* ---- leads */

static void
test_arrived (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", ARRIVED "}}");
  gint64 bert = rungs_earner_add (fixture, db, "Bert", ARRIVED "}}");
  gint64 lead = rungs_earner_arrive (fixture, db, "a@example.com", anna);
  g_autoptr (RungsAward) award = rungs_award_load_of_lead (db, lead, &error);
  gint64 known = rungs_fixture_add_lead (fixture, "b@example.com", NULL);

  g_assert_no_error (error);
  g_assert_cmpint (award->partner, ==, anna);
  g_assert_cmpint (award->amount.minor, ==, 200);
  g_assert_cmpint (award->touch, >, 0);
  g_assert_cmpint (award->terms, >, 0);
  g_assert_cmpint (rungs_award_get_state (award), ==, RUNGS_AWARD_HELD);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -200);

  rungs_fixture_pass (fixture, RUNGS_DAY);
  rungs_earner_click (fixture, db, lead, anna);
  rungs_earner_click (fixture, db, lead, bert);
  rungs_earner_click (fixture, db, known, bert);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -200);
  rungs_sale_assert_balance (db, bert, RUNGS_LEDGER_HELD, 0);
  rungs_fixture_pass (fixture, 29 * RUNGS_DAY);
  rungs_sale_release (fixture, db, 1);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_APPROVED, -200);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 200), >, 0);
}

/* As the page does it that the link leads to. */
static void
confirm (RungsFixture *fixture,
         RungsDb      *db,
         gint64        lead)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pending = g_strdup_printf (
      "INSERT INTO opt_in_pending (lead, delivery, asked_at, expires_at, confirmed_at)"
      " SELECT %" G_GINT64_FORMAT ", max (id), 1, 2, %" G_GINT64_FORMAT " FROM web_delivery",
      lead, rungs_fixture_now (fixture));

  rungs_fixture_run (fixture, "INSERT INTO web_delivery (received_at, taken_at) VALUES (1, 1)");
  rungs_fixture_run (fixture, pending);
  g_assert_cmpint (rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                                       rungs_fixture_now (fixture), "form", "Yes", &error),
                   >, 0);
  rungs_sale_follow (fixture, db);
}

static void
test_confirmed (RungsFixture *fixture,
                RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (
      fixture, db, "Anna",
      "{\"rates\": [], \"hold_days\": 7, \"approve\": \"hand\", \"leads\": {\"fixed\": 150,"
      " \"currency\": \"EUR\", \"when\": \"confirmed\", \"countries\": [\"DE\", \"at\"]}}");
  gint64 lead = rungs_earner_arrive (fixture, db, "a@example.com", anna);
  g_autoptr (RungsLead) who = NULL;
  g_autoptr (RungsAward) award = NULL;
  gint64 line;

  g_assert_cmpint (rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 5,
                                       "by hand", "Yes", &error),
                   >, 0);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, 0);
  rungs_fixture_pass (fixture, RUNGS_DAY);
  confirm (fixture, db, lead);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, 0);
  who = rungs_lead_load (db, lead, &error);
  g_free (who->country);
  who->country = g_strdup ("AT");
  g_assert_true (rungs_lead_save (db, who, rungs_fixture_now (fixture), &error));
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -150);

  award = rungs_award_load_of_lead (db, lead, &error);
  line = rungs_award_line (award->id);
  g_assert_cmpint (award->at, ==, rungs_fixture_now (fixture));
  rungs_fixture_pass (fixture, 8 * RUNGS_DAY);
  rungs_sale_release (fixture, db, 0);
  g_assert_cmpint (state_of (db, award->id), ==, RUNGS_AWARD_WAITS);
  g_assert_true (
      rungs_commission_approve (db, line, anna, TRUE, rungs_fixture_now (fixture), &error));
  rungs_sale_release (fixture, db, 1);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_APPROVED, -150);
  g_assert_true (
      rungs_commission_approve (db, line, anna, FALSE, rungs_fixture_now (fixture), &error));
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -150);
  take_back (fixture, db, award->id);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, 0);
}

static void
test_by_month (RungsFixture *fixture,
               RungsDb      *db)
{
  gint64 anna = rungs_earner_add (fixture, db, "Anna", ARRIVED ", \"most_by_month\": 2}}");

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *email = g_strdup_printf ("a%u@example.com", i);

      rungs_earner_arrive (fixture, db, email, anna);
    }
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -400);
  rungs_fixture_pass (fixture, 31 * RUNGS_DAY);
  rungs_earner_arrive (fixture, db, "b@example.com", anna);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -600);
}

/* Nobody is paid for coming. */
static void
test_own_lead (RungsFixture *fixture,
               RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", ARRIVED "}}");
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, anna, &error);

  partner->lead = rungs_fixture_add_lead (fixture, "anna@example.com", "Anna");
  g_assert_true (rungs_partner_save (db, partner, 5, &error));
  rungs_earner_click (fixture, db, partner->lead, anna);
  rungs_sale_follow (fixture, db);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM award"), ==, 0);
}

/* Terms are those of when the lead came first. */
static void
test_terms_in_force (RungsFixture *fixture,
                     RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", "{\"rates\": []}");
  g_autoptr (RungsTerms) terms = rungs_terms_parse (ARRIVED "}}", &error);
  gint64 now = rungs_fixture_now (fixture);
  gint64 lead = rungs_earner_arrive (fixture, db, "a@example.com", anna);

  g_assert_cmpint (rungs_programme_set_terms (db, 1, now + 1, terms, now, &error), >, 0);
  rungs_fixture_pass (fixture, RUNGS_DAY);
  rungs_earner_click (fixture, db, lead, anna);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, 0);
  rungs_earner_arrive (fixture, db, "b@example.com", anna);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -200);
}

static gint64
merge (RungsFixture *fixture,
       RungsDb      *db,
       gint64        keep,
       gint64        other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsMergePlan) plan = NULL;
  RungsMergeResult result;

  g_array_append_val (leads, keep);
  g_array_append_val (leads, other);
  plan = rungs_merge_plan_load (db, leads, &error);
  g_assert_no_error (error);
  g_assert_true (rungs_leads_merge (db, plan, rungs_fixture_now (fixture), &result, &error));
  rungs_sale_follow (fixture, db);
  return result.merge;
}

/* Once for whoever it turns out to be; the award goes with the lead, and back. */
static void
test_merged (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", ARRIVED "}}");
  gint64 first = rungs_earner_arrive (fixture, db, "a@example.com", anna);
  gint64 second = rungs_fixture_add_lead (fixture, "b@example.com", NULL);
  gint64 merged = merge (fixture, db, second, first);
  g_autoptr (RungsAward) award = rungs_award_load_of_lead (db, second, &error);
  g_autoptr (RungsAward) back = NULL;

  g_assert_nonnull (award);
  rungs_fixture_pass (fixture, RUNGS_DAY);
  rungs_earner_click (fixture, db, second, anna);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -200);
  g_assert_true (rungs_merge_undo (db, merged, rungs_fixture_now (fixture), NULL, &error));
  rungs_sale_follow (fixture, db);
  back = rungs_award_load_of_lead (db, first, &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->id, ==, award->id);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -200);
}

/* The award stays, and so does the book. */
static void
test_erased (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", ARRIVED "}}");
  gint64 first = rungs_earner_arrive (fixture, db, "a@example.com", anna);
  gint64 second = rungs_earner_arrive (fixture, db, "b@example.com", anna);
  gint64 third = rungs_earner_arrive (fixture, db, "c@example.com", anna);
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;
  g_autoptr (RungsErasure) one = NULL;
  g_autoptr (RungsErasure) other = NULL;
  g_autoptr (RungsAward) award = NULL;

  rungs_fixture_add_order (fixture, second, rungs_fixture_add_product (fixture, "A", 100));
  one = rungs_lead_erase (db, first, "asked", 9, &error);
  other = rungs_lead_erase (db, second, "asked", 9, &error);
  g_assert_no_error (error);
  snapshot = rungs_lead_delete (db, third, 9, &error);
  g_assert_no_error (error);
  rungs_sale_follow (fixture, db);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM award WHERE lead IS NULL"),
                   ==, 3);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -600);
  third = rungs_lead_restore (db, snapshot, 9, &error);
  g_assert_no_error (error);
  award = rungs_award_load_of_lead (db, third, &error);
  g_assert_nonnull (award);
}

/* As an import leaves it: touches of its own, and no event for each. */
static void
test_imported (RungsFixture *fixture,
               RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = rungs_earner_add (fixture, db, "Anna", ARRIVED "}}");
  gint64 now = rungs_fixture_now (fixture);
  g_autofree char *touch = g_strdup_printf ("INSERT INTO touch (lead, source, path, at, run)"
                                            " SELECT l.id, p.source, 'opt-in', %" G_GINT64_FORMAT
                                            ", 7"
                                            "   FROM lead l, partner p",
                                            now);

  gint64 lead = rungs_fixture_add_lead (fixture, "a@example.com", NULL);
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;

  rungs_fixture_add_lead (fixture, "b@example.com", NULL);
  rungs_fixture_run (fixture,
                     "INSERT INTO import_run (id, file_name, on_match, mapping, started_at,"
                     " finished_at)"
                     " VALUES (7, 'leads.csv', 'fill', '{}', 1, 2)");
  rungs_fixture_run (fixture, touch);
  g_assert_cmpint (rungs_event_add (db, 0, RUNGS_EVENT_IMPORT_DONE, now, 7, NULL, &error), >, 0);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, -400);
  rungs_fixture_run (fixture, "DELETE FROM touch WHERE run = 7");
  snapshot = rungs_lead_delete (db, lead, now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_event_add (db, 0, RUNGS_EVENT_IMPORT_UNDONE, now, 7, NULL, &error), >, 0);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_HELD, 0);
  rungs_sale_assert_balance (db, anna, RUNGS_LEDGER_EXPENSE, 0);
}

/* ---- the terms */

static void
test_terms (void)
{
  static const char *const BAD[] = {
    "{\"rates\": [], \"leads\": 200}",
    "{\"rates\": [], \"leads\": {\"fixed\": 200, \"when\": \"arrived\"}}",
    "{\"rates\": [], \"leads\": {\"fixed\": 0, \"currency\": \"EUR\", \"when\": \"arrived\"}}",
    "{\"rates\": [], \"leads\": {\"fixed\": 200, \"currency\": \"EUR\", \"when\": \"soon\"}}",
    ARRIVED ", \"countries\": [\"Austria\"]}}",
    ARRIVED ", \"countries\": []}}",
    ARRIVED ", \"countries\": \"AT\"}}",
    ARRIVED ", \"countries\": [7]}}",
    ARRIVED ", \"most_by_month\": 0}}",
    ARRIVED ", \"most_by_month\": \"many\"}}",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms
      = rungs_terms_parse (ARRIVED ", \"countries\": [\"de\", \"AT\"], \"most_by_month\": 500}}",
                           &error);
  g_autofree char *json = NULL;
  g_autoptr (RungsTerms) again = NULL;

  g_assert_no_error (error);
  json = rungs_terms_to_json (terms);
  again = rungs_terms_parse (json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->leads->fixed.minor, ==, 200);
  g_assert_false (again->leads->when_confirmed);
  g_assert_cmpstr (again->leads->countries[0], ==, "DE");
  g_assert_cmpint (again->leads->most_by_month, ==, 500);
  g_assert_true (rungs_terms_leads_fit (again->leads, "at"));
  g_assert_false (rungs_terms_leads_fit (again->leads, ""));
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_assert_null (rungs_terms_parse (BAD[i], &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_clear_error (&error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/award/bonus", test_bonus);
  rungs_fixture_add_test ("/partners/award/refused", test_refused);
  rungs_fixture_add_test ("/partners/award/taken-back", test_taken_back);
  rungs_fixture_add_test ("/partners/award/arrived", test_arrived);
  rungs_fixture_add_test ("/partners/award/confirmed", test_confirmed);
  rungs_fixture_add_test ("/partners/award/by-month", test_by_month);
  rungs_fixture_add_test ("/partners/award/own-lead", test_own_lead);
  rungs_fixture_add_test ("/partners/award/terms-in-force", test_terms_in_force);
  rungs_fixture_add_test ("/partners/award/merged", test_merged);
  rungs_fixture_add_test ("/partners/award/erased", test_erased);
  rungs_fixture_add_test ("/partners/award/imported", test_imported);
  g_test_add_func ("/partners/award/terms", test_terms);
  return g_test_run ();
}
