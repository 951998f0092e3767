/* test-batch.c: many deliveries are done in few transactions, and one that the file does not take
 * keeps none back that came before it. */

#include "rungs-web-world.h"

#define FORMS 450

static gboolean
take_forms (RungsDb *db,
            gpointer data,
            GError **error)
{
  for (guint i = 0; i < FORMS; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"email\": \"lead%u@example.com\"}", i);
      g_autoptr (RungsRawDelivery) raw
        = rungs_web_world_delivery (db, "generic", "application/json", body);

      if (rungs_web_delivery_take (db, raw, NULL, 1, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static RungsFixture *
world_new (void)
{
  RungsFixture *fixture = rungs_fixture_new ();
  g_autoptr (GError) error = NULL;

  rungs_fixture_write (fixture, rungs_web_world_make);
  rungs_db_write (fixture->db, take_forms, NULL, &error);
  g_assert_no_error (error);
  return fixture;
}

static gboolean
count_commit (RungsDb *db,
              gpointer data,
              GError **error)
{
  ++*(guint *) data;
  return TRUE;
}

static void
test_transactions (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GError) error = NULL;
  RungsWebResult result = { 0 };
  guint commits = 0;

  rungs_db_set_follower (fixture->db, count_commit, &commits, NULL);
  rungs_web_apply_all (fixture->db, NULL, 1, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.applied, ==, FORMS);
  g_assert_cmpuint (commits, <=, FORMS / 50);
}

static void
break_one (RungsFixture *fixture,
           RungsDb      *db)
{
  rungs_fixture_run (fixture,
                     "CREATE TRIGGER broken BEFORE UPDATE OF state ON web_delivery"
                     " WHEN old.id = 321 BEGIN SELECT json_extract ('[', '$'); END");
}

static void
mend_it (RungsFixture *fixture,
         RungsDb      *db)
{
  rungs_fixture_run (fixture, "DROP TRIGGER broken");
}

static void
test_one_fails (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (GError) error = NULL;
  RungsWebResult result = { 0 };

  rungs_fixture_write (fixture, break_one);
  g_assert_false (rungs_web_apply_all (fixture->db, NULL, 1, &result, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (result.applied, ==, 320);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM lead"), ==, 320);
  g_clear_error (&error);
  rungs_fixture_write (fixture, mend_it);
  rungs_web_apply_all (fixture->db, NULL, 1, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM lead"), ==, FORMS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/web/batch/transactions", test_transactions);
  g_test_add_func ("/web/batch/one-fails", test_one_fails);

  return g_test_run ();
}
