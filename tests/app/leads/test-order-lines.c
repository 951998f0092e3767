/* test-order-lines.c: what is ordered is added up and taken out; each currency is an order. */

#include "leads/rungs-order-lines.h"

#include "ladder/rungs-product.h"
#include "rungs-app-fixture.h"

typedef struct
{
  GtkWindow *window;
  RungsOrderLines *lines;
} Fixture;

static void
add_product (GPtrArray  *products,
             const char *name,
             gint64      price,
             const char *currency)
{
  RungsProduct *product = rungs_product_new ();

  product->id = products->len + 1;
  g_free (product->name);
  product->name = g_strdup (name);
  product->price = rungs_money (price, currency);
  g_ptr_array_add (products, product);
}

/* The pot is proposed. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GPtrArray) products
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_product_free);
  GtkWidget *lines;

  add_product (products, "Guide", 0, "EUR");
  add_product (products, "Kit", 4900, "EUR");
  add_product (products, "Pot", 2000, "GBP");
  lines = rungs_order_lines_new (products, 3);
  fixture->lines = RUNGS_ORDER_LINES (lines);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, lines);
  gtk_window_present (fixture->window);
  rungs_app_fixture_settle (100);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
}

static gboolean
shows (Fixture    *fixture,
       const char *text)
{
  return rungs_app_fixture_find (GTK_WIDGET (fixture->lines), text) != NULL;
}

/* The button with that tooltip. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *tooltip)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, tooltip);
  return found;
}

static void
test_currencies (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) orders = NULL;
  const RungsOrder *order;
  GtkWidget *quantity;

  g_assert_false (shows (fixture, "Total"));
  rungs_order_lines_add (fixture->lines);
  g_assert_true (shows (fixture, "Total"));
  g_assert_true (shows (fixture, "£20.00 + €49.00"));
  quantity = rungs_app_fixture_find_type (GTK_WIDGET (fixture->lines), GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (quantity), 3);
  g_assert_true (shows (fixture, "£60.00 + €49.00"));

  orders = rungs_order_lines_read (fixture->lines, 5, 1000, "SPRING");
  g_assert_cmpuint (orders->len, ==, 2);
  order = g_ptr_array_index (orders, 0);
  g_assert_cmpint (rungs_order_total (order).minor, ==, 6000);
  g_assert_cmpint (((RungsOrderLine *) g_ptr_array_index (order->lines, 0))->quantity, ==, 3);
  order = g_ptr_array_index (orders, 1);
  g_assert_cmpint (rungs_order_total (order).minor, ==, 4900);
  g_assert_cmpstr (rungs_order_total (order).currency, ==, "EUR");
  g_assert_cmpstr (order->coupon, ==, "SPRING");
  g_assert_cmpint (order->lead, ==, 5);
}

/* The entry whose title begins so. */
static GtkEditable *
find_entry (GtkWidget  *widget,
            const char *title)
{
  GtkEditable *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget)
      && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);
  return found;
}

/* A discount lowers the amount that is proposed; a typed one stays. A tax may be a rate. */
static void
test_tax (Fixture       *fixture,
          gconstpointer  data)
{
  GtkEditable *amount = GTK_EDITABLE (rungs_order_lines_get_amount (fixture->lines));
  GtkEditable *discount = find_entry (GTK_WIDGET (fixture->lines), "Discount in GBP");
  GtkEditable *tax = find_entry (GTK_WIDGET (fixture->lines), "Tax in GBP");
  static const struct
  {
    const char *text;
    gint64 tax; /* -2: refused */
  } TAXES[] = { { "", RUNGS_TAX_UNKNOWN }, { "0", 0 },        { "2.50", 250 },
                { "25 %", 300 },           { "7,5%", 105 },   { "15.00", 1500 },
                { "15.01", -2 },           { "a lot", -2 },   { "-1", -2 } };

  gtk_editable_set_text (discount, "5.00");
  g_assert_cmpstr (gtk_editable_get_text (amount), ==, "15.00");
  for (guint i = 0; i < G_N_ELEMENTS (TAXES); i++)
    {
      g_autoptr (GPtrArray) orders = NULL;
      const RungsOrderLine *line;

      gtk_editable_set_text (tax, TAXES[i].text);
      orders = rungs_order_lines_read (fixture->lines, 5, 1000, "");
      g_assert_true ((orders == NULL) == (TAXES[i].tax == -2));
      if (orders == NULL)
        continue;
      line = g_ptr_array_index (((RungsOrder *) g_ptr_array_index (orders, 0))->lines, 0);
      g_assert_cmpint (line->amount, ==, 1500);
      g_assert_cmpint (line->discount, ==, 500);
      g_assert_cmpint (line->tax, ==, TAXES[i].tax);
    }
  gtk_editable_set_text (amount, "12.00");
  gtk_editable_set_text (discount, "8.00");
  g_assert_cmpstr (gtk_editable_get_text (amount), ==, "12.00");
}

