/* test-order-import.c: an import of orders is taken back whole, or, cancelled, not at all. */

#include "ladder/rungs-order-import.h"

#include "rungs-fixture.h"

#define ORDERS 40

static gint64
import (RungsFixture          *self,
        const char            *text,
        RungsOrderImportOptions options)
{
  static const char *const PRODUCTS[] = { "*=new", NULL };
  g_autofree char *path = g_build_filename (self->folder, "orders.csv", NULL);
  g_auto (RungsOrderImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  options.path = path;
  options.products = PRODUCTS;
  rungs_order_import_run (self->db, &options, rungs_fixture_now (self), NULL, NULL, NULL, &result,
                          &error);
  g_assert_no_error (error);
  return result.run;
}

typedef struct
{
  RungsFixture *fixture;
  gint64 run;
  RungsOrderImportUndo undo;
  GCancellable *cancellable; /* (owned) */
  double until;              /* it is cancelled once it is so far */
  double fraction;           /* told last */
} Undo;

static void
progress_cb (const RungsImportProgress *progress,
             gpointer                   data)
{
  Undo *undo = data;

  g_assert_true (progress->writing);
  g_assert_cmpint (progress->rows, ==, ORDERS);
  g_assert_cmpfloat (progress->fraction, >=, undo->fraction);
  g_assert_cmpfloat (progress->fraction, <=, 1);
  undo->fraction = progress->fraction;
  if (progress->fraction >= undo->until)
    g_cancellable_cancel (undo->cancellable);
}

static gboolean
undo_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Undo *undo = data;

  return rungs_order_import_undo (db, undo->run, rungs_fixture_now (undo->fixture), progress_cb,
                                  undo, undo->cancellable, &undo->undo, error);
}

static void
assert_orders (RungsFixture *self,
               gint64        n)
{
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM sales_order"), ==, n);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM event"
                                               " WHERE kind = 'order.placed'"), ==, n);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM lead"), ==, n);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM product"), ==, n > 0);
}

/* Cancelled in the first half, while orders go, and in the second, while leads go. */
static void
test_undo (void)
{
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autoptr (GString) text = g_string_new ("Order number,Email,Date,Product,Amount\n");
  static const double UNTIL[] = { 0.02, 0.3, 0.5, 0.7 };
  Undo undo = { self, .until = 2 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ORDERS; i++)
    g_string_append_printf (text, "%u,person%u@example.com,2026-01-02,Pot,50\n", i, i);
  undo.run = import (self, text->str, (RungsOrderImportOptions) { 0 });
  assert_orders (self, ORDERS);
  for (guint i = 0; i < G_N_ELEMENTS (UNTIL); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) failure = NULL;
      Undo cancelled = { self, undo.run, { 0 }, cancellable, UNTIL[i] };

      g_assert_false (rungs_db_write (self->db, undo_cb, &cancelled, &failure));
      g_assert_error (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_orders (self, ORDERS);
    }
  rungs_db_write (self->db, undo_cb, &undo, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (undo.fraction, >, 0.8);
  g_assert_cmpint (undo.undo.orders_deleted, ==, ORDERS);
  assert_orders (self, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-import/undo", test_undo);
  return g_test_run ();
}
