/* test-any-order.c: deliveries in any order, with repeats, and with writing that ends on the way,
 * give the same file. */

#include "rungs-web-world.h"

#include <string.h>

#include "base/rungs-error.h"

#define ROUNDS 6

static const char *const MORE[][2] = {
  /* Two forms of one person, the later with another name and town. */
  { "generic", "{\"event_id\": \"g1\", \"submitted_at\": \"2026-02-01T10:00:00Z\","
               " \"email\": \"ada@example.com\", \"first_name\": \"Ada\", \"city\": \"Bonn\"}" },
  { "generic", "{\"event_id\": \"g2\", \"submitted_at\": \"2026-02-20T10:00:00Z\","
               " \"email\": \"ada@example.com\", \"first_name\": \"Augusta\","
               " \"city\": \"Köln\", \"consent\": \"yes\"}" },
  /* What was given back in all until then. */
  { "stripe", "{\"id\": \"evt_9\", \"livemode\": true, \"created\": 1772350000,"
              " \"type\": \"charge.refunded\", \"data\": {\"object\": {\"id\": \"ch_1\","
              " \"payment_intent\": \"pi_1\", \"amount_refunded\": 2900}}}" },
  /* The same purchase, told by its invoice and by its session. */
  { "stripe", "{\"id\": \"evt_10\", \"livemode\": true, \"created\": 1772350000, \"type\":"
              " \"checkout.session.completed\", \"data\": {\"object\": {\"id\": \"cs_7\","
              " \"created\": 1772300000, \"payment_status\": \"paid\", \"invoice\": \"in_1\","
              " \"subscription\": \"sub_1\", \"amount_total\": 1900, \"currency\": \"eur\","
              " \"customer_details\": {\"email\": \"mia@example.com\", \"name\": \"Mia Nash\"},"
              " \"metadata\": {\"sku\": \"CLUB\"}}}}" },
};

static GPtrArray *
all_deliveries (RungsDb *db)
{
  g_autoptr (GPtrArray) providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_raw_delivery_free);

  for (guint i = 0; i < providers->len; i++)
    g_ptr_array_extend_and_steal (
        all, rungs_web_world_samples (db, rungs_provider_get_key (providers->pdata[i])));
  for (gsize i = 0; i < G_N_ELEMENTS (MORE); i++)
    g_ptr_array_add (all, rungs_web_world_delivery (db, MORE[i][0], "application/json",
                                                    MORE[i][1]));
  return all;
}

typedef struct
{
  const RungsRawDelivery *raw;
  gint64 now;
  gboolean fails;
} Taking;

static gboolean
take (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  Taking *taking = data;

  if (rungs_web_delivery_take (db, taking->raw, NULL, taking->now, error) == 0)
    return FALSE;
  if (taking->fails)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "as if the program had ended");
  return !taking->fails;
}

/* Keeps it, at times only the second time. */
static void
take_surely (RungsFixture           *fixture,
             const RungsRawDelivery *raw)
{
  Taking taking = { raw, rungs_fixture_now (fixture), g_test_rand_int_range (0, 5) == 0 };

  if (taking.fails)
    g_assert_false (rungs_db_write (fixture->db, take, &taking, NULL));
  taking.fails = FALSE;
  g_assert_true (rungs_db_write (fixture->db, take, &taking, NULL));
}

static void
apply (RungsFixture *fixture)
{
  RungsWebResult result = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_web_apply_all (fixture->db, NULL, rungs_fixture_now (fixture), &result, &error);
  g_assert_no_error (error);
}

static void
shuffle (GPtrArray *deliveries)
{
  for (guint i = deliveries->len; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i);
      gpointer kept = deliveries->pdata[i - 1];

      deliveries->pdata[i - 1] = deliveries->pdata[j];
      deliveries->pdata[j] = kept;
    }
}

static char *
run (gboolean is_random)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GPtrArray) deliveries = NULL;

  rungs_fixture_write (fixture, rungs_web_world_make);
  deliveries = all_deliveries (fixture->db);
  if (is_random)
    shuffle (deliveries);
  for (guint i = 0; i < deliveries->len; i++)
    {
      take_surely (fixture, deliveries->pdata[i]);
      if (is_random && g_test_rand_int_range (0, 3) == 0)
        take_surely (fixture, deliveries->pdata[g_test_rand_int_range (0, (gint32) i + 1)]);
      if (!is_random || g_test_rand_bit ())
        apply (fixture);
    }
  apply (fixture);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_delivery"
                                                  " WHERE state = 'waiting'"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_delivery"
                                                  " WHERE state = 'quarantine'"
                                                  "   AND reason NOT LIKE '%fetched%'"), ==, 0);
  return rungs_web_world_dump (fixture->db);
}

/* The first line that differs. */
static void
assert_same (const char *a,
             const char *b)
{
  g_auto (GStrv) left = g_strsplit (a, "\n", -1);
  g_auto (GStrv) right = g_strsplit (b, "\n", -1);

  for (guint i = 0; left[i] != NULL && right[i] != NULL; i++)
    g_assert_cmpstr (left[i], ==, right[i]);
  g_assert_cmpuint (g_strv_length (left), ==, g_strv_length (right));
}

static void
test_any_order (void)
{
  g_autofree char *in_order = run (FALSE);

  g_assert_nonnull (strstr (in_order, "Augusta"));
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *other = run (TRUE);

      assert_same (in_order, other);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/web/any-order", test_any_order);

  return g_test_run ();
}
