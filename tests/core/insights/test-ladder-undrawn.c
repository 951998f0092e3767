/* test-ladder-undrawn.c: a way that leads went is found unless one comes along it by what is drawn;
 * few leads make no way. */

#include "insights/rungs-ladder-undrawn.h"

#include "base/rungs-clock.h"
#include "rungs-fixture.h"

/* So many leads buy one product after the other, a day apart. */
static void
buy (RungsFixture *f,
     const char   *name,
     int           leads,
     const gint64 *products,
     guint         n)
{
  for (int i = 0; i < leads; i++)
    {
      g_autofree char *address = g_strdup_printf ("%s%d@example.org", name, i);
      gint64 lead = rungs_fixture_add_lead (f, address, NULL);

      for (guint j = 0; j < n; j++)
        {
          rungs_fixture_pass (f, RUNGS_DAY);
          rungs_fixture_add_order (f, lead, products[j]);
        }
    }
}

static void
draw (GArray *drawn,
      gint64  from,
      gint64  to)
{
  RungsLadderArrow arrow = { rungs_ladder_place (RUNGS_LADDER_PRODUCT, from),
                             rungs_ladder_place (RUNGS_LADDER_PRODUCT, to) };

  g_array_append_val (drawn, arrow);
}

/* "2>3 1>3" */
static char *
found (RungsFixture *f,
       RungsDb      *db,
       const GArray *drawn,
       const gint64 *products,
       guint         n)
{
  const RungsLadderQuestion question = { .until = G_MAXINT64, .now = rungs_fixture_now (f) };
  g_autoptr (RungsLadderFigures) figures = rungs_ladder_figures_load (db, &question, NULL);
  g_autoptr (GArray) arrows = rungs_ladder_undrawn (figures, drawn, products, n, NULL);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < arrows->len; i++)
    {
      const RungsLadderArrow *arrow = &g_array_index (arrows, RungsLadderArrow, i);

      g_assert_cmpint (arrow->from.kind, ==, RUNGS_LADDER_PRODUCT);
      g_string_append_printf (words, "%s%d>%d", i > 0 ? " " : "",
                              (int) (arrow->from.id - products[0]) + 1,
                              (int) (arrow->to.id - products[0]) + 1);
    }
  return g_string_free (words, FALSE);
}

static void
assert_found (RungsFixture *f,
              RungsDb      *db,
              const GArray *drawn,
              const gint64 *products,
              const char   *expected)
{
  g_autofree char *words = found (f, db, drawn, products, 3);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_products (RungsFixture *f,
               RungsDb      *db)
{
  g_autoptr (GArray) drawn = g_array_new (FALSE, FALSE, sizeof (RungsLadderArrow));
  gint64 products[3];

  products[0] = rungs_fixture_add_product (f, "a", 1);
  products[1] = rungs_fixture_add_product (f, "b", 2);
  products[2] = rungs_fixture_add_product (f, "c", 3);
  buy (f, "all", 12, products, 3);
  buy (f, "two", 3, products + 1, 2);
  buy (f, "back", RUNGS_LADDER_WAY - 1, (const gint64[]) { products[2], products[0] }, 2);
  /* the three who had not bought the first one make the second way the wider one */
  assert_found (f, db, drawn, products, "2>3 1>2 1>3");
  draw (drawn, products[0], products[1]);
  assert_found (f, db, drawn, products, "2>3 1>3");
  draw (drawn, products[1], products[2]);
  assert_found (f, db, drawn, products, "");
  draw (drawn, products[2], products[0]); /* round and round, and to an end */
  assert_found (f, db, drawn, products, "");
  buy (f, "more", 1, (const gint64[]) { products[2], products[0] }, 2);
  g_array_set_size (drawn, 2);
  assert_found (f, db, drawn, products, "3>1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  rungs_fixture_add_test ("/ladder-undrawn/products", test_products);
  return g_test_run ();
}
