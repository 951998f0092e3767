/* test-order-import.c: an import of orders is taken back whole, or, cancelled, not at all; what of
 * its lines is tax, and what was taken off before. */

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

/* Cancelled in the first half, while orders go, and in the second, while leads go. The numbers of
 * orders that went are not given again: the book may name them. */
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

  import (self, text->str, (RungsOrderImportOptions) { 0 });
  assert_orders (self, ORDERS);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT min (id) FROM sales_order"), ==, ORDERS + 1);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT min (id) FROM order_line"), ==, ORDERS + 1);
}

/* ---- tax and discount */

/* Of a file: its lines as "amount tax discount", "-" where the tax is not known. */
typedef struct
{
  const char *name;
  const char *text;
  RungsOrderTaxIn tax;
  const char *lines;
  const char *refused; /* (nullable) why its last row is */
} TaxCase;

#define TABLE "Order,Email,Date,Product,"
#define ROW "1,a@example.com,2026-01-02,Pot,"
#define SHOPIFY                                                                                    \
  "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Lineitem quantity,"  \
  "Lineitem name,Lineitem price,Lineitem taxable,Lineitem discount\n"
#define WOOCOMMERCE                                                                                \
  "order_id,order_number,order_date,status,order_total,order_currency,billing_email,"              \
  "line_item_1\n1,1,2026-01-02,completed,119,EUR,a@example.com,"

static const TaxCase TAXES[] = {
  { "within", TABLE "Amount,MwSt,Rabatt\n" ROW "119,19,10\n", 0, "11900 1900 1000", NULL },
  { "nothing-said", TABLE "Amount,VAT,Discount\n" ROW "119,,\n", 0, "11900 - 0", NULL },
  { "no-column", TABLE "Amount\n" ROW "119\n", 0, "11900 - 0", NULL },
  { "none", TABLE "Amount,VAT\n" ROW "119,0\n", 0, "11900 0 0", NULL },
  { "said-added", TABLE "Amount,VAT,Discount\n" ROW "100,19,50\n", RUNGS_TAX_ADDED,
    "11900 1900 5950", NULL },
  { "net-heading", TABLE "Nettobetrag,USt\n" ROW "\"100,00\",\"7,00\"\n", 0, "10700 700 0",
    NULL },
  { "net-of-none", TABLE "Netto,USt\n" ROW "100,\n", 0, "10000 0 0", NULL },
  { "said-within", TABLE "Netto,USt\n" ROW "100,7\n", RUNGS_TAX_WITHIN, "10000 700 0", NULL },
  { "rate-cell", TABLE "Amount,MwSt\n" ROW "119,19 %\n", 0, "11900 1900 0", NULL },
  { "rate-column", TABLE "Netto,Steuersatz\n" ROW "100,\"7,7\"\n", 0, "10770 770 0", NULL },
  { "rate-heading", TABLE "Amount,VAT %\n" ROW "10.70,7\n", 0, "1070 70 0", NULL },
  { "price", TABLE "Quantity,Unit price,Discount,Tax\n" ROW "3,10,5,4\n", 0, "2500 400 500",
    NULL },
  { "shipping", TABLE "Amount,Tax,Shipping\n" ROW "119,19,5\n", 0, "11900 1900 0", NULL },
  { "above", TABLE "Amount,Tax\n" ROW "10,11\n", 0, "",
    "the tax is more than what was paid: are the amounts without it?" },
  { "negative", TABLE "Amount,Tax\n" ROW "10,-1\n", 0, "",
    "the tax of an order cannot be negative" },
  { "no-rate", TABLE "Amount,Tax\n" ROW "10,a lot %\n", 0, "",
    "“a lot %” is no rate of a tax" },
  /* 30.00 less 3.00 on the whole order, 19 % of it and of the shipping of 5.00 within */
  { "shopify-within",
    SHOPIFY "#1,a@example.com,paid,2026-01-02,EUR,27.00,5.00,5.11,32.00,2,Pot,10.00,true,0\n"
            "#1,a@example.com,,,,,,,,1,Lid,10.00,true,0\n",
    0, "1800 287 200|900 144 100", NULL },
  { "shopify-added",
    SHOPIFY "#1,a@example.com,paid,2026-01-02,USD,30.00,0,1.60,31.60,1,Pot,20.00,true,0\n"
            "#1,a@example.com,,,,,,,,1,Book,10.00,false,0\n",
    0, "2160 160 0|1000 0 0", NULL },
  { "shopify-tip",
    SHOPIFY "#1,a@example.com,paid,2026-01-02,USD,30.00,0,1.60,36.60,1,Pot,30.00,true,0\n", 0,
    "3000 - 0", NULL },
  { "shopify-untaxed",
    SHOPIFY "#1,a@example.com,paid,2026-01-02,USD,30.00,0,0.00,30.00,1,Pot,30.00,false,0\n", 0,
    "3000 - 0", NULL },
  { "woocommerce",
    WOOCOMMERCE "name:Pot|sku:POT|quantity:1|total:100.00|sub_total:120.00|tax:19.00\n",
    0, "11900 1900 2380", NULL },
  { "woocommerce-untaxed",
    WOOCOMMERCE "name:Pot|sku:POT|quantity:1|total:119.00|sub_total:119.00|tax:0.00\n",
    0, "11900 - 0", NULL },
  { "gumroad",
    "Purchase ID,Item Name,Purchase Email,Purchase Date,Sale Price ($),Taxes ($),"
    "Tax Included in Price?\n"
    "p1,Pot,a@example.com,2026-01-02,10.00,1.60,1\np2,Pot,a@example.com,2026-01-02,10.00,1.90,0\n",
    0, "1000 160 0|1000 0 0", NULL },
};

