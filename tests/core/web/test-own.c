/* test-own.c: what comes in at our own paths. */

#include "rungs-web-world.h"

#include <string.h>

#include "leads/rungs-source-link-store.h"
#include "leads/rungs-source-store.h"
#include "mail/rungs-link-key-store.h"
#include "web/rungs-web-own.h"
#include "web/rungs-web-visit-store.h"
#include "web/rungs-web-visits.h"
#include "wire/rungs-link.h"

typedef struct
{
  const char *path;
  gboolean is_own;
  const char *rest;
} PathCase;

static void
test_paths (void)
{
  static const PathCase CASES[] = {
    { "/v", TRUE, "" },
    { "/v?x=1", TRUE, "" },
    { "/v/abc/d?x=1", TRUE, "abc/d" },
    { "/vv", FALSE, "" },
    { "/in/stripe-x", FALSE, "stripe-x" },
    { "/", FALSE, "" },
    { "", FALSE, "" },
    { "v", FALSE, "v" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsRawDelivery) raw = rungs_raw_delivery_new ("GET", CASES[i].path, "", 0);
      g_autofree char *rest = rungs_web_own_dup_rest (raw);

      g_test_message ("%s", CASES[i].path);
      g_assert_cmpint (rungs_web_own_find (CASES[i].path) != NULL, ==, CASES[i].is_own);
      g_assert_cmpstr (rest, ==, CASES[i].rest);
    }
}

static RungsWebState
receive_visits (RungsFixture *fixture,
                const char   *body)
{
  g_autoptr (RungsRawDelivery) raw
      = rungs_raw_delivery_new ("POST", "/v", "", rungs_fixture_now (fixture));
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  rungs_raw_delivery_set_body (raw, bytes);
  return rungs_web_world_receive (fixture, raw);
}

static gint64
count_visits (RungsFixture *fixture,
              const char   *where)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT coalesce (sum (visits), 0) FROM web_visit WHERE %s", where);

  return rungs_fixture_number (fixture, sql);
}

/* 2026-03-01T23:30Z is the second of March in Berlin. */
static void
test_visits (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  static const char BODY[]
      = "{\"from\": 1772407800000, \"to\": 1772407805000, \"counts\": ["
        " {\"path\": \"/p/book\", \"variant\": \"ppc\", \"code\": \"spring\", \"machine\": false,"
        "  \"n\": 3},"
        " {\"path\": \"/p/book\", \"variant\": \"ppc\", \"code\": \"spring\", \"machine\": true,"
        "  \"n\": 2},"
        " {\"path\": \"\", \"n\": 7}, {\"path\": \"/less\", \"n\": -1}, 5, null]}";

  g_assert_cmpint (receive_visits (fixture, BODY), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (receive_visits (fixture, BODY), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (count_visits (fixture, "day = '2026-03-02' AND path = '/p/book'"
                                          " AND variant = 'ppc' AND code = 'spring'"
                                          " AND machine = 0"), ==, 6);
  g_assert_cmpint (count_visits (fixture, "machine = 1"), ==, 4);
  g_assert_cmpint (count_visits (fixture, "1"), ==, 10);
  g_assert_cmpint (receive_visits (fixture, "[1]"), ==, RUNGS_WEB_QUARANTINE);
  g_assert_cmpint (receive_visits (fixture, "{"), ==, RUNGS_WEB_QUARANTINE);
}

/* Somebody who makes paths up does not fill the file. */
static void
test_many_paths (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GString) body = g_string_new ("{\"counts\": [{\"path\": \"/known\", \"n\": 1}");

  for (guint i = 0; i < RUNGS_WEB_VISIT_ROWS_MOST + 10; i++)
    g_string_append_printf (body, ", {\"path\": \"/%u\", \"n\": 1}", i);
  g_string_append (body, ", {\"path\": \"/known\", \"n\": 1}]}");
  g_assert_cmpint (receive_visits (fixture, body->str), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_visit"), ==,
                   RUNGS_WEB_VISIT_ROWS_MOST + 1);
  g_assert_cmpint (count_visits (fixture, "path = '*'"), ==, 11);
  g_assert_cmpint (count_visits (fixture, "path = '/known'"), ==, 2);
}

static void
make_link (RungsFixture *fixture,
           RungsDb      *db)
{
  gint64 source
      = rungs_source_add (db, RUNGS_SOURCE_JV, "Sue", rungs_fixture_now (fixture), NULL);
  g_autoptr (RungsSourceLink) link = rungs_source_link_new (source, "sue", "https://a.example/");
  g_autoptr (GError) error = NULL;

  rungs_source_link_save (db, link, &error);
  g_assert_no_error (error);
}

/* Links of sources count as visits; machines apart. */
static void
test_source (void)
{
  static const char *const PATHS[] = { "/r/sue", "/r/sue/book?to=/x", "/r/nobody" };
  static const RungsWebState STATES[]
      = { RUNGS_WEB_APPLIED, RUNGS_WEB_APPLIED, RUNGS_WEB_IGNORED };
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, make_link);
  for (gsize i = 0; i < G_N_ELEMENTS (PATHS); i++)
    {
      g_autoptr (RungsRawDelivery) raw
          = rungs_raw_delivery_new ("GET", PATHS[i], "", rungs_fixture_now (fixture));

      rungs_raw_delivery_add_header (raw, "User-Agent", i == 1 ? "Googlebot/2.1" : "Mozilla/5.0");
      g_assert_cmpint (rungs_web_world_receive (fixture, raw), ==, STATES[i]);
    }
  g_assert_cmpint (count_visits (fixture, "path = '/r/sue' AND code = 'sue' AND machine = 0"), ==,
                   1);
  g_assert_cmpint (count_visits (fixture, "path = '/r/sue' AND code = 'sue' AND machine = 1"), ==,
                   1);
  g_assert_cmpint (count_visits (fixture, "1"), ==, 2);
}

