/* test-partner-many.c: many partners are changed at once, and it is undone. */

#include "base/rungs-error.h"
#include "partners/rungs-partner-list-store.h"
#include "partners/rungs-partner-many-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-fixture.h"

typedef struct
{
  gint64 ids[3];
  gint64 programmes[2];
  GArray *all; /* (owned) of the ids */
} Case;

static Case
make_case (RungsFixture *fixture,
           RungsDb      *db)
{
  static const char *const NAMES[] = { "Anna", "Bert", "Cora" };
  g_autoptr (GError) error = NULL;
  Case made = { .all = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  made.programmes[0] = rungs_programme_add (db, "Friends", 1, &error);
  made.programmes[1] = rungs_programme_add (db, "Studios", 1, &error);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (RungsPartner) partner = rungs_partner_new (NAMES[i], "EUR");

      if (i == 1)
        partner->lead = rungs_fixture_add_lead (fixture, "bert@example.com", "Bert");
      made.ids[i] = rungs_partner_add (db, partner, 1, &error);
      g_array_append_val (made.all, made.ids[i]);
    }
  g_assert_true (rungs_programme_join (db, made.programmes[0], made.ids[0], 1, &error));
  g_assert_true (rungs_programme_join (db, made.programmes[1], made.ids[1], 1, &error));
  g_assert_no_error (error);
  return made;
}

/* The programmes that they are in, parted by commas. */
static void
assert_in (RungsFixture *fixture,
           RungsDb      *db,
           const Case   *made,
           const char   *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < made->all->len; i++)
    {
      g_autoptr (RungsPartnerRow) row
          = rungs_partner_row_load (db, made->ids[i], rungs_fixture_now (fixture), &error);

      g_assert_no_error (error);
      g_string_append_printf (names, "%s%s", i > 0 ? "," : "", row->programme);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_moved (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Case made = make_case (fixture, db);
  g_autoptr (GArray) all = made.all;
  g_autoptr (GArray) in = g_array_new (FALSE, FALSE, sizeof (RungsPartnerMove));
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (RungsPartnerMove));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (RungsPartnerMove));
  g_autoptr (RungsTermsVersion) version = NULL;
  gint64 now = rungs_fixture_now (fixture);

  assert_in (fixture, db, &made, "Friends,Studios,");
  g_assert_true (rungs_partners_move (db, all, made.programmes[0], now, in, &error));
  g_assert_cmpuint (in->len, ==, 2);
  assert_in (fixture, db, &made, "Friends,Friends,Friends");
  rungs_fixture_pass (fixture, 1000);
  g_assert_true (rungs_partners_move (db, all, 0, now + 1000, out, &error));
  g_assert_cmpuint (out->len, ==, 3);
  assert_in (fixture, db, &made, ",,");
  g_assert_true (rungs_programme_find_terms (db, made.ids[0], now + 1000, &version, &error));
  g_assert_null (version);
  g_assert_true (rungs_partners_move_back (db, out, 1, 2, &error));
  assert_in (fixture, db, &made, ",Friends,Friends");
  g_assert_true (rungs_partners_move_back (db, out, 0, 1, &error));
  g_assert_true (rungs_partners_move_back (db, in, 0, 2, &error));
  assert_in (fixture, db, &made, "Friends,Studios,");

  g_assert_true (rungs_programme_retire (db, made.programmes[1], now, &error));
  g_assert_no_error (error);
  g_assert_false (rungs_partners_move (db, all, made.programmes[1], now, none, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_managers (RungsFixture *fixture,
               RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Case made = make_case (fixture, db);
  g_autoptr (GArray) all = made.all;
  g_autoptr (GPtrArray) changed
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_manager_free);
  g_autoptr (GPtrArray) again
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_manager_free);
  g_autoptr (RungsPartner) anna = NULL, later = NULL;

  g_assert_true (rungs_partners_set_manager (db, all, "Kim", 2, changed, &error));
  g_assert_cmpuint (changed->len, ==, 3);
  g_assert_true (rungs_partners_set_manager (db, all, " Kim ", 3, again, &error));
  g_assert_cmpuint (again->len, ==, 0);
  anna = rungs_partner_load (db, made.ids[0], &error);
  g_assert_cmpstr (anna->manager, ==, "Kim");
  g_assert_true (rungs_partners_restore_manager (db, changed, 0, 1, 4, &error));
  later = rungs_partner_load (db, made.ids[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (later->manager, ==, "");
}

static void
test_leads (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Case made = make_case (fixture, db);
  g_autoptr (GArray) all = made.all;
  g_autoptr (RungsPartner) bert = rungs_partner_load (db, made.ids[1], &error);
  g_autoptr (GArray) leads = rungs_partners_list_leads (db, all, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (leads->len, ==, 1);
  g_assert_cmpint (g_array_index (leads, gint64, 0), ==, bert->lead);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/many/moved", test_moved);
  rungs_fixture_add_test ("/partners/many/managers", test_managers);
  rungs_fixture_add_test ("/partners/many/leads", test_leads);
  return g_test_run ();
}
