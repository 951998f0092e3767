/* test-browser-edits.c: the edits between two lists make one of the other, and leave alone what
 * stays. */

#include "rungs-app-fixture.h"
#include "widgets/rungs-browser-edits.h"
#include "widgets/rungs-browser-ids.h"

static const RungsBrowserSource SOURCE = {
  .list_free = rungs_browser_ids_free,
  .get_count = rungs_browser_ids_get_count,
  .get_id = rungs_browser_ids_get_id,
};

/* The list of `n` ids from `first` on. */
static gpointer
count_from (gint64 first,
            guint  n)
{
  gpointer list = rungs_browser_ids_new ();

  for (guint i = 0; i < n; i++)
    rungs_browser_ids_add (list, first + i);
  return list;
}

static void
add_range (gpointer list,
           gint64   first,
           gint64   end)
{
  for (gint64 id = first; id < end; id++)
    rungs_browser_ids_add (list, id);
}

static GArray *
copy_ids (gpointer list)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rungs_browser_ids_get_count (list); i++)
    {
      gint64 id = rungs_browser_ids_get_id (list, i);

      g_array_append_val (ids, id);
    }
  return ids;
}

/* Makes the edits one after the other, and holds what comes of it against `to`. */
static GArray *
assert_edits (gpointer from,
              gpointer to)
{
  GArray *edits = rungs_browser_edits_find (&SOURCE, from, to);
  g_autoptr (GArray) made = copy_ids (from);
  g_autoptr (GArray) wanted = copy_ids (to);

  for (guint i = 0; i < edits->len; i++)
    {
      const RungsBrowserEdit *edit = &g_array_index (edits, RungsBrowserEdit, i);
      const gint64 *added = &g_array_index (wanted, gint64, edit->position);

      g_assert_true (edit->removed == 0 || edit->added <= 256);
      if (edit->removed > 0)
        g_array_remove_range (made, edit->position, edit->removed);
      if (edit->added > 0)
        g_array_insert_vals (made, edit->position, added, edit->added);
    }
  g_assert_cmpmem (made->data, made->len * sizeof (gint64), wanted->data,
                   wanted->len * sizeof (gint64));
  rungs_browser_ids_free (from);
  rungs_browser_ids_free (to);
  return edits;
}

static void
test_equal (void)
{
  g_autoptr (GArray) edits = assert_edits (count_from (1, 1000), count_from (1, 1000));

  g_assert_cmpuint (edits->len, ==, 0);
}

/* A row that moved: what is between its old place and its new one stays. */
static void
test_moved (void)
{
  g_autoptr (GArray) edits = NULL;
  gpointer to = count_from (1, 9);

  add_range (to, 11, 8001);
  add_range (to, 10, 11);
  add_range (to, 8001, 9001);
  edits = assert_edits (count_from (1, 9000), to);
  g_assert_cmpuint (edits->len, ==, 2);
  for (guint i = 0; i < edits->len; i++)
    g_assert_cmpuint (g_array_index (edits, RungsBrowserEdit, i).removed
                        + g_array_index (edits, RungsBrowserEdit, i).added, ==, 1);
}

/* The first rows were shown, and now all are known: nothing is taken away. */
static void
test_whole (void)
{
  g_autoptr (GArray) edits = assert_edits (count_from (1, 256), count_from (1, 100000));

  g_assert_cmpuint (edits->len, ==, 1);
  g_assert_cmpuint (g_array_index (edits, RungsBrowserEdit, 0).removed, ==, 0);
}

static void
test_replaced (void)
{
  g_autoptr (GArray) edits = assert_edits (count_from (1, 5000), count_from (100000, 70000));

  g_assert_cmpuint (edits->len, ==, 2);
  g_array_unref (g_steal_pointer (&edits));
  edits = assert_edits (count_from (1, 5000), count_from (1, 0));
  g_assert_cmpuint (edits->len, ==, 1);
}

/* Rows dropped, moved in and moved about, a few or many. */
static void
test_random (void)
{
  for (int round = 0; round < 2000; round++)
    {
      gint64 n = g_test_rand_int_range (0, 400);
      int changes = g_test_rand_int_range (1, 60);
      gpointer from = count_from (1, n);
      gpointer to = rungs_browser_ids_new ();
      g_autoptr (GArray) edits = NULL;

      for (gint64 id = 1; id <= n; id++)
        {
          if (g_test_rand_int_range (0, 400) < changes)
            rungs_browser_ids_add (to, 10000 + id);
          if (g_test_rand_int_range (0, 400) >= changes)
            rungs_browser_ids_add (to, id);
        }
      edits = assert_edits (from, to);
    }
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add_func ("/app/browser-edits/equal", test_equal);
  g_test_add_func ("/app/browser-edits/moved", test_moved);
  g_test_add_func ("/app/browser-edits/whole", test_whole);
  g_test_add_func ("/app/browser-edits/replaced", test_replaced);
  g_test_add_func ("/app/browser-edits/random", test_random);
  return g_test_run ();
}