/* What was paid in another currency than the price has to be typed. */
static void
test_paid_otherwise (Fixture       *fixture,
                     gconstpointer  data)
{
  AdwEntryRow *amount = rungs_order_lines_get_amount (fixture->lines);
  g_autoptr (GPtrArray) orders = NULL;

  rungs_order_lines_set_currency (fixture->lines, "JPY");
  g_assert_true (shows (fixture, "Amount in JPY"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (amount)), ==, "");
  g_assert_null (rungs_order_lines_read (fixture->lines, 5, 1000, ""));
  gtk_editable_set_text (GTK_EDITABLE (amount), "3900");
  orders = rungs_order_lines_read (fixture->lines, 5, 1000, "");
  g_assert_cmpuint (orders->len, ==, 1);
  g_assert_cmpint (rungs_order_total (g_ptr_array_index (orders, 0)).minor, ==, 3900);
  g_assert_cmpstr (rungs_order_total (g_ptr_array_index (orders, 0)).currency, ==, "JPY");
  rungs_order_lines_set_currency (fixture->lines, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (amount)), ==, "20.00");
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) orders = NULL;
  GtkWidget *first;

  rungs_order_lines_add (fixture->lines);
  rungs_order_lines_add (fixture->lines);
  g_assert_true (shows (fixture, "Product 3"));
  first = find_button (GTK_WIDGET (fixture->lines), "Take product 1 out of the order");
  g_signal_emit_by_name (first, "clicked");
  rungs_app_fixture_settle (100);
  g_assert_false (shows (fixture, "Product 3"));
  g_assert_nonnull (gtk_window_get_focus (fixture->window));
  first = find_button (GTK_WIDGET (fixture->lines), "Take product 1 out of the order");
  g_signal_emit_by_name (first, "clicked");
  rungs_app_fixture_settle (100);
  g_assert_false (shows (fixture, "Total"));
  orders = rungs_order_lines_read (fixture->lines, 5, 1000, "");
  g_assert_cmpuint (orders->len, ==, 1);
}

static void
test_amount (Fixture       *fixture,
             gconstpointer  data)
{
  AdwEntryRow *amount = rungs_order_lines_get_amount (fixture->lines);
  g_autoptr (GPtrArray) orders = NULL;

  rungs_order_lines_add (fixture->lines);
  gtk_editable_set_text (GTK_EDITABLE (amount), "much");
  g_assert_true (shows (fixture, "–"));
  g_assert_null (rungs_order_lines_read (fixture->lines, 5, 1000, ""));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (amount), "error"));
  gtk_editable_set_text (GTK_EDITABLE (amount), "18.50");
  g_assert_true (shows (fixture, "£18.50 + €49.00"));
  orders = rungs_order_lines_read (fixture->lines, 5, 1000, "");
  g_assert_nonnull (orders);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (amount), "error"));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/order-lines/currencies", Fixture, NULL, set_up, test_currencies, tear_down);
  g_test_add ("/app/order-lines/paid-otherwise", Fixture, NULL, set_up, test_paid_otherwise,
              tear_down);
  g_test_add ("/app/order-lines/tax", Fixture, NULL, set_up, test_tax, tear_down);
  g_test_add ("/app/order-lines/remove", Fixture, NULL, set_up, test_remove, tear_down);
  g_test_add ("/app/order-lines/amount", Fixture, NULL, set_up, test_amount, tear_down);
  return g_test_run ();
}
