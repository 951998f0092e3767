/* test-sequence-store.c: a version that was read is read once, and never for another. */

#include "sequences/rungs-sequence-store.h"

#include <gio/gio.h>

#include "rungs-shop.h"

typedef struct
{
  RungsFixture *fixture;
  gint64 version;
} Adding;

static RungsGraph *
load (RungsDb *db,
      gint64   version)
{
  g_autoptr (GError) error = NULL;
  RungsGraph *graph = rungs_sequence_load_graph (db, version, &error);

  g_assert_no_error (error);
  return graph;
}

static gint64
add (RungsFixture *fixture,
     const char   *step)
{
  g_autofree char *steps
    = g_strdup_printf ("'a': {'kind': 'wait', 'days': 1, 'next': '%s'},"
                       "'%s': {'kind': 'exit'}", step, step);

  rungs_shop_add_steps (fixture, steps);
  return rungs_fixture_number (fixture, "SELECT max (id) FROM sequence_version");
}

static gboolean
add_cb (RungsDb  *db,
        gpointer  data,
        GError  **error)
{
  Adding *adding = data;

  adding->version = add (adding->fixture, "b");
  return TRUE;
}

/* The same version number comes again, of another graph. */
static gboolean
add_and_fail_cb (RungsDb  *db,
                 gpointer  data,
                 GError  **error)
{
  Adding *adding = data;
  gint64 version = add (adding->fixture, "gone");
  g_autoptr (RungsGraph) graph = load (db, version);

  g_assert_nonnull (rungs_graph_find (graph, "gone"));
  g_assert_cmpint (version, ==, adding->version + 1);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no");
  return FALSE;
}

static gboolean
add_another_cb (RungsDb  *db,
                gpointer  data,
                GError  **error)
{
  Adding *adding = data;

  g_assert_cmpint (add (adding->fixture, "c"), ==, ++adding->version);
  return TRUE;
}

static void
test_shared (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  Adding adding = { .fixture = fixture };
  g_autoptr (RungsGraph) once = NULL;
  g_autoptr (RungsGraph) twice = NULL;
  g_autoptr (RungsGraph) after = NULL;

  g_assert_true (rungs_db_write (fixture->db, add_cb, &adding, NULL));
  once = load (fixture->db, adding.version);
  twice = load (fixture->db, adding.version);
  g_assert_true (once == twice);

  g_assert_false (rungs_db_write (fixture->db, add_and_fail_cb, &adding, NULL));
  g_assert_true (rungs_db_write (fixture->db, add_another_cb, &adding, NULL));
  after = load (fixture->db, adding.version);
  g_assert_null (rungs_graph_find (after, "gone"));
  g_assert_nonnull (rungs_graph_find (after, "c"));
  g_assert_nonnull (rungs_graph_find (once, "b"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequences/sequence-store/shared", test_shared);
  return g_test_run ();
}
