/* test-tag.c: tags are made once, given once, and their coming and going is told. */

#include "base/rungs-error.h"
#include "leads/rungs-tag-store.h"
#include "rungs-fixture.h"

static void
test_ensure (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 vip = rungs_tag_ensure (db, " VIP ", &error);
  gint64 found;

  g_assert_no_error (error);
  g_assert_cmpint (rungs_tag_ensure (db, "vip", NULL), ==, vip);
  g_assert_cmpint (rungs_tag_ensure (db, "", &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (rungs_tag_ensure (db, "a, b", &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_true (rungs_tag_find (db, "Vip", &found, NULL));
  g_assert_cmpint (found, ==, vip);
  g_assert_true (rungs_tag_find (db, "none", &found, NULL));
  g_assert_cmpint (found, ==, 0);
}

static void
test_rename_and_delete (RungsFixture *f,
                        RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 vip = rungs_tag_ensure (db, "vip", NULL);
  g_autoptr (GError) error = NULL;

  rungs_tag_ensure (db, "new", NULL);
  g_assert_true (rungs_lead_add_tag (db, ann, vip, 1, NULL));
  g_assert_false (rungs_tag_rename (db, vip, "NEW", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (rungs_tag_rename (db, vip, "VIP", &error));
  g_assert_true (rungs_tag_delete (db, vip, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_tag"), ==, 0);
  g_assert_false (rungs_tag_delete (db, vip, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_of_leads (RungsFixture *f,
               RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 vip = rungs_tag_ensure (db, "vip", NULL);
  gint64 late = rungs_tag_ensure (db, "Late", NULL);
  g_autoptr (GPtrArray) of_ann = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_lead_add_tag (db, ann, vip, 1, &error));
  g_assert_true (rungs_lead_add_tag (db, ann, vip, 2, &error));
  g_assert_true (rungs_lead_add_tag (db, ann, late, 3, &error));
  g_assert_true (rungs_lead_add_tag (db, bob, vip, 3, &error));
  g_assert_no_error (error);
  of_ann = rungs_tag_list_of_lead (db, ann, NULL);
  g_assert_cmpuint (of_ann->len, ==, 2);
  g_assert_cmpstr (((RungsTag *) of_ann->pdata[0])->name, ==, "Late");
  all = rungs_tag_list (db, NULL);
  g_assert_cmpint (((RungsTag *) all->pdata[1])->leads, ==, 2);

  g_assert_true (rungs_lead_remove_tag (db, ann, vip, 4, NULL));
  g_assert_true (rungs_lead_remove_tag (db, ann, vip, 5, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'tag.added'"
                                            " AND detail IN ('vip', 'Late')"),
                   ==, 3);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT sum (at) FROM event WHERE kind = 'tag.removed'"), ==, 4);
  g_assert_false (rungs_lead_add_tag (db, ann, 99, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/tag/ensure", test_ensure);
  rungs_fixture_add_test ("/tag/rename-and-delete", test_rename_and_delete);
  rungs_fixture_add_test ("/tag/of-leads", test_of_leads);
  return g_test_run ();
}