/* The most first; days apart where that is asked. */
static void
test_list (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) days = NULL;
  const RungsWebVisitRow *first;

  receive_visits (fixture, "{\"from\": 1772400000000, \"counts\": ["
                           "{\"path\": \"/a\", \"n\": 2}, {\"path\": \"/b\", \"n\": 3}]}");
  receive_visits (fixture, "{\"from\": 1772442000000, \"counts\": ["
                           "{\"path\": \"/a\", \"n\": 2},"
                           "{\"path\": \"/a\", \"n\": 9, \"machine\": true}]}");
  all = rungs_web_visit_list (fixture->db, "2026-03-01", "2026-03-02", FALSE, NULL);
  days = rungs_web_visit_list (fixture->db, "2026-03-01", "2026-03-02", TRUE, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (days->len, ==, 3);
  first = all->pdata[0];
  g_assert_cmpstr (first->path, ==, "/a");
  g_assert_cmpint (first->visits, ==, 4);
  g_assert_cmpint (first->machines, ==, 9);
  g_assert_cmpstr (first->day, ==, "");
  first = days->pdata[0];
  g_assert_cmpstr (first->day, ==, "2026-03-02");
}

static void
make_keys (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      rungs_link_key_ensure (db, rungs_fixture_now (fixture), &error);
      g_assert_no_error (error);
    }
}

/* It is made once, and others are made of other bytes. */
static void
test_keys (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsFixture) other = rungs_fixture_new ();
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GPtrArray) others = NULL;

  keys = rungs_link_keys_load (fixture->db, NULL);
  g_assert_cmpuint (keys->len, ==, 0);
  g_ptr_array_unref (keys);
  rungs_fixture_write (fixture, make_keys);
  rungs_fixture_write (other, make_keys);
  keys = rungs_link_keys_load (fixture->db, NULL);
  others = rungs_link_keys_load (other->db, NULL);
  g_assert_cmpuint (keys->len, ==, 1);
  g_assert_cmpuint (g_bytes_get_size (keys->pdata[0]), ==, RUNGS_LINK_KEY_BYTES);
  g_assert_false (g_bytes_equal (keys->pdata[0], others->pdata[0]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/own/paths", test_paths);
  g_test_add_func ("/own/visits", test_visits);
  g_test_add_func ("/own/many-paths", test_many_paths);
  g_test_add_func ("/own/source", test_source);
  g_test_add_func ("/own/list", test_list);
  g_test_add_func ("/own/keys", test_keys);
  return g_test_run ();
}
