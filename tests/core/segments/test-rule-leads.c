/* test-rule-leads.c: the leads for whom a rule holds, as a set: the same that the rule lists. */

#include "segments/rungs-rule-leads-store.h"

#include "base/rungs-error.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-list-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-touch-store.h"
#include "rungs-fixture.h"
#include "segments/rungs-segment-member-store.h"

static const char SQL_RUN[]
    = "INSERT INTO import_run (id, file_name, on_match, mapping, started_at, finished_at)"
      " VALUES (7, 'leads.csv', 'fill', '{}', 1, 2)";
static const char SQL_OF_RUN[]
    = "INSERT INTO import_lead (run, lead, created) VALUES (7, 1, 1), (7, 2, 0)";
static const char SQL_SEQUENCE[]
    = "INSERT INTO sequence (id, name, created_at) VALUES (3, 'Sell', 0)";
static const char SQL_VERSION[]
    = "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
      " VALUES (1, 3, 1, '{}', 0)";
static const char SQL_ENROL[]
    = "INSERT INTO enrolment (lead, sequence, version, step, outcome, entered_at, arrived_at)"
      " VALUES (2, 3, 1, 's', NULL, 1, 1), (4, 3, 1, 's', 'finished', 1, 1)";

static void
add_leads (RungsFixture *f)
{
  for (int i = 1; i <= 5; i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_new ();
      g_autofree char *email = g_strdup_printf ("lead%d@example.com", i);
      g_autoptr (GError) error = NULL;

      rungs_lead_set (lead, "email", email);
      rungs_lead_set (lead, "first_name", i % 2 ? "Ann" : "Bob");
      g_assert_cmpint (rungs_lead_add (f->db, lead, "test", 1, &error), ==, i);
      g_assert_no_error (error);
    }
}

/* Who is found, and that it is whom the rule lists. */
static void
assert_found (RungsFixture *f,
              const char   *json,
              const char   *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRule) rule = rungs_rule_parse (json, &error);
  g_autoptr (RungsLeadSet) set = rungs_rule_find_leads (f->db, rule, rungs_fixture_now (f), &error);
  g_autoptr (GArray) listed
      = rungs_rule_list (f->db, rule, rungs_fixture_now (f), 0, G_MAXINT, &error);
  g_autofree char *ids = NULL;

  g_assert_no_error (error);
  ids = rungs_lead_set_to_json (set);
  g_assert_cmpstr (ids, ==, expected);
  g_assert_cmpuint (rungs_lead_set_count (set), ==, listed->len);
  for (guint i = 0; i < listed->len; i++)
    g_assert_true (rungs_lead_set_has (set, g_array_index (listed, gint64, i)));
}

#define LINE(field, op, value)                                                                     \
  "{\"field\": \"" field "\", \"op\": \"" op "\", \"value\": " value "}"
#define IS(field, op, value) LINE (field, op, "\"" value "\"")

static void
test_tags_and_sources (RungsFixture *f,
                       RungsDb      *db)
{
  gint64 vip = rungs_tag_ensure (db, "vip", NULL);
  gint64 new = rungs_tag_ensure (db, "new", NULL);
  gint64 ads = rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);

  add_leads (f);
  rungs_lead_add_tag (db, 1, vip, 1, NULL);
  rungs_lead_add_tag (db, 4, vip, 1, NULL);
  rungs_lead_add_tag (db, 4, new, 1, NULL);
  rungs_lead_add_tag (db, 2, new, 1, NULL);
  rungs_touch_add (db, 4, ads, RUNGS_PATH_DIRECT, 1, NULL, NULL);
  rungs_touch_add (db, 4, ads, RUNGS_PATH_DIRECT, 2, NULL, NULL);
  rungs_touch_add (db, 5, ads, RUNGS_PATH_DIRECT, 2, NULL, NULL);

  assert_found (f, IS ("tag", "has", "VIP"), "[1,4]");
  assert_found (f, LINE ("tag", "has_any", "[\"vip\", \"new\"]"), "[1,2,4]");
  assert_found (f, LINE ("tag", "has_all", "[\"vip\", \"new\"]"), "[4]");
  assert_found (f, LINE ("tag", "has_none", "[\"vip\", \"new\"]"), "[3,5]");
  assert_found (f, IS ("tag", "has_not", "vip"), "[2,3,5]");
  assert_found (f, IS ("tag", "has", "gone"), "[]");
  assert_found (f, IS ("source", "has", "ppc:Ads"), "[4,5]");
  assert_found (f, "{\"all\": [" IS ("source", "has", "Ads") "]}", "[4,5]");
  assert_found (f, "{\"all\": [" IS ("source", "has", "Ads") "," IS ("tag", "has", "vip") "]}",
                "[4]");
  assert_found (f, "{\"none\": [" IS ("source", "has", "Ads") "]}", "[1,2,3]");
  assert_found (f, "{\"all\": []}", "[1,2,3,4,5]");
  assert_found (f, IS ("first_name", "is", "ann"), "[1,3,5]");
  assert_found (f, LINE ("touches", "at_least", "2"), "[4]");
  assert_found (f, LINE ("touches", "is", "0"), "[1,2,3]");
}

