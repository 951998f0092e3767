/* test-lead-glance.c: a glance finds the leads with which the whole list begins. */

#include "leads/rungs-lead-glance-store.h"

#include "leads/rungs-lead-list-store.h"
#include "leads/rungs-lead-store.h"
#include "rungs-fixture.h"

#define LEADS 3000
#define LIMIT 3 /* of so few leads a glance is worth it for no more */

static const char *const FIRST_NAMES[]
    = { "Ann", "ÅSE", "José-María", "O’Neil", "Łukasz", "Ирина", "美香", "Zoë", "", "van  der" };
static const char *const LAST_NAMES[]
    = { "O'Brien", "Müller", "MÜLLER", "Straße", "Ñandú", "İnci", "de la Cruz", "Smith-Jones" };
static const char *const COMPANIES[] = { "", "", "", "Acme & Sons", "Ünder_score Ltd.", "№ 7" };

/* Of what people type. */
static const char *const WORDS[] = {
  "a",          "an",        "ann",       "ase",     "jose",        "jose-maria", "maria jose",
  "o'b",        "obr",       "brien",     "o’n",     "łuk",         "luk",        "ирин",
  "美",         "zoe",       "mull",      "müll",    "stras",       "straß",      "strasse",
  "nand",       "inci",      "İnci",      "de la",   "la de",       "cruz de la", "smith-j",
  "smith j",    "acme",      "& sons",    "under",   "score",       "under_",     "7",
  "lead1",      "lead2999",  "example",   "lead@ex", "example.com", "com lead",   "zzz",
  "lead7@exam", "7@example", "\"smith\"", "ann* OR", "-ann",        "COM",        "\xff com",
};

static gint64
add_lead (RungsFixture *f,
          int           i)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *email = g_strdup_printf ("lead%d@example.com", i);
  gint64 id;

  if (i % 7 != 0)
    rungs_lead_set (lead, "email", email);
  rungs_lead_set (lead, "first_name", FIRST_NAMES[i % G_N_ELEMENTS (FIRST_NAMES)]);
  rungs_lead_set (lead, "last_name", LAST_NAMES[i % G_N_ELEMENTS (LAST_NAMES)]);
  rungs_lead_set (lead, "company", COMPANIES[i % G_N_ELEMENTS (COMPANIES)]);
  rungs_lead_set (lead, "phone", i % 7 == 0 ? "+49 30 123-456" : "");
  id = rungs_lead_add (f->db, lead, "test", rungs_fixture_now (f), &error);
  g_assert_no_error (error);
  rungs_fixture_pass (f, 1);
  return id;
}

static RungsLeadList *
load (RungsFixture         *f,
      const RungsLeadQuery *query)
{
  g_autoptr (GError) error = NULL;
  RungsLeadList *list = rungs_lead_list_load (f->db, query, NULL, &error);

  g_assert_no_error (error);
  return list;
}

/* Returns: whether the words are common enough for a glance. */
static gboolean
assert_begins (RungsFixture   *f,
               RungsLeadQuery *query,
               RungsLeadList  *all)
{
  g_autoptr (RungsLeadList) whole = load (f, query);
  g_autoptr (RungsLeadList) first = NULL;
  g_autoptr (GError) error = NULL;

  query->limit = LIMIT;
  rungs_lead_glance (f->db, query, all, &first, &error);
  g_assert_no_error (error);
  query->limit = 0;
  if (first == NULL)
    return FALSE;
  g_assert_cmpuint (rungs_lead_list_get_count (first), ==, LIMIT);
  for (guint i = 0; i < LIMIT; i++)
    g_assert_cmpint (rungs_lead_list_get_id (first, i), ==, rungs_lead_list_get_id (whole, i));
  return TRUE;
}

static void
test_agrees (RungsFixture *f,
             RungsDb      *db)
{
  const RungsLeadSort sorts[]
      = { RUNGS_LEAD_SORT_CREATED, RUNGS_LEAD_SORT_NAME, RUNGS_LEAD_SORT_EMAIL };
  g_autoptr (RungsLeadSet) thirds = rungs_lead_set_new (LEADS);
  guint common = 0;

  for (int i = 0; i < LEADS; i++)
    {
      gint64 lead = add_lead (f, i);

      if (i % 3 == 0)
        rungs_lead_set_add (thirds, lead);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sorts) * G_N_ELEMENTS (WORDS) * 4; i++)
    {
      RungsLeadQuery everyone = { .sort = sorts[i % 3] };
      g_autoptr (RungsLeadList) all = load (f, &everyone);
      RungsLeadQuery query = { .words = (char *) WORDS[i / 12],
                               .sort = sorts[i % 3],
                               .descending = i / 3 % 2,
                               .within = i / 6 % 2 ? thirds : NULL };

      common += assert_begins (f, &query, all);
    }
  g_assert_cmpuint (common, >, 12 * 15);
}

static void
test_nothing_typed (RungsFixture *f,
                    RungsDb      *db)
{
  RungsLeadQuery query = { .words = (char *) " & - ", .limit = 1 };
  RungsLeadQuery everyone = { 0 };
  g_autoptr (RungsLeadList) all = NULL;
  g_autoptr (RungsLeadList) first = NULL;

  add_lead (f, 1);
  all = load (f, &everyone);
  g_assert_true (rungs_lead_glance (db, &query, all, &first, NULL));
  g_assert_null (first);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/leads/lead-glance/agrees", test_agrees);
  rungs_fixture_add_test ("/leads/lead-glance/nothing-typed", test_nothing_typed);
  return g_test_run ();
}