static void
test_tax (gconstpointer data)
{
  const TaxCase *each = data;
  static const char *const PRODUCTS[] = { "*=new", NULL };
  g_autoptr (RungsFixture) self = rungs_fixture_new ();
  g_autofree char *path = g_build_filename (self->folder, "orders.csv", NULL);
  RungsOrderImportOptions options = { .path = path, .products = PRODUCTS, .tax = each->tax };
  g_auto (RungsOrderImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = NULL;

  g_assert_true (g_file_set_contents (path, each->text, -1, NULL));
  rungs_order_import_run (self->db, &options, rungs_fixture_now (self), NULL, NULL, NULL, &result,
                          &error);
  g_assert_no_error (error);
  lines = rungs_fixture_text (self, "SELECT coalesce (group_concat (amount || ' ' ||"
                                    " coalesce (tax, '-') || ' ' || discount, '|'), '')"
                                    " FROM (SELECT * FROM order_line ORDER BY id)");
  g_assert_cmpstr (lines, ==, each->lines);
  g_assert_cmpint (result.rejects->len, ==, each->refused != NULL);
  if (each->refused != NULL)
    g_assert_cmpstr (((RungsImportReject *) result.rejects->pdata[0])->reason, ==, each->refused);
}

/* Orders that were taken without the tax that the shop adds are known again, and no more is given
 * back than they have. */
static void
test_tax_of_known (void)
{
  static const char *const OLD = WOOCOMMERCE "name:Pot|sku:POT|quantity:1|total:100.00\n";
  static const char *const NOW
      = "order_id,order_number,order_date,status,order_total,order_currency,billing_email,"
        "line_item_1\n1,1,2026-01-02,refunded,119,EUR,a@example.com,"
        "name:Pot|sku:POT|quantity:1|total:100.00|tax:19.00\n";
  g_autoptr (RungsFixture) self = rungs_fixture_new ();

  import (self, OLD, (RungsOrderImportOptions) { 0 });
  g_assert_cmpint (import (self, NOW, (RungsOrderImportOptions) { 0 }), !=, 0);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (*) FROM sales_order"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT sum (amount) FROM refund_line"), ==, 10000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-import/undo", test_undo);
  g_test_add_func ("/order-import/tax-of-known", test_tax_of_known);
  for (guint i = 0; i < G_N_ELEMENTS (TAXES); i++)
    {
      g_autofree char *path = g_strconcat ("/order-import/tax/", TAXES[i].name, NULL);

      g_test_add_data_func (path, &TAXES[i], test_tax);
    }
  return g_test_run ();
}