static void
test_ownership (RungsFixture *f,
                RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (f, "book", 100);

  add_leads (f);
  rungs_fixture_add_order (f, 3, book);
  assert_found (f, IS ("owns", "has", "book"), "[3]");
  assert_found (f, IS ("lifecycle", "is", "customer"), "[3]");
  assert_found (f, LINE ("lifecycle", "not_in", "[\"customer\", \"former\"]"), "[1,2,4,5]");
}

static void
test_consent (RungsFixture *f,
              RungsDb      *db)
{
  gint64 mistake;

  add_leads (f);
  for (gint64 lead = 1; lead <= 3; lead++)
    rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 1, "form", "",
                        NULL);
  rungs_consent_give (db, 5, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_PHONE, 1, "form", "", NULL);
  rungs_consent_withdraw (db, 2, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 2, "mail", NULL);
  mistake
    = rungs_consent_withdraw (db, 3, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, 2, "mail", NULL);
  rungs_consent_annul (db, mistake, 3, "by hand", NULL);

  assert_found (f, IS ("consent_state", "is", "given"), "[1,3]");
  assert_found (f, IS ("consent_state", "is", "withdrawn"), "[2]");
  assert_found (f, IS ("consent_state", "is", "none"), "[4,5]");
}

static void
test_import_and_sequence (RungsFixture *f,
                          RungsDb      *db)
{
  add_leads (f);
  rungs_fixture_run (f, SQL_RUN);
  rungs_fixture_run (f, SQL_OF_RUN);
  rungs_fixture_run (f, SQL_SEQUENCE);
  rungs_fixture_run (f, SQL_VERSION);
  rungs_fixture_run (f, SQL_ENROL);
  assert_found (f, IS ("import", "has", "7"), "[1,2]");
  assert_found (f, IS ("sequence", "has", "Sell"), "[2]");
}

static void
test_segments (RungsFixture *f,
               RungsDb      *db)
{
  gint64 fixed = rungs_segment_create (db, "By hand", NULL, NULL, 1, NULL);
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, fixed, NULL);
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) added = NULL;
  gint64 two = 2;

  add_leads (f);
  g_array_append_val (leads, two);
  added = rungs_segment_add_members (db, segment, leads, 1, NULL);
  g_assert_cmpuint (added->len, ==, 1);
  g_assert_cmpint (rungs_segment_create (db, "Anns", NULL, IS ("first_name", "is", "Ann"), 1, NULL),
                   !=, 0);

  assert_found (f, IS ("segment", "has", "by_hand"), "[2]");
  assert_found (f, IS ("segment", "has", "anns"), "[1,3,5]");
  assert_found (f, LINE ("segment", "has_any", "[\"anns\", \"by_hand\"]"), "[1,2,3,5]");
  assert_found (f, IS ("segment", "has_not", "anns"), "[2,4]");
}

/* A list of the leads for whom a rule holds, in an order and with a search of its own. */
static void
test_list (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (RungsLeadQuery) query = g_new0 (RungsLeadQuery, 1);
  g_autoptr (RungsLeadList) list = NULL;
  g_autoptr (GError) error = NULL;

  add_leads (f);
  query->within
    = rungs_rule_find_leads_of_json (db, IS ("first_name", "is", "Ann"), 1, &error);
  query->words = g_strdup ("lead");
  query->descending = TRUE;
  list = rungs_lead_list_load (db, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rungs_lead_list_get_count (list), ==, 3);
  g_assert_cmpint (rungs_lead_list_get_id (list, 0), ==, 5);
  g_assert_null (rungs_rule_find_leads_of_json (db, "{}", 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/rule-leads/tags-and-sources", test_tags_and_sources);
  rungs_fixture_add_test ("/rule-leads/ownership", test_ownership);
  rungs_fixture_add_test ("/rule-leads/consent", test_consent);
  rungs_fixture_add_test ("/rule-leads/import-and-sequence", test_import_and_sequence);
  rungs_fixture_add_test ("/rule-leads/segments", test_segments);
  rungs_fixture_add_test ("/rule-leads/list", test_list);
  return g_test_run ();
}
